"""The unit's workbook in words: docs/workbook.md, written from the declarations (`python -m` this module prints it)."""

import sys
from collections.abc import Iterator

from qingdan_xl.sheets.choices import CATEGORIES, PERIODS_OF_SIGNING, RACI, RECTIFICATION, RISK_LEVELS, STATUSES
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.own import OWN_SHEETS, OWN_TYPES
from qingdan_xl.sheets.unit import COVER_TITLE, DUTIES, HIDDEN_TITLE, LEDGERS, MATRIX, MATRIX_PERSON, SIGNATURES

_TYPES = {
    Type.TEXT: "文字",
    Type.LONG: "文字（可多行）",
    Type.DATE: "日期",
    Type.COUNT: "整数",
    Type.PERCENT: "百分数",
    Type.POINTS: "数字",
    Type.CHOICE: "选项",
    Type.PERSON: "人名",
    Type.TICK: "勾选",
}
_LISTS = {
    "status": "、".join(STATUSES),
    "category": "、".join(CATEGORIES),
    "person": "本单位人员",
    "duty": "本单位的责任事项",
    "rectification": "、".join(RECTIFICATION),
    "risk_level": "、".join(RISK_LEVELS),
    "raci": "、".join(f"{letter} {word}" for letter, word in RACI.items()),
}
_HEAD = f"""# 填报表里有什么

本页由 `sheets/` 中的声明生成（`make workbook-page`），与下发的填报表一致。

- 第一张是“{COVER_TITLE}”：怎么填、填报进度、预警的意思；最后一张 `{HIDDEN_TITLE}` 隐藏，记着这是谁的表。
- 每个角色一张责任清单，由个人担任的每人一张，如“班子成员-张甲”；领导班子、党支部等集体的清单按单位一张。
  几份清单有同一个角色的，表名写明是哪一份，如“主要负责人·安全生产”。
- 责任清单按 A4 横排打印到“预警”为止（有自有列的全部打印），右边的未达标时段、期数只在屏幕上看。
- “谁填”一栏：单位＝各单位填写；下发＝随表下发，已锁定；自动＝表中公式计算。
- 表头可以改成“也认”里的名称，列的先后不限；可以筛选、调整列宽行高、在右侧加自己的列。
"""
_COMPUTED = ("required", "done", "elapsed", "met", "missing", "light", "check")


def workbook_page() -> str:
    """The whole page in Markdown."""
    matrix = Sheet(MATRIX.key, MATRIX.title, MATRIX.purpose, (*MATRIX.columns, MATRIX_PERSON))
    periods = f"审签事项有：{'、'.join(PERIODS_OF_SIGNING)}。\n"
    parts = [_HEAD, *map(_section, (matrix, DUTIES, *LEDGERS)), _section(SIGNATURES), periods, _own()]
    return "\n".join(parts)


def _section(sheet: Sheet) -> str:
    head = (f"## {sheet.title}", "", f"{sheet.purpose}。", "")
    table = ("| 列 | 谁填 | 内容 | 选项 | 说明 | 也认 |", "|---|---|---|---|---|---|", *_rows(sheet), "")
    return "\n".join((*head, *table))


def _rows(sheet: Sheet) -> Iterator[str]:
    for column in sheet:
        cells = (
            f"{column.heading}{'（必填）' if column.required else ''}{'（隐藏）' if column.hidden else ''}",
            _filled_by(column),
            _TYPES[column.type],
            _LISTS.get(column.choices, ""),
            column.help,
            "、".join(column.aliases),
        )
        yield f"| {' | '.join(cells)} |"


def _filled_by(column: Column) -> str:
    if column.editable:
        return "单位"
    return "自动" if column.key in _COMPUTED else "下发"


def _own() -> str:
    types, sheets = "、".join(OWN_TYPES), "、".join(sheet.title for sheet in OWN_SHEETS)
    return f"## 自有列\n\n在 `qingdan.toml` 的 `[[自有列]]` 里加，类型有{types}，可以加在{sheets}。\n"


if __name__ == "__main__":
    sys.stdout.write(workbook_page())
