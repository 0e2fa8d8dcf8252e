"""The decisions over all files: each gets exactly one outcome, and the newest of a unit is the one that counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from qingdan_xl.collecting.examine import Received, Return
from qingdan_xl.collecting.found import FoundFile
from qingdan_xl.collecting.identity import SentOut
from qingdan_xl.engine import Failure, Result
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.ratings import is_rater_id
from qingdan_xl.store import Outcome, Packed, Receipt

# refusals that hang on more than the bytes: a renamed file or another try may turn out well
_TRY_AGAIN = frozenset({"unit-mismatch", "version", "timeout", "out-of-memory", "reader-died"})
_CLOCKS_DIFFER = timedelta(days=1)
_NOT_OPEN = "cannot-open-file"
NEWER = "newer-file"
OTHERS_NAME = "other-unit-name"
LOST = "reader-died"  # perhaps by no fault of the file: the next run tries it again
_PANIC = "PanicException"


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one file: its receipt, what to say about it, its rows, and the receipts it takes the place of.

    `original` is where its bytes were put, None where no new ones were.
    """

    receipt: Receipt
    problems: tuple[Problem, ...]
    rows: Packed = field(default_factory=dict)
    superseded: tuple[Receipt, ...] = ()
    original: Path | None = None


class Register:
    """What has been received so far, as far as it bears on the next file; `accepted` by unit id.

    `lost` are the bytes, by their hash, over which a reader was lost in this run: they are not read again in it.
    """

    def __init__(self, receipts: Iterable[Receipt], received_at: datetime, deadline: date | None) -> None:
        self._received_at = received_at
        self._deadline = deadline
        self.accepted: dict[str, Receipt] = {}
        self.lost: dict[str, Problem] = {}
        self._first: dict[str, Receipt] = {}
        for receipt in receipts:
            self.add(receipt)

    def add(self, receipt: Receipt) -> None:
        """Take note of a file that was decided."""
        if receipt.outcome is Outcome.ACCEPTED:
            self.accepted[receipt.unit_id] = receipt
        if receipt.outcome is not Outcome.IGNORED and receipt.code not in _TRY_AGAIN:
            self._first.setdefault(receipt.sha256, receipt)

    def first_with(self, sha256: str) -> str:
        """The file with the same bytes that came first and need not be read again, '' for none."""
        return self._first[sha256].path if sha256 in self._first else ""

    def ignore(self, file: FoundFile) -> Decision:
        """Nobody's return."""
        return self._plain(file, "", Outcome.IGNORED, problem("not-a-return", Origin(file.name)))

    def repeat(self, file: FoundFile, sha256: str, sent: SentOut | None) -> Decision:
        """The bytes of a file that was received before, with a word where they came under another unit's name."""
        first = self._first[sha256]
        fault = problem("same-bytes", Origin(file.name), first=first.path)
        decision = self._plain(file, sha256, Outcome.DUPLICATE, fault)
        if sent is None or (first.batch, first.unit_id) not in sent.workbooks:
            return decision
        where, owner = Origin(file.name), sent.names[first.unit_id]
        if named := sent.other_unit(file.name, first.batch, first.unit_id):
            doubt = problem("same-bytes-other-name", where, owner, named=named, owner=owner, first=first.path)
            return replace(decision, problems=(fault, doubt))
        return decision

    def refuse(self, file: FoundFile, sha256: str, fault: Problem) -> Decision:
        """A file that cannot be taken."""
        return self._plain(file, sha256, Outcome.REFUSED, fault)

    def decide(self, file: FoundFile, sha256: str, result: Result[Received]) -> Decision:
        """A file that was read: refused, accepted in place of an older one, or itself older than what is there."""
        if result.value is None:
            fault = _failure(file, result)
            if fault.code == LOST:
                self.lost[sha256] = fault
            return self.refuse(file, sha256, fault)
        found, rows = result.value.found, result.value.rows
        if found.refusal == _NOT_OPEN:
            return self.refuse(file, "", found.problems[0])
        if found.refusal:
            refused = self.refuse(file, sha256, found.problems[0])
            return replace(refused, receipt=replace(refused.receipt, unit_id=found.unit_id))
        other = self.accepted.get(found.unit_id)
        if found.named and other and other.code != OTHERS_NAME:
            named = problem(
                "unit-mismatch", Origin(file.name), found=f"文件名中的 {found.named}", expected=f"文件里的 {found.unit}"
            )
            return self.refuse(file, sha256, named)
        receipt = replace(
            self._receipt(file, sha256, Outcome.ACCEPTED),
            code=OTHERS_NAME if found.named else "",
            unit_id=found.unit_id,
            batch=found.batch,
            late=self._is_late(found),
            revised_at=self._revised_at(file, found),
        )
        problems = found.problems
        if receipt.late:
            problems += (problem("late", Origin(file.name), found.unit, deadline=self._deadline),)
        if other and _weight(other) > _weight(receipt):
            problems += _overtaken(receipt, other, found.unit)
            return Decision(replace(receipt, outcome=Outcome.SUPERSEDED, code=NEWER), problems, rows)
        return Decision(receipt, problems, rows, (other,) if other else ())

    def _plain(self, file: FoundFile, sha256: str, outcome: Outcome, fault: Problem) -> Decision:
        return Decision(replace(self._receipt(file, sha256, outcome), code=fault.code), (fault,))

    def _receipt(self, file: FoundFile, sha256: str, outcome: Outcome) -> Receipt:
        return Receipt(file.name, sha256, self._received_at, outcome)

    def _is_late(self, found: Return) -> bool:
        """Whether a unit's workbook came after the deadline; raters have none."""
        units = self._deadline is not None and self._received_at.date() > self._deadline
        return units and not is_rater_id(found.unit_id)

    def _revised_at(self, file: FoundFile, found: Return) -> datetime:
        """When the workbook was saved; a stamp of a clock that runs ahead of us counts less than the file's own."""
        written = file.modified
        if found.saved_at and found.saved_at <= max(written, self._received_at) + _CLOCKS_DIFFER:
            return found.saved_at
        return written


def _weight(receipt: Receipt) -> tuple[bool, datetime]:
    """Which of two files of a unit counts: one under another unit's name never before its own, else the newer."""
    return receipt.code != OTHERS_NAME, receipt.revised_at or receipt.received_at


def _overtaken(receipt: Receipt, other: Receipt, unit: str) -> tuple[Problem, ...]:
    """A word where the file that came last does not count; of files that came together nobody knows the order."""
    if receipt.received_at <= other.received_at or not receipt.revised_at or not other.revised_at:
        return ()
    saved, counts = _local(receipt.revised_at), _local(other.revised_at)
    where = Origin(receipt.path)
    return (problem("newest-not-counted", where, unit, saved=saved, other=other.path, other_saved=counts),)


def _local(utc: datetime) -> str:
    return f"{utc.replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"


def _failure(file: FoundFile, result: Result[Received]) -> Problem:
    where = Origin(file.name)
    match result.failure:
        case Failure.TIMEOUT:
            return problem("timeout", where)
        case Failure.MEMORY:
            return problem("out-of-memory", where)
        case Failure.RAISED if result.detail.startswith(_PANIC):
            return problem("damaged", where, why="内容读不出来")
        case Failure.RAISED:
            return problem("reader-died", where, why=result.detail.partition(":")[0])
        case _:
            return problem("reader-died", where, why="读取进程被系统终止")
