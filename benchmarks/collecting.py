"""collect beside bare readers, on thousands of filled workbooks: time a file, workers, memory.

python benchmarks/collecting.py [files, 2000 by default]; some five minutes on two cores that do nothing else.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook
from rich.console import Console
from rich.table import Table

from qingdan_xl.collecting.collect import collect, sent_out
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.demo.run import run_demo
from qingdan_xl.demo.staff import Habit, fill
from qingdan_xl.issuing.batches import batch_json
from qingdan_xl.issuing.hidden import identity_of
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch, fingerprint, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Person, Roster, Unit
from qingdan_xl.store import Issued, Outcome, Store
from qingdan_xl.workspace.folder import Workspace

FILES = 2_000
GROWN = 5  # times as many files, for the memory
ROUNDS = 3  # of each measurement, one after the other in turn
WORKERS = (1, 2)
BARE, PANDAS = "calamine 只读", "pandas+openpyxl 只读"
FILLED = 8  # forms filled one by one; the others differ from them in whose they are
BY_PANDAS = 20  # files that pandas reads: it takes long
LOOK_EVERY = 100  # files between two looks at how much memory the workers have taken
LOOKED_AT = date(2026, 12, 31)  # the logs are of the whole year
FRESH = "fresh.db"  # the store as it was before anything came back


def unit_id(number: int) -> str:
    """The id of a unit; it stands in its name too, so that one replacement makes a file another unit's."""
    return f"Q{number:05d}"


def batch_of(demo: Path, units: int) -> Batch:
    """The sample year's lists, sent to so many units of one kind."""
    with closing(Store(Workspace(demo).database)) as store:
        sample = next(iter(sent_out(store, Workspace(demo)).batches.values()))
    kind = min((unit.kind for unit in sample.roster.units), key=lambda kind: _rows(sample, kind))
    roles = next(person.roles for person in sample.roster.people if person.roles)
    made = tuple(Unit(unit_id(n), f"单位{unit_id(n)}", kind) for n in range(units))
    names = (("张甲", roles), ("李乙", ()), ("王丙", ()))
    people = tuple(Person(name, unit.name, "", held) for unit in made for name, held in names)
    return replace(sample, roster=Roster(made, people))


def _rows(batch: Batch, kind: str) -> int:
    unit = next(unit for unit in batch.roster.units if unit.kind == kind)
    return len(list(plan_unit(batch, unit).rows())) or sys.maxsize


def forms(batch: Batch, options: Options) -> Iterator[bytes]:
    """The filled workbook of every unit."""
    single = [replace(batch, roster=Roster((u,), batch.roster.people_of(u.name))) for u in batch.roster.units]
    plans = [plan_unit(each, each.roster.units[0]) for each in single]
    filled = [
        fill(unit_workbook(plan, options), plan, Habit(), Random(number))  # noqa: S311 - no secret
        for number, plan in enumerate(plans[:FILLED])
    ]
    parts = [_parts(data) for data in filled]
    for number, plan in enumerate(plans):
        first = number % FILLED
        before, after = identity_of(plans[first], options.key), identity_of(plan, options.key)
        marks = [
            (before.unit_id, after.unit_id),
            (before.fingerprint, after.fingerprint),
            (before.seal, after.seal),
        ]
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
            for name, content in parts[first]:
                archive.writestr(name, _replaced(content, marks))
        yield buffer.getvalue()


def _replaced(content: bytes, marks: list[tuple[str, str]]) -> bytes:
    for old, new in marks:
        content = content.replace(old.encode(), new.encode())
    return content


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def make_year(root: Path, demo: Path, files: int) -> Workspace:
    """A year folder with so many filled workbooks in its inbox."""
    year = Workspace.create(root, 2026)
    batch = batch_of(demo, files)
    with closing(Store(year.database)) as store:
        options = Options(tuple(year.settings.categories), year.settings.calendar(batch.deadline), key=store.key())
        people: dict[str, list[Person]] = {}
        for person in batch.roster.people:
            people.setdefault(person.unit, []).append(person)
        issued = []
        for unit in batch.roster.units:
            plan = plan_unit(replace(batch, roster=Roster((unit,), tuple(people[unit.name]))), unit)
            issued.append(Issued(batch.id, unit.id, unit.name, unit.kind, "", "", fingerprint(plan)))
        store.add_batch(batch.id, datetime(2026, 1, 10), batch_json(batch), issued)  # noqa: DTZ001 - local time
    for number, data in enumerate(forms(batch, options)):
        (year.inbox / f"{number:05d}.xlsx").write_bytes(data)
    shutil.copyfile(year.database, year.root / FRESH)
    return year


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file took: seconds on the clock and of all processors; the peak of memory in MB, of a worker too."""

    clock: float
    cpu: float
    memory: int = 0
    worker: int = 0


def row(name: str, costs: list[Cost], base: list[Cost]) -> tuple[str, ...]:
    """A row of the table: the quickest round, the middle one, and the quickest as times of the bare reader's."""
    cells = [name]
    for ours, theirs in ((times(costs), times(base)), (processors(costs), processors(base))):
        cells += [f"{min(ours) * 1000:.2f}", f"{median(ours) * 1000:.2f}", f"{min(ours) / min(theirs):.2f}"]
    return tuple(cells)


def times(costs: list[Cost]) -> list[float]:
    """Seconds a file on the clock, round by round."""
    return [cost.clock for cost in costs]


def processors(costs: list[Cost]) -> list[float]:
    """Seconds a file of all processors, round by round."""
    return [cost.cpu for cost in costs]


def spent(start: tuple[float, float], files: int) -> Cost:
    """What each of so many files took since `start` in this process."""
    return Cost((time.perf_counter() - start[0]) / files, (time.process_time() - start[1]) / files)


def bare(year: Workspace) -> Cost:
    """What calamine takes to read all sheets of the same files."""
    paths = sorted(year.inbox.iterdir())
    start = time.perf_counter(), time.process_time()
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return spent(start, len(paths))


def by_pandas(year: Workspace) -> Cost:
    """What pandas takes to read all sheets through openpyxl."""
    import pandas as pd

    paths = sorted(year.inbox.iterdir())[:BY_PANDAS]
    start = time.perf_counter(), time.process_time()
    for path in paths:
        pd.read_excel(path, engine="openpyxl", sheet_name=None)
    return spent(start, len(paths))


def collected(year: Workspace, workers: int, files: int) -> Cost:
    """What a whole collect of so many files takes in a process of its own, the start of the workers with it."""
    forget(year)
    arguments = ["collect", str(year.root), str(workers), str(files)]
    done = subprocess.run(  # noqa: S603 - this very script
        [sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    clock, cpu, memory, worker = done.stdout.split()
    return Cost(float(clock), float(cpu), int(memory), int(worker))


def forget(year: Workspace) -> None:
    """Undo what a collect did, and let the disk come to rest.

    Nothing is deleted: file systems are slow to give out again what was just let go.
    """
    shutil.copyfile(year.root / FRESH, year.database)
    if year.originals.exists():
        year.originals.rename(year.root / f"{year.originals.name}{time.time_ns()}")
    os.sync()


def collect_here(root: Path, workers: int, files: int) -> None:
    """Collect, and print what it took."""
    year, peaks = Workspace(root), [0]
    paths = sorted(year.inbox.iterdir())[:files]
    start = time.perf_counter(), time.process_time()
    reading = Reading(workers=workers, progress=lambda done, _all: watch(done, peaks), as_of=LOOKED_AT)
    found = collect(year, paths, reading=reading)
    here = spent(start, found.found)
    crew = resource.getrusage(resource.RUSAGE_CHILDREN)
    if found.count(Outcome.ACCEPTED) != found.found:
        raise SystemExit(f"{found.found} found, {found.count(Outcome.ACCEPTED)} accepted: {found.problems[:3]}")
    cpu = here.cpu + (crew.ru_utime + crew.ru_stime) / found.found
    print(here.clock, cpu, peak("self"), max(peaks))


def watch(done: int, peaks: list[int]) -> None:
    """Now and then note the peaks of the workers in MB."""
    if done % LOOK_EVERY == 0:
        children = [child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()]
        peaks += map(peak, children)


def peak(process: str) -> int:
    """The most memory in MB that a process has taken; `ru_maxrss` would begin with that of whoever started it."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def speed(year: Workspace, files: int) -> Table:
    """The time a file of each way to read the same files, in turn."""
    costs: dict[str, list[Cost]] = {name: [] for name in (BARE, PANDAS, *map(by_workers, WORKERS))}
    for _ in range(ROUNDS):
        costs[BARE].append(bare(year))
        for workers in WORKERS:
            costs[by_workers(workers)].append(collected(year, workers, files))
    costs[PANDAS].append(by_pandas(year))
    one, two = (min(times(costs[by_workers(workers)])) for workers in WORKERS)
    pandas = min(times(costs[PANDAS]))
    caption = f"两个进程是一个的 {one / two:.2f} 倍；比 pandas 快 {pandas / one:.1f} 倍和 {pandas / two:.1f} 倍"
    headings = ("做法", "时钟 ms", "居中", "倍", "处理器 ms", "居中", "倍")
    table = Table(*headings, title=f"收取 {files} 个填好的填报表，每个文件（{ROUNDS} 轮）", caption=caption)
    for name, rounds in costs.items():
        table.add_row(*row(name, rounds, costs[BARE]))
    return table


def by_workers(workers: int) -> str:
    """What a collect in so many processes is called."""
    return f"collect，{workers} 个进程"


def memory(few: Workspace, many: Workspace, files: int) -> Table:
    """The peaks of memory: of a year with few units, and of one with many of which few and then all have returned."""
    table = Table("下发单位", "收到文件", "主进程", "每个读取进程", title="内存峰值")
    units = files * GROWN
    for year, sent, found in ((few, files, files), (many, units, files), (many, units, units)):
        cost = collected(year, max(WORKERS), found)
        table.add_row(str(sent), str(found), f"{cost.memory} MB", f"{cost.worker} MB")
    return table


def main(files: int) -> None:
    """Make the years, measure and print the tables."""
    with TemporaryDirectory() as folder:
        demo = Path(folder) / "演示"
        run_demo(demo, lambda _line: None, replace_old=False)
        year = make_year(Path(folder) / "2026年度", demo, files)
        Console().print(speed(year, files))
        Console().print(memory(year, make_year(Path(folder) / "大", demo, files * GROWN), files))


if __name__ == "__main__":
    if sys.argv[1:2] == ["collect"]:
        collect_here(Path(sys.argv[2]), *map(int, sys.argv[3:]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else FILES)
