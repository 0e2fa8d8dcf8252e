"""`qingdan status` as rich tables."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qingdan_xl.sheets.summary import LIGHT_KEYS
from qingdan_xl.summary.intake import LATE, MISSING, RETURNED
from qingdan_xl.summary.status import Status

_STYLES = {"逾期": "bold red", "欠缺": "yellow", "临近": "cyan", "完成": "green"}
_STATES = {RETURNED: "", LATE: "yellow", MISSING: "bold red"}
_EXAMPLE = 36


def render(status: Status) -> RenderableType:
    """The whole screen: a line of counts, the units with their lights, refused files, and what is due next."""
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
        yield Text(f"未交回：{'、'.join(status.missing)}", style=_STATES[MISSING])
    if status.refused:
        yield _refused(status)
    if status.upcoming:
        yield _upcoming(status)


def _units(status: Status) -> Table:
    table = Table(title="各单位事项预警", title_justify="left", show_footer=True)
    table.add_column("单位", footer="合计", overflow="fold")
    table.add_column("交回")
    for word in LIGHT_KEYS:
        table.add_column(word, justify="right", footer=str(status.lights[word]))
    for unit in status.units:
        lights = [_count(word, unit.lights.get(word)) for word in LIGHT_KEYS]
        table.add_row(Text(unit.unit), Text(unit.state, style=_STATES[unit.state]), *lights)
    return table


def _count(word: str, number: int | None) -> Text:
    """A number in the light's colour; a dash where the unit did not return, so that it is not read as none."""
    if number is None:
        return Text("—", style="dim")
    return Text(str(number), style=_STYLES.get(word, "") if number else "dim")


def _refused(status: Status) -> Table:
    table = Table(title="退回的文件", title_justify="left")
    for heading in ("文件", "单位", "原因与建议"):
        table.add_column(heading, overflow="fold")
    for file in status.refused:
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
