"""A small year of which reports are written, and Word documents as people open them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.table import Table
from docx.text.paragraph import Paragraph

from assessment_year import AS_OF, SCHEME, hand_in, write_scheme
from qingdan_xl.reports.template import ReportTemplate
from qingdan_xl.reports.variables import Variable, values
from qingdan_xl.roster import roster_workbook
from qingdan_xl.sheets.unit import ISSUES
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.verbs.report import Reported, Wish, report_year
from qingdan_xl.workspace.folder import Workspace
from returns import YEAR, Desk, make_batch, plan_of, put, send_out
from word_samples import docx, p

HOSTILE = '<w:p>&amp;]]>{{ 7*7 }}{% if x %}\n=HYPERLINK("http://example.invalid")\t“引号”'


def make_report_year(folder: Path) -> Workspace:
    """青禾镇 did much, has an open problem and wrote strange things; 白杨镇 did little; 云溪乡 sent nothing."""
    year = Workspace.create(folder, YEAR)
    batch = make_batch()
    put(year.root, year.roster.name, roster_workbook(batch.roster))
    write_scheme(year, SCHEME)
    send_out(year, batch)
    hand_in(year, "U001", "青禾镇.xlsx", _busy)
    hand_in(year, "U002", "白杨镇.xlsx")
    return year


def _busy(desk: Desk) -> None:
    rows = plan_of().sheets[0].rows
    desk.cell("党委领导班子", rows[1].id, "status").value = "已完成"
    desk.cell("党委领导班子", rows[1].id, "report").value = HOSTILE
    for day, category, topic, host in (
        ("2026-02-03", "会议", "理论学习部署会", "李乙"),
        ("2026-08-04", "会议", "安全生产例会", "张甲"),
        ("2026-04-09", "学习", "中心组学习", "张甲"),
        ("2026-06-09", "学习", "专题研讨", "张甲"),
        ("2026-10-09", "学习", "读书班", "李乙"),
        ("2026-12-31", "警示教育", "观看警示片", "张甲"),
    ):
        desk.log(date=day, category=category, topic=topic, host=host)
    page = desk.page(ISSUES.title)
    row = next(n for n, (cell, *_) in enumerate(page.iter_rows(max_col=1), 1) if cell.value == "问题") + 1
    for number, (text, status, deadline) in enumerate(
        (("台账不全", "整改中", "2026-06-30"), ("制度过时", "已销号", "2026-05-01")), row
    ):
        for key, value in (("text", text), ("status", status), ("deadline", deadline), ("owner", "张甲")):
            desk.cell(ISSUES.title, number, key, ISSUES).value = value


def assessed(year: Workspace) -> Workspace:
    """The same year after `assess`."""
    assess_year(year, AS_OF)
    return year


def written(year: Workspace, *names: str, kinds: tuple[str, ...] = (), trace: bool = False) -> Reported:
    """The reports of the year as of its last day."""
    return report_year(year, AS_OF, Wish(names, kinds, trace), lambda _done, _total: None)


def word(source: Path | bytes) -> Word:
    """A document, opened."""
    return Document(BytesIO(source) if isinstance(source, bytes) else str(source))


def lines(source: Path | bytes) -> list[str]:
    """The paragraphs and the cells of tables in order."""
    return list(_lines(word(source)))


def _lines(document: Word) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(cell.text for cell in row.cells)


def template(*paragraphs: str, body: str = "") -> bytes:
    """A .docx with these paragraphs, each one run."""
    return docx(body or "".join(map(p, paragraphs)))


def filled(data: bytes, *variables: Variable) -> bytes:
    """A template filled in with variables that read nothing."""
    made = ReportTemplate("报告.docx", data, variables)
    return made.fill(values(made.variables, None), lambda _figures: "").data


def constant(name: str, value: object) -> Variable:
    """A variable that is always the same."""
    return Variable(name, name, lambda _about: value)
