"""Ctrl-C between two files: what is under way is finished and kept."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stopping_between_files() -> Iterator[Callable[[], None]]:
    """Hold Ctrl-C back; what is yielded is called between files and raises KeyboardInterrupt if it was pressed.

    Pressed again it works at once. Only the main thread gets signals; elsewhere nothing is held back.
    """
    asked = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    def stop_if_asked() -> None:
        if asked.is_set():
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield stop_if_asked
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield stop_if_asked
    finally:
        signal.signal(signal.SIGINT, before)
