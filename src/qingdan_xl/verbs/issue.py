"""issue: 清单/ + 花名册.xlsx → one workbook per unit under 下发/."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.documents.filling import with_values
from qingdan_xl.issuing.batches import batch_json, check_batch, next_batch_id
from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.issue import UnitFile, issue
from qingdan_xl.issuing.listed import check_reissue
from qingdan_xl.issuing.manifest import FILE, manifest_workbook
from qingdan_xl.issuing.open_places import check_filled_in
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.issuing.selfcheck import MACRO_FOLDER, macro_files
from qingdan_xl.model import Checklist, Roster
from qingdan_xl.problems import Problem
from qingdan_xl.store import Annex, Issued, Store, open_store
from qingdan_xl.verbs.carrying import CarriedOver, carry_over, mark_changes
from qingdan_xl.verbs.inputs import load_checklists, load_roster, stop_on_errors
from qingdan_xl.verbs.packing import pack
from qingdan_xl.verbs.reissue import Choice, Earlier, Moves, chosen, earlier
from qingdan_xl.verbs.returning import told_again
from qingdan_xl.workspace.files import appearing_folder, save
from qingdan_xl.workspace.folder import Workspace
from qingdan_xl.workspace.settings import Settings

EVERYBODY = Choice()


@dataclass(frozen=True, slots=True)
class Issue:
    """What was sent out in one go; paths are absolute."""

    batch: str
    folder: Path
    manifest: Path
    workbooks: tuple[Issued, ...]
    problems: tuple[Problem, ...]
    packages: tuple[Path, ...] = ()
    carried: CarriedOver | None = None

    def as_json(self) -> dict[str, Any]:
        """The object of the `--json` contract (DESIGN §6)."""
        return {
            "batch": self.batch,
            "workbooks": [
                {"unit": w.unit, "unit_id": w.unit_id, "path": w.path, "kind": w.kind} for w in self.workbooks
            ],
            "problems": [found.as_json() for found in self.problems],
            "carried": self.carried.as_json() if self.carried else None,
        }


def issue_year(workspace: Workspace, on_progress: Callable[[int, int], None], choice: Choice = EVERYBODY) -> Issue:
    """Make the workbooks of the chosen units and the 下发清单, and keep in the store what was sent out.

    Raises UnusableError where lists or roster cannot be used, or nobody is chosen. Problems: what is doubtful but does
    not stop the issue.
    """
    (listed, doubtful), roster = load_checklists(workspace), load_roster(workspace)
    checklists = tuple(map(with_values, listed))
    with workspace.lock(), closing(open_store(workspace)) as store:
        whole = _batch(workspace, store, checklists, roster)
        problems = [*doubtful, *check_reissue(whole, store.issued())]
        problems += [*check_filled_in(listed, roster), *check_batch(whole)]
        stop_on_errors(problems)
        before = earlier(store, whole)
        batch = chosen(whole, choice, before)
        before = before.of(batch.roster.units)
        problems += told_again(store, before, batch)
        moves = Moves(before, batch)
        folder = workspace.issued / batch.id
        options = _options(workspace.settings, store.key())
        start, carried = _start(store, before, batch, options.calendar, choice)
        problems += carried.problems if carried else ()
        with appearing_folder(folder) as place:
            files = _write(issue(batch, options, start), place, on_progress, len(batch.roster.units))
            save(place / FILE, manifest_workbook(batch, files))
            for name, source in macro_files().items() if options.self_check else ():
                save(place / MACRO_FOLDER / name, source)
            packages = pack(place, files) if choice.zipped else ()
        relative = folder.relative_to(workspace.root).as_posix()
        workbooks = tuple(file.issued(relative) for file in files)
        store.add_batch(batch.id, datetime.now(), batch_json(whole), workbooks, Annex(batch.own, moves))  # noqa: DTZ005 - local office time
    packed = tuple(folder / package.name for package in packages)
    return Issue(batch.id, folder, folder / FILE, workbooks, tuple(problems), packed, carried)


def _start(
    store: Store, before: Earlier, batch: Batch, calendar: Calendar, choice: Choice
) -> tuple[Mapping[str, Carried], CarriedOver | None]:
    """What each unit's workbook starts with, and what was carried over; None where that was not asked for."""
    return carry_over(store, before, batch, calendar) if choice.carry else (mark_changes(before, batch), None)


def _batch(workspace: Workspace, store: Store, checklists: tuple[Checklist, ...], roster: Roster) -> Batch:
    """Everything that may be sent out, under a number that neither the store nor a folder has had."""
    settings = workspace.settings
    folders = (path.name for path in workspace.issued.iterdir()) if workspace.issued.exists() else ()
    number = next_batch_id([*store.snapshots(), *folders], settings.year)
    return Batch(number, settings.title, settings.year, settings.deadline, checklists, roster, settings.own)


def _options(settings: Settings, key: bytes) -> Options:
    today = date.today()  # noqa: DTZ011 - the day of issue
    return Options(
        tuple(settings.categories),
        settings.calendar(today),
        key,
        settings.locked_structure,
        settings.lights.shades,
        settings.self_check,
    )


def _write(
    files: Iterable[UnitFile], folder: Path, on_progress: Callable[[int, int], None], total: int
) -> list[UnitFile]:
    """Write the workbooks; what is given back no longer holds their bytes, which for thousands would be too much."""
    written = []
    for file in files:
        (folder / file.name).write_bytes(file.data)
        written.append(replace(file, data=b""))
        on_progress(len(written), total)
    return written
