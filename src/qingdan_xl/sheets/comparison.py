"""对照.xlsx: two lists side by side, what became of each duty and each heading."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

# the word people read → what it is called in --json
CHANGES = {
    "新增": "added",
    "删去": "removed",
    "改要求": "demands",
    "改文字": "reworded",
    "移动": "moved",
    "改分值": "points",
    "改部门": "department",
    "改参照": "inherits",
    "填占位符": "filled",
    "改回占位符": "opened",
    "改序号": "renumbered",
    "占位符写法": "placeholder",
    "标点": "punctuation",
}
LEVELS = {"名称": "title", "角色": "role", "板块": "section"}
_LIST = Column("list", "清单", Type.LONG, width=24)
_CHANGES = Column("changes", "变动", width=16)
_BEFORE = Column("before", "原文", Type.LONG, width=52)
_AFTER = Column("after", "现文", Type.LONG, width=52)
_NOTE = Column("note", "说明", Type.LONG, width=36)
_NUMBERS = (Column("number_before", "原序号", width=8), Column("number_after", "现序号", width=8))

COMPARED_LISTS = Sheet(
    "compared_lists",
    "对照概览",
    "每份清单一行：多少事项没变，多少变了；一个事项可以有几种变动",
    (
        Column("list", "清单", Type.LONG, width=34),
        Column("source_before", "原文件", Type.LONG, width=22),
        Column("source_after", "现文件", Type.LONG, width=22),
        Column("duties_before", "原事项数", Type.COUNT, width=11),
        Column("duties_after", "现事项数", Type.COUNT, width=11),
        Column("same", "未变", Type.COUNT, width=7),
        *(Column(key, word, Type.COUNT, width=11) for word, key in CHANGES.items() if key != "inherits"),
        Column("headings", "标题变动", Type.COUNT, width=11),
        _NOTE,
    ),
)

CHANGED_HEADINGS = Sheet(
    "changed_headings",
    "名称、角色和板块",
    "清单名称、角色、板块标题的变动；红色划去的是删掉的字，绿色下划的是增加的字",
    (
        _LIST,
        Column("level", "层次", width=8),
        Column("role", "角色", width=16),
        _CHANGES,
        *_NUMBERS,
        _BEFORE,
        _AFTER,
        _NOTE,
    ),
)

CHANGED_DUTIES = Sheet(
    "changed_duties",
    "事项对照",
    "每个有变动的事项一行；红色划去的是删掉的字，绿色下划的是增加的字",
    (
        _LIST,
        _CHANGES,
        Column("role", "角色", width=16),
        Column("section", "板块", Type.LONG, width=20),
        *_NUMBERS,
        _BEFORE,
        _AFTER,
        _NOTE,
        Column("id", "事项编号", width=12),
    ),
)
