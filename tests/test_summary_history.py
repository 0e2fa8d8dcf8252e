"""`qingdan status 单位`: what one unit sent over the year."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from qingdan_xl.model import Roster
from qingdan_xl.problems import UnusableError
from qingdan_xl.store import Outcome
from qingdan_xl.summary.history import history, render
from qingdan_xl.summary.intake import Intake
from qingdan_xl.summary.material import load_material
from summary_samples import CALENDAR, filled_store


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    """What came back in the first round."""
    return load_material(filled_store(tmp_path), CALENDAR).intake


def test_every_file_of_the_unit_in_order(intake: Intake) -> None:
    """The accepted file, those it superseded and its duplicates, with outcome and reason."""
    found = history(intake, "U1")

    assert [(sending.path, sending.outcome) for sending in found.sendings] == [
        ("收件/U1 旧.xlsx", Outcome.SUPERSEDED),
        ("收件/U1.xlsx", Outcome.ACCEPTED),
        ("收件/U1 副本.xlsx", Outcome.DUPLICATE),
    ]
    assert [sending.errors for sending in found.sendings] == [1, 0, 0]
    assert found.as_json()["unit_id"] == "U1"


def test_by_name_or_id(intake: Intake) -> None:
    """A unit is found by its name as by its id."""
    assert history(intake, history(intake, "U1").unit.name) == history(intake, "U1")


def test_a_renamed_unit_bears_its_name_of_today(intake: Intake) -> None:
    """The roster says what a unit is called now; its earlier name is shown, and finds it while no other has it."""
    unit, other = history(intake, "U1").unit, history(intake, "U4").unit
    roster = Roster((replace(unit, name="青禾镇新城社区"), replace(other, name=unit.name)), ())

    found = history(intake, "青禾镇新城社区", roster)

    assert (found.unit.id, found.unit.name, found.earlier) == ("U1", "青禾镇新城社区", (unit.name,))
    assert found.as_json()["earlier_names"] == [unit.name]
    assert found.sendings == history(intake, "U1").sendings
    assert history(intake, unit.name, roster).unit.id == "U4"
    assert history(intake, other.name, roster).unit.id == "U4"
    console = Console(width=160, color_system=None)
    with console.capture() as captured:
        console.print(render(found))
    assert f"青禾镇新城社区（曾用名：{unit.name}）" in captured.get()


def test_a_near_miss_is_asked_about(intake: Intake) -> None:
    """A name that nobody has is refused with the one that may be meant."""
    name = history(intake, "U4").unit.name

    with pytest.raises(UnusableError) as fault:
        history(intake, f"{name[:-1]}县")

    assert [each.code for each in fault.value.problems] == ["no-such-unit"]
    assert f"是不是“{name}”" in fault.value.problems[0].what


def test_the_table_says_when_and_why(intake: Intake) -> None:
    """The terminal shows each file with its day and outcome; a refused one with what to do."""
    console = Console(width=160, color_system=None)
    with console.capture() as captured:
        console.print(render(history(intake, "U4")))

    assert "望江.xlsx" in captured.get()
    assert "退回" in captured.get()
    assert "2026-04-20" in captured.get()
