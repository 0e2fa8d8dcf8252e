"""A small year whose workbooks are sent out a second time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qingdan_xl.collecting.collect import collect
from qingdan_xl.documents import master_workbook
from qingdan_xl.model import Duty, Person, Roster, Unit
from qingdan_xl.roster import roster_workbook
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.store import Outcome
from qingdan_xl.verbs.issue import Issue, issue_year
from qingdan_xl.verbs.reissue import Choice
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace
from returns import COLLECTIVE, ON_TIME, PEOPLE, UNITS, Desk, make_batch, opened, put

LEADERS, MINE = "党委领导班子", "主要负责人-张甲"
REVISED = (
    replace(COLLECTIVE[1], text="制定年度责任清单、公示并报备"),
    COLLECTIVE[0],
    COLLECTIVE[3],
    Duty("d099", "5.", "每年研究一次意识形态工作"),
)
PARENTS = tuple(replace(unit, parent="县委" if unit.id != "U003" else "") for unit in UNITS)


def write_year(
    year: Workspace, collective: tuple[Duty, ...], units: tuple[Unit, ...], people: tuple[Person, ...]
) -> None:
    """The coordinator's own files."""
    save(year.checklists / "清单.xlsx", master_workbook(make_batch(collective=collective).checklists[0]))
    save(year.roster, roster_workbook(Roster(units, people)))


def send(year: Workspace, choice: Choice | None = None) -> Issue:
    """Issue as the command does."""
    return issue_year(year, lambda _done, _total: None, choice or Choice())


def give_back(year: Workspace, edit: Callable[[Desk], object], batch: str = "2026-01") -> None:
    """青禾镇 gives back the workbook of a batch as edited, and it is collected."""
    desk = opened((year.root / f"下发/{batch}/青禾镇-2026年责任清单.xlsx").read_bytes())
    edit(desk)
    put(year.inbox, f"青禾镇-{batch}.xlsx", desk.saved())
    found = collect(year, (), ON_TIME)
    assert found.count(Outcome.ACCEPTED) == 1
    assert {receipt.outcome for receipt in found.receipts} <= {Outcome.ACCEPTED, Outcome.SUPERSEDED}


def make_issued(root: Path) -> Workspace:
    """A year with its first batch sent out."""
    made = Workspace.create(root, 2026)
    write_year(made, COLLECTIVE, PARENTS, PEOPLE)
    send(made)
    return made


def workbook(year: Workspace, issued: Issue, unit: str = "青禾镇") -> Desk:
    """One unit's workbook of a batch, open."""
    path = next(each.path for each in issued.workbooks if each.unit == unit)
    return opened((year.root / path).read_bytes())


def column(desk: Desk, title: str, key: str) -> list[object]:
    """The values of a duty sheet's column below the headings."""
    cells = desk.page(title).iter_cols(min_row=4)
    heading = DUTIES.column(key).heading
    titles = [cell.value for cell in desk.page(title)[3]]
    return [cell.value for cell in list(cells)[titles.index(heading)]]
