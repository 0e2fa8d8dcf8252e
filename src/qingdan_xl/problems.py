"""The one catalogue of coded problems: a Problem is a value that names file, sheet, cell, fault and advice."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from qingdan_xl.model import Origin


class Severity(StrEnum):
    """How much a problem weighs: an error keeps something out, a warning wants a look, an info is for the record."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue: `what` is a format string for the problem's context, `advice` says what to do."""

    code: str
    severity: Severity
    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Problem:
    """问题: one finding in somebody's file."""

    code: str
    what: str
    origin: Origin = field(default_factory=Origin)
    unit: str = ""

    @property
    def severity(self) -> Severity:
        """As the catalogue says."""
        return CATALOGUE[self.code].severity

    @property
    def advice(self) -> str:
        """As the catalogue says."""
        return CATALOGUE[self.code].advice

    @property
    def message(self) -> str:
        """What is wrong and what to do, in one line."""
        return f"{self.what}。{self.advice}" if self.advice else f"{self.what}。"

    def __str__(self) -> str:
        place = " ".join(part for part in (self.origin.file, self.origin.sheet, self.origin.cell) if part)
        return f"[{self.code}] {place}：{self.message}" if place else f"[{self.code}] {self.message}"

    def as_json(self) -> dict[str, str]:
        """The object of the `--json` contract (DESIGN §6)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.origin.file,
            "unit": self.unit,
            "sheet": self.origin.sheet,
            "cell": self.origin.cell,
            "message": self.message,
        }


class UnusableError(Exception):
    """Nothing can be done: wrong settings or an unreadable input of the coordinator's own (exit code 2)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def problem(code: str, origin: Origin | None = None, unit: str = "", **context: Any) -> Problem:  # noqa: ANN401 - any printable value
    """Make a problem of the catalogue's `code`, its sentence filled from `context`; KeyError for an unknown code."""
    return Problem(code, CATALOGUE[code].what.format(**context), origin or Origin(), unit)


def _entries(severity: Severity, *rows: tuple[str, str, str]) -> list[Entry]:
    return [Entry(code, severity, what, advice) for code, what, advice in rows]


_DOCUMENTS = _entries(
    Severity.WARNING,
    ("numbering", "编号不连续：{found}，前一个是 {before}", "请核对原文编号；程序按原文保留，不作改动"),
    ("noise", "去掉了编辑标记或页面杂物：{text}", "如属正文，请在母表中补回"),
    ("no-duties", "没有找到责任事项", "请确认文件是责任清单，正文应有编号（一、1. 第一， 等）"),
    ("joined-lines", "句子在行末断开，已与下一行合并：{text}", "请核对合并后的文字"),
    ("repeated-text", "与第 {line} 行的事项文字重复", "如系误抄，请在母表中删去一处"),
    ("kept-master", "母表已经存在，可能有人改过，没有覆盖", "要重新解析，请先移走或改名这份母表"),
    ("open-placeholder", "文字中有 {count} 处未填的占位符：{text}", "请在母表中填上实际名称"),
)

_INPUT = _entries(
    Severity.ERROR,
    ("no-year", "文件夹名里没有年份", "请写成 2026年度 的样子，或加 --year 2026"),
    ("unknown-code", "没有问题代码 {code}{hint}", "运行 qingdan explain 可查看全部代码"),
    ("system-error", "操作系统报告：{why}", "请检查磁盘空间和文件夹权限后重试；已有的成果没有改动"),
    ("no-checklists", "清单文件夹里没有母表", "请先用 qingdan parse 解析清单文件，或把母表放进 清单/"),
    ("no-units", "花名册里没有单位", "请在“单位”表中每个单位填一行"),
    ("missing-file", "找不到文件", "请检查路径和文件名"),
    ("unreadable-text", "文件不是可识别的文本（试过 UTF-8、UTF-16、GB18030）", "请用记事本另存为 UTF-8 后重试"),
    ("unsupported-document", "暂不支持读取 {suffix} 文件", "请另存为 .txt（UTF-8）后重试"),
    ("no-workspace", "这里不是年度文件夹（没有 qingdan.toml）", "请先运行 qingdan init 2026年度，再进入该文件夹"),
    ("folder-exists", "文件夹已存在且不为空", "请换一个名字，或先移走原文件夹"),
    ("bad-settings", "设置 {key} 有误：{why}", "请修改 qingdan.toml 中的这一项"),
    (
        "unreadable-workbook",
        "打不开这个工作簿，文件可能已损坏或不是 Excel 文件",
        "请用 Excel 或 WPS 打开后另存为 .xlsx",
    ),
    ("missing-heading", "缺少列“{heading}”", "请恢复表头“{heading}”，列的先后不限"),
    ("missing-sheet", "缺少工作表“{sheet}”", "请恢复该工作表，名称须与模板一致"),
    ("bad-cell", "“{heading}”的内容“{text}”不对：{why}", "请按说明改正"),
    ("not-a-choice", "“{heading}”填的“{text}”不在选项内（{choices}）", "请从下拉列表中选择"),
    ("needs-value", "“{heading}”没有填写", "请补填"),
    ("locked-output", "成果文件正在 Excel 或 WPS 中打开，已另存为 {saved}", "请关闭原文件；最新内容在另存的文件里"),
    ("busy", "另一个程序正在使用本年度文件夹（{holder}）", "请等它结束后再运行"),
)

_ROSTER = _entries(
    Severity.ERROR,
    ("unit-twice", "单位{label}“{value}”出现了不止一次", "请改成各不相同"),
    ("unknown-unit", "“{name}”的单位“{named}”不在“单位”表中{hint}", "请改成“单位”表里的名称，或补上这个单位"),
    ("person-twice", "“{named}”的“{name}”出现了不止一次", "同名的两人请加以区别，如 张甲（办公室）；重复的请删去一行"),
)

CATALOGUE: dict[str, Entry] = {entry.code: entry for entry in (*_DOCUMENTS, *_INPUT, *_ROSTER)}
