"""基本设置: the rows of that sheet ⇄ the fields of a Scheme."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.reading import Table
from qingdan_xl.sheets.scheme import SETTING_HELP, SETTINGS, UNLIMITED, Missing, NotApplicable, Setting
from qingdan_xl.sheets.values import parse_value
from qingdan_xl.sheets.writing import Cell

_Word = TypeVar("_Word", bound=StrEnum)
_MOST_PLACES = 4
_LARGEST_MARK = 10_000


def _number(text: str) -> Decimal:
    found = parse_value(Type.POINTS, text, 0)
    if not isinstance(found.value, Decimal):
        raise ValueError(found.fault or "没有填写")  # noqa: TRY004 - the user's text is wrong, not a type of ours
    return found.value


def _full_mark(text: str) -> Decimal:
    if not 0 < (mark := _number(text)) <= _LARGEST_MARK:
        raise ValueError(f"应大于 0，不超过 {_LARGEST_MARK}")
    return mark


def _places(text: str) -> int:
    if (number := _number(text)) not in range(_MOST_PLACES + 1):
        raise ValueError(f"应填 0 到 {_MOST_PLACES} 的整数")
    return int(number)


def _bonus_cap(text: str) -> Decimal | None:
    if text == UNLIMITED:
        return None
    if (cap := _number(text)) < 0:
        raise ValueError("不能是负数")
    return cap


def _word(kind: type[_Word]) -> Callable[[str], _Word]:
    def read(text: str) -> _Word:
        if text not in tuple(kind):
            raise ValueError(f"只能填{'或'.join(kind)}")
        return kind(text)

    return read


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a setting stands in a Scheme and how its text is read (ValueError says in Chinese what is wrong)."""

    field: str
    read: Callable[[str], Any]


_PLACES_OF = {
    Setting.FULL_MARK: _Place("full_mark", _full_mark),
    Setting.PLACES: _Place("places", _places),
    Setting.NOT_APPLICABLE: _Place("not_applicable", _word(NotApplicable)),
    Setting.MISSING: _Place("missing", _word(Missing)),
    Setting.BONUS_CAP: _Place("bonus_cap", _bonus_cap),
}


def setting_cells(scheme: Scheme) -> list[Mapping[str, Cell]]:
    """The rows of 基本设置, one a setting in order."""
    return [
        {"name": setting.value, "value": _cell(getattr(scheme, place.field)), "help": SETTING_HELP[setting]}
        for setting, place in _PLACES_OF.items()
    ]


def _cell(value: StrEnum | Decimal | int | None) -> Cell:
    if value is None:
        return UNLIMITED
    return value.value if isinstance(value, StrEnum) else value


def read_basics(table: Table, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of Scheme that 基本设置 gives, by name.

    Problems: `setting-unknown`, `setting-twice`, `setting-missing`, `setting-value`; a field with one is left out.
    """
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for row in table.rows:
        name, text = row.text("name"), row.text("value")
        if name not in tuple(Setting):
            problems.append(
                problem("setting-unknown", row.origin("name"), name=name, hint=did_you_mean(name, tuple(Setting)))
            )
        elif name in seen:
            problems.append(problem("setting-twice", row.origin("name"), name=name))
        elif text:
            place = _PLACES_OF[Setting(name)]
            try:
                fields[place.field] = place.read(text)
            except ValueError as fault:
                problems.append(problem("setting-value", row.origin("value"), name=name, text=text, why=fault))
        seen.add(name)
    problems += [
        problem("setting-missing", Origin(file, SETTINGS.title), name=name) for name in Setting if name not in seen
    ]
    return fields, problems
