"""考核办法.xlsx of a scheme by items: its optional sheets written, read back, and checked with every fault told."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan_xl.assessment.item_checks import check_items
from qingdan_xl.assessment.items import Item, ItemRule, Option, PersonMix, Rater, RaterGroup, ScoreSection
from qingdan_xl.assessment.records import join_words, split_words
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.scheme import default_scheme, read_scheme, scheme_workbook
from qingdan_xl.assessment.scheme_checks import check_use
from qingdan_xl.model import Person, Unit
from qingdan_xl.sheets.reading import load_grids
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import (
    DATA_HELP,
    ITEM_SHEETS,
    Blank,
    ItemRuleKind,
    Method,
    MissingRater,
    Nature,
    Order,
    Partial,
    Source,
    Start,
)
from scheme_samples import OPTIONS, item, item_scheme, rule

FILE = "考核办法.xlsx"
POINTS = st.decimals(0, 1000, places=4)
NAME = st.text("甲乙丙丁戊、（1.2", min_size=1, max_size=5).map(lambda text: f"名{text}")
PLAIN = st.text("甲乙丙丁戊己", min_size=1, max_size=4)
NAMES = st.lists(NAME, max_size=3).map(tuple)
KEY = st.from_regex(r"[1-9]\.[1-9]0?", fullmatch=True)
MAYBE = st.none() | POINTS
SECTION = st.builds(
    ScoreSection, PLAIN, st.sampled_from(Nature), MAYBE, MAYBE, st.none() | st.decimals(-99, 0, places=2)
)
ITEM = st.builds(
    Item, KEY, PLAIN, PLAIN, POINTS, st.sampled_from(Source), st.sampled_from(Start),
    st.decimals(-99, 99, places=2), MAYBE, NAMES, NAMES, PLAIN,
)  # fmt: skip
RULE = st.builds(
    ItemRule, KEY, st.sampled_from(ItemRuleKind), PLAIN, MAYBE, POINTS.filter(bool), st.sampled_from(Partial), POINTS,
    MAYBE, MAYBE, MAYBE, MAYBE, PLAIN, st.sampled_from(Order), MAYBE, NAMES,
    st.none() | st.sampled_from([Effect.LOWEST, Effect.BARRED]), st.sampled_from(Blank), PLAIN,
)  # fmt: skip
GROUP = st.builds(
    RaterGroup, PLAIN, POINTS, st.sampled_from(Method), PLAIN, st.sampled_from(MissingRater), st.booleans(), NAMES
)
SCHEME = st.builds(
    replace,
    st.just(default_scheme()),
    sections=st.lists(SECTION, max_size=3).map(tuple),
    items=st.lists(ITEM, max_size=3).map(tuple),
    item_rules=st.lists(RULE, max_size=3).map(tuple),
    options=st.lists(st.builds(Option, PLAIN, PLAIN, POINTS), max_size=3).map(tuple),
    rater_groups=st.lists(GROUP, max_size=2).map(tuple),
    raters=st.lists(st.builds(Rater, PLAIN, PLAIN, PLAIN, NAMES), max_size=2).map(tuple),
    person_mixes=st.lists(st.builds(PersonMix, PLAIN, POINTS, POINTS, POINTS, POINTS, PLAIN), max_size=2).map(tuple),
)


@given(SCHEME)
@settings(max_examples=15, deadline=None)
def test_any_scheme_survives(scheme: Scheme) -> None:
    """Whatever stands in the tables, the workbook gives it back to the last digit, sound or not."""
    assert read_scheme(scheme_workbook(scheme), FILE)[0] == scheme


@given(st.lists(NAME | st.sampled_from(["一、加强学习", "（二）改进作风", "一", "三、"]).map(str.strip), max_size=4))
def test_words_of_one_cell_are_taken_apart_as_they_were_put_together(words: list[str]) -> None:
    """Names that hold 、 themselves, and titles with their number, come back as they were."""
    assert split_words(join_words(words)) == tuple(words)


def test_words_as_people_type_them() -> None:
    """Commas of both kinds part words, and line breaks; the number before a title does not."""
    assert split_words("甲组，乙组, 丙组") == ("甲组", "乙组", "丙组")
    assert split_words("一、加强学习、二、改进作风") == ("一、加强学习", "二、改进作风")
    assert split_words("学习、宣传；会议") == ("学习、宣传", "会议")


def test_an_older_workbook_is_read() -> None:
    """A 考核办法.xlsx without the sheets of items is a scheme as before."""
    book = openpyxl.load_workbook(BytesIO(scheme_workbook(default_scheme())))
    for sheet in (*ITEM_SHEETS, DATA_HELP):
        del book[sheet.title]
    buffer = BytesIO()
    book.save(buffer)

    assert read_scheme(buffer.getvalue(), FILE) == (default_scheme(), [])


def test_an_id_stays_what_was_typed() -> None:
    """1.10 is not 1.1: ids are text cells."""
    book = openpyxl.load_workbook(BytesIO(scheme_workbook(default_scheme())))
    formats = {book[title][cell].number_format for title in ("评分项目", "评分规则") for cell in ("A4", "A9")}

    assert formats == {"@"}


SOUND = item_scheme(
    [item("60", "1.1"), replace(item("40", "1.2"), source=Source.RATERS)],
    [rule("每次扣分 通报 1", "1.1")],
    rater_groups=(RaterGroup("领导", Decimal(40)), RaterGroup("职工", Decimal(60))),
    raters=(Rater("张甲", "领导"),),
    person_mixes=(PersonMix("主要负责人", unit=Decimal(100)),),
    sections=(ScoreSection("考核", points=Decimal(100)),),
)


def test_a_sound_scheme_has_no_problem() -> None:
    """What adds up and lacks nothing is not complained about."""
    assert check_items(SOUND, FILE) == []


def ruled(text: str) -> Scheme:
    """The sound scheme with one more rule of its first item."""
    return replace(SOUND, item_rules=(*SOUND.item_rules, rule(text, "1.1")))


W = "warning"
FAULTS = [
    (ruled("每次扣分 通报"), "rule-needs", "error", "“每次扣分”缺少“分值”"),
    (ruled("酌情扣分 通报 low=1"), "rule-needs", "error", "缺少“裁量上限”"),
    (ruled("按级别计分 获奖"), "rule-needs", "error", "缺少“选项表”"),
    (ruled("一票否决 事故"), "rule-needs", "error", "缺少“否决处理”"),
    (ruled("扣分加倍 事故"), "rule-needs", "error", "缺少“倍数”"),
    (ruled("按比例得分 完成率"), "rule-needs", "error", "缺少“目标值”或“目标数据项”"),
    (ruled("按级别计分 获奖 options=等级"), "options-unknown", "error", "没有“等级”这张选项表"),
    (ruled("每次扣分 通报 1 step=0"), "scheme-range", "error", "“每多少计一次”是 0，应为大于 0"),
    (ruled("按比例得分 完成率 base=0"), "scheme-range", "error", "“目标值”是 0"),
    (ruled("每次扣分 通报 -1"), "scheme-range", "error", "“分值”是 -1"),
    (ruled("酌情扣分 通报 low=4 high=2"), "range-reversed", "error", "“裁量下限”4 大于上限 2"),
    (ruled("每次扣分 通报 0.12345"), "points-too-fine", "error", "小数超过 4 位"),
    (ruled("每次扣分 通报 1 factor=2"), "rule-idle-cell", W, "“每次扣分”用不到“倍数”"),
    (ruled("不得分 事故 3"), "rule-idle-cell", W, "“不得分”用不到“分值”"),
    (ruled("按级别计分 获奖 options=级别 step=3"), "rule-idle-cell", W, "“按级别计分”用不到“每多少计一次”"),
    (replace(ruled("不得分 事故"), items=(item("60 floor=4", "1.1"), SOUND.items[1])), "floor-left", W,
     "项目“项目1.1”的最低得分是 4，出现“事故”该不得分时仍得 4 分"),
    (ruled("按比例得分 完成率 base=100"), "award-on-full", W, "“按比例得分”加不上分"),
    (replace(SOUND, item_rules=(rule("每次扣分 通报 1", "1.3"),)), "item-unknown", "error", "“1.3”不在“评分项目”中"),
    (replace(SOUND, item_rules=()), "item-idle", W, "没有评分规则，人人得 60 分"),
    (replace(SOUND, rater_groups=(), raters=()), "item-idle", W, "没有评分组"),
    (replace(SOUND, items=(*SOUND.items, item("5", "1.1"))), "scheme-twice", "error", "“1.1”出现了不止一次"),
    (replace(SOUND, items=(replace(item("60", "1.1"), floor=Decimal(61)), SOUND.items[1])), "range-reversed", "error",
     "“最低得分”61 大于上限 60"),
    (replace(SOUND, options=(*OPTIONS, *OPTIONS[:1])), "scheme-twice", "error", "“级别：国家”"),
    (replace(SOUND, raters=(Rater("张甲", "领倒"),)), "rater-group-unknown", "error", "没有“领倒”这个评分组"),
    (replace(SOUND, rater_groups=(RaterGroup("领导", Decimal(100), Method.VOTES),)), "rule-needs", "error",
     "“票决”缺少"),
    (replace(SOUND, rater_groups=(RaterGroup("领导", Decimal(100), items=("9",)),)), "item-unknown", "error", "“9”"),
    (replace(SOUND, rater_groups=(RaterGroup("领导", Decimal(-100)),)), "scheme-range", "error", "“权重”是 -100"),
    (replace(SOUND, rater_groups=(RaterGroup("领导", Decimal(97)),)), "sum-differs", W, "权重合计 97，应为 100"),
    (replace(SOUND, person_mixes=(PersonMix("成员", Decimal(80), rating=Decimal(17)),)), "sum-differs", W,
     "“成员”的各部分合计 97，应为 100"),
    (replace(SOUND, full_mark=Decimal(120)), "sum-differs", W, "各项目的满分合计 100，应为 120"),
    (replace(SOUND, sections=(ScoreSection("考核", points=Decimal(80)),)), "sum-differs", W,
     "板块“考核”各项目的满分合计 100，应为 80"),
    (replace(SOUND, items=tuple(replace(own, source=Source.DUTIES) for own in SOUND.items), rater_groups=()),
     "duties-twice", W, "“其余全部”的事项同时给项目“项目1.2”和“项目1.1”计分"),
    (replace(ruled("每次扣分 迟报次数 1"), returns=default_scheme().returns), "returns-twice", W,
     "“报送扣分”里的“迟报”又扣一次"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[1]} {fault[3]}")
def test_each_fault_is_told(fault: tuple[Scheme, str, str, str]) -> None:
    """Every fault of the tables has its code and says what is wrong; sums that differ are never refused."""
    scheme, code, severity, words = fault
    told = [found for found in check_items(scheme, FILE) if found.code == code and words in found.what]

    assert told, [found.what for found in check_items(scheme, FILE)]
    assert told[0].severity.value == severity


def test_a_fault_is_told_at_its_row() -> None:
    """The problem names file, sheet and the row of the fault."""
    data = scheme_workbook(ruled("每次扣分 通报"))
    (told,) = (found for found in read_scheme(data, FILE)[1] if found.code == "rule-needs")

    assert (told.origin.file, told.origin.sheet, told.origin.cell) == (FILE, "评分规则", "A5")


def test_a_kind_or_word_that_is_no_choice_is_told() -> None:
    """A misspelt kind of rule is a fault at its cell; the row is left out, not guessed."""
    book = openpyxl.load_workbook(BytesIO(scheme_workbook(SOUND)))
    book["评分规则"]["B4"] = "每次扣"
    buffer = BytesIO()
    book.save(buffer)
    scheme, problems = read_scheme(buffer.getvalue(), FILE)

    assert scheme.item_rules == ()
    assert [(found.code, found.origin.cell) for found in problems if found.severity.value == "error"] == [
        ("not-a-choice", "B4")
    ]


@pytest.mark.parametrize(
    "weights", [("60", "37", "0.5", "0.5", "0.5", "0.5", "0.5", "0.5"), ("33.3", "33.3", "33.4"), ("99.9", "0.1")]
)
def test_small_weights_are_part_of_the_sum(weights: tuple[str, ...]) -> None:
    """Weights under 1 count like all others: 60 + 37 + six halves are 100, not 97."""
    groups = tuple(RaterGroup(f"组{number}", Decimal(weight)) for number, weight in enumerate(weights))

    assert check_items(replace(SOUND, rater_groups=groups, raters=()), FILE) == []


def test_sums_are_told_for_each_kind_of_unit() -> None:
    """Items for some kinds only are summed up for these kinds; whose sum is as it should be is not told."""
    items = (item("60", "1.1"), replace(item("40", "2"), kinds=("乡镇",)), replace(item("30", "3"), kinds=("机关",)))
    rules = [rule("每次扣分 通报 1", own.id) for own in items]
    scheme = replace(item_scheme(items, rules), full_mark=Decimal(100))
    told = [found.what for found in check_items(scheme, FILE)]

    assert told == ["各项目的满分合计 60，应为 100", "用于“机关”的各项目的满分合计 90，应为 100"]


def test_names_that_are_not_there() -> None:
    """Kinds, roles, raters' units and what they cover, and sections of lists are looked up."""
    units = (Unit("1", "青禾镇", "乡镇", group="乡镇组"),)
    people = (Person("张甲", "青禾镇", roles=("主要负责人",)),)
    scheme = replace(
        SOUND,
        items=(replace(SOUND.items[0], kinds=("乡",), lists=("作风建设",)),),
        raters=(Rater("李乙", "领导", "青禾", ("乡镇组", "机关组")),),
        person_mixes=(PersonMix("主要负责", unit=Decimal(100)),),
    )
    found = check_use(scheme, units, ("一、加强学习",), people)

    assert [(fault.code, fault.severity.value) for fault in found] == [
        ("scheme-section", W),
        ("scheme-kind", W),
        ("scheme-role", W),
        ("rater-unit", W),
        ("rater-covers", W),
    ]
    assert "是不是“主要负责人”" in found[2].what


def test_the_help_lists_all_that_counts_itself() -> None:
    """数据项说明 has a line for each automatic number, and each says how it is counted."""
    rows = load_grids(scheme_workbook(default_scheme()), FILE)[DATA_HELP.title][3:]

    assert {"迟报次数", "缺次", "缺次：活动类别", "自评分", "逾期未整改问题数"} <= {str(row[0]) for row in rows}
    assert all(row[1] for row in rows)
