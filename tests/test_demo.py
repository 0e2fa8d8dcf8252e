"""The whole loop on the bundled samples, and every workbook it writes opened in LibreOffice."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.cell.cell import Cell
from openxml_audit import OpenXmlValidator

from office import Office
from qingdan_xl.assessment.result import as_json
from qingdan_xl.demo.run import AS_OF, run_demo
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.summary import BY_UNIT, WARNINGS
from qingdan_xl.sheets.unit import LOG
from qingdan_xl.store import Outcome, Store
from qingdan_xl.summary.frames import cells as rows_of
from qingdan_xl.summary.frames import frames
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.folder import Workspace

ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "Err:")


@dataclass(frozen=True)
class Demo:
    """A demonstration that ran: its year folder and what it said."""

    workspace: Workspace
    said: tuple[str, ...]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One run of the demonstration."""
    folder = tmp_path_factory.mktemp("demo") / "演示"
    said: list[str] = []
    run_demo(folder, said.append, replace_old=False)
    return Demo(Workspace(folder), tuple(said))


def workbooks(root: Path) -> list[Path]:
    """Everything the demonstration wrote that leaders, the coordinator or staff open; not what staff sent."""
    return sorted(
        path
        for path in root.rglob("*.xlsx")
        if not {"收件", "原件"} & set(path.relative_to(root).parts[:1])
        and not (path.parent.name == "隔离" and path.name != "原因.xlsx")
    )


def cells(path: Path) -> Iterator[Cell]:
    """Every cell of a workbook with its calculated value."""
    for page in openpyxl.load_workbook(path, data_only=True):
        for row in page.iter_rows():
            yield from row  # type: ignore[misc]


def test_every_file_has_one_outcome_and_the_counts_add_up(demo: Demo) -> None:
    """What came is accepted, superseded, duplicate, refused or ignored; what was sent is returned or missing."""
    with closing(Store(demo.workspace.database)) as store:
        outcomes = [receipt.outcome for receipt in store.receipts()]
        issued = store.issued()
        returned = {receipt.unit_id for receipt in store.receipts() if receipt.outcome is Outcome.ACCEPTED}

    assert len(outcomes) == len(list(demo.workspace.inbox.iterdir())) == 18
    assert {outcome: outcomes.count(outcome) for outcome in Outcome} == {
        Outcome.ACCEPTED: 15,
        Outcome.SUPERSEDED: 1,
        Outcome.DUPLICATE: 1,
        Outcome.REFUSED: 1,
        Outcome.IGNORED: 0,
    }
    assert len(issued) == len(returned) + 1 == 16
    told = "收件 18 ＝ 采用 15 ＋ 被替代 1 ＋ 重复 1 ＋ 退回 1 ＋ 忽略 0；下发 16 ＝ 已交回 15 ＋ 未交回 1"
    assert any(told in line for line in demo.said)


def test_a_correction_counts(demo: Demo) -> None:
    """What a unit sent again, saved later and received later, is what its figures are made of."""
    with closing(Store(demo.workspace.database)) as store:
        outcomes = {Path(receipt.path).stem: receipt.outcome for receipt in store.receipts()}

    assert outcomes["石桥坡镇-2026年责任清单（修改稿）"] is Outcome.ACCEPTED
    assert outcomes["石桥坡镇-2026年责任清单"] is Outcome.SUPERSEDED


def test_what_people_did_wrong_is_found(demo: Demo) -> None:
    """The damaged file, the edited duty and the late returns are told, and nothing else is an error."""
    with closing(Store(demo.workspace.database)) as store:
        late = [receipt.unit_id for receipt in store.receipts() if receipt.late]
        problems = [fault for faults in store.problems().values() for fault in faults]

    assert len(late) == 3
    assert [fault.code for fault in problems if fault.severity.value == "error"] == ["damaged"]
    assert [fault.code for fault in problems].count("text-edited") == 1


def test_the_sum_of_every_trail_is_the_score(demo: Demo) -> None:
    """Each unit's points are the sum of the lines that explain them, to the last digit."""
    scores = as_json(assess_year(demo.workspace, AS_OF).assessment, "考核.xlsx")["scores"]

    assert len(scores) == 16
    for score in scores:
        if score["score"] is None:
            assert score["unit"] == "竹坪乡"
            assert score["rank"] is None
        else:
            assert sum(Decimal(entry["points"]) for entry in score["trail"]) == Decimal(score["score"])


def filled(workspace: Workspace, folder: Path) -> list[Path]:
    """Two workbooks as units filled them in, under names that no issued one has."""
    with closing(Store(workspace.database)) as store:
        accepted = [receipt.path for receipt in store.receipts() if receipt.outcome is Outcome.ACCEPTED]
    sent = [workspace.root / path for path in accepted if path.endswith(".xlsx")][:2]
    return [Path(shutil.copy(path, folder / f"填好{number}.xlsx")) for number, path in enumerate(sent, 1)]


def test_no_workbook_shows_an_error_when_recalculated(demo: Demo, office: Office, tmp_path: Path) -> None:
    """Recalculated in LibreOffice, no cell of any workbook holds an error, nor of two that were filled in."""
    paths = workbooks(demo.workspace.root)
    # units, 下发清单, 母表, 花名册 and 考核办法, 汇总, 考核 and 考核卡, 原因
    assert len(paths) == 16 + 1 + 5 + 2 + 3 + 1

    done = filled(demo.workspace, tmp_path)
    assert len(done) == 2

    found = [
        (path.name, cell.parent.title, cell.coordinate, cell.value)
        for path in office.recalculate([*paths, *done], tmp_path / "recalculated")
        for cell in cells(path)
        if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value.startswith(ERRORS))
    ]

    assert found == []


def test_every_kind_of_workbook_opens_without_repair(demo: Demo) -> None:
    """One workbook of every kind passes the Open XML audit."""
    root = demo.workspace.root
    kinds = [
        next((root / "下发" / "2026-01").glob("青禾镇*.xlsx")),
        root / "下发" / "2026-01" / "下发清单.xlsx",
        next(root.glob("清单/*.xlsx")),
        root / "花名册.xlsx",
        root / "考核办法.xlsx",
        root / "隔离" / "原因.xlsx",
        root / "成果" / "汇总.xlsx",
        root / "成果" / "考核.xlsx",
    ]

    faults = {path.name: OpenXmlValidator().validate(path).errors for path in kinds}

    assert faults == {path.name: [] for path in kinds}


def test_the_demonstration_says_where_everything_lies(demo: Demo) -> None:
    """Each step is numbered with its time, and every place named at the end is there."""
    steps = [line for line in demo.said if line[0].isdigit()]
    places = [line.split()[0] for line in demo.said if line.startswith("  ")]

    assert [line.partition(".")[0] for line in steps] == [str(number) for number in range(1, len(steps) + 1)]
    assert len(places) == 9
    assert all((demo.workspace.root.parent / place).exists() for place in places)


def test_reports_say_what_the_summary_says(demo: Demo) -> None:
    """The bulletin's table has each unit's counts of 按单位, and a notice the duties that are behind there."""
    tables = frames(gather(demo.workspace, AS_OF))
    units = rows_of(tables[BY_UNIT.key])
    reports = demo.workspace.results / "报告"

    shown = [
        [cell.text for cell in row.cells][:5]
        for row in Document(str(reports / "通报" / "全部单位.docx")).tables[1].rows
    ]

    behind = [None if row["overdue"] is None else row["overdue"] + row["short"] for row in units]
    expected = [
        [row["unit"], row["state"], *("＿＿" if n is None else str(n) for n in (row["issued"], row["complete"], late))]
        for row, late in zip(units, behind, strict=True)
    ]
    assert shown[1:] == expected
    assert sum(row[3] == "＿＿" for row in shown) == 1
    notice = Document(str(reports / "整改通知" / "青禾镇.docx")).tables[0]
    late = {row["text"] for row in rows_of(tables[WARNINGS.key]) if row["unit"] == "青禾镇" and row["light"] != "临近"}
    assert {row.cells[1].text for row in notice.rows[1:]} == late


def test_the_open_report_is_filled_from_the_logs(demo: Demo) -> None:
    """Each count of a head's report is the number of rows of its category in the log, or open and yellow."""
    with closing(Store(demo.workspace.database)) as store:
        rows = [row for row in store.rows(LOG) if row["date"] and "青禾镇" in str(row["path"])]
    path = next((demo.workspace.results / "报告").glob("2026年党组书记*/青禾镇·张甲.docx"))
    text = "".join(paragraph.text for paragraph in Document(str(path)).paragraphs)

    assert f"本人讲党课{sum(row['category'] == '党课' and row['host'] == '张甲' for row in rows)}次" in text
    meetings = sum(row["category"] == "警示教育" and "大会" in str(row["topic"]) for row in rows)
    assert f"召开警示教育大会{meetings}次" in text
    assert "开展主题党日活动＿＿场" in text
    assert "培养入党积极分子＿＿名" in text
    assert not re.search(r"\*|XX", text)


def test_a_folder_that_is_not_a_demonstration_is_left_alone(tmp_path: Path) -> None:
    """Doing it again replaces an earlier demonstration only, never a folder with something else in it."""
    (tmp_path / "重要材料.txt").write_text("留着", "utf-8")

    with pytest.raises(UnusableError) as caught:
        run_demo(tmp_path, lambda _line: None, replace_old=True)

    assert [fault.code for fault in caught.value.problems] == ["folder-exists"]
    assert [path.name for path in tmp_path.iterdir()] == ["重要材料.txt"]


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "qingdan_xl", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "code", "keys"),
    [
        (
            ("collect",),
            1,
            ["found", "accepted", "superseded", "duplicate", "refused", "ignored", "missing", "problems"],
        ),
        (
            ("summarize", "--as-of", "2027-01-05"),
            0,
            ["as_of", "workbook", "page", "units", "returned", "duties", "done", "overdue"],
        ),
        (("assess", "--as-of", "2027-01-05"), 1, ["workbook", "scores"]),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_json_is_one_object_of_the_contract(demo: Demo, arguments: tuple[str, ...], code: int, keys: list[str]) -> None:
    """With --json, standard output holds exactly one object with the contract's keys."""
    done = run(*arguments, "--json", cwd=demo.workspace.root)

    assert done.returncode == code, done.stderr
    assert list(json.loads(done.stdout)) == keys


def test_collecting_again_changes_nothing(demo: Demo) -> None:
    """A second collect reads nothing new and tells the same counts."""
    first, second = (json.loads(run("collect", "--json", cwd=demo.workspace.root).stdout) for _ in range(2))

    assert first == second
    assert first["found"] == 18
    assert first["missing"] == ["竹坪乡"]


def test_status_reads_on_one_screen(demo: Demo) -> None:
    """Status tells what was sent, returned and missing, and every unit's lights."""
    done = run("status", "--as-of", "2027-01-05", cwd=demo.workspace.root)

    assert done.returncode == 0
    assert "下发 16 ＝ 已交回 15（迟交 3）＋ 未交回 1" in done.stdout
    assert "竹坪乡" in done.stdout
