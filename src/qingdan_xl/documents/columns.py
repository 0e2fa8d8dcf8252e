"""What the columns of a list or a score sheet hold, by their headings and by how they are filled."""

import re
from collections.abc import Sequence
from itertools import pairwise

from qingdan_xl.documents.holders import holder
from qingdan_xl.documents.numbering import marker
from qingdan_xl.documents.source import Row

# The first row one of whose words stands in the heading wins; ^…$ is the whole heading.
COLUMNS: dict[str, str] = {
    "number": "^序号?$ ^编号$ ^项次$ ^条款$",
    "points": r"^(?:标准|基本|基准|满|应得|考核|总)?(?:分值?|分数|权重|配分)(?:[（(].{1,6}[）)])?$ 分值",
    "blank": "^得分$ 自评 ^考核得分$ ^实得 ^扣分(?!标准|办法|细则) ^扣减$ ^应得$ ^备注$ ^评分$ ^复核 ^核定 "
    "^(?:进展|完成|落实)情况$ ^考评分$ ^[考评]分$",
    "person": r"^(?:具体|直接|第一|主要|工作)?(?:责任人|负责人|责任领导|联系人|经办人|承办人)(?:姓名)?$ "
    r"^(?:牵头|分管|包保|包联|联系|挂点)(?:县|市|区|镇|校|院)?领导$ ^姓名$",
    "department": "(?:考核|考评|评分|评价|打分|计分)(?:责任)?(?:部门|单位|科室|主体|人) 负责考核",
    "level": "[二三四]级指标",
    "project": r"^(?:反馈|存在|主要|具体|发现|整改|突出|查摆|巡察)*(?:的)?问题(?:内容|描述|表现|清单|事项)?$ "
    "考[核评]项目 ^项目$ 工作项目 评[分价]项目 项目名称 [检巡]查项目 ^(?:职权|权力|权责|事项|服务)名称$",
    "item": "责任事项 工作任务 任务内容 履[责职](?:内容|事项) 责任内容 职责内容 工作内容 任务名称 工作事项 责任清单 "
    "重点(?:工作|任务|事项) "
    "考[核评](?:内容|指标|要点) [检巡]查内容 具体(?:任务|内容) 主要内容 "
    "评[分价](?:内容|指标|要素) (?:职责|任务)$ ^(?:事项|指标|内容|要求|责任|责任条款)$",
    "group": "类别 类型 一级指标 板块 领域 维度 分类 ^指标体系$ ^方面$ ^模块$",
    "content": "措施 举措 任务分解 标准 办法 细则 目标 时限 频次 要求 方式 依据 完成时间 说明 评分 材料 周期 进度",
    "holder": "责任(?:单位|主体|部门|人|领导|岗位|科室) 牵头 配合 协办 主办 承办 岗位 职务 角色 主体 部门 "
    "单位 责任层级",
}
_TIME = re.compile(
    r"^(?:(?:计划|拟|要求)?(?:完成|办结|整改|办理|落实|报送|上报|任务|截止|到位)?(?:时限|时间|期限|日期)(?:要求|节点|安排)?|"
    r"时间节点|(?:工作|开展|履职)?(?:频次|周期|频率)(?:要求)?)$"
)
_PATTERNS = {name: re.compile("|".join(words.split())) for name, words in COLUMNS.items()}
_LONGEST = 14
_FEWEST_NAMED = 2
_FEWEST_ROWS = 3
_LATEST_HEAD = 4
NUMBER = re.compile(r"[0-9０-９]+(?:[.．。][0-9０-９]+)?\s*分?")


def column_of(heading: str) -> str:
    """What a column with this heading holds; '' where the heading says nothing known."""
    plain = re.sub(r"\s", "", heading)
    if not plain or len(plain) > _LONGEST:
        return ""
    return next((name for name, words in _PATTERNS.items() if words.search(plain)), "")


def is_time(heading: str) -> bool:
    """Whether the cells below this heading say by when or how often."""
    return bool(_TIME.match(re.sub(r"\s", "", heading)))


def layout(rows: Sequence[Row], before: Sequence[str] = ()) -> tuple[int, list[str]]:
    """Where the body of a table begins, and what each of its columns holds; exactly one is the `item`.

    A table without headings goes on with the columns of the one `before` it, where it is as wide. Beside the names of
    COLUMNS there are `group-points` and `group-number` (the points and the number of the group before the item) and
    `merged-holder` (who holds, named once over several rows). A second row of headings refines the first.
    """
    for at, row in enumerate(rows[:_LATEST_HEAD]):
        if is_heading_row(row.cells):
            names = [column_of(cell) for cell in row.cells]
            start = at + 1
            while start < len(rows) and _is_second_heading(names, rows[start].cells):
                names = _refined(names, rows[start].cells)
                start += 1
            return start, _settled(names, rows[start:])
    if before and max(len(row.cells) for row in rows) == len(before):
        return 0, list(before)
    return 0, _settled(_guessed(rows), rows)


def is_heading_row(cells: Sequence[str]) -> bool:
    """Whether these cells are headings: two known names or more, and no number."""
    if any(NUMBER.fullmatch(cell) for cell in cells if cell):
        return False
    return len({cell for cell in cells if column_of(cell)}) >= _FEWEST_NAMED


def _is_second_heading(names: Sequence[str], cells: Sequence[str]) -> bool:
    """Further headings under a merged one: names only, and nothing where the number would stand."""
    said = [cell for name, cell in zip(names, cells, strict=False) if cell and name != "number"]
    numbered = any(
        name == "number" and cell and column_of(cell) != "number" for name, cell in zip(names, cells, strict=False)
    )
    return len(said) >= _FEWEST_NAMED and not numbered and all(column_of(cell) for cell in said)


def _refined(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    below = [column_of(cell) for cell in cells] + [""] * max(0, len(names) - len(cells))
    above = [*names, *([""] * max(0, len(below) - len(names)))]
    return [inner or outer for outer, inner in zip(above, below, strict=True)]


def _guessed(rows: Sequence[Row]) -> list[str]:
    """Without headings: the column with most text is the item, a first one of numbers numbers it."""
    width = max(len(row.cells) for row in rows)
    columns = [[row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]] for at in range(width)]
    longest = max(range(width), key=lambda at: sum(map(len, columns[at])))
    names = ["points" if columns[at] and all(map(NUMBER.fullmatch, columns[at])) else "content" for at in range(width)]
    names[longest] = "item"
    if longest and all(NUMBER.fullmatch(cell) or marker(f"{cell}、") for cell in columns[0]):
        names[0] = "number"
    return names


def _settled(names: list[str], body: Sequence[Row]) -> list[str]:
    columns = [[row.cells[at] if at < len(row.cells) else "" for row in body] for at in range(len(names))]
    names = _with_item(_with_groups(names, columns), columns)
    item = names.index("item")
    projects = [at for at in range(item) if names[at] == "project"]
    if projects and _each_its_own(columns[projects[-1]], columns[item]):
        # Every row names another project: then this is the item, and what stood as item is its content.
        names[projects[-1]], names[item] = "item", "content"
        item = projects[-1]
    for at in (at for at in range(item) if not names[at] and _is_sparse(columns[at], columns[item])):
        names[at] = "group"
    names = ["group" if name == "project" else name for name in names]
    for at in (at for at, name in enumerate(names[:item]) if name == "number"):
        if names[at + 1] == "group" and _counts_groups(columns[at], columns[at + 1], columns[item]):
            names[at] = "group-number"
    points = [at for at, name in enumerate(names) if name == "points"]
    if points and points[0] < item and (len(points) > 1 or _is_sparse(columns[points[0]], columns[item])):
        names[points[0]] = "group-points"
    for at, name in enumerate(names):
        if name == "person" and at < item and _holds(columns[at]):
            names[at] = "merged-holder"
        if name in {"", "group"} and at < item and not {"holder", "level"} & set(names) and _all_hold(columns[at]):
            names[at] = "merged-holder"
        if name == "holder" and (at < item or _is_sparse(columns[at], columns[item])):
            names[at] = "merged-holder"
    return names


def _with_groups(names: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """Without an item a project named once over several rows is their group, and the content after it the item."""
    found = list(names)
    contents = [at for at, name in enumerate(names) if name == "content"]
    projects = [at for at, name in enumerate(names) if name == "project"]
    if {"item", "level"} & set(names) or not contents or not projects:
        return found
    at = projects[-1]
    if at < contents[0] and _is_sparse(columns[at], columns[contents[0]]):
        found[at], found[contents[0]] = "group", "item"
    return found


def _with_item(names: list[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """Exactly one item column: of several the last before the contents; without one the last group, else a content.

    A group named once for several rows stays one where a column without a known heading or a content follows it.
    """
    items = [at for at, name in enumerate(names) if name in {"item", "level"}]
    for at in items[:-1]:
        names[at] = "group" if names[at] == "level" else "project"
    for at in items[-1:]:
        names[at] = "item"
    for wanted in ("project", "group", "content", "holder", ""):
        if "item" in names:
            break
        places = [at for at, name in enumerate(names) if name == wanted]
        if wanted == "group" and places and (inner := _inside(places[-1], names, columns)):
            names[inner] = "item"
        elif places:
            names[places[-1] if wanted in {"project", "group"} else places[0]] = "item"
    if "item" not in names:
        names[-1] = "item"
    return names


def _inside(group: int, names: Sequence[str], columns: Sequence[Sequence[str]]) -> int:
    """The first column of text behind a group that is named once for several of its cells, 0 where there is none."""
    inner = next((at for at in range(group + 1, len(names)) if names[at] in {"", "content"}), 0)
    return inner if inner and _is_sparse(columns[group], columns[inner]) else 0


def _each_its_own(column: Sequence[str], items: Sequence[str]) -> bool:
    said = [cell for cell, item in zip(column, items, strict=True) if item]
    return len(said) >= _FEWEST_ROWS and all(said) and len(set(said)) == len(said)


def _counts_groups(numbers: Sequence[str], groups: Sequence[str], items: Sequence[str]) -> bool:
    """Whether the numbers before a group column are those of the groups: they change with them, not with the items."""
    changes = _changes(numbers)
    return changes == _changes(groups) and len(changes) < len(_changes(items))


def _holds(column: Sequence[str]) -> bool:
    """Whether the cells of a column before the item name posts (街道河长), not people."""
    said = [cell for cell in column if cell]
    return bool(said) and sum(1 for cell in said if holder(cell)) * 2 > len(said)


def _all_hold(column: Sequence[str]) -> bool:
    """Whether every cell of a column before the item names a holder, and not all of them the same."""
    said = {cell for cell in column if cell}
    return len(said) >= _FEWEST_NAMED and all(map(holder, said))


def _changes(column: Sequence[str]) -> list[int]:
    """The rows in which a column says something else than before."""
    said = [(at, cell) for at, cell in enumerate(column) if cell]
    return [at for (_, before), (at, cell) in pairwise([(-1, ""), *said]) if cell != before]


def _is_sparse(column: Sequence[str], items: Sequence[str]) -> bool:
    """Whether a column is filled once for several rows: empty in some that have an item."""
    said = [bool(cell) for cell, item in zip(column, items, strict=True) if item]
    return any(said) and not all(said) and said[0]
