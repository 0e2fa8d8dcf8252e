"""考核.xlsx in LibreOffice: its formulas say what Python says, whatever is typed beside them."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import pytest

from assessment_books import AS_OF, column, headings, no_errors, open_year, opened, place, random_year, rows, scores
from assessment_samples import UNIT, scheme, standings
from item_samples import item_year, score_of
from office import Office
from qingdan_xl.assessment.facts import Facts
from qingdan_xl.assessment.grading import grade
from qingdan_xl.assessment.items import PersonMix
from qingdan_xl.assessment.people import Around, person_score, person_subject
from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.rules import Adjustment, Scheme
from qingdan_xl.assessment.trail import Kind, Score
from qingdan_xl.assessment.workbook import assessment_workbook
from qingdan_xl.assessment.workings import (
    DeductionsLimited,
    Given,
    Limited,
    Multiplied,
    Once,
    Ranked,
    Rounded,
    Share,
    Stepwise,
    Wiped,
)
from qingdan_xl.model import Person, Unit
from qingdan_xl.sheets.assessment import PEOPLE, RANKING, TRAIL
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.scheme_items import Partial
from qingdan_xl.sheets.writing import FIRST_ROW

WORKINGS = (*(Stepwise, Share, Ranked, Once, Given, Wiped, Multiplied, Limited, DeductionsLimited, Rounded),)


def half_points(count: int) -> Assessment:
    """Units whose exact totals end in half of the last digit kept: 99.995, 99.985 and so on."""
    units = [replace(UNIT, id=f"U{n}", name=f"第{n}镇") for n in range(count)]
    typed = tuple(Adjustment(unit.name, Decimal("-0.005") * (2 * n + 1), "零头") for n, unit in enumerate(units))
    duties = [row for unit in units for row in standings("已完成 已完成 已完成", unit)]
    return assess(units, duties, [], replace(scheme(), adjustments=typed))


def test_recalculated_totals_equal_python(office: Office, tmp_path: Path) -> None:
    """LibreOffice calculates every total as Python does, to the last digit: random units, other places, halves."""
    years = {
        "二位": random_year(60),
        "四位": random_year(20, "places=4 not_applicable=按满分", 2),
        "整数": random_year(20, "places=0 full_mark=1000", 3),
        "半分": half_points(150),
    }
    paths = [tmp_path / f"{name}.xlsx" for name in years]
    for path, found in zip(paths, years.values(), strict=True):
        path.write_bytes(assessment_workbook(found, path.stem, AS_OF))

    for path, found in zip(office.recalculate(paths, tmp_path / "out"), years.values(), strict=True):
        book = openpyxl.load_workbook(path, data_only=True)
        assert column(book, "score") == scores(found)
        assert set(column(book, "check")) <= {"相符", None}
        assert {value for value in column(book, "full") if value is not None} == {float(found.scheme.full_mark)}


def changed_score(unit: Unit, facts: Facts, made: Scheme, random: Random) -> Score:
    """The score with another amount somewhere: one that moves it and leaves no line open, where there is any."""
    before = after = score_of(unit, facts, made)
    for data in random.sample(list(facts.amounts), len(facts.amounts)):
        own = list(facts.amounts[data])
        at = random.randrange(len(own))
        own[at] = replace(own[at], value=(own[at].value or Decimal(0)) + random.choice((Decimal(1), Decimal("2.5"))))
        after = score_of(unit, replace(facts, amounts={**facts.amounts, data: tuple(own)}), made)
        if after.points not in {before.points, None}:
            return after
    return before


def test_changed_input_changes_the_total(office: Office, tmp_path: Path) -> None:
    """Another number typed beside a line moves the total as Python's score with that fact, for rules of every kind."""
    found, facts = item_year(80, 11)
    random = Random(5)  # noqa: S311 - the same changes on every run
    data = BytesIO(assessment_workbook(found, "2026年度责任清单", AS_OF))
    book = openpyxl.load_workbook(data)
    sheet, row, expected, touched = book[TRAIL.title], FIRST_ROW, [], set()
    for item in found.results:
        unit = replace(UNIT, id=item.score.subject.id, name=item.score.subject.name)
        after = changed_score(unit, facts[unit.id], found.scheme, random)
        expected.append(float(after.points or 0))
        for old, new in zip(item.score.trail, after.trail, strict=True):
            row += 1
            assert old.working is not None
            assert new.working is not None
            for key, number in new.working.numbers.items():
                if number != old.working.numbers[key]:
                    touched.add((type(new.working), key))
                    sheet.cell(row, place(book, key, TRAIL) + 1).value = float(number)
    path = tmp_path / "改动.xlsx"
    book.save(path)

    changed = openpyxl.load_workbook(office.recalculate([path], tmp_path / "out")[0], data_only=True)

    assert column(changed, "score") == expected
    assert sum(new != old for new, old in zip(expected, scores(found), strict=True)) > 70
    assert set(column(changed, "check")) == {"相符"}
    assert {kind for kind, _ in touched} >= {Stepwise, Share, Once, Given, Wiped, Multiplied}
    assert {key for _, key in touched} == {"amount", "base"}


def test_recalculated_items_equal_python(office: Office, tmp_path: Path) -> None:
    """Schemes with every kind of rule and limit: totals, items, ranks as Python has them, for 200 units and more."""
    years = [item_year(70, seed)[0] for seed in (1, 2, 3)]
    entries = [entry for found in years for item in found.results for entry in item.score.trail]
    assert {type(entry.working) for entry in entries} == set(WORKINGS)
    assert {entry.working.partial for entry in entries if isinstance(entry.working, Stepwise)} == set(Partial)
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(years))]
    for path, found in zip(paths, years, strict=True):
        path.write_bytes(assessment_workbook(found, path.stem, AS_OF))

    for path, found in zip(office.recalculate(paths, tmp_path / "out"), years, strict=True):
        book = openpyxl.load_workbook(path, data_only=True)
        assert column(book, "score") == scores(found)
        assert column(book, "rank") == [item.rank for item in found.results]
        assert set(column(book, "check")) == {"相符"}
        assert no_errors(book)
        for key, kind in (
            ("base", Kind.BASE),
            ("bonus", Kind.BONUS),
            ("deduction", Kind.DEDUCTION),
            ("appeal", Kind.APPEAL),
        ):
            assert column(book, key) == pytest.approx(
                [float(item.score.total(kind)) for item in found.results], abs=3e-6
            )
        for heading, item_name in (("会议纪律\n（15分）", "会议纪律"), ("安全\n（20分）", "安全")):
            shown = [row[headings(book, "项目得分").index(heading)] for row in rows(book, "项目得分")]
            assert shown == pytest.approx([of_item(item.score, item_name) for item in found.results], abs=2e-6)
        sections = [row[headings(book, "项目得分").index("履职 小计")] for row in rows(book, "项目得分")]
        exact = [sum(float(e.points or 0) for e in item.score.trail if e.section == "履职") for item in found.results]
        assert sections == pytest.approx(exact, abs=2e-5)
        total = [row[headings(book, "项目得分").index("合计")] for row in rows(book, "项目得分")]
        assert total == scores(found)


def of_item(found: Score, name: str) -> float:
    """What the lines of an item come to."""
    return float(sum((entry.points or Decimal(0) for entry in found.trail if entry.item == name), Decimal(0)))


def test_points_typed_into_an_open_line_close_the_total(office: Office, tmp_path: Path) -> None:
    """To see what would be, a person types the missing points: the total and the rank appear."""
    book = opened(open_year(), values=False)
    lines = book[TRAIL.title]
    row = next(
        cell.row for cell in lines[column_letter(place(book, "state", TRAIL))] if cell.value == "待评" and cell.row > 3
    )
    cell = lines.cell(row, place(book, "points", TRAIL) + 1)
    assert lines.protection.sheet
    assert not cell.protection.locked
    cell.value = -2.5
    path = tmp_path / "试填.xlsx"
    book.save(path)

    changed = openpyxl.load_workbook(office.recalculate([path], tmp_path / "out")[0], data_only=True)

    assert column(changed, "score") == [7.5, 7]
    assert column(changed, "rank") == [1, 2]
    assert column(changed, "open") == [0, None]


def test_people_have_their_totals(office: Office, tmp_path: Path) -> None:
    """Persons stand in a table of their own, ranked among persons, with live totals as units have them."""
    units = [UNIT, replace(UNIT, id="U002", name="柳湾镇")]
    made = replace(scheme(), person_mixes=(PersonMix("主要负责人", unit=Decimal(60), own=Decimal(40)),))
    found = assess(units, [row for unit in units for row in standings("已完成 推进中 1/3", unit)], [], made)
    around = Around({item.score.subject.name: item.score for item in found.results}, made)
    scored_ = []
    for unit, name, words in zip(units, ("张甲", "李乙"), ("已完成 推进中 推进中", "2/3 已完成"), strict=True):
        person = Person(name, unit.name, roles=("主要负责人",))
        subject = person_subject(person, unit, made.person_mixes[0])
        scored_.append(person_score(subject, person, standings(words, unit), Facts(), around))
    people, _ = grade(scored_, made)
    path = tmp_path / "个人.xlsx"
    path.write_bytes(assessment_workbook(replace(found, people=people), "2026年度", AS_OF))

    book = openpyxl.load_workbook(office.recalculate([path], tmp_path / "out")[0], data_only=True)

    assert column(book, "name", PEOPLE) == ["张甲", "李乙"]
    assert column(book, "unit", PEOPLE) == ["青禾镇", "柳湾镇"]
    assert column(book, "score", PEOPLE) == [float(score.points or 0) for score in scored_]
    assert column(book, "rank", PEOPLE) == [2, 1]
    assert set(column(book, "check", PEOPLE)) == {"相符"}
    assert headings(book, "个人得分构成")[3:] == ["单位得分", "本人清单得分", "加减分及调整", "合计"]
    assert column(book, "group", RANKING) == ["乡镇组", "乡镇组", "个人·未分组", "个人·未分组"]


def test_odd_names_do_not_disturb_the_sums(office: Office, tmp_path: Path) -> None:
    """A unit's name that Excel would take for a pattern, a formula or a number takes no points from another."""
    names = ("青禾镇", "=1+1", "*", "<5", "1", "001", "镇&县", "?禾镇")
    units = [replace(UNIT, id=name, name=name) for name in names]
    duties = [row for n, unit in enumerate(units) for row in standings(f"{n}/8", unit)]
    path = tmp_path / "考核.xlsx"
    path.write_bytes(assessment_workbook(assess(units, duties, [], scheme()), "2026年度", AS_OF))

    book = openpyxl.load_workbook(office.recalculate([path], tmp_path / "out")[0], data_only=True)

    assert column(book, "unit") == list(names)
    assert column(book, "score") == [0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5]
