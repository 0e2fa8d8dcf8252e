"""A batch → the workbooks of its units, one after the other, as bytes."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qingdan_xl.issuing.options import Options
from qingdan_xl.issuing.plan import Batch, UnitPlan, fingerprint, plan_unit
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.store import Issued

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 60  # characters: 180 bytes in UTF-8, well under the 255 of a file system


@dataclass(frozen=True, slots=True)
class UnitFile:
    """One workbook as it is issued: its file name (no folder) and its bytes."""

    plan: UnitPlan
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def issued(self, folder: str) -> Issued:
        """What the store keeps of it; `folder` is the batch's, relative to the year folder, with /."""
        unit = self.plan.unit
        path = f"{folder}/{self.name}"
        return Issued(self.plan.batch, unit.id, unit.name, unit.kind, path, self.sha256, fingerprint(self.plan))


def issue(batch: Batch, options: Options) -> Iterator[UnitFile]:
    """Make the workbook of each unit that gets a duty sheet, in the order of the roster; names are all different."""
    taken: set[str] = set()
    for unit in batch.roster.units:
        plan = plan_unit(batch, unit)
        if plan.sheets:
            name = file_name(plan)
            # a file system that ignores case or two names that are made safe alike must not lose a workbook
            if name.casefold() in taken:
                name = file_name(plan, f"-{unit.id}")
            taken.add(name.casefold())
            yield UnitFile(plan, name, unit_workbook(plan, options))


def file_name(plan: UnitPlan, mark: str = "") -> str:
    """A name that every file system takes: <unit><mark>-<year>年责任清单.xlsx."""
    unit = _UNSAFE.sub("·", plan.unit.name).strip(". ")[:_LONGEST_NAME]
    return f"{unit}{_UNSAFE.sub('·', mark)}-{plan.year}年责任清单.xlsx"
