"""One of the reports that a Word document holds: its body from that report's title to the next one's."""

from collections.abc import Sequence

from docx.oxml.ns import qn
from lxml import etree

_SECTION = qn("w:sectPr")
_SEEN = tuple(map(qn, ("w:t", "w:drawing", "w:pict", "w:object")))


def keep_only(body: etree._Element, title: str, titles: Sequence[str]) -> None:
    """Leave of a document's body what belongs to one of the titles that stand in it in this order.

    What stands before the first belongs to that one. Nothing is taken away where not every title is found.
    """
    blocks = [block for block in body if block.tag != _SECTION]
    starts = _starts([_bare(block) for block in blocks], titles)
    if len(starts) != len(titles) or title not in titles:
        return
    at = titles.index(title)
    first, last = starts[at] if at else 0, [*starts, len(blocks)][at + 1]
    end = last
    while end > first + 1 and last < len(blocks) and _is_empty(blocks[end - 1]):
        end -= 1
    if last < len(blocks):
        _close_section(body, blocks[end - 1 : last])
    for block in (*blocks[:first], *blocks[end:]):
        body.remove(block)


def _starts(texts: Sequence[str], titles: Sequence[str]) -> list[int]:
    """Where each title begins, as far as they are found one after the other."""
    starts: list[int] = []
    for title in titles:
        first = starts[-1] + 1 if starts else 0
        found = next((at for at in range(first, len(texts)) if _begins(texts[at:], title)), None)
        if found is None:
            break
        starts.append(found)
    return starts


def _begins(texts: Sequence[str], title: str) -> bool:
    """Whether the texts begin with a title, which may stand in several lines."""
    whole = ""
    for text in texts:
        whole += text
        if whole == title:
            return True
        if not whole or not title.startswith(whole):
            return False
    return False


def _bare(block: etree._Element) -> str:
    return "".join("".join(text.text or "" for text in block.iter(qn("w:t"))).split())


def _is_empty(block: etree._Element) -> bool:
    return block.tag == qn("w:p") and next(block.iter(*_SEEN), None) is None


def _close_section(body: etree._Element, tail: Sequence[etree._Element]) -> None:
    """Give the body the page layout of a section that ends in these blocks: of the one after it nothing is left."""
    own, last = [section for block in tail for section in block.iter(_SECTION)], body.find(_SECTION)
    if own and last is not None:
        body.replace(last, own[-1])
