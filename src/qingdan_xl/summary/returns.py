"""Who has not returned, which files came, and what is wrong in them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from qingdan_xl.collecting.day_checks import DAY_CODES
from qingdan_xl.problems import Severity
from qingdan_xl.store import Outcome, Receipt
from qingdan_xl.summary.intake import MISSING, OUTCOMES, Intake, UnitIntake

REFUSED_FILE = "文件被退回"
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def missing_rows(intake: Intake, as_of: date) -> Iterator[dict[str, Any]]:
    """未报送: the units of which nothing usable came, then the files that were refused, each with why."""
    refused = intake.found(Outcome.REFUSED)
    for sent in intake.missing:
        yield _missing_unit(sent, as_of, [receipt for receipt in refused if receipt.unit_id == sent.unit.id])
    units = {sent.unit.id: sent for sent in intake.units}
    for receipt in refused:
        owner = units.get(receipt.unit_id)
        yield {
            **(_contact(owner) if owner else {}),
            "case": REFUSED_FILE,
            "file": receipt.path,
            "why": intake.reason(receipt),
        }


def _missing_unit(sent: UnitIntake, as_of: date, refused: list[Receipt]) -> dict[str, Any]:
    days = (as_of - sent.deadline).days
    why = f"交来的{len(refused)}个文件被退回，改正后请重新交来" if refused else "没有收到文件，请催报"
    return {
        **_contact(sent),
        "case": MISSING,
        "deadline": sent.deadline,
        "late_days": days if days > 0 else None,
        "why": why,
    }


def _contact(sent: UnitIntake) -> dict[str, Any]:
    unit = sent.unit
    return {
        "unit": unit.name,
        "kind": unit.kind,
        "group": unit.group,
        "contact": unit.contact,
        "phone": unit.phone,
    }


def file_rows(intake: Intake) -> Iterator[dict[str, Any]]:
    """收件登记: every file that was found, in the order it came."""
    names = intake.names
    for receipt in intake.receipts:
        yield {
            "file": receipt.path,
            "unit": names.get(receipt.unit_id, ""),
            "received": receipt.received_at.date(),
            "outcome": OUTCOMES[receipt.outcome],
            "late": "迟交" if receipt.late else "",
            "why": intake.reason(receipt),
        }


def problem_rows(intake: Intake) -> list[dict[str, Any]]:
    """数据问题: what was found in every file that no newer one replaced, errors first; of those, doubts of that.

    What hung on the day of collecting (an older program kept it) is left out: other sheets say it as of the summary's.
    """
    names, order = intake.names, list(SEVERITIES)
    found = [
        (receipt, problem)
        for receipt in intake.receipts
        for problem in intake.problems.get(receipt.id or 0, ())
        if problem.code not in DAY_CODES
        if receipt.outcome is not Outcome.SUPERSEDED or problem.code == "newest-not-counted"
    ]
    return [
        {
            "severity": SEVERITIES[problem.severity],
            "unit": names.get(receipt.unit_id, problem.unit),
            "file": problem.origin.file or receipt.path,
            "sheet_title": problem.origin.sheet,
            "cell": problem.origin.cell,
            "what": problem.what,
            "advice": problem.advice,
        }
        for receipt, problem in sorted(found, key=lambda pair: order.index(pair[1].severity))
    ]
