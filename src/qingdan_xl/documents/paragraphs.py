"""Lines -> blocks: which line starts with a number that counts, and which one goes on with the sentence before."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.lines import Line, Table, size
from qingdan_xl.documents.numbering import BULLET, STYLES, Marker, bullet, glued, marker
from qingdan_xl.model import Doubt
from qingdan_xl.problems import problem

_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)》\]]*$|[.](?<!\d\.)$")
_INNER_STOP = re.compile(r"[，。；,;]")
_DATED = re.compile(
    r"[（(]?[0-9０-９X×*〇○一二三四五六七八九零]{2,4}\s*年\s*[0-9０-９X×*一二三四五六七八九十]{1,3}\s*月(?:\s*[0-9０-９X×*一二三四五六七八九十]"
    r"{1,3}\s*日)?[）)]?"
)
_IMPRINT = re.compile(r".{2,24}\s*20\d\d年\d{1,2}月\d{1,2}日\s*印发?")
_AFTER = re.compile(
    r"(?:附件|附|注|备注|说明|联系人|联系电话|签字|签名|承诺人|责任人签[字名]|抄[送报]|主送|分送)\s*[0-9一二三四五]*\s*[:：]"
    r"|.{0,16}[（(](?:盖章|公章|签字|签名|签章|印章)[）)]\s*(?:[:：]|$)|以上(?:清单|责任|职责|内容|各项)[^。，]{0,8}请|以上(?:报告|汇报|意见|请示|述职)|特此(?:报告|通知|函告|公告)|专此报告|此致|敬礼|[妥当]否"
)
# 责任领导：张甲　责任单位：办公室 beside what is listed
_LABEL = re.compile(
    r"[（(【\[]?(?:整改|责任|牵头|配合|协办|主办|承办|分管|完成|办结|验收|督办|包保)(?:领导|单位|部门|科室|人|人员|时限|时间|期限|情况)\s*[:：]"
)
_ATTACHED = re.compile(r"附件?\s*[:：]\s*1[.．、]")
# 1目标 above 1.1 …
_BARE = re.compile(r"[0-9]{1,2}(?=[\u4e00-\u9fff])")
# Numbers of these kinds are often prose: they count only in company.
_SHY = frozenset({"cn-space", "named", "being", "ordinal", "arabic-space", "circled", "letter"})
_NARROWEST, _NARROW, _WIDEST = 12, 18, 62
_SLACK = 0.85
_HANGING = 2  # signs a full line may be short of, because no stop may begin the next
_ITSELF = re.compile(r"本(?:清单|办法|细则|规定|制度|方案|责任[书制状])")
_LONGEST_HEADING = 36
_LONGEST_JUMP = 15
_FEWEST_WRAPPED, _FEWEST_BROKEN = 6, 4
_LONGEST_NUMBER = 24
_BROKEN_ITEM, _BROKEN_PARAGRAPH = 12, 20


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its first line in the file, its number if it has one, and its text without that number.

    A table among the paragraphs is a block without text. `signs` counts what is no white space, the number included.
    """

    line: int
    text: str
    marker: Marker | None = None
    gap: bool = False
    level: int = 0
    signs: int = 0
    table: Table | None = None


def complete(text: str) -> bool:
    """Whether `text` ends as a sentence or an opening (colon) does."""
    return bool(_ENDS.search(text[-8:]))


def is_tail(text: str) -> bool:
    """Whether `text` is a signature's date or a note after the list."""
    return bool(_DATED.fullmatch(text) or _AFTER.match(text) or _IMPRINT.fullmatch(text))


def is_label(text: str) -> bool:
    """Whether `text` says who does what stands above it, or until when: 责任单位：办公室, 完成时限：6月底前."""
    return bool(_LABEL.match(text))


def is_short(text: str) -> bool:
    """Whether `text` looks like a heading: short, and no sentence."""
    return len(text) <= _LONGEST_HEADING and not _INNER_STOP.search(text) and not complete(text.rstrip(":："))


def paragraphs(lines: Sequence[Line]) -> tuple[list[Block], list[Doubt]]:
    """Join the lines of each paragraph; every join in mid-sentence is told (once for a text wrapped throughout)."""
    width = _wrap_width(lines)
    markers = _markers(lines, width)
    closed = _closed_styles(lines, markers)
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    for at, line in enumerate(lines):
        found = markers[at]
        if found and blocks and _names_attachments(blocks[-1], found, line):
            before = blocks[-1]
            blocks[-1] = replace(before, text=f"{before.text}；{line.text}", signs=before.signs + size(line.raw))
        elif found is None and at and _goes_on(lines, markers, at, width, closed):
            _report_join(doubts, lines[at - 1], line, width)
            before = blocks[-1]
            blocks[-1] = replace(before, text=_glue(before.text, line.text), signs=before.signs + size(line.raw))
        else:
            blocks.append(_block(line, found))
    return blocks, doubts


def _block(line: Line, found: Marker | None) -> Block:
    text = line.text[found.end :] if found else line.text
    signs = line.table.signs if line.table else size(line.raw)
    return Block(line.number, text, found, line.gap, line.level, signs, line.table)


def _names_attachments(before: Block, found: Marker, line: Line) -> bool:
    """Whether a numbered line goes on with the names of the attachments (附件：1.责任书样式 / 2.考核表)."""
    return found.value > 1 and bool(_ATTACHED.match(before.text)) and is_short(line.text)


def _glue(before: str, after: str) -> str:
    between = " " if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() else ""
    return f"{before}{between}{after}"


def _report_join(doubts: list[Doubt], before: Line, line: Line, width: int) -> None:
    if width and any(doubt.code == "joined-lines" for doubt in doubts):
        return
    what = problem("joined-lines", text=f"{before.text[-8:]}|{line.text[:8]}").what
    doubts.append(Doubt("joined-lines", line.number, what))


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width (signs) a text is hard-wrapped at, 0 for a text whose lines are paragraphs."""
    widths = sorted(len(line.text) for line in lines if not line.table)
    if len(widths) < _FEWEST_WRAPPED:
        return 0
    width = widths[int(len(widths) * 0.97)]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = [line.text for line in lines if len(line.text) >= width * _SLACK]
    least = 2 if width < _NARROW else 3  # short lines may be headings: more of them must be full
    tight = [text for text in full if len(text) >= width - 1]
    many = len(tight) >= _FEWEST_WRAPPED and len(tight) * 10 >= len(lines) and _are_open(tight)
    return width if many or (_are_open(full) and len(full) * least >= len(lines)) or _all_go_on(lines, width) else 0


def _all_go_on(lines: Sequence[Line], width: int) -> bool:
    """Whether every full line that ends in mid-sentence has one without number right below: few are, but all broken."""
    full = [at for at, line in enumerate(lines[:-1]) if len(line.text) >= width * _SLACK and not complete(line.text)]
    after = (lines[at + 1] for at in full)
    rest = (not (line.gap or line.table or line.level or line.bullet or marker(line.text)) for line in after)
    return len(full) >= _FEWEST_BROKEN and all(rest)


def _are_open(texts: Sequence[str]) -> bool:
    """Whether most of these lines end in mid-sentence."""
    return sum(1 for text in texts if not complete(text)) * 2 >= len(texts)


def _markers(lines: Sequence[Line], width: int) -> list[Marker | None]:
    """The numbers at the lines' heads, without those that are part of a sentence."""
    found = _numbers(lines)
    following = _next_values(found)
    last: dict[str, int] = {}
    for at, mark in enumerate(found):
        if mark is None:
            continue
        broken = width and at and len(lines[at - 1].text) >= width * _SLACK and not complete(lines[at - 1].text)
        told = lines[at].auto or mark.style == BULLET or (mark.style in last and _opens_alone(lines, found, at))
        if told or _counts(mark, lines[at].text, last.get(mark.style), following[at], bool(broken)):
            last[mark.style] = mark.value
        else:
            found[at] = None
    return found


def _opens_alone(lines: Sequence[Line], found: Sequence[Marker | None], at: int) -> bool:
    """Whether a list of one, of a style that counts only in company, stands under a numbered heading."""
    mark = found[at]
    is_first = mark is not None and mark.value == 1 and mark.style in _SHY and at > 0
    return is_first and found[at - 1] is not None and is_short(lines[at - 1].text)


def _numbers(lines: Sequence[Line]) -> list[Marker | None]:
    """What each line starts with, a figure glued to the number of a list that goes on told from a decimal."""
    found: list[Marker | None] = []
    arabic = 0
    decimals = False
    for at, line in enumerate(lines):
        mark = marker(line.text)
        if mark is None and (bare := _BARE.match(line.text)) and at + 1 < len(lines):
            mark = glued(line.text) if lines[at + 1].text.startswith(f"{bare[0]}.1") else None
        if arabic and not decimals and (mark is None or mark.style.startswith("decimal")):
            close = glued(line.text)
            mark = close if close and close.value == arabic + 1 else mark
        if mark is not None:
            arabic = mark.value if mark.style == "arabic" else arabic
            decimals = decimals or mark.style.startswith("decimal")
        found.append(mark)
    return _with_bullets(lines, found)


def _with_bullets(lines: Sequence[Line], found: list[Marker | None]) -> list[Marker | None]:
    """`found` with the items of lists that have a sign instead of a number, unless the sign adorns a heading."""
    before = 0
    for at, line in enumerate(lines):
        opens = at + 1 < len(lines) and lines[at + 1].bullet
        adorns = is_short(line.text) and at + 1 < len(lines) and not opens and not (at and lines[at - 1].bullet)
        if line.bullet and found[at] is None and not adorns:
            before += 1
            found[at] = bullet(before)
        elif found[at] is not None or line.level or (opens and not line.bullet and holder(line.text)):
            before = 0
    return found


def _next_values(found: Sequence[Marker | None]) -> list[int | None]:
    """For each line, the value of the next number of the same style."""
    upcoming: dict[str, int] = {}
    values: list[int | None] = [None] * len(found)
    for at in range(len(found) - 1, -1, -1):
        mark = found[at]
        if mark is not None:
            values[at] = upcoming.get(mark.style)
            upcoming[mark.style] = mark.value
    return values


def _counts(mark: Marker, text: str, last: int | None, following: int | None, broken: bool) -> bool:
    """Whether this number opens or goes on with a list of lines, rather than standing in a sentence."""
    goes_on = last is not None and mark.value == last + 1
    if broken and not goes_on and mark.value != 1:
        return False
    if goes_on:
        return True
    if mark.style in _SHY or mark.style.startswith("code"):
        return mark.value == 1 and following == mark.value + 1
    if mark.style.startswith(("arabic", "decimal")) and mark.value > (last or 0) + _LONGEST_JUMP:
        return False
    if mark.style.startswith("decimal"):
        return mark.value == 1 or following == mark.value + 1
    return not (mark.value == 1 and following != mark.value + 1 and _runs_inline(mark, text))


@cache
def _inline(style: str) -> re.Pattern[str]:
    """A number of this style behind a stop; made when a document needs it, because most do not."""
    patterns = [one.pattern.pattern for one in STYLES if style.startswith(one.name)]
    return re.compile(rf"(?<=[。；;：:，,、\s]){patterns[0]}")


def _runs_inline(mark: Marker, text: str) -> bool:
    """Whether the same line goes on with the number after `mark`: then the paragraph is one item."""
    pattern = _inline(mark.style)
    return any(
        (after := marker(text[found.start() : found.start() + _LONGEST_NUMBER])) is not None
        and after.value == mark.value + 1
        for found in pattern.finditer(text, mark.end)
    )


def _closed_styles(lines: Sequence[Line], markers: Sequence[Marker | None]) -> frozenset[str]:
    """The styles whose items are sentences: most of them end with a stop."""
    ended: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for line, mark in zip(lines, markers, strict=True):
        if mark:
            every[mark.style] += 1
            ended[mark.style] += complete(line.text)
    return frozenset(style for style, count in every.items() if ended[style] * 10 >= count * 6)


def _goes_on(
    lines: Sequence[Line], markers: Sequence[Marker | None], at: int, width: int, closed: frozenset[str]
) -> bool:
    """Whether line `at`, which has no number, goes on with the sentence of the line before it."""
    before, line = lines[at - 1], lines[at]
    if line.table or before.table or line.level or before.level or is_tail(line.text):
        return False
    if _is_row(line.text) or _is_row(before.text) or is_label(line.text):
        return False
    full = bool(width) and len(before.text) >= width * _SLACK
    if line.bullet or (line.gap and not (full and not complete(before.text))):
        return False
    if _opens(lines, markers, at):
        return False
    if before.text.endswith(("，", "、")):
        return True
    if complete(before.text):
        return full and len(before.text) >= width - _HANGING and not line.indented and not _ITSELF.match(line.text)
    if full:
        return bool(_INNER_STOP.search(before.text)) or markers[at - 1] is not None or len(line.text) < len(before.text)
    opened = markers[at - 1]
    if opened is not None:
        return opened.style in closed and len(before.text) >= _BROKEN_ITEM
    return len(before.text) >= _BROKEN_PARAGRAPH and bool(_INNER_STOP.search(before.text))


def _is_row(text: str) -> bool:
    return "\t" in text or text.count("|") > 1


def _opens(lines: Sequence[Line], markers: Sequence[Marker | None], at: int) -> bool:
    """Whether a line is a heading without number: short, and a list starts right after it."""
    following = markers[at + 1] if at + 1 < len(lines) else None
    if following is None or following.value != 1 or not is_short(lines[at].text):
        return False
    return complete(lines[at - 1].text) or lines[at].gap or bool(holder(lines[at].text))
