"""What became of one subject, small enough to be kept in a seal and laid beside another result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.assessment.grading import Graded
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.totals import grade_word
from qingdan_xl.assessment.trail import Entry

EXTRAS = "加减分及调整"


@dataclass(frozen=True, slots=True)
class Part:
    """What the lines of one rule came to within one item; `why` is that of the line where there is only one.

    `waiting` counts those that are open: their points are not in it.
    """

    item: str
    rule: str
    points: Decimal
    lines: int
    waiting: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a subject was given: `points` None while something is open, `known` what its lines come to so far.

    `label` is what people call it, `grade` the word under 等次. The `parts` add up to `known`.
    """

    id: str
    label: str
    group: str
    points: Decimal | None
    known: Decimal
    rank: int | None
    grade: str
    note: str
    parts: tuple[Part, ...]
    person: bool = False

    @property
    def unit_id(self) -> str:
        """The id of the unit, its own or that of the person."""
        return self.id.rpartition("/")[0] if self.person else self.id

    @property
    def by_rule(self) -> Mapping[tuple[str, str], Part]:
        """The parts by item and rule."""
        return {(part.item, part.rule): part for part in self.parts}


def verdicts(assessment: Assessment) -> tuple[Verdict, ...]:
    """The verdict of every unit, and then of every person, in order."""
    units = (_verdict(graded) for graded in assessment.results)
    people = (_verdict(graded, person=True) for graded in assessment.people)
    return (*units, *people)


def _verdict(graded: Graded, *, person: bool = False) -> Verdict:
    score = graded.score
    return Verdict(
        score.subject.id,
        score.subject.label,
        score.subject.group,
        score.points,
        sum((entry.points or Decimal(0) for entry in score.trail), Decimal(0)),
        graded.rank,
        grade_word(graded),
        graded.note,
        tuple(_parts(score.trail)),
        person,
    )


def _parts(trail: Iterable[Entry]) -> Iterable[Part]:
    """The lines of each rule of each item together, in order; closing lines that had nothing to do are left out."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in trail:
        if not entry.idle:
            found.setdefault((item_name(entry), entry.rule), []).append(entry)
    for (item, rule), lines in found.items():
        points = sum((line.points or Decimal(0) for line in lines), Decimal(0))
        why = lines[0].why if len(lines) == 1 else ""
        yield Part(item, rule, points, len(lines), sum(line.open for line in lines), why)


def item_name(entry: Entry) -> str:
    """Which item a line belongs to, as people read it; the limits of a section, and what is on top, have their own."""
    return entry.item or (f"板块“{entry.section}”" if entry.section else EXTRAS)
