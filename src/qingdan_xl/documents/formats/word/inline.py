"""What a paragraph of Word says: the text of its runs, without what is deleted, hidden or only drawn (§17.3.3)."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from qingdan_xl.documents.formats.word.markup import content, is_on
from qingdan_xl.documents.formats.word.numberformats import enclosed
from qingdan_xl.documents.formats.word.symbols import symbol

DELETED = ("del", "moveFrom")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_FIXED = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_DRAWN = frozenset({"drawing", "pict", "object"})
_PAGE_BREAKS = frozenset({"page", "column"})
_TABLE_OF_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_ENCLOSED = re.compile(
    r"\s*eq\s.*[○〇◯][)）\s]*[,，;；](?:\\s\\\w+\s*\d*\s*\()?\s*(\w{1,3})", re.IGNORECASE | re.DOTALL
)
_XML_SPACE = " \t\r\n"


@dataclass(slots=True)
class _Field:
    """A field that is open (§17.16.18): its instruction, whether its result has begun, and where that starts."""

    code: str = ""
    shown: bool = False
    start: int = 0


@dataclass(slots=True)
class Said:
    """One paragraph as read: its text, the text boxes fixed to it, the notes it refers to (part kind and id)."""

    text: str = ""
    boxes: list[ET.Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class Inline:
    """Reads paragraphs in the order of the document, because a field may go on from one to the next.

    `left` counts what was seen and not taken (图片, 隐藏文字, 目录 …), `deleted` and `inserted` the revisions.
    """

    def __init__(self) -> None:
        self.left: Counter[str] = Counter()
        self.deleted: list[str] = []
        self.inserted = 0
        self._fields: list[_Field] = []
        self._pieces: list[str] = []
        self._said = Said()
        self._takers: dict[str, Callable[[ET.Element], None]] = {
            "r": self._run, "t": self._text, "br": self._break, "sym": self._symbol, "ruby": self._ruby,
            "fldChar": self._field, "instrText": self._instruction, "m:oMath": self._math, "m:oMathPara": self._math,
        }  # fmt: skip

    def read(self, paragraph: ET.Element) -> Said:
        """What this paragraph says."""
        self._pieces, self._said = [], Said()
        # an instruction ends with its paragraph: a field that was cut off must not swallow what follows
        self._fields = [each for each in self._fields if each.shown]
        self.inserted += sum(1 for child in paragraph if child.tag in {"ins", "moveTo"})
        self._walk(paragraph)
        self._said.text = "".join(self._pieces)
        return self._said

    def _walk(self, element: ET.Element) -> None:
        for child in content(element):
            if taker := self._takers.get(child.tag):
                taker(child)
            elif child.tag in _FIXED:
                self._say(_FIXED[child.tag])
            elif child.tag in _DRAWN:
                self._drawing(child)
            elif child.tag in DELETED:
                self.deleted.append(
                    "".join(piece.text or "" for piece in child.iter() if piece.tag in {"delText", "t"})
                )
            elif child.tag in _NOTES:
                self._said.notes.append((_NOTES[child.tag], child.get("id", "")))

    def _say(self, text: str) -> None:
        if any(not each.shown for each in self._fields):
            return
        if any(_TABLE_OF_CONTENTS.match(each.code) for each in self._fields):
            self.left["目录"] = 1
            return
        self._pieces.append(text)

    def _run(self, run: ET.Element) -> None:
        if is_on(run.find("rPr"), "vanish"):
            self.left["隐藏文字"] += any((piece.text or "").strip() for piece in run.iter("t"))
            return
        self._walk(run)

    def _text(self, element: ET.Element) -> None:
        text = element.text or ""
        self._say(text if element.get("xml:space") == "preserve" else text.strip(_XML_SPACE))

    def _break(self, element: ET.Element) -> None:
        if element.get("type") not in _PAGE_BREAKS:
            self._say("\n")

    def _symbol(self, element: ET.Element) -> None:
        self._say(symbol(element.get("font", ""), element.get("char", "")))

    def _ruby(self, element: ET.Element) -> None:
        """A character with its reading above it (§17.3.3.25): the reading is no text."""
        for base in element.iter("rubyBase"):
            self._walk(base)

    def _math(self, element: ET.Element) -> None:
        self._say("".join(piece.text or "" for piece in element.iter() if piece.tag in {"m:t", "t"}))

    def _instruction(self, element: ET.Element) -> None:
        if self._fields:
            self._fields[-1].code += element.text or ""

    def _field(self, element: ET.Element) -> None:
        kind = element.get("fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
            self._fields[-1].start = len(self._pieces)
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            drawn = _ENCLOSED.match(closed.code)
            if drawn and not "".join(self._pieces[closed.start :] if closed.shown else []).strip():
                self._say(enclosed(drawn[1]))

    def _drawing(self, element: ET.Element) -> None:
        """A drawing says what stands in its text boxes; of two alternative drawings one counts."""
        boxes = [box for each in _shown(element) for box in ([each] if each.tag == "txbxContent" else ())]
        self._said.boxes.extend(boxes)
        if boxes:
            return
        if element.tag == "object":
            self.left["嵌入对象"] += 1
        else:
            self.left[
                "图片" if any(each.tag.endswith(("blip", "imagedata")) for each in element.iter()) else "图形"
            ] += 1


def _shown(element: ET.Element) -> list[ET.Element]:
    """All that is under a drawing, text boxes not entered, one of two alternatives left out."""
    found: list[ET.Element] = []
    for child in content(element):
        found.append(child)
        if child.tag != "txbxContent":
            found.extend(_shown(child))
    return found


def mark_is_deleted(properties: ET.Element | None) -> bool:
    """Whether the end of the paragraph is deleted (§17.13.5.15), so that the next one goes on in its place."""
    marks = properties.find("rPr") if properties is not None else None
    return marks is not None and any(marks.find(name) is not None for name in DELETED)
