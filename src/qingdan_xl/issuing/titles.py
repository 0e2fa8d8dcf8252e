"""What the tabs of duty sheets are called: the role, its holder, and where two would be called alike, the list."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath

from qingdan_xl.sheets.unit import COVER_TITLE, HIDDEN_TITLE, UNIT_SHEETS

_LONGEST = 31  # Excel's limit of a sheet name, in UTF-16 units
_UNSEEN = ("Cc", "Cf", "Cn")  # control, format and no characters, which break a reference to the sheet
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "·"))
_RESERVED = frozenset(  # History is Excel's own
    title.casefold() for title in (COVER_TITLE, HIDDEN_TITLE, *(sheet.title for sheet in UNIT_SHEETS), "History")
)
_LONGEST_HOLDER, _LEAST_ROLE, _LONGEST_LIST = 20, 8, 10
_END = 4  # characters of a role too long that are shown behind the gap: 成员, 书记
_YEAR = re.compile(r"20\d\d\s*年度?")
_LIST_WORDS = re.compile(r"(?:主体)?(?:责任|任务|工作|职责)*(?:清单|书|表)$")


@dataclass(frozen=True, slots=True)
class Tab:
    """A duty sheet that wants a title: its role, who holds it ('' for the unit), its list and the list's file."""

    role: str
    holder: str
    checklist: str
    source: str


def tab_titles(tabs: Sequence[Tab]) -> list[str]:
    """The titles of a workbook's duty sheets, in order, all different and as Excel takes them.

    主要负责人, 班子成员-张甲; where that is not enough every one of those called alike says which list it is of:
    主要负责人·党建, 主要负责人·安全生产. Those of one list are numbered.
    """
    titles = [_fitted(tab, "") for tab in tabs]
    names = [title.casefold() for title in titles]
    if len({*names, *_RESERVED}) == len(names) + len(_RESERVED):
        return titles
    alike: dict[str, list[Tab]] = defaultdict(list)
    for name, tab in zip(names, tabs, strict=True):
        alike[name].append(tab)
    told = {name: _list_names(same) for name, same in alike.items() if len(same) > 1 or name in _RESERVED}
    taken: list[str] = []
    for name, title, tab in zip(names, titles, tabs, strict=True):
        beside = told.get(name, {}).get((tab.checklist, tab.source), "")
        taken.append(unique_title(_fitted(tab, beside) if beside else title, taken))
    return taken


def unique_title(wanted: str, taken: Collection[str]) -> str:
    """A tab's name that Excel takes: it tells names apart without regard to case, and some are taken from the start."""
    used = _RESERVED | {title.casefold() for title in taken}
    name = _cut(_seen(wanted), _LONGEST)
    tries = (f"{_cut(name, _LONGEST - len(tail))}{tail}" for tail in (f"({n})" for n in count(2)))
    return name if name.casefold() not in used else next(title for title in tries if title.casefold() not in used)


def _fitted(tab: Tab, checklist: str) -> str:
    """Role, holder and list in what a title may hold: the role gives way first, by its middle, then the list."""
    holder = _cut(f"-{_seen(tab.holder)}", _LONGEST_HOLDER) if tab.holder else ""
    role, room = _seen(tab.role), _LONGEST - _units(holder)
    beside = _cut(f"·{checklist}", room - min(_units(role), _LEAST_ROLE)) if checklist else ""
    room -= _units(beside)
    if _units(role) > room:
        role = f"{_cut(role, room - _END - 1)}…{role[-_END:]}"
    return _cut(f"{role}{holder}{beside}", _LONGEST)


def _list_names(tabs: Sequence[Tab]) -> dict[tuple[str, str], str]:
    """What tells the lists of these sheets apart, by title and file: the title without its year and 责任清单.

    Where titles are the same the name of the file; of long ones only that in which they differ. None where they are of
    one list.
    """
    lists = list(dict.fromkeys((tab.checklist, tab.source) for tab in tabs))
    if len(lists) == 1 < len(tabs):
        return {}
    names = [_LIST_WORDS.sub("", _YEAR.sub("", _seen(title))) or _seen(title) for title, _ in lists]
    if len(set(names)) < len(names):
        names = [_seen(PurePath(source).stem) or name for (_, source), name in zip(lists, names, strict=True)]
    if len(names) > 1 and max(map(len, names)) > _LONGEST_LIST:
        same = next((at for at, chars in enumerate(zip(*names, strict=False)) if len(set(chars)) > 1), 0)
        names = [name[same:] or name for name in names]
    return dict(zip(lists, names, strict=True))


def _seen(text: str) -> str:
    """A text without characters that a tab cannot show."""
    plain = text.translate(_FORBIDDEN)
    if plain.isprintable():
        return plain
    return "".join(char for char in plain if unicodedata.category(char) not in _UNSEEN)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    """The start of a text in no more than so many UTF-16 units, which is how Excel counts."""
    if len(text) * 2 <= units:
        return text
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
