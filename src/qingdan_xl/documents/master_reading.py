"""母表, read: the workbook as the coordinator left it -> the checklist, and a problem for each cell that is wrong."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from qingdan_xl.documents.identity import Identities
from qingdan_xl.documents.marks import is_elsewhere, read_mark
from qingdan_xl.documents.master import KIND, KINDS, SOURCE, TITLE, WRITER, WRITERS, YEAR, choice_lists
from qingdan_xl.documents.metrics import is_metric_id
from qingdan_xl.documents.rewording import check_wording
from qingdan_xl.documents.spans import months_of
from qingdan_xl.model import (
    Blank,
    Checklist,
    Doubt,
    Duty,
    Kind,
    Metric,
    Part,
    Per,
    Role,
    Rule,
    RuleKind,
    Section,
    Target,
    TargetKind,
    Whose,
)
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.checklist import (
    BLANKS,
    DOUBTS,
    DUTIES,
    INFO,
    MASTER,
    METRICS,
    PARTS,
    PERS,
    ROLES,
    RULE_KINDS,
    RULES,
    TARGET_KINDS,
    TARGETS,
    WHOSE,
    YES,
)
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Row, Table, choice_problems, load_grids, read_table

_SEPARATOR = re.compile(r"[、，,；;\n]+")
_POLICY = re.compile(r"《.*?》(?=[、，,；;\s]|$)|[^、，,；;\n《]+", re.DOTALL)
_DUE = re.compile(
    r"(?P<about>[~～约]?)(?:(?P<year>20\d\d)[-/.年])?(?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})?日?)?|"
    r"(?P<year1>20\d\d)(?P<month1>\d\d)(?P<day1>\d\d)"
)
_MONTHS = re.compile(r"(?P<first>\d{1,2})月(?:份)?\s*[-—–－~～至到]+\s*(?:次年)?(?P<last>\d{1,2})月(?:份)?")
_OPTIONAL_SHEETS = (RULES, METRICS, BLANKS, DOUBTS)
_YEAR = 2000  # dates without a year are written without one: any will do
_CHOICES = {name: words for name, words in choice_lists({}).items() if words}


def read_master(name: str, data: bytes, year: int | None = None) -> tuple[Checklist, list[Problem]]:
    """Read the 母表 `name` from its bytes: the checklist as far as it can be read, and what is wrong by sheet and cell.

    Problems: those of the tables (`missing-sheet`, `missing-heading`, `bad-cell`, `needs-value`, `not-a-choice`),
    `unknown-role`, `unknown-duty`, `duty-twice`, `due-elsewhere` (dates outside the list's year, or `year` where it
    names none). A duty row without 事项编号 gets an id. Raises UnusableError where the file is no workbook.
    """
    return _Reader(name, data).read(year)


class _Reader:
    """One 母表 on its way back into a checklist."""

    def __init__(self, name: str, data: bytes) -> None:
        grids = load_grids(data, name)
        self.name = name
        self.problems: list[Problem] = []
        self.tables: dict[str, Table] = {}
        for sheet in MASTER:
            if sheet.title not in grids and sheet in _OPTIONAL_SHEETS:
                self.tables[sheet.key] = Table(())
                continue
            table = read_table(sheet, grids, name, _YEAR)
            self.tables[sheet.key] = table
            self.problems += [*table.problems, *choice_problems(table, sheet, _CHOICES)]

    def read(self, year: int | None) -> tuple[Checklist, list[Problem]]:
        """The checklist and the problems; `year` is that of a list that names none."""
        info = {row.text("field"): row for row in self._rows(INFO)}
        title = _info(info, TITLE)
        checklist = Checklist(
            _info(info, SOURCE),
            title,
            self._year(info),
            Kind(KINDS.get(_info(info, KIND), Kind.CHECKLIST)),
            self._roles(title),
            tuple(self._metrics()),
            tuple(self._doubts()),
            blanks=tuple(self._blanks()),
            personal=self._personal(info),
        )
        return checklist, [*self.problems, *self._reworded(checklist.kind), *self._elsewhere(checklist.year or year)]

    def _elsewhere(self, year: int | None) -> Iterator[Problem]:
        """Rows of 量化要求 with a date of another year than the list's, which asks for nothing in it."""
        for row in self._rows(TARGETS):
            marks = [day for text in _parts(row.text("due")) if (day := _day(text))]
            if other := [mark for mark in marks if year and is_elsewhere(mark, year)]:
                yield problem("due-elsewhere", row.origin("due"), text="、".join(other), year=year)

    def _reworded(self, kind: Kind) -> list[Problem]:
        """Rows of 量化要求 that the texts no longer bear out; a new duty has no id yet, and no rows."""
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        if self.problems:  # what cannot be read is to be mended first
            return []
        for row in self._rows(TARGETS):
            rows[row.text("duty_id")].append(row)
        return check_wording(kind, [(row.text("id"), row) for row in self._rows(DUTIES)], rows)

    def _rows(self, sheet: Sheet) -> tuple[Row, ...]:
        return self.tables[sheet.key].rows

    def _year(self, info: Mapping[str, Row]) -> int | None:
        text = _info(info, YEAR).rstrip("年度")
        if text.isdecimal():
            return int(text)
        if text:
            why = "应填四位年份，如 2026"
            self.problems.append(problem("bad-cell", info[YEAR].origin("value"), heading=YEAR, text=text[:40], why=why))
        return None

    def _personal(self, info: Mapping[str, Row]) -> bool:
        text = _info(info, WRITER)
        if text and text not in WRITERS:
            choices = "、".join(WRITERS)
            origin = info[WRITER].origin("value")
            self.problems.append(problem("not-a-choice", origin, heading=WRITER, text=text[:40], choices=choices))
        return WRITERS.get(text, False)

    def _roles(self, title: str) -> tuple[Role, ...]:
        identities = self._identities(title)
        names = {row.text("name") for row in self._rows(ROLES)}
        own: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._rows(DUTIES):
            if row.text("role") in names:
                own[row.text("role")].append(row)
            elif row.text("role"):
                self._unknown("unknown-role", row, "role")
        for row in self._rows(ROLES):
            if row.text("inherits") and row.text("inherits") not in names:
                self._unknown("unknown-role", row, "inherits")
        targets, rules = self._by_duty(TARGETS, identities), self._by_duty(RULES, identities)
        return tuple(
            Role(
                row.text("name"),
                row.text("heading") or None,
                row.text("inherits") or None,
                tuple(self._sections(own.pop(row.text("name"), []), identities, targets, rules)),
                _parts(row.text("unit_kinds")),
            )
            for row in self._rows(ROLES)
            if row.text("name")
        )

    def _identities(self, title: str) -> dict[int, str]:
        """The id of every duty row by the row's number; new rows get theirs from their text."""
        rows = self._rows(DUTIES)
        fresh = Identities(title, (row.text("id") for row in rows))
        ids: dict[int, str] = {}
        said = set()
        for row in rows:
            if row.text("id") in said:
                self.problems.append(problem("duty-twice", row.origin("id"), text=row.text("id")))
            if row.text("id"):
                said.add(row.text("id"))
            ids[row.number] = row.text("id") or fresh.of(row.text("role"), row.text("text"))
        return ids

    def _by_duty(self, sheet: Sheet, identities: Mapping[int, str]) -> dict[str, list[Row]]:
        known = set(identities.values())
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._rows(sheet):
            if row.text("duty_id") in known:
                rows[row.text("duty_id")].append(row)
            elif row.text("duty_id"):
                self._unknown("unknown-duty", row, "duty_id")
        return rows

    def _unknown(self, code: str, row: Row, key: str) -> None:
        self.problems.append(problem(code, row.origin(key), text=row.text(key)[:40]))

    def _sections(
        self, rows: list[Row], ids: Mapping[int, str], targets: Mapping[str, list[Row]], rules: Mapping[str, list[Row]]
    ) -> Iterator[Section]:
        for key, group in groupby(rows, key=_section_key):
            number, title, points = key
            duties = tuple(
                _duty(
                    row,
                    ids[row.number],
                    tuple(target for one in targets.get(ids[row.number], ()) if (target := self._target(one))),
                    tuple(rule for one in rules.get(ids[row.number], ()) if (rule := _rule(one))),
                )
                for row in group
            )
            yield Section(number, title, duties, points)

    def _target(self, row: Row) -> Target | None:
        kind, per = TARGET_KINDS.get(row.text("kind")), PERS.get(row.text("per"))
        if kind is None or not row.text("text"):
            return None
        return Target(
            row.text("text"),
            row.text("activity"),
            TargetKind(kind),
            _decimal(row, "number"),
            row.text("unit") or None,
            Per(per) if per else None,
            self._due(row),
            bool(row.text("at_most")),
            row.text("category"),
            self._months(row),
        )

    def _months(self, row: Row) -> tuple[int, int] | None:
        text = row.text("months")
        found = _MONTHS.fullmatch(text)
        if found and all(1 <= int(found[end]) <= 12 for end in ("first", "last")):  # noqa: PLR2004 - months
            return int(found["first"]), int(found["last"])
        if text:
            why = "应写成 3月至12月 的样子"
            self.problems.append(problem("bad-cell", row.origin("months"), heading="起止月份", text=text[:40], why=why))
        return None

    def _due(self, row: Row) -> tuple[str, ...]:
        days = []
        for text in _parts(row.text("due")):
            day = _day(text)
            if day is None:
                why = "没有这一天" if _DUE.fullmatch(text) else "应写成 01-31、~07-01、2026-05 或 2026-09-15 的样子"
                self.problems.append(problem("bad-cell", row.origin("due"), heading="期限", text=text[:40], why=why))
            else:
                days.append(day)
        return tuple(days)

    def _metrics(self) -> Iterator[Metric]:
        said = set()
        for row in self._rows(METRICS):
            if not row.text("text"):
                continue
            name = "".join(row.text("id").split())
            if name in said or not is_metric_id(name):
                self.problems.append(problem("count-id", row.origin("id"), text=row.text("id")[:40]))
            else:
                said.add(name)
                yield self._metric(row, name)

    def _metric(self, row: Row, name: str) -> Metric:
        """The count of a row; where it cannot be read what to count, nothing is."""
        whose, span = row.text("whose"), self._span(row)
        metric = Metric(
            row.text("text"),
            row.text("activity"),
            row.text("unit") or None,
            _whole(row, "line"),
            id=name,
            category=row.text("category"),
            topic=row.text("topic"),
            without=row.text("without"),
            months=span,
            whose=Whose(WHOSE[whose]) if whose in WHOSE else None,
            checked=row.text("checked") == YES[0],
            note=row.text("note"),
            sentence=row.text("sentence"),
        )
        faulty = (row.text("months") and not span) or (whose and whose not in WHOSE)
        return replace(metric, category="", note="“期间”或者“数谁的”填得不对") if faulty else metric

    def _span(self, row: Row) -> tuple[int, int] | None:
        text = row.text("months")
        found = months_of(text)
        if text and not found:
            why = "应写成 上半年、第一季度、3月 或 3月至5月 的样子，全年的留空"
            self.problems.append(problem("bad-cell", row.origin("months"), heading="期间", text=text[:40], why=why))
        return found

    def _blanks(self) -> Iterator[Blank]:
        for row in self._rows(BLANKS):
            if row.text("part") in PARTS and row.text("context"):
                part = Part(PARTS[row.text("part")])
                about = {Part.TITLE: "", Part.ROLE: row.text("role")}.get(part, row.text("duty_id"))
                yield Blank(part, about, *(row.text(key) for key in ("context", "guess", "value", "source", "id")))

    def _doubts(self) -> Iterator[Doubt]:
        for row in self._rows(DOUBTS):
            yield Doubt(row.text("code"), _whole(row, "line"), row.text("message"))


def _info(info: Mapping[str, Row], field: str) -> str:
    return info[field].text("value") if field in info else ""


def _section_key(row: Row) -> tuple[str | None, str | None, Decimal | None]:
    return row.text("section_number") or None, row.text("section") or None, _decimal(row, "section_points")


def _duty(row: Row, identity: str, targets: tuple[Target, ...], rules: tuple[Rule, ...]) -> Duty:
    return Duty(
        identity,
        row.text("number"),
        row.text("text"),
        _whole(row, "line"),
        targets,
        _parts(row.text("soft")),
        tuple(part.strip() for part in _POLICY.findall(row.text("policies")) if part.strip()),
        _whole(row, "placeholders") or 0,
        _decimal(row, "points"),
        row.text("department") or None,
        rules,
        bool(row.text("general")),
    )


def _rule(row: Row) -> Rule | None:
    kind = RULE_KINDS.get(row.text("kind"))
    if kind is None or not row.text("text"):
        return None
    points, low, cap = (_decimal(row, key) for key in ("points", "low", "cap"))
    return Rule(row.text("text"), RuleKind(kind), points, row.text("per") or None, bool(row.text("floor")), low, cap)


def _day(text: str) -> str | None:
    """One deadline as typed: 01-31, 1月31日, ~07-01, 2026-05, 2026-09-15, 20260915, or a date cell; None for no day."""
    found = _DUE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (found[part] or found[f"{part}1"] for part in ("year", "month", "day"))
    if not (year or day):
        return None
    dated = f"{year}-" if year else ""
    mark = read_mark(f"{'~' if found['about'] else ''}{dated}{int(month):02}" + (f"-{int(day):02}" if day else ""))
    return str(mark) if mark and mark.day in {None, mark.last_day} else None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEPARATOR.split(text) if part.strip())


def _decimal(row: Row, key: str) -> Decimal | None:
    value = row.value(key)
    return value if isinstance(value, Decimal) else None


def _whole(row: Row, key: str) -> int | None:
    value = row.value(key)
    return value if isinstance(value, int) else None
