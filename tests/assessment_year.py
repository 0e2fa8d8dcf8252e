"""A year folder with three units whose workbooks came back, made once and copied for each test."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook
from qingdan_xl.collecting.collect import collect
from qingdan_xl.roster import roster_workbook
from qingdan_xl.workspace.folder import Workspace
from returns import LATE, ON_TIME, Desk, make_batch, plan_of, put, send_out, well_filled

AS_OF = date(2026, 12, 31)
DAY = ("--as-of", f"{AS_OF}")
SCHEME = replace(default_scheme(), quotas=())


@dataclass(frozen=True, slots=True)
class Said:
    """What the command said: exit code, results, messages."""

    code: int
    out: str
    told: str

    @property
    def json(self) -> Any:
        """The object of `--json`."""
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        """The codes of the messages in order."""
        return [line.split("[")[1].split("]")[0] for line in self.told.splitlines() if "[" in line]


def run(year: Workspace, *arguments: str) -> Said:
    """Run `qingdan assess` as of the last day of the year, as a user would, in a pipe."""
    command = [sys.executable, "-m", "qingdan_xl", "assess", *DAY, *arguments]
    done = subprocess.run(command, cwd=year.root, capture_output=True, text=True, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


def make_year(folder: Path) -> Workspace:
    """青禾镇 finished one duty, 白杨镇 none, 云溪乡 as 白杨镇 but late."""
    year = Workspace.create(folder, 2026)
    batch = make_batch()
    put(year.root, year.roster.name, roster_workbook(batch.roster))
    write_scheme(year, SCHEME)
    send_out(year, batch)
    hand_in(year, "U001", "青禾镇.xlsx", finished)
    hand_in(year, "U002", "白杨镇.xlsx")
    put(year.inbox, "云溪乡.xlsx", well_filled("U003"))
    collect(year, (), LATE)
    return year


def finished(desk: Desk) -> None:
    """Say that the second duty of the leadership is done."""
    desk.cell("党委领导班子", plan_of().sheets[0].rows[1].id, "status").value = "已完成"


def hand_in(year: Workspace, unit: str, name: str, edit: Callable[[Desk], object] | None = None) -> None:
    """Put a unit's filled workbook into the inbox and collect it, in time."""
    put(year.inbox, name, well_filled(unit, edit))
    collect(year, (), ON_TIME)


def write_scheme(year: Workspace, scheme: Scheme, name: str = "") -> Path:
    """Write a scheme as 考核办法.xlsx, or under another name beside it."""
    return put(year.root, name or year.scheme.name, scheme_workbook(scheme))


def copy_of(year: Workspace, folder: Path) -> Workspace:
    """The same year folder elsewhere."""
    return Workspace(Path(shutil.copytree(year.root, folder)))
