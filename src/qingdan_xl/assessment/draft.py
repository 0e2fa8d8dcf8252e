"""考核办法.xlsx as a rubric has it: what the scheme can say filled in, and every item and rule with its words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import default_scheme, scheme_book
from qingdan_xl.documents.totals import beside, full_mark
from qingdan_xl.model import Checklist, Duty, Rule, Section
from qingdan_xl.sheets.checklist import RULE_KINDS, YES
from qingdan_xl.sheets.scheme import CRITERIA
from qingdan_xl.sheets.writing import Cell

_KINDS = {kind: word for word, kind in RULE_KINDS.items()}
_BONUS = "加分"


def draft_scheme(rubric: Checklist) -> Scheme:
    """The scheme with the full mark and the limit of bonuses that a rubric says; all else is as by default."""
    extra = [each.points for each in beside(rubric.roles) if _BONUS in (each.title or "") and each.points is not None]
    scheme = default_scheme()
    return replace(
        scheme,
        full_mark=full_mark(rubric.title, rubric.roles) or scheme.full_mark,
        bonus_cap=sum(extra, Decimal(0)) if extra else scheme.bonus_cap,
    )


def draft_workbook(rubrics: Sequence[Checklist]) -> bytes:
    """考核办法.xlsx of these rubrics, for review: the scheme as far as they say it, and 评分细则 with all their items.

    What no setting says stands in 评分细则 in the rubric's own words. Of several rubrics none is the scheme: that is as
    by default.
    """
    book = scheme_book(draft_scheme(rubrics[0]) if len(rubrics) == 1 else default_scheme())
    book.add(CRITERIA, [row for rubric in rubrics for row in _rows(rubric)])
    return book.to_bytes()


def _rows(rubric: Checklist) -> Iterator[Mapping[str, Cell]]:
    for role in rubric.roles:
        for section in role.sections:
            for duty in section.duties:
                yield from _of_item(rubric, section, duty)


def _of_item(rubric: Checklist, section: Section, duty: Duty) -> Iterator[Mapping[str, Cell]]:
    """A row a rule of the item, one without a rule for an item that has none; the item's text stands in the first."""
    place = {"list": rubric.title, "section": section.title, "section_points": section.points, "number": duty.number}
    whole = {"text": duty.text, "points": duty.points, "department": duty.department}
    rules = [_rule(rule) for rule in duty.rules] or [{}]
    yield {**place, **whole, **rules[0]}
    yield from ({**place, **rule} for rule in rules[1:])


def _rule(rule: Rule) -> Mapping[str, Cell]:
    return {
        "said": rule.text,
        "kind": _KINDS[rule.kind],
        "worth": rule.points,
        "low": rule.low,
        "per": rule.per,
        "cap": rule.cap,
        "floor": YES[0] if rule.floor else None,
    }
