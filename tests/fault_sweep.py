"""make fault: a collect that is killed, or whose write fails, at one system call after the other.

Each run is begun anew and disturbed at one call (strace counts them in every process); after it the store must be
whole, nothing acknowledged may be lost or doubled, and an undisturbed run must lead to the undisturbed result.

python tests/fault_sweep.py [points, 240 by default]
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from badfiles.tiny import filled, make_batch
from qingdan_xl.workspace.folder import Workspace
from returns import put, send_out
from test_crash import ARGUMENTS, originals, state

STRACE = ("strace", "-f", "-qq", "--seccomp-bpf")  # only the calls that are asked for stop the processes
POINTS = 240
AT_ONCE = 2
TELL = 20
GOOD = "nothing lost, nothing doubled, every next run equal"
GROUP = 12  # files that are acknowledged together here; as many as in earnest would take the sweep an hour
FILES = 3 * GROUP + 2
_SMALL_GROUPS = f"from qingdan_xl.collecting import daybook; daybook.GROUP = {GROUP}; import qingdan_xl.__main__"
COMMAND = [sys.executable, "-c", _SMALL_GROUPS, *ARGUMENTS]
# what a collect changes the world with; its many reads only change what it knows
CALLS = (
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "mkdir",
    "ftruncate",
    "unlink",
    "openat",
    "write",
    "chmod",
)
# a failing write may be that of a pipe, a failing openat that of a library, which is no matter of the disk
FAILING = ("pwrite64", "fsync", "fdatasync", "rename", "mkdir", "ftruncate")
FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO")


def make_year(folder: Path) -> Workspace:
    """A small year: good files, one twice, one that is refused."""
    year = Workspace.create(folder / "2026年度", 2026)
    send_out(year, make_batch(FILES))
    for number in range(FILES):
        put(year.inbox, f"{number}.xlsx", filled(number))
    put(year.inbox, "坏.xlsx", b"%PDF-1.7")
    put(year.inbox, "重.xlsx", filled(0))
    return year


def counted(year: Workspace, log: Path) -> dict[str, int]:
    """How often each call is made by the process that makes it most."""
    trace = [*STRACE, "-o", str(log), "-e", f"trace={','.join(CALLS)}"]
    subprocess.run([*trace, *COMMAND], cwd=year.root, check=False, capture_output=True)
    seen: dict[tuple[str, str], int] = {}
    for line in log.read_text("utf-8", "replace").splitlines():
        process, _, call = line.partition(" ")
        name = call.strip().partition("(")[0]
        if name in CALLS:
            seen[process, name] = seen.get((process, name), 0) + 1
    return {name: max((n for (_, call), n in seen.items() if call == name), default=0) for name in CALLS}


def points(counts: dict[str, int], wanted: int) -> list[tuple[str, int, str]]:
    """Call, number and fault of each run: spread evenly over everything that could be hit."""
    everything = [
        (call, number, fault)
        for fault in FAULTS
        for call in (CALLS if "SIGKILL" in fault else FAILING)
        for number in range(1, counts[call] + 1, 10 if call == "openat" else 1)
    ]
    step = max(1.0, len(everything) / wanted)
    return [everything[int(place * step)] for place in range(min(wanted, len(everything)))]


def disturbed(template: Path, folder: Path, point: tuple[str, int, str], expected: object) -> str:
    """What went wrong in one run with its fault and the run after it, '' for nothing."""
    call, number, fault = point
    root = folder / f"{call}-{number}-{fault.partition('=')[2]}"
    shutil.copytree(template, root)
    year = Workspace(root)
    trace = [*STRACE, "-o", "/dev/null", "-e", f"trace={call}"]
    inject = ["-e", f"inject={call}:{fault}:when={number}"]
    first = subprocess.run([*trace, *inject, *COMMAND], cwd=root, check=False, capture_output=True, timeout=120)
    faults = list(faults_of_the_first(year, first.stderr.decode("utf-8", "replace")))
    second = subprocess.run(COMMAND, cwd=root, check=False, capture_output=True, timeout=120)
    if second.returncode not in (0, 1):
        faults.append(f"the next run ended with {second.returncode}: {second.stderr.decode()[-300:]}")
    elif state(year) != expected:
        faults.append(f"the next run led elsewhere: {state(year)['receipts']}")
    shutil.rmtree(root)
    return f"{point}: {'; '.join(faults)}" if faults else ""


def faults_of_the_first(year: Workspace, said: str) -> Iterator[str]:
    """What a disturbed run must not leave: a traceback, a broken store, a receipt without its original's bytes."""
    if "Traceback" in said:
        yield f"a traceback: {said[-300:]}"
    with closing(sqlite3.connect(year.database)) as store:
        if store.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            yield "the store is not whole"
        kept = set(originals(year))
        for path, sha256 in store.execute("SELECT path, sha256 FROM receipt WHERE sha256 <> ''"):
            if sha256 not in kept:
                yield f"{path} is acknowledged and its original is not there"


def main(arguments: Sequence[str]) -> int:
    """Run the sweep; 1 where anything went wrong."""
    if shutil.which("strace") is None:
        click.echo("strace is not installed: apt-get install strace")
        return 2
    wanted = int(arguments[0]) if arguments else POINTS
    with TemporaryDirectory(prefix="qingdan-fault-") as name:
        folder = Path(name)
        template = make_year(folder / "template").root
        shutil.copytree(template, folder / "undisturbed")
        counts = counted(Workspace(folder / "undisturbed"), folder / "calls")
        expected = state(Workspace(folder / "undisturbed"))
        chosen = points(counts, wanted)
        click.echo(f"{sum(counts.values())} calls, {len(chosen)} points: {counts}")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            wrong = 0
            for done, result in enumerate(pool.map(lambda point: disturbed(template, folder, point, expected), chosen)):
                wrong += bool(result)
                if result or done % TELL == 0:
                    click.echo(result or f"{done} points done")
    click.echo(f"{wrong} of {len(chosen)} points wrong" if wrong else f"{len(chosen)} points: {GOOD}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
