"""A result of now held against the sealed one."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from qingdan_xl.assessment.comparison_json import moves_json
from qingdan_xl.assessment.digests import Made, made_of
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.sealing import Drift, drift
from qingdan_xl.assessment.seals import Seal, Seals
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.store import Store
from qingdan_xl.verbs.assessing import Inputs
from qingdan_xl.verbs.score_data import typed_data
from qingdan_xl.workspace.folder import DATA_FILE, Workspace


@dataclass(frozen=True, slots=True)
class Held:
    """A result held against the seal that counts: None where there is none; `files` is wrong with sealed files."""

    drift: Drift | None
    files: tuple[Problem, ...] = ()

    @property
    def version(self) -> int:
        """The version of the seal that counts, 0 before the first."""
        return self.drift.seal.version if self.drift else 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """How the result stands to the seal, and what is wrong with sealed files."""
        return (self.drift.problem, *self.files) if self.drift else self.files

    def as_json(self) -> dict[str, Any] | None:
        """How it stands to the seal, as `seal` of `assess --json`."""
        if self.drift is None:
            return None
        moves = self.drift.moves
        causes = [list(self.drift.causes(move)) for move in moves]
        units = [{**told, "causes": own} for told, own in zip(moves_json(moves), causes, strict=True)]
        return {"sealed": self.drift.seal.as_json(), "changed": list(self.drift.changed), "units": units}


NOT_HELD = Held(None)


def inputs_made(workspace: Workspace, store: Store, assessment: Assessment, inputs: Inputs) -> Made:
    """The fingerprints of all that an assessment was made of."""
    typed = typed_data(inputs.data, DATA_FILE, inputs.roster, assessment.scheme)
    calendar = workspace.settings.calendar(inputs.as_of)
    return made_of(store, inputs.roster, typed.facts, assessment.scheme, calendar)


def held_against(workspace: Workspace, store: Store, assessment: Assessment, inputs: Inputs) -> Held:
    """How a result stands to the seal that counts, and whether the sealed files are as they were written.

    Problems: `seal-differs` or `seal-agrees`, `seal-tampered`, `seal-lost`.
    """
    seals = Seals(store).all()
    if not seals:
        return NOT_HELD
    found = drift(seals[-1], assessment, inputs_made(workspace, store, assessment, inputs))
    files = [fault for seal in seals if (fault := _file_problem(workspace.results / seal.file, seal))]
    return Held(found, tuple(files))


def _file_problem(path: Path, seal: Seal) -> Problem | None:
    if not path.exists():
        return problem("seal-lost", Origin(seal.file), version=seal.version)
    if sha256(path.read_bytes()).hexdigest() != seal.sha256:
        return problem("seal-tampered", Origin(seal.file), version=seal.version)
    return None
