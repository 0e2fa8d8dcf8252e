"""Paragraphs of a source -> lines that carry words: marks of editors, disclaimers and page furniture are taken out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qingdan_xl.documents.source import Paragraph, Row

_MARK = re.compile(r"(?<!#)#{2,9}\s{0,3}[A-Za-z_]{3,30}\s{0,3}#{2,9}|</?[A-Za-z][^<>]{0,80}>|&nbsp;")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_MARKDOWN_BULLET = re.compile(r"(?:[-+*□]\s+|[•●◆■▪◎★☆▲△►▶➢➤❖※◇]\s*)(?=\S)")
_DISCLAIMER = re.compile(
    r"范文(?:网|仅|大全|如下|，|,|。)|[本此]范文|仅供(?:学习|参考|借鉴)|请勿(?:照搬|转载|抄袭)|(?:原创|作者)投稿|"
    r"版权所有|禁止转载|(?:关注|扫码|扫描)[^。]{0,20}(?:公众号|二维码)|^(?:微信)?公众号[:：]|浏览次数|点击下载|下载本文"
    r"|^(?:本文|信息|文章)?(?:来源|作者|编辑|责任编辑|责编|发布人|发布者|发布机构|发布时间|发布日期|录入时间|成文日期|更新时间|浏览量|"
    r"阅读量|阅读次数|点击数|点击量|点击率|访问量|字号|字体|字体大小|上一篇|下一篇|上一条|下一条|打印|分享|分享到|索引号|信息索引|"
    r"备案号|技术支持|地址|电话)\s*[:：]|本文(?:来自|由.{1,20}整理|链接)|^(?:当前|您(?:现在)?的?|你(?:现在)?的?)(?:所在)?位置\s*[:：]|"
    r"^(?:网站)?首页\s*(?:[>＞»›/－|-]|&gt;)|[【\[](?:打印|关闭|字体|收藏|分享)[^】\]]{0,6}[】\]]|ICP备|网安备"
)
_FURNITURE = re.compile(
    r"[-—–－_·\s]*+(?:第?\s*[0-9０-９]{1,4}\s*页?\s*(?:[/／，,]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?|"
    r"Page\s+\d+(?:\s+of\s+\d+)?)[-—–－_·\s]*|[-=—–－_*·~\s]{3,}+",
    re.IGNORECASE,
)
_PAGE = re.compile(r"[-—–－·\s]*第?\s*[0-9０-９]{1,4}\s*页?\s*(?:[/／，,]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–－·\s]*")
# 一、总经理责任………3: a line of the table of contents
_CONTENTS = re.compile(r"目\s*[录次]|.{2,60}?[.．·…⋯]{3,}\s*[-—(（]?\s*[0-9０-９]{1,4}\s*[-—)）]?")
_LONGEST_PAGE = 20
_LONGEST_DISCLAIMER = 80
_ROW = re.compile(r"[\t|│┃]")
_SCANNED = re.compile(r"(?<=[\u3001-\uff0f\uff1a-\uff60])[ \xa0](?=[\u3001-\uff60])")
_FEWEST_SCANNED, _SCANNED_SHARE = 8, 40
_HEAD = 8  # signs of a line among which a number stands, with a blank behind it
_WHITE = " \t\x0b\x0c\x1a\x1e\u00a0\u3000\u2002\u2003"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table; `signs` counts what its lines hold that is no white space, rules and bars included."""

    rows: tuple[Row, ...]
    signs: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line with words in it: its place in the file (from 1) and what its white space, style and marks said.

    `raw` is the line before blanks were cut; `auto` says that its number was set by Word and is no part of a
    sentence, `bullet` that a sign of a list stood there.
    A `table` among the lines stands as a line without text.
    """

    number: int
    text: str
    indented: bool = False
    gap: bool = False
    level: int = 0
    raw: str = ""
    auto: bool = False
    bullet: bool = False
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was taken out of a line as no part of the document."""

    line: int
    text: str


def cleaned(paragraphs: Iterable[Paragraph]) -> tuple[list[Line], list[Dropped]]:
    """The lines of `paragraphs` that carry words, and what was taken out, in order."""
    lines: list[Line] = []
    dropped: list[Dropped] = []
    gap = False
    whole = list(paragraphs)
    running = _running(whole)
    for paragraph in whole:
        bare = _MARK.sub("", paragraph.text)
        line = _line(paragraph, bare, gap=gap or paragraph.gap)
        gap = not line.text
        if line.text and (_is_noise(line.text) or paragraph.line in running):
            dropped.append(Dropped(paragraph.line, paragraph.text.strip(_WHITE)))
            continue
        if bare != paragraph.text:
            dropped.append(Dropped(paragraph.line, " ".join(_MARK.findall(paragraph.text))))
        if line.text:
            lines.append(line)
    return lines, dropped


def _running(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The lines of the heads that a copy of a PDF repeats beside the numbers of its pages."""
    said = [(one.line, text) for one in paragraphs if (text := one.text.strip(_WHITE))]
    pages = {at for at, (_, text) in enumerate(said) if len(text) <= _LONGEST_PAGE and _PAGE.fullmatch(text)}
    beside = [at for at in range(len(said)) if at not in pages and {at - 1, at + 1} & pages]
    times = Counter(said[at][1] for at in beside)
    return frozenset(said[at][0] for at in beside if times[said[at][1]] > 1)


def unspaced(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """`paragraphs` without blanks between Chinese signs, where so many stand that a scanner must have put them."""
    texts = [paragraph.text for paragraph in paragraphs if not _ROW.search(paragraph.text)]
    blanks = sum(len(_SCANNED.findall(text, _HEAD)) for text in texts)
    if blanks < _FEWEST_SCANNED or blanks * _SCANNED_SHARE < sum(map(len, texts)):
        return list(paragraphs)
    return [one if _ROW.search(one.text) else replace(one, text=_SCANNED.sub("", one.text)) for one in paragraphs]


def size(text: str) -> int:
    """How many signs of `text` are no white space."""
    return sum(map(len, text.split()))


def _line(paragraph: Paragraph, bare: str, *, gap: bool) -> Line:
    text = bare.strip(_WHITE)
    level = paragraph.level
    if heading := _MARKDOWN_HEADING.match(text):
        level, text = len(heading[1]), text[heading.end() :].rstrip("# ")
    bullet = None if heading else _MARKDOWN_BULLET.match(text)
    if bullet:
        text = text[bullet.end() :]
    indented = bare[:1] in _WHITE and bool(text)
    if paragraph.number and text:
        text, bare = f"{paragraph.number} {text}", f"{paragraph.number} {bare}"
    return Line(paragraph.line, text, indented, gap, level, bare.strip("\n "), bool(paragraph.number), bool(bullet))


def _is_noise(text: str) -> bool:
    return bool(_FURNITURE.fullmatch(text) or _CONTENTS.fullmatch(text)) or (
        len(text) <= _LONGEST_DISCLAIMER and bool(_DISCLAIMER.search(text))
    )
