"""Text -> lines that carry words: editors' marks, disclaimers and page furniture are taken out and reported."""

import re
from dataclasses import dataclass, replace

from qingdan_xl.model import Doubt
from qingdan_xl.problems import problem

_MARK = re.compile(r"#{2,}\s*[A-Za-z_]{3,30}\s*#{2,}|</?[A-Za-z][^<>]{0,80}>|&nbsp;")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,200}?)(?<=\S)\1")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_MARKDOWN_BULLET = re.compile(r"[-+*•●◆■□▪➢]\s+(?=\S)")
_DISCLAIMER = re.compile(
    r"范文|仅供(?:学习|参考|借鉴)|请勿(?:照搬|转载|抄袭)|(?:原创|作者)投稿|版权所有|禁止转载|"
    r"公众号|浏览次数|点击下载|下载本文"
    r"|^(?:本文)?(?:来源|作者|编辑|责任编辑|发布时间|发布日期|字体大小|上一篇|下一篇|打印|"
    r"分享)[:：]|本文(?:来自|由.{1,20}整理)"
)
_FURNITURE = re.compile(
    r"[-—–－_·\s]*(?:第?\s*[0-9０-９]{1,4}\s*页?\s*(?:[/／，,]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?|"
    r"Page\s+\d+(?:\s+of\s+\d+)?|[-=—–－_*·~]{3,})[-—–－_·\s]*",
    re.IGNORECASE,
)
_LONGEST_DISCLAIMER = 80
_WHITE = " \t\x0b\x0c\x1a\x1e\u00a0\u3000\u2002\u2003"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with words in it: its number in the file (from 1) and what its white space and marks said."""

    number: int
    text: str
    indented: bool = False
    gap: bool = False
    level: int = 0


def read_lines(text: str) -> tuple[list[Line], list[Doubt]]:
    """Split `text` into its lines with words; `gap` says an empty line stands before, `level` counts a heading's #."""
    lines: list[Line] = []
    doubts: list[Doubt] = []
    gap = False
    for number, raw in enumerate(text.split("\n"), 1):
        bare = _MARK.sub("", raw)
        line = _line(number, bare)
        if line.text and _is_noise(line.text):
            doubts.append(_noise(number, line.text))
            continue
        if bare != raw:
            doubts.append(_noise(number, "、".join(dict.fromkeys(_MARK.findall(raw)))))
        if line.text:
            lines.append(replace(line, gap=gap))
        gap = not line.text
    return lines, doubts


def without_emphasis(text: str) -> str:
    """Markdown `text` without the signs for bold; in plain text two stars are a place left open."""
    return _EMPHASIS.sub(r"\2", text)


def _line(number: int, raw: str) -> Line:
    text = raw.strip(_WHITE)
    level = 0
    if heading := _MARKDOWN_HEADING.match(text):
        level, text = len(heading[1]), text[heading.end() :].rstrip("# ")
    elif bullet := _MARKDOWN_BULLET.match(text):
        text = text[bullet.end() :]
    return Line(number, text, raw[:1] in _WHITE and bool(text), level=level)


def _is_noise(text: str) -> bool:
    return bool(_FURNITURE.fullmatch(text)) or (len(text) <= _LONGEST_DISCLAIMER and bool(_DISCLAIMER.search(text)))


def _noise(number: int, text: str) -> Doubt:
    return Doubt("noise", number, problem("noise", text=text).what)
