"""定稿说明 in a sealed 考核: what the result was made of, and who sealed it."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

SEAL = Sheet(
    "seal",
    "定稿说明",
    "本文件是定稿，程序不再改动它；内容被改过、输入有变动，下次运行 qingdan assess 时会说明",
    (
        Column("name", "项目", width=20),
        Column("value", "内容", Type.LONG, width=86),
        Column("help", "说明", Type.LONG, width=52),
    ),
)
