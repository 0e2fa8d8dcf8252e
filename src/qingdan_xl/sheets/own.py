"""自有列: the columns that one institution adds to the unit's workbook in qingdan.toml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qingdan_xl.sheets.choices import TICKS
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.reading import heading_text
from qingdan_xl.sheets.unit import DUTIES, ISSUES, LOG, RISKS, SIGNATURES, TYPED

# the word in qingdan.toml → the type of the cells
OWN_TYPES = {"文本": Type.LONG, "日期": Type.DATE, "数字": Type.POINTS, "选项": Type.CHOICE, "勾选": Type.TICK}
OWN_SHEETS = (DUTIES, LOG, ISSUES, RISKS, SIGNATURES)
_PREFIX = "own:"
_WIDTHS = {Type.LONG: 18, Type.DATE: 12, Type.POINTS: 14, Type.TICK: 7}


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """One such column: the key of its sheet, what people read above it, what its cells hold, and its choices."""

    sheet: str
    heading: str
    type: Type
    choices: tuple[str, ...] = ()
    help: str = ""

    @property
    def key(self) -> str:
        """Its name in the store: another type is another column there, so that old answers stay readable."""
        return f"{_PREFIX}{self.type.value}:{self.heading}"


def is_own(key: str) -> bool:
    """Whether this is the key of an own column."""
    return key.startswith(_PREFIX)


def is_answer(key: str) -> bool:
    """Whether what stands under this key of a duty row is what people type themselves, in columns of ours or own."""
    return key in TYPED or is_own(key)


def heading_of(key: str) -> str:
    """What people read above the own column of this key."""
    return key.split(":", 2)[2]


def with_own(sheet: Sheet, own: Sequence[OwnColumn]) -> Sheet:
    """The declared sheet with its own columns behind ours: writer, reader, checker and store take it like any other."""
    added = (_column(column, number) for number, column in enumerate(own) if column.sheet == sheet.key)
    return replace(sheet, columns=(*sheet.columns, *added))


def own_lists(own: Sequence[OwnColumn]) -> Mapping[str, tuple[str, ...]]:
    """The dropdown lists of the own columns by the name that they give them."""
    lists = {_list(column, number): column.choices or TICKS for number, column in enumerate(own)}
    return {name: choices for name, choices in lists.items() if name}


def _column(own: OwnColumn, number: int) -> Column:
    return Column(
        own.key,
        own.heading,
        own.type,
        width=_WIDTHS.get(own.type, 11),
        aliases=(heading_text(own.heading),),
        choices=_list(own, number),
        editable=True,
        help=own.help,
    )


def _list(own: OwnColumn, number: int) -> str:
    match own.type:
        case Type.CHOICE:
            return f"own_{number}"
        case Type.TICK:
            return "tick"
        case _:
            return ""
