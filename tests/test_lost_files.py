"""Files and folders that cannot be read, or are gone or changed by the time they are: each has its outcome."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from badfiles.tiny import filled, make_batch
from qingdan_xl.collecting.collect import Collection, collect
from qingdan_xl.collecting.examine import Context
from qingdan_xl.collecting.found import FoundFile, find_files
from qingdan_xl.collecting.intake import Reading, decisions
from qingdan_xl.collecting.originals import original_of
from qingdan_xl.collecting.outcome import Decision, Register
from qingdan_xl.collecting.stock import Hashed, take_stock
from qingdan_xl.engine import Limits
from qingdan_xl.store import Outcome
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, put, send_out


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which a few units were sent their workbooks."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(workspace, make_batch(5))
    return workspace


def outcomes(found: Collection) -> dict[str, tuple[Outcome, str]]:
    """What became of each file by its name."""
    return {receipt.path: (receipt.outcome, receipt.code) for receipt in found.receipts}


def no_zip() -> bytes:
    """A zip without a file in it, which is refused as a whole."""
    buffer = BytesIO()
    with ZipFile(buffer, "w"):
        pass
    return buffer.getvalue()


def collected_confined(year: Workspace) -> dict[str, list[str]]:
    """Collect with no more rights than the folders give: the files of each code, and of those that were accepted."""
    if os.name == "nt" or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("here nobody can be kept from reading")
    rights = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*rights, sys.executable, "-m", "qingdan_xl", "collect", "--received", "2026-12-01", "--json"]
    done = subprocess.run(command, cwd=year.root, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert found["found"] == found["accepted"] + found["refused"] + found["ignored"]
    named: dict[str, list[str]] = {"accepted": [str(found["accepted"])]}
    for fault in found["problems"]:
        named.setdefault(fault["code"], []).append(fault["file"])
    return named


@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_cannot_be_looked_into_is_named(year: Workspace, mode: int) -> None:
    """What lies in it is not passed over in silence, and what lies beside it is taken."""
    put(year.inbox, "单位.xlsx", filled(0))
    closed = put(year.inbox, "甲/单位1.xlsx", filled(1)).parent
    put(closed, "下级/单位2.xlsx", filled(2))
    closed.chmod(mode)

    named = collected_confined(year)
    closed.chmod(0o755)
    opened = outcomes(collect(year, (), ON_TIME, Reading(workers=1)))

    inside = ["收件/甲/下级", "收件/甲/单位1.xlsx"] if mode else ["收件/甲"]
    assert named["accepted"] == ["1"]
    assert sorted(named["cannot-open-file"]) == inside
    assert {outcome for outcome, _ in opened.values()} == {Outcome.ACCEPTED}
    assert len(opened) == 3


def test_a_hidden_folder_that_cannot_be_looked_into_is_ignored(year: Workspace) -> None:
    """A folder of the system's is nobody's return, closed or not."""
    put(year.inbox, "单位.xlsx", filled(0))
    put(year.inbox, "坏.xlsx", b"%PDF-1.7")
    closed = put(year.inbox, ".Trashes/单位1.xlsx", filled(1)).parent
    closed.chmod(0)

    named = collected_confined(year)
    closed.chmod(0o755)

    assert named == {"accepted": ["1"], "not-a-workbook": ["收件/坏.xlsx"], "not-a-return": ["收件/.Trashes"]}


def test_files_taken_away_while_they_are_collected(year: Workspace) -> None:
    """Each has its outcome, what was read of it counts, and nothing else is stopped."""
    files = [put(year.inbox, f"{number}.xlsx", filled(number)) for number in range(3)]

    def take_away(_done: int, _total: int) -> None:
        for path in files:
            path.unlink(missing_ok=True)

    found = outcomes(collect(year, (), ON_TIME, Reading(workers=1, progress=take_away)))

    assert found["收件/0.xlsx"] == (Outcome.ACCEPTED, "")
    assert set(found.values()) <= {(Outcome.ACCEPTED, ""), (Outcome.REFUSED, "cannot-open-file")}
    assert len(found) == 3


def test_a_file_gone_before_its_hash_is_taken(year: Workspace) -> None:
    """It was found, so it has an outcome."""
    path = put(year.inbox, "单位.xlsx", filled(0))
    found = find_files([year.inbox], year.root)
    path.unlink()

    (each,) = take_stock(found, year.originals)

    assert each.fault is not None
    assert (each.sha256, each.fault.code) == ("", "cannot-open-file")


def decided(year: Workspace, files: list[Hashed], reading: Reading) -> list[Decision]:
    """Decide on files that were hashed a while ago."""
    register = Register((), ON_TIME, date(2026, 12, 20))

    def original(each: Hashed) -> Path:
        return original_of(year.originals, each.sha256, each.file.name)

    return list(decisions(files, register, Context(), reading, original))


@pytest.mark.parametrize("now", [None, b"another one"], ids=["gone", "changed"])
def test_a_refused_file_that_is_gone_or_changed_is_not_acknowledged(year: Workspace, now: bytes | None) -> None:
    """Without its bytes nothing of it is kept, so that the next run looks again."""
    path = put(year.inbox, "空.zip", no_zip())
    files = take_stock(find_files([path], year.root), year.originals)
    path.unlink()
    if now is not None:
        path.write_bytes(now)

    (decision,) = decided(year, files, Reading(workers=1))

    assert (decision.receipt.code, decision.receipt.sha256) == ("cannot-open-file", "")
    assert decision.original is None
    assert not [left for left in year.originals.rglob("*") if left.is_file()]


@pytest.mark.skipif(os.name == "nt", reason="needs a file that is never read to its end")
def test_a_file_that_is_gone_when_its_reader_was_lost(year: Workspace) -> None:
    """Then the original is the run's to keep, which finds no file any more: that file is told, the other taken."""
    first, pipe = put(year.inbox, "单位.xlsx", filled(0)), year.inbox / "管道.xlsx"
    os.mkfifo(pipe)
    writers: list[int] = []
    files = [*take_stock(find_files([first], year.root), year.originals), Hashed(FoundFile(pipe, "管道", False), "ab")]

    def take_away(done: int, _total: int) -> None:
        if done == 1:
            writers.append(_opened_to_write(pipe))
            pipe.unlink()

    found = decided(year, files, Reading(Limits(seconds=2), workers=1, progress=take_away))

    assert [decision.receipt.code for decision in found] == ["", "cannot-open-file"]
    assert found[1].original is None
    os.close(writers[0])


def _opened_to_write(pipe: Path) -> int:
    """A pipe opened to be written into: only when somebody reads it."""
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as fault:
            if fault.errno != errno.ENXIO:
                raise
            time.sleep(0.01)


def test_what_a_power_cut_left_of_an_original_is_mended(year: Workspace) -> None:
    """A file of the right size and other bytes where the original should be is not taken for it."""
    data = no_zip()
    put(year.inbox, "空.zip", data)
    name = sha256(data).hexdigest()
    left = put(year.originals, f"{name[:2]}/{name}.zip", bytes(len(data)))

    found = collect(year, (), ON_TIME, Reading(workers=1))

    assert outcomes(found) == {"收件/空.zip": (Outcome.REFUSED, "empty")}
    assert left.read_bytes() == data


def test_a_broken_clock_stops_nothing(year: Workspace) -> None:
    """A file written in no year that there is still has a date."""
    written = [FoundFile(year.root, "x", ignored=False, written=stamp).modified for stamp in (-(10**19), 10**25)]

    assert [stamp.year for stamp in written] == [1970, 2096]
