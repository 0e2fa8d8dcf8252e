"""数字出处: the table at the end of a report that says for each figure which rows it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from qingdan_xl.reports.figures import Figure, Source
from qingdan_xl.reports.inserting import as_text, clean

TITLE, NOT_KNOWN = "数字出处", "未取到"
_FEW, _MOST_OF_ONE, _MOST = 5, 30, 600  # rows told one by one, lines of a figure, lines that a table should have
_HEADINGS = (("数字", 1400), ("是多少", 800), ("文件", 1750), ("工作表", 1100), ("行", 1900), ("内容", 1900))
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
_TIGHT = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_Row = tuple[str, ...]


def trace_table(figures: Sequence[Figure]) -> str:
    """The table as the markup of a document, on a page of its own; '' where there are no figures.

    Every figure is in it. Where the table gets too long, the rows of a sheet stand in one line, then fewer of the lines
    of each figure, and the last of them says how many sheets and rows are left out.
    """
    if not figures:
        return ""
    rows, cut = _rows(figures)
    body = "".join(map(_row, rows))
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for _, wide in _HEADINGS)
    head = _row([name for name, _ in _HEADINGS], "黑体", "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    return (
        f'<w:p><w:pPr><w:pageBreakBefore/><w:jc w:val="center"/></w:pPr>{_run(TITLE, "黑体", 32)}</w:p>'
        f'<w:tbl><w:tblPr><w:tblW w:w="8850" w:type="dxa"/><w:jc w:val="center"/>{_BORDERS}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>'
        f"<w:p>{_run(cut, '仿宋', 18)}</w:p>"
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """Some rows behind a figure: where they stand, which, what they say, and how many they are."""

    file: str
    sheet: str
    rows: str
    what: str
    count: int


def _rows(figures: Sequence[Figure]) -> tuple[list[_Row], str]:
    """The rows of the table, and what is said below it where some of them are left out."""
    found = [figure.rows() for figure in figures]
    lines, most = [_lines(sources) for sources in found], _MOST_OF_ONE
    if _length(lines, most) > _MOST:
        lines = [_by_sheet(sources) for sources in found]
        most = next((fits for fits in range(_MOST_OF_ONE, 1, -1) if _length(lines, fits) <= _MOST), 1)
    rows = [row for figure, own in zip(figures, lines, strict=True) for row in _rows_of(figure, own, most)]
    return rows, "没有逐一列出的行，见 汇总.xlsx 的“明细”和各单位填报表。" if max(map(len, lines)) > most else ""


def _length(lines: Sequence[Sequence[_Line]], most: int) -> int:
    """How long the table gets where a figure has so many lines at most."""
    return sum(min(max(len(own), 1), most) for own in lines)


def _rows_of(figure: Figure, lines: Sequence[_Line], most: int) -> list[_Row]:
    """The rows of one figure, the last of them for what is left out of its lines."""
    shown = lines if len(lines) <= most else lines[: most - 1]
    cells = [(line.file, line.sheet, line.rows, line.what) for line in shown]
    if left := lines[len(shown) :]:
        more = "另有 " if shown else ""
        cells.append(("", "", "", f"{more}{len(left)} 张表，共 {sum(line.count for line in left)} 行"))
    cells = cells or [("", "", "", figure.why or "没有这样的行")]
    head = (figure.name, NOT_KNOWN if figure.open else str(figure))
    return [(*(head if number == 0 else ("", "")), *each) for number, each in enumerate(cells)]


def _lines(sources: Sequence[Source]) -> list[_Line]:
    return list(map(_single, sources)) if len(sources) <= _FEW else _by_sheet(sources)


def _single(source: Source) -> _Line:
    origin = source.origin
    return _Line(origin.file, origin.sheet, str(origin.row or ""), source.what, 1)


def _by_sheet(sources: Sequence[Source]) -> list[_Line]:
    """The rows of one sheet in one line: their numbers, and what the first of them says."""
    found: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        found.setdefault((source.origin.file, source.origin.sheet), []).append(source)
    return [_of_sheet(file, sheet, own) for (file, sheet), own in found.items()]


def _of_sheet(file: str, sheet: str, own: Sequence[Source]) -> _Line:
    rows = sorted({source.origin.row for source in own if source.origin.row})
    more = f" 等{len(own)}行" if len(own) > 1 else ""
    return _Line(file, sheet, row_ranges(rows), f"{own[0].what}{more}", len(own))


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
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{as_text(str(clean(text)))}</w:t></w:r>'


_BORDERS = "<w:tblBorders>{}</w:tblBorders>".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A949E"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
)
