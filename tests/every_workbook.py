"""make validate: workbooks of every kind that is written, from the sample year, and what openxml-audit says of them.

python tests/every_workbook.py folder
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from openxml_audit import OpenXmlValidator

from qingdan_xl.assessment.items import Item, ItemRule, Rater, RaterGroup
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import default_scheme, scheme_workbook
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Source

VERBS = (
    ("diff", "清单.txt", "清单二.txt", "-o", "对照.xlsx"),
    ("parse", "评分办法.txt", "-o", "草稿"),
    ("check", "收件", "--annotate"),
    ("summarize", "--as-of", "2026-07-01", "--period", "2026Q2"),
    ("remind", "--as-of", "2026-07-01"),
    ("assess", "--as-of", "2026-07-01", "--scheme", "新办法.xlsx", "--compare"),
    ("assess", "--as-of", "2026-07-01", "--final", "--by", "张甲", "--keep-open", "年中试评"),
    ("issue", "--carry"),
)
RATED_VERBS = (("assess", "--sheets"), ("assess", "--as-of", "2026-07-01"))
KINDS = (
    "清单/*.xlsx",
    "对照.xlsx",
    "草稿/20*.xlsx",
    "草稿/考核办法.xlsx",
    "花名册.xlsx",
    "考核办法.xlsx",
    "新办法.xlsx",
    "考核数据.xlsx",
    "下发/2026-01/*年责任清单.xlsx",
    "下发/2026-02/*年责任清单.xlsx",  # with the answers that came back
    "下发/2026-01/下发清单.xlsx",
    "下发/评分-2026-1/*-*.xlsx",
    "下发/评分-2026-1/*清单.xlsx",
    "隔离/原因.xlsx",
    "成果/汇总.xlsx",
    "成果/汇总-2026Q2.xlsx",
    "成果/考核.xlsx",
    "成果/考核卡*.xlsx",
    "成果/考核-定稿-*.xlsx",
    "成果/办法对比.xlsx",
    "成果/催办单.xlsx",
    "成果/退改/*.xlsx",
)
LIST = """2026年青禾镇消防责任清单
一、党委书记责任
1.每季度至少召开1次消防工作会议。
2.每年带队检查消防设施不少于2次。
"""
RUBRIC = """2026年消防工作考核评分办法
一、组织领导（40分）
1.每季度至少召开1次消防工作会议，少一次扣5分，扣完为止。（20分）
2.制定年度消防工作计划，未制定的不得分。（20分）
二、检查整改（60分）
3.发现隐患按期整改，一处未整改扣10分。（60分）
"""
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
    (year / "清单.txt").write_text(LIST, "utf-8")
    (year / "清单二.txt").write_text(LIST.replace("每季度", "每半年").replace("2.", "3."), "utf-8")
    (year / "评分办法.txt").write_text(RUBRIC, "utf-8")
    for verb in VERBS:
        qingdan(*verb, at=year)
    (year / "考核办法.xlsx").write_bytes(scheme_workbook(rated_scheme()))
    for verb in RATED_VERBS:
        qingdan(*verb, at=year)


def rated_scheme() -> Scheme:
    """A scheme with an item of each source: duties, data that people type, and raters."""
    items = (
        Item("1", "平时", "清单履责", Decimal(60), Source.DUTIES),
        Item("2", "平时", "通报批评", Decimal(10), Source.RULES),
        Item("3", "年终", "组织领导", Decimal(30), Source.RATERS, text="年初有部署，分工明确"),
    )
    rules = (ItemRule("2", ItemRuleKind.DEDUCT_EACH, "通报次数", Decimal(2)),)
    groups, raters = (RaterGroup("考核组", Decimal(100)),), (Rater("冯一", "考核组"), Rater("陈二", "考核组"))
    whole = replace(default_scheme(), full_mark=Decimal(100), quotas=(), items=items, item_rules=rules)
    return replace(whole, rater_groups=groups, raters=raters)


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
