"""Which figures stand on 总览, what each means, and the sheet behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from qingdan_xl.counting.lights import COMPLETE, EXEMPT, LONG_TERM, NEAR, NORMAL, OVERDUE, SHORT, UNFILLED
from qingdan_xl.problems import Severity
from qingdan_xl.sheets.choices import RISK_LEVELS
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.summary import (
    BY_UNIT,
    CHANGES,
    DETAIL,
    FILES,
    LIGHT_KEYS,
    LOST_REMARKS,
    MISSING,
    PROBLEMS,
    RECTIFICATION,
    RISKS,
    WARNINGS,
)
from qingdan_xl.sheets.writing import Formula
from qingdan_xl.summary import intake
from qingdan_xl.summary.changes import MADE_UP, NEW_COMPLETE, NEW_OVERDUE, NEW_SHORT, RETURNED_NOW
from qingdan_xl.summary.figures import Counts, check, out_of, share
from qingdan_xl.summary.frames import Frames
from qingdan_xl.summary.returns import SEVERITIES

_LIGHT_NOTES = {
    COMPLETE: "填报为已完成，且没有欠缺的周期",
    LONG_TERM: "填报为长期坚持，到期的次数都已做够",
    NORMAL: "已填状态，没有过期没做够的次数和期限",
    UNFILLED: "没有填状态，也没有逾期、欠缺、临近",
    NEAR: "期限或周期将到，尚未完成",
    SHORT: "有周期已过而次数没有做够",
    OVERDUE: "完成时限已过，没有完成也没做够",
    EXEMPT: "填报为不适用",
}
_OUTCOME_NOTES = {
    "采用": "已计入汇总，每个单位一份",
    "被替代": "同一单位后来又交了新的",
    "重复": "与已收到的文件完全相同",
    "退回": "不能采用，原因见未报送",
    "忽略": "不是工作簿（临时文件等）",
}


_CHANGE_NOTES = {
    NEW_OVERDUE: "上次汇总时没有逾期，现在逾期",
    NEW_SHORT: "上次没有欠缺，现在有周期没做够",
    NEW_COMPLETE: "上次汇总时没有完成，现在完成",
    MADE_UP: "上次逾期或欠缺，现在不是",
    RETURNED_NOW: "上次没有交回的单位，现在交回",
}


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One row of 总览; `look` is the sheet whose rows are behind it."""

    group: str
    label: str
    formula: Formula
    note: str
    look: Sheet
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One of the few big numbers at the top of 总览; `light` names the colours it wears, '' for none."""

    label: str
    formula: Formula
    look: Sheet
    light: str = ""
    percent: bool = False


def cards(tables: Frames) -> tuple[Card, ...]:
    """What a leader sees first."""
    counts = Counts(tables)
    sent, complete = counts.rows(BY_UNIT, "unit"), counts.total(BY_UNIT, LIGHT_KEYS[COMPLETE])
    returned = counts.words(BY_UNIT, "state", intake.RETURNED, intake.LATE)
    return (
        Card("已交回 / 下发单位", out_of(returned, sent), BY_UNIT),
        Card("责任事项", counts.total(BY_UNIT, "issued"), DETAIL),
        Card("完成率", share(complete, counts.total(BY_UNIT, "closable")), BY_UNIT, COMPLETE, percent=True),
        *(Card(word, counts.total(BY_UNIT, LIGHT_KEYS[word]), WARNINGS, word) for word in (OVERDUE, SHORT, NEAR)),
    )


def key_figures(tables: Frames) -> tuple[KeyFigure, ...]:
    """All figures of 总览 in order, with the sums that must agree."""
    counts = Counts(tables)
    parts = (_units, _duties, _times, _changes, _files, _ledgers, _remarks, _problems)
    return tuple(figure for part in parts for figure in part(counts))


def _units(counts: Counts) -> Iterator[KeyFigure]:
    sent = counts.rows(BY_UNIT, "unit")
    returned = counts.words(BY_UNIT, "state", intake.RETURNED, intake.LATE)
    missing = counts.words(MISSING, "case", intake.MISSING)
    yield KeyFigure("交回", "下发单位", sent, "最近一次下发的工作簿，每个单位一份", BY_UNIT)
    yield KeyFigure("交回", "已交回", returned, "有一份被采用的单位，含迟交", BY_UNIT)
    yield KeyFigure("交回", "其中迟交", counts.words(BY_UNIT, "state", intake.LATE), "过了报送期限才交回", BY_UNIT)
    yield KeyFigure("交回", "未交回", missing, "没有收到可用的文件，不计为零分或零次", MISSING)
    yield KeyFigure("交回", "核对", check(sent, returned, missing), "下发＝已交回＋未交回", MISSING)


def _duties(counts: Counts) -> Iterator[KeyFigure]:
    back, closable = counts.total(BY_UNIT, "back"), counts.total(BY_UNIT, "closable")
    lights = {word: counts.total(BY_UNIT, key) for word, key in LIGHT_KEYS.items()}
    yield KeyFigure("事项", "责任事项", counts.total(BY_UNIT, "issued"), "下发的事项行数，含未交回单位的", DETAIL)
    yield KeyFigure("事项", "交回事项", back, "已交回单位的事项行数", DETAIL)
    yield KeyFigure("事项", "已填事项", counts.total(BY_UNIT, "answered"), "状态、进展等至少填了一项", DETAIL)
    yield KeyFigure("事项", "应办结", closable, "交回事项中除去长期坚持和不适用的", BY_UNIT)
    yield KeyFigure("事项", "完成率", share(lights[COMPLETE], closable), "完成÷应办结", BY_UNIT, percent=True)
    for word, formula in lights.items():
        look = WARNINGS if word in (OVERDUE, SHORT, NEAR) else DETAIL
        yield KeyFigure("事项", word, formula, _LIGHT_NOTES[word], look)
    yield KeyFigure("事项", "核对", check(back, *lights.values()), f"交回事项＝{'＋'.join(lights)}", DETAIL)


def _times(counts: Counts) -> Iterator[KeyFigure]:
    for label, key, note in (
        ("到期应完成次数", "due_times", "已过去的周期里要求的次数"),
        ("到期已完成次数", "met_times", "其中做了的，每期最多计到要求的次数"),
        ("到期欠缺次数", "lacking", "其中还缺的"),
        ("已完成次数", "done_times", "含还没到期的周期"),
    ):
        yield KeyFigure("量化", label, counts.total(BY_UNIT, key), f"{note}，只计已交回的单位", BY_UNIT)
    due, met, lacking = (counts.total(BY_UNIT, key) for key in ("due_times", "met_times", "lacking"))
    yield KeyFigure("量化", "核对", check(due, met, lacking), "到期应完成＝到期已完成＋到期欠缺", BY_UNIT)


def _changes(counts: Counts) -> Iterator[KeyFigure]:
    for word, note in _CHANGE_NOTES.items():
        yield KeyFigure("变化", word, counts.words(CHANGES, "kind", word), note, CHANGES)


def _remarks(counts: Counts) -> Iterator[KeyFigure]:
    note = "写过批示、督办意见或备注，但事项已不在下发清单中"
    yield KeyFigure("批示", "未落位批示", counts.rows(LOST_REMARKS, "remark"), note, LOST_REMARKS)


def _files(counts: Counts) -> Iterator[KeyFigure]:
    found = counts.rows(FILES, "file")
    outcomes = {word: counts.words(FILES, "outcome", word) for word in intake.OUTCOMES.values()}
    yield KeyFigure("收件", "找到文件", found, "历次收件找到的文件", FILES)
    for word, formula in outcomes.items():
        yield KeyFigure("收件", word, formula, _OUTCOME_NOTES[word], FILES)
    yield KeyFigure("收件", "核对", check(found, *outcomes.values()), f"找到＝{'＋'.join(outcomes)}", FILES)


def _ledgers(counts: Counts) -> Iterator[KeyFigure]:
    yield KeyFigure("台账", "整改问题", counts.rows(RECTIFICATION, "unit"), "各单位台账登记的问题", RECTIFICATION)
    for label, word, note in (
        ("已整改", COMPLETE, "状态为已整改或已销号"),
        ("整改逾期", OVERDUE, "过了整改时限还没整改"),
    ):
        yield KeyFigure("台账", label, counts.words(RECTIFICATION, "light", word), note, RECTIFICATION)
    yield KeyFigure("台账", "廉政风险点", counts.rows(RISKS, "unit"), "各单位台账登记的风险点", RISKS)
    high = counts.words(RISKS, "level", RISK_LEVELS[0])
    yield KeyFigure("台账", "其中高风险", high, f"风险等级为“{RISK_LEVELS[0]}”", RISKS)


def _problems(counts: Counts) -> Iterator[KeyFigure]:
    for severity, note in (
        (Severity.ERROR, "须改正，否则该处或该文件不能采用"),
        (Severity.WARNING, "已采用，请核对"),
        (Severity.INFO, "仅供了解"),
    ):
        word = SEVERITIES[severity]
        yield KeyFigure("数据", word, counts.words(PROBLEMS, "severity", word), note, PROBLEMS)
