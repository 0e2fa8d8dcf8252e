"""A small year whose units are rated: a scheme with three rater groups, its score sheets, and raters who fill them."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from qingdan_xl.assessment.items import Item, Option, PersonMix, Rater, RaterGroup
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook
from qingdan_xl.collecting.collect import Collection, collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.model import Roster, Unit
from qingdan_xl.roster import roster_workbook
from qingdan_xl.sheets.ratings import ANSWER, RATING_ROW, SCORE_SHEETS
from qingdan_xl.sheets.reading import find_columns
from qingdan_xl.sheets.scheme_items import Source
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.verbs.score_sheets import SheetsIssued, issue_score_sheets
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, PEOPLE, UNITS, YEAR, make_batch, put, send_out, well_filled

AS_OF = date(YEAR, 12, 31)
LEADER, STAFF, PANEL = "分管领导", "职工代表", "考核组"
ITEMS = (
    Item("1", "", "组织领导", Decimal(20), Source.RATERS, text="班子重视，分工明确，年初有部署"),
    Item("2", "", "工作实绩", Decimal(30), Source.RATERS, text="重点工作有成效"),
    Item("3", "", "清单履责", Decimal(50), Source.DUTIES),
)
GROUPS = (
    RaterGroup(LEADER, Decimal(20)),
    RaterGroup(STAFF, Decimal(40)),
    RaterGroup(PANEL, Decimal(40)),
)
RATERS = (
    Rater("冯一", LEADER),
    Rater("陈二", STAFF, "青禾镇"),
    Rater("卫三", STAFF, "白杨镇"),
    Rater("蒋四", PANEL),
    Rater("沈五", PANEL),
)
SCHEME = replace(default_scheme(), items=ITEMS, rater_groups=GROUPS, raters=RATERS, quotas=())
NAMES = tuple(unit.name for unit in UNITS)


def rated_year(root: Path, scheme: Scheme = SCHEME, back: Sequence[Unit] = UNITS) -> Workspace:
    """A year folder with this scheme; of its three units these returned their workbooks."""
    shutil.copytree(_template(tuple(unit.id for unit in back)), root)
    year = Workspace(root)
    use(year, scheme)
    return year


@cache
def _template(back: Sequence[str]) -> Path:
    """The folder as it is before anybody rates, made once."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    year = Workspace.create(Path(folder) / "2026年度", YEAR)
    send_out(year, make_batch())
    year.roster.write_bytes(roster_workbook(Roster(UNITS, PEOPLE)))
    for unit in back:
        put(year.inbox, f"{unit}.xlsx", well_filled(unit))
    assert collected(year).returned == len(back)
    return year.root


def use(year: Workspace, scheme: Scheme) -> None:
    """Write the scheme as the office would keep it."""
    year.scheme.write_bytes(scheme_workbook(scheme))


def sent(year: Workspace) -> SheetsIssued:
    """Send the score sheets."""
    return issue_score_sheets(year, AS_OF, lambda _done, _all: None)


def collected(year: Workspace) -> Collection:
    """Take in the inbox."""
    return collect(year, (), ON_TIME, Reading(workers=1))


def assessed(year: Workspace) -> Assessment:
    """The result at the year's end."""
    return assess_year(year, AS_OF).assessment


@dataclass(frozen=True, slots=True)
class Scored:
    """A score sheet open on a rater's desk; rows are found by what the rater reads."""

    book: Any

    def cell(self, title: str, unit: str, item: str, key: str = ANSWER) -> Any:
        """The cell of a column in the row of a unit and an item (or person)."""
        page = self.book[title]
        grid = [[cell.value for cell in cells] for cells in page.iter_rows()]
        layouts = [find_columns(sheet, grid) for sheet in SCORE_SHEETS]
        start, places = max(layouts, key=lambda layout: len(layout[1]))
        rows = (n for n in range(start + 1, len(grid)) if grid[n][places["unit"]] == unit)
        row = next(n for n in rows if str(grid[n][places["item"]]).endswith(item))
        return page.cell(row + 1, places[key] + 1)

    def ids(self, title: str) -> list[str]:
        """The row ids of a page from the top."""
        page = self.book[title]
        grid = [[cell.value for cell in cells] for cells in page.iter_rows()]
        _, places = find_columns(SCORE_SHEETS[0], grid)
        return [row[places[RATING_ROW]] for row in grid[3:]]

    def saved(self) -> bytes:
        """The file as the program saves it."""
        buffer = BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def scored(year: Workspace, made: SheetsIssued, rater: str) -> Scored:
    """The score sheet of a rater as it was sent."""
    sheet = next(sheet for sheet in made.sheets if sheet.name == rater)
    return Scored(load_workbook(year.root / sheet.path))


def given(
    year: Workspace, made: SheetsIssued, rater: str, scores: Mapping[str, Sequence[object]], title: str = "乡镇"
) -> bytes:
    """A rater's sheet filled: for each unit the answers for 组织领导 and 工作实绩."""
    desk = scored(year, made, rater)
    for unit, values in scores.items():
        for item, value in zip(("组织领导", "工作实绩"), values, strict=True):
            desk.cell(title, unit, item).value = value
    return desk.saved()


def codes(found: Collection, file: str) -> list[str]:
    """The codes of what was found in one file."""
    return sorted(fault.code for fault in found.problems if fault.origin.file == f"收件/{file}")


def voters(count: int, group: str = PANEL) -> tuple[Rater, ...]:
    """So many raters of one group, 评1, 评2 and so on."""
    return tuple(Rater(f"评{number}", group) for number in range(1, count + 1))


OPTIONS = tuple(
    Option("四档", word, Decimal(value)) for word, value in (("好", 95), ("较好", 85), ("一般", 75), ("差", 65))
)
HEAD_MIX = PersonMix("主要负责人", unit=Decimal(40), rating=Decimal(60), group="主要负责人")
