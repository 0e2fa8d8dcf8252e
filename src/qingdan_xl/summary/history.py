"""One unit's files over the year: what it sent, when, and what became of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qingdan_xl.model import Roster, Unit
from qingdan_xl.problems import Severity, UnusableError, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.store import Outcome, Receipt
from qingdan_xl.summary.intake import OUTCOMES, Intake, UnitIntake

_NOBODY = Roster((), ())
_STYLES = {Outcome.ACCEPTED: "green", Outcome.REFUSED: "bold red"}


@dataclass(frozen=True, slots=True)
class Sending:
    """One file of the unit: when it was saved and received, its outcome, why, and how much is wrong in it."""

    path: str
    revised_at: datetime | None
    received_at: datetime
    outcome: Outcome
    is_late: bool
    reason: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class History:
    """A unit's files in the order they were received; `state` is 已交回, 迟交 or 未交回.

    The unit bears its name of today; `earlier` are those that it was sent workbooks under before it got that one.
    """

    unit: Unit
    state: str
    sendings: tuple[Sending, ...]
    earlier: tuple[str, ...] = ()

    def as_json(self) -> Mapping[str, object]:
        """The same for `status 单位 --json`."""
        return {
            "unit": self.unit.name,
            "unit_id": self.unit.id,
            "earlier_names": list(self.earlier),
            "state": self.state,
            "files": [
                {
                    "file": sending.path,
                    "saved": sending.revised_at.isoformat() if sending.revised_at else None,
                    "received": sending.received_at.isoformat(),
                    "outcome": sending.outcome.value,
                    "late": sending.is_late,
                    "reason": sending.reason,
                    "errors": sending.errors,
                    "warnings": sending.warnings,
                }
                for sending in self.sendings
            ],
        }


def history(intake: Intake, name: str, roster: Roster = _NOBODY) -> History:
    """The history of the unit with this name or id; UnusableError `no-such-unit`.

    `roster` says what units are called now; those that it does not hold are called as in their newest workbook. An
    earlier name will do where no unit bears it today.
    """
    today = {unit.id: unit.name for unit in roster.units}
    named = {sent.unit.id: today.get(sent.unit.id, sent.unit.name) for sent in intake.units}
    sent = _unit(intake, name, named)
    unit = replace(sent.unit, name=named[sent.unit.id])
    earlier = tuple(before for before in intake.sent_as.get(unit.id, ()) if before != unit.name)
    own = {receipt.sha256 for receipt in intake.receipts if receipt.unit_id == sent.unit.id and receipt.sha256}
    found = (receipt for receipt in intake.receipts if receipt.unit_id == sent.unit.id or receipt.sha256 in own)
    return History(unit, sent.state, tuple(_sending(intake, receipt) for receipt in found), earlier)


def render(found: History) -> RenderableType:
    """The history as a table."""
    return Group(*_parts(found))


def _unit(intake: Intake, name: str, named: Mapping[str, str]) -> UnitIntake:
    by_name = {before: sent for sent in intake.units for before in intake.sent_as.get(sent.unit.id, ())}
    by_name |= {named[sent.unit.id]: sent for sent in intake.units} | {sent.unit.id: sent for sent in intake.units}
    if name in by_name:
        return by_name[name]
    hint = did_you_mean(name, list(named.values()))
    raise UnusableError(problem("no-such-unit", name=name, hint=hint))


def _sending(intake: Intake, receipt: Receipt) -> Sending:
    faults = intake.problems.get(receipt.id or 0, ())
    return Sending(
        receipt.path,
        receipt.revised_at,
        receipt.received_at,
        receipt.outcome,
        receipt.late,
        intake.reason(receipt),
        sum(fault.severity is Severity.ERROR for fault in faults),
        sum(fault.severity is Severity.WARNING for fault in faults),
    )


def _parts(found: History) -> Iterator[RenderableType]:
    earlier = f"（曾用名：{'、'.join(found.earlier)}）" if found.earlier else ""
    yield Text(f"{found.unit.name}{earlier}  {found.state}", style="bold")
    if not found.sendings:
        yield Text("没有收到过这个单位的文件")
        return
    table = Table("文件", "收到", "结果", title="报送经过", title_justify="left")
    for heading in ("错误", "警告"):
        table.add_column(heading, justify="right")
    table.add_column("说明", overflow="fold")
    for sending in found.sendings:
        outcome = Text(OUTCOMES[sending.outcome], style=_STYLES.get(sending.outcome, ""))
        late = "迟交。" if sending.is_late else ""
        received = f"{sending.received_at:%Y-%m-%d %H:%M}"
        counts = (str(sending.errors), str(sending.warnings))
        table.add_row(Text(sending.path), received, outcome, *counts, Text(late + sending.reason))
    yield table
