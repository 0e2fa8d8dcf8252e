"""Counts in words, as an office writes them: what is zero is not said."""

from qingdan_xl.counting.lights import COMPLETE, OVERDUE
from qingdan_xl.reports.facts import Facts
from qingdan_xl.reports.figures import Figure, Phrase, joined

_LIGHTS = (
    ("complete", "完成"),
    ("long_term", "长期坚持"),
    ("normal", "正常推进"),
    ("near", "临近时限"),
    ("overdue", "逾期"),
    ("short", "次数欠缺"),
    ("unfilled", "未填报"),
    ("exempt", "不适用"),
)
_BEHIND = (("overdue", "逾期"), ("short", "欠缺"))


def progress(facts: Facts) -> Phrase:
    """How many duties stand how, and 完成率: 完成3项、逾期1项，完成率75%."""
    counted = [_count(word, facts.tally(key, word), "项") for key, word in _LIGHTS]
    rate = Phrase(("完成率", facts.rate("完成率"))) if _told(facts.tally("closable", "应办结")) else Phrase()
    return joined((joined(counted, "、"), rate), "，")


def behind(facts: Facts) -> Phrase:
    """How many duties are late and lack something: 逾期3项、欠缺1项."""
    return joined((_count(word, facts.tally(key, word), "项") for key, word in _BEHIND), "、")


def demanded(facts: Facts) -> Phrase:
    """How often what was to be done by now was done; nothing where nothing was to be."""
    due, met, lacking = (
        facts.tally(key, name)
        for key, name in (("due_times", "到期应完成次数"), ("met_times", "到期已完成次数"), ("lacking", "到期欠缺次数"))
    )
    if not _told(due):
        return Phrase()
    made = Phrase(("到期的量化要求应完成", due, "次，实际完成", met, "次"))
    return joined((made, _count("欠缺", lacking, "次")), "，")


def rectified(facts: Facts) -> Phrase:
    """How the problems of 问题整改台账 stand; nothing where there are none."""
    whole = facts.rectified("问题总数", lambda _light: True)
    done = facts.rectified("问题已整改", lambda light: light == COMPLETE)
    rest = facts.rectified("问题未整改", lambda light: light != COMPLETE)
    late = facts.rectified("问题逾期", lambda light: light == OVERDUE)
    if not _told(whole):
        return Phrase()
    counted = (_count("已整改", done, "个"), _count("未整改", rest, "个"), _count("其中超过整改时限", late, "个"))
    found = Phrase(("问题整改台账登记问题", whole, "个"))
    return joined((found, *((Phrase(("均已整改",)),) if done == whole and not whole.open else counted)), "，")


def _told(figure: Figure) -> bool:
    """Whether there is something to say: a number that is not zero, or one that is to be filled in by hand."""
    return figure.open or bool(figure)


def _count(word: str, figure: Figure, measure: str) -> Phrase:
    return Phrase((word, figure, measure)) if _told(figure) else Phrase()
