"""The tags of a template in one way of writing, whatever a word processor or an input method made of their signs."""

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _FIELD = (f"{_W}{tag}" for tag in ("p", "t", "instrText"))
# what parts the text of a paragraph, and what it stands for within a tag
_BETWEEN = {f"{_W}br": " ", f"{_W}cr": " ", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OPEN, _CLOSE, _PERCENT, _HASH = "[{｛]", "[}｝]", "[%％]", "[#＃]"
_TAG = re.compile(
    f"{_OPEN}{_OPEN}.*?{_CLOSE}{_CLOSE}|{_OPEN}{_PERCENT}.*?{_PERCENT}{_CLOSE}|{_OPEN}{_HASH}.*?{_HASH}{_CLOSE}",
    re.DOTALL,
)
# what is left of a tag that somebody did not finish; ％｝ alone ends no tag: it may be a share in brackets
_LONE = re.compile(f"{_OPEN}{_OPEN}|{_OPEN}{_PERCENT}|{_OPEN}{_HASH}|{_CLOSE}{_CLOSE}")
_WIDE = str.maketrans("｛｝％＃", "{}%#")
_QUOTED = re.compile(r"('[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BLANK = re.compile(r"\s")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#39;": "'", "&#34;": '"', "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_PATCHED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SIGNS = ("{", "｛", "}", "｝")


def in_one_piece(xml: str) -> str:
    """A part of which each tag stands in one text, in half-width signs and with plain blanks.

    Word processors part a tag where somebody stopped to type, and input methods write full-width signs; single
    brackets stay as they are. lxml's error where it is no XML.
    """
    if not any(sign in xml for sign in _SIGNS):
        return xml
    tree = etree.fromstring(xml.encode())
    for paragraph in tree.iter(_PARAGRAPH):
        _join(list(_own(paragraph)))
    for words in tree.iter(_FIELD):
        words.text = _plain(words.text or "")
    return str(etree.tostring(tree, encoding="unicode"))


def unescaped(source: str) -> str:
    """The source of a part with the signs within its tags as they were typed, not as XML writes them."""
    return _PATCHED.sub(lambda tag: _ENTITY.sub(lambda sign: _ENTITIES[sign[0]], tag[0]), source)


def _own(paragraph: etree._Element) -> Iterator[etree._Element]:
    """What a paragraph's own text is made of, without that of text boxes in it."""
    for each in paragraph.iter(_TEXT, *_BETWEEN):
        if next(each.iterancestors(_PARAGRAPH)) is paragraph and next(each.iterancestors(f"{_W}tabs"), None) is None:
            yield each


def _join(pieces: Sequence[etree._Element]) -> None:
    """Put each tag of these pieces of text into the one in which it begins."""
    whole = "".join(map(_said, pieces))
    if not any(sign in whole for sign in _SIGNS):
        return
    for tag in reversed(list(_TAG.finditer(whole))):
        _put(pieces, tag.start(), tag.end(), _written(tag[0]))
    for piece in pieces:
        if piece.tag == _TEXT:
            piece.text = _plain(piece.text or "")
            piece.set(_SPACE, "preserve")


def _put(pieces: Sequence[etree._Element], start: int, end: int, tag: str) -> None:
    """Put a tag in the place of what stands from start to end of the text of the pieces."""
    at = 0
    for piece in pieces:
        text = _said(piece)
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        if piece.tag == _TEXT:
            piece.text = f"{text[:first]}{tag}{text[last:]}"
            tag = ""
        else:
            piece.getparent().remove(piece)


def _said(piece: etree._Element) -> str:
    return (piece.text or "") if piece.tag == _TEXT else _BETWEEN[piece.tag]


def _plain(text: str) -> str:
    """A text with whole tags written plainly, and the signs of unfinished ones in half width, so that they are told."""
    return _each(_TAG, _written, text, lambda rest: _LONE.sub(lambda sign: sign[0].translate(_WIDE), rest))


def _written(tag: str) -> str:
    """A tag in half-width signs, with plain blanks outside of what is quoted."""
    inner = _each(_QUOTED, str, tag[2:-2], lambda rest: _BLANK.sub(" ", _UNSEEN.sub("", rest)))
    return f"{tag[:2].translate(_WIDE)}{inner}{tag[-2:].translate(_WIDE)}"


def _each(pattern: re.Pattern[str], found: Callable[[str], str], text: str, between: Callable[[str], str]) -> str:
    """A text with one change made to all that a pattern finds, and another to what stands between."""
    made, at = "", 0
    for hit in pattern.finditer(text):
        made += between(text[at : hit.start()]) + found(hit[0])
        at = hit.end()
    return made + between(text[at:])
