"""Ids that stay: before a list is written, its duties get the ids they had in this year's 母表 or in last year's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qingdan_xl.documents.comparing.inheritance import heirs, inherit
from qingdan_xl.documents.identity import without_year
from qingdan_xl.model import Checklist, Origin
from qingdan_xl.problems import Problem, UnusableError, problem
from qingdan_xl.verbs.lists import read_lists, read_masters
from qingdan_xl.verbs.parse import Parsed
from qingdan_xl.workspace.folder import SETTINGS, Workspace

_NOTHING = Parsed((), ())


@dataclass(frozen=True, slots=True)
class _Earlier:
    """For each list by its place the earlier one it follows, and what was wrong with the files it was looked for in."""

    lists: Mapping[int, Checklist]
    problems: tuple[Problem, ...]


def with_earlier_ids(
    checklists: Sequence[Checklist], workspace: Workspace | None, previous: Sequence[Path] = ()
) -> Parsed:
    """The lists with the ids of their earlier versions.

    An earlier version is the 母表 that this year folder has of the same document, else the nearest list in `previous`
    (documents, 母表, year folders), else that of last year's folder beside this one. Problems: `ids-kept`, and those
    of reading the earlier lists. UnusableError where `previous` cannot be read at all.
    """
    earlier = _earlier(checklists, workspace, previous)
    found = [inherit(one, earlier.lists[at]) if at in earlier.lists else None for at, one in enumerate(checklists)]
    notes = (
        problem(
            "ids-kept", Origin(one.checklist.source), count=one.kept, title=one.earlier.title, year=_year(one.earlier)
        )
        for one in found
        if one and one.kept
    )
    lists = (one.checklist if one else checklist for one, checklist in zip(found, checklists, strict=True))
    return Parsed(tuple(lists), (*earlier.problems, *notes))


def _earlier(checklists: Sequence[Checklist], workspace: Workspace | None, previous: Sequence[Path]) -> _Earlier:
    here = _masters(workspace) if workspace else _NOTHING
    followed = dict(_of_same_document(checklists, here.checklists))
    rest = [at for at in range(len(checklists)) if at not in followed]
    there = _given(previous) if previous else _last_year(workspace) if workspace and rest else _NOTHING
    if rest and there.checklists:
        found = heirs([checklists[at] for at in rest], there.checklists)
        followed |= {rest[place]: one for place, one in found.items()}
    return _Earlier(followed, there.problems)


def _of_same_document(checklists: Sequence[Checklist], masters: Sequence[Checklist]) -> Mapping[int, Checklist]:
    """The 母表 that were written from the same files, list by list."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, checklist in enumerate(checklists):
        places[checklist.source].append(at)
    found: dict[int, Checklist] = {}
    for source, ours in places.items():
        same = [one for one in masters if one.source == source]
        if same:
            followed = heirs([checklists[at] for at in ours], same)
            found |= {ours[place]: one for place, one in followed.items()}
    return found


def _given(previous: Sequence[Path]) -> Parsed:
    found = [read_lists(path) for path in previous]
    problems = tuple(fault for part in found for fault in part.problems)
    lists = tuple(one for part in found for one in part.checklists)
    if not lists:
        raise UnusableError(*problems)
    return Parsed(lists, problems)


def _last_year(workspace: Workspace) -> Parsed:
    """The 母表 of last year's folder beside this one; of several such folders those with this one's title."""
    beside = (Workspace(path.parent) for path in sorted(workspace.root.resolve().parent.glob(f"*/{SETTINGS}")))
    years = [other for other in beside if _year_of(other) == workspace.settings.year - 1]
    if len(years) > 1:
        title = without_year(workspace.settings.title)
        years = [other for other in years if without_year(other.settings.title) == title]
    found = [_masters(other) for other in years]
    unread = (fault for part in found for fault in part.problems if fault.code == "unreadable-workbook")
    return Parsed(tuple(one for part in found for one in part.checklists), tuple(unread))


def _year_of(workspace: Workspace) -> int | None:
    """The year of a folder; None where its settings cannot be read, which is told when somebody works there."""
    with suppress(UnusableError):
        return workspace.settings.year
    return None


def _masters(workspace: Workspace) -> Parsed:
    with suppress(UnusableError):
        return read_masters(workspace)
    return _NOTHING


def _year(checklist: Checklist) -> str:
    return f"（{checklist.year}年）" if checklist.year else ""
