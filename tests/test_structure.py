"""Documents of many shapes -> roles, sections, duties: each document stands beside the outline that is expected."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outlines import outline
from qingdan_xl.documents import as_json, parse
from qingdan_xl.documents.numbering import STYLES, Style, marker
from qingdan_xl.model import Checklist
from qingdan_xl.problems import CATALOGUE, Problem, UnusableError

DOCUMENTS = sorted(path for path in (Path(__file__).parent / "documents").iterdir() if path.suffix in {".txt", ".md"})
# what lists are made of, so that random texts hit the parser's own cases
_PIECES = st.sampled_from(
    (
        *("一、", "二、", "（一）", "（1）", "1.", "2.", "10、", "第一条", "第一，", "①", "一是", "附件1", "篇二："),
        *("每年", "不少于2次", "每月1次", "年底前", "扣1分", "（5分）", "得2分", "扣完为止", "2026年"),
        *("党支部职责", "校长", "履行下列职责：", "责任清单", "##a##", "*", "XX", "|", "\t", "\n", "\n\n", " ", "　"),
        *("。", "，", "；", "、", "“", "”", "（", "《", "》"),
    )
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_has_the_outline_beside_it(path: Path) -> None:
    """A document of each shape is read into the roles, sections, duties and demands of its .outline file."""
    expected = path.with_suffix(".outline").read_text("utf-8")

    assert outline(parse(path.name, path.read_bytes())) == expected


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_of_number_reads_its_own_examples(style: Style) -> None:
    """The table of styles is true: each row reads its examples as numbers of its kind."""
    found = [marker(example) for example in style.examples]

    assert [one.style.rstrip("0123456789") if one else None for one in found] == [style.name] * len(style.examples)


@pytest.mark.parametrize(
    "text", ["2026年1月", "3.5%的资金", "第五条规定的事项", "12345热线", "一岗双责", "三会一课", "第一责任人"]
)
def test_numbers_in_words_are_no_numbering(text: str) -> None:
    """Dates, shares, hotlines and set phrases at a line's head do not number it."""
    assert marker(text) is None


def test_lines_are_those_of_the_file() -> None:
    """The line of a duty counts from 1 in the file, empty lines and removed marks included."""
    text = "青禾镇责任清单\n\n##begin##\n一、镇长职责\n\n1.每月巡河1次。\n2.每年述职一次。\n"

    duties = parse("清单.txt", text.encode())[0].duties

    assert [duty.line for duty in duties] == [6, 7]


def test_other_formats_are_refused_with_a_code() -> None:
    """Bytes that are no document are the coded problem that names the suffix."""
    with pytest.raises(UnusableError) as raised:
        parse("清单.exe", b"MZ\x90")

    assert [found.code for found in raised.value.problems] == ["unsupported-document"]
    assert ".exe" in str(raised.value)


def test_text_without_duties_is_told() -> None:
    """A text that holds no list gives one empty checklist with the doubt no-duties."""
    found = parse("说明.txt", "今天天气很好。".encode())

    assert [doubt.code for doubt in found[0].warnings] == ["no-duties"]
    assert found[0].duties == ()


def test_a_text_that_stands_twice_is_told() -> None:
    """The second of two duties with the same words is named with the line of the first."""
    text = "2026年青禾镇责任清单\n1.每月组织一次消防安全检查并做好记录。\n2.每月组织一次消防安全检查并做好记录。\n"

    (found,) = parse("清单.txt", text.encode())

    assert [(doubt.code, doubt.line) for doubt in found.warnings] == [("repeated-text", 3)]
    assert "第 2 行" in found.warnings[0].message


def test_json_holds_the_contract() -> None:
    """The JSON object has the fields of the contract: whole numbers as int, upper limits marked, no period as null."""
    text = "2026年青禾镇河长责任清单\n1.每月巡河不少于2次。\n2.全年会议不超过3次。\n3.水质达标率不低于97.5%。\n"

    document = json.loads(json.dumps(as_json(parse("清单.txt", text.encode()))))["documents"][0]
    targets = [duty["targets"][0] for duty in document["roles"][0]["sections"][0]["duties"]]

    assert (document["source"], document["year"], document["kind"]) == ("清单.txt", 2026, "checklist")
    assert [target["at_least"] for target in targets] == [2, 3, 97.5]
    assert [target["at_most"] for target in targets] == [False, True, False]
    assert [target["per"] for target in targets] == ["month", "year", None]
    assert targets[2] == {
        "text": "水质达标率不低于97.5%",
        "activity": "水质达标率",
        "kind": "ratio",
        "at_least": 97.5,
        "at_most": False,
        "unit": "%",
        "per": None,
        "due": [],
    }


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(_PIECES, st.text(st.characters(exclude_categories=["Cc", "Cn", "Co", "Cs"]), max_size=6)), max_size=60
    ).map("".join)
)
def test_any_text_gives_an_answer(text: str) -> None:
    """Whatever the text, parsing gives checklists whose doubts are in the catalogue; ids are unique."""
    checklists = parse("x.txt", text.encode())

    assert checklists
    for checklist in checklists:
        assert {doubt.code for doubt in checklist.warnings} <= CATALOGUE.keys()
        ids = [duty.id for duty in checklist.duties]
        assert len(ids) == len(set(ids))
    json.dumps(as_json(checklists))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer_or_a_coded_problem(data: bytes) -> None:
    """Bytes that are no text are refused with a code of the catalogue, never with a traceback."""
    try:
        found: list[Checklist | Problem] = [*parse("x.txt", data)]
    except UnusableError as refused:
        found = [*refused.problems]

    assert all(isinstance(one, Checklist) or one.code in CATALOGUE for one in found)
    assert found


@pytest.mark.parametrize("sign", ["_", "…", "*", "-", "　", "（"])
def test_a_long_run_of_one_sign_is_read_at_once(sign: str) -> None:
    """A line to be filled in that is far too long takes no longer than any other of its length."""
    text = f"青禾镇工作报告\n一、召开会议{sign * 20000}次。\n二、每年总结1次。\n"

    assert [duty.number for duty in parse("报告.txt", text.encode())[0].duties] == ["一", "二"]
