"""Faults of the coordinator's own files and of the disk: each a coded sentence in Chinese, nothing half done."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qingdan_xl.faults import os_reason
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.declaration import Column, Sheet
from qingdan_xl.sheets.writing import Book
from qingdan_xl.store import Store, open_store, read_store
from qingdan_xl.verbs.init import init_sample_year
from qingdan_xl.verbs.issue import issue_year
from qingdan_xl.verbs.parse import parse_documents, write_masters
from qingdan_xl.verbs.summarize import gather
from qingdan_xl.workspace.files import read_file
from qingdan_xl.workspace.folder import Workspace

AS_OF = datetime(2026, 7, 1, tzinfo=UTC).date()
LIST = "青禾镇2026年安全生产责任清单\n一、主要负责人\n1.每季度至少主持召开1次安全生产会议。\n"
ENGLISH = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)+")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    command = [sys.executable, "-m", "qingdan_xl", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def silent(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def make_year(root: Path) -> Workspace:
    """A year folder with the sample roster and one list of its own, parsed."""
    workspace = init_sample_year(root, 2026)
    document = root / "清单.txt"
    document.write_text(LIST, "utf-8")
    write_masters(parse_documents([document]).checklists, workspace.checklists)
    return workspace


@pytest.fixture(scope="module")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year folder with one batch sent out."""
    workspace = make_year(tmp_path_factory.mktemp("once") / "2026年度")
    issue_year(workspace, silent)
    return workspace.root


@pytest.fixture
def year(issued_once: Path, tmp_path: Path) -> Workspace:
    """A copy of that year folder to do harm to."""
    return Workspace(Path(shutil.copytree(issued_once, tmp_path / "2026年度")))


def change_settings(year: Workspace, old: str, new: str) -> Workspace:
    """Edit qingdan.toml as the coordinator would; the folder as the next command sees it."""
    path = year.root / "qingdan.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return Workspace(year.root)


@pytest.mark.parametrize("number", range(1, 41))
def test_what_the_system_says_is_chinese(number: int) -> None:
    """Every error number gives a reason without an English word."""
    assert not re.search("[A-Za-z]{2}", os_reason(OSError(number, os.strerror(number))))


def test_a_file_that_cannot_be_opened_is_not_called_missing(tmp_path: Path) -> None:
    """A folder in a file's place is there, but no file: cannot-open-file says so."""
    (tmp_path / "花名册.xlsx").mkdir()

    with pytest.raises(UnusableError) as caught:
        read_file(tmp_path / "花名册.xlsx")

    (found,) = caught.value.problems
    assert found.code == "cannot-open-file"
    assert "这是文件夹，不是文件" in found.message


def test_what_the_system_refuses_is_a_sentence(tmp_path: Path) -> None:
    """A year folder that cannot be made gives system-error in Chinese, and claims no more than is true."""
    (tmp_path / "文件").write_text("", "utf-8")

    done = run("init", "文件/2026年度", cwd=tmp_path)

    assert done.returncode == 2
    assert "[system-error]" in done.stderr
    assert "已完成的部分已保存，可重新运行" in done.stderr
    assert not ENGLISH.search(done.stderr)


def test_settings_that_notepad_saved_are_read(year: Workspace) -> None:
    """qingdan.toml in the Chinese code page of Windows means the same."""
    path = year.root / "qingdan.toml"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))

    assert Workspace(year.root).settings.title == "2026年度责任清单"


def test_a_slip_in_the_settings_names_its_line(year: Workspace) -> None:
    """The line is told, and no English word of the reader of TOML."""
    change_settings(year, '"年度" = 2026', '"年度" = = 2026')

    done = run("status", cwd=year.root)

    assert done.returncode == 2
    assert "[bad-settings]" in done.stderr
    assert "第 2 行第 8 个字附近写法不对" in done.stderr
    assert not ENGLISH.search(done.stderr)


@pytest.mark.parametrize("verb", ["status", "summarize", "assess", "collect", "issue"])
def test_a_damaged_store_says_what_to_do(year: Workspace, verb: str) -> None:
    """A database that is no database is a coded problem, not a fault of ours, and is left as it is."""
    year.database.write_bytes(b"PK\x03\x04" * 500)

    done = run(verb, cwd=year.root)

    assert done.returncode == 2
    assert "[damaged-store] qingdan.db" in done.stderr
    assert "备份" in done.stderr
    assert year.database.read_bytes() == b"PK\x03\x04" * 500


@pytest.fixture
def locked_away(year: Workspace) -> Iterator[Path]:
    """The year folder where one may only read."""
    if os.name == "nt" or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("here nobody can be kept from writing")
    folders = [path for path in (year.root, *year.root.rglob("*")) if path.is_dir()]
    year.database.chmod(0o444)
    for folder in folders:
        folder.chmod(0o555)
    yield year.root
    for folder in folders:
        folder.chmod(0o755)


def run_confined(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command with no more rights than the folders give: root without its right to write everywhere."""
    confined = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    command = [*confined, sys.executable, "-m", "qingdan_xl", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_where_one_may_only_read_status_and_check_work(locked_away: Path) -> None:
    """Looking needs no right to write, and leaves no file behind."""
    before = sorted(path.name for path in locked_away.iterdir())
    workbook = next(locked_away.glob("下发/2026-01/青禾镇*.xlsx"))

    status = run_confined("status", "--json", cwd=locked_away)
    check = run_confined("check", str(workbook), "--json", cwd=locked_away)

    assert status.returncode == 0, status.stderr
    assert '"accepted": 1' in check.stdout, check.stderr
    assert sorted(path.name for path in locked_away.iterdir()) == before


@pytest.mark.parametrize("verb", ["summarize", "assess", "collect", "issue"])
def test_where_one_may_only_read_writing_is_refused_with_a_code(locked_away: Path, verb: str) -> None:
    """Verbs that write say that the right is missing."""
    done = run_confined(verb, cwd=locked_away)

    assert done.returncode == 2
    assert "[system-error]" in done.stderr
    assert "权限" in done.stderr


def test_reading_sees_what_stands_in_the_log(year: Workspace) -> None:
    """While another process writes, a reader sees what it has written so far, and what it writes itself stays here."""
    with closing(Store(year.database)) as writer:
        writer.add_batch(
            "2026-02",
            datetime(2030, 3, 1),  # noqa: DTZ001 - local office time
            "{}",
            (),
        )
        with closing(Store.copy_of(year.database)) as copy:
            assert list(copy.snapshots()) == ["2026-01", "2026-02"]
            copy.add_batch(
                "2026-03",
                datetime(2030, 4, 1),  # noqa: DTZ001 - local office time
                "{}",
                (),
            )
        assert list(writer.snapshots()) == ["2026-01", "2026-02"]


def test_deadline_and_title_are_those_of_the_settings(year: Workspace) -> None:
    """What the coordinator changes after the issue holds in the summary of all and of each unit."""
    change_settings(year, "2026-12-20", "2026-11-30")
    changed = change_settings(year, '"名称" = "2026年度责任清单"', '"名称" = "青禾镇全年清单"')

    material = gather(changed, AS_OF)

    assert (material.title, str(material.deadline)) == ("青禾镇全年清单", "2026-11-30")
    assert {str(unit.deadline) for unit in material.intake.units} == {"2026-11-30"}


@pytest.mark.parametrize("opened", [open_store, read_store])
def test_another_year_in_the_settings_is_refused(year: Workspace, opened: type) -> None:
    """A year folder stays what it was sent out as: `year-changed`."""
    changed = change_settings(year, '"年度" = 2026', '"年度" = 2027')

    with pytest.raises(UnusableError) as caught:
        opened(changed)

    assert [found.code for found in caught.value.problems] == ["year-changed"]
    assert "“年度”是 2027，而已下发的批次是 2026 年的" in caught.value.problems[0].what


@pytest.mark.parametrize("verb", ["status", "summarize", "assess", "collect", "issue"])
def test_every_verb_refuses_another_year(year: Workspace, verb: str) -> None:
    """No verb works with half the year changed."""
    change_settings(year, '"年度" = 2026', '"年度" = 2027')

    done = run(verb, cwd=year.root)

    assert done.returncode == 2
    assert "[year-changed] qingdan.toml" in done.stderr


@pytest.mark.parametrize("data", [None, b""], ids=["deleted", "empty"])
def test_a_lost_store_does_not_cost_an_issued_batch(year: Workspace, data: bytes | None) -> None:
    """What lies in 下发/ is never overwritten: the next batch takes the next number."""
    before = {path: path.read_bytes() for path in (year.issued / "2026-01").iterdir()}
    year.database.unlink()
    if data is not None:
        year.database.write_bytes(data)

    issued = issue_year(year, silent)

    assert issued.batch == "2026-02"
    assert {path: path.read_bytes() for path in (year.issued / "2026-01").iterdir()} == before


def test_a_batch_appears_whole(year: Workspace) -> None:
    """While workbooks are written nobody sees any of them; what an interrupted run left is taken away."""
    (year.issued / ".qingdan-left.tmp").mkdir()
    seen: set[str] = set()

    issued = issue_year(year, lambda _done, _total: seen.update(path.name for path in year.issued.glob("[!.]*")))

    assert seen == {"2026-01"}
    assert sorted(path.name for path in year.issued.iterdir()) == ["2026-01", "2026-02"]
    assert all((year.root / workbook.path).is_file() for workbook in issued.workbooks)


def test_an_interrupted_issue_leaves_nothing(year: Workspace) -> None:
    """Whatever stops the writing, no half batch lies in 下发/, and the number is still to be had."""

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        issue_year(year, stop)

    assert [path.name for path in year.issued.iterdir()] == ["2026-01"]
    assert issue_year(year, silent).batch == "2026-02"


def test_a_long_name_fits_the_footer() -> None:
    """A name that is too long for a footer is cut, however many & it has, and the workbook is still written."""
    book = Book()

    book.print_setup(book.workbook.add_worksheet("清单"), "&" * 400)

    assert book.to_bytes().startswith(b"PK")


def test_a_warning_of_the_writer_is_an_error_wherever_it_is_raised() -> None:
    """What XlsxWriter only warns of, and leaves out, stops the writing, long before the workbook is closed."""
    book = Book()
    page = book.add(Sheet("a", "清单", "填写", (Column("text", "事项"),)), [])

    with pytest.raises(UserWarning, match="255"):
        page.set_header("甲" * 300)
