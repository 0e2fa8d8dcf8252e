"""隔离/原因.xlsx: which files were refused, and why."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

REASONS = Sheet(
    "reasons",
    "隔离原因",
    "没有采用的文件和原因；原件在收件处，这里是副本",
    (
        Column("file", "文件", Type.LONG, width=40),
        Column("copy", "本文件夹中的副本", Type.LONG, width=40),
        Column("received", "收到日期", Type.DATE, width=13),
        Column("code", "代码", width=18),
        Column("what", "原因", Type.LONG, width=46),
        Column("advice", "怎么办", Type.LONG, width=40),
    ),
)
