"""办法对比.xlsx: the same year under two schemes, who moves and why."""

from dataclasses import replace

from qingdan_xl.sheets.assessment import GROUP, POINTS
from qingdan_xl.sheets.declaration import Column, Sheet, Type

_UNIT = Column("unit", "单位", width=24)
_SIGNED = "+0.00####;-0.00####;0"
_WIDTH, _WIDE = 14, 17  # hold -100.123456 and, of many units together, -12345.123456
_CHANGE = Column("change", "增减", Type.POINTS, width=_WIDTH, number_format=_SIGNED)
_BEFORE = Column("before", "原得分", Type.POINTS, width=_WIDTH, number_format=POINTS)
_AFTER = Column("after", "现得分", Type.POINTS, width=_WIDTH, number_format=POINTS)

MOVES = Sheet(
    "scheme_moves",
    "得分变动",
    "同样的填报、数据和评分，按两个办法各算一遍；变动的在前，降分最多的排最前；得分空着的是未评",
    (
        GROUP,
        _UNIT,
        _BEFORE,
        _AFTER,
        _CHANGE,
        Column("rank_before", "原名次", Type.COUNT, width=8),
        Column("rank_after", "现名次", Type.COUNT, width=8),
        Column("grade_before", "原等次", width=10),
        Column("grade_after", "现等次", width=10),
        Column("reason", "主要原因", Type.LONG, width=52),
        Column("note", "现办法下的说明", Type.LONG, width=36),
    ),
)

SHIFTS = Sheet(
    "scheme_shifts",
    "变动原因",
    "每个单位哪一个项目、哪一条规则的得分不同；一个单位各行增减之和就是它的得分增减",
    (
        _UNIT,
        Column("item", "项目", Type.LONG, width=22),
        Column("rule", "规则", width=14),
        _BEFORE,
        _AFTER,
        _CHANGE,
        Column("lines_before", "原笔数", Type.COUNT, width=8),
        Column("lines_after", "现笔数", Type.COUNT, width=8),
        Column("why_before", "原依据", Type.LONG, width=46),
        Column("why_after", "现依据", Type.LONG, width=46),
    ),
)

ITEM_SUMS = Sheet(
    "scheme_items",
    "项目影响",
    "每个项目使多少单位降分、升分；合计降得最多的排最前",
    (
        Column("item", "项目", Type.LONG, width=30),
        Column("losing", "降分单位", Type.COUNT, width=10),
        Column("gaining", "升分单位", Type.COUNT, width=10),
        replace(_CHANGE, width=_WIDE),
        Column("worst", "降得最多的单位", width=24),
        Column("least", "它的增减", Type.POINTS, width=_WIDTH, number_format=_SIGNED),
    ),
)

RULE_CHANGES = Sheet(
    "scheme_rules",
    "办法差异",
    "两个办法不同的地方，逐条对照",
    (
        Column("part", "部分", width=14),
        Column("item", "项目", Type.LONG, width=28),
        Column("change", "变动", width=8),
        Column("before", "原办法", Type.LONG, width=56),
        Column("after", "现办法", Type.LONG, width=56),
    ),
)
