"""未评与缺项: what was not judged, or judged without an answer; it is shown, never passed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qingdan_xl.assessment.facts import Subject, unit_subject
from qingdan_xl.assessment.grading import Graded
from qingdan_xl.assessment.reviews import is_excluded
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.model import Origin
from qingdan_xl.sheets.choices import NOT_APPLICABLE
from qingdan_xl.store import Receipt
from qingdan_xl.summary.standing import Standing


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a person should look at, and where; of a subject and duty, None where it is of none we know.

    `item` is the scheme's, where it is about one.
    """

    subject: Subject | None
    sort: str
    why: str
    standing: Standing | None = None
    origin: Origin = field(default_factory=Origin)
    item: str = ""


def gaps(
    results: Iterable[Graded], standings: Sequence[Standing], stray: Iterable[Receipt], scheme: Scheme
) -> tuple[Gap, ...]:
    """Units without a score, grades left open, duties of scored units that gave nothing to judge by, stray refusals."""
    graded = tuple(results)
    scored = {item.score.subject.id for item in graded if item.score.points is not None}
    units = [
        Gap(item.score.subject, "待定等次" if item.open else "未评", item.note)
        for item in graded
        if item.open or item.score.points is None
    ]
    lines = [
        Gap(item.score.subject, "待评定", f"{entry.rule}：{entry.why}", entry.standing, entry.origin, entry.item)
        for item in graded
        for entry in item.score.trail
        if entry.open
    ]
    duties = [
        Gap(unit_subject(standing.unit), *found, standing, standing.origin)
        for standing in standings
        if standing.unit.id in scored and standing.returned and (found := _duty_gap(standing, scheme))
    ]
    files = [
        Gap(
            None,
            "退回未归属",
            "被退回，认不出是哪个单位的，没有扣分；原因见 隔离/原因.xlsx",
            None,
            Origin(receipt.path),
        )
        for receipt in stray
    ]
    return (*units, *lines, *duties, *files)


def _duty_gap(standing: Standing, scheme: Scheme) -> tuple[str, str] | None:
    status = standing.answer.status
    if status == NOT_APPLICABLE:
        treated = "不计入评分" if is_excluded(standing, scheme) else "按满分计"
        return "不适用", f"单位填为不适用，{treated}，请核对是否属实"
    if standing.targets:
        return None
    if not standing.origin.file:
        return "缺行", "交回的填报表里没有这一行，按未填计"
    if not status:
        return "未填状态", "没有填状态，按未填计"
    if scheme.factor_of(status) is None:
        return "状态不明", f"状态“{status}”不在状态系数表中，按未填计"
    return None
