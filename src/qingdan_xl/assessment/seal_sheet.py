"""A sealed 考核: the workbook as ever, with 定稿说明 behind its other sheets."""

from collections.abc import Iterator, Mapping

from qingdan_xl.assessment.digests import digest
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.seals import Seal
from qingdan_xl.assessment.workbook import assessment_book
from qingdan_xl.sheets.seal import SEAL
from qingdan_xl.sheets.writing import Cell

_MARK = "全部输入和程序版本合成的指纹（SHA-256）；下面各行是其中每一部分的，与文件怎样保存、行的先后无关"


def sealed_workbook(assessment: Assessment, title: str, seal: Seal) -> bytes:
    """考核-定稿: the result, and what it was made of."""
    book = assessment_book(assessment, title, seal.as_of)
    book.add(SEAL, list(_rows(seal)))
    return book.to_bytes()


def _rows(seal: Seal) -> Iterator[Mapping[str, Cell]]:
    yield {"name": "版次", "value": f"第 {seal.version} 版"}
    yield {"name": "定稿时间", "value": f"{seal.sealed_at:%Y-%m-%d %H:%M}"}
    yield {"name": "定稿人", "value": seal.sealed_by}
    yield {"name": "考核截至", "value": seal.as_of.isoformat()}
    if seal.reason:
        yield {"name": "重新定稿的理由", "value": seal.reason, "help": "此前各版都保留"}
    yield {"name": "定稿时未评的", "value": f"{seal.open_points} 处", "help": seal.open_reason}
    yield {"name": "程序版本", "value": seal.made.program}
    yield {"name": "输入指纹", "value": seal.made.mark, "help": _MARK}
    for name, value in seal.made.inputs.items():
        yield {"name": name, "value": "没有" if value == digest(()) else value}
