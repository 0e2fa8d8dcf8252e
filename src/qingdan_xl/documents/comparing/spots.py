"""A duty with the place it holds in its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from qingdan_xl.documents.identity import normalised
from qingdan_xl.model import Checklist, Duty, Role, Section


@dataclass(frozen=True, eq=False)
class Spot:
    """A duty, the section and role it stands in, and their places in the list, all counted from 0."""

    role: Role
    section: Section
    duty: Duty
    role_at: int
    section_at: int
    at: int

    @cached_property
    def text(self) -> str:
        """The duty's text as it is compared."""
        return normalised(self.duty.text)

    @cached_property
    def role_key(self) -> str:
        """The role's name as it is compared."""
        return normalised(self.role.name)

    @cached_property
    def section_key(self) -> tuple[str, str]:
        """Role and section title as they are compared."""
        return self.role_key, normalised(self.section.title or "")

    @cached_property
    def number_key(self) -> tuple[str, str, str]:
        """Role, section title and number as they are compared."""
        return *self.section_key, normalised(self.duty.number)


def spots(checklist: Checklist) -> tuple[Spot, ...]:
    """All duties of a list in order."""
    placed = (
        (role, section, duty, role_at, section_at)
        for role_at, role in enumerate(checklist.roles)
        for section_at, section in enumerate(role.sections)
        for duty in section.duties
    )
    return tuple(_numbered(placed))


def _numbered(placed: Iterator[tuple[Role, Section, Duty, int, int]]) -> Iterator[Spot]:
    for at, (role, section, duty, role_at, section_at) in enumerate(placed):
        yield Spot(role, section, duty, role_at, section_at, at)
