"""Scoring ten thousand units of sixty duties on one core, and what else `qingdan assess` spends its time on."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from invented import AS_OF, invented_roster
from rich.console import Console
from rich.table import Table
from summary import invented_year

from qingdan_xl.assessment.items import Item, ItemRule
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook
from qingdan_xl.roster import roster_workbook
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Source
from qingdan_xl.verbs import assess
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.workspace.files import save
from qingdan_xl.workspace.folder import Workspace

UNITS = 10_000
WIDTH = 100
BUILD = Path(__file__).parents[1] / "build"  # a disk as a year folder's, which a system's temporary folder need not be
T = TypeVar("T")


@dataclass(slots=True)
class Watch:
    """Seconds and processor seconds of the parts of one run, by their names."""

    spent: dict[str, tuple[float, float]] = field(default_factory=dict)

    def over(self, name: str, work: Callable[..., T]) -> Callable[..., T]:
        """The same function, watched."""

        def watched(*arguments: object) -> T:
            start, worked = time.perf_counter(), time.process_time()
            try:
                return work(*arguments)
            finally:
                self.spent[name] = time.perf_counter() - start, time.process_time() - worked

        return watched


PARTS = (
    ("inputs_of", "读花名册和入库的填报，逐项清点"),
    ("assess_by", "打分、排名、定等次"),
    ("assessment_workbook", "写考核.xlsx"),
    ("save_cards", "写考核卡"),
)


def main() -> None:
    """Run the verb once on an invented year, its parts watched."""
    BUILD.mkdir(exist_ok=True)
    watch = Watch()
    with TemporaryDirectory(dir=BUILD) as folder:
        workspace = year_of(Path(folder))
        for name, _ in PARTS:
            setattr(assess, name, watch.over(name, getattr(assess, name)))
        made = watch.over("assess_year", assess_year)(workspace, AS_OF)
        lines = sum(len(item.score.trail) for item in made.assessment.results)
        size = made.workbook.path.stat().st_size
    Console(width=WIDTH).print(table(watch, lines, size))


def year_of(folder: Path) -> Workspace:
    """A year folder with the returns of ten thousand units, their roster and the scheme."""
    workspace = invented_year(folder, UNITS)
    save(workspace.roster, roster_workbook(invented_roster(UNITS)))
    save(workspace.scheme, scheme_workbook(scheme()))
    return workspace


def scheme() -> Scheme:
    """Seventy points by the duties, thirty by what counts itself, so that both ways of scoring are in it."""
    items = (
        Item("1", "履责", "清单履责", Decimal(70), Source.DUTIES),
        Item("2", "履责", "按期完成", Decimal(20), Source.RULES),
        Item("3", "履责", "达标情况", Decimal(10), Source.RULES),
    )
    rules = (
        ItemRule("2", ItemRuleKind.DEDUCT_EACH, "逾期事项数", Decimal("0.5"), cap=Decimal(10)),
        ItemRule("2", ItemRuleKind.DEDUCT_EACH, "缺次", Decimal("0.1"), free=Decimal(2)),
        ItemRule("3", ItemRuleKind.PROPORTION, "达标率", base=Decimal(100)),
    )
    return replace(default_scheme(), items=items, item_rules=rules)


def table(watch: Watch, lines: int, size: int) -> Table:
    """A row for each part, with its share of the whole in processor time."""
    title = f"考核：{UNITS:,} 个单位 × 60 项，得分明细 {lines:,} 行，考核.xlsx {size >> 20} MB"
    found = Table("步骤", "秒", "其中处理器", "占处理器", title=title, title_justify="left")
    whole = watch.spent["assess_year"]
    for name, words in (*PARTS, ("assess_year", "整个 qingdan assess")):
        seconds, processor = watch.spent[name]
        found.add_row(words, f"{seconds:.1f}", f"{processor:.1f}", f"{processor / whole[1]:.0%}")
    found.caption = f"打分的目标是一个处理器核 20 秒以内；内存峰值 {peak()} MB"
    return found


def peak() -> int:
    """The most memory that was taken, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
