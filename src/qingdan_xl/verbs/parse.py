"""parse: documents → checklists and their 母表."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qingdan_xl.documents import master_workbook, parse
from qingdan_xl.model import Checklist, Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.workspace.files import Saved, read_file, save

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read, and which documents could not be."""

    checklists: tuple[Checklist, ...]
    problems: tuple[Problem, ...]


def parse_documents(paths: Iterable[Path], categories: Mapping[str, tuple[str, ...]] = CATEGORIES) -> Parsed:
    """Read documents, and those in folders, into checklists; one that cannot be read becomes a problem."""
    checklists: list[Checklist] = []
    problems: list[Problem] = []
    for path in _files(paths):
        try:
            checklists += parse(path.name, read_file(path), categories)
        except UnusableError as fault:
            problems += fault.problems
    return Parsed(tuple(checklists), tuple(problems))


def write_masters(checklists: Iterable[Checklist], folder: Path) -> tuple[Saved, ...]:
    """Write one 母表 for each checklist.

    A 母表 that is there already may hold a person's corrections: it is left alone, with `kept-master`.
    """
    written: list[Saved] = []
    for checklist in checklists:
        path = folder / f"{_file_name(checklist)}.xlsx"
        if any(saved.path == path for saved in written):
            path = path.with_stem(f"{path.stem}（{Path(checklist.source).stem}）")
        if path.exists():
            written.append(Saved(path, problem("kept-master", Origin(path.name))))
        else:
            written.append(save(path, master_workbook(checklist)))
    return tuple(written)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                item for item in path.iterdir() if item.is_file() and not item.name.startswith((".", "~"))
            )
        else:
            yield path


def _file_name(checklist: Checklist) -> str:
    return _UNSAFE.sub("", checklist.title)[:_LONGEST_NAME] or Path(checklist.source).stem
