"""Ready-to-open workbooks of every kind from the bundled samples: `python -m` this module writes them to a folder.

Dates, key and dice are fixed, so that the same code gives the same bytes.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook

from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.demo.staff import Habit, fill
from qingdan_xl.documents import master_workbook, parse
from qingdan_xl.issuing.cover import CHOSEN_CELL
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist
from qingdan_xl.packages.respelled import respelled
from qingdan_xl.roster import roster_workbook
from qingdan_xl.samples import sample_documents, sample_roster, sample_unit_kinds
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.sheets.unit import COVER_TITLE
from qingdan_xl.workspace.files import save

_YEAR = 2026
_ISSUED, _DEADLINE, _LOOKED_AT = date(_YEAR, 1, 5), date(_YEAR, 12, 20), date(_YEAR, 12, 10)
_KEY = b"a key for samples only: they belong to no year folder"
_HABIT = Habit(diligence=0.85)
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell


def sample_workbooks() -> dict[str, bytes]:
    """Each sample by the name of its file: 母表, 花名册, 考核办法, one unit's as sent, filled and with the macro."""
    checklists = [reviewed(checklist) for checklist in _sample_checklists()]
    roster = sample_roster()
    batch = Batch(f"{_YEAR}-01", f"{_YEAR}年度责任清单", _YEAR, _DEADLINE, tuple(checklists), roster)
    unit = roster.units[0]
    plan = plan_unit(batch, unit)
    options = Options(tuple(CATEGORIES), Calendar(_YEAR, _ISSUED), _KEY)
    issued = unit_workbook(plan, options)
    return {
        **{f"母表-{Path(each.source).stem}.xlsx": master_workbook(each) for each in checklists},
        "花名册.xlsx": roster_workbook(roster),
        "考核办法.xlsx": scheme_workbook(default_scheme()),
        f"填报表-{unit.name}（下发时）.xlsx": issued,
        f"填报表-{unit.name}（已填）.xlsx": _looked_at(fill(issued, plan, _HABIT, Random(1))),
        f"填报表-{unit.name}（一键检查）.xlsm": unit_workbook(plan, replace(options, self_check=True)),
    }


def reviewed(checklist: Checklist) -> Checklist:
    """The list after the coordinator has said which kinds of units each role goes to."""
    kinds, source = sample_unit_kinds(), Path(checklist.source).stem
    roles = tuple(replace(role, unit_kinds=kinds.get((source, role.name), ())) for role in checklist.roles)
    return replace(checklist, roles=roles)


def write_workbooks(folder: Path) -> None:
    """Put all samples into the folder, and take away those that are made no more."""
    made = sample_workbooks()
    for path in folder.glob("*.xlsx"):
        if path.name not in made:
            path.unlink()
    for name, data in made.items():
        save(folder / name, data)


def _sample_checklists() -> Iterable[Checklist]:
    for name, data in sample_documents().items():
        yield from parse(name, data, CATEGORIES)


def _looked_at(workbook: bytes) -> bytes:
    """The workbook as of a fixed day instead of today, saved at no time in particular."""
    book = load_workbook(BytesIO(workbook))
    book[COVER_TITLE][CHOSEN_CELL] = _LOOKED_AT
    saved, timeless = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(BytesIO(respelled(saved.getvalue()))) as source, ZipFile(timeless, "w") as target:
        for name in source.namelist():
            part = _SAVED.sub(rb"\g<1>2026-01-01T00:00:00Z", source.read(name))
            target.writestr(ZipInfo(name, _OLDEST), part, ZIP_DEFLATED)
    return timeless.getvalue()


if __name__ == "__main__":
    write_workbooks(Path(sys.argv[1]))
