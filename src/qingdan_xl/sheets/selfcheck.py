"""What 一键检查 adds to a unit's workbook: the sheet with its findings, and the very hidden one its macro reads."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.identity import Block

FINDINGS = Sheet(
    "finding",
    "检查结果",
    "点“填报说明”右上角的“一键检查”，按填报的要求核对全表，结果写在这里；改好以后再点一次。"
    "责任事项文字、事项编号有没有被改动，收表时再核对。",
    (
        Column("code", "代码", width=18, hidden=True),
        Column("sheet", "工作表", Type.LONG, width=24),
        Column("cell", "单元格", width=10),
        Column("what", "问题", Type.LONG, width=62),
        Column("advice", "怎么办", Type.LONG, width=48),
    ),
)
CHECK_TITLE = "_check"

# the tables of the very hidden sheet, side by side as those of `_qingdan`; each begins at the cell that bears its name
TEXTS = Block(0, ("text", "value"))
# a row a column: the sheet's key and title ('' for the duty sheets), what may stand above it (parted by line ends)
COLUMNS = Block(
    3,
    ("sheet", "title", "key", "heading", "names", "type", "list", "required", "editable", "answer", "hidden"),
)
CODES = Block(15, ("code", "what", "advice"))
DUES = Block(19, ("row_id", "due"))  # the dates that the list gives
UNSEEN = Block(22, ("first", "last"))  # runs of characters that nobody sees
TABLES = {
    "qd_check_texts": TEXTS,
    "qd_check_columns": COLUMNS,
    "qd_check_codes": CODES,
    "qd_check_dues": DUES,
    "qd_check_unseen": UNSEEN,
}
