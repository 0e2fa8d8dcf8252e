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
from qingdan_xl.reports.outside import fetched
from qingdan_xl.reports.personal import impersonal
from qingdan_xl.reports.revisions import settled

MAIN = "word/document.xml"  # as `texts` call it, whatever its program called it
_ROOT, _TYPES = "_rels/.rels", "[Content_Types].xml"
_TEXTS = re.compile(r"word/(?:header\d*|footer\d*|footnotes|endnotes)\.xml")
_IS_MAIN = "/officeDocument"
_LEVEL = 6  # of zlib, for what differs
# a .dotx under the name of a .docx; one with macros is no .docx under any name
_AS_TEMPLATE, _AS_DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_MACROS = b".macroEnabled"
_AUTHOR = b"w:author="
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # the other .docx, whose words have other names
_PNG = b'<Default Extension="png" ContentType="image/png"/>'
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_LIMITS = GateLimits()


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx: `texts` are those with words in them, as text; everything else is `still`.

    `fetched` is what it would take in from elsewhere.
    """

    texts: Mapping[str, str]
    still: Mapping[str, bytes]
    main: str = MAIN
    fetched: tuple[str, ...] = ()
    _packed: dict[str, Packed] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, name: str, data: bytes) -> "Package":
        """Take a .docx apart; UnusableError `report-not-word` (it is none, or cannot be read), `report-strict`."""
        try:
            pass_gate(data, name, _LIMITS)
        except RefusedError as refused:
            raise _not_word(name) from refused
        with ZipFile(BytesIO(data)) as zipped:
            whole = {part.filename.replace("\\", "/"): zipped.read(part) for part in zipped.infolist()}
        main = _main_part(whole.get(_ROOT, b""))
        if not {main, _TYPES} <= whole.keys() or _MACROS in whole[_TYPES]:
            raise _not_word(name)
        if _STRICT in whole[main]:
            raise UnusableError(problem("report-strict", Origin(name)))
        try:
            whole = impersonal(whole)
            texts = {
                MAIN if key == main else key: settled(in_utf8(part).decode())
                for key, part in whole.items()
                if key == main or _TEXTS.fullmatch(key)
            }
            still = {key: _still(key, part) for key, part in whole.items() if key != main and key not in texts}
            outside = tuple(dict.fromkeys(fetched(still, texts)))
            still[_relations_of(main)] = _plain_relations(still.get(_relations_of(main), _NO_RELATIONS))
        except (ValueError, etree.XMLSyntaxError) as fault:
            raise _not_word(name) from fault
        still[_TYPES] = _with_png(still[_TYPES].replace(_AS_TEMPLATE, _AS_DOCUMENT))
        return cls(texts, still, main, outside)

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


def _still(name: str, part: bytes) -> bytes:
    """A part without words: styles and lists have looks from before, with the names of who changed them."""
    return settled(in_utf8(part).decode()).encode() if name.endswith(".xml") and _AUTHOR in part else part


def _main_part(relations: bytes) -> str:
    """The name of the part that these relations of a package call its document; '' where they call none so."""
    try:
        found = etree.fromstring(relations)
    except etree.XMLSyntaxError:
        return ""
    targets = (each.get("Target", "") for each in found if (each.get("Type") or "").endswith(_IS_MAIN))
    return str(next(targets, "")).removeprefix("/")


def _plain_relations(data: bytes) -> bytes:
    """Relations in the way in which `filled` adds to them, however their program wrote them."""
    root = etree.fromstring(data)
    made = etree.Element(root.tag, nsmap={None: etree.QName(root).namespace})
    made.extend(root)
    made.text = "\n"  # so that it has an end of its own, be it empty
    return bytes(etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with_png(types: bytes) -> bytes:
    """The content types with that of our pictures."""
    if re.search(rb'Extension="png"', types, re.IGNORECASE):
        return types
    return re.sub(rb"(<Types[^>]*>)", lambda hit: hit[1] + _PNG, types, count=1)


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _deflated(name: str, data: bytes) -> Packed:
    maker = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return Packed(name.encode(), maker.compress(data) + maker.flush(), len(data), zlib.crc32(data))


def _not_word(name: str) -> UnusableError:
    return UnusableError(problem("report-not-word", Origin(name)))
