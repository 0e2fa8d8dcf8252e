"""parse: documents → checklists and their 母表."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from qingdan_xl.documents import parse
from qingdan_xl.model import Checklist, Kind, Origin
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
    """Read documents, and those in folders, into checklists; one that cannot be read or holds none is a problem."""
    checklists: list[Checklist] = []
    problems: list[Problem] = []
    for path in files_of(paths):
        try:
            found = parse(path.name, read_file(path), categories)
        except UnusableError as fault:
            problems += fault.problems
            continue
        checklists += filter(_holds_anything, found)
        problems += (why for each in found if not _holds_anything(each) for why in _why_empty(each, path.name))
    return Parsed(tuple(checklists), tuple(problems))


def write_masters(checklists: Iterable[Checklist], folder: Path) -> tuple[Saved, ...]:
    """Write one 母表 for each checklist.

    A 母表 of the same document that is there already may hold a person's corrections: it is left alone, with
    `kept-master`. One of the same title from another document is written beside it, under its document's name too.
    """
    from qingdan_xl.documents import master_workbook

    written: dict[Path, Saved] = {}
    for checklist in checklists:
        path = next(path for path in _places(folder, checklist) if path not in written and _is_free(path, checklist))
        if path.exists():
            written[path] = Saved(path, problem("kept-master", Origin(path.name)))
        else:
            written[path] = save(path, master_workbook(checklist))
    return tuple(written.values())


def check_revisions(checklists: Iterable[Checklist], folder: Path) -> list[Problem]:
    """A list most of whose duties stand in a 母表 of another document is a version of it: both would be issued."""
    from qingdan_xl.documents import read_master
    from qingdan_xl.documents.identity import normalised

    lists = [one for one in checklists if one.kind is Kind.CHECKLIST]
    masters: dict[str, Checklist] = {}
    for path in sorted(folder.glob("*.xlsx")) if lists else ():
        with suppress(UnusableError):
            masters[path.name] = read_master(path.name, read_file(path))[0]
    found = []
    for one in lists:
        texts = {normalised(duty.text) for duty in one.duties}
        for name, other in masters.items():
            same = texts & {normalised(duty.text) for duty in other.duties}
            if other.source != one.source and len(same) * 2 > len(texts):
                where, count, whole = Origin(one.source), len(same), len(texts)
                found.append(problem("same-duties", where, title=one.title, other=name, count=count, whole=whole))
    return found


def write_scheme(checklists: Iterable[Checklist], path: Path) -> Saved | None:
    """Write 考核办法.xlsx as the rubrics among the lists have it; None where there is none.

    One that is there already and not as `init` left it may hold a person's work: it is left alone, with `kept-scheme`.
    """
    rubrics = [checklist for checklist in checklists if checklist.kind is Kind.RUBRIC]
    if not rubrics:
        return None
    from qingdan_xl.assessment.draft import draft_workbook
    from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook

    if path.exists() and read_file(path) != scheme_workbook(default_scheme()):
        return Saved(path, problem("kept-scheme", Origin(path.name)))
    return save(path, draft_workbook(rubrics))


def _places(folder: Path, checklist: Checklist) -> Iterator[Path]:
    """Where a 母表 may stand: 标题.xlsx, 标题（来源）.xlsx, then numbered, for a document with several of one title."""
    title, source = _file_name(checklist), _UNSAFE.sub("", Path(checklist.source).stem)[:_LONGEST_NAME]
    yield folder / f"{title}.xlsx"
    yield folder / f"{title}（{source}）.xlsx"
    yield from (folder / f"{title}（{source}-{number}）.xlsx" for number in count(2))


def _is_free(path: Path, checklist: Checklist) -> bool:
    """Whether nothing stands there, or what this very document was parsed into."""
    from qingdan_xl.documents import read_master

    if not path.exists():
        return True
    try:
        there, _ = read_master(path.name, read_file(path))
    except UnusableError:
        return False
    return there.source == checklist.source


def _why_empty(checklist: Checklist, name: str) -> Iterator[Problem]:
    yield problem("no-duties", Origin(name))
    others = (doubt for doubt in checklist.warnings if doubt.code != "no-duties")
    yield from (Problem(doubt.code, doubt.message, Origin(name)) for doubt in others)


def _holds_anything(checklist: Checklist) -> bool:
    return bool(checklist.duties or checklist.metrics)


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths themselves, folders replaced by the files in them; one without any stays, to be told."""
    for path in paths:
        if path.is_dir():
            inside = (item for item in path.iterdir() if item.is_file() and not item.name.startswith((".", "~")))
            yield from sorted(inside) or (path,)
        else:
            yield path


def _file_name(checklist: Checklist) -> str:
    return _UNSAFE.sub("", checklist.title)[:_LONGEST_NAME] or Path(checklist.source).stem
