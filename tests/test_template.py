"""The number of the template: forms that are laid out otherwise bear another one."""

import os
from collections.abc import Iterator
from pathlib import Path

from qingdan_xl.sheets import identity
from qingdan_xl.sheets.declaration import Column
from qingdan_xl.sheets.identity import LISTS_FIRST, PROPERTIES, TEMPLATE, Block, Identity
from qingdan_xl.sheets.unit import HIDDEN_TITLE, MATRIX_PERSON, ROW_ID, UNIT_SHEETS

LAYOUT = Path(__file__).parent / "golden" / f"template-{TEMPLATE}.txt"


def lines() -> Iterator[str]:
    """What who reads a form goes by: tables of the hidden sheet, properties, what people answer in the others.

    The answers stand under their headings, in whatever order.
    """
    yield f"{HIDDEN_TITLE}: {' '.join(Identity.__dataclass_fields__)}"
    for name, block in vars(identity).items():
        if isinstance(block, Block):
            yield f"{HIDDEN_TITLE} {block.first} {name}: {' '.join(block.keys)}"
    yield f"{HIDDEN_TITLE} {LISTS_FIRST} LISTS"
    yield f"PROPERTIES: {' '.join(PROPERTIES.values())}"
    for sheet in UNIT_SHEETS:
        read = sorted(f"{column.key}={column.heading}({column.type})" for column in sheet if is_read(column))
        yield f"{sheet.title}: {' '.join(read)}"
    yield f"MATRIX_PERSON: {MATRIX_PERSON.type}"


def is_read(column: Column) -> bool:
    """Whether what stands in a column is taken from the form: answers, and what tells rows apart."""
    return column.editable or column.key in (ROW_ID.key, "text", "number", "period")


def test_another_layout_has_another_number() -> None:
    """A form is laid out as its template's number says; who changes the layout gives it the next number.

    UPDATE_GOLDEN=1 writes the layout of a new number, and never that of one that was sent out.
    """
    found = "\n".join(lines()) + "\n"
    if os.environ.get("UPDATE_GOLDEN") == "1" and not LAYOUT.exists():
        LAYOUT.write_text(found, "utf-8")

    assert found == LAYOUT.read_text("utf-8"), "raise sheets.identity.TEMPLATE, and read the older layout too"
