"""催办评委: the raters whose score sheets are waited for, and in which words each is reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingdan_xl.sheets.ratings import rater_id
from qingdan_xl.store import GroupIntake

CAUSE, WHAT = "未交评分表", "评分表没有交回"


@dataclass(frozen=True, slots=True)
class Rater:
    """One of whom no score sheet came back."""

    group: str
    name: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by in the store, beside the reminders of units."""
        return rater_id(self.group, self.name), "", CAUSE


def spoken_day(day: date) -> str:
    """A day of this year as messages say it."""
    return f"{day.month}月{day.day}日"


def waited_for(scores: Iterable[GroupIntake]) -> tuple[Rater, ...]:
    """The raters who were sent a score sheet and have not returned it, group by group."""
    return tuple(Rater(group.group, name) for group in scores for name in group.missing)


def rater_rows(raters: Iterable[Rater], title: str, as_of: date) -> list[dict[str, Any]]:
    """催办评委: one row a rater with a message."""
    return [
        {
            "group": rater.group,
            "person": rater.name,
            "message": f"【{title}】{rater.name}：截至{spoken_day(as_of)}，您的评分表还没有交回，请尽快评分后交回。",
        }
        for rater in raters
    ]


def already_reminded(raters: Iterable[tuple[Rater, date]]) -> list[dict[str, Any]]:
    """本周已催: the raters among it; the group stands where others have their unit."""
    return [
        {"cause": CAUSE, "unit": rater.group, "person": rater.name, "text": WHAT, "reminded": day}
        for rater, day in raters
    ]


def rater_texts(rows: Iterable[Mapping[str, Any]]) -> str:
    """Every message under a line that says whom it is for, as those of units stand in 催办短信.txt."""
    return "\n".join(f"—— {row['group']} {row['person']} ——\n{row['message']}\n" for row in rows)
