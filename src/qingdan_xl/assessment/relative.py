"""按排名 and 按最好: how the numbers of a subject stand beside those of its peer group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from qingdan_xl.assessment.facts import Facts, Subject
from qingdan_xl.assessment.grading import places
from qingdan_xl.assessment.items import ItemRule
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Order


def compared(subjects: Iterable[Subject], facts: Mapping[str, Facts], scheme: Scheme) -> dict[str, Facts]:
    """The facts of every subject, by id, with its places and bests within its peer group.

    Subjects with equal amounts share the better place; one without the data has no place and is in nobody's way.
    """
    everyone = tuple(subjects)
    rules = [rule for rule in scheme.item_rules if rule.kind in {ItemRuleKind.RANK, ItemRuleKind.BEST}]
    found = {subject.id: facts.get(subject.id, Facts()) for subject in everyone}
    groups: dict[str, list[str]] = defaultdict(list)
    for subject in everyone:
        groups[subject.group].append(subject.id)
    for members in groups.values():
        for rule in rules:
            _compare(members, rule, found)
    return found


def _compare(members: Iterable[str], rule: ItemRule, facts: dict[str, Facts]) -> None:
    totals = {key: total for key in members if (total := facts[key].total(rule.data)) is not None}
    best = max(totals.values(), default=Decimal(0))
    rising = totals if rule.order is Order.HIGH else {key: -total for key, total in totals.items()}
    for key, place in places(rising).items():
        own = facts[key]
        standing = {**own.places, rule.data: place}
        facts[key] = replace(own, places=standing, bests={**own.bests, rule.data: best})
