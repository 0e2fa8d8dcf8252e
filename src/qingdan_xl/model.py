"""The words of the field as frozen values (DESIGN §2); nothing here reads, writes or decides."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stood: a line of a document, or a cell of a workbook (rows from 1, columns as letters)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def cell(self) -> str:
        """A1 reference, '' where the row is not known."""
        return f"{self.column}{self.row}" if self.row is not None else ""


class Kind(StrEnum):
    """What a document is."""

    CHECKLIST = "checklist"
    RUBRIC = "rubric"
    REPORT = "report"


class Per(StrEnum):
    """The period a demand repeats in; OTHER is one that no log of a year shows (每三年, 任期内, 每3天)."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    FOUR_MONTHS = "four_months"
    QUARTER = "quarter"
    TWO_MONTHS = "two_months"
    MONTH = "month"
    TEN_DAYS = "ten_days"
    TWO_WEEKS = "two_weeks"
    WEEK = "week"
    DAY = "day"
    ONCE = "once"
    OTHER = "other"


class TargetKind(StrEnum):
    """Which sort of demand: a number of times, a share, or a date without a number."""

    COUNT = "count"
    RATIO = "ratio"
    DEADLINE = "deadline"


class RuleKind(StrEnum):
    """What a scoring rule does with its points."""

    DEDUCT_EACH = "deduct_each"
    DEDUCT = "deduct"
    AWARD = "award"
    PROPORTIONAL = "proportional"
    VETO = "veto"
    BONUS = "bonus"


@dataclass(frozen=True, slots=True)
class Target:
    """量化要求: a demand with a number or a date.

    `number` counts `unit` per `per` (60 with unit % for 60%以上); it is an upper limit where `at_most`.
    `due` holds MM-DD, YYYY-MM-DD or YYYY-MM (by its end), behind ~ where it is about. `category` is the activity
    category whose log rows count, '' for none.
    `months` are the first and the last month in which it repeats (3月至12月每月), None for the whole year; the last may
    lie in the next year (11月至次年3月).
    """

    text: str
    activity: str
    kind: TargetKind
    number: Decimal | None = None
    unit: str | None = None
    per: Per | None = None
    due: tuple[str, ...] = ()
    at_most: bool = False
    category: str = ""
    months: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """评分规则: one award or deduction said in a duty's text; `points` is positive, `floor` where 扣完为止 is said.

    `low` is the lower end of a judgement range (酌情扣2－4分: 2, with `points` 4), `cap` the most it comes to
    (最多扣10分).
    """

    text: str
    kind: RuleKind
    points: Decimal | None = None
    per: str | None = None
    floor: bool = False
    low: Decimal | None = None
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """责任事项: one numbered duty; `id` is stable while its text is, `number` is as printed, `line` counts from 1."""

    id: str
    number: str
    text: str
    line: int | None = None
    targets: tuple[Target, ...] = ()
    soft: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    placeholders: int = 0
    points: Decimal | None = None
    department: str | None = None
    rules: tuple[Rule, ...] = ()
    general: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """板块: a titled group of duties; number and title are None where a role has no sections."""

    number: str | None
    title: str | None
    duties: tuple[Duty, ...] = ()
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """层级/角色: who holds duties. `inherits` names the role whose list this one works by.

    `unit_kinds` limits it to units of these kinds; empty means every kind.
    """

    name: str
    heading: str | None = None
    inherits: str | None = None
    sections: tuple[Section, ...] = ()
    unit_kinds: tuple[str, ...] = ()

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All duties in order."""
        return tuple(duty for section in self.sections for duty in section.duties)


class Whose(StrEnum):
    """Whose activities an open count of a report tells: those of the unit, or what one person hosted."""

    UNIT = "unit"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Metric:
    """A count a report leaves open (召开*次会议), with its activity and unit.

    `sentence` is what it stands in, its place in 【】. `id` is what the template of the report calls it. The rows of
    `category` in the log are counted for it, '' for none: with a `topic` only those with one of its words in 主题, none
    with a word of `without`, only those of the `months` from the first to the last, those of the unit or only what the
    person hosted (`whose`; '' for whomever the report is about). `checked` tells that a person agreed; `note` what the
    parser has to say of it.
    """

    text: str
    activity: str
    unit: str | None
    line: int | None = None
    id: str = ""
    category: str = ""
    topic: str = ""
    without: str = ""
    months: tuple[int, int] | None = None
    whose: Whose | None = None
    checked: bool = False
    note: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt of the parser about one line of a document; `code` is in the catalogue of problems."""

    code: str
    line: int | None
    message: str


class Part(StrEnum):
    """Which text of a list, or of a report, leaves something open."""

    TITLE = "title"
    ROLE = "role"
    SECTION = "section"
    DUTY = "duty"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Blank:
    """占位: a place that a list leaves open (*, XX, ____), and what goes there.

    `about` is the duty's id (of a section that of its first duty), the role's name, or ''. `context` is the words
    around the place, which stands in 【】: it tells the place from others of its text. `value` is typed once for all
    units; `source` names a column of the roster whose cell goes there for each unit, `value` then where it is empty.
    `id` is what the template of a report calls the place.
    """

    part: Part
    about: str
    context: str
    guess: str = ""
    value: str = ""
    source: str = ""
    id: str = ""

    @property
    def sign(self) -> str:
        """What stands in the place."""
        return self.context.partition("【")[2].partition("】")[0]


class Place(StrEnum):
    """What became of a piece of a document."""

    TITLE = "title"
    HEADING = "heading"
    PREAMBLE = "preamble"
    DUTY = "duty"
    TAIL = "tail"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Aside:
    """A line of a document that is in no title, heading or duty, and why: its place."""

    line: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Account:
    """Where all signs of a document that are no white space went (by place), and the lines that are in no duty."""

    signs: dict[Place, int] = field(default_factory=dict)
    aside: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """清单: one list for one year; `account` tells what the parser did with the text, and is no part of the list.

    `personal` is a report that one person writes of own work (本人、我).
    """

    source: str
    title: str
    year: int | None
    kind: Kind
    roles: tuple[Role, ...] = ()
    metrics: tuple[Metric, ...] = ()
    warnings: tuple[Doubt, ...] = ()
    account: Account = field(default_factory=Account, compare=False)
    blanks: tuple[Blank, ...] = ()
    personal: bool = False

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All duties in order."""
        return tuple(duty for role in self.roles for duty in role.duties)


@dataclass(frozen=True, slots=True)
class Unit:
    """单位: `id` is what the workbooks carry; `group` is the peer group it is ranked in.

    `extras` are the cells of columns that the office added to the roster (简称), by heading.
    """

    id: str
    name: str
    kind: str
    parent: str = ""
    group: str = ""
    contact: str = ""
    phone: str = ""
    origin: Origin = field(default_factory=Origin, compare=False)
    extras: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """人员: one person of a unit with the roles held (names as in the checklists) and what they oversee."""

    name: str
    unit: str
    title: str = ""
    roles: tuple[str, ...] = ()
    oversees: tuple[str, ...] = ()
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True)
class Roster:
    """花名册: the units and people of one year."""

    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()

    def people_of(self, unit: str) -> tuple[Person, ...]:
        """The people whose unit has this name."""
        return self._people_by_unit.get(unit, ())

    @cached_property
    def _people_by_unit(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.unit, []).append(person)
        return {unit: tuple(people) for unit, people in found.items()}


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of the year, both ends included, with the label people read (第一季度, 3月)."""

    start: date
    end: date
    label: str
