"""花名册.xlsx there and back, and its faults."""

from collections import Counter
from hashlib import blake2b

import pytest

from qingdan_xl.model import Person, Roster, Unit
from qingdan_xl.roster import read_roster, roster_workbook, split_names

UNITS = (
    Unit("A1", "青禾镇", "乡镇", "", "一组", "周庚", "000-0001"),
    Unit("A2", "柳湾镇", "乡镇", "", "一组"),
)
PEOPLE = (
    Person("张甲", "青禾镇", "书记", ("党委主要负责人",)),
    Person("李乙", "青禾镇", "委员", ("其他成员", "分管负责人"), ("党建", "群团")),
    Person("张甲", "柳湾镇"),
)


def test_round_trip() -> None:
    """Writing a roster and reading it back gives the same units and people, without problems."""
    roster = Roster(UNITS, PEOPLE)

    found, problems = read_roster(roster_workbook(roster), "花名册.xlsx", 2026)

    assert problems == []
    assert found == roster


def test_a_unit_without_id_gets_one_from_its_name() -> None:
    """A blank 单位编号 is made from the name, so that it stays when rows are inserted or sorted."""
    first, second = Unit("", "青禾镇", "乡镇"), Unit("", "柳湾镇", "乡镇")

    one, _ = read_roster(roster_workbook(Roster((first, second))), "f", 2026)
    other, _ = read_roster(roster_workbook(Roster((Unit("", "松岭乡", "乡镇"), second, first))), "f", 2026)

    ids = {unit.name: unit.id for unit in one.units}
    assert len(set(ids.values())) == 2
    assert {unit.name: unit.id for unit in other.units if unit.name in ids} == ids


def ids_of(*units: Unit) -> dict[str, str]:
    """The ids that a roster with these units gives them, by name; no two units share one."""
    roster, problems = read_roster(roster_workbook(Roster(units)), "f", 2026)
    assert "unit-twice" not in {found.code for found in problems}
    return {unit.name: unit.id for unit in roster.units}


def test_two_names_never_share_a_made_id() -> None:
    """Of 12,000 names some would get the same short id: one of them keeps it, the other's is longer, in any order."""
    names = [f"第{number}村" for number in range(12_000)]
    alone = {name: f"U{blake2b(name.encode(), digest_size=3).hexdigest().upper()}" for name in names}
    shared = {made for made, count in Counter(alone.values()).items() if count > 1}
    units = [Unit("", name, "村") for name in names if alone[name] in shared]
    found = ids_of(*units)

    assert shared
    assert ids_of(*reversed(units)) == found
    assert sum(found[unit.name] == alone[unit.name] for unit in units) == len(shared)


def test_a_made_id_keeps_clear_of_those_that_were_typed() -> None:
    """A unit that was renamed has its old id typed in, and a new unit bears the old name: each has its own id."""
    old = ids_of(Unit("", "青禾镇", "乡镇"))["青禾镇"]

    found = ids_of(Unit(old.lower(), "青禾街道", "乡镇"), Unit("", "青禾镇", "乡镇"))

    assert found["青禾街道"] == old.lower()
    assert found["青禾镇"].casefold() != old.casefold()


@pytest.mark.parametrize(
    ("units", "people", "expected"),
    [
        (
            (UNITS[0], Unit("A1", "柳湾镇", "乡镇")),
            (),
            [("unit-twice", "A4", "A1"), ("unit-twice", "A5", "A1")],
        ),
        ((UNITS[0], Unit("a1", "柳湾镇", "乡镇")), (), [("unit-twice", "A4", "A1"), ("unit-twice", "A5", "a1")]),
        (UNITS, (Person("王丙", "青和镇"),), [("unknown-unit", "A4", "是不是“青禾镇”")]),
        (UNITS, (Person("王丙", "远山局"),), [("unknown-unit", "A4", "不在“单位”表中。")]),
        (UNITS, (PEOPLE[0], PEOPLE[0]), [("person-twice", "A4", "张甲"), ("person-twice", "A5", "张甲")]),
        ((Unit("A1", "青禾镇", ""),), (), [("needs-value", "C4", "类型")]),
    ],
)
def test_faults(units: tuple[Unit, ...], people: tuple[Person, ...], expected: list[tuple[str, str, str]]) -> None:
    """Each fault of the roster has its code, its row and a word that helps."""
    _, problems = read_roster(roster_workbook(Roster(units, people)), "花名册.xlsx", 2026)

    assert [(p.code, p.origin.cell[:1] + p.origin.cell[1:]) for p in problems if p.code != "unit-twice"] == [
        (code, cell) for code, cell, _ in expected if code != "unit-twice"
    ]
    assert [p.code for p in problems] == [code for code, _, _ in expected]
    assert all(word in p.message for p, (_, _, word) in zip(problems, expected, strict=True))


def test_names_are_split_however_they_are_set_apart() -> None:
    """Names in one cell may be set apart by any of the usual marks."""
    assert split_names("张甲、李乙，王丙;赵丁/ 钱戊\n") == ("张甲", "李乙", "王丙", "赵丁", "钱戊")
