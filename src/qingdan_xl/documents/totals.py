"""Do the points of a score sheet add up? What does not is told with both numbers, never mended."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from qingdan_xl.documents.points import points_of
from qingdan_xl.documents.tables import Reading
from qingdan_xl.model import Doubt, Role, Section
from qingdan_xl.problems import problem

# On top of the total, or off it: no part of the sum.
_BESIDE = re.compile(r"加分|扣分|减分|否决|附加|奖励|惩罚")


def doubts_about_points(title: str, roles: Sequence[Role], readings: Iterable[Reading]) -> Iterator[Doubt]:
    """Sections whose items do not add up to them, and a total (of the title, of a table) that its parts do not give."""
    sections = _counted(roles)
    if _is_nested(sections):
        return
    for section in sections:
        given = _sum(duty.points for duty in section.duties)
        if section.points is not None and given not in {None, section.points}:
            yield _doubt(section.duties[0].line, section.title or "本板块", section.points, given)
    whole = _sum(_points(section) for section in sections)
    if whole is None:
        return
    said = points_of(title)
    if said is not None and said != whole:
        yield _doubt(None, "全文", said, whole)
    totals = [total for reading in readings for total in reading.totals]
    if len(totals) == 1 and totals[0][1] != whole:
        yield _doubt(totals[0][0], "合计", totals[0][1], whole)


def full_mark(title: str, roles: Sequence[Role]) -> Decimal | None:
    """What all items come to: as the title says, else as the sections add up; None where neither is known."""
    sections = _counted(roles)
    whole = None if _is_nested(sections) else _sum(_points(section) for section in sections)
    return points_of(title) or whole


def beside(roles: Sequence[Role]) -> tuple[Section, ...]:
    """The sections on top of the total, or off it."""
    return tuple(section for role in roles for section in role.sections if _BESIDE.search(section.title or ""))


def _counted(roles: Sequence[Role]) -> list[Section]:
    return [section for role in roles for section in role.sections if not _BESIDE.search(section.title or "")]


def _is_nested(sections: Sequence[Section]) -> bool:
    """Whether a section stands over others: its points are not those of its own items."""
    titles = [section.title or "" for section in sections]
    return any(one != other and other.startswith(f"{one} / ") for one in titles for other in titles if one)


def _points(section: Section) -> Decimal | None:
    return section.points if section.points is not None else _sum(duty.points for duty in section.duties)


def _sum(parts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of all parts; None where there are none, or one of them has no points."""
    read = list(parts)
    known = [points for points in read if points is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(read) else None


def _doubt(line: int | None, what: str, said: Decimal, given: Decimal | None) -> Doubt:
    return Doubt("total-points", line, problem("total-points", what=what[:20], said=said, given=given).what)
