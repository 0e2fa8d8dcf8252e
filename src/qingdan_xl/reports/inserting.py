"""What takes the place of a variable: text as text, figures with their trace, pictures; nothing comes alive."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from zlib import crc32

from markupsafe import Markup, escape

from qingdan_xl.reports.bars import Bar
from qingdan_xl.reports.figures import OPEN, Figure

# signs that XML cannot hold stand for what is put in later: no text of anybody has them by then
OPEN_SIGN = "\x01"
DROPPED = "□"
_BREAK, _TAB = (f'</w:t><w:{tag}/><w:t xml:space="preserve">' for tag in ("br", "tab"))
# control signs, halves of signs, signs that are none, and those that turn the direction of what follows
_UNSEEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069"
_DROP = re.compile(f"[{_UNSEEN}]")
_SPECIAL = re.compile(f"[&<>\"'\\r\\n\\t\u2028\u2029{_UNSEEN}]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_EMU = 914400 / 2.54
_BAR_WIDE, _BAR_HIGH = round(4.2 * _EMU), round(0.34 * _EMU)


@dataclass(slots=True)
class Insertions:
    """What went into one report so far: its figures in the order of the text, and its pictures by key."""

    figures: list[Figure] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def insert(self, value: object) -> object:
        """What is written where a variable with this value stands."""
        if isinstance(value, Markup):  # a macro of the template: what went into it was inserted already
            return value
        if isinstance(value, Figure):
            self.figures.append(value)
            return Markup(OPEN_SIGN) if value.open else str(value)  # noqa: S704 - one sign of ours
        if isinstance(value, Bar):
            return self._bar(value)
        return Markup(as_text(shown(value)))  # noqa: S704 - escaped by as_text

    def _bar(self, bar: Bar) -> Markup:
        picture, what = bar.png, escape(_DROP.sub(DROPPED, bar.what))
        key = f"qd{crc32(picture):08x}"
        self.pictures[key] = picture
        drawing = _DRAWING.format(what=what, key=key, wide=_BAR_WIDE, high=_BAR_HIGH)
        return Markup(f'</w:t>{drawing}<w:t xml:space="preserve">')  # noqa: S704 - ours, what it says is escaped


def shown(value: object) -> str:
    """A value as people read it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else str(value)


def as_text(text: str) -> str:
    """Text within <w:t>: signs of markup escaped, line ends as breaks, control signs as a □ that can be seen."""
    if not _SPECIAL.search(text):
        return text
    plain = _DROP.sub(DROPPED, _LINE_END.sub("\n", text))
    return str(escape(plain)).replace("\n", _BREAK).replace("\t", _TAB)


def mark_open(xml: str) -> str:
    """Put a yellow blank where a figure is not known, its run parted so that the others keep their look."""
    pieces = xml.split(OPEN_SIGN)
    done = [pieces[0]]
    for piece in pieces[1:]:
        look = _look("".join(done))
        done.append(
            f'</w:t></w:r><w:r>{_yellow(look)}<w:t>{OPEN}</w:t></w:r><w:r>{look}<w:t xml:space="preserve">{piece}'
        )
    return "".join(done)


def _look(before: str) -> str:
    """The properties of the run that a text ends in."""
    start = max(before.rfind("<w:r>"), before.rfind("<w:r "))
    found = re.search(r"<w:rPr>.*?</w:rPr>", before[start:], re.DOTALL)
    return found[0] if found else ""


def _yellow(look: str) -> str:
    inside = re.sub(r"<w:shd\b[^>]*/>", "", look.removeprefix("<w:rPr>").removesuffix("</w:rPr>"))
    behind = re.search(r"<w:(?:fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath|rPrChange)\b", inside)
    at = behind.start() if behind else len(inside)
    return f'<w:rPr>{inside[:at]}<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>{inside[at:]}</w:rPr>'


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
