"""assess --sheets: 考核办法.xlsx + 花名册.xlsx + the store → a score sheet for every rater under 下发/."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from qingdan_xl.assessment.score_evidence import evidence_of
from qingdan_xl.assessment.score_sheets import Round, check_raters, score_plans
from qingdan_xl.assessment.score_workbook import score_manifest, score_workbook
from qingdan_xl.issuing.score_plan import ScorePlan, plan_from_json, plan_json
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.sheets.ratings import BATCH_MARK, SCORE_MANIFEST
from qingdan_xl.sheets.writing import Cell
from qingdan_xl.store import IssuedScores, Store, newest_sheets, open_store
from qingdan_xl.verbs.assessing import inputs_of
from qingdan_xl.verbs.inputs import checked_scheme
from qingdan_xl.workspace.files import appearing_folder, distinct_names, safe_name, save
from qingdan_xl.workspace.folder import Workspace

FILE = f"{SCORE_MANIFEST.title}.xlsx"


@dataclass(frozen=True, slots=True)
class SheetsIssued:
    """What was sent in one round; `batch` and `folder` are None where nothing was left to send.

    `renewed` are the raters that were sent a sheet before, `kept` those whose sheet stands as it was sent.
    """

    batch: str | None
    folder: Path | None
    sheets: tuple[IssuedScores, ...]
    renewed: tuple[str, ...]
    kept: tuple[str, ...]
    problems: tuple[Problem, ...]
    manifest: str = FILE

    def as_json(self) -> dict[str, Any]:
        """The object of `assess --sheets --json`."""
        return {
            "batch": self.batch,
            "workbooks": [{"group": sheet.group, "rater": sheet.name, "path": sheet.path} for sheet in self.sheets],
            "renewed": list(self.renewed),
            "kept": list(self.kept),
            "problems": [found.as_json() for found in self.problems],
        }


def issue_score_sheets(workspace: Workspace, as_of: date, on_progress: Callable[[int, int], None]) -> SheetsIssued:
    """Make a score sheet for every rater who has none, whose sheet would ask for something else now, or is gone.

    Raises UnusableError where scheme or roster cannot be used, `nothing-issued`, and `no-raters` where nobody rates
    anything. Problems: `rater-idle`.
    """
    scheme, doubts = checked_scheme(workspace)
    with workspace.lock(), closing(open_store(workspace)) as store:
        inputs, settings = inputs_of(workspace, store, as_of), workspace.settings
        given = Round(scheme, inputs.roster, inputs.standings, settings.title, settings.year)
        plans = score_plans(given)
        if not plans:
            raise UnusableError(problem("no-raters", Origin(workspace.scheme.name)))
        before = newest_sheets(store.score_sheets())
        due = [plan for plan in plans if _is_due(plan, before.get(plan.rater_id), workspace)]
        numbered = replace(given, batch=_next_batch(workspace, store))
        sheets = _write(workspace, numbered, due, store.key(), on_progress) if due else ()
        store.add_score_sheets(numbered.batch, datetime.now(), sheets, [plan.rater_id for plan in plans])  # noqa: DTZ005 - local office time
    return SheetsIssued(
        numbered.batch if sheets else None,
        workspace.issued / numbered.batch if sheets else None,
        sheets,
        tuple(plan.whole_name for plan in due if plan.rater_id in before),
        tuple(plan.whole_name for plan in plans if plan not in due),
        (*doubts, *check_raters(given)),
    )


def _is_due(plan: ScorePlan, sent: IssuedScores | None, workspace: Workspace) -> bool:
    """Whether a rater is to be sent a sheet: none was, it asked for something else, or somebody took it away."""
    return (
        sent is None
        or sent.withdrawn
        or plan_from_json(sent.plan).asked != plan.asked
        or not (workspace.root / sent.path).exists()
    )


def _next_batch(workspace: Workspace, store: Store) -> str:
    """The next number of the year's rounds, like 评分-2026-1, that neither the store nor a folder has had."""
    start = f"{BATCH_MARK}-{workspace.settings.year}-"
    folders = (path.name for path in workspace.issued.iterdir()) if workspace.issued.exists() else ()
    names = (*folders, *(sheet.batch for sheet in store.score_sheets()))
    tails = (name.removeprefix(start) for name in names if name.startswith(start))
    return f"{start}{max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1}"


def _write(
    workspace: Workspace, given: Round, due: Sequence[ScorePlan], key: bytes, on_progress: Callable[[int, int], None]
) -> tuple[IssuedScores, ...]:
    """Write the workbooks and their list into the round's folder."""
    folder = workspace.issued / given.batch
    relative = folder.relative_to(workspace.root).as_posix()
    plans = [replace(plan, batch=given.batch) for plan in due]
    sheets: list[IssuedScores] = []
    with appearing_folder(folder) as place:
        for plan, name in zip(plans, _file_names(plans), strict=True):
            data = score_workbook(plan, evidence_of(plan, given), key)
            (place / name).write_bytes(data)
            sheets.append(_issued(plan, f"{relative}/{name}", sha256(data).hexdigest()))
            on_progress(len(sheets), len(plans))
        rows = [_manifest_row(plan, sheet) for plan, sheet in zip(plans, sheets, strict=True)]
        save(place / FILE, score_manifest(f"{given.title} {given.batch}", rows))
    return tuple(sheets)


def _issued(plan: ScorePlan, path: str, digest: str) -> IssuedScores:
    return IssuedScores(
        plan.batch, plan.rater_id, plan.group, plan.name, path, digest, plan.fingerprint, plan_json(plan)
    )


def _manifest_row(plan: ScorePlan, sheet: IssuedScores) -> Mapping[str, Cell]:
    return {
        "group": plan.group,
        "name": plan.name,
        "unit": plan.unit,
        "file": sheet.path.rpartition("/")[2],
        "asked": sum(1 for _ in plan.rows()),
        "sha256": sheet.sha256,
    }


def _file_names(plans: Iterable[ScorePlan]) -> Iterator[str]:
    """<评分组>-<评委>-<年>年评分表.xlsx, all different."""
    return distinct_names(
        (f"{safe_name(plan.group)}-{safe_name(plan.name)}", f"-{plan.year}年评分表.xlsx") for plan in plans
    )
