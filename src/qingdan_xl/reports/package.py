"""A .docx as a zip: what is the same in every report is deflated once, the rest each time."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from qingdan_xl.issuing.stamping_zip import BRISK, Packed, archive, entry
from qingdan_xl.model import Origin
from qingdan_xl.packages.gate import GateLimits, pass_gate
from qingdan_xl.packages.package import in_utf8
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.reports.revisions import settled

MAIN = "word/document.xml"  # as `texts` call it, whatever its program called it
_ROOT, _TYPES = "_rels/.rels", "[Content_Types].xml"
_TEXTS = re.compile(r"word/(?:header\d*|footer\d*|footnotes|endnotes)\.xml")
_IS_MAIN = "/officeDocument"
_LEVEL = 6  # of zlib, for what differs
_PNG = b'<Default Extension="png" ContentType="image/png"/>'
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_LIMITS = GateLimits()


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx: `texts` are those with words in them, as text; everything else is `still`."""

    texts: Mapping[str, str]
    still: Mapping[str, bytes]
    main: str = MAIN
    _packed: dict[str, Packed] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, name: str, data: bytes) -> "Package":
        """Take a .docx apart; UnusableError `report-not-word` where it is none or cannot be read."""
        try:
            pass_gate(data, name, _LIMITS)
        except RefusedError as refused:
            raise _not_word(name) from refused
        with ZipFile(BytesIO(data)) as zipped:
            whole = {part.filename.replace("\\", "/"): zipped.read(part) for part in zipped.infolist()}
        main = _main_part(whole.get(_ROOT, b""))
        if not {main, _relations_of(main), _TYPES} <= whole.keys():
            raise _not_word(name)
        try:
            texts = {
                MAIN if key == main else key: settled(in_utf8(part).decode())
                for key, part in whole.items()
                if key == main or _TEXTS.fullmatch(key)
            }
        except (ValueError, etree.XMLSyntaxError) as fault:
            raise _not_word(name) from fault
        still = {key: part for key, part in whole.items() if key != main and key not in texts}
        if not re.search(rb'Extension="png"', still[_TYPES], re.IGNORECASE):
            still[_TYPES] = re.sub(rb"(<Types[^>]*>)", lambda hit: hit[1] + _PNG, still[_TYPES], count=1)
        return cls(texts, still, main)

    def filled(self, texts: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
        """The .docx with these texts in place of its own, and pictures by the key that the main text calls them by."""
        changed = {self.main if name == MAIN else name: text.encode() for name, text in texts.items()}
        if pictures:
            told = "".join(
                f'<Relationship Id="{key}" Type="{_IMAGE}" Target="media/{key}.png"/>' for key in pictures
            ).encode()
            relations = _relations_of(self.main)
            changed[relations] = self.still[relations].replace(b"</Relationships>", told + b"</Relationships>")
        folder = self.main.rpartition("/")[0]
        changed |= {f"{folder}/media/{key}.png": data for key, data in pictures.items()}
        names = dict.fromkeys((*self.still, *(self.main if name == MAIN else name for name in self.texts), *changed))
        return archive(_deflated(name, changed[name]) if name in changed else self._same(name) for name in names)

    def _same(self, name: str) -> Packed:
        if name not in self._packed:
            text = self.texts.get(MAIN if name == self.main else name, "")
            whole = self.still[name] if name in self.still else text.encode()
            self._packed[name] = entry(name, [whole], {}, BRISK).head
        return self._packed[name]


def _main_part(relations: bytes) -> str:
    """The name of the part that these relations of a package call its document; '' where they call none so."""
    try:
        found = etree.fromstring(relations)
    except etree.XMLSyntaxError:
        return ""
    targets = (each.get("Target", "") for each in found if (each.get("Type") or "").endswith(_IS_MAIN))
    return str(next(targets, "")).removeprefix("/")


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _deflated(name: str, data: bytes) -> Packed:
    maker = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return Packed(name.encode(), maker.compress(data) + maker.flush(), len(data), zlib.crc32(data))


def _not_word(name: str) -> UnusableError:
    return UnusableError(problem("report-not-word", Origin(name)))
