"""One score taken apart as the object that `assess --explain --json` prints; points are texts."""

from datetime import date
from decimal import Decimal
from typing import Any

from qingdan_xl.assessment.account import Account, Loss, Share
from qingdan_xl.assessment.explaining import told, waits_for
from qingdan_xl.assessment.trail import Entry
from qingdan_xl.assessment.verdicts import item_name


def account_json(account: Account, as_of: date) -> dict[str, Any]:
    """The sentences as they are printed, and what they are made of."""
    graded, score = account.graded, account.graded.score
    band = account.band
    return {
        "unit": score.subject.unit or score.subject.name,
        "person": score.subject.name if account.person else None,
        "id": score.subject.id,
        "group": score.subject.group,
        "as_of": as_of.isoformat(),
        "full": str(account.full),
        "score": _text(score.points),
        "known": str(account.known),
        "reason": score.reason,
        "rank": graded.rank,
        "group_size": graded.group_size,
        "quota": graded.quota,
        "grade": graded.grade or None,
        "vetoed": graded.vetoed,
        "note": graded.note,
        "next_grade": {"grade": band.name, "at_least": str(band.at_least)} if band else None,
        "items": list(map(_share_json, account.shares)),
        "losses": list(map(_loss_json, account.losses)),
        "gains": list(map(_entry_json, account.gains)),
        "limits": list(map(_entry_json, account.limits)),
        "waiting": [{**_entry_json(entry), "waits_for": waits_for(entry, account)} for entry in account.waiting],
        "appeals": [
            {
                "item": appeal.item,
                "points": _text(appeal.points),
                "reason": appeal.reason,
                "decided_by": appeal.decided_by,
                "decided_on": appeal.decided_on.isoformat() if appeal.decided_on else None,
                "uncounted": state,
            }
            for appeal, state in account.appeals
        ],
        "text": [{"heading": one.heading, "sentences": list(one.sentences)} for one in told(account)],
    }


def _share_json(share: Share) -> dict[str, Any]:
    return {
        "section": share.section,
        "item": share.item,
        "full": str(share.full),
        "earned": str(share.earned),
        "waiting": share.waiting,
        "extra": share.extra,
    }


def _loss_json(loss: Loss) -> dict[str, Any]:
    return {"item": loss.item, "points": str(loss.points), "lines": list(map(_entry_json, loss.entries))}


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "item": item_name(entry),
        "rule": entry.rule,
        "words": entry.words,
        "data": entry.data,
        "duty": entry.standing.row_id if entry.standing else "",
        "full": _text(entry.full),
        "points": _text(entry.points),
        "why": entry.why,
        "file": entry.origin.file,
        "sheet": entry.origin.sheet,
        "cell": entry.origin.cell,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
