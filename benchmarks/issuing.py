"""Issuing to ten thousand units, beside the same workbook built cell by cell: time a file, memory, size."""

import random
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec, TypeVar

import openpyxl
import xlsxwriter
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from rich.console import Console
from rich.table import Table

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.documents import master_workbook
from qingdan_xl.documents.blanks import blanks_of
from qingdan_xl.issuing.issue import issue
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.model import Checklist, Duty, Kind, Per, Person, Role, Roster, Section, Target, TargetKind, Unit
from qingdan_xl.roster import roster_workbook
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.verbs.issue import issue_year
from qingdan_xl.workspace.files import appearing_folder, save
from qingdan_xl.workspace.folder import Workspace

YEAR, UNITS, DUTIES = 2026, 10_000, 30
WAYS = 20  # in which units divide the work among their people
RUNS, WIDTH = 3, 120
BUILD = Path(__file__).parents[1] / "build"  # a disk as a year folder's, which a system's temporary folder need not be
OPTIONS = Options(tuple(CATEGORIES), Calendar(YEAR, date(YEAR, 1, 5)))
FIELDS = ("党建", "安全生产", "意识形态", "基层治理", "生态环保", "财务", "人事", "宣传", "信访", "应急")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "甲乙丙丁戊己庚辛壬癸子丑寅卯"
PERS = (Per.YEAR, Per.HALF_YEAR, Per.QUARTER)
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pace:
    """What issuing took: seconds and processor seconds a workbook, the smallest and the largest, the peak of memory.

    Sizes and memory are in bytes.
    """

    seconds: float
    processor: float
    smallest: int
    largest: int
    memory: int

    def cells(self) -> tuple[str, ...]:
        """As they stand in the table."""
        times = f"{self.seconds * 1000:.2f} ms", f"{self.processor * 1000:.2f} ms"
        return (*times, f"{self.smallest:,}–{self.largest:,}", f"{self.memory >> 20} MB")


def main() -> None:
    """Issue in processes of their own, so that their memory is their own; build one of the workbooks by other means."""
    columns = "做法", "每个文件", "其中处理器", "文件字节数", "内存峰值", "比它快"
    table = Table(*columns, title="下发：每个单位 4 张清单各 30 项，责任矩阵 8 人")
    BUILD.mkdir(exist_ok=True)
    # all is deleted at the end: a file system may be slow to give out again what was deleted just before
    with TemporaryDirectory(dir=BUILD) as folder:
        place = Path(folder)
        few, _ = apart(issued, place / "few", UNITS // 5, WAYS)
        runs = [apart(issued, place / f"{number}", UNITS, WAYS) for number in range(RUNS)]
        usual, sample = min(runs, key=lambda run: run[0].seconds)
        own, _ = apart(issued, place / "own", UNITS // 5, UNITS // 5)
        words, _ = apart(issued, place / "words", UNITS // 5, WAYS, words=True)
        apart(year_folder, place / "year", UNITS, WAYS)
        verb = apart(whole_verb, place / "year")
    table.add_row(f"生成并写盘，{UNITS // 5:,} 个单位", *few.cells())
    table.add_row(f"生成并写盘，{UNITS:,} 个单位", *usual.cells(), "1")
    table.add_row(f"同上，{UNITS // 5:,} 个单位分工各不相同", *own.cells())
    table.add_row(f"同上，{UNITS // 5:,} 个单位每张清单 10 项填本单位名称", *words.cells())
    table.add_row(f"整个 qingdan issue，{UNITS:,} 个单位，共 {verb.seconds * UNITS:.0f} 秒", *verb.cells())
    cells = list(pages(sample))
    for what, build in (("openpyxl 逐格写同一个表", by_openpyxl), ("XlsxWriter 逐格写同一个表", by_xlsxwriter)):
        seconds = best(partial(build, cells))
        table.add_row(what, f"{seconds * 1000:.1f} ms", "", "", "", f"{seconds / usual.seconds:.0f} 倍")
    Console(width=WIDTH).print(table)


def apart(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Do the work in another process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **named).result()


def issued(folder: Path, units: int, ways: int, *, words: bool = False) -> tuple[Pace, bytes]:
    """Issue to so many units into a folder, as the verb does; the pace, and one of the workbooks.

    With `words` the texts of some duties differ from unit to unit.
    """
    batch, sizes, data = many_units(units, ways), [], b""
    batch = with_own_words(batch) if words else batch
    folder.mkdir()
    start, worked = time.perf_counter(), time.process_time()
    with appearing_folder(folder / batch.id) as place:
        for file in issue(batch, OPTIONS):
            (place / file.name).write_bytes(file.data)
            data = file.data
            sizes.append(len(data))
    return pace(start, worked, sizes), data


def year_folder(root: Path, units: int, ways: int) -> None:
    """A year folder with the list and the roster of so many units."""
    batch, workspace = many_units(units, ways), Workspace.create(root, YEAR)
    save(workspace.checklists / "清单.xlsx", master_workbook(batch.checklists[0]))
    save(workspace.roster, roster_workbook(batch.roster))


def whole_verb(root: Path) -> Pace:
    """All that `qingdan issue` does: read list and roster, check, issue, write 下发清单, keep it in the store."""
    start, worked = time.perf_counter(), time.process_time()
    made = issue_year(Workspace(root), lambda _done, _total: None)
    sizes = [path.stat().st_size for path in made.folder.iterdir() if path != made.manifest]
    return pace(start, worked, sizes)


def pace(start: float, worked: float, sizes: list[int]) -> Pace:
    """The pace since then, of workbooks of these sizes."""
    spent, worked = time.perf_counter() - start, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Pace(spent / len(sizes), worked / len(sizes), min(sizes), max(sizes), memory)


def many_units(count: int, ways: int) -> Batch:
    """A batch of four sheets of thirty duties and eight people a unit, who divide the work in so many ways."""
    dice = random.Random(YEAR)  # noqa: S311 - names by chance keep no secret
    divisions = [[tuple(dice.sample(FIELDS, dice.randint(0, 2))) for _ in range(8)] for _ in range(ways)]
    units, people = [], []
    for number in range(count):
        units.append(Unit(f"U{number:05d}", f"第{number:05d}村", "村"))
        names = dict.fromkeys(name_by_chance(dice) for _ in range(12))
        for place, name in enumerate(list(names)[:8]):
            role = ("主要负责人",) if place == 0 else ("班子成员",) if place < 3 else ()  # noqa: PLR2004 - two of them
            people.append(Person(name, units[-1].name, "干部", role, divisions[number % ways][place]))
    roles = tuple(role_by_chance(dice, name) for name in ("领导班子", "主要负责人", "班子成员"))
    lists = (Checklist("清单.txt", "年度清单", YEAR, Kind.CHECKLIST, roles),)
    return Batch("2026-01", "2026年度责任清单", YEAR, date(YEAR, 12, 20), lists, Roster(tuple(units), tuple(people)))


def with_own_words(batch: Batch) -> Batch:
    """The batch with the unit's name at the head of every third duty."""
    (checklist,) = batch.checklists
    roles = tuple(replace(role, sections=tuple(map(opened, role.sections))) for role in checklist.roles)
    blanks = (replace(blank, source="单位名称") for blank in blanks_of(checklist.title, roles))
    return replace(batch, checklists=(replace(checklist, roles=roles, blanks=tuple(blanks)),))


def opened(section: Section) -> Section:
    """The section with an open place in every third duty."""
    duties = section.duties
    texts = (f"由*牵头，{duty.text}" if not index % 3 else duty.text for index, duty in enumerate(duties))
    return replace(section, duties=tuple(replace(duty, text=text) for duty, text in zip(duties, texts, strict=True)))


def name_by_chance(dice: random.Random) -> str:
    """A name of two or three characters, and now and then of four, which needs a higher row."""
    length = dice.choices((1, 2, 3), (30, 67, 3))[0]
    return dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=length))


def role_by_chance(dice: random.Random, name: str) -> Role:
    """A role with thirty duties, every second of which asks for activities that are counted."""
    duties = []
    for number in range(1, DUTIES + 1):
        text = f"围绕{dice.choice(FIELDS)}工作，{name}第{number}项：召集有关科室逐条核对上一阶段任务的落实情况，"
        text += "对没有按时办结的事项说明原因、提出补救办法并明确到人，结果在会上通报，同时记入台账备查。"
        category = dice.choice(tuple(CATEGORIES)[:8])
        target = Target(category, category, TargetKind.COUNT, Decimal(1), "次", dice.choice(PERS), category=category)
        duties.append(Duty(f"{name}{number:02d}", str(number), text, targets=(target,) if number % 2 else ()))
    return Role(name, sections=(Section("一", "重点工作", tuple(duties)),))


def pages(workbook: bytes) -> Iterator[tuple[str, list[Cell]]]:
    """The cells of a workbook by sheet: what the others build again, without checks, locks and conditional formats."""
    for sheet in openpyxl.load_workbook(BytesIO(workbook)).worksheets:
        yield sheet.title, [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell)]


def by_openpyxl(cells: list[tuple[str, list[Cell]]]) -> bytes:
    """The cells with font, fill, frame and alignment, built with openpyxl."""
    book, buffer = openpyxl.Workbook(), BytesIO()
    side = Side(style="thin", color="B8C2CC")
    look = {
        "font": Font(name="仿宋", size=11),
        "fill": PatternFill("solid", fgColor="F4F4F2"),
        "border": Border(side, side, side, side),
        "alignment": Alignment(wrap_text=True, vertical="center"),
    }
    for title, of_sheet in cells:
        page = book.create_sheet(title)
        for cell in of_sheet:
            made = page.cell(cell.row, cell.column, cell.value)
            for part, value in look.items():
                setattr(made, part, value)
    book.save(buffer)
    return buffer.getvalue()


def by_xlsxwriter(cells: list[tuple[str, list[Cell]]]) -> bytes:
    """The cells with font, fill, frame and alignment, built with XlsxWriter."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        look = {"font_name": "仿宋", "bg_color": "#F4F4F2", "border": 1, "border_color": "#B8C2CC", "text_wrap": True}
        style, day = book.add_format(look), book.add_format({**look, "num_format": "yyyy-mm-dd"})
        for title, of_sheet in cells:
            page = book.add_worksheet(title)
            for cell in of_sheet:
                page.write(cell.row - 1, cell.column - 1, cell.value, day if cell.is_date else style)
    return buffer.getvalue()


def best(work: Callable[[], object]) -> float:
    """The best of three runs, in seconds."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


if __name__ == "__main__":
    main()
