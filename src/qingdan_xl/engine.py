"""Runs a pure function over many items, here or in worker processes; a dead or stuck worker costs exactly one item."""

import contextlib
import faulthandler
import gc
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from queue import SimpleQueue
from typing import IO, Generic, TypeVar

I = TypeVar("I")  # noqa: E741 - an item
T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Told after each item: how many are done, of how many."""

_AHEAD = 32  # items a worker that wait for their turn, so that memory does not grow with the number of items
_TICK = 0.1  # seconds between two looks at the clock
_LAST_WORDS = 4096  # bytes at the end of what a worker said before it died
_OUT_OF_MEMORY = (b"memory allocation of", b"MemoryError", b"std::bad_alloc")
# Ctrl-C goes to every process of a group: a worker would be hit before it can say that it does not care
_NEW_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_OWN_GROUP = None if os.name == "nt" else 0
_ORPHAN_SECONDS = 30  # a worker whose parent was killed ends itself this long after the item's time is up


class Failure(StrEnum):
    """Why an item has no value."""

    TIMEOUT = "timeout"
    MEMORY = "out-of-memory"
    DIED = "died"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: wall clock in seconds, address space of its worker in bytes (where the system has it)."""

    seconds: float = 60
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What became of one item: its value, or the failure with what is known about it."""

    value: T | None
    failure: Failure | None = None
    detail: str = ""


def quiet(_done: int, _total: int) -> None:
    """The progress that shows nothing."""


def run_here(function: Callable[[I], T], items: Sequence[I], progress: Progress = quiet) -> Iterator[Result[T]]:
    """Yield each item's result, worked out in this process; what the function raises is the caller's."""
    for done, item in enumerate(items, 1):
        yield Result(function(item))
        progress(done, len(items))


def run_in_workers(
    function: Callable[[I], T],
    items: Sequence[I],
    progress: Progress = quiet,
    limits: Limits = Limits(),
    workers: int | None = None,
) -> Iterator[Result[T]]:
    """Yield each item's result in the order of the items, worked out in processes of their own.

    `function` must be importable by its name; it travels once to each worker, so what all items share belongs bound
    into it (functools.partial). Where it raises, runs out of time or memory, or takes its process down, that item's
    result says so and the others go on. RuntimeError where a worker cannot start at all.
    """
    count = max(1, min(workers or os.cpu_count() or 1, len(items)))
    packed = pickle.dumps(function)
    crew = [_Worker[I, T](packed, limits) for _ in range(count)]
    finished = threading.Event()
    threading.Thread(target=_watch, args=(crew, finished), daemon=True).start()
    orders: SimpleQueue[_Order[I, T] | None] = SimpleQueue()
    for worker in crew:
        # a daemon: leaving the program in the middle must not wait for a stuck worker
        threading.Thread(target=worker.take, args=(orders,), daemon=True).start()
    try:
        for done, result in enumerate(_in_order(orders, items, count * _AHEAD), 1):
            yield result
            progress(done, len(items))
    finally:
        finished.set()
        for worker in crew:
            worker.stop()
            orders.put(None)


def _watch(crew: "Sequence[_Worker[I, T]]", finished: threading.Event) -> None:
    """End workers whose item is overdue; one thread looks after them all, since a timer an item costs much."""
    while not finished.wait(_TICK):
        for worker in crew:
            worker.end_if_overdue()


def _in_order(orders: "SimpleQueue[_Order[I, T] | None]", items: Sequence[I], ahead: int) -> Iterator[Result[T]]:
    """Keep at most `ahead` items under way; give their results back in the order of the items."""
    waiting: deque[Future[Result[T]]] = deque()
    for item in items:
        order: _Order[I, T] = _Order(item, Future())
        orders.put(order)
        waiting.append(order.future)
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@dataclass(frozen=True, slots=True)
class _Order(Generic[I, T]):
    """An item to work out, and where its result is awaited."""

    item: I
    future: "Future[Result[T]]"


class _Worker(Generic[I, T]):
    """One process that is started when needed and started anew after it was lost."""

    def __init__(self, function: bytes, limits: Limits) -> None:
        self._function = function
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()  # between a start and a stop
        self._due: float | None = None
        self._is_overdue = False
        self._clock = threading.Lock()  # between the end of an item and the end of its time
        self._words: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the worker stops

    def take(self, orders: "SimpleQueue[_Order[I, T] | None]") -> None:
        """Work off orders until there is a None."""
        while order := orders.get():
            try:
                order.future.set_result(self._call(order.item))
            except Exception as fault:  # noqa: BLE001 - raised where the result is awaited
                order.future.set_exception(fault)

    def _call(self, item: I) -> Result[T]:
        """Have one item worked out; the process is ended where that failed."""
        process = self._process or self._start()
        self._set_due(time.monotonic() + self._limits.seconds)
        try:
            _send(_pipe(process.stdin), pickle.dumps(item))
            result: Result[T] = pickle.load(_pipe(process.stdout))  # noqa: S301 - our own process
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            process.wait()
            result = Result(None, Failure.TIMEOUT if self._is_overdue else self._cause())
        self._set_due(None)
        if result.failure or self._is_overdue:
            self._end()
        return result

    def end_if_overdue(self) -> None:
        """End the process if the item in it has had its time."""
        with self._clock:
            if self._due is not None and time.monotonic() > self._due and self._process:
                self._is_overdue = True
                self._process.kill()

    def _set_due(self, due: float | None) -> None:
        with self._clock:
            self._due = due
            self._is_overdue = self._is_overdue and due is None

    def _cause(self) -> Failure:
        """Why the process died, as far as its last words tell."""
        self._words.seek(max(0, self._words.seek(0, os.SEEK_END) - _LAST_WORDS))
        last = self._words.read()
        return Failure.MEMORY if any(word in last for word in _OUT_OF_MEMORY) else Failure.DIED

    def stop(self) -> None:
        """End the process for good, also from another thread in the middle of a call."""
        with self._lock:
            self._stopped = True
        self._end()
        self._words.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        process = self._launch()
        try:
            _send(_pipe(process.stdin), self._function, pickle.dumps(self._limits))
            fault = pickle.load(_pipe(process.stdout))  # noqa: S301 - our own process
        except (EOFError, OSError, ValueError) as lost:
            fault = repr(lost)
        if fault:
            self._end()
            raise RuntimeError(f"a worker could not start: {fault}")
        return process

    def _launch(self) -> "subprocess.Popen[bytes]":
        self._words.truncate(0)
        program = f"import sys; sys.path[:] = {sys.path!r}; from qingdan_xl.engine import serve; serve()"
        with self._lock:
            if self._stopped:
                raise RuntimeError("the worker was stopped")
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
                [sys.executable, "-c", program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._words,
                creationflags=_NEW_GROUP,
                process_group=_OWN_GROUP,
            )
            return self._process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process:
            _close(process)


def _close(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was still to be sent goes nowhere
            _pipe(pipe).close()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


def _send(pipe: IO[bytes], *messages: bytes) -> None:
    for message in messages:
        pipe.write(message)
    pipe.flush()


def serve() -> None:
    """The life of a worker process: the function and its limits come in once, then items; results go out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the results
    try:
        function = pickle.load(source)  # noqa: S301 - from our parent
        limits: Limits = pickle.load(source)  # noqa: S301 - from our parent
        _limit_memory(limits.memory)
        fault = ""
    except Exception:  # noqa: BLE001 - whatever an import raises is the parent's to tell
        fault = traceback.format_exc()
    gc.freeze()  # what is there now stays: no need to go through it again and again
    _send(sink, pickle.dumps(fault))
    while not fault:
        try:
            item = pickle.load(source)  # noqa: S301 - from our parent
        except EOFError:
            return
        faulthandler.dump_traceback_later(limits.seconds + _ORPHAN_SECONDS, exit=True)
        _send(sink, _answer(function, item))
        faulthandler.cancel_dump_traceback_later()


def _answer(function: Callable[[I], T], item: I) -> bytes:
    try:
        return pickle.dumps(Result(function(item)))
    except MemoryError:
        return pickle.dumps(Result(None, Failure.MEMORY))
    except BaseException as fault:  # noqa: BLE001 - the process is the boundary; a panic in Rust is no Exception
        return pickle.dumps(Result(None, Failure.RAISED, f"{type(fault).__name__}: {fault}"))


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):  # a lower limit of the system stays
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
