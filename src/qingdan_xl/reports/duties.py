"""Duties as reports tell them: one by one, and what several people hold as one."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from qingdan_xl.counting.lights import OVERDUE, SHORT
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.reports.facts import Facts, duty_source
from qingdan_xl.reports.figures import Figure, Phrase, joined
from qingdan_xl.summary.reasons import reason
from qingdan_xl.summary.standing import Standing

_LONG = 30  # signs of a gist: with its progress it is two or three lines
_SENTENCE = re.compile(r"[。；！？\n]")
_ADVERBIAL = tuple("前后时中内间")  # what ends so says when or where, and not yet what
_PREPOSED = ("对", "把", "将", "在", "围绕", "针对")  # what begins so wants the words behind the comma
_OPENING, _CLOSING = "（(“‘《〈【", "）)”’》〉】"


@dataclass(frozen=True, slots=True)
class Seen:
    """A duty as it is looked at on the calendar's day."""

    standing: Standing
    calendar: Calendar

    @property
    def late(self) -> Figure | None:
        """How many days it is late; None where it is not."""
        standing = self.standing
        if standing.light not in {OVERDUE, SHORT} or standing.since is None:
            return None
        days = (self.calendar.as_of - standing.since).days
        return Figure("逾期天数", days, lambda: (duty_source(standing),))

    @property
    def why(self) -> str:
        """What is late or about to be."""
        return reason(self.standing, self.calendar.near_days)


@dataclass(frozen=True)
class Joint:
    """One duty of a list with all who hold it; `named` where it is to be said who of them did or missed what."""

    each: tuple[Seen, ...]
    named: bool

    @property
    def standing(self) -> Standing:
        """The first one: number, text, section and role are the same for all."""
        return self.each[0].standing

    @cached_property
    def people(self) -> str:
        """Who holds it, as far as anybody says."""
        return _names(self.each)

    @property
    def progress(self) -> str:
        """What was written as 进展情况, the same words once; with names where not all say the same."""
        return self._told(lambda seen: seen.standing.answer.report)

    @property
    def trouble(self) -> str:
        """The same of 存在问题."""
        return self._told(lambda seen: seen.standing.answer.trouble)

    @property
    def lateness(self) -> Phrase:
        """Who is how many days late with what; nothing where nobody is."""
        behind: dict[tuple[str, int, str], list[Seen]] = {}
        for seen in self.each:
            if (light := seen.standing.light) in {OVERDUE, SHORT}:
                behind.setdefault((light, int(seen.late or 0), seen.why), []).append(seen)
        return joined((self._late(light, why, own) for (light, _, why), own in behind.items()), "；")

    def _late(self, light: str, why: str, own: Sequence[Seen]) -> Phrase:
        who = (_names(own) or self.standing.role) if self.named else ""
        days = own[0].late
        lacks = "；".join(why.splitlines()) if light == SHORT else ""  # of a date that passed there is no more to say
        return Phrase((f"{who}{light}", *((days, "天") if days else ()), f"（{lacks}）" if lacks else ""))

    def _told(self, words: Callable[[Seen], str]) -> str:
        said: dict[str, list[Seen]] = {}
        for seen in self.each:
            if text := words(seen).strip():
                said.setdefault(text, []).append(seen)
        if len(said) == 1 and (not self.named or len(next(iter(said.values()))) == len(self.each)):
            return next(iter(said))
        return "；".join(f"{who}：{_unended(text)}" if (who := _names(own)) else text for text, own in said.items())


def seen_in(facts: Facts, standings: Iterable[Standing]) -> list[Seen]:
    """Some duties of the facts as they are looked at on its day."""
    return [Seen(standing, facts.calendar) for standing in standings]


def joint_in(facts: Facts, standings: Iterable[Standing]) -> list[Joint]:
    """The same, each duty of a list once, whoever holds it."""
    found: dict[tuple[str, str, str, str], list[Seen]] = {}
    for seen in seen_in(facts, standings):
        one = seen.standing
        found.setdefault((one.checklist, one.role, one.duty.id, one.text), []).append(seen)
    return [Joint(tuple(each), not facts.host) for each in found.values()]


def gist(text: str) -> str:
    """What a duty is about: its first sentence, and of a long one what stands before a comma, brackets kept whole."""
    first = _SENTENCE.split(text.strip(), maxsplit=1)[0].strip()
    ends = [end for start, end in pairwise((-1, *_commas(first))) if _says_what(first[start + 1 : end], start)]
    near = [at for at in ends if at <= _LONG][-1:] or ends[:1]
    return first if len(first) <= _LONG or not near else first[: near[0]]


def _says_what(clause: str, start: int) -> bool:
    """Whether a text may end with this clause of it."""
    return not clause.endswith(_ADVERBIAL) and (start < 0 or not clause.startswith(_PREPOSED))


def _commas(text: str) -> Iterator[int]:
    """Where commas stand that are in no brackets."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign in "，," and depth <= 0:
            yield at


def _names(each: Iterable[Seen]) -> str:
    return "、".join(dict.fromkeys(name for seen in each for name in seen.standing.people))


def _unended(text: str) -> str:
    return text.rstrip().removesuffix("。")
