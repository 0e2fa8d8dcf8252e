"""Standings, receipts and schemes made by hand, small enough to work a score out on paper."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from qingdan_xl.assessment.facts import Facts, unit_subject
from qingdan_xl.assessment.rules import Adjustment, Decision, Scheme, Weight
from qingdan_xl.assessment.scheme import default_scheme
from qingdan_xl.assessment.scoring import score
from qingdan_xl.assessment.trail import Score
from qingdan_xl.counting.progress import TargetProgress, WindowProgress
from qingdan_xl.model import Duty, Origin, Per, Period, Target, TargetKind, Unit
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.store import Outcome, Receipt
from qingdan_xl.summary.standing import Answer, Standing

UNIT = Unit("U001", "青禾镇", "乡镇", group="乡镇组")
ON_TIME, LATE = datetime(2026, 12, 10, tzinfo=UTC), datetime(2026, 12, 25, tzinfo=UTC)
END = date(2026, 12, 31)


def demand(met: int, windows: int) -> TargetProgress:
    """A demand for two meetings in each of so many periods: three were held in the first `met`, one in the others."""
    target = Target("按期开会", "会议", TargetKind.COUNT, Decimal(2), "次", Per.MONTH, category="会议")
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(windows)]
    spans = (Period(day, day, f"第{number}期") for number, day in enumerate(days, 1))
    return TargetProgress(
        target, END, tuple(WindowProgress(span, 2, 3 if number < met else 1) for number, span in enumerate(spans))
    )


def standing(number: int, text: str, unit: Unit = UNIT) -> Standing:
    """A duty from a word: 已完成, - for blank, 3/4 for periods met, 3/4+1/2 for two demands, 未启动=3/4 for both.

    `@板块` behind it names the section; 无 is a row that did not come back.
    """
    body, _, section = text.partition("@")
    left, _, right = body.partition("=")
    shares = right or (left if "/" in left else "")
    status = "" if left in {"-", "无", shares} else left
    targets = tuple(demand(*map(int, share.split("/"))) for share in shares.split("+") if share)
    origin = Origin() if left == "无" else Origin(f"收件/{unit.name}.xlsx", "党委领导班子", number + 3, "J")
    return Standing(
        unit, "责任清单", "党委领导班子", "党委领导班子", "", f"一、{section}" if section else "", f"d{number:03d}.01",
        Duty(f"d{number:03d}", str(number), f"事项{number}"), targets,
        returned=True, answered=bool(status), answer=Answer(status=status), origin=origin,
    )  # fmt: skip


def scored(
    duties: Sequence[Standing], received: Sequence[Receipt], made: Scheme, facts: Facts | None = None, unit: Unit = UNIT
) -> Score:
    """The unit's score by these."""
    return score(unit_subject(unit), duties, received, facts or Facts(), made)


def standings(text: str, unit: Unit = UNIT) -> list[Standing]:
    """The duties of a unit from words apart by blanks; 未交回 for a unit of one duty that returned nothing."""
    if text == "未交回":
        return [replace(standing(1, "-", unit), returned=False, origin=Origin())]
    return [standing(number, word, unit) for number, word in enumerate(text.split(), 1)]


def receipts(text: str, unit: Unit = UNIT) -> list[Receipt]:
    """Returns from words: 按时, 迟 accepted; 旧按时, 旧迟 superseded; 退n refused n times; 重 the same bytes again."""
    found: list[Receipt] = []
    for word in text.split():
        if word.startswith("退"):
            found += [
                _receipt(unit, Outcome.REFUSED, f"退{n}", late=False, code="damaged") for n in range(int(word[1:]))
            ]
        elif word == "重":
            found.append(replace(found[-1], path=f"{found[-1].path}(2)"))
        else:
            outcome = Outcome.SUPERSEDED if word.startswith("旧") else Outcome.ACCEPTED
            found.append(_receipt(unit, outcome, word, late="迟" in word))
    return found


def _receipt(unit: Unit, outcome: Outcome, name: str, *, late: bool, code: str = "") -> Receipt:
    path = f"收件/{unit.name}{name}.xlsx"
    return Receipt(path, f"{unit.id}{name}", LATE if late else ON_TIME, outcome, code, unit.id, "2026-01", late)


def scheme(settings: str = "", adjustments: str = "", unit: Unit = UNIT) -> Scheme:
    """The default scheme with settings (`full_mark=1000`, `@重点=3` for a weight) and points for the unit (`+2 -1`)."""
    made = default_scheme()
    for word in settings.split():
        key, _, value = word.partition("=")
        if key.startswith("@"):
            made = replace(made, weights=(*made.weights, Weight(key[1:], Decimal(value))))
        else:
            made = replace(made, **{key: _setting(made, key, value)})
    typed = tuple(Adjustment(unit.name, Decimal(word), f"事由{word}") for word in adjustments.split())
    return replace(made, adjustments=typed)


def _setting(made: Scheme, key: str, value: str) -> Any:
    if value == "不限":
        return None
    old = getattr(made, key)
    return type(old)(value)


def decided(made: Scheme, **effects: Effect) -> Scheme:
    """The scheme with a decision about each named unit."""
    return replace(made, decisions=tuple(Decision(name, effect, "集体研究") for name, effect in effects.items()))
