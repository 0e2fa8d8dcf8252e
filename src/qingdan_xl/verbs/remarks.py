"""What leaders typed into the results: read back before new ones take their place, and no edited file overwritten."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from shutil import copy2

from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.remark_reading import Reading, read_workbook
from qingdan_xl.summary.remarks import applied
from qingdan_xl.workspace.files import is_open_elsewhere

OLD = "旧版"
_RESULTS = "*汇总*.xls*"
_HIDDEN = (".", "~$")  # what programs put beside a file that is open


@dataclass(frozen=True, slots=True)
class ReadBack:
    """How many remarks were new, changed or taken away, and the workbooks that could not be read."""

    changed: int
    problems: tuple[Problem, ...]


def read_back(results: Path, memory: Memory) -> ReadBack:
    """Read every 汇总 of the folder that people changed since it was last read, the oldest change first.

    Periods have their own, one written while another was open lies beside it, and people give copies names of their
    own: all are read that have 汇总 in their name. Problems: `remarks-unread` for one that cannot be, `remark-formula`
    and `remark-cell-unread` for cells; each is told once.
    """
    changed = 0
    problems: list[Problem] = []
    found_there = (path for path in results.glob(_RESULTS) if not path.name.startswith(_HIDDEN))
    for path in sorted(found_there, key=lambda path: path.stat().st_mtime):
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
            typed = [replace(each, place=memory.followed(each.place, reading.batch)) for each in reading.typed]
            found = applied(memory.remarks(), typed, date.today())  # noqa: DTZ011 - the day it is read here
            memory.keep_remarks(found, mark)
            changed += len(found)
    return ReadBack(changed, tuple(problems))


def set_aside(path: Path, memory: Memory) -> Path | None:
    """Keep a result that is other than we wrote it in 旧版/, so that what people did to it outlives the next one.

    It stays where it is until the next one takes its place. One that is open is not kept: the next is saved beside it.
    Gives its place there, None where nothing is kept.
    """
    if not path.exists() or is_open_elsewhere(path):
        return None
    try:
        if memory.wrote_file(sha256(path.read_bytes()).hexdigest()):
            return None
        return _copied(path, _place_in_old(path))
    except PermissionError:  # open on Windows
        return None


def put_into_old(path: Path) -> None:
    """Move a result into 旧版/ beside it, under its name and the time it was changed; one that is open stays."""
    if is_open_elsewhere(path):
        return
    try:
        path.rename(_place_in_old(path))
    except PermissionError:  # open on Windows
        return


def _copied(path: Path, place: Path) -> Path:
    """The same file by another name, which takes no room; a copy where the file system knows no such thing."""
    try:
        place.hardlink_to(path)
    except OSError:
        copy2(path, place)
    return place


def _place_in_old(path: Path) -> Path:
    """A name in 旧版/ that is free."""
    changed = datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006 - local office time
    folder = path.parent / OLD
    folder.mkdir(exist_ok=True)
    stem = f"{path.stem} {changed:%Y-%m-%d %H%M}"
    names = (folder / f"{stem}{f' ({n})' if n > 1 else ''}{path.suffix}" for n in count(1))
    return next(name for name in names if not name.exists())
