"""数字出处: the table at the end of a report that says for each figure which rows it came from."""

from collections.abc import Iterator, Sequence
from itertools import islice

from qingdan_xl.reports.figures import Figure, Source
from qingdan_xl.reports.inserting import as_text

TITLE, NOT_KNOWN = "数字出处", "未取到"
_FEW, _MOST_OF_ONE, _MOST = 5, 30, 600  # rows told one by one, lines of a figure, lines of the table
_HEADINGS = (("数字", 1400), ("是多少", 800), ("文件", 1750), ("工作表", 1100), ("行", 1900), ("内容", 1900))
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
_TIGHT = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_Row = tuple[str, ...]


def trace_table(figures: Sequence[Figure]) -> str:
    """The table as the markup of a document, on a page of its own; '' where there are no figures.

    A figure of very many rows, and a table that gets too long, is cut, and says where the rest stands.
    """
    if not figures:
        return ""
    rows = list(islice(_rows(figures), _MOST + 1))
    body = "".join(_row(row) for row in rows[:_MOST])
    cut = (
        f"表已到 {_MOST} 行，其余见 汇总.xlsx 的“明细”“问题整改”和各单位填报表的“工作纪实”。"
        if len(rows) > _MOST
        else ""
    )
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for _, wide in _HEADINGS)
    head = _row([name for name, _ in _HEADINGS], "黑体", "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    return (
        f'<w:p><w:pPr><w:pageBreakBefore/><w:jc w:val="center"/></w:pPr>{_run(TITLE, "黑体", 32)}</w:p>'
        f'<w:tbl><w:tblPr><w:tblW w:w="8850" w:type="dxa"/><w:jc w:val="center"/>{_BORDERS}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>'
        f"<w:p>{_run(cut, '仿宋', 18)}</w:p>"
    )


def _rows(figures: Sequence[Figure]) -> Iterator[_Row]:
    for figure in figures:
        value = NOT_KNOWN if figure.open else str(figure)
        sources = figure.rows()
        lines = list(map(_single, sources)) if len(sources) <= _FEW else list(_by_sheet(sources))
        shown = lines[:_MOST_OF_ONE] or [("", "", "", figure.why or "没有这样的行")]
        for number, line in enumerate(shown):
            yield (*((figure.name, value) if number == 0 else ("", "")), *line)
        if (rest := len(lines) - len(shown)) > 0:
            yield ("", "", "", "", "", f"……另有 {rest} 张表，见各单位填报表")


def _single(source: Source) -> _Row:
    origin = source.origin
    return origin.file, origin.sheet, str(origin.row or ""), source.what


def _by_sheet(sources: Sequence[Source]) -> Iterator[_Row]:
    """Many rows, those of one sheet in one line: their numbers, and what the first of them says."""
    found: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        found.setdefault((source.origin.file, source.origin.sheet), []).append(source)
    for (file, sheet), own in found.items():
        rows = sorted({source.origin.row for source in own if source.origin.row})
        more = f" 等{len(own)}行" if len(own) > 1 else ""
        yield file, sheet, row_ranges(rows), f"{own[0].what}{more}"


def row_ranges(rows: Sequence[int]) -> str:
    """Numbers of rows in order, those without a gap as a range: 4-6, 9."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][-1] + 1:
            parts[-1][1:] = [row]
        else:
            parts.append([row])
    return ", ".join("-".join(map(str, part)) for part in parts)


def _row(cells: Sequence[str], font: str = "仿宋", properties: str = "<w:trPr><w:cantSplit/></w:trPr>") -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr><w:p>{_TIGHT}{_run(cell, font, 18)}</w:p></w:tc>'
        for cell, (_, wide) in zip(cells, _HEADINGS, strict=True)
    )
    return f"<w:tr>{properties}{made}</w:tr>"


def _run(text: str, font: str, half_points: int) -> str:
    look = f'{_FONT.format(font=font)}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{as_text(text)}</w:t></w:r>'


_BORDERS = "<w:tblBorders>{}</w:tblBorders>".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A949E"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
)
