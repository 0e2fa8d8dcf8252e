"""What duties ask for: which demands count, and all of them in words for the sheet."""

from collections.abc import Sequence

from qingdan_xl.counting.progress import is_countable
from qingdan_xl.documents.demands import day_of_period
from qingdan_xl.documents.marks import read_mark
from qingdan_xl.model import Duty, Per, Target, TargetKind
from qingdan_xl.sheets.checklist import PERS, months_text

_PER_WORDS = {value: word for word, value in PERS.items() if value not in {Per.ONCE, Per.OTHER}}
_LONGEST_NAME = 14


def ratios(duty: Duty) -> tuple[Target, ...]:
    """The duty's demands for a share (60%以上), which the unit answers itself."""
    return tuple(target for target in duty.targets if target.kind is TargetKind.RATIO)


def demand_text(targets: Sequence[Target]) -> str:
    """The demands as people read them, one a line: 每季度≥1次（会议）, 1月31日、7月31日前, ≥60%（…）."""
    return "\n".join(dict.fromkeys(_line(target) for target in targets))


def _line(target: Target) -> str:
    dates = _dates(target.due) or day_of_period(target.text)
    if target.number is None or target.kind is TargetKind.DEADLINE:
        return f"{dates}（{_name(target)}）" if dates else target.text
    sign = "≤" if target.at_most else "≥"
    per = _period(target) if target.kind is TargetKind.COUNT else ""
    unit = target.unit or ("次" if is_countable(target) else "")
    amount = f"{per}{sign}{target.number.normalize():f}{unit}"
    return "，".join(part for part in (f"{amount}（{_name(target)}）", dates) if part)


def _period(target: Target) -> str:
    """每季度, 3月至12月每月; '' for what is to be done once."""
    if target.per is None:
        return ""
    return f"{months_text(target.months) or ''}{_PER_WORDS.get(target.per, '')}"


def _name(target: Target) -> str:
    """What is counted: the category people pick in the log, else the activity as the text has it."""
    name = target.category or target.activity or target.text
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _dates(due: Sequence[str]) -> str:
    if not due:
        return ""
    about = any(mark.startswith("~") for mark in due)
    return "、".join(map(_day, due)) + ("前后" if about else "前")


def _day(due: str) -> str:
    mark = read_mark(due)
    if mark is None:
        return due.lstrip("~")
    year = f"{mark.year}年" if mark.year else ""
    return f"{year}{mark.month}月{f'{mark.day}日' if mark.day else '底'}"
