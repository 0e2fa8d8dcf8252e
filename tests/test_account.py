"""Nothing is lost: every sign of a document that is no white space is in exactly one place of its account."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan_xl.documents import as_json, parse
from qingdan_xl.documents.parsing import parse_source
from qingdan_xl.documents.source import Grid, Paragraph, Row, Source
from qingdan_xl.documents.textfile import read_markdown, read_text
from qingdan_xl.model import Checklist, Place

DOCUMENTS = sorted(path for path in (Path(__file__).parent / "documents").iterdir() if path.suffix in {".txt", ".md"})
LINES = st.sampled_from(
    (
        *(
            "2026年责任清单",
            "一、镇长职责",
            "（一）抓学习",
            "1.每月巡河1次。",
            "2.每年述职。",
            "每季度通报一次。",
            "说明",
            "",
        ),
        *(
            "第一条 为了管理，制定本办法。",
            "第二条 河长履行下列职责：",
            "前款所称问题，包括非法排污。",
            "- 3 -",
            "##a b##",
        ),
        *(
            "##begin##",
            "序号|任务|分值",
            "1|检查|5",
            "合计||5",
            "|---|---|---|",
            "序号",
            "任务",
            "分值",
            "3",
            "附件2",
            "篇二：",
        ),
        *(
            "情况报告",
            "一是抓学习XX次。二是抓检查XX次。",
            "特此报告。",
            "2026年1月5日",
            "本文仅供参考",
            "<b>2.抓培训</b>",
        ),
    )
)
ARTICLE = """青禾镇河长办法
第一条 河长履行下列职责：
（一）每月巡河1次；
（二）按时报告。
前款所称报告，是指书面报告。
"""


def signs(text: str) -> int:
    """The signs of a text that are no white space."""
    return len("".join(text.split()))


def counted(checklists: tuple[Checklist, ...]) -> int:
    """The signs of all accounts."""
    return sum(sum(checklist.account.signs.values()) for checklist in checklists)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_all_signs_of_a_document_are_accounted_for(path: Path) -> None:
    """The places of the account add up to the document."""
    read = read_markdown if path.suffix == ".md" else read_text
    source = read(path.name, path.read_bytes())

    text = "".join(part.text for part in source.parts if isinstance(part, Paragraph))

    assert counted(parse_source(source)) == signs(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=24))
def test_all_signs_of_any_lines_are_accounted_for(lines: list[str]) -> None:
    """Whatever lines come in whatever order, none of their signs is lost or counted twice."""
    assert counted(parse("x.txt", "\n".join(lines).encode())) == signs("".join(lines))


def test_signs_of_duties_are_those_of_their_texts() -> None:
    """What the account gives to duties stands in the duties: numbers and texts, and the stops between them."""
    text = "青禾镇责任清单\n为抓落实，制定本清单。\n一、镇长职责\n1.每月巡河1次。\n2.每年述职。\n镇长（签字）\n"

    (checklist,) = parse("x.txt", text.encode())

    told = sum(signs(f"{duty.number}.{duty.text}") for duty in checklist.duties)
    assert checklist.account.signs == {
        Place.TITLE: 7,
        Place.HEADING: 6,
        Place.PREAMBLE: 11,
        Place.DUTY: told,
        Place.TAIL: 6,
        Place.FURNITURE: 0,
    }


def test_account_in_json_lists_what_is_in_no_duty() -> None:
    """The JSON account has the counts and every line that is left aside with its place."""
    text = f"{ARTICLE}- 2 -\n"

    account = json.loads(json.dumps(as_json(parse("x.txt", text.encode()))))["documents"][0]["account"]

    assert account["characters"] == signs(text)
    assert account["lines"] == [
        {"line": 6, "place": "furniture", "text": "- 2 -"},
        {"line": 5, "place": "tail", "text": "前款所称报告，是指书面报告。"},
    ]


def test_closing_paragraph_of_an_article_is_told() -> None:
    """A paragraph after the last item of an article is in no duty: a doubt with its line says so."""
    (checklist,) = parse("x.txt", ARTICLE.encode())

    assert [duty.text for duty in checklist.duties] == ["每月巡河1次；", "按时报告。"]
    assert [(doubt.code, doubt.line) for doubt in checklist.warnings] == [("aside", 5)]


def test_rows_of_a_sheet_are_accounted_for() -> None:
    """Titles, headings, rows and totals of a sheet add up to its cells, a merged cell counted once."""
    rows = (
        ("2026年检查表", "2026年检查表", "2026年检查表"),
        ("序号", "检查内容", "分值"),
        ("一、组织", "一、组织", "5"),
        ("1", "每月检查1次", "5"),
        ("", "合计", "5"),
    )
    grid = Grid(tuple(Row(at, cells) for at, cells in enumerate(rows, 1)))

    (checklist,) = parse_source(Source("检查表.xlsx", (grid,)))

    assert checklist.title == "2026年检查表"
    assert [(section.number, section.title) for section in checklist.roles[0].sections] == [("一", "组织")]
    assert counted((checklist,)) == signs("2026年检查表序号检查内容分值一、组织51每月检查1次5合计5")
