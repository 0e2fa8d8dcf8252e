"""What became of titles, roles and sections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from qingdan_xl.documents.comparing.changedwords import Piece, changed_words
from qingdan_xl.documents.comparing.changes import Change, changes_of_words, in_order
from qingdan_xl.documents.comparing.pairing import Pairs, Place
from qingdan_xl.model import Checklist


class Level(StrEnum):
    """What sort of heading."""

    TITLE = "title"
    ROLE = "role"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, role or section as it is compared; `role` is the name of the role a section stands under."""

    level: Level
    role: str
    number: str
    text: str
    points: Decimal | None = None
    inherits: str = ""


@dataclass(frozen=True, slots=True)
class HeadingChange:
    """A heading that is not quite as it was, as DutyChange."""

    old: Heading | None
    new: Heading | None
    changes: tuple[Change, ...]
    pieces: tuple[Piece, ...] = ()

    @property
    def heading(self) -> Heading:
        """The heading as it is now, or as it was."""
        return self.new or self.old  # type: ignore[return-value]  # one of them is always there


def changed_headings(old: Checklist, new: Checklist, roles: Pairs, sections: Pairs) -> tuple[HeadingChange, ...]:
    """Title, roles and sections that changed, with the pairs of roles and of sections that are in both lists."""
    return (
        *_changed(_title(old), _title(new), {(0,): (0,)}),
        *_changed(_roles(old), _roles(new), roles),
        *_changed(_sections(old), _sections(new), sections),
    )


_Headings = Mapping[Place, Heading]


def _title(checklist: Checklist) -> _Headings:
    return {(0,): Heading(Level.TITLE, "", "", checklist.title)}


def _roles(checklist: Checklist) -> _Headings:
    return {
        (at,): Heading(Level.ROLE, "", "", role.heading or role.name, inherits=role.inherits or "")
        for at, role in enumerate(checklist.roles)
    }


def _sections(checklist: Checklist) -> _Headings:
    return {
        (role_at, at): Heading(
            Level.SECTION,
            role.name,
            section.number or "",
            section.title or "",
            section.points,
        )
        for role_at, role in enumerate(checklist.roles)
        for at, section in enumerate(role.sections)
    }


def _changed(old: _Headings, new: _Headings, pairs: Pairs) -> Iterator[HeadingChange]:
    origins = {there: here for here, there in pairs.items()}
    for at, heading in new.items():
        if at not in origins:
            if heading.text or heading.number:
                yield HeadingChange(None, heading, (Change.ADDED,))
        elif change := _heading_change(old[origins[at]], heading):
            yield change
    for at, heading in old.items():
        if at not in pairs and (heading.text or heading.number):
            yield HeadingChange(heading, None, (Change.REMOVED,))


def _heading_change(old: Heading, new: Heading) -> HeadingChange | None:
    pieces = changed_words(old.text, new.text) if old.text != new.text else ()
    found = {
        Change.RENUMBERED: old.number != new.number,
        Change.POINTS: old.points != new.points,
        Change.INHERITS: old.inherits != new.inherits,
    }
    changes = {change for change, is_so in found.items() if is_so} | set(changes_of_words(pieces))
    return HeadingChange(old, new, in_order(changes), pieces) if changes else None
