"""What goes into the open places of a list for one unit: a cell of its row in the roster, or its head's name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from qingdan_xl.documents.filling import blanks_by_text, fill_section
from qingdan_xl.model import Blank, Checklist, Part, Person, Section, Unit
from qingdan_xl.roster import HEAD_WORD
from qingdan_xl.sheets.reading import heading_names, heading_text
from qingdan_xl.sheets.roster import UNITS

HEAD = "负责人"
_PER_UNIT = frozenset({Part.SECTION, Part.DUTY})
_SECTIONS = 256  # filled ones that are kept: people with the same role and units with the same values share them


def columns_of(unit: Unit) -> tuple[str, ...]:
    """What a source may be called: the headings of 单位 and those that the office added, and 负责人."""
    return (*(column.heading for column in UNITS), *(heading for heading, _ in unit.extras), HEAD)


def values_of(unit: Unit, people: Sequence[Person]) -> Mapping[str, str]:
    """What each source says for the unit, by its name as headings are compared; 负责人 only where there is just one."""
    own = {heading_text(name): getattr(unit, key) for name, key in heading_names(UNITS).items()}
    extras = {heading_text(heading): cell for heading, cell in unit.extras}
    return {HEAD: head_of(people)} | extras | own


def head_of(people: Iterable[Person]) -> str:
    """The name of the one head among the people of a unit; '' where there is not just one."""
    heads = [person.name for person in people if any(HEAD_WORD in role for role in person.roles)]
    return heads[0] if len(heads) == 1 else ""


@dataclass(frozen=True)
class Filler:
    """Fills the sections of one list for its units."""

    checklist: Checklist

    @cached_property
    def _blanks(self) -> Mapping[tuple[Part, str], Sequence[Blank]]:
        return blanks_by_text([blank for blank in self.checklist.blanks if blank.part in _PER_UNIT and blank.source])

    def own_duties(self, section: Section) -> frozenset[str]:
        """The ids of its duties that say something else from unit to unit; all where the section's title does."""
        ids = frozenset(duty.id for duty in section.duties)
        if any((Part.SECTION, each) in self._blanks for each in ids):
            return ids
        return frozenset(each for each in ids if (Part.DUTY, each) in self._blanks)

    @cached_property
    def _sources(self) -> tuple[str, ...]:
        return tuple({heading_text(blank.source): None for blanks in self._blanks.values() for blank in blanks})

    @cached_property
    def _sections(self) -> Mapping[int, Section]:
        return {id(section): section for role in self.checklist.roles for section in role.sections}

    @cached_property
    def _once(self) -> Callable[[int, tuple[str, ...]], Section]:
        return lru_cache(_SECTIONS)(self._filled)

    def filled(self, section: Section, values: Mapping[str, str]) -> Section:
        """A section of the list as the unit with these values of the sources gets it; what they lack stays open."""
        return self._once(id(section), tuple(values.get(source, "") for source in self._sources))

    def _filled(self, section: int, said: tuple[str, ...]) -> Section:
        values = dict(zip(self._sources, said, strict=True))

        def value_of(blank: Blank) -> str:
            return values[heading_text(blank.source)] or blank.value

        return fill_section(self._sections[section], self._blanks, value_of)[0]
