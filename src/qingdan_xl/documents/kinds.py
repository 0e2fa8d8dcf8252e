"""What a document is: a list of duties, a scoring rubric, or a report with counts to fill."""

import re
from collections.abc import Sequence

from qingdan_xl.documents.metrics import open_spans
from qingdan_xl.model import Duty, Kind

_REPORT = re.compile(
    r"(?:情况|工作|履职|述[职责廉]*|整改|自查|总结|专项|落实)(?:的)?(?:报告|汇报|总结)(?:[（(].{1,12}[）)]"
    r")?$|述[职责廉]{1,3}(?:报告)?(?:[（(].{1,12}[）)])?$|工作总结$"
)
_RUBRIC = re.compile(r"评分|考评|考核|计分|打分|评价|积分|测评|评估|量化")
_LIST = re.compile(r"(?:责任|职责|任务|工作)清单")
_MANY_OPEN = 5


def is_report(title: str, text: str) -> bool:
    """Whether title or the counts left open make the document a report; `text` is the whole of it."""
    return bool(_REPORT.search(title)) or ("清单" not in title and len(open_spans(text)) >= _MANY_OPEN)


def kind_of(title: str, duties: Sequence[Duty]) -> Kind:
    """Rubric where scoring rules dominate, with less evidence wanted if the title speaks of scoring; else checklist.

    A title that says 责任清单 and nothing of scoring settles it.
    """
    scored = sum(1 for duty in duties if duty.rules or duty.points is not None)
    if _LIST.search(title) and not _RUBRIC.search(title):
        return Kind.CHECKLIST
    wanted = 0.2 if _RUBRIC.search(title) else 0.5
    return Kind.RUBRIC if scored and scored >= len(duties) * wanted else Kind.CHECKLIST
