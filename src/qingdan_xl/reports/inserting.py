"""What takes the place of a variable: text as text, figures with their trace, pictures; nothing comes alive."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from zlib import crc32

from jinja2 import Undefined
from lxml import etree
from markupsafe import Markup, escape

from qingdan_xl.reports.bars import Bar
from qingdan_xl.reports.figures import Figure, Phrase

# what is no sign of any script stands for what is put in later: no text of anybody has it by then
_MARKED, _MARKED_END = "\ufdd0", "\ufdd1"
_SIGNS = re.compile(f"({_MARKED}[^{_MARKED_END}]*{_MARKED_END})")
DROPPED = "□"
_BREAK, _TAB = (f'</w:t><w:{tag}/><w:t xml:space="preserve">' for tag in ("br", "tab"))
# control signs, halves of signs, signs that are none, and those that turn the direction of what follows
_UNSEEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd2-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069"
_DROP, _DROP_SIGNS = re.compile(f"[{_UNSEEN}]"), re.compile(f"[{_UNSEEN}{_MARKED}{_MARKED_END}]")
_SPECIAL = re.compile(f"[&<>\"'\\r\\n\\t\u2028\u2029{_UNSEEN}]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_EMU = 914400 / 2.54
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUN, _LOOK, _TEXT, _SHADE = (f"{_W}{tag}" for tag in ("r", "rPr", "t", "shd"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# what stands behind the shade in the properties of a run, as the schema has it
_BEHIND = {f"{_W}{tag}" for tag in ("fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "oMath")}
_BEHIND |= {f"{_W}specVanish", f"{_W}rPrChange"}
_BAR_WIDE, _BAR_HIGH = round(4.2 * _EMU), round(0.34 * _EMU)


class NoTextError(Exception):
    """A value that is no text, number, date or picture stands where one of them should be written."""

    def __init__(self, value: object) -> None:
        super().__init__(type(value).__name__)
        self.value = value


@dataclass(slots=True)
class Insertions:
    """What went into one report so far: its figures in the order of the text, and its pictures by key."""

    figures: list[Figure] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def insert(self, value: object) -> object:
        """What is written where a variable with this value stands; NoTextError where nothing can be written."""
        if isinstance(value, Markup):  # a macro of the template: what went into it was inserted already
            return value
        return self._bar(value) if isinstance(value, Bar) else Markup(as_text(self.text(value)))  # noqa: S704 - escaped by as_text

    def text(self, value: object) -> str:
        """A value as the text of the report, with signs around a figure that is open or doubted.

        NoTextError as `insert`.
        """
        if isinstance(value, Phrase):
            return "".join(map(self.text, value.parts))
        value = self.noted(value)
        doubtful = isinstance(value, Figure) and (value.open or value.doubt)
        return f"{_MARKED}{value}{_MARKED_END}" if doubtful else shown(value)

    def noted(self, value: object) -> object:
        """The value, which is known from now on to have gone into the report."""
        if isinstance(value, Figure):
            self.figures.append(value)
        return value

    def joined(self, values: Iterable[object], between: object) -> str:
        """Values as one text; as markup where one of them is that already."""
        found = list(values)
        if not any(isinstance(each, Markup) for each in (*found, between)):
            return self.text(between).join(map(self.text, found))
        return Markup(self.insert(between)).join(Markup(self.insert(each)) for each in found)  # noqa: S704 - as inserted

    def _bar(self, bar: Bar) -> Markup:
        picture, what = bar.png, escape(_DROP_SIGNS.sub(DROPPED, bar.what))
        key = f"qd{crc32(picture):08x}"
        self.pictures[key] = picture
        drawing = _DRAWING.format(what=what, key=key, wide=_BAR_WIDE, high=_BAR_HIGH)
        return Markup(f'</w:t>{drawing}<w:t xml:space="preserve">')  # noqa: S704 - ours, what it says is escaped


def shown(value: object) -> str:
    """A value as people read it, nothing for None; NoTextError for what is neither text nor a number nor a date.

    What a macro made is no text any more: cut or changed, its markup would be broken.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize() + 0:f}"
    # of a name without a value Jinja tells the name by itself
    if isinstance(value, str | int | Figure | Undefined) and not isinstance(value, Markup):
        return str(value)
    raise NoTextError(value)


def clean(value: object) -> object:
    """A value, or all that lists and fields hold, with a □ for each control sign and each sign that is none."""
    if isinstance(value, str):
        return _DROP_SIGNS.sub(DROPPED, value)
    if isinstance(value, Mapping):
        return {name: clean(own) for name, own in value.items()}
    if isinstance(value, Phrase):
        return replace(
            value, parts=tuple(part if isinstance(part, Figure) else str(clean(part)) for part in value.parts)
        )
    return [clean(own) for own in value] if isinstance(value, list | tuple) else value


def as_text(text: str) -> str:
    """Text within <w:t>: signs of markup escaped, line ends as breaks, control signs as a □ that can be seen.

    The signs of figures stay: what others wrote has gone through `clean` before.
    """
    if not _SPECIAL.search(text):
        return text
    plain = _DROP.sub(DROPPED, _LINE_END.sub("\n", text))
    return str(escape(plain)).replace("\n", _BREAK).replace("\t", _TAB)


def is_marked(xml: str) -> bool:
    """Whether there are open or doubted figures in the text of a part."""
    return _MARKED in xml


def mark_open(tree: etree._Element) -> None:
    """Put a yellow blank where a figure is not known, and yellow behind one that is doubted.

    The run is parted so that the rest of it keeps its look.
    """
    texts = [text for text in tree.iter(_TEXT) if _SIGNS.search(text.text or "")]
    for run in dict.fromkeys(text.getparent() for text in texts):
        if run.tag == _RUN:
            for part in _parted(run):
                run.addprevious(part)
            run.getparent().remove(run)


def without_signs(xml: str) -> str:
    """The text of a part without the signs of figures: those that stand in no text that is seen, as in a field."""
    return xml.replace(_MARKED, "").replace(_MARKED_END, "")


def _parted(run: etree._Element) -> list[etree._Element]:
    """Runs that hold what a run holds, each open or doubted figure in a yellow one of its own."""
    look = run.find(_LOOK)
    made, yellow = [_run_like(look)], _yellow(look)
    for inner in run.iterchildren():
        if inner is look:
            continue
        if inner.tag != _TEXT or not _SIGNS.search(inner.text or ""):
            made[-1].append(inner)
            continue
        for number, piece in enumerate(_SIGNS.split(inner.text)):
            if number % 2:
                made += [_with_text(_run_like(yellow), without_signs(piece)), _run_like(look)]
            elif piece:
                _with_text(made[-1], piece)
    return [one for one in made if any(inner.tag != _LOOK for inner in one)]


def _run_like(look: etree._Element | None) -> etree._Element:
    run = etree.Element(_RUN)
    if look is not None:
        run.append(deepcopy(look))
    return run


def _with_text(run: etree._Element, text: str) -> etree._Element:
    made = etree.SubElement(run, _TEXT)
    made.set(_SPACE, "preserve")
    made.text = text
    return run


def _yellow(look: etree._Element | None) -> etree._Element:
    """The properties of a run with a yellow shade in place of its own."""
    made = etree.Element(_LOOK) if look is None else deepcopy(look)
    for shade in made.findall(_SHADE):
        made.remove(shade)
    at = next((number for number, inner in enumerate(made) if inner.tag in _BEHIND), len(made))
    made.insert(at, etree.Element(_SHADE, {f"{_W}val": "clear", f"{_W}color": "auto", f"{_W}fill": "FFFF00"}))
    return made


_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:docPr id="0" name="图" descr="{what}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="0" name="{key}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing>"
)
