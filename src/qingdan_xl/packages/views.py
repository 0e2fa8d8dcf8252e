"""A workbook as readers are given it, beside what a second look sees: one way for every room that reads workbooks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from struct import error as StructError  # noqa: N812 - struct names its exception in lower case
from xml.etree import ElementTree as ET

from qingdan_xl.packages.biff import look_at_xls
from qingdan_xl.packages.binary import look_at_xlsb
from qingdan_xl.packages.compound import BrokenCompoundError
from qingdan_xl.packages.oddities import SheetXml
from qingdan_xl.packages.opendocument import look_at_ods
from qingdan_xl.packages.package import Package, in_utf8, read_package
from qingdan_xl.packages.places import Extent, Look, first_outside
from qingdan_xl.packages.sniff import Bytes
from qingdan_xl.packages.stored import stored_zip
from qingdan_xl.sheets.unit import HIDDEN_TITLE

BROKEN = (ET.ParseError, LookupError, ValueError, StructError, BrokenCompoundError)
"""What looking at a workbook raises where it is not whole."""


@dataclass(frozen=True, slots=True)
class Described:
    """The parts of an .xlsx in UTF-8, and what they say about themselves."""

    parts: Mapping[str, bytes]
    package: Package

    @property
    def sheets(self) -> dict[str, bytes]:
        """The XML of each sheet by its name, of those that have any."""
        return {title: self.parts[part] for title, part in self.package.parts.items() if part in self.parts}


@dataclass(frozen=True, slots=True)
class View:
    """The bytes that a reader is to read, and the second look at them."""

    data: bytes
    look: Look


def described(parts: Mapping[str, bytes]) -> Described:
    """Read the description of an .xlsx whose parts passed the gate; one of BROKEN where it has none."""
    plain = {name: in_utf8(xml) for name, xml in parts.items()}
    return Described(plain, read_package(plain))


def view_xlsx(book: Described, extent: Extent, prepared: Callable[[SheetXml], bytes] = SheetXml.tamed) -> View:
    """Look at the sheets of an .xlsx and put together what a reader understands of it, each sheet `prepared` for it.

    The reader gets no formulas, which it would only skip, and knows every error. Our hidden sheet counts by formulas,
    so that none of its cells is odd.
    """
    places = {title: part for title, part in book.package.parts.items() if part in book.parts}
    sheets = {title: SheetXml(book.parts[part]) for title, part in places.items()}
    odd = {title: sheet.odd_cells() for title, sheet in sheets.items() if title != HIDDEN_TITLE}
    outside = {
        title: sheet.far_cell(extent) or first_outside(odd.get(title, ()), extent) for title, sheet in sheets.items()
    }
    far = next((f"{title}!{cell}" for title, cell in outside.items() if cell), "")
    tamed = {part: prepared(sheets[title]) for title, part in places.items()}
    titles = tuple(book.package.parts)
    return View(b"" if far else stored_zip({**book.parts, **tamed}), Look(titles, odd, far, book.package.epoch))


def look_at(kind: Bytes, data: bytes, parts: Mapping[str, bytes], extent: Extent) -> Look:
    """The second look at a workbook that is no .xlsx; one of BROKEN where it is not whole, biff.PasswordError."""
    match kind:
        case Bytes.XLS:
            return look_at_xls(data, extent)
        case Bytes.ODS:
            return look_at_ods(parts, extent)
        case _:
            return look_at_xlsb(parts, extent)
