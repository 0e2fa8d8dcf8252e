"""催办: what each unit and person is to be reminded of, and in which words."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby
from typing import Any

from qingdan_xl.counting.lights import NEAR, OVERDUE, SHORT, UNFILLED
from qingdan_xl.model import Unit
from qingdan_xl.sheets.reminder import CAUSES
from qingdan_xl.summary.intake import MISSING, UnitIntake
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.rater_reminders import Rater, already_reminded, spoken_day, waited_for
from qingdan_xl.summary.reasons import reason
from qingdan_xl.summary.standing import Standing

_NAMED = 3  # duties that a message names; a longer one is not read
_LONGEST = 24

Key = tuple[str, str, str]
"""Unit id, row id ('' for the unit itself), cause: what is not said twice in a week."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be reminded of: a duty, or (without `standing`) the workbook that did not come back.

    `days` is how long it is late, or below zero how long there is still time; None where no day is known.
    """

    unit: Unit
    cause: str
    due: date | None
    days: int | None
    why: str
    standing: Standing | None = None

    @property
    def key(self) -> Key:
        """What it is known by in the store."""
        return self.unit.id, self.standing.row_id if self.standing else "", self.cause

    @property
    def person(self) -> str:
        """Who answers for it, as written; '' where nobody is named."""
        return self.standing.person if self.standing else ""

    @property
    def people(self) -> tuple[str, ...]:
        """The same one by one."""
        return self.standing.people if self.standing else ()


@dataclass(frozen=True, slots=True)
class Reminders:
    """What is to be said now, and what was said this week already, with the day."""

    title: str
    as_of: date
    items: tuple[Item, ...]
    already: tuple[tuple[Item, date], ...]
    raters: tuple[Rater, ...] = ()
    raters_already: tuple[tuple[Rater, date], ...] = ()

    @property
    def keys(self) -> Iterator[Key]:
        """What is said now, as it is known in the store."""
        return chain((item.key for item in self.items), (rater.key for rater in self.raters))


def week_of(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())


def reminders(material: Material, reminded: Mapping[Key, date]) -> Reminders:
    """Everything that is missing, overdue, short, near or unanswered, parted by what `reminded` says was said.

    Raters whose score sheets did not come back stand by themselves. In the order of units; in each the gravest first.
    """
    items = [*_missing(material), *_duties(material)]
    order = {sent.unit.id: place for place, sent in enumerate(material.intake.units)}
    causes = list(CAUSES)
    items.sort(key=lambda item: (order[item.unit.id], causes.index(item.cause), -(item.days or 0)))
    raters = waited_for(material.intake.scores)
    return Reminders(
        material.title,
        material.calendar.as_of,
        tuple(item for item in items if item.key not in reminded),
        tuple((item, reminded[item.key]) for item in items if item.key in reminded),
        tuple(rater for rater in raters if rater.key not in reminded),
        tuple((rater, reminded[rater.key]) for rater in raters if rater.key in reminded),
    )


def _missing(material: Material) -> Iterator[Item]:
    for sent in material.intake.missing:
        days = (material.calendar.as_of - sent.deadline).days
        yield Item(sent.unit, MISSING, sent.deadline, days, _missing_words(sent, days))


def _missing_words(sent: UnitIntake, days: int) -> str:
    deadline = f"报送期限{spoken_day(sent.deadline)}"
    return f"{deadline}，已过{days}天" if days > 0 else f"{deadline}，还有{-days}天"


def _duties(material: Material) -> Iterator[Item]:
    calendar = material.calendar
    for standing in material.standings:
        if standing.light in (OVERDUE, SHORT, NEAR):
            days = (calendar.as_of - standing.since).days if standing.since else None
            why = reason(standing, calendar.near_days)
            yield Item(standing.unit, standing.light, standing.since, days, why, standing)
        elif standing.light == UNFILLED:
            why = "状态没有填" if standing.answered else "状态和进展都没有填"
            yield Item(standing.unit, UNFILLED, None, None, why, standing)


def unit_rows(found: Reminders) -> list[dict[str, Any]]:
    """催办到单位: one row a unit with counts and a message."""
    return [
        {
            "unit": unit.name,
            "contact": unit.contact,
            "phone": unit.phone,
            **_counts(items),
            "missing": MISSING if any(item.cause == MISSING for item in items) else "",
            "message": _message(found, unit.name, items, _of_somebody),
        }
        for unit, items in _by_unit(found.items)
    ]


def person_rows(found: Reminders, titles: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    """催办到人: one row a named person with counts and a message; `titles` by unit id and name."""
    rows = []
    for unit, items in _by_unit(found.items):
        for name in dict.fromkeys(name for item in items for name in item.people):
            own = [item for item in items if name in item.people]
            message = _message(found, f"{unit.name}{name}", own, _when)
            rows.append(
                {
                    "unit": unit.name,
                    "person": name,
                    "title": titles.get((unit.id, name), ""),
                    **_counts(own),
                    "message": message,
                }
            )
    return rows


def duty_rows(items: Iterable[Item]) -> list[dict[str, Any]]:
    """催办事项: one row an item."""
    return [
        {
            "cause": item.cause,
            "unit": item.unit.name,
            "person": item.person,
            **(_duty_words(item.standing) if item.standing else {"text": "填报表没有交回"}),
            "due": item.due,
            "late_days": item.days if item.days is not None and item.days > 0 else None,
            "left_days": -item.days if item.days is not None and item.days <= 0 else None,
            "why": item.why,
        }
        for item in items
    ]


def already_rows(found: Reminders) -> list[dict[str, Any]]:
    """本周已催: what was said this week, with the day."""
    rows = duty_rows([item for item, _ in found.already])
    said = [row | {"reminded": day} for row, (_, day) in zip(rows, found.already, strict=True)]
    return said + already_reminded(found.raters_already)


def _duty_words(standing: Standing) -> dict[str, Any]:
    return {"role": standing.role, "holder": standing.holder, "number": standing.number, "text": standing.text}


def _by_unit(items: Iterable[Item]) -> Iterator[tuple[Unit, list[Item]]]:
    for unit, found in groupby(items, key=lambda item: item.unit):
        yield unit, list(found)


def _counts(items: Collection[Item]) -> dict[str, int | None]:
    counted = Counter(item.cause for item in items)
    return {key: counted[word] or None for word, key in CAUSES.items()}


def _message(found: Reminders, whom: str, items: Sequence[Item], told: Callable[[Item], str]) -> str:
    """One message: how many of what, the gravest few by name with what is `told` of each, and what to do."""
    duties = [item for item in items if item.standing]
    parts = [f"填报表还没有交回（{item.why}），请尽快报送" for item in items if not item.standing]
    if duties:
        counted = Counter(item.cause for item in duties)
        counts = "、".join(f"{cause}{number}项" for cause in CAUSES if (number := counted[cause]))
        words = list(dict.fromkeys(_named(item, told) for item in duties))
        named = "；".join(f"{number}. {word}" for number, word in enumerate(words[:_NAMED], 1))
        more = f"；等{len(duties)}项" if len(words) > _NAMED else ""
        parts.append(f"有{counts}需要办理：{named}{more}。请抓紧办理，并更新填报表")
    return f"【{found.title}】{whom}：截至{spoken_day(found.as_of)}，{'；'.join(parts)}。"


def _named(item: Item, told: Callable[[Item], str]) -> str:
    text = item.standing.text.rstrip("。；;") if item.standing else ""
    short = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
    return f"{short}（{told(item)}）"


def _of_somebody(item: Item) -> str:
    """Whose it is, as several people of a unit may have the same duty, and how late."""
    return "，".join(filter(None, (item.person, _when(item))))


def _when(item: Item) -> str:
    if item.days is None or item.cause == SHORT:
        return item.cause if item.days is None else item.why.replace("\n", "，")
    if item.days == 0:
        return "今天到期"
    return f"逾期{item.days}天" if item.days > 0 else f"还有{-item.days}天"


def texts(units: Iterable[Mapping[str, Any]], people: Iterable[Mapping[str, Any]]) -> str:
    """催办短信.txt: every message under a line that says whom it is for."""
    blocks = [
        f"—— {' '.join(filter(None, (row['unit'], row['contact'], row['phone'])))} ——\n{row['message']}"
        for row in units
    ]
    blocks += [f"—— {row['unit']} {row['person']} ——\n{row['message']}" for row in people]
    return "\n\n".join(blocks) + "\n"
