"""The kinds of numbers a line may start with, as data, and the reader of the number at a line's head."""

import re
from dataclasses import dataclass

from qingdan_xl.documents.numerals import number

_CN_SIGN = "[一二三四五六七八九十百零〇两]"
_CN = f"{_CN_SIGN}{{1,6}}"
_AR = "[0-9０-９]"
_FIGURES = f"{_AR}{{1,4}}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CN_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_SIGNS = {sign: at for row in (_CIRCLED, _BRACKETED, _DOTTED, _CN_BRACKETED, _ROMAN) for at, sign in enumerate(row, 1)}


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of number: the groups `n` (its value) and `p` (what is printed) of `pattern` match at a line's head.

    `outer` orders styles from the outermost inward where a document itself does not say.
    """

    name: str
    outer: int
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


def _style(name: str, outer: int, pattern: str, *examples: str) -> Style:
    return Style(name, outer, re.compile(pattern), examples)


STYLES: tuple[Style, ...] = (
    _style("part", 1, rf"(?P<p>第(?P<n>{_CN}|{_FIGURES})(?:部分|篇|编))[\s:：、，]*", "第一部分 总体要求"),
    _style("chapter", 2, rf"(?P<p>第(?P<n>{_CN}|{_FIGURES})章)[\s:：、，]*", "第二章 职责"),
    _style("division", 3, rf"(?P<p>第(?P<n>{_CN}|{_FIGURES})节)[\s:：、，]*", "第三节 检查"),
    _style(
        "article", 4, rf"(?P<p>第(?P<n>{_CN}|{_FIGURES})条)(?![例款第、和至规的之])[\s:：，]*", "第五条 河长负责巡河。"
    ),
    _style("cn", 5, rf"(?P<p>(?P<n>{_CN}))\s*[、.．](?!{_CN_SIGN}、)[\s]*", "一、加强领导", "十二．检查"),
    _style("cn-bracket", 6, rf"(?P<p>[（(【]\s*(?P<n>{_CN}|[-－—–])\s*[）)】])[\s、.．，:：]*", "（一）抓", "（-）抓"),
    _style("cn-bracket", 6, rf"(?P<p>(?P<n>[{_CN_BRACKETED}]))[\s、.．]*", "㈠抓学习"),
    _style("cn-half", 6, rf"(?P<p>(?P<n>{_CN}))[）)][\s、]*", "一）抓学习"),
    _style("cn-space", 5, rf"(?P<p>(?P<n>{_CN}))[ \t\u3000]+(?=[\u4e00-\u9fff“《])", "三 抓学习"),
    _style("roman", 6, rf"(?P<p>(?P<n>[{_ROMAN}]))[\s、.．]+", "Ⅱ、检查"),
    _style(
        "named", 5, rf"(?P<p>(?:指标|任务|事项|职责|项目|问题|风险点)(?P<n>{_CN}|{_AR}{{1,2}}))\s*[:：、]\s*",
        "指标一：水质", "任务3：巡河",
    ),
    _style("ordinal", 7, rf"(?P<p>第(?P<n>{_CN}|{_FIGURES}))[，,、:：\s]+", "第一，抓落实。"),
    _style("being", 13, rf"(?P<p>(?P<n>{_CN})(?:是|要))(?!否)[，,:：\s]*", "一是抓教育。"),
    _style("decimal", 10, rf"(?P<p>(?:{_FIGURES}[.．])+(?P<n>{_FIGURES}))"
        rf"(?![0-9０-９%％‰万亿元米公千个分小])(?![月年]{_AR}|[月年][份度底末前上中下内]|日前)[\s、.．]*", "1.1目标"),
    _style("arabic", 9, rf"(?P<p>(?P<n>{_AR}{{1,3}}))\s*(?:[.．。﹒·](?!{_AR})|[.．](?={_AR}{{1,2}}月|20{_AR}{{2}}年)"
        r"|、)\s*",
        "1.抓学习", "２、抓学习", "2.6月底前完成"),
    _style("arabic", 9, rf"(?P<p>(?P<n>[{_DOTTED}]))[\s]*", "⒊抓学习"),
    _style("arabic-space", 9, rf"(?P<p>(?P<n>{_AR}{{1,2}}))[\s]+(?=[\u4e00-\u9fff“《])", "3 抓学习"),
    _style("bracket", 11, rf"(?P<p>[（(【]\s*(?P<n>{_AR}{{1,3}})\s*[）)】])[\s、.．，]*", "（1）抓学习"),
    _style("bracket", 11, rf"(?P<p>(?P<n>[{_BRACKETED}]))[\s]*", "⑴抓学习"),
    _style("half", 12, rf"(?P<p>(?P<n>{_AR}{{1,3}}))[）)][\s、]*", "1）抓学习"),
    _style("circled", 12, rf"(?P<p>(?P<n>[{_CIRCLED}]))[\s、.．]*", "①抓学习"),
    _style(
        "code", 8, rf"(?P<p>[A-H](?P<n>{_AR}{{1,2}}))[\s.．、:：]+(?=[\u4e00-\u9fff“《])", "A1 组织领导", "C12 台账"
    ),
    _style("letter", 14, r"(?P<p>(?P<n>[A-Za-z]))(?:[.．、）)])\s*(?=[\u4e00-\u9fff“《])", "A.抓学习"),
)  # fmt: skip

# 2.24小时值班: what looks like a decimal is the number after 1. where the list goes on with it.
_GLUED = re.compile(rf"(?P<p>(?P<n>{_AR}{{1,2}}))(?:[.．](?={_AR})|(?=[\u4e00-\u9fff]))")

# A line can only start with a number if its first sign is one of these.
_HEADS = (
    frozenset("第指任事职项问风（(【一二三四五六七八九十百零〇两0123456789０１２３４５６７８９ABCDEFGHabcdefgh")
    | _SIGNS.keys()
)

BULLET = "bullet"
_INNERMOST = 15
_SAME_SIGN = {"．": ".", "。": ".", "，": ",", "：": ":"}


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at a line's head: its style, the sign after it, its value, as printed, and where the text starts."""

    style: str
    outer: int
    sign: str
    value: int
    printed: str
    end: int


def bullet(value: int) -> Marker:
    """The sign of a list without numbers, the `value`th in a row: what it stands before is inside everything."""
    return Marker(BULLET, _INNERMOST, "", value, "", 0)


def marker(text: str) -> Marker | None:
    """The number `text` (without leading white space) starts with, or None."""
    if not text or text[0] not in _HEADS:
        return None
    for style in STYLES:
        if found := style.pattern.match(text):
            value = _value(found["n"])
            if value is not None:
                name, outer = _level(style, found["p"])
                sign = text[found.end("p") : found.end()].strip()[:1]
                return Marker(name, outer, _SAME_SIGN.get(sign, sign), value, found["p"].replace(" ", ""), found.end())
    return None


def _level(style: Style, printed: str) -> tuple[str, int]:
    """The name and the place of a style: 1.1 and 1.1.1 are two, so are A1 and B1."""
    if style.name == "decimal":
        return style.name + str(printed.count(".") + printed.count("．")), style.outer
    if style.name == "code":
        depth = ord(printed[0]) - ord("A")
        return f"{style.name}{depth}", style.outer + depth
    return style.name, style.outer


def glued(text: str) -> Marker | None:
    """The number `text` starts with where a figure or word follows at once (2.24小时值班, 1目标), or None."""
    found = _GLUED.match(text)
    if found is None:
        return None
    outer = next(style.outer for style in STYLES if style.name == "arabic")
    return Marker("arabic", outer, ".", int(found["n"]), found["p"], found.end())


def _value(token: str) -> int | None:
    if token in _SIGNS:
        return _SIGNS[token]
    if token in {"-", "－", "—", "–"}:
        return 1
    if token.isascii() and token.isalpha():
        return ord(token.upper()) - ord("A") + 1
    read = number(token)
    return None if read is None else int(read)
