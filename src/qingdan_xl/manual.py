"""docs/problems.md: every code of the catalogue with what it means and what to do; `python -m qingdan_xl.manual`."""

import re
import sys
from pathlib import Path

from qingdan_xl.problems import CATALOGUE, Entry, Severity

_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_MEANING = {
    Severity.ERROR: "不改正就不采用：整个文件、一行或一格",
    Severity.WARNING: "已采用，请核对",
    Severity.INFO: "记录在案，不必处理",
}


def problems_manual() -> str:
    """The whole page in Markdown: one table a severity, codes in the order of the catalogue."""
    head = (
        "# 问题代码\n\n本页由 `make docs` 按程序的问题目录生成，请勿手改。"
        "命令行里可用 `qingdan explain 代码` 查看单条。\n"
    )
    return head + "".join(map(_section, Severity))


def _section(severity: Severity) -> str:
    entries = [entry for entry in CATALOGUE.values() if entry.severity is severity]
    rows = "\n".join(map(_row, entries))
    return f"\n## {_WORDS[severity]}：{_MEANING[severity]}\n\n| 代码 | 情况 | 办法 |\n|---|---|---|\n{rows}\n"


def _row(entry: Entry) -> str:
    what = re.sub(r"\{[^}]*\}", "…", entry.what).replace("|", "\\|")
    return f"| `{entry.code}` | {what} | {entry.advice} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(problems_manual(), "utf-8")
