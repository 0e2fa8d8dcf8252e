"""What leaders typed into the results: read back before new ones take their place, and no edited file overwritten."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.remark_reading import Reading, read_workbook
from qingdan_xl.summary.remarks import applied
from qingdan_xl.workspace.files import is_open_elsewhere

OLD = "旧版"
_RESULTS = "汇总*.xlsx"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """How many remarks were new, changed or taken away, and the workbooks that could not be read."""

    changed: int
    problems: tuple[Problem, ...]


def read_back(results: Path, memory: Memory) -> ReadBack:
    """Read every 汇总 of the folder that people changed since it was last read, the oldest change first.

    Periods have their own, and one written while another was open lies beside it: all are read. Problems:
    `remarks-unread` for one that cannot be, `remark-formula` and `remark-cell-unread` for cells; each is told once.
    """
    changed = 0
    problems: list[Problem] = []
    for path in sorted(results.glob(_RESULTS), key=lambda path: path.stat().st_mtime):
        try:
            mark = sha256(path.read_bytes()).hexdigest()
        except OSError as fault:  # Windows may refuse to read a file that is open
            problems.append(problem("remarks-unread", Origin(path.name), why=os_reason(fault)))
            continue
        if not memory.knows_file(mark):
            reading = read_workbook(path)
            if isinstance(reading, str):
                reading = Reading(problems=(problem("remarks-unread", Origin(path.name), why=reading),))
            problems += reading.problems
            found = applied(memory.remarks(), reading.typed, date.today())  # noqa: DTZ011 - the day it is read here
            memory.keep_remarks(found, mark)
            changed += len(found)
    return ReadBack(changed, tuple(problems))


def set_aside(path: Path, memory: Memory) -> None:
    """Move a result that is other than we wrote it into 旧版/, so that what people did to it outlives the next one.

    One that is open stays: the next is saved beside it.
    """
    if not path.exists():
        return
    try:
        if memory.wrote_file(sha256(path.read_bytes()).hexdigest()):
            return
    except PermissionError:  # open on Windows
        return
    put_into_old(path)


def put_into_old(path: Path) -> None:
    """Move a result into 旧版/ beside it, under its name and the time it was changed; one that is open stays."""
    if is_open_elsewhere(path):
        return
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006 - local office time
        folder = path.parent / OLD
        folder.mkdir(exist_ok=True)
        stem = f"{path.stem} {changed:%Y-%m-%d %H%M}"
        names = (folder / f"{stem}{f' ({n})' if n > 1 else ''}{path.suffix}" for n in count(1))
        path.rename(next(name for name in names if not name.exists()))
    except PermissionError:  # open on Windows
        return
