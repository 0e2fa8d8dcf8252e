"""What a unit's workbook is made of besides its rows: the strings that are its own, and the shape that it shares.

Units of one shape have the same workbook but for their strings (and who carries what), so one master serves them all.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from qingdan_xl.issuing.hidden import identity
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Outline
from qingdan_xl.issuing.stamping_own import OwnRow, own_rows, with_stand_ins
from qingdan_xl.issuing.stamping_text import MARKED, PLAIN, Tokens, is_plain
from qingdan_xl.sheets.identity import Identity

# characters: what is longer could be more than a footer or the title of a hint holds, which a master cannot know
_LONGEST, _LONGEST_NAME = 60, 16
Oversees = tuple[tuple[str, ...], ...]
_OF_UNIT = ("id", "name", "parent", "group", "contact", "phone")


@dataclass(frozen=True, slots=True)
class Cast:
    """One unit's strings in the order of their tokens; `shape` is what it shares with others.

    `names` are the people's, each once, which are the first strings; `titles` are those of all duty sheets. `oversees`
    is what each person oversees: it says who carries what, which is worked out for each unit. `own` are the rows that
    say what is the unit's own.
    """

    tokens: Tokens
    texts: tuple[str, ...]
    names: tuple[str, ...]
    titles: tuple[str, ...]
    oversees: Oversees
    shape: Hashable
    own: tuple[OwnRow, ...] = ()

    @property
    def places(self) -> tuple[tuple[int, str], ...]:
        """The unit's own rows by their number, with the text that the words of 分管 are looked for in."""
        return tuple((row.number, row.place) for row in self.own)

    @property
    def cells(self) -> tuple[tuple[str, int, int], ...]:
        """The cells of the unit's own rows, by sheet, row and column from 0."""
        return tuple(cell for row in self.own for cell in row.cells(self.titles))

    @property
    def filled_cells(self) -> list[bytes]:
        """What stands in those cells."""
        return self.tokens.in_cells([text for row in self.own for text in row.texts if text])

    @property
    def is_ordinary(self) -> bool:
        """Whether all strings are as a master takes them for granted: of one line and not too long."""
        lengths, names = map(len, self.texts), map(len, self.names)
        is_short = max(lengths) <= _LONGEST and max(names, default=0) <= _LONGEST_NAME
        return is_short and "\n" not in "".join(self.texts) and all(row.is_usual for row in self.own)


def cast(outline: Outline, options: Options) -> Cast:
    """The strings of one unit, the last two what `proofs` gives, and its shape."""
    unit, people, sheets, batch = outline.unit, outline.people, outline.sheets, outline.batch
    names = tuple(dict.fromkeys(person.name for person in people))
    number = {name: index for index, name in enumerate(names)}
    texts = (
        *names,
        *(title for title, holder, _ in sheets if _is_own(title, holder)),
        *(person.title for person in people),
        *(getattr(unit, field) for field in _OF_UNIT),
        *proofs(identity(batch.id, batch.year, unit, outline.fingerprint, options.key)),
    )
    own = tuple(own_rows(sheets, options.calendar)) if outline.own_rows else ()
    tokens = PLAIN if not own and is_plain("".join(texts)) else MARKED
    shape = (
        tokens,
        unit.kind,
        tuple(
            (body.shape, number.get(holder), None if _is_own(title, holder) else title)
            for title, holder, body in sheets
        ),
        tuple((number[person.name], person.roles) for person in people),
        tuple(map(bool, texts)),
        tuple(row.shape for row in own),
    )
    titles = tuple(title for title, _, _ in sheets)
    oversees = tuple(person.oversees for person in people)
    return Cast(tokens, texts, names, titles, oversees, shape, own)


def proofs(stated: Identity) -> tuple[str, str]:
    """The strings of an identity that follow from the others."""
    return stated.fingerprint, stated.seal


def with_tokens(outline: Outline, unit: Cast) -> Outline:
    """The outline with a token in the place of each string of its cast; what is empty stays empty."""
    tokens = iter([unit.tokens.token(number) if text else "" for number, text in enumerate(unit.texts)])
    names = {name: next(tokens) for name in dict.fromkeys(person.name for person in outline.people)} | {"": ""}
    sheets = tuple(
        (next(tokens) if _is_own(title, holder) else title, names[holder], with_stand_ins(body))
        for title, holder, body in outline.sheets
    )
    titles = [next(tokens) for _ in outline.people]
    words: Any = {field: next(tokens) for field in _OF_UNIT}
    named = replace(outline.unit, **words)
    people = tuple(
        replace(person, name=names[person.name], unit=named.name, title=title, oversees=())
        for person, title in zip(outline.people, titles, strict=True)
    )
    return replace(outline, unit=named, people=people, sheets=sheets)


def has_tokens(outline: Outline, options: Options) -> bool:
    """Whether what units share looks like tokens itself."""
    batch, bodies = outline.batch, [body for _, _, body in outline.sheets]
    return "\\U000f" in repr((batch.id, batch.title, batch.own, outline.unit.kind, bodies, options))


def _is_own(title: str, holder: str) -> bool:
    """Whether the sheet's title is the unit's own: one with a dash, which a reference quotes as it does a token."""
    return bool(holder) and "-" in title
