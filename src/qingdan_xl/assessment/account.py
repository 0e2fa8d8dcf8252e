"""One subject's score taken apart for telling it: what there was to get, what was lost and why, what is still open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.appeals import COUNTED, state_of
from qingdan_xl.assessment.apportioning import apportion
from qingdan_xl.assessment.grading import Graded
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rules import Appeal, Band, Scheme
from qingdan_xl.assessment.trail import STEP, Entry, Kind
from qingdan_xl.assessment.verdicts import item_name
from qingdan_xl.assessment.workings import DeductionsLimited, Limited
from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.roster import did_you_mean
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Source, Start

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Share:
    """One item: `full` to be had, `earned` so far; `extra` where it comes on top of the full mark."""

    section: str
    item: str
    full: Decimal
    earned: Decimal
    waiting: int = 0
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that were not earned, or taken: of one line, or of an item that starts from zero as a whole (`whole`)."""

    points: Decimal
    item: str
    entries: tuple[Entry, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """All that can be said of one score.

    `losses` are the largest first, `gains` what came on top, `limits` the closing lines that changed something,
    `waiting` the open lines, `appeals` what was decided, with what became of it. `band` is the next better grade that
    the points do not reach, None where there is none.
    """

    graded: Graded
    scheme: Scheme
    person: bool
    full: Decimal
    shares: tuple[Share, ...]
    losses: tuple[Loss, ...]
    gains: tuple[Entry, ...]
    limits: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    appeals: tuple[tuple[Appeal, str], ...]
    band: Band | None

    @property
    def known(self) -> Decimal:
        """What the lines come to so far."""
        return _sum(self.graded.score.trail)

    def place_of(self, entry: Entry) -> Origin:
        """Where a line comes from, as far as those whom it is about may know: blank for what raters gave.

        A score sheet bears its rater's name, and who gave how much is not told to those who were rated.
        """
        rated = any(entry.rule == group.name for group in self.scheme.rater_groups)
        return Origin() if rated else entry.origin


def find_subject(assessment: Assessment, name: str) -> Graded:
    """The unit or person of this name, id, or 单位/姓名; UnusableError `no-subject` with the nearest name."""
    everyone = (*assessment.results, *assessment.people)
    wanted = name.strip().replace("／", "/")
    for graded in everyone:
        if wanted in {graded.score.subject.label, graded.score.subject.id}:
            return graded
    known = [graded.score.subject.label for graded in everyone]
    raise UnusableError(problem("no-subject", name=name, hint=did_you_mean(wanted, known)))


def account_of(assessment: Assessment, name: str) -> Account:
    """Take the score of one subject apart; UnusableError `no-subject`."""
    return taken_apart(find_subject(assessment, name), assessment)


def taken_apart(graded: Graded, assessment: Assessment) -> Account:
    """Take one score of an assessment apart."""
    scheme, trail = assessment.scheme, graded.score.trail
    person = graded.score.subject.is_person
    shares = tuple(_person_shares(trail, scheme) if person else _shares(graded, scheme))
    whole = [share for share in shares if (person and not _by_duties(share, trail)) or _from_zero(share, scheme)]
    return Account(
        graded,
        scheme,
        person,
        scheme.full_mark if person else _sum_of(share.full for share in shares if not share.extra),
        shares,
        _heaviest_first(_losses(trail, whole)),
        tuple(entry for entry in trail if _is_gain(entry)),
        tuple(entry for entry in trail if _is_limit(entry)),
        tuple(entry for entry in trail if entry.open),
        tuple(_appeals(graded, scheme)),
        _next_band(graded, scheme),
    )


def _shares(graded: Graded, scheme: Scheme) -> Iterable[Share]:
    trail = graded.score.trail
    for item in scheme.items_of(graded.score.subject.kind):
        share = Share(item.section, item.name, item.points, _NONE, extra=scheme.is_extra(item.section))
        own = [entry for entry in trail if _of(share, entry)]
        yield replace(share, earned=_sum(own), waiting=sum(entry.open for entry in own))


def _of(share: Share, entry: Entry) -> bool:
    return (share.section, share.item) == (entry.section, entry.item)


def _person_shares(trail: Sequence[Entry], scheme: Scheme) -> Iterable[Share]:
    """The parts of a person's score by the weights of the mix, as far as the lines say them."""
    for name in dict.fromkeys(entry.item for entry in trail if entry.item):
        own = [entry for entry in trail if entry.item == name]
        full = _sum_of(entry.full for entry in own if entry.full is not None)
        weights = (entry.working.numbers.get("worth", _NONE) for entry in own if entry.working and entry.full is None)
        full += _sum_of(weight * scheme.full_mark for weight in weights if isinstance(weight, Decimal))
        yield Share(own[0].section, name, full, _sum(own), sum(entry.open for entry in own))


def _heaviest_first(losses: Iterable[tuple[Fraction, Loss]]) -> tuple[Loss, ...]:
    """The losses with their points in steps of 0.000001, which add up to what was lost in all."""
    found = {f"{number:06d}": pair for number, pair in enumerate(losses)}
    points = apportion({key: exact for key, (exact, _) in found.items()}, STEP)
    made = [replace(loss, points=points[key]) for key, (_, loss) in found.items() if points[key]]
    return tuple(sorted(made, key=lambda loss: -loss.points))


def _losses(trail: Sequence[Entry], whole: Sequence[Share]) -> Iterator[tuple[Fraction, Loss]]:
    """Every loss of the score, exactly: line by line, but of the shares that are told as a whole one each."""
    parts = {(share.section, share.item) for share in whole}
    for share in whole:
        lines = tuple(entry for entry in trail if _of(share, entry) and not entry.idle)
        if share.earned < share.full and not share.waiting:
            yield Fraction(share.full - share.earned), Loss(_NONE, share.item, lines, whole=True)
    for entry in trail:
        lost = _lost(entry)
        if lost > 0 and (entry.section, entry.item) not in parts:
            yield lost, Loss(_NONE, item_name(entry), (entry,))


def _by_duties(share: Share, trail: Sequence[Entry]) -> bool:
    return any(entry.standing for entry in trail if _of(share, entry))


def _from_zero(share: Share, scheme: Scheme) -> bool:
    item = next((one for one in scheme.items if (one.section, one.name) == (share.section, share.item)), None)
    return item is not None and item.source is Source.RULES and item.start is Start.ZERO and not share.extra


def _lost(entry: Entry) -> Fraction:
    """What a line falls short of, or takes; limits take nothing that was anybody's, appeals are told elsewhere."""
    if entry.points is None or _is_limit(entry) or entry.kind in {Kind.CLOSING, Kind.APPEAL}:
        return Fraction(0)
    if entry.full is not None and not entry.span and entry.kind is Kind.BASE:
        return entry.missed
    return -Fraction(entry.points)


def _is_gain(entry: Entry) -> bool:
    return entry.kind is Kind.BONUS and not entry.span and bool(entry.points) and (entry.points or _NONE) > 0


def _is_limit(entry: Entry) -> bool:
    """Whether it is a limit that changed something: a rounding is none, and what is wiped or doubled is a loss."""
    return bool(entry.span and entry.points) and isinstance(entry.working, Limited | DeductionsLimited)


def _appeals(graded: Graded, scheme: Scheme) -> Iterable[tuple[Appeal, str]]:
    label = graded.score.subject.label
    scored = {label} if graded.score.trail else set()
    for appeal in scheme.appeals:
        if appeal.unit == label:
            state = state_of(appeal, scored)
            yield appeal, "" if state == COUNTED else state


def _next_band(graded: Graded, scheme: Scheme) -> Band | None:
    """The band right above the points; None where the grade does not hang on the points alone."""
    points = graded.score.points
    if points is None or any(veto.effect is Effect.LOWEST for veto in graded.score.vetoes) or graded.vetoed:
        return None
    above = [band for band in scheme.bands if band.at_least > points]
    return above[-1] if above else None


def _sum(entries: Iterable[Entry]) -> Decimal:
    return _sum_of(entry.points for entry in entries if entry.points is not None)


def _sum_of(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, _NONE)
