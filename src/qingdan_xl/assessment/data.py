"""数据项: the numbers that rules take in, counted from what units sent back, and beside them what people typed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from qingdan_xl.assessment.facts import Amount, Facts, Subject
from qingdan_xl.assessment.returns import late_returns, refused_returns
from qingdan_xl.assessment.rules import Scheme, section_name
from qingdan_xl.assessment.workings import rounded
from qingdan_xl.counting.lights import OVERDUE
from qingdan_xl.counting.progress import TargetProgress
from qingdan_xl.model import Origin
from qingdan_xl.sheets.choices import DONE, NOT_APPLICABLE, RECTIFIED
from qingdan_xl.sheets.scheme import Missing
from qingdan_xl.sheets.writing import Cell
from qingdan_xl.store import Receipt
from qingdan_xl.summary.standing import Standing, StoredRow

NOT_RETURNED = "没有收到可用的填报表"
_MARK = "："
_MOST_WORDS = 3
_PLACES = 2  # decimals of the means and percentages


@dataclass(frozen=True, slots=True)
class Collected:
    """What came in of one unit: its duties as they stand, its receipts and its rows of 问题整改台账, as of a day."""

    standings: Sequence[Standing] = ()
    receipts: Sequence[Receipt] = ()
    issues: Sequence[StoredRow] = ()
    as_of: date = date.max

    @property
    def returned(self) -> bool:
        """Whether its filled workbook came back."""
        return any(standing.returned for standing in self.standings)

    @property
    def asked(self) -> list[Standing]:
        """The duties that it has to do."""
        return [standing for standing in self.standings if standing.answer.status != NOT_APPLICABLE]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number counted from what was collected, and in words what it is made of."""

    number: Decimal
    words: str = ""


_Count = Callable[[Collected, str], Counted | None]


@dataclass(frozen=True, slots=True)
class Automatic:
    """One number that counts itself: `count` gives it for a unit, None where there is nothing to count it by.

    `part` says what may be written behind the name and a ：to narrow it, '' where nothing may. `filled` tells that only
    the filled workbook knows it.
    """

    name: str
    help: str
    count: _Count
    part: str = ""
    filled: bool = True


def gathered(
    subjects: Iterable[Subject], collected: Mapping[str, Collected], typed: Mapping[str, Facts], scheme: Scheme
) -> dict[str, Facts]:
    """The facts of every subject by id: what was typed, and the automatic data that the scheme's rules take in.

    Of a unit whose workbook did not come back, what only the workbook knows waits where the scheme does not score such
    units, and is counted as if nothing had been done where it does.
    """
    wanted = [(name, *found) for name in data_names(scheme) if (found := automatic(name))]
    facts = {}
    for subject in subjects:
        own, said = typed.get(subject.id, Facts()), collected.get(subject.id, Collected())
        counted = {name: _amounts(kind, part, said, scheme.missing) for name, kind, part in wanted}
        facts[subject.id] = replace(own, amounts={**own.amounts, **counted})
    return facts


def data_names(scheme: Scheme) -> tuple[str, ...]:
    """The data that the scheme's rules take in, each once, in order."""
    names = (name for rule in scheme.item_rules for name in (rule.data, rule.base_data))
    return tuple(dict.fromkeys(filter(None, names)))


def automatic(name: str) -> tuple[Automatic, str] | None:
    """The automatic data of this name and what stands behind its ：; None where people have to type it."""
    head, mark, part = (piece.strip() for piece in name.replace(":", _MARK).partition(_MARK))
    found = AUTOMATIC.get(head)
    return (found, part) if found and bool(mark) == bool(part) and (found.part or not part) else None


def data_help() -> Iterator[Mapping[str, Cell]]:
    """The rows of 数据项说明."""
    for kind in AUTOMATIC.values():
        yield {"name": kind.name, "help": kind.help}
        if kind.part:
            yield {"name": f"{kind.name}{_MARK}{kind.part}", "help": f"同上，只数{_PARTS[kind.part]}"}


def _amounts(kind: Automatic, part: str, own: Collected, missing: Missing) -> tuple[Amount, ...]:
    if kind.filled and own.standings and not own.returned and missing is Missing.NOT_ASSESSED:
        return (Amount(None, NOT_RETURNED),)
    found = kind.count(own, part)
    return (Amount(found.number, found.words, _origin(own)),) if found else ()


def _origin(own: Collected) -> Origin:
    return Origin(next((standing.origin.file for standing in own.standings if standing.origin.file), ""))


def _number(count: int, words: Iterable[str] = ()) -> Counted:
    said = list(words)
    more = f"等 {len(said)} 项" if len(said) > _MOST_WORDS else ""
    return Counted(Decimal(count), f"{'、'.join(said[:_MOST_WORDS])}{more}")


def _late(own: Collected, _part: str) -> Counted:
    return _number(len(late_returns(own.receipts)))


def _refused(own: Collected, _part: str) -> Counted:
    return _number(len(refused_returns(own.receipts)))


def _unreturned(own: Collected, _part: str) -> Counted:
    return _number(int(bool(own.standings) and not own.returned))


def _duties(own: Collected, part: str) -> list[Standing]:
    """The duties asked of the unit; with a part those of the section of that title."""
    return [duty for duty in own.asked if not part or section_name(duty.section) == section_name(part)]


def _asked(own: Collected, part: str) -> Counted:
    return _number(len(_duties(own, part)))


def _closable(own: Collected, part: str) -> Counted:
    return _number(sum(duty.closable or not duty.returned for duty in _duties(own, part)))


def _done(own: Collected, part: str) -> Counted:
    return _number(sum(duty.answer.status == DONE for duty in _duties(own, part)))


def _undone(own: Collected, part: str) -> Counted:
    left = [
        duty.text
        for duty in _duties(own, part)
        if (duty.closable or not duty.returned)
        and duty.answer.status != DONE
        and (duty.deadline is None or duty.deadline <= own.as_of)
    ]
    return _number(len(left), left)


def _overdue(own: Collected, part: str) -> Counted:
    late = [
        duty.text
        for duty in _duties(own, part)
        if duty.light == OVERDUE
        or (not duty.returned and not duty.targets and duty.deadline is not None and duty.deadline < own.as_of)
    ]
    return _number(len(late), late)


def _completion(own: Collected, part: str) -> Counted | None:
    whole = _closable(own, part).number
    return _percent(_done(own, part).number, whole) if whole else None


def _percent(share: Decimal, whole: Decimal) -> Counted:
    return Counted(rounded(100 * Fraction(share) / Fraction(whole), _PLACES))


def _demands(own: Collected, part: str) -> list[TargetProgress]:
    """The countable demands asked of the unit; with a part those of this category, or whose text holds it."""
    return [
        target
        for duty in own.asked
        for target in duty.targets
        if not part or part == target.target.category or part in target.target.text
    ]


def _required(own: Collected, part: str) -> Counted:
    return _number(sum(window.required for target in _demands(own, part) for window in target.judged))


def _held(own: Collected, part: str) -> Counted:
    return _number(sum(window.counted for target in _demands(own, part) for window in target.judged))


def _lacking(own: Collected, part: str) -> Counted:
    lacks = [
        (target, sum(window.required - window.counted for window in target.judged)) for target in _demands(own, part)
    ]
    words = (f"“{target.target.text}”缺 {count} 次" for target, count in lacks if count)
    return _number(sum(count for _, count in lacks), words)


def _periods(own: Collected, part: str) -> Counted:
    return _number(sum(len(target.judged) for target in _demands(own, part)))


def _met(own: Collected, part: str) -> Counted:
    return _number(sum(target.met for target in _demands(own, part)))


def _unmet(own: Collected, part: str) -> Counted:
    labels = [
        f"{target.target.text}（{window.window.label}）"
        for target in _demands(own, part)
        for window in target.judged
        if not window.met
    ]
    return _number(len(labels), labels)


def _reached(own: Collected, part: str) -> Counted | None:
    whole = _periods(own, part).number
    return _percent(_met(own, part).number, whole) if whole else None


def _self_score(own: Collected, part: str) -> Counted | None:
    """The mean of the self-scores that were filled in: a blank one is nobody's zero."""
    scores = [duty.answer.self_score for duty in _duties(own, part) if duty.answer.self_score is not None]
    if not scores:
        return None
    return Counted(rounded(Fraction(sum(scores)) / len(scores), _PLACES), f"{len(scores)} 项自评的平均")


def _ratio(own: Collected, part: str) -> Counted | None:
    answers = [duty.answer.ratio for duty in own.asked if part in duty.text and duty.answer.ratio is not None]
    return Counted(min(answers)) if answers else None


def _issues(own: Collected, _part: str) -> Counted:
    return _number(len(own.issues))


def _open_issues(own: Collected) -> list[StoredRow]:
    return [row for row in own.issues if row.get("status") not in RECTIFIED]


def _unmended(own: Collected, _part: str) -> Counted:
    left = _open_issues(own)
    return _number(len(left), (str(row.get("text") or "") for row in left))


def _overdue_issues(own: Collected, _part: str) -> Counted:
    late = [
        row for row in _open_issues(own) if isinstance(deadline := row.get("deadline"), date) and deadline < own.as_of
    ]
    return _number(len(late), (str(row.get("text") or "") for row in late))


_SECTION, _CATEGORY, _WORDS = "板块名称", "活动类别", "词语"
_PARTS = {
    _SECTION: "这个板块的事项",
    _CATEGORY: "这个活动类别的要求，或文字里有这个词的要求",
    _WORDS: "文字里有这个词语的事项",
}
AUTOMATIC: Mapping[str, Automatic] = {
    kind.name: kind
    for kind in (
        Automatic("迟报次数", "期限内没有交来可用填报表的批次数", _late, filled=False),
        Automatic("退回次数", "被退回的文件数，同一文件重复交来的算一次", _refused, filled=False),
        Automatic("未报送", "下发了填报表而没有收到可用的，为 1，否则为 0", _unreturned, filled=False),
        Automatic("责任事项数", "下发的责任事项数，填为“不适用”的不算", _asked, _SECTION),
        Automatic("可办结事项数", "责任事项中不是“长期坚持”的", _closable, _SECTION),
        Automatic("已完成事项数", "状态填为“已完成”的事项数", _done, _SECTION),
        Automatic("未完成事项数", "可办结而状态不是“已完成”的事项数，完成时限还没有到的不算", _undone, _SECTION),
        Automatic("逾期事项数", "预警为“逾期”的事项数", _overdue, _SECTION),
        Automatic(
            "完成率", "已完成事项数 ÷ 可办结事项数 × 100，保留两位小数；没有可办结事项时没有数据", _completion, _SECTION
        ),
        Automatic("应计次", "到考核日为止，到期（或提前达标）的各期应完成的次数", _required, _CATEGORY),
        Automatic("已计次", "同上各期已经完成的次数，一期多做的不抵另一期", _held, _CATEGORY),
        Automatic("缺次", "应计次减已计次", _lacking, _CATEGORY),
        Automatic("应达标期数", "到考核日为止，到期（或提前达标）的期数", _periods, _CATEGORY),
        Automatic("达标期数", "同上各期中次数够了的期数", _met, _CATEGORY),
        Automatic("未达标期数", "同上各期中次数不够的期数", _unmet, _CATEGORY),
        Automatic("达标率", "达标期数 ÷ 应达标期数 × 100，保留两位小数；没有到期的要求时没有数据", _reached, _CATEGORY),
        Automatic(
            "自评分", "填了自评分的事项的平均，没有填的不算，保留两位小数；都没有填时没有数据", _self_score, _SECTION
        ),
        Automatic("实际比例", "“实际比例”一列填的百分数，几项都有时取最低的；没有填时没有数据", _ratio, _WORDS),
        Automatic("问题数", "问题整改台账中的问题数", _issues),
        Automatic("未整改问题数", "其中还没有“已整改”“已销号”的", _unmended),
        Automatic("逾期未整改问题数", "其中整改时限已过的", _overdue_issues),
    )
}
