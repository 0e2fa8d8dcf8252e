"""The head of a document: its title (also over two lines), its year, and where its list begins."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qingdan_xl.documents.numerals import number
from qingdan_xl.documents.paragraphs import Block, complete, is_tail
from qingdan_xl.documents.tree import headings, in_brackets

TITLE_END = re.compile(
    r"(?:清单|办法|细则|方案|规定|制度|职责|责任|责任书|责任状|承诺书|报告|意见|通知|标准|"
    r"表|一览|条例|规则|汇报|总结|要点|计划|台账|分工|述职|述责|规程|守则|规范|准则|指标|体系|决定|"
    r"公约|任务|材料|说明书|手册)"
    r"[”』]?(?:[（(][^（()）]{1,20}[）)])*$"
)
_SUBTITLE = re.compile(
    r"[（(][^（()）]{1,40}[）)]|[—–-]{1,2}.{1,40}|.{0,16}[〔\[［(（]20\d\d[〕\]］)）]第?\s*\d+\s*号|"
    r"[0-9]+\s*篇|附?[表件]\s*[0-9一二三四五六七八九十]{1,3}[：:]?"
)
_YEAR = re.compile(r"(20\d\d)\s*(?:年|—|-|－|~|学年)|([二][〇○零Oo]{1,2}[一二三四五六七八九〇○零]{1,2})年")
# 所属部门：财务部 fills in a form; 附件：责任清单 may be a title
_FIELD = re.compile(r"[一-龥]{2,6}\s*[:：]\s*[^\s：:]{1,20}")
_LONGEST_TITLE = 60
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Head:
    """Title and year of a document, and the number of blocks they take up."""

    title: str
    year: int | None
    taken: int


def year_in(text: str) -> int | None:
    """The first year named in `text`: 2026年, 二〇二六年."""
    found = _YEAR.search(unicodedata.normalize("NFKC", text))
    if not found:
        return None
    return int(found[1]) if found[1] else _spelled(found[2])


def _spelled(token: str) -> int | None:
    read = number(re.sub(r"[○Oo]", "〇", token))
    return int(read) if read is not None and 1990 < read < 2100 else None  # noqa: PLR2004 - years people write lists for


def is_title_line(block: Block) -> bool:
    """Whether a block may be (part of) a title: no number, short, no sentence."""
    text = block.text
    return (
        block.marker is None
        and block.table is None
        and len(text) <= _LONGEST_TITLE
        and not complete(text)
        and "。" not in text
        and "\t" not in text
        and "|" not in text
        and not is_tail(text)
        and not _SUBTITLE.fullmatch(text)
        and not (_FIELD.fullmatch(text) and not TITLE_END.search(text))
    )


def head(blocks: Sequence[Block], name: str) -> Head:
    """Find the title at the beginning of `blocks`; where there is none, the file's `name` without its suffix is it."""
    heading = headings(blocks)
    title, at, run = "", 0, ""
    lines = taken = 0
    while at < len(blocks) and blocks[at].marker is None and blocks[at].table is None:
        block = blocks[at]
        if _SUBTITLE.fullmatch(block.text):
            at += 1
            taken = at if taken == at - 1 else taken
            continue
        if not is_title_line(block) or (title and at in heading) or (at and in_brackets(block.text)):
            break
        run, lines = (run + block.text, lines + 1) if run and lines < _MOST_LINES else (block.text, 1)
        at += 1
        if TITLE_END.search(run.replace(" ", "")) or (
            not title and (at == len(blocks) or not is_title_line(blocks[at]))
        ):
            title, run, taken = run, "", at
    if not title:
        return Head(name.rsplit(".", 1)[0], _year(blocks, ""), 0)
    return Head(re.sub(r"\s+", "", title), _year(blocks, title), taken)


def _year(blocks: Sequence[Block], title: str) -> int | None:
    return year_in(title) or next((year for block in blocks[:4] if (year := year_in(block.text))), None)
