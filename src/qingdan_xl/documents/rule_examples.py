"""Scoring rules by example: what each phrasing is read as, which the manual shows and the tests hold.

An example is written `text -> rules`, rules parted by ` | `: `deduct_each 0.5 次 floor`, `bonus 2 cap 5`, `deduct 2-4`
for a judgement range; `-` is no rule.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of saying how points are given or taken: `name` in the words of the field."""

    name: str
    examples: tuple[str, ...]


PHRASINGS: tuple[Phrasing, ...] = (
    Phrasing(
        "每次扣分：按次、项、例、人、天等累计",
        (
            "每少一次扣0.5分，扣完为止 -> deduct_each 0.5 次 floor",
            "每发现1例漏报扣2分，最多扣10分 -> deduct_each 2 例 cap 10",
            "每降低1个百分点扣1分 -> deduct_each 1 个百分点",
            "台账缺1项扣0.2分 -> deduct_each 0.2 项",
        ),
    ),
    Phrasing(
        "扣分：一次扣定",
        (
            "未制定年度计划的，扣2分 -> deduct 2",
            "记录不全的分别扣1分、2分、3分 -> deduct 1 | deduct 2 | deduct 3",
        ),
    ),
    Phrasing("酌情扣分：留给人定的区间，两端都记下", ("措施不实的，酌情扣2—4分 -> deduct 2-4",)),
    Phrasing(
        "得分：做到给多少",
        (
            "按时完成得3分 -> award 3",
            "有预案2分，有演练记录3分 -> award 2 | award 3",
        ),
    ),
    Phrasing("按比例得分", ("按完成比例得分 -> proportional",)),
    Phrasing(
        "不得分、一票否决",
        (
            "完成得3分，未完成的不得分 -> award 3 | veto",
            "发生重大事故的，一票否决 -> veto",
        ),
    ),
    Phrasing(
        "加分：连同封顶",
        ("获市级表彰加2分，省级加3分，累计不超过5分 -> bonus 2 cap 5 | bonus 3 cap 5",),
    ),
    Phrasing("不是规则", ("每季度公示一次，培训30分钟 -> -", "收取1分钱押金 -> -")),
)
