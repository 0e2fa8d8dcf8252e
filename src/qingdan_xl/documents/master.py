"""母表, written: a checklist -> the workbook that the coordinator reviews and edits."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from qingdan_xl.documents.spans import months_name
from qingdan_xl.model import Checklist, Duty, Kind, Part, Role, Section
from qingdan_xl.sheets.checklist import (
    BLANKS,
    DOUBT_WORDS,
    DOUBTS,
    DUTIES,
    INFO,
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
    months_text,
)
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell

TITLE, YEAR, KIND, SOURCE, WRITER = "清单名称", "年度", "类型", "来源文件", "谁写的报告"
KINDS = {"责任清单": "checklist", "评分办法": "rubric", "情况报告": "report"}
WRITERS = {"单位": False, "个人": True}
JOINER = "、"
# Columns that most lists have no use for: hidden where nothing stands in them.
_SELDOM = frozenset(
    {
        "section_number",
        "section",
        "section_points",
        "points",
        "department",
        "general",
        "placeholders",
        "soft",
        "policies",
    }
)
_SAID_AGAIN = ("activity",)  # 原文 without its place
_Rows = Iterator[Mapping[str, Cell]]


def choice_lists(categories: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The dropdown lists of the 母表 by name."""
    return {
        "yes": YES,
        "category": tuple(categories),
        "target_kind": tuple(TARGET_KINDS),
        "per": tuple(PERS),
        "rule_kind": tuple(RULE_KINDS),
        "part": tuple(PARTS),
        "whose": tuple(WHOSE),
    }


def master_workbook(checklist: Checklist, categories: Mapping[str, Sequence[str]] = CATEGORIES) -> bytes:
    """The 母表 of `checklist` as an .xlsx file: one sheet each for what it is, who, what, how often, how scored.

    `categories` are the names offered for 活动类别. `read_master` gives the same checklist back.
    """
    book = Book(choice_lists(categories))
    book.add(INFO, _info(checklist))
    book.add(ROLES, _roles(checklist))
    _add_duties(book, list(_duties(checklist)))
    _add_targets(book, list(_targets(checklist)))
    _add_extras(book, checklist)
    return book.to_bytes()


def _add_extras(book: Book, checklist: Checklist) -> None:
    """The sheets that are only there where they have rows, columns that say nothing in this list hidden."""
    extras = (
        (RULES, _rules(checklist), ()),
        (METRICS, _metrics(checklist), ("note",)),
        (BLANKS, _blanks(checklist), ("id", "duty_id", "role", "number")),
        (DOUBTS, _doubts(checklist), ()),
    )
    for sheet, found, may_hide in extras:
        if rows := list(found):
            page = book.add(sheet, rows)
            empty = [key for key in may_hide if not sheet.column(key).editable and not any(row[key] for row in rows)]
            for key in (*empty, *(_SAID_AGAIN if sheet is METRICS else ())):
                at = sheet.keys.index(key)
                page.set_column(at, at, sheet.column(key).width, None, {"hidden": True})


def _add_duties(book: Book, rows: Sequence[Mapping[str, Cell]]) -> None:
    page = book.add(DUTIES, rows)
    for at, column in enumerate(DUTIES):
        if column.key in _SELDOM and not any(row[column.key] for row in rows):
            page.set_column(at, at, column.width, None, {"hidden": True})


def _add_targets(book: Book, rows: Sequence[Mapping[str, Cell]]) -> None:
    page = book.add(TARGETS, rows)
    months, due = TARGETS.keys.index("months"), TARGETS.keys.index("due")
    if not any(row["months"] for row in rows):
        page.set_column(months, months, TARGETS.column("months").width, None, {"hidden": True})
    # As text, rows to come too: Excel would turn a typed 01-31 into a date of the current year.
    page.set_column(due, due, TARGETS.column("due").width, book.styles.get(num_format="@"))
    as_text = book.styles.body(TARGETS.column("due"), num_format="@")
    for number, row in enumerate(rows, FIRST_ROW):
        book.write_cell(page, number, due, row["due"], as_text)


def label_of(labels: Mapping[str, str], value: StrEnum | None) -> str | None:
    """The Chinese word for a value of an enumeration."""
    return next((label for label, meant in labels.items() if meant == value), None)


def _info(checklist: Checklist) -> _Rows:
    yield {"field": TITLE, "value": checklist.title}
    yield {"field": YEAR, "value": checklist.year and str(checklist.year)}
    yield {"field": KIND, "value": label_of(KINDS, checklist.kind)}
    yield {"field": SOURCE, "value": checklist.source}
    if checklist.kind is Kind.REPORT:
        yield {"field": WRITER, "value": next(word for word, own in WRITERS.items() if own is checklist.personal)}


def _roles(checklist: Checklist) -> _Rows:
    for role in checklist.roles:
        yield {
            "name": role.name,
            "heading": role.heading,
            "inherits": role.inherits,
            "unit_kinds": JOINER.join(role.unit_kinds),
        }


def _walk(checklist: Checklist) -> Iterator[tuple[Role, Section, Duty]]:
    for role in checklist.roles:
        for section in role.sections:
            for duty in section.duties:
                yield role, section, duty


def _duties(checklist: Checklist) -> _Rows:
    for role, section, duty in _walk(checklist):
        yield {
            "id": duty.id,
            "role": role.name,
            "section_number": section.number,
            "section": section.title,
            "section_points": section.points,
            "number": duty.number,
            "text": duty.text,
            "points": duty.points,
            "department": duty.department,
            "soft": JOINER.join(duty.soft),
            "policies": JOINER.join(duty.policies),
            "placeholders": duty.placeholders or None,
            "general": YES[0] if duty.general else None,
            "line": duty.line,
        }


def _targets(checklist: Checklist) -> _Rows:
    for duty in checklist.duties:
        for target in duty.targets:
            yield {
                "duty_id": duty.id,
                "text": target.text,
                "activity": target.activity,
                "category": target.category,
                "kind": label_of(TARGET_KINDS, target.kind),
                "number": target.number,
                "at_most": YES[0] if target.at_most else None,
                "unit": target.unit,
                "per": label_of(PERS, target.per),
                "months": months_text(target.months),
                "due": JOINER.join(target.due),
            }


def _rules(checklist: Checklist) -> _Rows:
    for duty in checklist.duties:
        for rule in duty.rules:
            yield {
                "duty_id": duty.id,
                "text": rule.text,
                "kind": label_of(RULE_KINDS, rule.kind),
                "points": rule.points,
                "per": rule.per,
                "floor": YES[0] if rule.floor else None,
                "low": rule.low,
                "cap": rule.cap,
            }


def _metrics(checklist: Checklist) -> _Rows:
    for metric in checklist.metrics:
        yield {key: getattr(metric, key) or None for key in METRICS.keys} | {
            "months": months_name(metric.months),
            "whose": label_of(WHOSE, metric.whose),
            "checked": YES[0] if metric.checked else None,
        }


def _blanks(checklist: Checklist) -> _Rows:
    """The open places; role and number of a duty are there for people and not read back."""
    places = {duty.id: (role.name, duty.number) for role, _, duty in _walk(checklist)}
    for blank in checklist.blanks:
        of_duty = blank.part in {Part.DUTY, Part.SECTION}
        role, number = places.get(blank.about, ("", "")) if of_duty else (blank.about, "")
        yield {
            "id": blank.id,
            "part": label_of(PARTS, blank.part),
            "duty_id": blank.about if of_duty else None,
            "role": role,
            "number": number if blank.part is Part.DUTY else None,
            "context": blank.context,
            "guess": blank.guess,
            "value": blank.value,
            "source": blank.source,
        }


def _doubts(checklist: Checklist) -> _Rows:
    for doubt in checklist.warnings:
        sort = DOUBT_WORDS.get(doubt.code)
        yield {"code": doubt.code, "sort": sort, "line": doubt.line, "message": doubt.message}
