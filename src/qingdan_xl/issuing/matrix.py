"""责任矩阵: every duty of the unit against every person, with the letters that are proposed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from qingdan_xl.counting.lights import SHORT
from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.pages import Layout, colour_word, list_page
from qingdan_xl.issuing.plan import PlanRow, RoleSheet, UnitPlan
from qingdan_xl.issuing.proposal import ACCOUNTABLE, BOTH, RESPONSIBLE, propose
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import column_letter
from qingdan_xl.sheets.styles import ACCENT, HEADING_FILL, LOCKED_FILL, MUTED
from qingdan_xl.sheets.unit import MATRIX, MATRIX_PERSON
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell, Formula

_LONGEST_TEXT = 44  # two lines
_FROZEN = MATRIX.keys.index("text") + 1
SOUND, NOT_ONE_LEADER, NOBODY_CARRIES = "√", "A应有一个", "缺主责R"
FAULTS = (NOT_ONE_LEADER, NOBODY_CARRIES)
_LETTER_COLOURS = {
    "A": ("#BFD4E8", ACCENT),
    "AR": ("#BFD4E8", ACCENT),
    "R": (HEADING_FILL, ACCENT),
    "C": (LOCKED_FILL, ACCENT),
    "I": (LOCKED_FILL, MUTED),
}


def add_matrix(book: Book, plan: UnitPlan, before: Carried) -> None:
    """Write the matrix with a column a person, and a check that each duty has exactly one A and at least one R."""
    sheet = with_people(plan)
    layout = Layout(MATRIX.title, f"{plan.unit.name} {MATRIX.title}", _FROZEN)
    page = list_page(book, sheet, _rows(plan, sheet, before), layout)
    last = FIRST_ROW + max(sum(len(role.rows) for role in plan.sheets), 1)
    first, people = len(MATRIX.columns), len(sheet.columns) - len(MATRIX.columns)
    if people:
        page.data_validation(FIRST_ROW, first, last - 1, first + people - 1, book.rule(MATRIX_PERSON))
        cells = f"{column_letter(first)}{FIRST_ROW + 1}:{column_letter(first + people - 1)}{last}"
        for word, (fill, text) in _LETTER_COLOURS.items():
            colour_word(page, cells, word, book.styles.shade(fill, text))
    check = column_letter(MATRIX.keys.index("check"))
    for fault in FAULTS:
        colour_word(page, f"{check}{FIRST_ROW + 1}:{check}{last}", fault, book.styles.light(SHORT))


def with_people(plan: UnitPlan) -> Sheet:
    """MATRIX with a column for each person of the unit, headed by the name."""
    names = dict.fromkeys(person.name for person in plan.people)
    alike = replace(MATRIX_PERSON, choices="", help="")  # one rule holds for them all
    people = tuple(replace(alike, key=f"person:{name}", heading=name) for name in names)
    return replace(MATRIX, columns=MATRIX.columns + people)


def _rows(plan: UnitPlan, sheet: Sheet, before: Carried) -> list[Mapping[str, Cell]]:
    rows: list[Mapping[str, Cell]] = []
    first, last = column_letter(len(MATRIX.columns)), column_letter(len(sheet.columns) - 1)
    for number, (role_sheet, row) in enumerate(plan.rows(), FIRST_ROW + 1):
        letters = letters_of(plan, role_sheet, row, before)
        rows.append(
            {
                "row_id": row.id,
                "sheet": role_sheet.title,
                "number": row.duty.number,
                "text": short_text(row.duty.text),
                "check": _check(f"{first}{number}:{last}{number}", letters) if plan.people else None,
            }
            | {f"person:{name}": letter for name, letter in letters.items()}
        )
    return rows


def letters_of(plan: UnitPlan, sheet: RoleSheet, row: PlanRow, before: Carried) -> Mapping[str, str]:
    """Who does what for a duty: as proposed, but for what people chose; who they chose leads it alone."""
    chosen = before.letters.get(row.id, {})
    is_led = any(ACCOUNTABLE in letter for letter in chosen.values())
    proposed = propose(plan, sheet, row).letters
    kept = {
        name: letter
        for name, letter in proposed.items()
        if name not in chosen and not (is_led and ACCOUNTABLE in letter)
    }
    return kept | {name: letter for name, letter in chosen.items() if letter}


def fault_of(letters: Iterable[str]) -> str:
    """What is wrong with the letters of one duty, '' where it has exactly one A and at least one R."""
    counts = Counter(letters)
    if counts[ACCOUNTABLE] + counts[BOTH] != 1:
        return NOT_ONE_LEADER
    return "" if counts[RESPONSIBLE] + counts[BOTH] else NOBODY_CARRIES


def _check(cells: str, letters: Mapping[str, str]) -> Formula:
    """Whether a duty has exactly one A and at least one R among these cells, and what that is for the letters now."""
    leads = f'COUNTIF({cells},"{ACCOUNTABLE}")+COUNTIF({cells},"{BOTH}")=1'
    carries = f'COUNTIF({cells},"{RESPONSIBLE}")+COUNTIF({cells},"{BOTH}")>0'
    text = f'=IF({leads},IF({carries},"{SOUND}","{NOBODY_CARRIES}"),"{NOT_ONE_LEADER}")'
    return Formula(text, fault_of(letters.values()) or SOUND)


def short_text(text: str) -> str:
    """As much of a duty as the matrix shows."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_TEXT else f"{flat[:_LONGEST_TEXT]}…"
