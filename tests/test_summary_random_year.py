"""A year drawn at random, with names that look like formulas: the same figures everywhere, and text stays text."""

import random
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from browser import Browser
from office import Office
from qingdan_xl.issuing.plan import Batch, plan_unit
from qingdan_xl.model import Checklist, Duty, Kind, Origin, Per, Person, Role, Roster, Section, Unit
from qingdan_xl.problems import Problem
from qingdan_xl.sheets.choices import RACI, RECTIFICATION, RISK_LEVELS, STATUSES
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import ASSIGNMENTS, DUTIES, ISSUES, LOG, RISKS
from qingdan_xl.sheets.values import parse_value
from qingdan_xl.store import Entry, Outcome, Store, packed
from qingdan_xl.summary.figures import figures
from qingdan_xl.summary.frames import Frames, frames
from qingdan_xl.summary.keyfigures import key_figures
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.page import dashboard
from qingdan_xl.summary.remarks import About, Place, Remark
from qingdan_xl.summary.reminder_workbook import reminder_workbook
from qingdan_xl.summary.reminders import reminders
from qingdan_xl.summary.scope import YEAR
from qingdan_xl.summary.status import status
from qingdan_xl.summary.workbook import summary_workbook
from summary_samples import CALENDAR, demand, issue, receipt

# what a spreadsheet would run, load or add up if it were ever taken for more than text
HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+SUM(A1:A9)",
    "@SUM(1)",
    '=HYPERLINK("x.html","y")',
    "-2+3",
    "http://x.y",
    "甲",
)
CATEGORIES = ("会议", "学习", "党课")
YEARS = {"few": (7, 6), "many": (31, 48)}  # seed, units; of many the sheets are written in bulk, and charts show roles


class Dice:
    """Draws the parts of a year; the same on every run."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same year on every run

    def word(self) -> str:
        """A word that somebody typed."""
        return self._random.choice(HOSTILE)

    def one(self, words: Any) -> Any:
        """One of these."""
        return self._random.choice(tuple(words))

    def day(self) -> str:
        """A day of the year as it is typed."""
        return str(date(2026, 1, 1) + timedelta(days=self._random.randrange(365)))

    def happens(self, share: float) -> bool:
        """Something that comes about that often."""
        return self._random.random() < share

    def batch(self, units: int) -> Batch:
        """A list of three roles for all units."""
        sent = tuple(
            Unit(f"U{n:02d}", f"{self.word()}{n}", self.word(), "", self.word(), self.word(), self.word())
            for n in range(units)
        )
        people = tuple(Person(f"{self.word()}{unit.id}", unit.name, self.word()) for unit in sent)
        roles = tuple(
            Role(
                f"{self.word()}角色{n}", sections=(Section("一", self.word(), tuple(map(self._duty, range(n, 12, 3)))),)
            )
            for n in range(3)
        )
        lists = (Checklist("清单.txt", self.word(), 2026, Kind.CHECKLIST, roles),)
        return Batch("2026-01", self.word(), 2026, date(2026, 4, 30), lists, Roster(sent, people))

    def _duty(self, number: int) -> Duty:
        target = demand(
            self.one(CATEGORIES), number % 3 + 1, self.one((Per.YEAR, Per.HALF_YEAR, Per.QUARTER, Per.MONTH))
        )
        return Duty(f"d{number}", str(number), f"{self.word()}第{number}项", targets=(target,) if number % 2 else ())

    def returned(self, unit: Unit, row_ids: list[str]) -> Entry:
        """What one unit sent back: one row in ten left out, one status in six not filled."""
        sheets: dict[Sheet, list[dict[str, str]]] = {
            DUTIES: [self._answer(row) for row in row_ids if self.happens(0.9)],
            LOG: [
                {"date": self.day(), "category": self.one(CATEGORIES), "topic": self.word(), "host": self.word()}
                for _ in range(6)
            ],
            ISSUES: [
                {"text": self.word(), "status": self.one(RECTIFICATION), "deadline": self.day()} for _ in range(2)
            ],
            RISKS: [{"text": self.word(), "post": self.word(), "level": self.one(RISK_LEVELS)}],
            ASSIGNMENTS: [{"row_id": row_ids[0], "person": self.word(), "raci": self.one(RACI)}],
        }
        fault = Problem("bad-cell", self.word(), Origin(f"收件/{self.word()}.xlsx", self.word(), 5, "C"), unit.id)
        taken = receipt(f"收件/{unit.id}{self.word()}.xlsx", Outcome.ACCEPTED, unit.id, late=self.happens(0.2))
        return Entry(taken, packed({sheet.key: self._rows(sheet, rows) for sheet, rows in sheets.items()}), [fault])

    def _answer(self, row_id: str) -> dict[str, str]:
        return {
            "row_id": row_id,
            "status": self.one((*STATUSES, "")),
            "deadline": self.day(),
            "owner": self.word(),
            "report": self.word(),
            "evidence": self.word(),
        }

    def _rows(self, sheet: Sheet, rows: list[dict[str, str]]) -> list[Row]:
        """Rows as the reader of workbooks gives them."""
        return [
            Row(
                number,
                {key: parse_value(sheet.column(key).type, value, 2026) for key, value in row.items()},
                {"status": "N"},
                "x.xlsx",
                self.word(),
            )
            for number, row in enumerate(rows, 4)
        ]


@dataclass(frozen=True)
class Year:
    """One drawn year: what it says together, its tables, its workbook and its reminders."""

    material: Material
    tables: Frames
    summary: Path
    reminders: Path


def drawn_year(folder: Path, seed: int, units: int) -> Year:
    """Draw a year, sum it up a week after it was summed up once, and write what people open."""
    dice = Dice(seed)
    batch = dice.batch(units)
    with closing(Store(folder / f"{seed}.db")) as store:
        issue(store, batch)
        memory = Memory(store)
        memory.keep_standing(YEAR, date(2026, 5, 8), load_material(store, CALENDAR).standings)
        for unit in batch.roster.units:
            if dice.happens(0.8):
                store.record([dice.returned(unit, [row.id for _, row in plan_unit(batch, unit).rows()])])
        about = About(*(dice.word() for _ in range(4)))
        remarks = [
            Remark(Place("U01", row, "note"), dice.word(), about, date(2026, 5, 8)) for row in ("", "d1.01", "gone")
        ]
        memory.keep_remarks(remarks, "")
        material = load_material(store, CALENDAR)
    tables = frames(material)
    paths = folder / f"汇总{seed}.xlsx", folder / f"催办{seed}.xlsx"
    paths[0].write_bytes(summary_workbook(material, tables))
    paths[1].write_bytes(reminder_workbook(reminders(material, {}), material.titles))
    return Year(material, tables, *paths)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Year]:
    """The years that are drawn."""
    folder = tmp_path_factory.mktemp("years")
    return {name: drawn_year(folder, *drawn) for name, drawn in YEARS.items()}


@pytest.fixture(scope="module")
def recalculated(years: dict[str, Year], office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Their workbooks after LibreOffice calculated every formula anew, in one run."""
    made = office.recalculate([year.summary for year in years.values()], tmp_path_factory.mktemp("recalculated"))
    return dict(zip(years, made, strict=True))


@pytest.mark.parametrize("name", YEARS)
def test_recalculated_every_formula_equals_the_frames(
    years: dict[str, Year], recalculated: dict[str, Path], name: str
) -> None:
    """What LibreOffice calculates on 总览 is what pandas counted, however the year went."""
    ours = openpyxl.load_workbook(years[name].summary, data_only=True)["总览"]
    texts = openpyxl.load_workbook(years[name].summary)["总览"]
    theirs = openpyxl.load_workbook(recalculated[name], data_only=True)["总览"]
    places = [cell.coordinate for row in texts.iter_rows() for cell in row if cell.data_type == "f"]

    assert len(places) > 45
    assert [(place, theirs[place].value) for place in places] == [
        (place, pytest.approx(ours[place].value) if isinstance(ours[place].value, float) else ours[place].value)
        for place in places
    ]
    checks = [row[2].value for row in theirs.iter_rows() if row[1].value == "核对"]
    assert checks == ["相符"] * 4


@pytest.mark.parametrize("name", YEARS)
def test_what_people_typed_is_never_a_formula_or_a_link(years: dict[str, Year], name: str) -> None:
    """Formulas and jumps are ours and stand on 总览; every word that looks like one is a text, wherever it stands."""
    for path in (years[name].summary, years[name].reminders):
        seen = set()
        for page in openpyxl.load_workbook(path):
            for row in page.iter_rows():
                for cell in row:
                    if page.title != "总览":
                        assert (cell.data_type != "f", cell.hyperlink) == (True, None), cell
                    if isinstance(cell.value, str) and cell.value.startswith(HOSTILE[:-1]) and cell.data_type == "s":
                        seen.add(page.title)
        assert len(seen) > (2 if path == years[name].reminders else 10)


@pytest.mark.parametrize("name", YEARS)
def test_the_same_figures_everywhere(years: dict[str, Year], browser: Browser, name: str) -> None:
    """Workbook, page, terminal and --json count alike: units, returned, duties, done, and every light."""
    material, tables = years[name].material, years[name].tables
    book = {figure.label: figure.formula.value for figure in key_figures(tables)}
    told, now = figures(material, tables).as_json(None, ""), status(material)
    page = browser.ask(
        dashboard(material, tables),
        """
        const figure = (button) => [button.id.slice(7), button.querySelector("b").textContent];
        const seen = Object.fromEntries(all("#figures button").map(figure));
        return [seen, Object.fromEntries(all("#legend > span").map((one) => one.textContent.trim().split(" ")))];
        """,
    )

    assert (told["units"], told["returned"], told["duties"]) == (book["下发单位"], book["已交回"], book["责任事项"])
    assert (now.sent, now.returned, len(now.missing)) == (book["下发单位"], book["已交回"], book["未交回"])
    assert (told["done"], told["overdue"]) == (book["完成"], book["逾期"])
    assert now.lights == {word: book[word] for word in now.lights}
    assert {word: int(count) for word, count in page[1].items()} == now.lights
    shown = {"units": "下发单位", "returned": "已交回", "missing": "未交回", "duties": "责任事项", "overdue": "逾期"}
    assert {key: int(page[0][key]) for key in shown} == {key: book[label] for key, label in shown.items()}
