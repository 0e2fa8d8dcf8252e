"""Where the variables of a template come into the texts of a report: open counts, open places, the day of writing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qingdan_xl.documents.blanks import Place, context_of
from qingdan_xl.documents.metrics import open_day
from qingdan_xl.documents.numbering import marker
from qingdan_xl.documents.openings import Opening, openings, places_beside
from qingdan_xl.model import Checklist

UNLISTED = "未列入"
TODAY = "日期"
_TAG_SIGN = re.compile(r"\{(?=[{%#])|[}%#](?=\})")
Change = tuple[tuple[int, int], str]
"""Which part of a text gives way, and to what."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A text with its open counts and places, or the day of writing that it is; `start` is behind its number."""

    text: str
    counts: tuple[Opening, ...] = ()
    places: tuple[Place, ...] = ()
    day: tuple[int, int] | None = None
    start: int = 0


def slot(text: str, counts: Sequence[Opening] | None = None) -> Slot:
    """A text as a slot; `counts` where they are known already, as in a cell of a table."""
    if counts is None and (day := open_day(text)):
        return Slot(text, day=day)
    found = openings(text) if counts is None else tuple(counts)
    number = marker(text)
    return Slot(text, found, places_beside(text, found), start=number.end if number else 0)


def changes(slots: Sequence[Slot], checklist: Checklist) -> Iterator[list[Change]]:
    """What takes the place of what in each text: variables, and the signs of tags as text.

    A count that the checklist does not have is open for good; a place that it does not have stays as it is.
    """
    counts = _names((each.metric.text for one in slots for each in one.counts), _listed_counts(checklist))
    places = _names((_context(one, each) for one in slots for each in one.places), _listed_places(checklist))
    for one in slots:
        found = [((each.start, each.end), next(counts) or UNLISTED) for each in one.counts]
        found += [((each.start, each.end), name) for each in one.places if (name := next(places))]
        found += [(one.day, TODAY)] if one.day else []
        named = [(span, f"{{{{ {name} }}}}") for span, name in found]
        signs = [(hit.span(), f"{{{{ '{hit[0]}' }}}}") for hit in _TAG_SIGN.finditer(one.text)]
        yield sorted((*named, *signs))


def changed(text: str, instead: Iterable[Change]) -> str:
    """The text with its changes."""
    made, at = [], 0
    for (first, last), new in instead:
        made += [text[at:first], new]
        at = last
    return "".join((*made, text[at:]))


def _listed_counts(checklist: Checklist) -> list[tuple[str, str]]:
    return [(metric.text, metric.id) for metric in checklist.metrics]


def _listed_places(checklist: Checklist) -> list[tuple[str, str]]:
    return [(blank.context, blank.id) for blank in checklist.blanks if blank.id]


def _context(one: Slot, place: Place) -> str:
    text = one.text[one.start :]
    return context_of(text, Place(place.start - one.start, place.end - one.start))


def _names(said: Iterable[str], listed: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The name of each of these in order: that of the listed one with the same words, '' for one that is not listed.

    Where there are as many as are listed, the order alone tells. The number of a paragraph is none of its words.
    """
    words = list(said)
    if len(words) == len(listed):
        yield from (name for _, name in listed)
        return
    left = [(_bare(text), name) for text, name in listed]
    for text in map(_bare, words):
        found = next((pair for pair in left if pair[0] == text), None)
        if found:
            left.remove(found)
        yield found[1] if found else ""


def _bare(text: str) -> str:
    number = marker(text)
    return "".join(text[number.end if number else 0 :].split())
