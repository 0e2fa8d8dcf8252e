"""Who a report in plain text is sent to, and who signed it when: lines that official papers set apart."""

import re
from collections.abc import Sequence

from qingdan_xl.documents.metrics import open_day
from qingdan_xl.documents.paragraphs import Block, complete

_DATE = re.compile(
    r"[（(]?\s*(?:\d{4}|[二〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]+\s*月(?:\s*[\d一二三四五六七八九十]+\s*[日号])?\s*[）)]?"
)
_NO_NAME = re.compile(r"特此|以上|妥否|请|附件|附[:：]|注[:：]|抄[报送]|联系|此[件文]")
_LONGEST_NAME, _MOST_NAMES, _LONGEST_ADDRESS = 25, 3, 40


def is_address(block: Block, at: int) -> bool:
    """Whether the paragraph `at` this place names whom the report is sent to: one of the first, and ends in a colon."""
    text = block.text.strip()
    return at < 2 and _is_line(block) and text.endswith(("：", ":")) and len(text) <= _LONGEST_ADDRESS  # noqa: PLR2004 - a line may be a subtitle


def signature(blocks: Sequence[Block]) -> range:
    """The places of the last paragraphs that are the signature and its date; an empty range where there is none."""
    end = len(blocks)
    dated = (
        end > 0 and _is_line(blocks[-1]) and bool(open_day(blocks[-1].text) or _DATE.fullmatch(blocks[-1].text.strip()))
    )
    start = end - 1 if dated else end
    most = _MOST_NAMES if dated else 1
    while start > 1 and end - start <= most and _is_name(blocks[start - 1]):
        start -= 1
    return range(start, end)


def _is_name(block: Block) -> bool:
    text = block.text.strip()
    plain = _is_line(block) and not complete(text) and not text.endswith(("：", ":"))
    return plain and len(text) <= _LONGEST_NAME and not _NO_NAME.match(text)


def _is_line(block: Block) -> bool:
    return block.marker is None and block.table is None and not block.level
