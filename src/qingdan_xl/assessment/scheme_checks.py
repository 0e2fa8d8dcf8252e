"""The one validator of a scheme: by itself, and against the units and lists it is used on."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from qingdan_xl.assessment.rules import Scheme, section_name
from qingdan_xl.model import Origin, Person, Unit
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.choices import NOT_APPLICABLE, STATUSES
from qingdan_xl.sheets.scheme import ADJUSTMENTS, BANDS, BLANK_STATUS, DECISIONS, FACTORS, QUOTAS, RETURNS, WEIGHTS
from qingdan_xl.sheets.scheme_items import ITEMS

SCORED_STATUSES = (*(status for status in STATUSES if status != NOT_APPLICABLE), BLANK_STATUS)
FINEST = Decimal("0.0001")  # the smallest step of points that people may type

_Named = tuple[str, Origin]


def check_scheme(scheme: Scheme, file: str) -> list[Problem]:
    """Every fault that the scheme has by itself; `file` names the workbook for what stands in no cell."""
    return [fault for check in _CHECKS for fault in check(scheme, file)]


def check_repeats(scheme: Scheme, _file: str) -> list[Problem]:
    """A status, section, case, grade, group or decided unit stands in its table once."""
    tables: dict[str, list[_Named]] = {
        FACTORS.title: [(item.status, item.origin) for item in scheme.factors],
        WEIGHTS.title: [(section_name(item.section), item.origin) for item in scheme.weights],
        RETURNS.title: [(item.case.value, item.origin) for item in scheme.returns],
        BANDS.title: [(item.name, item.origin) for item in scheme.bands],
        QUOTAS.title: [(item.group, item.origin) for item in scheme.quotas],
        DECISIONS.title: [(item.unit, item.origin) for item in scheme.decisions],
    }
    return [
        problem("scheme-twice", origin, sheet=title, name=name or "（留空）")
        for title, items in tables.items()
        for name, origin in items
        if Counter(other for other, _ in items)[name] > 1
    ]


def check_factors(scheme: Scheme, file: str) -> list[Problem]:
    """Every status that earns points by a factor has one, and every factor is of such a status."""
    missing = [
        problem("factor-missing", Origin(file, FACTORS.title), status=status)
        for status in SCORED_STATUSES
        if scheme.factor_of(status) is None
    ]
    unknown = [
        problem("factor-unknown", item.origin, status=item.status, hint=did_you_mean(item.status, SCORED_STATUSES))
        for item in scheme.factors
        if item.status not in SCORED_STATUSES
    ]
    return missing + unknown


def check_ranges(scheme: Scheme, _file: str) -> list[Problem]:
    """Numbers lie where they make sense: factors 0 to 1, weights and deductions not negative, bands within the mark."""
    found = [outside(item.origin, "得分系数", item.factor, most=Decimal(1)) for item in scheme.factors]
    found += [outside(item.origin, "每个事项的权重", item.weight) for item in scheme.weights]
    found += [outside(item.origin, "每次扣分", item.points) for item in scheme.returns]
    found += [outside(item.origin, "累计最多扣", item.cap) for item in scheme.returns]
    found += [outside(item.origin, "最低分", item.at_least, most=scheme.full_mark) for item in scheme.bands]
    return [fault for faults in found for fault in faults]


def outside(origin: Origin, name: str, value: Decimal | None, most: Decimal | None = None) -> list[Problem]:
    """`scheme-range` where a number is below 0 or above `most`; nothing where there is none."""
    if value is None:
        return []
    if value < 0 or (most is not None and value > most):
        limits = "不小于 0" if most is None else f"0 到 {most}"
        return [problem("scheme-range", origin, name=name, value=value, limits=limits)]
    return []


def check_steps(scheme: Scheme, _file: str) -> list[Problem]:
    """Points are typed with at most four decimals, and an adjustment is not zero."""
    typed = [(item.points, item.origin) for item in scheme.returns]
    typed += [(item.points, item.origin) for item in scheme.adjustments]
    fine = [problem("points-too-fine", origin, points=points) for points, origin in typed if points % FINEST]
    return fine + [
        problem("points-zero", item.origin, name=item.unit) for item in scheme.adjustments if not item.points
    ]


def check_bands(scheme: Scheme, file: str) -> list[Problem]:
    """Grades go from the best down, and the last one catches every score from 0."""
    if not scheme.bands:
        return [problem("bands-missing", Origin(file, BANDS.title))]
    found = [
        problem("bands-order", lower.origin, name=lower.name, at_least=lower.at_least, above=upper.name)
        for upper, lower in pairwise(scheme.bands)
        if lower.at_least >= upper.at_least
    ]
    last = scheme.bands[-1]
    if last.at_least > 0:
        found.append(problem("bands-open", last.origin, name=last.name, at_least=last.at_least))
    return found


_CHECKS = (check_repeats, check_factors, check_ranges, check_steps, check_bands)


def check_use(
    scheme: Scheme, units: Iterable[Unit], sections: Collection[str], people: Iterable[Person] = ()
) -> list[Problem]:
    """What the scheme names that is not there: units, people (单位/姓名), groups, kinds, roles, issued sections."""
    everyone, persons = tuple(units), tuple(people)
    names = [unit.name for unit in everyone]
    found = _unknown_subjects(scheme, [*names, *(f"{person.unit}/{person.name}" for person in persons)])
    groups = sorted({unit.group for unit in everyone} | {mix.group for mix in scheme.person_mixes})
    found += _unknown("scheme-group", [(item.group, item.origin) for item in scheme.quotas if item.group], groups)
    found += _unknown_sections(scheme, sections)
    kinds = [(kind, item.origin) for item in scheme.items for kind in item.kinds]
    found += _unknown("scheme-kind", kinds, sorted({unit.kind for unit in everyone}))
    roles = sorted({role for person in persons for role in person.roles})
    found += _unknown("scheme-role", [(mix.role, mix.origin) for mix in scheme.person_mixes], roles)
    found += _unknown("rater-unit", [(own.unit, own.origin) for own in scheme.raters if own.unit], names)
    covers = [(name, own.origin) for own in scheme.raters for name in own.covers]
    return found + _unknown("rater-covers", covers, [*groups, *names])


def _unknown(code: str, named: Iterable[_Named], known: Sequence[str], **context: str) -> list[Problem]:
    there = frozenset(known)
    return [
        problem(code, origin, name=name, hint=did_you_mean(name, known), **context)
        for name, origin in named
        if name not in there
    ]


def _unknown_subjects(scheme: Scheme, known: Sequence[str]) -> list[Problem]:
    tables: dict[str, list[_Named]] = {
        ADJUSTMENTS.title: [(item.unit, item.origin) for item in scheme.adjustments],
        DECISIONS.title: [(item.unit, item.origin) for item in scheme.decisions],
    }
    return [fault for title, named in tables.items() for fault in _unknown("scheme-unit", named, known, sheet=title)]


def _unknown_sections(scheme: Scheme, sections: Collection[str]) -> list[Problem]:
    titles = frozenset(map(section_name, sections))
    tables: dict[str, list[_Named]] = {
        WEIGHTS.title: [(item.section, item.origin) for item in scheme.weights],
        ITEMS.title: [(name, item.origin) for item in scheme.items for name in item.lists],
    }
    return [
        problem("scheme-section", origin, sheet=title, name=name, hint=did_you_mean(name, sorted(titles)))
        for title, named in tables.items()
        for name, origin in named
        if section_name(name) not in titles
    ]
