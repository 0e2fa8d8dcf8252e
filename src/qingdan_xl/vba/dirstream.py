"""The dir stream: what a VBA project is called, refers to and consists of: [MS-OVBA] §2.3.4.2."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qingdan_xl.vba.sources import Kind, Module

CODE_PAGE = 1252  # sources are ASCII, which all code pages share; Excel made in English writes this one
_WINDOWS = 3  # §2.3.4.2.1.1: SysKind of 64-bit Windows
_ENGLISH = 0x0409  # §2.3.4.2.1.3: the Lcid must be this
_VERSION = struct.pack("<IH", 1, 0)  # §2.3.4.2.1.11
_COOKIE = b"\xff\xff"  # §2.3.4.2.3.1: written as 0xFFFF, ignored when read
_NUMBER = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Reference:
    """A type library that the sources may name (§2.3.4.2.2.5)."""

    name: str
    libid: str


# what every project of Excel refers to; VBA and Excel themselves are understood
REFERENCES = (
    Reference(
        "stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"
    ),
    Reference(
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
        r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)


def dir_stream(name: str, modules: Sequence[Module]) -> bytes:
    """The records of the dir stream, not yet compressed: the project, its references, its modules in order."""
    parts = [*_information(name)]
    for reference in REFERENCES:
        parts += _reference(reference)
    parts += [_record(0x000F, _short(len(modules))), _record(0x0013, _COOKIE)]  # §2.3.4.2.3
    for module in modules:
        parts += _module(module)
    return b"".join((*parts, _record(0x0010)))


def _information(name: str) -> Iterator[bytes]:
    """PROJECTINFORMATION (§2.3.4.2.1)."""
    yield _record(0x0001, _NUMBER.pack(_WINDOWS))
    yield _record(0x0002, _NUMBER.pack(_ENGLISH))
    yield _record(0x0014, _NUMBER.pack(_ENGLISH))
    yield _record(0x0003, _short(CODE_PAGE))
    yield _record(0x0004, name.encode("ascii"))
    yield _twice(0x0005, 0x0040, "")  # description
    yield _record(0x0006) + _record(0x003D)  # paths of help files
    yield _record(0x0007, _NUMBER.pack(0))  # help context
    yield _record(0x0008, _NUMBER.pack(0))  # library flags
    yield struct.pack("<HI", 0x0009, 4) + _VERSION  # its size counts the first half of the version only
    yield _twice(0x000C, 0x003C, "")  # conditional compilation constants


def _reference(reference: Reference) -> Iterator[bytes]:
    """REFERENCENAME (§2.3.4.2.2.2) and REFERENCEREGISTERED (§2.3.4.2.2.5)."""
    libid = reference.libid.encode("ascii")
    yield _twice(0x0016, 0x003E, reference.name)
    yield _record(0x000D, _NUMBER.pack(len(libid)) + libid + bytes(6))


def _module(module: Module) -> Iterator[bytes]:
    """One MODULE record (§2.3.4.2.3.2); its source begins with its stream, as nothing is compiled beforehand."""
    yield _twice(0x0019, 0x0047, module.name)
    yield _twice(0x001A, 0x0032, module.name)  # the stream's name
    yield _twice(0x001C, 0x0048, "")  # description
    yield _record(0x0031, _NUMBER.pack(0))  # MODULEOFFSET
    yield _record(0x001E, _NUMBER.pack(0))  # help context
    yield _record(0x002C, _COOKIE)
    yield _record(0x0021 if module.kind is Kind.PROCEDURES else 0x0022)
    yield _record(0x002B)


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _twice(number: int, wide: int, text: str) -> bytes:
    """A text in the project's code page and again in UTF-16."""
    return _record(number, text.encode("ascii")) + _record(wide, text.encode("utf-16-le"))


def _short(value: int) -> bytes:
    return value.to_bytes(2, "little")
