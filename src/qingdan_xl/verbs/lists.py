"""Lists from wherever they are: documents of any format, 母表, folders of either, year folders."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from qingdan_xl.documents import read_master
from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.verbs.parse import Parsed, files_of, parse_documents
from qingdan_xl.workspace.files import read_file
from qingdan_xl.workspace.folder import SETTINGS, Workspace

_CHOSEN = re.compile(r"(?P<path>.+)#(?P<number>\d+)", re.DOTALL)


def read_lists(path: Path, categories: Mapping[str, tuple[str, ...]] = CATEGORIES) -> Parsed:
    """All lists at `path`: of a year folder its 母表, of another folder whatever its files hold.

    Problems: those of parsing and of reading 母表. UnusableError `no-checklists` for a year folder without 母表.
    """
    if (path / SETTINGS).is_file():
        return read_masters(Workspace(path))
    return _together(_read_file(file, categories) for file in files_of([path]))


def read_masters(workspace: Workspace) -> Parsed:
    """The 母表 of a year folder, each as far as it can be read; UnusableError `no-checklists` without any."""
    paths = sorted(path for path in workspace.checklists.glob("*.xlsx") if not path.name.startswith("~$"))
    if not paths:
        raise UnusableError(problem("no-checklists", Origin(str(workspace.checklists))))
    return _together(map(_read_master, paths))


def read_chosen(text: str, categories: Mapping[str, tuple[str, ...]] = CATEGORIES) -> Parsed:
    """As `read_lists`, for what was typed: 文件#2 is only the second list of that file.

    UnusableError: `no-such-list`, and the reasons where there is no list at all.
    """
    found = None if Path(text).exists() else _CHOSEN.fullmatch(text)
    parsed = read_lists(Path(found["path"] if found else text), categories)
    if not parsed.checklists:
        raise UnusableError(*parsed.problems)
    if found is None:
        return parsed
    number, count = int(found["number"]), len(parsed.checklists)
    if not 1 <= number <= count:
        raise UnusableError(problem("no-such-list", Origin(found["path"]), number=number, count=count))
    return Parsed((parsed.checklists[number - 1],), parsed.problems)


def _read_file(path: Path, categories: Mapping[str, tuple[str, ...]]) -> Parsed:
    parsed = parse_documents([path], categories)
    if [found.code for found in parsed.problems] != ["own-workbook"]:
        return parsed
    master = _read_master(path)
    return master if master.checklists[0].duties else parsed


def _read_master(path: Path) -> Parsed:
    try:
        checklist, problems = read_master(path.name, read_file(path))
    except UnusableError as fault:
        return Parsed((), fault.problems)
    return Parsed((checklist,), tuple(problems))


def _together(parts: Iterable[Parsed]) -> Parsed:
    found = list(parts)
    lists, problems = (part.checklists for part in found), (part.problems for part in found)
    return Parsed(tuple(chain.from_iterable(lists)), tuple(chain.from_iterable(problems)))
