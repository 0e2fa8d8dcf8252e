"""assess --final: a result is sealed."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from qingdan_xl.assessment.digests import Made
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.seal_sheet import sealed_workbook
from qingdan_xl.assessment.sealing import open_points, open_problem
from qingdan_xl.assessment.seals import Seal, Seals
from qingdan_xl.assessment.verdicts import verdicts
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.store import open_store
from qingdan_xl.verbs.assessing import assess_by, inputs_of
from qingdan_xl.verbs.held import Held, held_against, inputs_made
from qingdan_xl.verbs.inputs import checked_scheme
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace

_READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Wish:
    """Who seals; `reason` why a sealed result is sealed anew, `open_reason` why one with open points is sealed."""

    by: str
    reason: str = ""
    open_reason: str = ""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What became of a wish to seal: the seal and its file, None where it was refused; how the result stood before."""

    seal: Seal | None
    path: Path | None
    held: Held
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """The object of `assess --final --json`."""
        return {
            "workbook": str(self.path) if self.path else None,
            "sealed": self.seal.as_json() if self.seal else None,
            "before": self.held.as_json(),
            "problems": [found.as_json() for found in self.problems],
        }


def seal_year(workspace: Workspace, as_of: date, wish: Wish) -> Sealing:
    """Write 成果/考核-定稿-<as_of>.xlsx, which no later run touches, and keep its seal in the store.

    Refused with `seal-open` while anything is open and no reason is given for that, and with `sealed-already` where a
    result is sealed and no reason is given to seal anew. Raises UnusableError `seal-nameless`, and as `assess_year`.
    """
    if not wish.by.strip():
        raise UnusableError(problem("seal-nameless"))
    with workspace.lock(), closing(open_store(workspace)) as store:
        inputs = inputs_of(workspace, store, as_of)
        scheme, doubts = checked_scheme(workspace)
        assessment = assess_by(scheme, inputs)
        held = held_against(workspace, store, assessment, inputs)
        refused = _refusals(assessment, held, wish)
        if refused:
            return Sealing(None, None, held, (*refused, *doubts, *held.problems))
        seal = _seal(assessment, inputs_made(workspace, store, assessment, inputs), wish, held.version + 1, as_of)
        data = sealed_workbook(assessment, workspace.settings.title, seal)
        path = save(_free(workspace.results / seal.file), data).path
        path.chmod(_READ_ONLY)
        seal = replace(seal, file=path.name, sha256=sha256(data).hexdigest())
        Seals(store).keep(seal)
    return Sealing(seal, path, held, (*doubts, *held.files))


def _refusals(assessment: Assessment, held: Held, wish: Wish) -> list[Problem]:
    found, opened = [], open_points(assessment)
    if held.drift and not wish.reason.strip():
        last = held.drift.seal
        day = f"{last.sealed_at:%Y-%m-%d}"
        found.append(problem("sealed-already", Origin(last.file), version=last.version, by=last.sealed_by, day=day))
    if opened.count and not wish.open_reason.strip():
        found.append(open_problem(opened))
    return found


def _seal(assessment: Assessment, made: Made, wish: Wish, version: int, as_of: date) -> Seal:
    opened = open_points(assessment).count
    edition = f"（第{version}版）" if version > 1 else ""
    return Seal(
        version,
        datetime.now(),  # noqa: DTZ005 - local office time
        wish.by.strip(),
        as_of,
        made,
        verdicts(assessment),
        f"考核-定稿-{as_of}{edition}.xlsx",
        reason=wish.reason.strip() if version > 1 else "",
        open_reason=wish.open_reason.strip() if opened else "",
        open_points=opened,
    )


def _free(path: Path) -> Path:
    """The path, or one beside it: what lies there already is never written over."""
    names = (path.with_stem(f"{path.stem}{f' ({n})' if n > 1 else ''}") for n in count(1))
    return next(name for name in names if not name.exists())
