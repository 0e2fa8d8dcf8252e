"""collect beside bare readers, on thousands of filled workbooks: time a file, workers, memory.

python benchmarks/collecting.py [files, 2000 by default]
"""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from random import Random
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
FILLED = 8  # forms filled one by one; the others differ from them in whose they are
BY_PANDAS = 20  # files that pandas reads: it takes long


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
        store.add_batch(batch.id, year.settings.calendar(batch.deadline).as_of, batch_json(batch), issued)
    for number, data in enumerate(forms(batch, options)):
        (year.inbox / f"{number:05d}.xlsx").write_bytes(data)
    return year


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file took: seconds on the clock and of all processors; the peak of memory in MB, of a worker too."""

    clock: float
    cpu: float
    memory: int = 0
    worker: int = 0

    def row(self, name: str, base: "Cost") -> tuple[str, ...]:
        """Its row of the table, beside the reader that all are measured by."""
        memory = f"{self.memory} + {self.worker} MB" if self.memory else ""
        times = (f"{self.clock * 1000:.2f} ms", f"{self.clock / base.clock:.1f}")
        return (name, *times, f"{self.cpu * 1000:.2f} ms", f"{self.cpu / base.cpu:.1f}", memory)


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


def collected(year: Workspace, workers: int) -> Cost:
    """What a whole collect takes in a process of its own, the start of the workers with it."""
    forget(year)
    done = subprocess.run(  # noqa: S603 - this very script
        [sys.executable, __file__, "collect", str(year.root), str(workers)], check=True, capture_output=True, text=True
    )
    clock, cpu, memory, worker = done.stdout.split()
    return Cost(float(clock), float(cpu), int(memory), int(worker))


def forget(year: Workspace) -> None:
    """Undo what a collect did, but for what was sent out."""
    with closing(Store(year.database)) as store:
        for table in [
            row[0] for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]:
            if table in ("problem", "receipt") or table.startswith("row_"):
                store.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    for path in [*year.originals.rglob("*.*")]:
        path.unlink()


def collect_here(root: Path, workers: int) -> None:
    """Collect, and print what it took."""
    year = Workspace(root)
    start = time.perf_counter(), time.process_time()
    found = collect(year, reading=Reading(workers=workers))
    here = spent(start, found.found)
    crew = resource.getrusage(resource.RUSAGE_CHILDREN)
    if found.count(Outcome.ACCEPTED) != found.found:
        raise SystemExit(f"{found.found} found, {found.count(Outcome.ACCEPTED)} accepted: {found.problems[:3]}")
    cpu = here.cpu + (crew.ru_utime + crew.ru_stime) / found.found
    print(here.clock, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, crew.ru_maxrss // 1024)


def main(files: int) -> None:
    """Make the years, measure and print the table."""
    headings = ("做法", "每个文件", "倍数", "处理器", "倍数", "内存峰值（主＋读）")
    table = Table(*headings, title=f"收取 {files} 个填好的填报表")
    with TemporaryDirectory() as folder:
        demo = Path(folder) / "演示"
        run_demo(demo, lambda _line: None, replace_old=False)
        year = make_year(Path(folder) / "2026年度", demo, files)
        base = bare(year)
        table.add_row(*base.row("calamine 只读", base))
        table.add_row(*by_pandas(year).row("pandas.read_excel(openpyxl) 只读", base))
        for workers in (1, 2):
            table.add_row(*collected(year, workers).row(f"collect，{workers} 个进程", base))
        grown = make_year(Path(folder) / "大", demo, files * GROWN)
        table.add_row(*collected(grown, 2).row(f"collect，{files * GROWN} 个文件", base))
    Console().print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["collect"]:
        collect_here(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else FILES)
