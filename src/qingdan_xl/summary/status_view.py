"""`qingdan status` as rich tables."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qingdan_xl.counting.lights import NEAR, OVERDUE, SHORT
from qingdan_xl.sheets.summary import LIGHT_KEYS
from qingdan_xl.summary.intake import LATE, MISSING, RETURNED
from qingdan_xl.summary.status import Status, UnitStatus

_STYLES = {"逾期": "bold red", "欠缺": "yellow", "临近": "cyan", "完成": "green"}
_STATES = {RETURNED: "", LATE: "yellow", MISSING: "bold red"}
_EXAMPLE = 36
_MOST_UNITS = 40  # a screen


def render(status: Status) -> RenderableType:
    """The whole screen: counts, the units with their lights, score sheets, refused files, and what is due next."""
    return Group(*_parts(status))


def _parts(status: Status) -> Iterator[RenderableType]:
    yield Text(f"{status.title}  截至 {status.as_of}", style="bold")
    yield Text(
        f"下发 {status.sent} ＝ 已交回 {status.returned}（迟交 {len(status.late)}）＋ 未交回 {len(status.missing)}"
        f"    报送期限 {status.deadline}"
    )
    outcomes = " ＋ ".join(f"{word} {number}" for word, number in status.files.items())
    yield Text(f"找到文件 {sum(status.files.values())} ＝ {outcomes}")
    yield _units(status)
    if status.missing:
        yield Text(f"未交回：{_names(status.missing)}", style=_STATES[MISSING])
    if status.scores:
        yield _scores(status)
    if status.refused:
        yield _refused(status)
    if status.upcoming:
        yield _upcoming(status)


def _scores(status: Status) -> Table:
    table = Table("评分组", title="评分表", title_justify="left")
    for heading in ("发出", "已交回", "未交回"):
        table.add_column(heading, justify="right")
    table.add_column("等谁", overflow="fold")
    for group in status.scores:
        counts = (str(group.sent), str(group.returned), str(len(group.missing)))
        table.add_row(Text(group.group), *counts, Text(_listed(group.missing)))
    return table


def _names(names: Sequence[str]) -> str:
    return f"{_listed(names)} 个单位" if len(names) > _MOST_UNITS else _listed(names)


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_MOST_UNITS])
    return f"{shown}等 {len(names)}" if len(names) > _MOST_UNITS else shown


def _worst(units: Sequence[UnitStatus]) -> Sequence[UnitStatus]:
    """All units in their order; of more than a screen holds those that are most behind."""
    if len(units) <= _MOST_UNITS:
        return units
    return sorted(units, key=lambda unit: [-unit.lights.get(word, 0) for word in (OVERDUE, SHORT, NEAR)])[:_MOST_UNITS]


def _units(status: Status) -> Table:
    shown = _worst(status.units)
    left_out = (
        f"（最滞后的 {len(shown)} 个；共 {len(status.units)} 个，全部见汇总）" if shown is not status.units else ""
    )
    # no blanks beside the lines: the names of units need the room on a screen of eighty characters
    table = Table(title=f"各单位事项预警{left_out}", title_justify="left", show_footer=True, padding=0)
    table.add_column("单位", footer="合计", overflow="fold")
    table.add_column("交回")
    for word in LIGHT_KEYS:
        table.add_column(word, justify="right", footer=str(status.lights[word]))
    for unit in shown:
        lights = [_count(word, unit.lights.get(word)) for word in LIGHT_KEYS]
        table.add_row(Text(unit.unit), Text(unit.state, style=_STATES[unit.state]), *lights)
    return table


def _count(word: str, number: int | None) -> Text:
    """A number in the light's colour; a dash where the unit did not return, so that it is not read as none."""
    if number is None:
        return Text("—", style="dim")
    return Text(str(number), style=_STYLES.get(word, "") if number else "dim")


def _refused(status: Status) -> Table:
    more = f"（前 {_MOST_UNITS} 个；共 {len(status.refused)} 个，全部见汇总的“未报送”）"
    table = Table(title=f"退回的文件{more if len(status.refused) > _MOST_UNITS else ''}", title_justify="left")
    for heading in ("文件", "单位", "原因与建议"):
        table.add_column(heading, overflow="fold")
    for file in status.refused[:_MOST_UNITS]:
        table.add_row(Text(file.path), Text(file.unit or "不明"), Text(file.why))
    return table


def _upcoming(status: Status) -> Table:
    table = Table("日期", title="接下来的期限", title_justify="left")
    for heading in ("还有（天）", "单位", "事项"):
        table.add_column(heading, justify="right")
    table.add_column("例如", overflow="fold")
    for due in status.upcoming:
        example = due.example if len(due.example) <= _EXAMPLE else f"{due.example[:_EXAMPLE]}…"
        table.add_row(str(due.day), str(due.days), str(due.units), str(due.duties), Text(example))
    return table
