"""Items -> duties: the ids, the demands, the rules and the words of each text, and the doubts about them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qingdan_xl.documents.blanks import open_places
from qingdan_xl.documents.categories import COUNTABLE, categorised, why_uncounted
from qingdan_xl.documents.demands import day_of_period, demands
from qingdan_xl.documents.identity import Identities, normalised
from qingdan_xl.documents.items import Group, Holder, Item
from qingdan_xl.documents.marks import is_elsewhere
from qingdan_xl.documents.rules import rules
from qingdan_xl.documents.timecells import read_time, timed, without_repeats
from qingdan_xl.documents.words import policies, soft_words
from qingdan_xl.model import Doubt, Duty, Per, Role, Section, Target, TargetKind
from qingdan_xl.problems import problem

_FIRST_CLAUSE = re.compile(r"[^，。；：、\n]{0,30}")
_SHORTEST_REPEAT = 12
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Assembly:
    """Makes the roles of one list; `told` for a report, which tells what was done and demands nothing.

    `doubts` collects what of the cells beside the duties could not be read.
    """

    identities: Identities
    categories: Mapping[str, tuple[str, ...]]
    told: bool
    year: int | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def role(self, holder: Holder) -> Role:
        """The role with its sections and duties."""
        sections = tuple(self._section(group, holder.name) for group in holder.groups)
        return Role(holder.name, holder.heading, holder.inherits, sections)

    def _section(self, group: Group, role: str) -> Section:
        duties = tuple(self._duty(item, role) for item in group.items)
        return Section(group.number, group.title, duties, group.points)

    def _duty(self, item: Item, role: str) -> Duty:
        text = item.text
        return Duty(
            id=self.identities.of(role, text),
            number=item.number,
            text=text,
            line=item.line,
            targets=tuple(categorised(_with_activity(one, text), self.categories) for one in self._targets(item)),
            soft=soft_words(text),
            policies=policies(text),
            placeholders=len(open_places(text)),
            points=item.points,
            department=item.department,
            rules=rules(text),
            general=item.general,
        )

    def _targets(self, item: Item) -> tuple[Target, ...]:
        """The demands of the text, with what the cells beside it say of when."""
        if self.told:
            return ()
        found = demands(item.text)
        for cell in item.times:
            said = read_time(cell, self.year)
            found = timed(found, cell, said)
            if not said.known and not demands(cell):
                said_what = problem("unread-date", text=cell[:_SHOWN]).what
                self.doubts.append(Doubt("unread-date", item.line, said_what))
            elif said.per is not None and not _repeats(found, said.per):
                said_what = problem("lone-period", text=cell[:_SHOWN]).what
                self.doubts.append(Doubt("lone-period", item.line, said_what))
        return without_repeats(found) if "\n" in item.text else found


def _repeats(found: Iterable[Target], per: Per) -> bool:
    """Whether a demand is counted by this period; 全年 beside one that repeats in the year only says all year round."""
    periods = {one.per for one in found}
    return per in periods or (per is Per.YEAR and bool(periods - {None, Per.ONCE}))


def _with_activity(target: Target, text: str) -> Target:
    """A demand that is only how often (每月2次, in a cell of its own) is about the item it stands with."""
    if target.activity:
        return target
    clause = _FIRST_CLAUSE.match(text)
    return replace(target, activity=clause[0] if clause else "")


def doubts_about(duties: Sequence[Duty]) -> list[Doubt]:
    """What a person should look at: no duties at all, a text that stands twice, places left open."""
    if not duties:
        return [Doubt("no-duties", None, problem("no-duties").what)]
    found = []
    seen: dict[str, int | None] = {}
    for duty in duties:
        key = normalised(duty.text)
        if len(key) >= _SHORTEST_REPEAT and key in seen:
            found.append(Doubt("repeated-text", duty.line, problem("repeated-text", line=seen[key]).what))
        seen.setdefault(key, duty.line)
        if duty.placeholders:
            said = problem("open-placeholder", count=duty.placeholders, text=duty.text[:_SHOWN]).what
            found.append(Doubt("open-placeholder", duty.line, said))
    return found


def doubts_about_counts(duties: Sequence[Duty], year: int | None) -> Iterator[Doubt]:
    """The demands that no log can count, though they are for times in a period of the year, and why.

    With the list's `year`, also those dated in another one.
    """
    said = ((duty, target) for duty in duties if not duty.general for target in duty.targets)
    for duty, target in said:
        countable = target.kind is TargetKind.COUNT and target.unit in COUNTABLE and target.per not in {None, Per.DAY}
        if countable and (why := why_uncounted(target)):
            yield Doubt("not-counted", duty.line, problem("not-counted", text=target.text[:_SHOWN], why=why).what)
        if day := day_of_period(target.text):
            yield Doubt("day-of-period", duty.line, problem("day-of-period", text=day).what)
        if other := [mark for mark in target.due if year and is_elsewhere(mark, year)]:
            yield Doubt("due-elsewhere", duty.line, problem("due-elsewhere", text="、".join(other), year=year).what)
