"""Ids from an earlier list: a duty that was there keeps its id, whatever became of its words and its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qingdan_xl.documents.binding import inherited_metrics
from qingdan_xl.documents.comparing.matching import match_duties
from qingdan_xl.documents.comparing.pairing import pair_lists
from qingdan_xl.documents.comparing.spots import spots
from qingdan_xl.documents.filling import inherited_blanks
from qingdan_xl.documents.identity import Identities
from qingdan_xl.model import Checklist, Role


@dataclass(frozen=True, slots=True)
class Inherited:
    """A list with the ids of an earlier one; `kept` counts the duties whose own text would have given another id."""

    checklist: Checklist
    earlier: Checklist
    kept: int


def inherit(checklist: Checklist, earlier: Checklist) -> Inherited:
    """The list with the id of `earlier` for every duty that is in both; no other duty gets one of those ids."""
    own = {match.new.at: match.old.duty.id for match in match_duties(earlier, checklist).matches}
    fresh = Identities(checklist.title, (duty.id for duty in earlier.duties))
    ids: list[str] = []
    given: set[str] = set()
    kept = 0
    for spot in spots(checklist):
        made = own.get(spot.at, "")
        if not made or made in given:  # a 母表 may hold an id twice, by mistake
            made = fresh.of(spot.role.name, spot.duty.text)
        else:
            kept += made != spot.duty.id
        ids.append(made)
        given.add(made)
    return Inherited(_with_ids(checklist, ids, earlier), earlier, kept)


def heirs(checklists: Sequence[Checklist], earlier: Sequence[Checklist]) -> Mapping[int, Checklist]:
    """Place → the earlier list that it is the new version of, for each list that is one: none follows two."""
    return {new[0]: earlier[old[0]] for old, new in pair_lists(earlier, checklists).items()}


def _with_ids(checklist: Checklist, ids: Sequence[str], earlier: Checklist) -> Checklist:
    left = iter(ids)

    def role_with_ids(role: Role) -> Role:
        sections = (
            replace(section, duties=tuple(replace(duty, id=next(left)) for duty in section.duties))
            for section in role.sections
        )
        return replace(role, sections=tuple(sections))

    names = dict(zip((duty.id for duty in checklist.duties), ids, strict=True))
    blanks = inherited_blanks(checklist.blanks, names, earlier.blanks)
    roles = tuple(map(role_with_ids, checklist.roles))
    return replace(checklist, roles=roles, blanks=blanks, metrics=inherited_metrics(checklist.metrics, earlier.metrics))
