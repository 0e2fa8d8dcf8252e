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

    Subjects with equal amounts share the better place. One without the data counts as 0 where the rule says so; else it
    has no place and is in nobody's way, like one that the rule's item is not for.
    """
    everyone = tuple(subjects)
    found = {subject.id: facts.get(subject.id, Facts()) for subject in everyone}
    groups: dict[tuple[ItemRule, str], list[str]] = defaultdict(list)
    for subject in everyone:
        for item in scheme.items_of(subject.kind):
            for rule in scheme.rules_of(item):
                if rule.kind in _COMPARING:
                    groups[rule, subject.group].append(subject.id)
    for (rule, _), members in groups.items():
        _compare(members, rule, found)
    return found


_COMPARING = frozenset({ItemRuleKind.RANK, ItemRuleKind.BEST})


def _compare(members: Iterable[str], rule: ItemRule, facts: dict[str, Facts]) -> None:
    totals = {key: total for key in members if (total := _total(facts[key], rule)) is not None}
    best = max(totals.values(), default=Decimal(0))
    rising = totals if rule.order is Order.HIGH else {key: -total for key, total in totals.items()}
    for key, place in places(rising).items():
        own = facts[key]
        facts[key] = replace(own, places={**own.places, rule: place}, bests={**own.bests, rule: best})


def _total(facts: Facts, rule: ItemRule) -> Decimal | None:
    if facts.waiting(rule.data):
        return None
    return facts.total(rule.data) if rule.waits else facts.total(rule.data) or Decimal(0)
