"""`qingdan status`: the values and what stands on the terminal."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from qingdan_xl.model import Roster
from qingdan_xl.store import Store
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.status import Status, open_days, status
from qingdan_xl.summary.status_view import render
from summary_samples import CALENDAR, filled_store, issue


@pytest.fixture
def now(tmp_path: Path) -> Status:
    """The four units as of 15 May."""
    return status(load_material(filled_store(tmp_path), CALENDAR))


def shown(found: Status) -> str:
    """What a wide terminal without colours prints."""
    console = Console(width=160, record=True, color_system=None)
    with console.capture() as captured:
        console.print(render(found))
    return captured.get()


def test_who_returned_and_what_came(now: Status) -> None:
    """Units by state, files by outcome, the refused one with its reason."""
    assert (now.sent, now.returned, now.missing, now.late) == (4, 3, ("望江镇",), ("白石镇",))
    assert now.files == {"采用": 3, "被替代": 1, "重复": 1, "退回": 1, "忽略": 1}
    assert [(file.path, file.unit) for file in now.refused] == [("收件/望江.xlsx", "望江镇")]
    assert now.deadline == date(2026, 4, 30)


def test_units_are_called_as_the_roster_has_them(tmp_path: Path) -> None:
    """A unit that was renamed since it was sent its workbook bears its name of today, everywhere."""
    material = load_material(filled_store(tmp_path), CALENDAR)
    ids = {sent.unit.name: sent.unit for sent in material.intake.units}
    roster = Roster(
        tuple(replace(ids[name], name=new) for name, new in (("望江镇", "望江街道"), ("青禾镇", "青禾街道"))), ()
    )

    found = status(material, roster)

    assert found.missing == ("望江街道",)
    assert [unit.unit for unit in found.units] == ["青禾街道", "白石镇", "启明局", "望江街道"]
    assert [file.unit for file in found.refused] == ["望江街道"]
    assert not [due for due in found.upcoming if "青禾镇" in due.example]


def test_lights_by_unit(now: Status) -> None:
    """A returned unit has all lights, a missing one none; together they are the returned rows."""
    assert [sum(unit.lights.values()) for unit in now.units] == [5, 5, 1, 0]
    assert now.units[0].lights == {
        "完成": 1,
        "长期": 1,
        "正常": 1,
        "未填报": 0,
        "临近": 0,
        "欠缺": 0,
        "逾期": 1,
        "不适用": 1,
    }
    assert now.units[3].lights == {}
    assert (now.lights["逾期"], now.lights["欠缺"]) == (1, 2)


def test_what_comes_next(now: Status) -> None:
    """The next days with something left to do, nearest first, with how many units and duties."""
    assert [(str(due.day), due.days, due.units, due.duties) for due in now.upcoming[:3]] == [
        ("2026-05-31", 16, 1, 1),
        ("2026-06-01", 17, 1, 1),
        ("2026-06-30", 46, 3, 3),
    ]


def test_nothing_is_upcoming_for_what_is_finished_or_exempt(tmp_path: Path) -> None:
    """A date of the past, a duty that is done and met, and one that does not apply leave nothing to do."""
    days = {
        (s.unit.id, s.row_id): [str(day) for day in open_days(s, CALENDAR.as_of)]
        for s in load_material(filled_store(tmp_path), CALENDAR).standings
    }

    assert days["U1", "A3.01"] == ["2026-12-31"]
    assert days["U1", "B1.02"] == days["U1", "B2.02"] == days["U4", "A1.01"] == []


def test_the_terminal_says_the_sums(now: Status) -> None:
    """Sent and found are shown with what they are made of, and who is missing by name."""
    text = shown(now)

    assert "下发 4 ＝ 已交回 3（迟交 1）＋ 未交回 1" in text
    assert "找到文件 7 ＝ 采用 3 ＋ 被替代 1 ＋ 重复 1 ＋ 退回 1 ＋ 忽略 1" in text
    assert "未交回：望江镇" in text
    assert "收件/望江.xlsx" in text


def test_json_names_outcomes_as_the_contract_does(now: Status) -> None:
    """Found = accepted + superseded + duplicate + refused + ignored."""
    found = now.as_json()

    outcomes = [found[key] for key in ("accepted", "superseded", "duplicate", "refused", "ignored")]
    assert (found["found"], outcomes) == (7, [3, 1, 1, 1, 1])
    assert (found["as_of"], found["sent"], found["returned"]) == ("2026-05-15", 4, 3)


def test_right_after_issuing(tmp_path: Path) -> None:
    """Before anything came back every unit is missing and nothing else is said."""
    store = Store(tmp_path / "qingdan.db")
    issue(store)

    found = status(load_material(store, CALENDAR))

    assert (found.returned, len(found.missing), found.upcoming) == (0, 4, ())
    assert "未交回：青禾镇、白石镇、启明局、望江镇" in shown(found)


def test_of_very_many_units_the_most_behind_are_shown(now: Status) -> None:
    """A year of hundreds of units fits on a screen: the worst, how many there are in all, and the sums of all."""
    worst = replace(now.units[0], unit="最滞后镇", lights={**now.units[0].lights, "逾期": 99})
    many = replace(now, units=(*now.units[:3] * 30, worst), missing=tuple(f"未交{n:03d}" for n in range(90)))

    lines = shown(many).splitlines()
    rows = [line.split("│")[1].strip() for line in lines if line.startswith("│")]

    assert "最滞后的 40 个；共 91 个" in lines[3]
    assert (rows[0], rows[1], rows[40]) == ("最滞后镇", now.units[0].unit, "合计")
    assert next(line for line in lines if line.startswith("│合计")).count(str(many.lights["逾期"])) == 1
    assert "未交039等 90 个单位" in shown(many)
    assert "未交040" not in shown(many)


def test_names_of_units_stand_on_one_line_of_a_small_terminal(now: Status) -> None:
    """Eighty characters are room for a name of nine beside all lights."""
    named = replace(now, units=(replace(now.units[0], unit="云溪县文化和旅游局"), *now.units[1:]))
    console = Console(width=80, color_system=None)
    with console.capture() as captured:
        console.print(render(named))

    assert "│云溪县文化和旅游局│" in captured.get()
