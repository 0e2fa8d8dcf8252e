"""Many items through a function: what one item does to its process costs that item alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine_work import work
from qingdan_xl.engine import Failure, Limits, Result, run_here, run_in_workers

SHORT = Limits(seconds=1, memory=1 << 30)
FAILURES = {
    "sleep": Failure.TIMEOUT,
    "allocate": Failure.MEMORY,
    "abort": Failure.MEMORY,
    "exit": Failure.DIED,
    "kill": Failure.DIED,
    "raise": Failure.RAISED,
}


@pytest.mark.parametrize("order", FAILURES)
def test_a_failure_costs_exactly_its_item(order: str) -> None:
    """The item that sleeps, eats memory, dies or raises says so; those around it come out as without it."""
    items = ["1", "2", order, "3", "4"]

    results = list(run_in_workers(work, items, limits=SHORT, workers=2))

    assert [result.failure for result in results] == [None, None, FAILURES[order], None, None]
    assert [result.value for result in results if not result.failure] == ["1 done", "2 done", "3 done", "4 done"]


def test_what_was_raised_is_told() -> None:
    """The result of an item whose function raised names the exception."""
    (result,) = run_in_workers(work, ["raise"], workers=1)

    assert result == Result(None, Failure.RAISED, "LookupError: gone")


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    """However many workers there are, results stand in the order of the items."""
    items = [str(number) for number in range(40)]

    results = list(run_in_workers(work, items, workers=workers))

    assert [result.value for result in results] == [f"{number} done" for number in range(40)]


def test_here_gives_the_same_as_workers() -> None:
    """Without processes the results are the same."""
    items = ["a", "b", "c"]

    assert list(run_here(work, items)) == list(run_in_workers(work, items, workers=2))


def test_progress_is_told_after_each_item() -> None:
    """The callback hears how many are done, of how many."""
    heard: list[tuple[int, int]] = []

    list(run_in_workers(work, ["a", "b", "c"], lambda done, total: heard.append((done, total)), workers=2))

    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_no_items_start_nothing() -> None:
    """Nothing to do gives nothing."""
    assert list(run_in_workers(work, [])) == []


def test_what_a_library_prints_does_not_disturb() -> None:
    """Output of the function goes nowhere and leaves its result whole."""
    assert [result.value for result in run_in_workers(work, ["print", "a"], workers=1)] == ["print done", "a done"]


def test_workers_are_lean() -> None:
    """A worker has not imported pandas."""
    assert [result.value for result in run_in_workers(work, ["pandas"], workers=1)] == ["False"]


def test_a_function_no_worker_can_import_is_an_error() -> None:
    """A mistake of the programmer is raised, not spread over the items."""

    def local(item: str) -> str:
        return item

    with pytest.raises((AttributeError, RuntimeError)):
        list(run_in_workers(local, ["a"]))


@pytest.mark.skipif(os.name == "nt", reason="processes are waited for otherwise there")
def test_workers_end_when_nobody_takes_their_results() -> None:
    """Leaving in the middle ends the workers, also those that are stuck."""
    results = run_in_workers(work, ["a", "sleep", "sleep"], workers=2)
    assert next(results).value == "a done"

    results.close()  # type: ignore[attr-defined]

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.skipif(os.name == "nt", reason="there are no groups of POSIX")
def test_an_interrupt_while_workers_start_is_not_theirs(tmp_path: Path) -> None:
    """Ctrl-C reaches every process of a terminal: workers that are just starting come up and do their work."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, pathlib, sys, time\n"
        "if sys.argv[0] == '-c':\n    pathlib.Path(os.environ['MARK']).touch()\n    time.sleep(1)\n"
    )
    script, mark = tmp_path / "script.py", tmp_path / "mark"
    script.write_text(
        "import signal\nsignal.signal(signal.SIGINT, lambda *_: None)\n"
        "from engine_work import work\nfrom qingdan_xl.engine import run_in_workers\n"
        "print([result.value for result in run_in_workers(work, ['a'], workers=1)])\n"
    )
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    program = subprocess.Popen(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": paths, "MARK": str(mark)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not mark.exists() and program.poll() is None:
        time.sleep(0.01)

    os.killpg(program.pid, signal.SIGINT)

    assert program.communicate(timeout=30)[0] == b"['a done']\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send to one process")
def test_an_interrupt_ends_everything(tmp_path: Path) -> None:
    """Ctrl-C in the middle of stuck items ends the program and leaves no worker behind."""
    script = tmp_path / "script.py"
    script.write_text(
        "import signal\nfrom engine_work import work\nfrom qingdan_xl.engine import run_in_workers\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # jobs in the background are born deaf to it
        "results = run_in_workers(work, ['a', 'sleep', 'sleep'], workers=2)\n"
        "print(next(results).value, flush=True)\nlist(results)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    program = subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"a done\n"

    program.send_signal(signal.SIGINT)

    assert program.wait(30) != 0
    program.stdout.close()
