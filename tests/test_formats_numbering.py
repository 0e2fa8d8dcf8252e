"""Word's automatic numbering is read as Word prints it, although no text of the document holds it."""

import pytest

from office import Office
from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.formats.word.numberformats import enclosed, written
from qingdan_xl.documents.source import Paragraph
from word_samples import abstract, docx, level, num, p

OVERRIDE = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'


def numbers(body: str, **parts: str) -> list[str]:
    """The printed numbers of a document's paragraphs."""
    return [part.number for part in read_source("x.docx", docx(body, **parts)).parts if isinstance(part, Paragraph)]


def listed(*places: tuple[int, int]) -> str:
    """Paragraphs that belong to these lists and levels."""
    return "".join(p("抓落实", place) for place in places)


@pytest.mark.parametrize(
    ("style", "counts", "shown"),
    [
        ("decimal", (1, 12), "1 12"),
        ("decimalZero", (1, 12), "01 12"),
        ("decimalFullWidth", (1, 12), "１ １２"),
        ("chineseCounting", (1, 10, 11, 20, 99, 100), "一 十 十一 二十 九十九 一〇〇"),
        ("chineseCountingThousand", (10, 21, 101, 110, 1001), "十 二十一 一百零一 一百一十 一千零一"),
        ("japaneseCounting", (2, 19, 30), "二 十九 三十"),
        ("ideographDigital", (9, 10, 21), "九 一〇 二一"),
        ("chineseLegalSimplified", (1, 10, 25), "壹 壹拾 贰拾伍"),
        ("decimalEnclosedCircle", (1, 20, 21, 50, 51), "① ⑳ ㉑ ㊿ 51"),
        ("decimalEnclosedParen", (1, 20, 21), "⑴ ⒇ 21"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("lowerLetter", (1, 26, 27, 53), "a z aa aaa"),
        ("upperLetter", (2, 28), "B BB"),
        ("lowerRoman", (4, 9, 1994), "iv ix mcmxciv"),
        ("upperRoman", (3, 40), "III XL"),
        ("bullet", (1, 2), " "),
        ("thaiLetters", (3,), "3"),
    ],
)
def test_number_formats(style: str, counts: tuple[int, ...], shown: str) -> None:
    """Each number format of Word writes its numbers as Word does; one that is not known writes Arabic digits."""
    assert " ".join(written(count, style) for count in counts) == shown


@pytest.mark.parametrize(("text", "sign"), [("1", "①"), ("36", "㊱"), ("51", "（51）"), ("一", "㊀"), ("甲", "（甲）")])
def test_enclosed_signs(text: str, sign: str) -> None:
    """What Word draws into a circle becomes the one sign for it, or stands in brackets."""
    assert enclosed(text) == sign


def test_levels_restart_under_each_outer_one() -> None:
    """一、（一）1. restart under each heading above them, as the levels of one list."""
    lists = abstract(
        0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
    ) + num(1, 0)

    found = numbers(listed((1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)), numbering=lists)

    assert found == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_a_number_shows_outer_levels() -> None:
    """第1章 and 1.1 count together; isLgl writes the outer level in digits."""
    lists = abstract(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ) + num(1, 0)

    found = numbers(listed((1, 0), (1, 1), (1, 2), (1, 0), (1, 1), (1, 1), (1, 2)), numbering=lists)

    assert found == ["第一章", "一.1", "1.1.1", "第二章", "二.1", "二.2", "2.2.1"]


def test_restart_rules() -> None:
    """LvlRestart 0 never starts anew; 1 starts anew under the first level only."""
    lists = abstract(
        0,
        level(0, "decimal", "%1"),
        level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>'),
    ) + num(1, 0)

    found = numbers(listed((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)), numbering=lists)

    assert found == ["1", "1", "1", "2", "2", "2", "3", "1"]


def test_lists_of_one_definition_go_on_and_overrides_start_anew() -> None:
    """Two lists of one definition share their count; a startOverride counts from its value, once."""
    lists = abstract(0, level(0, "decimal", "%1.", start=3))
    lists += num(1, 0) + num(2, 0) + num(3, 0, OVERRIDE.format(1))

    found = numbers(listed((1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (3, 0)), numbering=lists)

    assert found == ["3.", "4.", "1.", "2.", "3.", "4."]


def test_an_override_may_replace_a_level() -> None:
    """A level in lvlOverride holds for that list only."""
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, own)

    assert numbers(listed((1, 0), (2, 0)), numbering=lists) == ["1.", "B)"]


def test_numbering_comes_from_styles() -> None:
    """A style and those it is based on number a paragraph; numId 0 takes the number away again."""
    lists = abstract(
        0,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'),
    ) + num(7, 0)
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>'
        "</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = (
        p("甲", style="H1")
        + p("乙", style="H2")
        + p("丙", style="Mine")
        + p("丁", (0, 0), "H1")
        + p("戊", style="Loop")
    )

    source = read_source("x.docx", docx(body, numbering=lists, styles=styles))
    found = [(part.number, part.level) for part in source.parts if isinstance(part, Paragraph)]

    assert found == [("一、", 1), ("（一）", 0), ("二、", 1), ("", 1), ("", 0)]


def test_a_list_defined_by_a_numbering_style() -> None:
    """NumStyleLink leads to the definition that the numbering style names."""
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Ours"/></w:abstractNum>'
        + abstract(1, level(0, "decimal", "第%1条"))
        + num(1, 0)
        + num(2, 1)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Ours"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )

    assert numbers(listed((1, 0), (1, 0)), numbering=lists, styles=styles) == ["第1条", "第2条"]


@pytest.mark.parametrize("place", [(9, 0), (1, 8), (1, 99999999999999)])
def test_lists_that_are_not_there_number_nothing(place: tuple[int, int]) -> None:
    """A list or level without definition gives no number, and no fault."""
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)

    assert numbers(listed(place), numbering=lists) in ([""], ["1."])


def test_numbered_empty_paragraphs_count() -> None:
    """An empty numbered paragraph is left out, but the next one has the next number, as in Word."""
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)

    assert numbers(p("甲", (1, 0)) + p("", (1, 0)) + p("乙", (1, 0)), numbering=lists) == ["1.", "3."]


def test_numbers_are_those_that_libreoffice_prints(office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Another reader of Word's numbering, which shares no code with this one, prints the same numbers."""
    styles = (
        "decimal",
        "chineseCountingThousand",
        "japaneseCounting",
        "decimalEnclosedCircle",
        "lowerLetter",
        "upperRoman",
    )
    lists = "".join(abstract(at, level(0, style, "（%1）")) for at, style in enumerate(styles))
    lists += abstract(
        20, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)")
    )
    lists += "".join(num(at + 1, at) for at in range(len(styles)))
    lists += num(20, 20) + num(21, 20, OVERRIDE.format(5)) + num(22, 20)
    places = [(at + 1, 0) for at in range(len(styles)) for _ in range(30)]
    places += [
        (20, 1),
        (20, 0),
        (20, 1),
        (20, 2),
        (20, 2),
        (20, 1),
        (20, 2),
        (21, 0),
        (21, 1),
        (21, 0),
        (22, 0),
        (20, 0),
    ]
    folder = tmp_path_factory.mktemp("numbers")
    document = folder / "清单.docx"
    document.write_bytes(docx(listed(*places), numbering=lists))

    printed = office.save_as("txt:Text (encoded):UTF8", document, folder).read_text("utf-8-sig").split("\n")

    assert numbers(listed(*places), numbering=lists) == [
        "".join(line.split()).removesuffix("抓落实") for line in printed if line
    ]
