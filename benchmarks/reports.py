"""A thousand 述责报告 in one run: how many a second on one core, how the memory stands, and docxtpl beside it."""

import resource
import time
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from docxtpl import DocxTemplate
from invented import AS_OF
from jinja2 import Environment
from rich.console import Console
from summary import UNITS, invented_year

from qingdan_xl.reports.about import every_unit
from qingdan_xl.reports.bars import Bar
from qingdan_xl.reports.declared import OF_ONE
from qingdan_xl.reports.inserting import shown
from qingdan_xl.reports.shipped import DUTY_REPORT, templates
from qingdan_xl.reports.template import FILTERS
from qingdan_xl.reports.variables import values
from qingdan_xl.store import open_store
from qingdan_xl.verbs.report import Wish, report_year
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.workspace.folder import Workspace

_ROUNDS = 3
_BESIDE = 20  # reports by docxtpl alone: more of them only take longer
_MEGA = 1024


def main() -> None:
    """Measure a run for everybody a few times, and docxtpl for some of them."""
    console = Console()
    with TemporaryDirectory() as folder:
        workspace = invented_year(Path(folder), UNITS)
        for number in range(1, _ROUNDS + 1):
            console.print(f"第 {number} 轮：{_run(workspace)}")
        console.print(f"docxtpl 逐份打开模板、填入、保存（不含取数、落盘）：{_beside(workspace):.1f} 份/秒")


def _run(workspace: Workspace) -> str:
    """One run for everybody, in words; the first report comes when everything is read."""
    marks: list[tuple[float, float, int]] = []

    def progress(done: int, total: int) -> None:
        if done in {1, total // 10, total}:
            marks.append((time.process_time(), time.perf_counter(), _resident()))

    started = time.process_time()
    made = report_year(workspace, AS_OF, Wish(kinds=(DUTY_REPORT,)), progress)
    (first, first_wall, _), (_, _, early), (last, last_wall, late) = marks
    count = len(made.reports) - 1
    size = sum(report.path.stat().st_size for report in made.reports) / len(made.reports) / _MEGA
    return (
        f"{len(made.reports):,} 份，读数 {first - started:.1f} 秒；"
        f"写 {count / (last - first):.0f} 份/秒（CPU），{count / (last_wall - first_wall):.0f} 份/秒（时钟）；"
        f"每份 {size:.0f} KB；内存写到一成时 {early} MB，写完 {late} MB，峰值 {_peak()} MB"
    )


def _beside(workspace: Workspace) -> float:
    """Reports a second of CPU by docxtpl as its manual has it, given the same values as text."""
    template = templates()[DUTY_REPORT]()
    with closing(open_store(workspace)) as store:
        year, _ = load_year(workspace, store, AS_OF)
        contexts = [_plain(values(OF_ONE, about)) for about, _ in zip(every_unit(year), range(_BESIDE), strict=False)]
    environment = Environment(autoescape=True)
    environment.filters |= FILTERS
    started = time.process_time()
    for context in contexts:
        word = DocxTemplate(BytesIO(template))
        word.render(context, environment)
        word.save(BytesIO())
    return len(contexts) / (time.process_time() - started)


def _plain(value: object) -> object:
    """Values as docxtpl takes them: texts, and no pictures."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return "" if isinstance(value, Bar) else shown(value)


def _resident() -> int:
    """Megabytes that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // _MEGA**2


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGA


if __name__ == "__main__":
    main()
