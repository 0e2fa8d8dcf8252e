"""LibreOffice as the bench on which written workbooks are recalculated and printed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

# 0 = always recalculate files of Excel when they are loaded; without it the cached values are kept
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def executable() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


class Office:
    """LibreOffice without a window, with a profile of its own that recalculates whatever it loads."""

    def __init__(self, program: str, profile: Path) -> None:
        self._program = program
        self._profile = profile
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, "utf-8")

    def recalculate(self, paths: Sequence[Path], outdir: Path) -> list[Path]:
        """Load, recalculate and save the workbooks as .xlsx in `outdir`, in one run; their new paths in order."""
        return self._convert("xlsx:Calc MS Excel 2007 XML", paths, outdir)

    def pdf(self, path: Path, outdir: Path) -> Path:
        """Print one workbook into a PDF in `outdir`; its path."""
        return self._convert("pdf", [path], outdir)[0]

    def save_all(self, suffix: str, paths: Sequence[Path], outdir: Path) -> list[Path]:
        """Save workbooks in another format (xlsx, xls, ods) in `outdir`, in one run; their new paths in order."""
        return self._convert(suffix, paths, outdir)

    def save_as(self, suffix: str, path: Path, outdir: Path) -> Path:
        """Save one workbook in another format (xls, ods) in `outdir`; its path."""
        return self._convert(suffix, [path], outdir)[0]

    def _convert(self, target: str, paths: Sequence[Path], outdir: Path) -> list[Path]:
        outdir.mkdir(parents=True, exist_ok=True)
        command = [self._program, f"-env:UserInstallation={self._profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", target, "--outdir", str(outdir), *map(str, paths)]
        # a set URE_BOOTSTRAP (left by `import uno`) keeps the program from finding its own files
        clean = {key: value for key, value in os.environ.items() if key != "URE_BOOTSTRAP"}
        done = subprocess.run(command, env=clean, capture_output=True, text=True, timeout=300, check=False)
        made = [outdir / f"{path.stem}.{target.partition(':')[0]}" for path in paths]
        missing = [path.name for path in made if not path.exists()]
        if missing:
            raise AssertionError(f"LibreOffice made no {missing}: {done.stdout}{done.stderr}")
        return made
