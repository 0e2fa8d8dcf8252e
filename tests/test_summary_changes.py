"""变化: what moved since the last summary, and which summary that is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qingdan_xl.model import Duty
from qingdan_xl.store import Store
from qingdan_xl.summary.changes import Before, Stood, change_rows
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.scope import YEAR, read_scope
from qingdan_xl.summary.standing import Answer, Standing
from summary_samples import AS_OF, CALENDAR, UNITS, filled_store, table

DAYS = (date(2026, 4, 1), date(2026, 5, 1), AS_OF)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The year after the first round of returns."""
    yield (found := filled_store(tmp_path))
    found.close()


def duty(number: int, light: str, status: str = "推进中") -> Standing:
    """A duty of one unit that came back with this light."""
    return Standing(
        UNITS[0], "清单", "领导班子", "领导班子", "", "", f"d{number}.01",
        Duty(f"d{number}", str(number), f"事项{number}"), (),
        returned=bool(light), answer=Answer(status=status), light=light,
    )  # fmt: skip


def test_each_kind_of_change() -> None:
    """The gravest first; what stands as before is not listed."""
    was = ["正常", "正常", "临近", "欠缺", "正常", "正常", "正常"]
    now = ["逾期", "欠缺", "完成", "正常", "临近", "正常", "正常"]
    before = Before(AS_OF, {"U1": {f"d{n}.01": Stood(light, "推进中", None) for n, light in enumerate(was)}})
    standings = [duty(n, light) for n, light in enumerate(now)]
    standings[5] = replace(standings[5], answer=Answer(status="长期坚持"))

    rows = change_rows(standings, before)

    assert [(row["kind"], row["number"], row["light_before"], row["light"]) for row in rows] == [
        ("新逾期", "0", "正常", "逾期"),
        ("新欠缺", "1", "正常", "欠缺"),
        ("新完成", "2", "临近", "完成"),
        ("已补上", "3", "欠缺", "正常"),
        ("预警变动", "4", "正常", "临近"),
        ("有进展", "5", "正常", "正常"),
    ]


def test_a_unit_that_came_or_went_is_one_row() -> None:
    """A new return is told once, its overdue duties above; so is one that counts no more, and rows more or less."""
    before = Before(AS_OF, {"U1": {"d0.01": Stood("", "", None), "d9.01": Stood("", "", None)}})
    rows = change_rows([duty(0, "逾期"), duty(1, "正常")], before)

    assert [(row["kind"], row["unit"], row.get("what")) for row in rows] == [
        ("新逾期", "青禾镇", None),
        ("新交回", "青禾镇", "交回 2 项"),
        ("增加事项", "青禾镇", "比上次多 1 项"),
        ("减少事项", "青禾镇", "比上次少 1 项"),
    ]
    gone = change_rows([duty(0, "")], Before(AS_OF, {"U1": {"d0.01": Stood("正常", "推进中", None)}}))
    assert [row["kind"] for row in gone] == ["不再计入"]


def test_nothing_is_said_without_an_earlier_summary(store: Store) -> None:
    """The first summary has nothing to be compared with."""
    material = load_material(store, CALENDAR)

    assert material.before is None
    assert list(change_rows(material.standings, material.before)) == []


KEPT = """
asked      | scope  | compared
2026-05-15 |        | 2026-05-01
2026-05-16 |        | 2026-05-15
2026-05-01 |        |
2026-06-01 | 2026Q2 |
"""


def test_the_last_summary_of_an_earlier_day_is_compared_with(store: Store) -> None:
    """Summing up twice on a day changes nothing of what is compared; each period has its own past."""
    memory, standings = Memory(store), load_material(store, CALENDAR).standings
    for day in (*DAYS, AS_OF):
        memory.keep_standing(YEAR, day, standings)

    found = [memory.before(read_scope(row["scope"], 2026), date.fromisoformat(row["asked"])) for row in table(KEPT)]

    assert ["" if before is None else str(before.as_of) for before in found] == [row["compared"] for row in table(KEPT)]
    assert found[0] is not None
    assert found[0].stood["U3"]["C1.01"] == Stood("欠缺", "推进中", 3)
    assert sum(map(len, found[0].stood.values())) == len(standings)


def test_a_look_back_keeps_nothing(store: Store) -> None:
    """Summing up for an earlier day leaves what the next summary is compared with."""
    memory, standings = Memory(store), load_material(store, CALENDAR).standings
    memory.keep_standing(YEAR, AS_OF, standings)
    memory.keep_standing(YEAR, DAYS[0], standings[:1])

    found: Any = memory.before(YEAR, date(2026, 6, 1))

    assert (found.as_of, sum(map(len, found.stood.values()))) == (AS_OF, len(standings))
    assert memory.before(YEAR, AS_OF) is None
