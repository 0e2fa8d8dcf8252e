"""vbaProject.bin from source text: what other programs read in it, beside a project that Excel itself has made."""

import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import olefile
import pytest
import xlsxwriter
import xlwings
from oletools.olevba import VBA_Parser, decompress_stream
from pyopenvba import check_file

from qingdan_xl.vba.project import vba_project
from qingdan_xl.vba.sources import Base, Document, Kind, Module, document_module, read_module

DOCUMENTS = (Document("ThisWorkbook", Base.WORKBOOK), Document("Sheet1", Base.SHEET))
GREETING = 'Attribute VB_Name = "Greeting"\nOption Explicit\n\nPublic Sub Greet()\n    MsgBox "hi"\nEnd Sub\n'
COUNTER = (
    "VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  'True\r\nEND\r\n"
    'Attribute VB_Name = "Counter"\r\nAttribute VB_GlobalNameSpace = False\r\nAttribute VB_Creatable = False\r\n'
    "Attribute VB_PredeclaredId = False\r\nAttribute VB_Exposed = False\r\nPublic Count As Long\r\n"
)
MODULES = (read_module(GREETING), read_module(COUNTER))
PROJECT = vba_project(MODULES, DOCUMENTS)
WITH_EXCEL = Path(xlwings.__file__).parent


def made_by_excel() -> bytes:
    """A project that Excel has written: the one in xlwings' own quickstart workbook."""
    with ZipFile(WITH_EXCEL / "quickstart.xlsm") as book:
        return book.read("xl/vbaProject.bin")


def stream(project: bytes, name: str) -> bytes:
    """One stream of a project, by olefile with every defect an error."""
    with olefile.OleFileIO(io.BytesIO(project), raise_defects=olefile.DEFECT_UNSURE) as file:
        assert file.parsing_issues == []
        return bytes(file.openstream(name).read())


def records(project: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record of the dir stream."""
    plain, place = bytes(decompress_stream(bytearray(stream(project, "VBA/dir")))), 0
    while place < len(plain):
        number, size = struct.unpack_from("<HI", plain, place)
        size = 6 if number == 0x0009 else size  # PROJECTVERSION counts half of itself
        yield number, plain[place + 6 : place + 6 + size]
        place += 6 + size


def decrypted(value: str) -> tuple[int, bytes]:
    """The project's key and the plain data of CMG, DPB or GC: Data Decryption, [MS-OVBA] §2.4.3.3."""
    data = bytes.fromhex(value)
    seed, version, key = data[0], data[0] ^ data[1], data[0] ^ data[2]
    plain, last = bytearray(), key
    for place in range(3, len(data)):
        last = data[place] ^ (data[place - 2] + last & 0xFF)
        plain.append(last)
    assert version == 2
    told = plain[(seed & 6) // 2 :]
    assert int.from_bytes(told[:4], "little") == len(told) - 4
    return key, bytes(told[4:])


def protection(project: bytes) -> dict[str, bytes]:
    """What the PROJECT stream says about protection, password and visibility, checked against the project's id."""
    text = stream(project, "PROJECT").decode("ascii")
    values = dict(re.findall(r'^(ID|CMG|DPB|GC)="(.*)"', text, re.MULTILINE))
    key = sum(values.pop("ID").encode()) & 0xFF
    found = {name: decrypted(value) for name, value in values.items()}
    assert {each for each, _ in found.values()} == {key}
    return {name: plain for name, (_, plain) in found.items()}


def workbook(folder: Path) -> Path:
    """A workbook of one sheet with the project in it."""
    path, binary = folder / "macros.xlsm", folder / "vbaProject.bin"
    binary.write_bytes(PROJECT)
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
        book.add_vba_project(binary)
    return path


def test_strict_olevba_reads_every_module() -> None:
    """olevba, which forgives nothing when not relaxed, finds the source of each module as it was written."""
    parser = VBA_Parser("vbaProject.bin", data=PROJECT, relaxed=False)

    found = {name: code.replace("\r\n", "\n") for _, _, name, code in parser.extract_macros()}

    assert found == {
        "ThisWorkbook.cls": document_module(DOCUMENTS[0]).source,
        "Sheet1.cls": document_module(DOCUMENTS[1]).source,
        "Greeting.bas": GREETING,
        "Counter.cls": MODULES[1].source,
    }


def test_pyopenvba_has_nothing_to_say(tmp_path: Path) -> None:
    """A workbook with the project passes the check of zip, parts, relations and project."""
    report = check_file(workbook(tmp_path))

    assert list(report.issues) == []
    assert report.complete


def test_the_same_sources_give_the_same_bytes() -> None:
    """Nothing of the moment gets in; another source gives another project."""
    assert vba_project(MODULES, DOCUMENTS) == PROJECT
    assert vba_project(MODULES[:1], DOCUMENTS) != PROJECT


def test_records_stand_as_excel_writes_them() -> None:
    """The records of the dir stream come in the order of Excel's own, references of other libraries aside."""
    compatible, references = 0x004A, {0x0016, 0x003E, 0x000D, 0x000E, 0x002F, 0x0030, 0x0033}
    ours = [number for number, _ in records(PROJECT) if number not in references]
    excels = [number for number, _ in records(made_by_excel()) if number not in references | {compatible}]

    kinds = {0x0021: "kind", 0x0022: "kind"}
    assert [kinds.get(number, number) for number in ours] == [kinds.get(number, number) for number in excels]


def test_language_and_kinds_are_told() -> None:
    """The language is 0x0409, whatever the machine's; documents and classes are told from procedures."""
    told = list(records(PROJECT))

    assert [data for number, data in told if number in (0x0002, 0x0014)] == [struct.pack("<I", 0x0409)] * 2
    assert [number for number, _ in told if number in (0x0021, 0x0022)] == [0x0022, 0x0022, 0x0021, 0x0022]


def test_a_project_is_open_to_everybody_as_one_of_excel() -> None:
    """Decrypted, the three values say what those of Excel's project say: not protected, no password, visible."""
    assert protection(PROJECT) == protection(made_by_excel())
    assert protection(PROJECT) == {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}


def test_the_project_names_its_modules_by_kind() -> None:
    """Documents, procedures and classes each have their line; every module has its window line."""
    text = stream(PROJECT, "PROJECT").decode("ascii")

    assert re.findall(r"^(Document|Module|Class)=([^\r]*)", text, re.MULTILINE) == [
        ("Document", "ThisWorkbook/&H00000000"),
        ("Document", "Sheet1/&H00000000"),
        ("Module", "Greeting"),
        ("Class", "Counter"),
    ]
    assert re.findall(r"^(\w+)=0, 0, 0, 0, C\r$", text, re.MULTILINE) == [
        "ThisWorkbook",
        "Sheet1",
        "Greeting",
        "Counter",
    ]


def test_names_stand_in_both_alphabets() -> None:
    """PROJECTwm holds each name twice and ends with two zeros."""
    names = ["ThisWorkbook", "Sheet1", "Greeting", "Counter"]

    assert stream(PROJECT, "PROJECTwm") == b"".join(
        f"{name}\0".encode() + f"{name}\0".encode("utf-16-le") for name in names
    ) + bytes(2)


def test_a_class_gets_the_attributes_of_its_stream() -> None:
    """What an exported class leaves out stands in its stream: its base above all; it keeps what it has."""
    counter = read_module(COUNTER)

    assert counter.kind is Kind.CLASS
    assert counter.source.count("VB_GlobalNameSpace") == 1
    assert 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\n' in counter.source
    assert counter.source.endswith("Public Count As Long\n")


def test_documents_have_the_attributes_of_excel() -> None:
    """A sheet's module reads letter for letter as the one that Excel has written."""
    parser = VBA_Parser("vbaProject.bin", data=made_by_excel())
    excels = {name: code for _, _, name, code in parser.extract_macros()}

    for document in DOCUMENTS:
        assert document_module(document).source == excels[f"{document.name}.cls"].replace("\r\n", "\n")


def test_modules_of_xlwings_are_taken_whole() -> None:
    """The two files of xlwings that are built in hold plain ASCII and come out as they went in."""
    runner = read_module((WITH_EXCEL / "xlwings.bas").read_text("ascii"))
    words = read_module((WITH_EXCEL / "addin" / "Dictionary.cls").read_text("ascii"))

    project = vba_project([runner, words], DOCUMENTS)

    parser = VBA_Parser("vbaProject.bin", data=project, relaxed=False)
    found = {name: code.replace("\r\n", "\n") for _, _, name, code in parser.extract_macros()}
    assert found["xlwings.bas"] == runner.source
    assert found["Dictionary.cls"] == words.source


def source_in(project: bytes, name: str) -> str:
    """The text of a module that Excel has written, from behind what it has compiled."""
    offsets = [int.from_bytes(data, "little") for number, data in records(project) if number == 0x0031]
    names = [data.decode("ascii") for number, data in records(project) if number == 0x001A]
    compressed = stream(project, f"VBA/{name}")[dict(zip(names, offsets, strict=True))[name] :]
    return bytes(decompress_stream(bytearray(compressed))).decode("ascii").replace("\r\n", "\n")


def test_a_class_reads_as_excel_writes_it() -> None:
    """From its exported file the class of xlwings is letter for letter the one that Excel has written."""
    with ZipFile(WITH_EXCEL / "addin" / "xlwings.xlam") as book:
        addin = book.read("xl/vbaProject.bin")
    exported = (WITH_EXCEL / "addin" / "Dictionary.cls").read_text("ascii")

    assert read_module(exported).source == source_in(addin, "Dictionary")


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (Module("Greeting", Kind.PROCEDURES, "a\n' 你好\n"), "Greeting, line 2: not ASCII"),
        (Module("Greeting", Kind.PROCEDURES, "x" * 1024), "Greeting, line 1: longer than 1023 characters"),
        (Module("1st", Kind.PROCEDURES, ""), "1st: no name for a module"),
        (Module("x" * 32, Kind.PROCEDURES, ""), "no name for a module"),
        (Module("sheet1", Kind.PROCEDURES, ""), "sheet1: two modules of one name"),
    ],
    ids=["chinese", "long line", "digit", "long name", "twice"],
)
def test_sources_that_office_would_not_take_are_refused(module: Module, said: str) -> None:
    """Chinese in a source shows right only on some machines; the others would not load at all."""
    with pytest.raises(ValueError, match=said):
        vba_project([module], DOCUMENTS)


def test_text_without_a_name_is_no_module() -> None:
    """A module is named by its first line."""
    with pytest.raises(ValueError, match="VB_Name"):
        read_module("Option Explicit\n")
