"""summarize beside the script that most people would write, pandas and openpyxl: 1,000 units of 60 duties; and 10,000.

python benchmarks/summary.py [rounds, 2 by default]
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from invented import AS_OF, invented_store
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from rich.console import Console
from rich.table import Table

from qingdan_xl.sheets.declaration import Type
from qingdan_xl.store import Store
from qingdan_xl.summary.frames import Frames, frames
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.workbook import table_sheets
from qingdan_xl.verbs.summarize import gather, summarize_year
from qingdan_xl.workspace.folder import Workspace

UNITS, MANY = 1_000, 10_000
ROUNDS = 2


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of the processor, and the most memory, in MB."""

    clock: float
    cpu: float
    memory: int


def invented_year(folder: Path, units: int) -> Workspace:
    """A year folder whose store holds the returns of invented units."""
    workspace = Workspace.create(folder / f"{units}个单位", AS_OF.year)
    with closing(Store(workspace.database)) as store:
        store.connection.execute("PRAGMA synchronous=OFF")  # nothing here is worth waiting for the disk
        invented_store(store, units)
    return workspace


def ours(workspace: Workspace) -> Cost:
    """From the store to 汇总.xlsx and 看板.html."""
    return _spent(lambda: summarize_year(workspace, AS_OF))


def script(workspace: Workspace) -> Cost:
    """The script for the workbook alone: it is given our counted tables, so that only its writing is measured."""
    material = gather(workspace, AS_OF)
    tables = frames(material)
    return _spent(lambda: by_script(material, tables, workspace.root / "对照.xlsx"))


WAYS = {"ours": ours, "script": script}


def _spent(work: Callable[[], object]) -> Cost:
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Cost(time.perf_counter() - clock, time.process_time() - cpu, memory)


def by_script(material: Material, tables: Frames, path: Path) -> None:
    """Every table on its sheet with to_excel, then headings, borders, wrapped texts and widths by openpyxl."""
    side = Side(style="thin", color="B8C2CC")
    border, bold, wrapped = Border(side, side, side, side), Font(bold=True), Alignment(wrap_text=True)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for sheet in table_sheets(material, tables):
            named = tables[sheet.key].rename(columns={column.key: column.heading for column in sheet})
            named.to_excel(writer, sheet_name=sheet.title, index=False)
            page = writer.sheets[sheet.title]
            for number, column in enumerate(sheet, 1):
                page.column_dimensions[get_column_letter(number)].width = column.width
                page.cell(1, number).font = bold
            long = {number for number, column in enumerate(sheet) if column.type is Type.LONG}
            for row in page.iter_rows(min_row=2):
                for number, cell in enumerate(row):
                    cell.border = border
                    if number in long:
                        cell.alignment = wrapped
            page.freeze_panes = "B2"
            page.auto_filter.ref = page.dimensions


def alone(way: str, workspace: Workspace) -> Cost:
    """What a way costs in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this very script
        [sys.executable, __file__, way, str(workspace.root)], check=True, capture_output=True, text=True
    )
    clock, cpu, memory = done.stdout.split()
    return Cost(float(clock), float(cpu), int(memory))


def best(costs: list[Cost]) -> Cost:
    """The least of each."""
    return Cost(min(c.clock for c in costs), min(c.cpu for c in costs), min(c.memory for c in costs))


def main(rounds: int) -> None:
    """Make the years, let both ways take turns, and print the table."""
    headings = ("做法", "单位", "用时", "处理器", "倍数", "内存峰值")
    table = Table(*headings, title=f"从数据库到汇总（每单位 60 项，{rounds} 轮交替，取最小）")
    with TemporaryDirectory() as folder:
        year = invented_year(Path(folder), UNITS)
        taken: dict[str, list[Cost]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way, costs in taken.items():
                costs.append(alone(way, year))
        fast, slow = best(taken["ours"]), best(taken["script"])
        table.add_row("qingdan summarize", f"{UNITS:,}", *_shown(fast, fast))
        table.add_row("pandas + openpyxl", f"{UNITS:,}", *_shown(slow, fast))
        many = invented_year(Path(folder), MANY)
        table.add_row("qingdan summarize", f"{MANY:,}", *_shown(alone("ours", many), fast))
        sizes = "、".join(f"{path.name} {path.stat().st_size / 1e6:.1f} MB" for path in sorted(many.results.iterdir()))
    Console().print(table)
    Console().print("倍数按处理器时间。对照的脚本拿到统计好的表，只写同样的工作表，不统计，也不做看板。")
    Console().print(f"{MANY:,} 个单位的成果：{sizes}")


def _shown(cost: Cost, base: Cost) -> tuple[str, str, str, str]:
    return f"{cost.clock:.1f} 秒", f"{cost.cpu:.1f} 秒", f"{cost.cpu / base.cpu:.1f}", f"{cost.memory} MB"


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        spent = WAYS[sys.argv[1]](Workspace(Path(sys.argv[2])))
        print(spent.clock, spent.cpu, spent.memory)
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
