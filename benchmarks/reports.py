"""A thousand 述责报告 in one run: how many a second on one core, how the memory stands, and docxtpl beside it.

python benchmarks/reports.py [units, 1,000 by default]
"""

import resource
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from docxtpl import DocxTemplate
from invented import AS_OF, invented_roster
from jinja2 import Environment
from rich.console import Console
from summary import invented_year

from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook
from qingdan_xl.reports.about import every_unit
from qingdan_xl.reports.bars import Bar
from qingdan_xl.reports.declared import OF_ONE
from qingdan_xl.reports.expressions import in_chinese, with_stop
from qingdan_xl.reports.figures import Figure, Phrase
from qingdan_xl.reports.inserting import shown
from qingdan_xl.reports.shipped import DUTY_REPORT, templates
from qingdan_xl.reports.variables import values
from qingdan_xl.roster import roster_workbook
from qingdan_xl.store import open_store
from qingdan_xl.verbs.report import Wish, report_year
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.verbs.seal import Wish as SealWish
from qingdan_xl.verbs.seal import seal_year
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace

UNITS = 1_000
_ROUNDS = 3
_BESIDE = 20  # reports by docxtpl alone: more of them only take longer
_EARLIER = timedelta(days=90)  # as of which the seal of a year is made that differs from the data of now
_MEGA = 1024


def main(units: int) -> None:
    """Measure a run for everybody a few times, one under a seal that differs, and docxtpl for some of them."""
    console = Console()
    with TemporaryDirectory() as folder:
        workspace = invented_year(Path(folder), units)
        for number in range(1, _ROUNDS + 1):
            console.print(f"第 {number} 轮：{_run(workspace)}")
        _seal(workspace, units)
        console.print(f"另有与现在数据不同的定稿：{_run(workspace)}")
        console.print(f"docxtpl 逐份打开模板、填入、保存（不含取数、落盘）：{_beside(workspace):.1f} 份/秒")


@dataclass(slots=True)
class _Marks:
    """Processor and clock after the first report, when all was read, and after the last; memory at a tenth too."""

    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    early: int = 0

    def progress(self, done: int, total: int) -> None:
        """One more report is written."""
        if done in {1, total}:
            self.cpu.append(time.process_time())
            self.clock.append(time.perf_counter())
        if done * 10 <= total:
            self.early = _resident()


def _run(workspace: Workspace) -> str:
    """One run for everybody, in words; the first report comes when everything is read."""
    marks, started = _Marks(), time.process_time()
    made = report_year(workspace, AS_OF, Wish(kinds=(DUTY_REPORT,)), marks.progress)
    count, whole = len(made.reports) - 1, time.process_time() - started
    size = sum(report.path.stat().st_size for report in made.reports) / len(made.reports) / _MEGA
    return (
        f"{len(made.reports):,} 份，读数 {marks.cpu[0] - started:.1f} 秒；"
        f"写 {count / (marks.cpu[-1] - marks.cpu[0]):.0f} 份/秒（CPU），"
        f"{count / (marks.clock[-1] - marks.clock[0]):.0f} 份/秒（时钟）；"
        f"连读数在内 {len(made.reports) / whole:.0f} 份/秒；每份 {size:.0f} KB；"
        f"内存写到一成时 {marks.early} MB，写完 {_resident()} MB，峰值 {_peak()} MB"
    )


def _seal(workspace: Workspace, units: int) -> None:
    """Seal the results of an earlier day, so that they are worked out again beside those of now."""
    save(workspace.roster, roster_workbook(invented_roster(units)))
    save(workspace.scheme, scheme_workbook(default_scheme()))
    seal_year(workspace, AS_OF - _EARLIER, SealWish("张甲", open_reason="有单位没有交回"))


def _beside(workspace: Workspace) -> float:
    """Reports a second of CPU by docxtpl as its manual has it, given the same values as text."""
    template = templates()[DUTY_REPORT]()
    with closing(open_store(workspace)) as store:
        year, _ = load_year(workspace, store, AS_OF)
        contexts = [_plain(values(OF_ONE, about)) for about, _ in zip(every_unit(year), range(_BESIDE), strict=False)]
    environment = Environment(autoescape=True)
    environment.filters |= {"汉字": in_chinese, "句号": with_stop}
    started = time.process_time()
    for context in contexts:
        word = DocxTemplate(BytesIO(template))
        word.render(context, environment)
        word.save(BytesIO())
    return len(contexts) / (time.process_time() - started)


def _plain(value: object) -> object:
    """Values as docxtpl takes them: texts and numbers, and no pictures."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Phrase):
        return "".join(str(part) for part in value.parts)
    if isinstance(value, Figure):
        return value.value
    return "" if isinstance(value, Bar) else shown(value)


def _resident() -> int:
    """Megabytes that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // _MEGA**2


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGA


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else UNITS)
