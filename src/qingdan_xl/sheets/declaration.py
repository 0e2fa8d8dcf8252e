"""What a sheet is made of: the columns that writer, reader, checker and docs all derive from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """What a column's cells hold."""

    TEXT = "text"
    LONG = "long"  # text of several lines, wrapped
    DATE = "date"
    COUNT = "count"  # whole number from 0
    PERCENT = "percent"  # 0..100, typed as 60 or 60%
    POINTS = "points"  # Decimal
    CHOICE = "choice"  # one of a named list
    PERSON = "person"  # a name of the unit's people
    TICK = "tick"  # yes or no


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is its name in code and store, `heading` what people read, `aliases` what it may be renamed to.

    `width` is in characters; `choices` names a dropdown list; `editable` marks an answer; `help` is the input hint;
    `number_format` is Excel's, where the type's own would not do.
    """

    key: str
    heading: str
    type: Type = Type.TEXT
    width: int = 12
    aliases: tuple[str, ...] = ()
    choices: str = ""
    editable: bool = False
    hidden: bool = False
    required: bool = False
    help: str = ""
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `key` in code and store, `title` on the tab, `purpose` in one sentence for people.

    `prepared` empty rows stand ready for what people add.
    """

    key: str
    title: str
    purpose: str
    columns: tuple[Column, ...]
    prepared: int = 0

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def column(self, key: str) -> Column:
        """The column of this key; KeyError where there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in order."""
        return tuple(column.key for column in self.columns)

    @property
    def answers(self) -> tuple[Column, ...]:
        """The columns that people fill."""
        return tuple(column for column in self.columns if column.editable)
