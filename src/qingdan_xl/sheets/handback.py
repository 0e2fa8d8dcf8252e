"""需修改: the sheet at the front of a copy that goes back to its unit, with what is wrong and where."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

HANDBACK = Sheet(
    "handback",
    "需修改",
    "请逐条改正后再次报送；点“位置”可跳到该处。本表和批注不影响报送，不必删除",
    (
        Column("number", "条号", Type.COUNT, width=6),
        Column("place", "位置", width=34),
        Column("weight", "轻重", width=10),
        Column("what", "问题", Type.LONG, width=60),
        Column("advice", "怎么改", Type.LONG, width=46),
    ),
)
