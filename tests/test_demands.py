"""The grammar of quantified demands: every row of its table reads its own examples; what is no demand is left alone."""

from decimal import Decimal

import pytest

from outlines import shown_target
from qingdan_xl.documents.categories import categorised
from qingdan_xl.documents.demands import demands
from qingdan_xl.documents.grammar import GRAMMAR
from qingdan_xl.documents.metrics import metrics
from qingdan_xl.documents.numerals import number
from qingdan_xl.documents.rules import rules
from qingdan_xl.documents.words import policies, soft_words
from qingdan_xl.sheets.choices import CATEGORIES

EXAMPLES = [(f"{row.part} {row.means}", example) for row in GRAMMAR for example in row.examples]


def read(text: str) -> str:
    """The demands of a text as one line, - for none."""
    return " ".join(map(shown_target, demands(text))) or "-"


@pytest.mark.parametrize(("row", "example"), EXAMPLES, ids=[f"{row}: {example}" for row, example in EXAMPLES])
def test_every_row_reads_its_examples(row: str, example: str) -> None:
    """The table of the grammar is true: each example gives the demands written beside it."""
    text, expected = example.split(" -> ")

    assert read(text) == expected, row


def test_every_kind_of_row_has_examples() -> None:
    """Every part of the grammar shows what it reads."""
    shown = {row.part for row in GRAMMAR if row.examples}

    assert shown == {row.part for row in GRAMMAR}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主要负责人每年至少带队检查4次，分管负责人每季度至少1次，其他负责人每半年不少于1次",
         ">=4次/year >=1次/quarter >=1次/half_year"),
        ("每年至少开展一次全面排查和两次专项检查", ">=1次/year >=2次/year"),
        ("每年7月10日前和次年1月10日前报送总结", "2/year@07-10,01-10"),
        ("“五四”前后，围绕“青春向前，奋斗有我”组织1次活动，各班开展1次演讲",
         ">=1次/none@~05-04 >=1次/none@~05-04"),
        ("值班巡查（每日不少于2次）并做好记录", ">=2次/day"),
        ("学习《2026年两次全会文件汇编》，及时传达", "-"),
        ("落实“三会一课”“一岗双责”和三项制度，做到两个到位", "-"),
        ("24小时值班，12345热线3天内答复", "-"),
        ("定期检查，适时通报，重大问题随时报告", "-"),
        ("每月至少召开1次分管部门例会", ">=1次/month"),
        ("每半年至少召开1次分析会，听取1次分类管理情况汇报", ">=1次/half_year >=1次/half_year"),
        ("班组长每季度讲1次安全课；“五一”前后，邀请技师讲1次专题课", ">=1次/quarter >=1次/none@~05-01"),
        ("材料不全的一次告知，能办的一次办结，实行一次性收费", "-"),
        ("每季度通报一次办结情况", ">=1次/quarter"),
        ("每年3月底前报校长备案，调整课表应当说明理由", "1/year@03-31"),
    ],
)  # fmt: skip
def test_sentences_are_read_whole(text: str, expected: str) -> None:
    """Several demands in a sentence, dates in pairs, quotations, brackets, titles and set phrases come out right."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "activity", "category"),
    [
        ("每年为所在班组至少讲1次安全课", "为所在班组讲安全课", "培训"),
        ("每季度至少召开1次例会", "召开例会", "会议"),
        ("每月走访不少于5户", "走访", ""),
        ("每年年底前向镇政府报告工作情况", "向镇政府报告工作情况", "报告"),
    ],
)
def test_activity_and_category(text: str, activity: str, category: str) -> None:
    """The activity is what remains without period, bound and number; only what is counted in times has a category."""
    target = categorised(demands(text)[0], CATEGORIES)

    assert (target.activity, target.category) == (activity, category)


@pytest.mark.parametrize(
    ("token", "expected"),
    [("3", "3"), ("１２", "12"), ("2．5", "2.5"), ("0。5", "0.5"), ("两", "2"), ("俩", "2"), ("十", "10"),
     ("十五", "15"), ("二十", "20"), ("一百零五", "105"), ("三千", "3000"), ("半", "0.5"), ("二〇二六", "2026")],
)  # fmt: skip
def test_numerals(token: str, expected: str) -> None:
    """Numbers are read in every way people type them."""
    assert number(token) == Decimal(expected)


@pytest.mark.parametrize("token", ["", "年", "三会", "1.2.3", "×"])
def test_no_numerals(token: str) -> None:
    """What is no number is None, never a guess."""
    assert number(token) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每少一次扣0.5分，扣完为止。", [("每少一次扣0.5分", "deduct_each", "0.5", "次", True)]),
        ("未制定计划的，扣2分。", [("未制定计划的，扣2分", "deduct", "2", None, False)]),
        ("完成得3分，未完成的不得分。",
         [("完成得3分", "award", "3", None, False), ("未完成的不得分", "veto", None, None, False)]),
        ("按完成比例得分。", [("按完成比例得分", "proportional", None, None, False)]),
        ("获市级表彰加2分，省级加3分。",
         [("获市级表彰加2分", "bonus", "2", None, False), ("省级加3分", "bonus", "3", None, False)]),
        ("每降低1个百分点扣1分。", [("每降低1个百分点扣1分", "deduct_each", "1", "个百分点", False)]),
        ("每季度公示一次，培训30分钟。", []),
    ],
)  # fmt: skip
def test_scoring_rules(text: str, expected: list[tuple[object, ...]]) -> None:
    """Awards and deductions are read with their kind, points, unit and floor."""
    found = [(one.text, one.kind.value, one.points and str(one.points), one.per, one.floor) for one in rules(text)]

    assert found == expected


def test_open_counts_of_a_report() -> None:
    """Each count left open is read with what is counted, a noun behind it included; 余 is no part of the unit."""
    found = [(one.text, one.activity, one.unit) for one in metrics("共召开*次会议，排查隐患XX余处；刊发信息____篇。")]

    assert found == [
        ("共召开*次会议", "召开会议", "次"),
        ("排查隐患XX余处", "排查隐患", "处"),
        ("刊发信息____篇", "刊发信息", "篇"),
    ]


def test_words_of_a_duty() -> None:
    """Named rules and soft words are found, each once."""
    text = "及时学习《安全生产条例》《关于〈办法〉的通知》，不定期检查，及时报告。"

    assert policies(text) == ("《安全生产条例》", "《关于〈办法〉的通知》")
    assert soft_words(text) == ("及时", "不定期")
