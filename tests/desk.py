"""A desk in LibreOffice on which workbooks are opened with their macros, cells read and buttons pressed."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from office import executable

_SERVER = Path(__file__).parent / "uno_desk.py"


def uno_python() -> str | None:
    """A Python that can talk to LibreOffice: this one, or the system's, where its package is installed."""
    for python in (sys.executable, "/usr/bin/python3", shutil.which("python3")):
        if python and Path(python).exists():
            asked = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if asked.returncode == 0:
                return python
    return None


class Display:
    """An X server without a screen, on a number that it picks itself."""

    def __init__(self, program: str, folder: Path) -> None:
        self._told = folder / "display"
        with self._told.open("wb") as told:
            self._process = subprocess.Popen(
                [program, "-displayfd", str(told.fileno()), "-screen", "0", "1500x1000x24", "-nolisten", "tcp"],
                pass_fds=[told.fileno()],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def __enter__(self) -> str:
        for _ in range(200):
            if number := self._told.read_text().strip():
                return f":{number}"
            time.sleep(0.1)
        raise AssertionError("Xvfb did not start")

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(20)


class Desk:
    """Talks to a LibreOffice of its own (`uno_desk.py`) and ends it at the end."""

    def __init__(self, profile: Path, *options: str, env: dict[str, str] | None = None) -> None:
        python, program = uno_python(), executable()
        if python is None or program is None:
            raise RuntimeError(
                "LibreOffice and a Python that has uno are wanted (packages libreoffice-calc, python3-uno)"
            )
        self._process = subprocess.Popen(
            [python, str(_SERVER), program, str(profile), *(options or ("--headless",))],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=60)

    def ask(self, order: str, *arguments: object) -> Any:
        """Give one order, a method of `uno_desk.Desk`, and return its answer."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the desk has no pipes")
        self._process.stdin.write(json.dumps([order, *arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"LibreOffice went away over {order} {arguments}")
        return json.loads(line)
