"""Runs that are killed, stopped, starved of disk or started together: nothing is lost, doubled or left half done."""

import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from badfiles.tiny import filled, make_batch
from qingdan_xl.collecting.collect import collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.store import Outcome, Store
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, put, send_out

FILES = 80  # more than are acknowledged together
ARGUMENTS = ("collect", "--received", "2026-12-01", "--json")
COMMAND = [sys.executable, "-m", "qingdan_xl", *ARGUMENTS]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


def make_year(folder: Path) -> Workspace:
    """A year folder with good files, one that is refused and one that is there twice."""
    year = Workspace.create(folder / "2026年度", 2026)
    send_out(year, make_batch(FILES))
    for number in range(FILES):
        path = put(year.inbox, f"{number:02d}.xlsx", filled(number))
        os.utime(path, (1_790_000_000 + number, 1_790_000_000 + number))
    put(year.inbox, "坏.xlsx", b"%PDF-1.7")
    put(year.inbox, "重.xlsx", filled(0))
    return year


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year folder before it is collected."""
    return make_year(tmp_path_factory.mktemp("template")).root


@pytest.fixture
def year(template: Path, tmp_path: Path) -> Workspace:
    """A copy of it."""
    shutil.copytree(template, tmp_path / "2026年度")
    return Workspace(tmp_path / "2026年度")


def originals(year: Workspace) -> list[str]:
    """The hashes of the originals that are kept, each of the bytes and not of the name."""
    files = (path for path in year.originals.rglob("*") if path.is_file())
    return sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)


def state(year: Workspace) -> dict[str, Any]:
    """Everything that a collect leaves: receipts, rows and problems without their numbers, originals, copies."""
    with closing(sqlite3.connect(year.database)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {
            name: sorted(
                str(row)
                for row in store.execute(f"SELECT p.path, r.* FROM {name} r JOIN receipt p ON p.id = r.receipt")  # noqa: S608
            )
            for name in tables
            if name == "problem" or name.startswith("row_")
        }
        cut = {name: [_without_number(row) for row in found] for name, found in rows.items()}
        receipts = sorted(store.execute("SELECT path, sha256, outcome, code, unit_id, revised_at FROM receipt"))
    return {
        "receipts": receipts,
        "kept": originals(year),
        "quarantine": sorted(p.name for p in year.quarantine.iterdir()),
        **cut,
    }


def _without_number(row: str) -> str:
    path, _, rest = row.partition(", ")
    return f"{path} {rest.partition(', ')[2]}"


@pytest.fixture(scope="module")
def undisturbed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The state after a run that nothing disturbs."""
    root = tmp_path_factory.mktemp("undisturbed") / "2026年度"
    shutil.copytree(template, root)
    subprocess.run(COMMAND, cwd=root, check=False, capture_output=True)
    return state(Workspace(root))


def receipts(year: Workspace) -> int:
    """How many files are acknowledged."""
    with closing(sqlite3.connect(year.database)) as store:
        return int(store.execute("SELECT count(*) FROM receipt").fetchone()[0])


def started(year: Workspace) -> "subprocess.Popen[bytes]":
    """A collect that has acknowledged a few files but not all."""
    run = subprocess.Popen(COMMAND, cwd=year.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while receipts(year) < 3 and run.poll() is None:
        time.sleep(0.002)
    return run


def test_killed_and_run_again(year: Workspace, undisturbed: dict[str, Any]) -> None:
    """Kill -9 in the middle leaves whole what was acknowledged; the next run gives what an undisturbed one gives."""
    run = started(year)
    run.kill()
    (year.quarantine / ".qingdan-half.tmp").touch()
    run.communicate()
    acknowledged = state(year)["receipts"]

    subprocess.run(COMMAND, cwd=year.root, check=False, capture_output=True)

    assert len(acknowledged) >= 3
    assert set(acknowledged) <= set(undisturbed["receipts"])
    assert state(year) == undisturbed


def test_stopped_by_ctrl_c_and_run_again(year: Workspace, undisturbed: dict[str, Any]) -> None:
    """Ctrl-C ends the run after the current file with a sentence; the next run goes on where it stopped."""
    run = started(year)
    run.send_signal(signal.SIGINT)
    said = run.communicate()[1].decode()
    stopped = run.returncode == 1 and receipts(year) < FILES + 2

    subprocess.run(COMMAND, cwd=year.root, check=False, capture_output=True)

    assert "Traceback" not in said
    assert not stopped or "已停下" in said
    assert state(year) == undisturbed


def test_disk_full(year: Workspace, undisturbed: dict[str, Any]) -> None:
    """Where nothing more can be written the run ends with a coded problem; with room again it is finished."""
    limit = 120_000  # bytes that any one file may have

    def starve() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    starved = subprocess.run(COMMAND, cwd=year.root, check=False, capture_output=True, preexec_fn=starve)
    said = starved.stderr.decode()
    subprocess.run(COMMAND, cwd=year.root, check=False, capture_output=True)

    assert starved.returncode == 2
    assert "system-error" in said
    assert "Traceback" not in said
    assert state(year) == undisturbed


def test_five_at_once(year: Workspace, undisturbed: dict[str, Any]) -> None:
    """Five runs started together do the work once; each either waits its turn or says who is at it."""
    runs = [subprocess.Popen(COMMAND, cwd=year.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(5)]
    said = [run.communicate()[1].decode() for run in runs]

    assert {run.returncode for run in runs} <= {1, 2}
    assert all("busy" in text and "进程号" in text for run, text in zip(runs, said, strict=True) if run.returncode == 2)
    assert state(year) == undisturbed


def test_a_lock_left_behind_does_not_bar(year: Workspace) -> None:
    """The lock file of a run that is no more is nobody's."""
    (year.root / ".qingdan.lock").touch()
    (year.root / ".qingdan.pid").write_text("999999")

    found = collect(year, (), ON_TIME, Reading(workers=1))

    assert found.count(Outcome.ACCEPTED) == FILES


def test_a_file_over_which_the_reader_was_lost_is_tried_again(year: Workspace, undisturbed: dict[str, Any]) -> None:
    """A worker may have been killed from outside: the next run reads the file anew, and its refusal is gone."""
    subprocess.run(COMMAND, cwd=year.root, check=False, capture_output=True)
    with closing(Store(year.database)) as store:
        (first,) = [receipt for receipt in store.receipts() if receipt.path == "收件/05.xlsx"]
        for table in ("row_duty", "row_log", "row_assignment", "problem"):
            store.connection.execute(f"DELETE FROM {table} WHERE receipt = ?", (first.id,))  # noqa: S608
        store.connection.execute(
            "UPDATE receipt SET outcome = 'refused', code = 'reader-died', unit_id = '', revised_at = NULL"
            " WHERE id = ?",
            (first.id,),
        )

    subprocess.run(COMMAND, cwd=year.root, check=False, capture_output=True)

    assert state(year) == undisturbed
