"""Copies from PDF: radicals instead of characters, characters drawn twice."""

import pytest

from qingdan_xl.documents.formats import read_source
from qingdan_xl.documents.formats.radicals import plain
from qingdan_xl.documents.source import Grid, Paragraph, Row
from word_samples import cell, docx, p, table


@pytest.mark.parametrize(
    ("copy", "text"),
    [
        ("卫⽣局⼀次", "卫生局一次"),
        ("卫⽣生局", "卫生局"),
        ("⼈人⼈人有责", "人人有责"),
        ("责责任任清清单单", "责任清单"),
        ("一一对应", "一一对应"),
        ("1122", "1122"),
        ("哈哈哈哈哈哈", "哈哈哈哈哈哈"),
    ],
)
def test_copies_become_plain(copy: str, text: str) -> None:
    """Radicals become their characters, doubled ones single; what people write twice stays."""
    assert plain(copy) == text


def test_copies_are_told() -> None:
    """A text, a table or a Word file with radicals is read with a doubt that shows where."""
    text = read_source("清单.txt", "1.卫⽣局每月检查。\n2.抓学习。\n".encode())
    word = read_source("清单.docx", docx(p("抓学习") + table([cell("卫⽣"), cell("乙")])))

    assert [part.text for part in text.parts if isinstance(part, Paragraph)] == ["1.卫生局每月检查。", "2.抓学习。"]
    assert [(note.code, note.message) for note in text.notes] == [
        ("pdf-copy", "有 1 处像是从 PDF 复制来的部首字或重复字（.卫⽣局每月），已换成常用汉字")
    ]
    assert word.parts[1] == Grid((Row(2, ("卫生", "乙")),))
    assert [note.code for note in word.notes] == ["pdf-copy"]


def test_other_texts_are_left_alone() -> None:
    """Without such signs nothing is changed and nothing told."""
    assert read_source("清单.txt", "1.人人有责，Ⅱ级响应，①抓学习。".encode()).notes == ()
