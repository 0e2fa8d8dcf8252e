"""报送扣分: what late and refused returns cost."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qingdan_xl.assessment.rules import ReturnRule
from qingdan_xl.assessment.trail import Entry, Kind, plain
from qingdan_xl.model import Origin
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.store import Outcome, Receipt

_USABLE = (Outcome.ACCEPTED, Outcome.SUPERSEDED)


def return_entries(receipts: Sequence[Receipt], rules: Iterable[ReturnRule]) -> list[Entry]:
    """The lines for one unit's returns: a deduction for each case of a rule, and what its cap gives back."""
    return [entry for rule in rules for entry in _rule_entries(receipts, rule)]


def _rule_entries(receipts: Sequence[Receipt], rule: ReturnRule) -> list[Entry]:
    cases = late_returns(receipts) if rule.case is ReturnCase.LATE else refused_returns(receipts)
    entries = [
        Entry(Kind.DEDUCTION, rule.case.value, -rule.points, _why(rule.case, receipt), Origin(receipt.path))
        for receipt in cases
    ]
    over = rule.points * len(entries) - rule.cap if rule.cap is not None else Decimal(0)
    if over > 0:
        why = f"{rule.case.value}累计最多扣 {plain(rule.cap or Decimal(0))} 分，多扣的 {plain(over)} 分退还"
        entries.append(Entry(Kind.DEDUCTION, "扣分封顶", over, why, rule.origin))
    return entries


def _why(case: ReturnCase, receipt: Receipt) -> str:
    day = f"{receipt.received_at:%Y-%m-%d}"
    if case is ReturnCase.LATE:
        return f"批次 {receipt.batch} 在报送期限内没有收到可用的填报表，最早一份收于 {day}"
    return f"{day} 收到的文件被退回（问题代码 {receipt.code}）"


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
