"""事项核定: what rater groups leave of what a duty earns by its status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.facts import Facts
from qingdan_xl.assessment.items import RaterGroup
from qingdan_xl.assessment.ratings import numbered, without_extremes
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import plain
from qingdan_xl.sheets.choices import NOT_APPLICABLE
from qingdan_xl.sheets.scheme import NotApplicable
from qingdan_xl.sheets.scheme_items import MissingRater
from qingdan_xl.summary.standing import Standing


@dataclass(frozen=True, slots=True)
class Review:
    """What raters made of a duty: a `factor` from 0 to 1, None while a group is waited for; `why` in words."""

    factor: Fraction | None
    why: str = ""


NOT_REVIEWED = Review(Fraction(1))


def is_excluded(standing: Standing, scheme: Scheme) -> bool:
    """Whether the duty has no part in the full mark: not applicable, where the scheme leaves such duties out."""
    return standing.answer.status == NOT_APPLICABLE and scheme.not_applicable is NotApplicable.EXCLUDED


def is_reviewed(standing: Standing, scheme: Scheme) -> bool:
    """Whether the duty is one that raters are asked to judge: one that came back and that no count can judge."""
    return standing.returned and not standing.targets and not is_excluded(standing, scheme)


def review(standing: Standing, facts: Facts, scheme: Scheme) -> Review:
    """What the groups that judge duties made of this one: the means of the groups by their weights.

    A group that gave nothing is waited for, or leaves its weight to the others where the scheme says 其余折算; where
    all do so, the duty stays as it is.
    """
    if not scheme.reviewers or not is_reviewed(standing, scheme):
        return NOT_REVIEWED
    given = _factors(standing, facts, scheme)
    waited = [own.name for own in scheme.reviewers if own.name not in given and own.missing is MissingRater.OPEN]
    if waited:
        return Review(None, f"；等待{'、'.join(f'“{name}”' for name in waited)}核定")
    staying = [own for own in scheme.reviewers if own.name in given]
    if not staying:
        return NOT_REVIEWED
    whole = Fraction(sum((own.weight for own in staying), Decimal(0)))
    if not whole:
        return Review(None, "；给了核定系数的评分组权重合计是 0，等待核定")
    factor = sum((Fraction(own.weight) * _mean(given[own.name]) for own in staying), Fraction(0)) / whole
    return Review(factor, f"；评委核定系数 {_said(factor)}（{_details(staying, given)}）")


def _factors(standing: Standing, facts: Facts, scheme: Scheme) -> dict[str, list[Decimal]]:
    """The factors that count, by the name of the group; a group that gave none is not there."""
    own = facts.ratings_of_duty(standing.row_id)
    numbers = {
        group.name: without_extremes(group, numbered(rating for rating in own if rating.group == group.name))
        for group in scheme.reviewers
    }
    return {name: [value for value, _ in found] for name, found in numbers.items() if found}


def _mean(factors: Sequence[Decimal]) -> Fraction:
    return Fraction(sum(factors, Decimal(0))) / len(factors)


def _details(groups: Sequence[RaterGroup], given: Mapping[str, Sequence[Decimal]]) -> str:
    if len(groups) == 1:
        return f"{len(given[groups[0].name])} 人"
    return "；".join(
        f"{own.name}权重 {plain(own.weight)}、{len(given[own.name])} 人平均 {_said(_mean(given[own.name]))}"
        for own in groups
    )


def _said(number: Fraction) -> str:
    return f"{float(number):.4g}"
