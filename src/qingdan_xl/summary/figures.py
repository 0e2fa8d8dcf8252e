"""Key figures: each a live formula over the sheet behind it, with the value the frames have now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlsxwriter.utility import xl_col_to_name

from qingdan_xl.counting.lights import COMPLETE, OVERDUE
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.summary import BY_UNIT, DETAIL
from qingdan_xl.sheets.writing import FIRST_ROW, Formula
from qingdan_xl.summary.frames import Frames
from qingdan_xl.summary.intake import LATE, RETURNED
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.overflow import overflows

AGREES, DIFFERS = "相符", "不符"


@dataclass(frozen=True, slots=True)
class Figures:
    """What `summarize --json` tells besides where the files lie: the day, and the counts of units and duties."""

    as_of: date
    units: int
    returned: int
    duties: int
    done: int
    overdue: int

    def as_json(self, workbook: str | None, page: str) -> Mapping[str, str | int | None]:
        """The object of the `--json` contract (DESIGN §6); `workbook` is None where only the page was made."""
        return {
            "as_of": self.as_of.isoformat(),
            "workbook": workbook,
            "page": page,
            "units": self.units,
            "returned": self.returned,
            "duties": self.duties,
            "done": self.done,
            "overdue": self.overdue,
        }


def figures(material: Material, tables: Frames) -> Figures:
    """The counts that the tables hold."""
    units, lights = tables[BY_UNIT.key], tables[DETAIL.key]["light"]
    return Figures(
        material.calendar.as_of,
        len(units),
        int(units["state"].isin([RETURNED, LATE]).sum()),
        len(lights),
        int((lights == COMPLETE).sum()),
        int((lights == OVERDUE).sum()),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Makes formulas over the columns of the written sheets, each with its value out of the same tables."""

    tables: Frames

    def span(self, sheet: Sheet, key: str) -> str:
        """The cells of one column, as a formula names them."""
        letter = xl_col_to_name(sheet.keys.index(key))
        last = FIRST_ROW + max(len(self.tables[sheet.key]), 1)
        return f"'{sheet.title}'!${letter}${FIRST_ROW + 1}:${letter}${last}"

    def rows(self, sheet: Sheet, key: str) -> Formula:
        """How many rows a sheet has, told by a column that none of them leaves blank."""
        return self._live(sheet, f"=COUNTA({self.span(sheet, key)})", len(self.tables[sheet.key]))

    def words(self, sheet: Sheet, key: str, *words: str) -> Formula:
        """How many cells of a column hold one of the words."""
        span = self.span(sheet, key)
        counted = self.tables[sheet.key][key].isin(words).sum()
        return self._live(sheet, "=" + "+".join(f'COUNTIF({span},"{word}")' for word in words), int(counted))

    def total(self, sheet: Sheet, key: str) -> Formula:
        """The sum of a column; blank cells add nothing."""
        return self._live(sheet, f"=SUM({self.span(sheet, key)})", int(self.tables[sheet.key][key].sum()))

    def _live(self, sheet: Sheet, text: str, value: int) -> Formula:
        """The formula; the plain number where the rows are not in the workbook."""
        return Formula(f"={value}" if overflows(self.tables[sheet.key]) else text, value)


def share(part: Formula, whole: Formula) -> Formula:
    """Part of whole as a fraction; blank where the whole is zero."""
    top, bottom = float(part.value), float(whole.value)
    text = f'=IF({_inner(whole)}=0,"",({_inner(part)})/({_inner(whole)}))'
    return Formula(text, top / bottom if bottom else "")


def out_of(part: Formula, whole: Formula) -> Formula:
    """Both numbers in one cell: 13 / 14."""
    return Formula(f'=({_inner(part)})&" / "&({_inner(whole)})', f"{part.value} / {whole.value}")


def check(whole: Formula, *parts: Formula) -> Formula:
    """Whether the parts add up to the whole, in a word."""
    added = "+".join(_inner(part) for part in parts)
    agrees = sum(float(part.value) for part in parts) == float(whole.value)
    return Formula(f'=IF({_inner(whole)}={added},"{AGREES}","{DIFFERS}")', AGREES if agrees else DIFFERS)


def _inner(formula: Formula) -> str:
    return formula.text.removeprefix("=")
