"""make validate: workbooks of every kind that is written, from the sample year, and what openxml-audit says of them.

python tests/every_workbook.py folder
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from openxml_audit import OpenXmlValidator

from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook

VERBS = (
    ("check", "收件", "--annotate"),
    ("summarize", "--as-of", "2026-07-01", "--period", "2026Q2"),
    ("remind", "--as-of", "2026-07-01"),
    ("assess", "--as-of", "2026-07-01", "--scheme", "新办法.xlsx", "--compare"),
    ("assess", "--as-of", "2026-07-01", "--final", "--by", "张甲", "--keep-open", "年中试评"),
    ("issue", "--carry"),
)
KINDS = (
    "清单/*.xlsx",
    "花名册.xlsx",
    "考核办法.xlsx",
    "下发/2026-01/*年责任清单.xlsx",
    "下发/2026-02/*年责任清单.xlsx",  # with the answers that came back
    "下发/2026-01/下发清单.xlsx",
    "隔离/原因.xlsx",
    "成果/汇总.xlsx",
    "成果/汇总-2026Q2.xlsx",
    "成果/考核.xlsx",
    "成果/考核-定稿-*.xlsx",
    "成果/办法对比.xlsx",
    "成果/催办单.xlsx",
    "成果/退改/*.xlsx",
)
OF_A_KIND = 4
UNUSABLE = 2  # qingdan's exit code where nothing was done


def main(folder: Path) -> int:
    """Put the workbooks into the folder; 1 where a kind is missing or Excel would repair one."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        year = Path(temporary) / "演示"
        run_year(year)
        gathered = [(kind, list(copies(year, kind, folder))) for kind in KINDS]
    missing = [f"{kind}: none was written" for kind, paths in gathered if not paths]
    paths = [path for _, of_kind in gathered for path in of_kind]
    faults = [f"{path.name}: {fault}" for path in paths for fault in OpenXmlValidator().validate(path).errors]
    click.echo("\n".join([*missing, *faults, f"openxml-audit: {len(paths)} workbooks, {len(faults)} findings"]))
    return int(bool(missing or faults))


def run_year(year: Path) -> None:
    """Run the demonstration, and then what it leaves out."""
    qingdan("demo", year.name, at=year.parent)
    other = replace(default_scheme(), bonus_cap=None, quotas=(), bands=default_scheme().bands[1:])
    (year / "新办法.xlsx").write_bytes(scheme_workbook(other))
    for verb in VERBS:
        qingdan(*verb, at=year)


def qingdan(*arguments: str, at: Path) -> None:
    """Run the command line there; it may find something to complain about, but not fail."""
    command = (sys.executable, "-m", "qingdan_xl", *arguments)
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    if done.returncode >= UNUSABLE:
        raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")


def copies(year: Path, kind: str, folder: Path) -> Iterator[Path]:
    """Copy some workbooks of a kind, from both ends of the list, under names that say where they come from."""
    found = sorted(year.glob(kind))
    for path in dict.fromkeys([*found[: OF_A_KIND // 2], *found[-OF_A_KIND // 2 :]]):
        yield Path(shutil.copy(path, folder / "-".join(path.relative_to(year).parts)))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
