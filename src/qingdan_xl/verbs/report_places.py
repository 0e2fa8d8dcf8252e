"""Where the reports about somebody lie: a name for everybody that does not hang on who was asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from qingdan_xl.reports.about import EVERYBODY, About, Year, every_unit
from qingdan_xl.reports.kinds import Subject
from qingdan_xl.verbs.report_templates import SUFFIX
from qingdan_xl.workspace.files import distinct_names, safe_name

# what is no name, the report about all, and names that Windows keeps for itself, whatever their ending
_RESERVED = {
    "",
    EVERYBODY,
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}


@dataclass(frozen=True)
class Names:
    """The file names of all units and people of a year, by what they are called."""

    year: Year

    def of(self, subject: Subject) -> str:
        """The file name of whom a report is about."""
        return self._names[subject.label] if isinstance(subject, About) else f"{EVERYBODY}{SUFFIX}"

    @cached_property
    def _names(self) -> Mapping[str, str]:
        ids = dict(self._everyone())
        stems = {label: safe_name(label) for label in ids}
        often = Counter(stem.casefold() for stem in stems.values())
        wished = [
            f"{stem}（{safe_name(ids[label])}）" if often[key := stem.casefold()] > 1 or key in _RESERVED else stem
            for label, stem in stems.items()
        ]
        return dict(zip(stems, distinct_names((stem, SUFFIX) for stem in wished), strict=True))

    def _everyone(self) -> Iterable[tuple[str, str]]:
        """What each unit and person is called, with the id of the unit."""
        ids = {}
        for about in every_unit(self.year):
            ids[about.unit.name] = about.unit.id
            yield about.label, about.unit.id
        for person in self.year.roster.people:
            if person.unit in ids:
                yield f"{person.unit}/{person.name}", ids[person.unit]
