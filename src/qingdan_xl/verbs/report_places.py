"""Where the reports about somebody lie: a name for everybody that does not hang on who was asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from qingdan_xl.reports.about import EVERYBODY, About, Year, every_unit
from qingdan_xl.reports.asking import everybody_of
from qingdan_xl.reports.kinds import Subject
from qingdan_xl.verbs.report_templates import SUFFIX
from qingdan_xl.workspace.files import distinct_names, safe_name

_RESERVED = {"", EVERYBODY}  # what is no name, and the report about all


@dataclass(frozen=True)
class Names:
    """The file names of all units and people of a year."""

    year: Year

    def of(self, subject: Subject) -> str:
        """The file name of whom a report is about."""
        if not isinstance(subject, About):
            return f"{EVERYBODY}{SUFFIX}"
        return self._names[subject.unit.id, subject.person.name if subject.person else ""]

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], str]:
        """The file names by unit id and person."""
        stems = {key: safe_name(label) for key, label in self._everyone()}
        often = Counter(stem.casefold() for stem in stems.values())
        wished = [
            f"{stem}（{safe_name(unit_id)}）" if often[key := stem.casefold()] > 1 or key in _RESERVED else stem
            for (unit_id, _), stem in stems.items()
        ]
        return dict(zip(stems, distinct_names((stem, SUFFIX) for stem in wished), strict=True))

    def _everyone(self) -> Iterable[tuple[tuple[str, str], str]]:
        """What each unit and person is called."""
        units = list(every_unit(self.year))
        for about in (*units, *(one for unit in units for one in everybody_of(unit))):
            yield (about.unit.id, about.person.name if about.person else ""), about.label
