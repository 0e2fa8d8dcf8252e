"""对照.xlsx out of comparisons: changed words struck out in the older text, underlined in the newer one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from qingdan_xl.documents.comparing.changedwords import Piece
from qingdan_xl.documents.comparing.comparison import Comparison, DutyChange
from qingdan_xl.documents.comparing.headings import HeadingChange
from qingdan_xl.documents.comparing.phrases import change_words, duty_notes, heading_notes, list_note
from qingdan_xl.documents.comparing.several import Compared
from qingdan_xl.sheets.comparison import CHANGED_DUTIES, CHANGED_HEADINGS, COMPARED_LISTS, LEVELS
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.styles import LIGHTS, PAPER
from qingdan_xl.sheets.writing import FIRST_ROW, Book, Cell, Mark, Marked

# the weightiest word of a cell → the light whose colours it wears
_COLOURS = {"新增": "完成", "删去": "逾期", "改要求": "欠缺", "改文字": "临近", "移动": "正常"}
_LEVELS = {code: word for word, code in LEVELS.items()}
_ONLY_BEFORE, _ONLY_AFTER = "只有原文件有这份清单，没有对照", "只有现文件有这份清单，没有对照"
_Row = Mapping[str, Cell]


def comparison_workbook(compared: Compared) -> bytes:
    """对照.xlsx: a row a list, a row a changed duty, a row a changed heading; what did not change is only counted."""
    book = Book(locked_fill=PAPER)
    several = len(compared.comparisons) > 1
    tables = (
        (COMPARED_LISTS, [*map(_list_row, compared.comparisons), *_alone(compared)]),
        (CHANGED_DUTIES, [row for one in compared.comparisons for row in _duties(one, several)]),
        (CHANGED_HEADINGS, [row for one in compared.comparisons for row in _headings(one, several)]),
    )
    for sheet, rows in tables:
        if rows:
            used = _used(sheet, rows)
            _finish(book, book.add(used, rows), used, len(rows))
    return book.to_bytes()


def _used(sheet: Sheet, rows: Sequence[_Row]) -> Sheet:
    """The sheet without the columns in which nothing stands."""
    return replace(sheet, columns=tuple(column for column in sheet if any(row.get(column.key) for row in rows)))


def _finish(book: Book, page: Worksheet, sheet: Sheet, count: int) -> None:
    """Colours behind the kinds of change, which stay in sight."""
    if "changes" not in sheet.keys:
        return
    col = sheet.keys.index("changes")
    page.freeze_panes(FIRST_ROW, col + 1)
    for word, light in _COLOURS.items():
        look = book.styles.shade(*LIGHTS[light])
        rule = {"type": "text", "criteria": "begins with", "value": word, "format": look}
        page.conditional_format(FIRST_ROW, col, FIRST_ROW + count - 1, col, rule)


def _list_row(one: Comparison) -> _Row:
    return {
        "list": one.new.title,
        "source_before": one.old.source,
        "source_after": one.new.source,
        "duties_before": len(one.old.duties),
        "duties_after": len(one.new.duties),
        "same": one.same,
        "headings": len(one.headings),
        "note": list_note(one),
        **{change.value: count for change, count in one.counts.items()},
    }


def _alone(compared: Compared) -> Iterator[_Row]:
    for one in compared.only_old:
        count = len(one.duties)
        yield {"list": one.title, "source_before": one.source, "duties_before": count, "note": _ONLY_BEFORE}
    for one in compared.only_new:
        yield {"list": one.title, "source_after": one.source, "duties_after": len(one.duties), "note": _ONLY_AFTER}


def _duties(one: Comparison, several: bool) -> Iterator[_Row]:
    """The changed duties; which list each is of is said where there are several."""
    return (_duty_row(one.new.title if several else "", change) for change in one.duties)


def _duty_row(title: str, change: DutyChange) -> _Row:
    spot, old, new = change.spot, change.old, change.new
    section = " ".join(part for part in (spot.section.number, spot.section.title) if part)
    before, after = _texts(change.pieces, old.duty.text if old else "", new.duty.text if new else "")
    return {
        "list": title,
        "changes": change_words(change.changes),
        "role": spot.role.name,
        "section": section,
        "number_before": old.duty.number if old else None,
        "number_after": new.duty.number if new else None,
        "before": before,
        "after": after,
        "note": "\n".join(duty_notes(change)),
        "id": spot.duty.id,
    }


def _headings(one: Comparison, several: bool) -> Iterator[_Row]:
    return (_heading_row(one.new.title if several else "", change) for change in one.headings)


def _heading_row(title: str, change: HeadingChange) -> _Row:
    old, new = change.old, change.new
    before, after = _texts(change.pieces, old.text if old else "", new.text if new else "")
    return {
        "list": title,
        "level": _LEVELS[change.heading.level],
        "role": change.heading.role,
        "changes": change_words(change.changes),
        "number_before": old.number if old else None,
        "number_after": new.number if new else None,
        "before": before,
        "after": after,
        "note": "\n".join(heading_notes(change)),
    }


def _texts(pieces: Sequence[Piece], old: str, new: str) -> tuple[Cell, Cell]:
    """Both texts with what changed marked; plain where they are equal or there is only one."""
    if not pieces:
        return old, new
    before = ((piece.old, Mark.PLAIN if piece.is_kept else Mark.CUT) for piece in pieces)
    after = ((piece.new, Mark.PLAIN if piece.is_kept else Mark.ADDED) for piece in pieces)
    return Marked(tuple(before)), Marked(tuple(after))
