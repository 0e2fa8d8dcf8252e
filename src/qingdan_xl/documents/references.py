"""A level that says only whose list it works by: 党总支工作参照机关党委清单执行."""

import re
from dataclasses import dataclass

from qingdan_xl.documents.holders import leading_holder

_WORKS_BY = re.compile(
    r"^(?P<who>[^，。；：]{2,30}?)(?:应|应当|可|要|均|同样)*(?:参照|比照|对照|参考|依照|按照|"
    r"同)(?P<whose>[^，。；]{2,30}?)"
    r"(?:的?(?:有关|相关|责任|重点|工作|任务|职责|要求|清单|内容|规定)*)(?:开展|执行|落实|"
    r"办理|履行|实施|进行)(?:工作)?(?:[，,；;][^。]{0,30})?[。.；]?$"
)
_BY = re.compile(r"(?:参照|比照|对照|参考|依照|按照)")


@dataclass(frozen=True, slots=True)
class Reference:
    """`who` works by the list of `whose`."""

    who: str
    whose: str


def reference_of(who: str, text: str) -> Reference | None:
    """As `reference`, where `who` stands in the heading above the line (（二）党总支书记 / 参照党委书记清单执行。)."""
    return reference(f"{who}{text}") if _BY.match(text) else None


def reference(text: str) -> Reference | None:
    """Read a one-sentence line of that kind; None for any other text."""
    found = _WORKS_BY.match(text) if len(text) <= 60 else None  # noqa: PLR2004 - one short sentence
    if found is None:
        return None
    who, whose = leading_holder(found["who"]), leading_holder(found["whose"])
    return Reference(who, whose) if who and whose and who != whose else None
