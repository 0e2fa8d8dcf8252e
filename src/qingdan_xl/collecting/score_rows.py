"""The rows of a score sheet that came back: which is which, what is wrong with them, and what was given."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qingdan_xl.collecting.matching import Mark, Page, doubled_headings
from qingdan_xl.collecting.reading import Book
from qingdan_xl.collecting.wording import by_sheet, listed, rows_text
from qingdan_xl.issuing.score_plan import ScorePage, ScorePlan, ScoreRow, row_mark
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.identity import text_hash
from qingdan_xl.sheets.ratings import ANSWER, RATING_ROW
from qingdan_xl.sheets.reading import Grid, Row, Source, cell_problems, find_columns, rows_below
from qingdan_xl.sheets.values import Parsed, Value, as_text

_FINEST = 2  # decimal places
_SHOWN = 3
_READ = (RATING_ROW, "unit", "item", "text", "full", ANSWER)


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A row as it came back, with what was asked there, and how it was told."""

    row: Row
    asked: ScoreRow
    sheet: Sheet
    mark: Mark


@dataclass(frozen=True, slots=True)
class MatchedScores:
    """Everything in a file that belongs to the plan, and what could not be told, as in `matching.Matched`."""

    file: str
    pages: tuple[Page, ...]
    rows: tuple[RatedRow, ...]
    copies: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    doubled: tuple[Row, ...]
    strays: tuple[Row, ...]


def match_scores(book: Book, plan: ScorePlan) -> MatchedScores:
    """Find the plan's pages and rows in the workbook: by ids and headings, never by position or name alone."""
    found: dict[str, list[Page]] = defaultdict(list)
    for title, grid in book.pages.items():
        if asked := _asked_page(title, grid, plan):
            found[asked.title].append(Page(title, asked.sheet, grid, _layout(asked, grid)))
    chosen = {page.title: _original(found[page.title], page) for page in plan.pages if found[page.title]}
    told: list[RatedRow] = []
    doubled: list[Row] = []
    strays: list[Row] = []
    for asked in plan.pages:
        if asked.title in chosen:
            page = chosen[asked.title]
            read = rows_below(page.sheet, page.grid, page.layout, Source(book.file, page.title, plan.year, book.epoch))
            rows, twice, lost = _resolve(read, asked, page.sheet)
            told, doubled, strays = [*told, *rows], [*doubled, *twice], [*strays, *lost]
    copies = [(p.title, chosen[title].title) for title, pages in found.items() for p in pages if p != chosen[title]]
    missing = [page.title for page in plan.pages if page.title not in chosen]
    return MatchedScores(
        book.file, tuple(chosen.values()), tuple(told), tuple(copies), tuple(missing), tuple(doubled), tuple(strays)
    )


def _asked_page(title: str, grid: Grid, plan: ScorePlan) -> ScorePage | None:
    """The page most of whose row ids stand in this sheet; where there are none the one of its name."""
    pages = {row.id: page for page in plan.pages for row in page.rows}
    ids = (cell.strip() for cells in grid for cell in cells if isinstance(cell, str))
    counted = Counter(pages[cell].title for cell in ids if cell in pages)
    name = counted.most_common(1)[0][0] if counted else title
    return next((page for page in plan.pages if page.title == name), None)


def _original(pages: Sequence[Page], asked: ScorePage) -> Page:
    """Of several sheets that are the same page, that with most of its ids, and among equals that under its name."""
    ids = {row.id for row in asked.rows}
    held = {page.title: len(ids & {as_text(cell) for cells in page.grid for cell in cells}) for page in pages}
    return max(pages, key=lambda page: (held[page.title], page.title == asked.title))


def _layout(asked: ScorePage, grid: Grid) -> tuple[int, Mapping[str, int]]:
    """Where the columns that are read stand; that of the ids is the one with most of them, whatever its heading."""
    start, places = find_columns(asked.sheet, grid)
    ids = {row.id for row in asked.rows}
    counted = Counter(
        index for cells in grid for index, cell in enumerate(cells) if isinstance(cell, str) and cell.strip() in ids
    )
    found = {key: index for key, index in places.items() if key in _READ}
    return start, found | ({RATING_ROW: counted.most_common(1)[0][0]} if counted else {})


def _resolve(read: Sequence[Row], asked: ScorePage, sheet: Sheet) -> tuple[list[RatedRow], list[Row], list[Row]]:
    """What is asked in each row, the rows that are the second of theirs, and the rows of nothing."""
    by_id = {row.id: row for row in asked.rows}
    counted = Counter(row.mark for row in asked.rows)
    by_mark = {row.mark: row for row in asked.rows if counted[row.mark] == 1}
    found: dict[str, RatedRow] = {}
    doubled, strays = [], []
    told = [(row, *_identify(row, by_id, by_mark)) for row in read]
    # a row that is whole comes before one that was told by its id or its words alone
    for row, own, mark in sorted(told, key=lambda each: each[2] is not Mark.ID):
        if own is None:
            strays.append(row)
        elif own.id in found:
            doubled.append(row)
        else:
            found[own.id] = RatedRow(row, own, sheet, mark)
    return list(found.values()), doubled, strays


def _identify(row: Row, by_id: Mapping[str, ScoreRow], by_mark: Mapping[str, ScoreRow]) -> tuple[ScoreRow | None, Mark]:
    """What the rater read beside the answer outweighs a hidden id."""
    own, mark = by_id.get(row.text(RATING_ROW)), row_mark(row.text("unit"), row.text("item"))
    if own and own.mark == mark:
        return own, Mark.ID
    if mark in by_mark:
        return by_mark[mark], Mark.MOVED if own else Mark.TEXT
    return own, Mark.EDITED


def check_scores(matched: MatchedScores, plan: ScorePlan) -> list[Problem]:
    """Everything that is wrong with a score sheet; scores that cannot be taken are left out by `given_scores`."""
    return [
        *_check_pages(matched),
        *_check_rows(matched, plan),
        *_check_texts(matched),
        *(fault for rated in matched.rows for fault in _answer_problems(rated, plan.words)),
        *_check_blank(matched),
    ]


def _check_pages(matched: MatchedScores) -> list[Problem]:
    file = matched.file
    found = [problem("missing-sheet", Origin(file, title), sheet=title) for title in matched.missing]
    found += [problem("sheet-copied", Origin(file, copy), original=original) for copy, original in matched.copies]
    for page in matched.pages:
        lost = [c for c in page.sheet if c.key in _READ and c.key not in page.layout[1] and not c.hidden]
        found += [problem("missing-heading", Origin(file, page.title), heading=column.heading) for column in lost]
        twice = doubled_headings(page)
        found += [problem("heading-twice", Origin(file, page.title), heading=heading) for heading in twice]
    return found


def _check_rows(matched: MatchedScores, plan: ScorePlan) -> list[Problem]:
    by_mark = {Mark.TEXT: "score-row-id-missing", Mark.MOVED: "score-row-moved"}
    there = {rated.asked.id for rated in matched.rows}
    return [
        *(
            problem(code, _id_cell(rows[0]), rows=rows_text(rows))
            for mark, code in by_mark.items()
            for rows in by_sheet(rated.row for rated in matched.rows if rated.mark is mark)
        ),
        *(
            problem("score-row-twice", _id_cell(rows[0]), rows=rows_text(rows), items=_labels(rows))
            for rows in by_sheet(matched.doubled)
        ),
        *(
            problem("score-row-unknown", _id_cell(rows[0]), rows=rows_text(rows), items=_labels(rows))
            for rows in by_sheet(matched.strays)
        ),
        *(
            problem("score-row-lost", Origin(matched.file, page.title), item=f"{row.unit} {row.item}")
            for page in plan.pages
            for row in page.rows
            if row.id not in there and page.title not in matched.missing
        ),
    ]


def _check_texts(matched: MatchedScores) -> list[Problem]:
    """Unit, item, words and full points stand as they were issued."""
    found = []
    for rated in matched.rows:
        issued = {"unit": rated.asked.unit, "item": rated.asked.item, "text": rated.asked.text}
        edited = [
            key
            for key, text in issued.items()
            if key in rated.row.letters and text and text_hash(rated.row.text(key)) != text_hash(text)
        ]
        if "full" in rated.row.letters and rated.row.value("full") != rated.asked.full:
            edited.append("full")
        if edited:
            headings = "、".join(rated.sheet.column(key).heading for key in edited)
            found.append(problem("score-row-edited", rated.row.origin(edited[0]), headings=headings))
    return found


def _answer_problems(rated: RatedRow, words: Sequence[str]) -> list[Problem]:
    """Why the answer of a row cannot be taken; nothing where it can, or where it is blank."""
    column, where = rated.sheet.column(ANSWER), rated.row.origin(ANSWER)
    answer = replace(rated.sheet, columns=(column,))
    if unread := cell_problems(answer, rated.row):
        return unread
    value = rated.row.value(ANSWER)
    if isinstance(value, str) and column.type is Type.CHOICE and value not in words:
        choices = "、".join(words)
        return [problem("not-a-choice", where, heading=column.heading, text=value, choices=choices)]
    if isinstance(value, Decimal):
        return _score_problems(value, rated.asked.full, where)
    return []


def _score_problems(score: Decimal, full: Decimal, where: Origin) -> list[Problem]:
    if not 0 <= score <= full:
        return [problem("score-range", where, score=score, full=full)]
    return [problem("score-too-fine", where, score=score)] if score != round(score, _FINEST) else []


def _check_blank(matched: MatchedScores) -> list[Problem]:
    """What was left blank, told once a page: it is not rated, and never a zero."""
    found = []
    for page in matched.pages:
        blank = [rated for rated in matched.rows if rated.row.sheet == page.title and not rated.row.text(ANSWER)]
        if blank:
            names = "、".join(f"{rated.asked.unit} {rated.asked.item[:12]}" for rated in blank[:_SHOWN])
            more = " 等" if len(blank) > _SHOWN else ""
            found.append(problem("scores-blank", blank[0].row.origin(ANSWER), count=len(blank), names=names + more))
    return found


def given_scores(matched: MatchedScores, words: Sequence[str]) -> list[Row]:
    """The answers that can be taken, as the store keeps them."""
    return [
        _given(rated)
        for rated in matched.rows
        if rated.row.value(ANSWER) is not None and not _answer_problems(rated, words)
    ]


def _given(rated: RatedRow) -> Row:
    asked, answer = rated.asked, rated.row.cells[ANSWER]
    key = "points" if rated.sheet.column(ANSWER).type is Type.POINTS else "word"
    issued: dict[str, Value] = {"asked": asked.id, "subject": asked.subject, "target": asked.target, "full": asked.full}
    cells = {name: Parsed(value, str(value)) for name, value in issued.items()} | {key: answer}
    return replace(rated.row, cells=cells, letters={ANSWER: rated.row.letters[ANSWER]})


def _id_cell(row: Row) -> Origin:
    return row.origin(RATING_ROW if RATING_ROW in row.letters else "item")


def _labels(rows: Iterable[Row]) -> str:
    """Whom and what the rows are about, each once."""
    return listed(dict.fromkeys(f"{row.text('unit')} {row.text('item')}".strip() for row in rows))
