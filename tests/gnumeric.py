"""Gnumeric as a second opinion on what written workbooks come to."""

import shutil
import subprocess
from pathlib import Path


def executable() -> str | None:
    """The path of Gnumeric's converter; None where it is not installed."""
    return shutil.which("ssconvert")


class Gnumeric:
    """Gnumeric without a window."""

    def __init__(self, program: str) -> None:
        self._program = program

    def recalculate(self, path: Path, outdir: Path) -> Path:
        """Load, recalculate and save the workbook as .xlsx in `outdir`; its new path."""
        outdir.mkdir(parents=True, exist_ok=True)
        made = outdir / path.name
        command = [self._program, "--recalc", "--export-type=Gnumeric_Excel:xlsx2", str(path), str(made)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode or not made.exists():
            raise AssertionError(f"Gnumeric made no {made.name}: {done.stdout}{done.stderr}")
        return made
