"""A batch → the workbooks of its units, one after the other, as bytes."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qingdan_xl.issuing.carrying import NOTHING, Carried
from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch, Outline, Planner
from qingdan_xl.issuing.stamping import Press
from qingdan_xl.model import Unit
from qingdan_xl.store import Issued
from qingdan_xl.workspace.files import safe_name


@dataclass(frozen=True, slots=True)
class UnitFile:
    """One workbook as it is issued: whom it goes to, its file name (no folder), how much it asks for, its bytes."""

    batch: str
    unit: Unit
    name: str
    sheets: int
    duties: int
    fingerprint: str
    sha256: str
    data: bytes

    def issued(self, folder: str) -> Issued:
        """What the store keeps of it; `folder` is the batch's, relative to the year folder, with /."""
        unit, path = self.unit, f"{folder}/{self.name}"
        return Issued(self.batch, unit.id, unit.name, unit.kind, path, self.sha256, self.fingerprint)


def issue(batch: Batch, options: Options, before: Mapping[str, Carried] | None = None) -> Iterator[UnitFile]:
    """Make the workbook of each unit that gets a duty sheet, in the order of the roster; names are all different.

    `before` is what the workbooks of units start with that were sent one before, by unit id.
    """
    start = before or {}
    planner, press = Planner(batch), Press(options)
    taken: set[str] = set()
    for unit in batch.roster.units:
        outline = planner.outline(unit)
        if outline.sheets:
            name = file_name(unit.name, batch.year, options.suffix)
            # a file system that ignores case or two names that are made safe alike must not lose a workbook
            if name.casefold() in taken:
                name = file_name(unit.name, batch.year, options.suffix, f"-{unit.id}")
            taken.add(name.casefold())
            yield _unit_file(outline, name, press.workbook(outline, start.get(unit.id, NOTHING)))


def _unit_file(outline: Outline, name: str, data: bytes) -> UnitFile:
    duties = sum(len(body.rows) for _, _, body in outline.sheets)
    counts, proofs = (len(outline.sheets), duties), (outline.fingerprint, hashlib.sha256(data).hexdigest())
    return UnitFile(outline.batch.id, outline.unit, name, *counts, *proofs, data)


def file_name(unit: str, year: int, suffix: str, mark: str = "") -> str:
    """A name that every file system takes: <unit><mark>-<year>年责任清单.xlsx, or whatever `suffix` it has."""
    return f"{safe_name(unit)}{safe_name(mark)}-{year}年责任清单{suffix}"
