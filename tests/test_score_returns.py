"""Score sheets that come back: told by what is in them, checked, kept, counted apart from the units' workbooks."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from office import Office
from qingdan_xl.assessment.items import RaterGroup
from qingdan_xl.collecting.collect import check, collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.sheets.ratings import RATINGS
from qingdan_xl.sheets.scheme_items import Method
from qingdan_xl.sheets.unit import HIDDEN_TITLE
from qingdan_xl.store import Outcome, Store, read_store
from qingdan_xl.summary.status import status
from qingdan_xl.summary.status_view import render
from qingdan_xl.verbs.remind import remind_year
from qingdan_xl.verbs.score_sheets import SheetsIssued
from qingdan_xl.verbs.summarize import gather, summarize_year
from qingdan_xl.workspace.folder import Workspace
from rating_samples import (
    AS_OF,
    OPTIONS,
    PANEL,
    RATERS,
    SCHEME,
    Scored,
    codes,
    collected,
    given,
    rated_year,
    sent,
    use,
)
from returns import LATE, put

FULL = {"青禾镇": (18, 27), "白杨镇": (16.5, 24), "云溪乡": ("20", "３０分")}


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder whose units returned their workbooks."""
    return rated_year(tmp_path / "2026年度")


def kept(year: Workspace) -> dict[str, str]:
    """What the store holds of all accepted score sheets: row id and what was given."""
    with closing(read_store(year)) as store:
        return {str(row["asked"]): f"{row['points'] or row['word'] or 0}" for row in store.rows(RATINGS)}


def edited(year: Workspace, issued: SheetsIssued, change: Callable[[Scored], object]) -> list[str]:
    """The codes of 冯一's sheet, filled without a fault and then changed."""
    put(year.inbox, "评分.xlsx", given(year, issued, "冯一", FULL))
    desk = Scored(load_workbook(year.inbox / "评分.xlsx"))
    change(desk)
    put(year.inbox, "评分.xlsx", desk.saved())
    return codes(collected(year), "评分.xlsx")


WHOLE = {"U001|1": "18", "U001|2": "27", "U002|1": "16.5", "U002|2": "24", "U003|1": "20", "U003|2": "30"}


def test_a_sheet_is_told_by_what_is_in_it(year: Workspace) -> None:
    """Whatever it is called: accepted, its scores kept, counted apart from the units' workbooks."""
    issued = sent(year)
    put(year.inbox, "新建 Microsoft Excel 工作表.xlsx", given(year, issued, "冯一", FULL))

    found = collected(year)

    assert (found.sent, found.returned, found.missing) == (3, 3, ())
    assert [(group.group, group.sent, group.returned, group.missing) for group in found.scores] == [
        ("分管领导", 1, 1, ()),
        ("职工代表", 2, 0, ("陈二", "卫三")),
        ("考核组", 2, 0, ("蒋四", "沈五")),
    ]
    assert found.problems == ()
    assert kept(year) == WHOLE
    assert collected(year).as_json() == found.as_json()


def test_a_sheet_has_no_deadline(year: Workspace) -> None:
    """报送期限 is that of the units: a sheet that comes after it is not late."""
    put(year.inbox, "评分.xlsx", given(year, sent(year), "冯一", FULL))

    found = collect(year, (), LATE, Reading(workers=1))

    assert codes(found, "评分.xlsx") == []
    assert not any(receipt.late for receipt in found.receipts if receipt.of_rater)


def test_newer_wins_and_the_same_bytes_are_one(year: Workspace) -> None:
    """As for units: a mended sheet takes the place of the first, a copy is a duplicate."""
    issued = sent(year)
    put(year.inbox, "一.xlsx", given(year, issued, "冯一", FULL))
    put(year.inbox, "二.xlsx", (year.inbox / "一.xlsx").read_bytes())
    collected(year)
    put(year.inbox, "三.xlsx", given(year, issued, "冯一", FULL | {"青禾镇": (1, 2)}))

    found = collected(year)

    outcomes = {receipt.path: receipt.outcome for receipt in found.receipts}
    assert outcomes["收件/一.xlsx"] is Outcome.SUPERSEDED
    assert outcomes["收件/二.xlsx"] is Outcome.DUPLICATE
    assert outcomes["收件/三.xlsx"] is Outcome.ACCEPTED
    assert kept(year) == WHOLE | {"U001|1": "1", "U001|2": "2"}


def shuffled(desk: Scored) -> None:
    """Put the rows in another order, hidden ids and all."""
    page = desk.book["乡镇"]
    rows = [[cell.value for cell in cells] for cells in page.iter_rows(min_row=4, max_row=9, max_col=11)]
    rows = [rows[index] for index in (4, 1, 5, 0, 2, 3)]
    for number, values in enumerate(rows, 4):
        for column, value in enumerate(values, 1):
            page.cell(number, column).value = value


def without_ids(desk: Scored) -> None:
    """Put the rows in another order, but for the hidden ids."""
    ids = desk.ids("乡镇")[:6]
    shuffled(desk)
    for number, row_id in enumerate(ids, 4):
        desk.book["乡镇"].cell(number, 1).value = row_id


def widened(desk: Scored) -> None:
    """Insert a column and rows above, rename the sheet and add another."""
    page = desk.book["乡镇"]
    page.insert_cols(3)
    page.insert_rows(1, 2)
    page.title = "打分"
    desk.book.create_sheet("草稿", 0)["A1"] = "U001|1"


def answered_elsewhere(desk: Scored) -> None:
    """Delete the hidden column of ids."""
    desk.book["乡镇"].delete_cols(1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (shuffled, []),
        (without_ids, ["score-row-moved"] * 6),
        (answered_elsewhere, ["score-row-id-missing"] * 6),
    ],
)
def test_no_score_lands_on_another_row(year: Workspace, change: Callable[[Scored], None], expected: list[str]) -> None:
    """Rows may be sorted, ids may be lost: what the rater read beside the score says what it is for."""
    found = edited(year, sent(year), change)

    assert set(found) <= set(expected)
    assert bool(found) == bool(expected)
    assert kept(year) == WHOLE


def test_columns_and_sheets_may_be_added(year: Workspace) -> None:
    """Pages and columns are found by ids and headings; a scrap of paper is no copy that hides the page."""
    found = edited(year, sent(year), widened)

    assert set(found) <= {"sheet-copied"}
    assert kept(year) == WHOLE


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (20.5, "score-range"),
        (-1, "score-range"),
        (18.125, "score-too-fine"),
        ("很好", "bad-cell"),
        ("=9+9", "bad-cell"),
        (None, "scores-blank"),
    ],
)
def test_what_is_no_score_is_not_taken(year: Workspace, value: object, code: str) -> None:
    """It is told with its cell and never taken for a zero; the other scores stand."""

    def change(desk: Scored) -> None:
        desk.cell("乡镇", "青禾镇", "组织领导").value = value

    assert edited(year, sent(year), change) == [code]
    assert kept(year) == {key: text for key, text in WHOLE.items() if key != "U001|1"}


def test_a_fault_names_its_cell(year: Workspace) -> None:
    """The problem says whose sheet it is, and where the score stands."""
    issued = sent(year)
    put(year.inbox, "评分.xlsx", given(year, issued, "冯一", FULL | {"青禾镇": (21, 27)}))

    (fault,) = collected(year).problems

    assert (fault.code, fault.unit) == ("score-range", "分管领导 冯一")
    assert (fault.origin.sheet, fault.origin.cell) == ("乡镇", "K4")
    assert "21 不在 0 到 20 之间" in fault.message


def test_edited_words_change_nothing(year: Workspace) -> None:
    """The words, the full points: as issued, and the edit is told."""

    def change(desk: Scored) -> None:
        desk.cell("乡镇", "青禾镇", "组织领导", "full").value = 100
        desk.cell("乡镇", "白杨镇", "工作实绩", "text").value = "随便"
        desk.cell("乡镇", "青禾镇", "组织领导").value = 90

    assert edited(year, sent(year), change) == ["score-range", "score-row-edited", "score-row-edited"]


def test_rows_lost_doubled_and_invented_are_told(year: Workspace) -> None:
    """A deleted row is missing, a second one of its kind and one of nobody's are not read."""

    def change(desk: Scored) -> None:
        page = desk.book["乡镇"]
        for column in range(1, 12):
            page.cell(10, column).value = page.cell(4, column).value
            page.cell(11, column).value = page.cell(5, column).value
        page.cell(11, 1).value, page.cell(11, 2).value = "U009|2", "丁家镇"
        page.delete_rows(9)

    assert edited(year, sent(year), change) == ["score-row-lost", "score-row-twice", "score-row-unknown"]
    assert kept(year) == {key: text for key, text in WHOLE.items() if key != "U003|2"}


def test_pages_lost_and_copied_are_told(year: Workspace) -> None:
    """A copied page is not read, a missing heading and a lost page are named."""
    issued = sent(year)

    def copied(desk: Scored) -> None:
        desk.book.copy_worksheet(desk.book["乡镇"])

    def lost(desk: Scored) -> None:
        desk.book.remove(desk.book["乡镇"])

    assert edited(year, issued, copied) == ["sheet-copied"]
    assert kept(year) == WHOLE
    assert edited(year, issued, lost) == ["missing-sheet"]


def test_a_vote_is_an_option(tmp_path: Path) -> None:
    """A word that is no option is told and not taken."""
    groups = (RaterGroup(PANEL, Decimal(100), Method.VOTES, "四档"),)
    own = [rater for rater in RATERS if rater.group == PANEL]
    year = rated_year(tmp_path / "2026年度", replace(SCHEME, rater_groups=groups, raters=tuple(own), options=OPTIONS))
    votes = {"青禾镇": ("好", "较好"), "白杨镇": ("优秀", "差"), "云溪乡": ("一般", "一般")}
    put(year.inbox, "评分.xlsx", given(year, sent(year), "蒋四", votes))

    assert codes(collected(year), "评分.xlsx") == ["not-a-choice"]
    assert kept(year) == {"U001|1": "好", "U001|2": "较好", "U002|2": "差", "U003|1": "一般", "U003|2": "一般"}


def test_another_years_sheet_is_refused(year: Workspace, tmp_path: Path) -> None:
    """A sheet of another year folder, which seals with another secret, does not pass."""
    other = rated_year(tmp_path / "另一个" / "2026年度")
    with closing(Store(other.database)) as store:
        store.connection.execute("UPDATE secret SET key = ?", (b"another",))
    sent(year)
    put(year.inbox, "评分.xlsx", given(other, sent(other), "冯一", FULL))

    assert codes(collected(year), "评分.xlsx") == ["other-workspace"]
    assert kept(year) == {}


def test_a_round_that_was_never_sent_is_refused(year: Workspace, tmp_path: Path) -> None:
    """A copy of the year folder that went on by itself sends what the first knows nothing of."""
    other = rated_year(tmp_path / "另一个" / "2026年度")
    put(year.inbox, "评分.xlsx", given(other, sent(other), "冯一", FULL))

    assert codes(collected(year), "评分.xlsx") == ["version"]
    assert kept(year) == {}


def stated(desk: Scored, name: str, value: str) -> None:
    """Change what the hidden sheet and the properties say."""
    for cells in desk.book[HIDDEN_TITLE].iter_rows(max_row=9):
        if cells[0].value == name:
            cells[1].value = value
    for entry in desk.book.custom_doc_props:
        if entry.name == {"unit_id": "qingdan_unit", "workspace": "qingdan_workspace"}.get(name):
            entry.value = value


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("workspace", "000000000000", "other-workspace"),
        ("unit_id", "评委:考核组/沈五", "unit-mismatch"),
        ("unit_id", "评委:考核组/无人", "version"),
        ("fingerprint", "0" * 32, "version"),
        ("seal", "0" * 32, "edited-identity"),
    ],
)
def test_a_changed_identity_is_refused(year: Workspace, name: str, value: str, code: str) -> None:
    """Whoever makes himself another rater is not taken for one."""
    assert edited(year, sent(year), lambda desk: stated(desk, name, value)) == [code]
    assert kept(year) == {}


def test_any_two_of_three_places_suffice(year: Workspace) -> None:
    """Without the hidden sheet the ids and properties tell; without both it is no form of ours."""
    issued = sent(year)

    def bare(desk: Scored) -> None:
        desk.book.remove(desk.book[HIDDEN_TITLE])

    def nothing(desk: Scored) -> None:
        bare(desk)
        answered_elsewhere(desk)

    assert edited(year, issued, bare) == ["identity-lost"]
    assert kept(year) == WHOLE
    assert edited(year, issued, nothing) == ["not-our-form"]


def test_an_older_round_is_taken_with_a_word(year: Workspace) -> None:
    """A sheet that was sent again still counts in its first version, until the new one comes."""
    first = sent(year)
    (year.root / first.sheets[0].path).rename(year.root / "移走.xlsx")
    second = sent(year)
    (year.root / "移走.xlsx").rename(year.root / first.sheets[0].path)
    put(year.inbox, "旧.xlsx", given(year, first, "冯一", FULL))

    assert codes(collected(year), "旧.xlsx") == ["older-version"]
    assert kept(year) == WHOLE
    put(year.inbox, "新.xlsx", given(year, second, "冯一", FULL | {"青禾镇": (3, 4)}))
    assert codes(collected(year), "新.xlsx") == []
    assert kept(year) == WHOLE | {"U001|1": "3", "U001|2": "4"}


def test_damaged_sheets_are_refused_like_others(year: Workspace) -> None:
    """A flipped bit is no score."""
    data = bytearray(given(year, sent(year), "冯一", FULL))
    data[len(data) // 2] ^= 0xFF
    put(year.inbox, "评分.xlsx", bytes(data))

    found = collected(year)

    assert [r.outcome for r in found.receipts if r.path == "收件/评分.xlsx"] == [Outcome.REFUSED]
    assert kept(year) == {}


def test_outside_the_year_folder_it_is_not_checked(year: Workspace, tmp_path: Path) -> None:
    """Whose it is and what it was out of is known in the year folder only; inside it is checked without being taken."""
    path = put(tmp_path, "评分.xlsx", given(year, sent(year), "冯一", FULL | {"青禾镇": (21, 27)}))

    outside = check([path])
    inside = check([path], year)

    assert [fault.code for fault in outside.problems] == ["score-sheet-elsewhere"]
    assert [fault.code for fault in inside.problems] == ["score-range"]
    assert kept(year) == {}


def test_members_of_a_zip_are_read(year: Workspace) -> None:
    """Somebody gathers the sheets of the panel into one zip."""
    issued = sent(year)
    with ZipFile(year.inbox / "考核组.zip", "w", ZIP_DEFLATED) as archive:
        for rater in ("蒋四", "沈五"):
            archive.writestr(f"{rater}.xlsx", given(year, issued, rater, FULL))

    found = collected(year)

    assert [(group.returned, group.sent) for group in found.scores] == [(0, 1), (0, 2), (2, 2)]


def test_status_and_summary_count_them_apart(year: Workspace) -> None:
    """Status names who is waited for; what leaders read says nothing of a rater's file."""
    put(year.inbox, "评分.xlsx", given(year, sent(year), "冯一", FULL | {"青禾镇": (21, 27)}))
    collected(year)

    material = gather(year, AS_OF)
    found = status(material)
    summary = summarize_year(year, date(2026, 12, 31))

    assert found.scores[0].as_json() == {
        "group": "分管领导", "sent": 1, "returned": 1, "missing": []
    }  # fmt: skip
    assert sum(found.files.values()) == 3
    assert render(found) is not None
    book = load_workbook(summary.workbook.path)
    texts = {str(cell.value) for page in book for cells in page.iter_rows() for cell in cells}
    assert not [text for text in texts if "评分.xlsx" in text or "冯一" in text]


def test_who_is_waited_for_is_reminded(year: Workspace) -> None:
    """催办短信.txt and 催办单.xlsx hold the raters whose sheets did not come back, this week only once."""
    put(year.inbox, "评分.xlsx", given(year, sent(year), "冯一", FULL))
    collected(year)

    made, again = remind_year(year, AS_OF), remind_year(year, AS_OF)

    assert [rater.name for rater in made.reminders.raters] == ["陈二", "卫三", "蒋四", "沈五"]
    assert made.texts
    assert "—— 考核组 蒋四 ——" in made.texts.path.read_text("utf-8-sig")
    assert (again.reminders.raters, again.workbook) == ((), None)


def test_whoever_left_is_not_waited_for(year: Workspace) -> None:
    """A rater who is no longer in the scheme is not missing once sheets were sent again."""
    sent(year)
    use(year, replace(SCHEME, raters=RATERS[:4]))
    again = sent(year)

    assert again.batch is None
    assert [(group.group, group.missing) for group in collected(year).scores][2] == ("考核组", ("蒋四",))


def test_a_sheet_from_any_office_is_read(year: Workspace, tmp_path: Path, office: Office) -> None:
    """Saved by LibreOffice as .xlsx and .ods the scores are the same."""
    path = put(tmp_path, "评分.xlsx", given(year, sent(year), "冯一", FULL))
    (saved,) = office.save_all("ods", [path], tmp_path / "ods")
    put(year.inbox, "评分.ods", saved.read_bytes())

    assert codes(collected(year), "评分.ods") == ["other-format"]
    assert kept(year) == WHOLE
