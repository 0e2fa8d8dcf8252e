"""collect and check: every file that is found gets one outcome, and the counts add up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qingdan_xl.collecting.day_checks import DAY_CODES
from qingdan_xl.collecting.daybook import Daybook
from qingdan_xl.collecting.examine import Context
from qingdan_xl.collecting.found import find_files
from qingdan_xl.collecting.handback import Marking, to_mend
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.collecting.intake import Reading, decisions
from qingdan_xl.collecting.originals import (
    LIST_NAME,
    Refused,
    copy_refused,
    kept_original,
    original_of,
    quarantine_name,
    write_reasons,
)
from qingdan_xl.collecting.outcome import LOST, NEWER, Decision, Register
from qingdan_xl.collecting.stock import Hashed, take_stock
from qingdan_xl.collecting.stopping import stopping_between_files
from qingdan_xl.collecting.stored import problems_of_day
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
    score sheets of each rater group. `places` is where the bytes of files lie that were only checked, by their names.
    ValueError where the counts do not add up.
    """

    found: int
    receipts: tuple[Receipt, ...]
    problems: tuple[Problem, ...]
    sent: int = 0
    returned: int = 0
    missing: tuple[str, ...] = ()
    scores: tuple[GroupIntake, ...] = ()
    places: Mapping[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.found != sum(self.count(outcome) for outcome in Outcome):
            raise ValueError(f"{self.found} files were found, but {len(self.receipts)} have an outcome")
        if self.sent != self.returned + len(self.missing):
            raise ValueError(f"{self.sent} workbooks were sent: {self.returned} returned, {len(self.missing)} missing")

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(receipt.outcome is outcome for receipt in self.receipts)

    def to_hand_back(self, workspace: Workspace) -> list[Marking]:
        """The accepted files with what their units have to mend, if anything, and the originals that were kept."""
        there = ((receipt, kept_original(workspace.originals, receipt.sha256)) for receipt in self._taken())
        return self._markings((receipt, original) for receipt, original in there if original)

    def to_annotate(self) -> list[Marking]:
        """As `to_hand_back`, for files that were only checked, with their bytes where they were read."""
        return self._markings((receipt, self.places[receipt.path]) for receipt in self._taken())

    def _taken(self) -> Iterator[Receipt]:
        return (receipt for receipt in self.receipts if receipt.outcome is Outcome.ACCEPTED)

    def _markings(self, files: Iterable[tuple[Receipt, Path]]) -> list[Marking]:
        faults: dict[str, list[Problem]] = defaultdict(list)
        for fault in self.problems:
            faults[fault.origin.file].append(fault)
        return [Marking(path, receipt.path, to_mend(faults[receipt.path]), receipt.unit_id) for receipt, path in files]

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
    its reason. Running again changes nothing. What hangs on the day of `reading` is not kept: in what was taken in
    earlier it is found anew. UnusableError `missing-file`, `busy`.
    """
    found = find_files(paths or (workspace.inbox,), workspace.root)
    at = received or datetime.now()  # noqa: DTZ005 - what the office's clock says
    with workspace.lock(), closing(open_store(workspace)) as store:
        for folder in (workspace.originals, workspace.quarantine):
            clear_unfinished(folder)
        files = take_stock(found, workspace.originals)
        reading = reading or Reading()
        unstored, fresh = _take_in(files, workspace, store, at, reading)
        notes = _write_quarantine(workspace, store)
        of_the_day = fresh | (_found_anew(files, fresh, workspace, store, reading.as_of) if reading.as_of else {})
        return _collection(files, store, unstored, of_the_day, notes)


def check(
    paths: Sequence[Path],
    workspace: Workspace | None = None,
    reading: Reading | None = None,
    shelf: Path | None = None,
) -> Collection:
    """Read and check files without taking them in; outside a year folder what needs it is left out, and said so.

    The members of zips are put under `shelf` for whoever marks copies of them afterwards; without one they go again.
    UnusableError `missing-file`.
    """
    with TemporaryDirectory(prefix="qingdan-") if shelf is None else nullcontext(shelf) as folder:
        files = take_stock(find_files(paths, workspace.root if workspace else Path.cwd()), Path(folder))
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
    places = {each.file.name: each.file.path for each in files}
    return Collection(len(files), found, (*problems, *_newer(found, register.accepted)), places=places)


def _take_in(
    files: Sequence[Hashed], workspace: Workspace, store: Store, at: datetime, reading: Reading
) -> tuple[list[Decision], dict[str, list[Problem]]]:
    """Record what is new; give back what is not for keeping.

    That are the decisions on files that could not be opened, and by unit id what hangs on the day.
    """
    receipts = store.receipts()
    register = Register(receipts, at, workspace.settings.deadline)
    tried = {(receipt.path, receipt.sha256): receipt for receipt in receipts if receipt.code == LOST}
    known = {(receipt.path, receipt.sha256) for receipt in receipts} - tried.keys()
    new = [each for each in files if not each.is_readable or (each.file.name, each.sha256) not in known]
    unstored = []
    fresh: dict[str, list[Problem]] = {}
    with stopping_between_files() as stop_if_asked, Daybook(store) as daybook:
        context = Context(sent_out(store, workspace), as_of=reading.as_of)
        for decision in decisions(new, register, context, reading, lambda each: _target(workspace, each)):
            receipt = decision.receipt
            earlier = tried.get((receipt.path, receipt.sha256))
            if receipt.outcome is Outcome.REFUSED and not receipt.sha256:
                unstored.append(decision)
            elif not earlier or earlier.code != receipt.code:
                lasting = tuple(fault for fault in decision.problems if fault.code not in DAY_CODES)
                register.add(daybook.enter(replace(decision, problems=lasting), earlier))
                if receipt.outcome is Outcome.ACCEPTED:
                    fresh[receipt.unit_id] = [fault for fault in decision.problems if fault.code in DAY_CODES]
            stop_if_asked()
    return unstored, fresh


def _found_anew(
    files: Sequence[Hashed], fresh: Mapping[str, list[Problem]], workspace: Workspace, store: Store, as_of: date
) -> dict[str, list[Problem]]:
    """By unit id, what hangs on the day in the accepted files that were not read in this run."""
    names = {(each.file.name, each.sha256) for each in files}
    accepted = [receipt for receipt in store.receipts() if receipt.outcome is Outcome.ACCEPTED]
    there = {each.unit_id for each in accepted if not each.of_rater and (each.path, each.sha256) in names}
    earlier = there - fresh.keys()
    return problems_of_day(earlier, store, sent_out(store, workspace), as_of) if earlier else {}


def _target(workspace: Workspace, each: Hashed) -> Path:
    name = each.file.path.name if each.fault else each.file.name
    return original_of(workspace.originals, each.sha256, name)


def sent_out(store: Store, workspace: Workspace) -> SentOut:
    """What the year's store says was sent out."""
    batches = {name: batch_from_json(text) for name, text in store.snapshots().items()}
    workbooks = {(workbook.batch, workbook.unit_id): workbook for workbook in store.workbooks()}
    scores = {(sheet.batch, sheet.rater_id): sheet for sheet in store.score_sheets()}
    settings = workspace.settings
    return SentOut(batches, workbooks, store.key(), settings.lights.about_days, scores, tuple(settings.categories))


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
        copy_refused(original, copy)
    make_durable(new)
    if not refused and not (workspace.quarantine / LIST_NAME).exists():
        return []
    saved = write_reasons(workspace.quarantine, refused)
    return [saved.problem] if saved.problem else []


def _original(workspace: Workspace, receipt: Receipt) -> Path:
    there = kept_original(workspace.originals, receipt.sha256)
    return there or original_of(workspace.originals, receipt.sha256, receipt.path)


def _collection(
    files: Sequence[Hashed],
    store: Store,
    unstored: Sequence[Decision],
    of_the_day: Mapping[str, Sequence[Problem]],
    notes: Iterable[Problem],
) -> Collection:
    """What the store and this run say about the files that were found; `of_the_day` by unit id."""
    everything, faults = store.receipts(), store.problems()
    by_file = {(receipt.path, receipt.sha256): receipt for receipt in everything}
    by_file |= {(decision.receipt.path, ""): decision.receipt for decision in unstored}
    found = tuple(by_file.get((each.file.name, each.sha256)) or by_file[each.file.name, ""] for each in files)
    accepted = {receipt.unit_id: receipt for receipt in everything if receipt.outcome is Outcome.ACCEPTED}
    issued = store.issued()
    problems = [
        *(fault for receipt in found for fault in _told(receipt, faults, of_the_day)),
        *(fault for decision in unstored for fault in decision.problems),
        *_newer(found, accepted),
        *notes,
    ]
    missing = tuple(workbook.unit for unit_id, workbook in issued.items() if unit_id not in accepted)
    returned = sum(not receipt.of_rater for receipt in accepted.values())
    scores = scores_intake(store.score_sheets(), everything)
    return Collection(len(files), found, tuple(problems), len(issued), returned, missing, scores)


def _told(
    receipt: Receipt, faults: Mapping[int, Sequence[Problem]], of_the_day: Mapping[str, Sequence[Problem]]
) -> Iterator[Problem]:
    # an older program kept what hung on the day it ran
    yield from (fault for fault in faults.get(receipt.id or 0, ()) if fault.code not in DAY_CODES)
    if receipt.outcome is Outcome.ACCEPTED:
        yield from of_the_day.get(receipt.unit_id, ())


def _newer(found: Iterable[Receipt], accepted: dict[str, Receipt]) -> list[Problem]:
    """Which file takes the place of each superseded one."""
    return [
        problem("newer-file", Origin(receipt.path), newer=accepted[receipt.unit_id].path)
        for receipt in found
        if receipt.outcome is Outcome.SUPERSEDED
    ]
