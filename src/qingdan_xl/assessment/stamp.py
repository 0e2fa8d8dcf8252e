"""What 考核.xlsx says about itself in its properties: the day it is of, and a fingerprint of its results."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree
from xlsxwriter.workbook import Workbook

from qingdan_xl.assessment.digests import digest
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.trail import plain
from qingdan_xl.assessment.verdicts import verdicts

_DAY, _MARK = "截至", "结果指纹"
_PART = "docProps/custom.xml"
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """The day that a result is of, and the fingerprint of everybody's points, rank and grade."""

    as_of: date
    mark: str

    def put(self, workbook: Workbook) -> None:
        """Write it into a workbook that is being made."""
        workbook.set_custom_property(_DAY, self.as_of.isoformat(), "text")
        workbook.set_custom_property(_MARK, self.mark, "text")


def stamp_of(assessment: Assessment, as_of: date) -> Stamp:
    """The stamp of a result as of a day."""
    told = (
        f"{one.id}={one.group}/{'' if one.points is None else plain(one.points)}/{one.rank}/{one.grade}"
        for one in verdicts(assessment)
    )
    return Stamp(as_of, digest(told))


def read_stamp(data: bytes) -> Stamp | None:
    """The stamp of a 考核.xlsx; None where it has none, as one of an earlier program, or cannot be read."""
    try:
        with ZipFile(BytesIO(data)) as package:
            if package.getinfo(_PART).file_size > _LARGEST:
                return None
            root = etree.fromstring(package.read(_PART), etree.XMLParser(resolve_entities=False))
        said = {str(each.get("name")): "".join(each.itertext()) for each in root}
        return Stamp(date.fromisoformat(said[_DAY]), said[_MARK])
    except (BadZipFile, KeyError, ValueError, NotImplementedError, etree.XMLSyntaxError):
        return None
