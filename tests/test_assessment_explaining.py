"""assess --explain: one score in plain Chinese, and as values."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessment_samples import UNIT, decided, receipts, scheme, standings
from assessment_year import copy_of, run
from item_samples import item_year
from qingdan_xl.assessment.account import Account, account_of, find_subject
from qingdan_xl.assessment.explaining import told
from qingdan_xl.assessment.facts import Amount, Facts, Rating
from qingdan_xl.assessment.items import Item, ItemRule, PersonMix, Rater, RaterGroup, ScoreSection
from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.rules import Appeal, Quota, Scheme
from qingdan_xl.assessment.trail import STEP
from qingdan_xl.model import Origin, Person
from qingdan_xl.problems import UnusableError
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import Blank, ItemRuleKind, Nature, Source, Start
from qingdan_xl.workspace.folder import Workspace

WILLOW = replace(UNIT, id="U002", name="柳湾镇")
PINE = replace(UNIT, id="U003", name="松岭乡")
K = ItemRuleKind
LATE = (
    "加减分及调整（迟报）：扣 0.5 分，批次 2026-01 在报送期限内没有收到可用的填报表，最早一份收于 2026-12-25"
    "（见 收件/青禾镇迟.xlsx）。"
)


def sentences(account: Account) -> dict[str, list[str]]:
    """What is said, by heading."""
    return {paragraph.heading: list(paragraph.sentences) for paragraph in told(account)}


def by_lists(made: Scheme, words: str = "已完成 3/4 - 推进中", received: str = "迟") -> Assessment:
    """青禾镇 and 柳湾镇 scored by their lists; 柳湾镇 has the same duties, and was in time."""
    return assess([UNIT, WILLOW], [*standings(words), *standings(words, WILLOW)], receipts(received), made)


def item_made() -> Scheme:
    """A scheme of five items: one by lists, one from full, one from zero, one rated, one on top."""
    one = Decimal(1)
    return replace(
        scheme("full_mark=100"),
        sections=(ScoreSection("履职"), ScoreSection("附加", Nature.EXTRA)),
        items=(
            Item("1", "履职", "责任清单", Decimal(40), Source.DUTIES),
            Item("2", "履职", "会议纪律", Decimal(20), deduct_cap=Decimal(5), text="缺席、迟到的扣分，最多扣5分。"),
            Item("3", "履职", "办件", Decimal(20), start=Start.ZERO),
            Item("4", "履职", "满意度", Decimal(20), Source.RATERS),
            Item("5", "附加", "表彰", Decimal(3), start=Start.ZERO),
        ),
        item_rules=(
            ItemRule("2", K.DEDUCT_EACH, "缺席", Decimal(2), text="每缺席一次扣2分"),
            ItemRule("3", K.AWARD_EACH, "办结", one, step=Decimal(5), text="每办结5件得1分"),
            ItemRule("3", K.JUDGED_AWARD, "质量", low=Decimal(0), high=Decimal(4), blank=Blank.OPEN),
            ItemRule("5", K.AWARD_EACH, "表彰", Decimal(2), text="受表彰一次加2分"),
        ),
        rater_groups=(RaterGroup("领导", Decimal(50)), RaterGroup("职工", Decimal(50))),
        raters=(Rater("赵丁", "职工"), Rater("钱戊", "职工")),
        quotas=(),
    )


def amount(number: str | None, cell: int, words: str = "") -> tuple[Amount, ...]:
    """One typed amount, or a cell that waits for one."""
    return (Amount(Decimal(number) if number else None, words, Origin("考核数据.xlsx", "考核数据", cell, "C")),)


def by_items() -> Assessment:
    """青禾镇 with everything judged, 柳湾镇 with a judgement and a rater group missing."""
    whole = (Rating("4", "领导", "孙己", Decimal(16)), Rating("4", "职工", "赵丁", Decimal(20)))
    facts = {
        "U001": Facts(
            {
                "缺席": amount("3", 4, "三次例会"),
                "办结": amount("42", 5),
                "质量": amount("3", 6),
                "表彰": amount("2", 7),
            },
            whole,
        ),
        "U002": Facts({"缺席": amount("1", 8), "质量": amount(None, 9)}, whole[:1]),
    }
    duties = [*standings("已完成 推进中"), *standings("已完成 已完成", WILLOW)]
    return assess([UNIT, WILLOW], duties, receipts("迟"), item_made(), facts)


def test_a_score_by_lists_is_told_from_end_to_end() -> None:
    """Result, full mark, losses with the largest first and their cells, the sum, and how far the next grade is."""
    assert sentences(account_of(by_lists(replace(scheme("", "+1"), quotas=())), "青禾镇")) == {
        "结果": ["青禾镇（乡镇组）得 56.75 分，满分 100 分；本组已评 2 个，列第 1 名，等次“不合格”。"],
        "满分怎么来的": [
            "满分 100 分：清单履责 100 分，得 56.25 分。",
            "按清单计分的有 4 项责任事项，应得分按权重分给各项。",
        ],
        "失分（从多到少）": [
            "1. “3 事项3”应得 25 分，少得 25 分：没有填状态，系数 0（见 收件/青禾镇.xlsx 党委领导班子 J6）。",
            "2. “4 事项4”应得 25 分，少得 12.5 分：状态“推进中”，系数 0.5（见 收件/青禾镇.xlsx 党委领导班子 J7）。",
            (
                "3. “2 事项2”应得 25 分，少得 6.25 分：“按期开会”4 期中 3 期达标（未达标：第4期 1/2）"
                "（见 收件/青禾镇.xlsx 党委领导班子 J5）。"
            ),
            f"4. {LATE}",
        ],
        "加分": ["加 1 分，事由+1。"],
        "合计": ["各项得 56.25 分，加分 +1 分，扣分 -0.5 分，得 56.75 分。"],
        "名次和等次": ["距“合格”的分数线 60 分还差 3.25 分。"],
    }


def test_a_score_by_items_is_told_with_the_words_of_the_rules() -> None:
    """Deductions bring rule words and the typed cell, an item from zero is told as one, limits say what they took."""
    said = sentences(account_of(by_items(), "青禾镇"))

    assert said["满分怎么来的"] == [
        (
            "满分 100 分：责任清单 40 分，得 30 分；会议纪律 20 分，得 15 分；办件 20 分，得 11 分；"
            "满意度（评分组评） 20 分，得 18 分。"
        ),
        "按清单计分的有 2 项责任事项，应得分按权重分给各项。",
        "满分之外：表彰最多 3 分。",
    ]
    assert said["失分（从多到少）"] == [
        "1. “2 事项2”应得 20 分，少得 10 分：状态“推进中”，系数 0.5（见 收件/青禾镇.xlsx 党委领导班子 J5）。",
        (
            "2. 办件：少得 9 分。每次加分得 8 分：“办结”42，每 5 加 1 分，不足一档舍去"
            "（见 考核数据.xlsx 考核数据 C5）；酌情加分得 3 分："
            "裁量加 3 分（0－4 分之间，由人裁量）（见 考核数据.xlsx 考核数据 C6）。"
        ),
        (
            "3. 会议纪律（每次扣分）：扣 6 分，“缺席”3，每次扣 2 分：三次例会（见 考核数据.xlsx 考核数据 C4）。"
            "规则原文：“每缺席一次扣2分”。"
        ),
        "4. 满意度（领导）：少得 2 分，领导（平均）1 份有效，合计 16，每份满分 20。",
        f"5. {LATE}",
    ]
    assert said["加分"] == ["表彰：加 4 分，“表彰”2，每次加 2 分（见 考核数据.xlsx 考核数据 C7）。"]
    assert said["封顶和限额"] == [
        "会议纪律（扣分封顶）：本项累计最多扣 5 分，少扣 1 分。",
        "表彰（本项限额）：本项最多得 3 分，扣完为止，1 分不计。",
    ]
    assert said["合计"] == ["各项得 74 分，加分 +3 分，扣分 -0.5 分，得 76.50 分。"]


def test_open_points_say_whom_they_wait_for() -> None:
    """A score with open lines is none: what is known, what is open, and who has to say it."""
    said = sentences(account_of(by_items(), "柳湾镇"))

    assert said["结果"] == ["柳湾镇（乡镇组）还没有得分：有 2 处待人评定。已评部分合计 66 分。"]
    assert said["待评"] == [
        (
            "办件：等待填写“质量”（0－4 分之间，由人裁量）（见 考核数据.xlsx 考核数据 C9）。"
            "等：考核工作人员（考核数据.xlsx）。"
        ),
        "满意度：没有收到“职工”的评分，等待评分。等：评分组“职工”的评委 赵丁、钱戊。",
    ]
    assert "名次和等次" not in said


def test_a_unit_that_is_not_assessed_is_told_in_one_sentence() -> None:
    """Where nothing came back there is nothing to add up."""
    found = assess([UNIT], standings("未交回"), [], scheme())

    assert sentences(account_of(found, "青禾镇")) == {"结果": ["青禾镇（乡镇组）还没有得分：没有收到可用的填报表。"]}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            decided(scheme("full_mark=40"), 青禾镇=Effect.LOWEST),
            ["本组最高等次“优秀”名额 0 个。", "一票否决，定为最低等次：集体研究。"],
        ),
        (
            replace(decided(scheme("full_mark=200"), 青禾镇=Effect.BARRED), quotas=(Quota("", Decimal(50)),)),
            ["本组最高等次“优秀”名额 1 个。", "一票否决，不得评为最高等次：集体研究。"],
        ),
        (
            replace(scheme("full_mark=200"), quotas=(Quota("", Decimal(50)),), returns=()),
            ["本组最高等次“优秀”名额 1 个。", "最高等次名额 1 个，与同分的并列，待研究确定。"],
        ),
        (replace(scheme("full_mark=200"), quotas=()), []),
    ],
    ids=["lowest", "barred", "tie", "best"],
)
def test_what_moved_the_grade_is_told(made: Scheme, expected: list[str]) -> None:
    """Veto, quota and tie are told; nobody is promised a grade that points alone cannot bring."""
    assert sentences(account_of(by_lists(made), "青禾镇")).get("名次和等次", []) == expected


def test_appeals_are_told_with_what_became_of_them() -> None:
    """A decision that counts says by how much and by whom; one that is not complete says what it lacks."""
    appeals = (
        Appeal("青禾镇", Decimal("1.5"), "材料补齐", "事项3", "考核领导小组", date(2027, 1, 8)),
        Appeal("青禾镇", Decimal(0), "理由不足", "", "考核领导小组", date(2027, 1, 8)),
        Appeal("青禾镇", None, "还在核实", missing=("points", "decided_by")),
        Appeal("柳湾镇", Decimal(1), "别人的", "", "考核领导小组", date(2027, 1, 8)),
    )
    said = sentences(account_of(by_lists(replace(scheme(), appeals=appeals)), "青禾镇"))

    assert said["复核"] == [
        "针对“事项3”：调整 +1.5 分，材料补齐（考核领导小组 2027-01-08）。",
        "对总分：维持原分，理由不足（考核领导小组 2027-01-08）。",
        "对总分：未计入：缺调整、决定人，还在核实。",
    ]
    assert said["合计"] == ["各项得 56.25 分，扣分 -0.5 分，复核 +1.5 分，得 57.25 分。"]


def test_many_losses_are_summed_up() -> None:
    """Eight losses are read out, the others are one sentence; as values all are there."""
    account = account_of(by_lists(replace(scheme(), quotas=()), " ".join(["推进中"] * 10)), "柳湾镇")
    said = sentences(account)["失分（从多到少）"]

    assert (len(said), len(account.losses)) == (9, 10)
    assert said[-1] == "其余 2 处合计失 10 分，见 考核.xlsx 的“得分明细”。"


@pytest.mark.parametrize("seed", range(8))
def test_the_parts_account_for_every_point(seed: int) -> None:
    """Of every item told line by line: its full mark, less what was lost, with what limits gave back, is its score.

    But for the last shown decimal: lines and losses are each shared out to it.
    """
    found, _ = item_year(6, seed)

    for graded in found.results:
        account = account_of(found, graded.score.subject.name)
        whole = {loss.item for loss in account.losses if loss.whole}
        for share in account.shares:
            if share.extra or share.item in whole:
                continue
            lost = sum((loss.points for loss in account.losses if loss.item == share.item), Decimal(0))
            trail = [entry for entry in graded.score.trail if entry.item == share.item]
            given = sum((entry.points or Decimal(0) for entry in trail if entry in account.limits), Decimal(0))
            won = (entry.points for entry in trail if entry not in account.limits and entry.full is None)
            gained = sum((points for points in won if points and points > 0), Decimal(0))
            assert abs(share.full - lost + given + gained - share.earned) <= STEP
        assert [loss.points for loss in account.losses] == sorted((x.points for x in account.losses), reverse=True)


def test_a_person_is_told_by_the_parts_of_the_mix() -> None:
    """A person is named 单位/姓名, with either stroke; each part says what it is worth and why it lost points."""
    person = Person("张甲", "青禾镇", "镇长", ("主要负责人",))
    mix = PersonMix("主要负责人", unit=Decimal(100), group="负责人组")
    made = replace(scheme(), person_mixes=(mix,), quotas=())
    found = assess([UNIT], standings("已完成 推进中"), [], made, people=[person])

    said = sentences(account_of(found, "青禾镇／张甲"))

    assert said["结果"] == ["青禾镇/张甲（负责人组）得 75.00 分，满分 100 分；本组已评 1 个，列第 1 名，等次“合格”。"]
    assert said["满分怎么来的"] == ["满分 100 分：单位得分 100 分，得 75 分。"]
    assert said["失分（从多到少）"] == ["1. 单位得分：少得 25 分。单位得分得 75 分：青禾镇 75.00，占 100%。"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("青合镇", "没有叫“青合镇”的单位或个人，是不是“青禾镇”？"),
        ("张三丰", "没有叫“张三丰”的单位或个人"),
    ],
)
def test_a_wrong_name_is_met_with_the_nearest(name: str, message: str) -> None:
    """Nobody is guessed: the nearest name is offered."""
    with pytest.raises(UnusableError) as fault:
        find_subject(by_lists(scheme()), name)

    assert [found.code for found in fault.value.problems] == ["no-subject"]
    assert fault.value.problems[0].what.startswith(message.rstrip("？"))


def test_the_id_names_a_unit() -> None:
    """A unit is found by its id as well."""
    assert find_subject(by_lists(scheme()), " U002 ").score.subject.name == "柳湾镇"


def test_explain_writes_nothing(assessed_year: Workspace, tmp_path: Path) -> None:
    """--explain prints the score as sentences or as JSON, and writes no file; a wrong name ends with 2."""
    year = copy_of(assessed_year, tmp_path / "年")

    said, values, wrong = (run(year, "--explain", *rest) for rest in (("青禾镇",), ("U003", "--json"), ("青禾",)))

    assert (said.code, values.code, wrong.code, wrong.codes, wrong.out) == (0, 0, 2, ["no-subject"], "")
    assert said.out.splitlines()[:3] == [
        "2026年度责任清单，截至 2026-12-31",
        "结果",
        "  青禾镇（乡镇）得 40.63 分，满分 100 分；本组已评 3 个，列第 1 名，等次“不合格”。",
    ]
    found = values.json
    assert (found["unit"], found["score"], found["rank"], found["next_grade"]["grade"]) == (
        "云溪乡",
        "33.88",
        3,
        "合格",
    )
    assert found["losses"][0]["lines"][0]["file"] == "收件/云溪乡.xlsx"
    assert found["losses"][-1]["item"] == "加减分及调整"
    assert found["text"][0]["heading"] == "结果"
    assert not list(year.results.iterdir())
