"""make bench: what we do beside what a user would pick instead, on the sample year, in one run on this machine."""

import resource
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd
from rich.console import Console
from rich.table import Table

from qingdan_xl.collecting.collect import sent_out
from qingdan_xl.collecting.examine import Context, Task, examine
from qingdan_xl.demo.run import AS_OF, run_demo
from qingdan_xl.documents import parse
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.samples import sample_documents
from qingdan_xl.store import Store
from qingdan_xl.summary.standing import load_batches, plans_of
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.verbs.summarize import summarize_year
from qingdan_xl.workspace.folder import Workspace

REPEATS = 3


def seconds(work: Callable[[], object]) -> float:
    """The best of a few runs, in seconds."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def saved_by_openpyxl(template: bytes) -> bytes:
    """Open a finished template and save it under another name, as a script for mass mailing would."""
    buffer = BytesIO()
    openpyxl.load_workbook(BytesIO(template)).save(buffer)
    return buffer.getvalue()


def main() -> None:
    """Run the sample year once, then measure each step on what it left."""
    table = Table("步骤", "量", "qingdan", "对照", "对照做法", "倍数", title="qingdan bench")

    def row(step: str, amount: str, ours: float, theirs: float | None = None, how: str = "") -> None:
        times = f"{theirs / ours:.1f}" if theirs else ""
        table.add_row(step, amount, f"{ours * 1000:.1f} ms", f"{theirs * 1000:.1f} ms" if theirs else "", how, times)

    with TemporaryDirectory() as folder:
        root = Path(folder) / "演示"
        row("全年流程", "16 个单位", seconds_once(lambda: run_demo(root, lambda _line: None, replace_old=False)))
        workspace = Workspace(root)
        documents = sample_documents()
        size = sum(map(len, documents.values()))
        row("解析", f"{size // 1024} KB", seconds(lambda: [parse(name, data) for name, data in documents.items()]))

        store = Store(workspace.database)
        plan = next(iter(plans_of(load_batches(store), store.issued()).values()))
        options = Options(tuple(workspace.settings.categories), workspace.settings.calendar(date(2026, 1, 5)))
        workbook = unit_workbook(plan, options)
        duties = sum(len(sheet.rows) for sheet in plan.sheets)
        copied = seconds(lambda: saved_by_openpyxl(workbook))
        made = seconds(lambda: unit_workbook(plan, options))
        row("生成一个填报表", f"{duties} 项", made, copied, "openpyxl 打开模板另存")

        returned = next(path for path in sorted(workspace.inbox.iterdir()) if path.name.startswith(plan.unit.name))
        context = Context(sent_out(store, workspace))
        read = seconds(lambda: examine(Task(returned, returned.name), context))
        frames = seconds(lambda: pd.read_excel(returned, sheet_name=None, engine="openpyxl"))
        row("读取并检查一个填报表", f"{returned.stat().st_size // 1024} KB", read, frames, "pandas.read_excel，只读")
        row("汇总", "16 个单位", seconds(lambda: summarize_year(workspace, AS_OF)))
        row("考核", "16 个单位", seconds(lambda: assess_year(workspace, AS_OF)))
        store.close()
    Console().print(table)
    Console().print(f"内存峰值 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def seconds_once(work: Callable[[], object]) -> float:
    """One run, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
