"""collect and check: every file that is found gets one outcome, and the counts add up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qingdan_xl.collecting.daybook import Daybook
from qingdan_xl.collecting.examine import Context
from qingdan_xl.collecting.found import find_files
from qingdan_xl.collecting.handback import Marking, to_mend
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.collecting.intake import Reading, decisions
from qingdan_xl.collecting.originals import (
    LIST_NAME,
    Refused,
    keep,
    kept_original,
    original_of,
    quarantine_name,
    write_reasons,
)
from qingdan_xl.collecting.outcome import LOST, NEWER, Decision, Register
from qingdan_xl.collecting.stock import Hashed, take_stock
from qingdan_xl.collecting.stopping import stopping_between_files
from qingdan_xl.issuing.batches import batch_from_json
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.store import GroupIntake, Outcome, Receipt, Store, open_store, read_store, scores_intake
from qingdan_xl.workspace.files import clear_unfinished, make_durable
from qingdan_xl.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class Collection:
    """What one run found: a receipt a file, the problems of them all, and which units have not returned anything.

    `sent` and `returned` count units; both are 0 where the year folder was not asked. `scores` tell the same of the
    score sheets of each rater group. ValueError where the counts do not add up.
    """

    found: int
    receipts: tuple[Receipt, ...]
    problems: tuple[Problem, ...]
    sent: int = 0
    returned: int = 0
    missing: tuple[str, ...] = ()
    scores: tuple[GroupIntake, ...] = ()

    def __post_init__(self) -> None:
        if self.found != sum(self.count(outcome) for outcome in Outcome):
            raise ValueError(f"{self.found} files were found, but {len(self.receipts)} have an outcome")
        if self.sent != self.returned + len(self.missing):
            raise ValueError(f"{self.sent} workbooks were sent: {self.returned} returned, {len(self.missing)} missing")

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(receipt.outcome is outcome for receipt in self.receipts)

    def to_hand_back(self, workspace: Workspace) -> list[Marking]:
        """The accepted files in which their units have something to mend, with the originals that were kept."""
        there = ((receipt, kept_original(workspace.originals, receipt.sha256)) for receipt in self._taken())
        return self._markings({receipt.path: original for receipt, original in there if original})

    def to_annotate(self, paths: Sequence[Path], workspace: Workspace | None) -> list[Marking]:
        """As `to_hand_back`, for files that were only checked and still lie where they were found."""
        files = find_files(paths, workspace.root if workspace else Path.cwd())
        taken = {receipt.path for receipt in self._taken()}
        return self._markings({file.name: file.path for file in files if file.name in taken})

    def _taken(self) -> list[Receipt]:
        return [receipt for receipt in self.receipts if receipt.outcome is Outcome.ACCEPTED]

    def _markings(self, files: Mapping[str, Path]) -> list[Marking]:
        faults: dict[str, list[Problem]] = defaultdict(list)
        for fault in self.problems:
            faults[fault.origin.file].append(fault)
        mend = {name: to_mend(faults[name]) for name in files}
        return [Marking(path, name, mend[name]) for name, path in files.items() if mend[name]]

    def as_json(self) -> dict[str, Any]:
        """The object of the `--json` contract (DESIGN §6), with `scores` where score sheets were sent."""
        return {
            "found": self.found,
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "missing": list(self.missing),
            "problems": [fault.as_json() for fault in self.problems],
            **({"scores": [group.as_json() for group in self.scores]} if self.scores else {}),
        }


def collect(
    workspace: Workspace,
    paths: Sequence[Path] = (),
    received: datetime | None = None,
    reading: Reading | None = None,
) -> Collection:
    """Take in every file under `paths` (收件/ where there are none) that was not taken in before.

    `received` is when they came (local time, now by default); after the settings' deadline they are late. Originals
    are kept, rows and problems go to the store, a transaction a group of files; what is refused is copied to 隔离/ with
    its reason. Running again changes nothing. UnusableError `missing-file`, `busy`.
    """
    found = find_files(paths or (workspace.inbox,), workspace.root)
    at = received or datetime.now()  # noqa: DTZ005 - what the office's clock says
    with workspace.lock(), closing(open_store(workspace)) as store:
        for folder in (workspace.originals, workspace.quarantine):
            clear_unfinished(folder)
        files = take_stock(found, workspace.originals)
        unstored = _take_in(files, workspace, store, at, reading or Reading())
        notes = _write_quarantine(workspace, store)
        return _collection(files, store, unstored, notes)


def check(paths: Sequence[Path], workspace: Workspace | None = None, reading: Reading | None = None) -> Collection:
    """Read and check files without taking them in; outside a year folder what needs it is left out, and said so.

    UnusableError `missing-file`.
    """
    with TemporaryDirectory(prefix="qingdan-") as shelf:
        files = take_stock(find_files(paths, workspace.root if workspace else Path.cwd()), Path(shelf))
        return _checked(files, sent_out_of(workspace), reading or Reading())


def _checked(files: Sequence[Hashed], sent: SentOut | None, reading: Reading) -> Collection:
    register = Register((), datetime.now(), None)  # noqa: DTZ005 - what the office's clock says
    receipts: dict[str, Receipt] = {}
    problems: list[Problem] = []
    for decision in decisions(files, register, Context(sent, as_of=reading.as_of), reading, lambda _each: None):
        register.add(decision.receipt)
        receipts[decision.receipt.path] = decision.receipt
        problems += decision.problems
        for old in decision.superseded:
            receipts[old.path] = replace(old, outcome=Outcome.SUPERSEDED, code=NEWER)
    found = tuple(receipts[each.file.name] for each in files)
    return Collection(len(files), found, (*problems, *_newer(found, register.accepted)))


def _take_in(
    files: Sequence[Hashed], workspace: Workspace, store: Store, at: datetime, reading: Reading
) -> list[Decision]:
    """Record what is new; give back the decisions that are not for keeping, because the file could not be opened."""
    receipts = store.receipts()
    register = Register(receipts, at, workspace.settings.deadline)
    tried = {(receipt.path, receipt.sha256): receipt for receipt in receipts if receipt.code == LOST}
    known = {(receipt.path, receipt.sha256) for receipt in receipts} - tried.keys()
    new = [each for each in files if not each.is_readable or (each.file.name, each.sha256) not in known]
    unstored = []
    with stopping_between_files() as stop_if_asked, Daybook(store) as daybook:
        context = Context(sent_out(store, workspace), as_of=reading.as_of)
        for decision in decisions(new, register, context, reading, lambda each: _target(workspace, each)):
            receipt = decision.receipt
            earlier = tried.get((receipt.path, receipt.sha256))
            if receipt.outcome is Outcome.REFUSED and not receipt.sha256:
                unstored.append(decision)
            elif not earlier or earlier.code != receipt.code:
                register.add(daybook.enter(decision, earlier))
            stop_if_asked()
    return unstored


def _target(workspace: Workspace, each: Hashed) -> Path:
    name = each.file.path.name if each.fault else each.file.name
    return original_of(workspace.originals, each.sha256, name)


def sent_out(store: Store, workspace: Workspace) -> SentOut:
    """What the year's store says was sent out."""
    batches = {name: batch_from_json(text) for name, text in store.snapshots().items()}
    workbooks = {(workbook.batch, workbook.unit_id): workbook for workbook in store.workbooks()}
    scores = {(sheet.batch, sheet.rater_id): sheet for sheet in store.score_sheets()}
    return SentOut(batches, workbooks, store.key(), workspace.settings.lights.about_days, scores)


def sent_out_of(workspace: Workspace | None) -> SentOut | None:
    """What the year folder sent out; None where there is none or nothing was sent yet."""
    if workspace is None or not workspace.database.exists():
        return None
    with closing(read_store(workspace)) as store:
        return sent_out(store, workspace)


def _write_quarantine(workspace: Workspace, store: Store) -> list[Problem]:
    """See to it that every refused file lies in 隔离/ and is on its list."""
    faults = store.problems()
    refused = [
        Refused(receipt.path, _original(workspace, receipt), receipt.received_at, faults[receipt.id][0])
        for receipt in store.receipts()
        if receipt.outcome is Outcome.REFUSED and receipt.id is not None
    ]
    there = [each for each in refused if each.original.exists()]  # somebody may have tidied up
    copies = {workspace.quarantine / quarantine_name(each.name, each.original): each.original for each in there}
    new = [copy for copy in copies if not copy.exists()]
    for copy, original in copies.items():
        keep(original, copy)
    make_durable(new)
    if not refused and not (workspace.quarantine / LIST_NAME).exists():
        return []
    saved = write_reasons(workspace.quarantine, refused)
    return [saved.problem] if saved.problem else []


def _original(workspace: Workspace, receipt: Receipt) -> Path:
    there = kept_original(workspace.originals, receipt.sha256)
    return there or original_of(workspace.originals, receipt.sha256, receipt.path)


def _collection(
    files: Sequence[Hashed], store: Store, unstored: Sequence[Decision], notes: Iterable[Problem]
) -> Collection:
    """What the store and this run say about the files that were found."""
    everything, faults = store.receipts(), store.problems()
    by_file = {(receipt.path, receipt.sha256): receipt for receipt in everything}
    by_file |= {(decision.receipt.path, ""): decision.receipt for decision in unstored}
    found = tuple(by_file.get((each.file.name, each.sha256)) or by_file[each.file.name, ""] for each in files)
    accepted = {receipt.unit_id: receipt for receipt in everything if receipt.outcome is Outcome.ACCEPTED}
    issued = store.issued()
    problems = [
        *(fault for receipt in found if receipt.id is not None for fault in faults.get(receipt.id, ())),
        *(fault for decision in unstored for fault in decision.problems),
        *_newer(found, accepted),
        *notes,
    ]
    missing = tuple(workbook.unit for unit_id, workbook in issued.items() if unit_id not in accepted)
    returned = sum(not receipt.of_rater for receipt in accepted.values())
    scores = scores_intake(store.score_sheets(), everything)
    return Collection(len(files), found, tuple(problems), len(issued), returned, missing, scores)


def _newer(found: Iterable[Receipt], accepted: dict[str, Receipt]) -> list[Problem]:
    """Which file takes the place of each superseded one."""
    return [
        problem("newer-file", Origin(receipt.path), newer=accepted[receipt.unit_id].path)
        for receipt in found
        if receipt.outcome is Outcome.SUPERSEDED
    ]
