"""issue: 清单/ + 花名册.xlsx → one workbook per unit under 下发/."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qingdan_xl.issuing.batches import batch_json, check_batch, next_batch_id
from qingdan_xl.issuing.issue import UnitFile, issue
from qingdan_xl.issuing.manifest import FILE, manifest_workbook
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.model import Checklist, Roster
from qingdan_xl.problems import Problem
from qingdan_xl.store import Issued, Store
from qingdan_xl.verbs.inputs import load_checklists, load_roster, stop_on_errors
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace
from qingdan_xl.workspace.settings import Settings


@dataclass(frozen=True, slots=True)
class Issue:
    """What was sent out in one go; paths are absolute."""

    batch: str
    folder: Path
    manifest: Path
    workbooks: tuple[Issued, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """The object of the `--json` contract (DESIGN §6)."""
        return {
            "batch": self.batch,
            "workbooks": [
                {"unit": w.unit, "unit_id": w.unit_id, "path": w.path, "kind": w.kind} for w in self.workbooks
            ],
        }


def issue_year(workspace: Workspace, on_progress: Callable[[int, int], None]) -> Issue:
    """Make every unit's workbook and the 下发清单, and keep in the store what was sent out.

    Raises UnusableError where lists or roster cannot be used. Problems: what is doubtful but does not stop the issue.
    """
    checklists, roster = load_checklists(workspace), load_roster(workspace)
    with workspace.lock(), closing(Store(workspace.database)) as store:
        batch = _batch(workspace.settings, store, checklists, roster)
        problems = check_batch(batch)
        stop_on_errors(problems)
        folder = workspace.issued / batch.id
        files = _write(batch, _options(workspace.settings), folder, on_progress)
        manifest = save(folder / FILE, manifest_workbook(batch, files))
        relative = folder.relative_to(workspace.root).as_posix()
        workbooks = tuple(file.issued(relative) for file in files)
        store.add_batch(batch.id, datetime.now(), batch_json(batch), workbooks)  # noqa: DTZ005 - local office time
    return Issue(batch.id, folder, manifest.path, workbooks, tuple(problems))


def _batch(settings: Settings, store: Store, checklists: tuple[Checklist, ...], roster: Roster) -> Batch:
    number = next_batch_id(store.snapshots(), settings.year)
    return Batch(number, settings.title, settings.year, settings.deadline, checklists, roster)


def _options(settings: Settings) -> Options:
    return Options(tuple(settings.categories), settings.calendar(date.today()))  # noqa: DTZ011 - the day of issue


def _write(batch: Batch, options: Options, folder: Path, on_progress: Callable[[int, int], None]) -> list[UnitFile]:
    files = []
    for file in issue(batch, options):
        save(folder / file.name, file.data)
        files.append(file)
        on_progress(len(files), len(batch.roster.units))
    return files
