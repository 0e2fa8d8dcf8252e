"""总表, 个人总表 and 排名与等次: live formulas, each over the lines of its own subject only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qingdan_xl.assessment.grading import UNGROUPED, Graded
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import STEP, Kind, Score
from qingdan_xl.assessment.trail_sheet import Place, Trails
from qingdan_xl.sheets.assessment import RANKING
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.scheme import UNLIMITED
from qingdan_xl.sheets.writing import FIRST_ROW, Cell, Formula

OPEN, NOT_ASSESSED = "待定", "未评"
AGREES, DIFFERS = "相符", "不符"
MOST_LIVE = 2_000  # each rank looks at its whole group: in larger ones ranks are values
DIGITS = -int(STEP.as_tuple().exponent)
_SUM_DIGITS = 8  # as in the working that rounds a score
_KINDS = {"base": Kind.BASE, "bonus": Kind.BONUS, "deduction": Kind.DEDUCTION, "appeal": Kind.APPEAL}
_PEOPLE = "个人"

CellRow = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Listed:
    """One subject as it is listed: its number, its result, whether it is a person, and where its lines stand."""

    number: int
    graded: Graded
    place: Place | None
    person: bool = False

    @property
    def score(self) -> Score:
        """Its score."""
        return self.graded.score

    @property
    def own_group(self) -> str:
        """The peer group as people read it in a table of units, or of persons, alone."""
        return self.score.subject.group or UNGROUPED

    @property
    def group(self) -> str:
        """The peer group where units and persons stand in one table: a group of persons is marked as such."""
        return f"{_PEOPLE}·{self.own_group}" if self.person else self.own_group


def grade_word(item: Graded) -> str:
    """What stands under 等次: the grade, 待定 where people have to settle a tie, 未评 without a score."""
    if item.score.points is None:
        return NOT_ASSESSED
    return OPEN if item.open else item.grade


def with_places(sheet: Sheet, places: int) -> Sheet:
    """The sheet with its 得分 shown to so many places."""
    shown = f"0.{'0' * places}" if places else "0"
    columns = (replace(column, number_format=shown) if column.key == "score" else column for column in sheet)
    return replace(sheet, columns=tuple(columns))


def ranking_order(listed: Sequence[Listed]) -> list[Listed]:
    """Group by group in the order of the roster, the best first, those without a score last."""
    groups = {name: place for place, name in enumerate(dict.fromkeys(item.group for item in listed))}
    return sorted(listed, key=lambda item: (groups[item.group], item.graded.rank or len(listed) + 1))


def ranking_rows(ordered: Sequence[Listed], laid: Trails, scheme: Scheme) -> list[CellRow]:
    """排名与等次: the rows of subjects in their order; scores live, ranks as well but in very large groups."""
    rows = _group_rows(ordered)
    return [
        {
            "group": item.group,
            "rank": _rank(item, row, rows[item.group]),
            "unit": item.score.subject.label,
            "score": _score(item, laid, scheme.places),
            "grade": grade_word(item.graded),
            "assessed": item.graded.group_size,
            "quota": UNLIMITED if item.graded.quota is None else item.graded.quota,
            "note": item.graded.note,
        }
        for row, item in enumerate(ordered, FIRST_ROW + 1)
    ]


def _group_rows(ordered: Sequence[Listed]) -> dict[str, tuple[int, int]]:
    """The first and the last row of each group in 排名与等次."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, item in enumerate(ordered, FIRST_ROW + 1):
        found[item.group].append(row)
    return {name: (rows[0], rows[-1]) for name, rows in found.items()}


def _rank(item: Listed, row: int, rows: tuple[int, int]) -> Cell:
    if item.place is None or rows[1] - rows[0] >= MOST_LIVE:
        return item.graded.rank
    letter = column_letter(RANKING.keys.index("score"))
    scores = f"${letter}${rows[0]}:${letter}${rows[1]}"
    shown = "" if item.graded.rank is None else item.graded.rank
    return Formula(f'=IF(ISNUMBER({letter}{row}),RANK({letter}{row},{scores}),"")', shown)


def _score(item: Listed, laid: Trails, places: int) -> Cell:
    """The sum of the lines, rounded once; blank while a line is open."""
    if item.place is None:
        return None
    points = item.place.cells(laid.letter("points"))
    total = f"ROUND(ROUND(SUM({points}),{_SUM_DIGITS}),{places})"
    if not any(entry.open for entry in item.score.trail):
        return Formula(f"={total}", item.score.points or 0)
    return Formula(f'=IF(COUNT({points})<ROWS({points}),"",{total})', "")


@dataclass(frozen=True, slots=True)
class Totals:
    """Makes the rows of 总表 or 个人总表, whose columns `sheet` has; ranks come out of 排名与等次."""

    sheet: Sheet
    laid: Trails
    scheme: Scheme
    rank_rows: Mapping[int, int]

    def row(self, row: int, item: Listed) -> CellRow:
        """The row of one subject."""
        cells: dict[str, Cell] = {
            "index": item.number,
            "group": item.own_group,
            "name": item.score.subject.name,
            "unit": item.score.subject.unit or item.score.subject.name,
            "grade": grade_word(item.graded),
            "note": item.graded.note,
        }
        if item.place is None:
            return cells
        return cells | {
            "duties": sum(1 for entry in item.score.trail if entry.standing and entry.full),
            "full": self._full(item),
            **{key: self._of_kind(item, item.place, kind) for key, kind in _KINDS.items()},
            "score": _score(item, self.laid, self.scheme.places),
            "rank": self._rank(item),
            **self._open(item, item.place),
            "check": self._check(item, item.place, row),
            "link": Formula(f'=HYPERLINK("#{item.place.sheet}!A{item.place.first}","查看")', "查看"),
        }

    def _full(self, item: Listed) -> Decimal:
        """The points that could be had, those on top left out."""
        if item.person:
            return self.scheme.full_mark
        items = self.scheme.items_of(item.score.subject.kind)
        return sum((own.points for own in items if not self.scheme.is_extra(own.section)), Decimal(0))

    def _of_kind(self, item: Listed, place: Place, kind: Kind) -> Formula:
        """The sum of the subject's lines of one kind, rounded to their step: that takes off what binary sums leave."""
        kinds, points = place.cells(self.laid.letter("kind")), place.cells(self.laid.letter("points"))
        return Formula(f'=ROUND(SUMIF({kinds},"{kind.value}",{points}),{DIGITS})', item.score.total(kind))

    def _rank(self, item: Listed) -> Formula:
        cell = f"{RANKING.title}!${column_letter(RANKING.keys.index('rank'))}${self.rank_rows[item.number]}"
        return Formula(f'=IF({cell}="","",{cell})', "" if item.graded.rank is None else item.graded.rank)

    def _open(self, item: Listed, place: Place) -> CellRow:
        """What is known and how many lines are open, where there are any."""
        waiting = sum(1 for entry in item.score.trail if entry.open)
        if not waiting:
            return {}
        points = place.cells(self.laid.letter("points"))
        return {
            "known": Formula(f"=ROUND(SUM({points}),{DIGITS})", item.score.known or 0),
            "open": Formula(f"=ROWS({points})-COUNT({points})", waiting),
        }

    def _check(self, item: Listed, place: Place, row: int) -> Formula:
        """Whether the lines are all the subject's own, and come to the score kind by kind too."""
        numbers = place.cells(self.laid.letter("index"))
        own = f"COUNTIF({numbers},{self._letter('index')}{row})=ROWS({numbers})"
        kinds = [key for key in _KINDS if key in self.sheet.keys]
        sums = f"SUM({self._letter(kinds[0])}{row}:{self._letter(kinds[-1])}{row})"
        total = f"ROUND(ROUND(MAX(0,{sums}),{DIGITS}),{self.scheme.places})"
        known = "known" if any(entry.open for entry in item.score.trail) else "score"
        same = f"ROUND({total}-{self._letter(known)}{row},{DIGITS})=0"
        return Formula(f'=IF(AND({own},{same}),"{AGREES}","{DIFFERS}")', AGREES)

    def _letter(self, key: str) -> str:
        return column_letter(self.sheet.keys.index(key))


def total_columns(sheet: Sheet, listed: Iterable[Listed], places: int) -> Sheet:
    """The columns of 总表 that these subjects need."""
    everyone = list(listed)
    entries = [entry for item in everyone for entry in item.score.trail]
    wanted = {
        "appeal": any(entry.kind is Kind.APPEAL for entry in entries),
        "known": any(entry.open for entry in entries),
        "open": any(entry.open for entry in entries),
        "duties": any(entry.standing for entry in entries),
        "note": any(item.graded.note for item in everyone),
    }
    return with_places(replace(sheet, columns=tuple(c for c in sheet if wanted.get(c.key, True))), places)
