"""What one rater is asked for: the rows of a score sheet, and what identifies each of them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.identity import text_hash
from qingdan_xl.sheets.ratings import SCORE_SHEETS

_SHEETS = {sheet.key: sheet for sheet in SCORE_SHEETS}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One thing to rate: `target` of the subject (an item's id, a duty's row id, '' for a person as a whole).

    `unit`, `item` and `text` are what the rater reads, `full` the most that may be given (1 for the factor of a duty).
    """

    id: str
    subject: str
    target: str
    unit: str
    item: str
    text: str
    full: Decimal

    @property
    def mark(self) -> str:
        """A hash of what tells the row apart for who reads it."""
        return row_mark(self.unit, self.item)


@dataclass(frozen=True, slots=True)
class ScorePage:
    """One page of a score sheet, laid out as the declared sheet of this key."""

    title: str
    key: str
    rows: tuple[ScoreRow, ...]

    @property
    def sheet(self) -> Sheet:
        """Its declaration."""
        return _SHEETS[self.key]


@dataclass(frozen=True, slots=True)
class ScorePlan:
    """Everything that one rater is sent but the look; `words` are the options where the group votes.

    `unit` is where the rater comes from, '' where nobody said.
    """

    batch: str
    title: str
    year: int
    rater_id: str
    group: str
    name: str
    unit: str
    words: tuple[str, ...]
    pages: tuple[ScorePage, ...]

    def rows(self) -> Iterator[ScoreRow]:
        """Every row of every page."""
        for page in self.pages:
            yield from page.rows

    @property
    def whole_name(self) -> str:
        """Group and name in one."""
        return f"{self.group} {self.name}"

    @property
    def asked(self) -> str:
        """A hash of what it asks for, in whatever round."""
        lines = (f"{p.key}|{p.title}|{r.id}|{r.mark}|{text_hash(r.text)}|{r.full}" for p in self.pages for r in p.rows)
        return _digest(self.rater_id, str(self.year), *self.words, *lines)

    @property
    def fingerprint(self) -> str:
        """A hash of this very sheet."""
        return _digest(self.batch, self.asked)


def row_mark(unit: str, item: str) -> str:
    """The hash by which a row is told apart by what people read."""
    return text_hash(f"{unit}|{item}")


def plan_json(plan: ScorePlan) -> str:
    """The plan as JSON; `plan_from_json` gives an equal one back."""
    return TypeAdapter(ScorePlan).dump_json(plan).decode()


def plan_from_json(text: str) -> ScorePlan:
    """The plan that `plan_json` wrote."""
    return TypeAdapter(ScorePlan).validate_json(text)


def _digest(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
