"""Open places, filled: what people typed or the roster says goes into the texts of a list."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qingdan_xl.documents.blanks import SUFFIX, Place, context_of, open_places
from qingdan_xl.model import Blank, Checklist, Duty, Part, Role, Section, Target

ValueOf = Callable[[Blank], str]
Blanks = Mapping[tuple[Part, str], Sequence[Blank]]
_TEXTS = 4096  # whose places are kept: a list is filled for one unit after the other
_SHORTEST_NAME = 2  # signs of a value that may end in what stands behind its place (青禾镇 in *镇)


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its places filled as far as something is known; `values` has one a place, '' for what stays open.

    `left` are the blanks of what stays open, with the words that are around them now.
    """

    text: str
    values: tuple[str, ...]
    left: tuple[Blank, ...]


def blanks_by_text(blanks: Sequence[Blank]) -> Blanks:
    """The blanks of each text of a list."""
    found: defaultdict[tuple[Part, str], list[Blank]] = defaultdict(list)
    for blank in blanks:
        found[blank.part, blank.about].append(blank)
    return found


def placed(text: str, blanks: Sequence[Blank]) -> tuple[tuple[Place, Blank | None], ...]:
    """Every open place of `text` with its blank: the next one of the same context; None where none is listed."""
    waiting: defaultdict[str, list[Blank]] = defaultdict(list)
    for blank in blanks:
        waiting[blank.context].append(blank)
    found = []
    for place, context in _in_context(text):
        same = waiting[context]
        found.append((place, same.pop(0) if same else None))
    return tuple(found)


@lru_cache(_TEXTS)
def _in_context(text: str) -> tuple[tuple[Place, str], ...]:
    return tuple((place, context_of(text, place)) for place in open_places(text))


def fill(text: str, blanks: Sequence[Blank], value_of: ValueOf) -> Filled:
    """Put the values of `blanks` where their places stand in `text`."""
    pairs = placed(text, blanks)
    values = tuple(value_of(blank) if blank else "" for _, blank in pairs)
    made, starts = _written(text, [place for place, _ in pairs], values)
    left = tuple(
        replace(blank, context=context_of(made, Place(start, start + place.end - place.start)))
        for (place, blank), value, start in zip(pairs, values, starts, strict=True)
        if blank and not value
    )
    return Filled(made, values, left)


def _written(text: str, places: Sequence[Place], values: Sequence[str]) -> tuple[str, list[int]]:
    """The text with the values in their places, and where each of those begins in it."""
    made, starts, end = "", [], 0
    for place, value in zip(places, values, strict=True):
        made += text[end : place.start]
        starts.append(len(made))
        made += _without_overlap(value, text[place.end :]) if value else text[place.start : place.end]
        end = place.end
    return made + text[end:], starts


def _without_overlap(value: str, behind: str) -> str:
    """The value without the ending that stands behind its place already: 青禾镇 in *镇 is 青禾."""
    suffix = SUFFIX.match(behind)
    shorter = value.removesuffix(suffix[0]) if suffix else value
    return shorter if len(shorter) >= _SHORTEST_NAME else value


def fill_duty(duty: Duty, blanks: Sequence[Blank], value_of: ValueOf) -> tuple[Duty, tuple[Blank, ...]]:
    """The duty with its text and the words of its demands filled, and the blanks that stay open."""
    filled = fill(duty.text, blanks, value_of)
    if not any(filled.values):
        return duty, filled.left
    values = dict(zip((place.start for place in open_places(duty.text)), filled.values, strict=True))
    targets = tuple(_filled_target(target, duty.text, values) for target in duty.targets)
    return replace(duty, text=filled.text, targets=targets, placeholders=len(open_places(filled.text))), filled.left


def _filled_target(target: Target, text: str, values: Mapping[int, str]) -> Target:
    """The demand with the values that go into its words, by where they start in the duty's text.

    A demand that people worded otherwise than the text stays as it is.
    """
    start = text.find(target.text)
    own = [value for at, value in values.items() if start <= at < start + len(target.text)]
    if not own:
        return target
    return replace(target, text=_in_words(target.text, own), activity=_in_words(target.activity, own))


def _in_words(words: str, values: Sequence[str]) -> str:
    places = open_places(words)
    return _written(words, places, values)[0] if len(places) == len(values) else words


def inherited_blanks(blanks: Sequence[Blank], names: Mapping[str, str], earlier: Sequence[Blank]) -> tuple[Blank, ...]:
    """The blanks with the duties' new ids by `names`, filled in as the same places were in the earlier list."""
    said = {(blank.part, blank.about, blank.context): blank for blank in earlier}
    named = (replace(blank, about=names.get(blank.about, blank.about)) for blank in blanks)
    before = ((blank, said.get((blank.part, blank.about, blank.context), blank)) for blank in named)
    return tuple(replace(blank, value=other.value, source=other.source) for blank, other in before)


def with_values(checklist: Checklist) -> Checklist:
    """The list with what was typed for all units; its blanks are those that stay open or differ between units."""
    by_text = blanks_by_text(checklist.blanks)
    title = fill(checklist.title, by_text.get((Part.TITLE, ""), ()), _typed)
    names = {role.name: fill(role.name, by_text.get((Part.ROLE, role.name), ()), _typed) for role in checklist.roles}
    left = [*title.left, *(replace(blank, about=name.text) for name in names.values() for blank in name.left)]
    roles = []
    for role in checklist.roles:
        inherits = names[role.inherits].text if role.inherits in names else role.inherits
        sections = tuple(_with_values(section, by_text, left) for section in role.sections)
        roles.append(replace(role, name=names[role.name].text, inherits=inherits, sections=sections))
    return replace(checklist, title=title.text, roles=tuple(roles), blanks=tuple(left))


def _with_values(section: Section, by_text: Blanks, left: list[Blank]) -> Section:
    filled, open_ones = fill_section(section, by_text, _typed)
    left += open_ones
    return filled


def fill_section(section: Section, by_text: Blanks, value_of: ValueOf) -> tuple[Section, list[Blank]]:
    """The section with its title and duties filled, and the blanks that stay open."""
    heading = fill(section.title or "", blanks_of_section(section, by_text), value_of)
    duties, left = [], list(heading.left)
    for duty in section.duties:
        blanks = by_text.get((Part.DUTY, duty.id), ())
        made, open_ones = fill_duty(duty, blanks, value_of) if blanks else (duty, ())
        duties.append(made)
        left += open_ones
    return replace(section, title=heading.text or section.title, duties=tuple(duties)), left


def blanks_of_section(section: Section, by_text: Blanks) -> list[Blank]:
    """The blanks of a section's title, whichever of its duties they name."""
    return [blank for duty in section.duties for blank in by_text.get((Part.SECTION, duty.id), ())]


def _typed(blank: Blank) -> str:
    per_unit = blank.source and blank.part in {Part.SECTION, Part.DUTY}
    return "" if per_unit else blank.value


def without_place(checklist: Checklist) -> tuple[Blank, ...]:
    """The blanks that something was filled in for, and whose words stand nowhere in the list any more."""
    by_text = blanks_by_text(checklist.blanks)
    texts = [(checklist.title, by_text.get((Part.TITLE, ""), ())), *_texts(checklist.roles, by_text)]
    found = [blank for text, blanks in texts for _, blank in placed(text, blanks) if blank]
    there = {id(blank) for blank in found}
    return tuple(blank for blank in checklist.blanks if id(blank) not in there and (blank.value or blank.source))


def _texts(roles: Sequence[Role], by_text: Blanks) -> list[tuple[str, Sequence[Blank]]]:
    sections = [section for role in roles for section in role.sections]
    return [
        *((role.name, by_text.get((Part.ROLE, role.name), ())) for role in roles),
        *((section.title or "", blanks_of_section(section, by_text)) for section in sections),
        *((duty.text, by_text.get((Part.DUTY, duty.id), ())) for section in sections for duty in section.duties),
    ]
