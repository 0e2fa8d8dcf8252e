"""The one validator of a scheme: by itself, and against the units and lists it is used on."""

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import pairwise

from qingdan_xl.assessment.rules import Scheme, section_name
from qingdan_xl.model import Origin, Unit
from qingdan_xl.problems import Problem, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.choices import NOT_APPLICABLE, STATUSES
from qingdan_xl.sheets.scheme import ADJUSTMENTS, BANDS, BLANK_STATUS, DECISIONS, FACTORS, QUOTAS, RETURNS, WEIGHTS

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
    found = [_outside(item.origin, "得分系数", item.factor, most=Decimal(1)) for item in scheme.factors]
    found += [_outside(item.origin, "每个事项的权重", item.weight) for item in scheme.weights]
    found += [_outside(item.origin, "每次扣分", item.points) for item in scheme.returns]
    found += [_outside(item.origin, "累计最多扣", item.cap) for item in scheme.returns if item.cap is not None]
    found += [_outside(item.origin, "最低分", item.at_least, most=scheme.full_mark) for item in scheme.bands]
    return [fault for faults in found for fault in faults]


def _outside(origin: Origin, name: str, value: Decimal, most: Decimal | None = None) -> list[Problem]:
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


def check_use(scheme: Scheme, units: Iterable[Unit], sections: Collection[str]) -> list[Problem]:
    """What the scheme names that is not there: units of the roster, their peer groups, sections of the issued lists."""
    everyone = tuple(units)
    names = [unit.name for unit in everyone]
    groups = {unit.group for unit in everyone}
    titles = {section_name(section) for section in sections}
    found = [
        problem("scheme-unit", item.origin, sheet=title, name=item.unit, hint=did_you_mean(item.unit, names))
        for title, items in ((ADJUSTMENTS.title, scheme.adjustments), (DECISIONS.title, scheme.decisions))
        for item in items
        if item.unit not in names
    ]
    found += [
        problem("scheme-group", item.origin, name=item.group, hint=did_you_mean(item.group, sorted(groups)))
        for item in scheme.quotas
        if item.group and item.group not in groups
    ]
    return found + [
        problem("scheme-section", item.origin, name=item.section, hint=did_you_mean(item.section, sorted(titles)))
        for item in scheme.weights
        if section_name(item.section) not in titles
    ]
