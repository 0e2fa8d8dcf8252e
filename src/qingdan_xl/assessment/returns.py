"""报送扣分: what late and refused returns cost."""

from collections.abc import Sequence

from qingdan_xl.assessment.rules import ReturnRule
from qingdan_xl.assessment.trail import Entry, Kind
from qingdan_xl.assessment.workings import Given
from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.store import Outcome, Receipt

_USABLE = (Outcome.ACCEPTED, Outcome.SUPERSEDED)


def return_lines(receipts: Sequence[Receipt], rule: ReturnRule) -> list[Entry]:
    """A deduction for each case of a rule among one unit's receipts."""
    cases = late_returns(receipts) if rule.case is ReturnCase.LATE else refused_returns(receipts)
    return [
        Entry(Kind.DEDUCTION, rule.case.value, Given(-rule.points), _why(rule.case, receipt), Origin(receipt.path))
        for receipt in cases
    ]


def _why(case: ReturnCase, receipt: Receipt) -> str:
    day = f"{receipt.received_at:%Y-%m-%d}"
    if case is ReturnCase.LATE:
        return f"批次 {receipt.batch} 在报送期限内没有收到可用的填报表，最早一份收于 {day}"
    return f"{day} 收到的文件被退回，原因见 隔离/原因.xlsx"


def late_returns(receipts: Sequence[Receipt]) -> list[Receipt]:
    """The first usable return of each batch of which none came in time.

    A correction that is sent after the deadline does not make a unit late that had returned in time.
    """
    usable = sorted(
        (receipt for receipt in receipts if receipt.outcome in _USABLE), key=lambda r: (r.received_at, r.path)
    )
    batches = dict.fromkeys(receipt.batch for receipt in usable)
    by_batch = {batch: [receipt for receipt in usable if receipt.batch == batch] for batch in batches}
    return [own[0] for own in by_batch.values() if all(receipt.late for receipt in own)]


def refused_returns(receipts: Sequence[Receipt]) -> list[Receipt]:
    """The refused files, the same bytes once."""
    refused = sorted(
        (receipt for receipt in receipts if receipt.outcome is Outcome.REFUSED),
        key=lambda r: (r.received_at, r.path),
        reverse=True,
    )
    return list(reversed({receipt.sha256: receipt for receipt in refused}.values()))
