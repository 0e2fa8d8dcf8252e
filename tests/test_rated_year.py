"""A year that is rated from end to end: sheets sent, filled, collected, and points that were worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from qingdan_xl.assessment.cards import cards
from qingdan_xl.assessment.items import Item, Option, Rater, RaterGroup
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.sealing import Open, open_points, open_problem
from qingdan_xl.reports.scores import computed
from qingdan_xl.sheets.scheme_items import DUTY_REVIEW, Method, MissingRater, Source
from qingdan_xl.workspace.folder import Workspace
from rating_samples import (
    GROUPS,
    HEAD_MIX,
    ITEMS,
    LEADER,
    OPTIONS,
    PANEL,
    RATERS,
    SCHEME,
    STAFF,
    assessed,
    collected,
    given,
    rated_year,
    scored,
    sent,
    use,
    voters,
)
from returns import put

# 青禾镇 组织领导 of 20 and 工作实绩 of 30: 冯一 18 and 27, 卫三 16 and 24, 蒋四 17 and 30, 沈五 19 and 24
SCORES = {
    "冯一": {"青禾镇": (18, 27), "白杨镇": (20, 30), "云溪乡": (10, 15)},
    "陈二": {"白杨镇": (15, 21), "云溪乡": (12, 18)},
    "卫三": {"青禾镇": (16, 24), "云溪乡": (14, 15)},
    "蒋四": {"青禾镇": (17, 30), "白杨镇": (18, 24), "云溪乡": (20, 30)},
    "沈五": {"青禾镇": (19, 24), "白杨镇": (16, 27), "云溪乡": (0, 0)},
}


def returned(year: Workspace, *without: str) -> None:
    """Send the sheets and take in those of everybody but these."""
    issued = sent(year)
    for rater, scores in SCORES.items():
        if rater not in without:
            put(year.inbox, f"{rater}.xlsx", given(year, issued, rater, scores))
    assert {fault.code for fault in collected(year).problems} == set()


def earned(found: Assessment, item: str) -> dict[str, Decimal | None]:
    """The points of each unit for an item; None where a line of it is open."""
    lines = {result.score.subject.name: [line for line in result.score.trail if line.item == item]
             for result in found.results}  # fmt: skip
    return {
        unit: None if any(line.open for line in own) else sum((line.points or Decimal(0) for line in own), Decimal(0))
        for unit, own in lines.items()
    }


def told(found: Assessment) -> list[tuple[str, str]]:
    """What is said of raters: the codes with the messages."""
    return [(fault.code, fault.message) for fault in found.problems if fault.code.startswith("rat")]


def test_a_card_does_not_tell_who_gave_how_much(tmp_path: Path) -> None:
    """What a group of raters gave is there, no rater's name and no sheet of theirs; places in its own file are."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)

    card = next(card for card in cards(assessed(year)) if card.label == "青禾镇")

    losses = [line.why for block in card.blocks for line in block.lines if block.title == "失分与扣分"]
    assert any(note.startswith(f"{PANEL}（平均）2 份有效，合计 36，每份满分 20") for note in losses)
    assert [note for note in losses for rater in SCORES if rater in note] == []
    assert any("（党委领导班子 L" in note for note in losses)


def test_a_letter_of_results_does_not_tell_who_gave_how_much(tmp_path: Path) -> None:
    """Neither the lines of a result nor the rows behind its figures name a rater or a rater's sheet."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)

    told_of = computed(assessed(year), date(2026, 12, 31))

    lines = [line for each in told_of.values() for line in (*each.losses, *each.gains, *each.waiting)]
    rows = [row for each in told_of.values() for row in each.score.rows()]
    said = [f"{line.why} {line.origin.file}" for line in lines] + [f"{row.what} {row.origin.file}" for row in rows]
    assert any(PANEL in words for words in said)
    assert [words for words in said for rater in SCORES if rater in words] == []


def test_three_groups_by_hand(tmp_path: Path) -> None:
    """20/40/40: the mean of each group in proportion to its weight; a zero that was given is a zero."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)

    found = assessed(year)

    # 青禾镇: 20×(0.2×18/20 + 0.4×16/20 + 0.4×18/20) = 3.6 + 6.4 + 7.2
    # 白杨镇: 4 + 0.4×15 + 0.4×17; 云溪乡: 2 + 0.4×13 + 0.4×10
    assert earned(found, "组织领导") == {
        "青禾镇": Decimal("17.2"),
        "白杨镇": Decimal("16.8"),
        "云溪乡": Decimal("11.2"),
    }
    # 5.4 + 9.6 + 10.8; 6 + 8.4 + 10.2; 3 + 6.6 + 6
    assert earned(found, "工作实绩") == {
        "青禾镇": Decimal("25.8"),
        "白杨镇": Decimal("24.6"),
        "云溪乡": Decimal("15.6"),
    }
    assert told(found) == []
    assert all(result.score.points is not None for result in found.results)


def test_a_line_of_a_group_leads_to_a_cell(tmp_path: Path) -> None:
    """The trail names a score sheet, its page and the cell that was filled."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)

    lines = assessed(year).results[0].score.trail

    assert [(line.rule, line.origin.file, line.origin.sheet, line.origin.cell) for line in lines[:2]] == [
        (LEADER, "收件/冯一.xlsx", "乡镇", "K4"),
        (STAFF, "收件/卫三.xlsx", "乡镇", "K4"),
    ]


def test_a_group_that_gave_nothing_is_waited_for(tmp_path: Path) -> None:
    """待评: no score at all, and never a zero; who owes what is said."""
    year = rated_year(tmp_path / "2026年度")
    returned(year, "冯一")

    found = assessed(year)

    assert earned(found, "组织领导") == dict.fromkeys(("青禾镇", "白杨镇", "云溪乡"))
    assert [result.score.points for result in found.results] == [None] * 3
    ((code, message),) = told(found)
    assert code == "rating-missing"
    assert message.startswith("“分管领导”的评委“冯一”还没有交回评分表：应评 6 项，缺 6 项，不当作 0 分")


def test_or_its_weight_goes_to_the_others(tmp_path: Path) -> None:
    """其余折算: 40/40 share the points as 50/50, and the line says so."""
    groups = tuple(replace(group, missing=MissingRater.SHARED) for group in GROUPS)
    year = rated_year(tmp_path / "2026年度", replace(SCHEME, rater_groups=groups))
    returned(year, "冯一")

    found = assessed(year)

    # 青禾镇: 10×16/20 + 10×18/20; 15×24/30 + 15×27/30
    assert earned(found, "组织领导")["青禾镇"] == Decimal(17)
    assert earned(found, "工作实绩")["青禾镇"] == Decimal("25.5")
    assert "分管领导没有评分，其权重由其余评分组折算" in found.results[0].score.trail[0].why
    assert [code for code, _ in told(found)] == ["rating-missing"]


def test_one_of_several_raters_missing_is_said(tmp_path: Path) -> None:
    """The mean is of those who gave a score, not divided by those who did not; whoever is missing is named."""
    year = rated_year(tmp_path / "2026年度")
    returned(year, "沈五")

    found = assessed(year)

    # 考核组 of 青禾镇: 蒋四 alone with 17 of 20
    assert earned(found, "组织领导")["青禾镇"] == Decimal("3.6") + Decimal("6.4") + Decimal("6.8")
    assert [code for code, _ in told(found)] == ["rating-missing"]
    assert "沈五" in told(found)[0][1]
    assert [gap.why for gap in found.gaps if gap.sort == "评委缺评"] == [
        "“考核组”的评委“沈五”还没有交回评分表：应评 6 项，缺 6 项，不当作 0 分"
    ]


def one_group(group: RaterGroup, raters: tuple[Rater, ...], options: tuple[Option, ...] = ()) -> Scheme:
    """A scheme of one item of 20 points, and 80 by the list."""
    items = (ITEMS[0], Item("3", "", "清单履责", Decimal(80), Source.DUTIES))
    return replace(SCHEME, items=items, rater_groups=(group,), raters=raters, options=options)


def filled(year: Workspace, unit: str, answers: tuple[object, ...]) -> None:
    """Send the sheets; rater after rater gives the unit this answer for its one item, and the others the same."""
    issued = sent(year)
    for number, answer in enumerate(answers, 1):
        desk = scored(year, issued, f"评{number}")
        for name in ("青禾镇", "白杨镇", "云溪乡"):
            desk.cell("乡镇", name, "组织领导").value = answer if name == unit else answers[0]
        put(year.inbox, f"评{number}.xlsx", desk.saved())
    collected(year)


def test_a_rater_who_is_missing_is_open_when_it_is_sealed(tmp_path: Path) -> None:
    """沈五 gave nothing: the scores stand by the others', but they are not sealed as if all had spoken."""
    year = rated_year(tmp_path / "2026年度")
    returned(year, "沈五")
    found = assessed(year)

    assert [item.score.points is None for item in found.results] == [False] * 3
    assert open_points(found) == Open(0, (), (), raters=1)
    assert "1 位评委没有评全" in open_problem(open_points(found)).what


def test_of_more_than_five_the_extremes_are_left_out(tmp_path: Path) -> None:
    """去高低平均: seven raters gave 10 12 14 16 18 19 20, five of them count: 79 of 100."""
    group = RaterGroup(PANEL, Decimal(100), Method.TRIMMED)
    year = rated_year(tmp_path / "2026年度", one_group(group, voters(7)))
    filled(year, "青禾镇", (14, 10, 16, 20, 12, 19, 18))

    found = assessed(year)

    assert earned(found, "组织领导")["青禾镇"] == Decimal("15.8")
    assert earned(found, "组织领导")["白杨镇"] == Decimal(14)


def test_of_five_all_count(tmp_path: Path) -> None:
    """去高低平均 with five raters: 10 14 16 12 20, 72 of 100."""
    group = RaterGroup(PANEL, Decimal(100), Method.TRIMMED)
    year = rated_year(tmp_path / "2026年度", one_group(group, voters(5)))
    filled(year, "青禾镇", (14, 10, 16, 20, 12))

    assert earned(assessed(year), "组织领导")["青禾镇"] == Decimal("14.4")


def test_votes_are_worth_their_options(tmp_path: Path) -> None:
    """票决: 好 95, 较好 85, 一般 75 of three valid votes, 85 of 100; a blank and a word of one's own are no votes."""
    group = RaterGroup(PANEL, Decimal(100), Method.VOTES, "四档")
    year = rated_year(tmp_path / "2026年度", one_group(group, voters(5), OPTIONS))
    filled(year, "青禾镇", ("好", "较好", "一般", None, "很好"))

    found = assessed(year)

    assert earned(found, "组织领导")["青禾镇"] == Decimal(17)
    assert [message.partition("：")[2][:12] for _, message in told(found)] == [
        "应评 3 项，缺 1 项",
        "应评 3 项，缺 1 项",
    ]


def test_a_unit_rates_itself_beside_the_panel(tmp_path: Path) -> None:
    """自评 10, 考核组 90: each unit's own sheet counts for itself."""
    groups = (RaterGroup("自评", Decimal(10), itself=True), RaterGroup(PANEL, Decimal(90)))
    scheme = replace(one_group(groups[1], voters(1)), rater_groups=groups)
    year = rated_year(tmp_path / "2026年度", scheme)
    issued = sent(year)
    for rater, units in (("评1", ("青禾镇", "白杨镇", "云溪乡")), ("青禾镇", ("青禾镇",))):
        desk = scored(year, issued, rater)
        for unit in units:
            desk.cell("乡镇", unit, "组织领导").value = 20 if rater == unit else 10
        put(year.inbox, f"评-{rater}.xlsx", desk.saved())
    found = collected(year)

    result = assessed(year)

    assert [(group.group, group.returned, group.missing) for group in found.scores] == [
        ("自评", 1, ("白杨镇", "云溪乡")),
        (PANEL, 1, ()),
    ]
    # 20×(0.1×20/20 + 0.9×10/20)
    assert earned(result, "组织领导") == {"青禾镇": Decimal(11), "白杨镇": None, "云溪乡": None}


def test_a_factor_of_a_duty_multiplies_what_it_earns(tmp_path: Path) -> None:
    """事项核定: 推进中 earns a half, of which two raters leave 0.8 and 0.6: 0.35 of what the duty is worth."""
    groups = (GROUPS[0], GROUPS[1], replace(GROUPS[2], items=("1", "2", DUTY_REVIEW)))
    year = rated_year(tmp_path / "2026年度", replace(SCHEME, rater_groups=groups))
    issued = sent(year)
    for rater, factor in (("蒋四", 0.8), ("沈五", 0.6)):
        desk = scored(year, issued, rater)
        desk.cell(DUTY_REVIEW, "青禾镇", "制定年度责任清单并公示").value = factor
        put(year.inbox, f"{rater}.xlsx", desk.saved())
    collected(year)

    lines = assessed(year).results[0].score.trail
    (line,) = [line for line in lines if line.standing and line.standing.row_id == "d002.01"]

    # 50 points over 8 duties: 6.25 × 0.5 × 0.7
    assert line.points == Decimal("2.1875")
    assert "评委核定系数 0.7（2 人）" in line.why


def test_ratings_of_raters_who_left_are_not_counted(tmp_path: Path) -> None:
    """A rater who is no longer in the scheme is named with what was left out, and the mean is of the others."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)
    use(year, replace(SCHEME, raters=(*RATERS[:4], Rater("韩六", PANEL))))

    found = assessed(year)

    assert [code for code, _ in told(found)] == ["rater-gone", "rating-missing"]
    assert "“考核组”的评委“沈五”已不在考核办法中，他交回的 6 个评分没有计入" in told(found)[0][1]
    assert "“考核组”的评委“韩六”还没有发过评分表" in told(found)[1][1]
    assert earned(found, "组织领导")["青禾镇"] == Decimal("16.8")


def test_ratings_out_of_other_points_are_not_counted(tmp_path: Path) -> None:
    """An item that was worth 20 when it was rated and is worth 25 now: its scores are not taken for scores of 25."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)
    changed = (replace(ITEMS[0], points=Decimal(25)), ITEMS[1], replace(ITEMS[2], points=Decimal(45)))
    use(year, replace(SCHEME, items=changed))

    found = assessed(year)

    assert earned(found, "组织领导")["青禾镇"] is None
    assert earned(found, "工作实绩")["青禾镇"] == Decimal("25.8")
    codes = [code for code, _ in told(found)]
    assert (codes.count("rating-outdated"), codes.count("rating-missing")) == (5, 5)
    assert len(sent(year).renewed) == 5


def test_scores_do_not_become_votes(tmp_path: Path) -> None:
    """A group that scored and votes now is asked again: its scores are no votes."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)
    voting = replace(GROUPS[0], method=Method.VOTES, options="四档")
    use(year, replace(SCHEME, rater_groups=(voting, *GROUPS[1:]), options=OPTIONS))

    found = assessed(year)

    assert [code for code, _ in told(found)] == ["rating-outdated", "rating-missing"]
    assert earned(found, "组织领导")["青禾镇"] is None


def test_whoever_may_not_rate_a_unit_is_not_counted_for_it(tmp_path: Path) -> None:
    """A rater who turns out to be of 青禾镇: what was given to it does not count, the rest does."""
    year = rated_year(tmp_path / "2026年度")
    returned(year)
    use(year, replace(SCHEME, raters=(*RATERS[:4], replace(RATERS[4], unit="青禾镇"))))

    found = assessed(year)

    assert [code for code, _ in told(found)] == ["rating-outdated"]
    assert "有 2 个评分" in told(found)[0][1]
    assert earned(found, "组织领导")["青禾镇"] == Decimal("16.8")
    assert earned(found, "组织领导")["白杨镇"] == Decimal("16.8")


def test_raters_files_are_no_refused_returns_of_units(tmp_path: Path) -> None:
    """A refused score sheet takes no points from anybody, and is none of the files nobody knows."""
    year = rated_year(tmp_path / "2026年度")
    issued = sent(year)
    desk = scored(year, issued, "冯一")
    for cells in desk.book["_qingdan"].iter_rows(max_row=9):
        if cells[0].value == "seal":
            cells[1].value = "0" * 32
    put(year.inbox, "冯一.xlsx", desk.saved())

    found = collected(year)
    result = assessed(year)

    assert [fault.code for fault in found.problems] == ["edited-identity"]
    assert "refusal-unknown" not in [fault.code for fault in result.problems]
    assert not [line for item in result.results for line in item.score.trail if line.rule == "退回一次"]


def test_a_person_is_rated_out_of_a_hundred(tmp_path: Path) -> None:
    """主要负责人: 40 % of the unit's score and 60 % of what the raters of other units gave; without them it is open."""
    group = RaterGroup(PANEL, Decimal(100))
    year = rated_year(tmp_path / "2026年度", replace(one_group(group, voters(2)), person_mixes=(HEAD_MIX,)))
    issued = sent(year)
    for rater, points in (("评1", 90), ("评2", 81)):
        desk = scored(year, issued, rater)
        desk.cell("个人·主要负责人", "青禾镇", "张甲").value = points
        desk.cell("乡镇", "青禾镇", "组织领导").value = 20
        put(year.inbox, f"{rater}.xlsx", desk.saved())
    collected(year)

    found = assessed(year)

    unit = found.results[0].score.points
    people = {person.score.subject.label: person.score.points for person in found.people}
    # 0.6 × (90 + 81) / 2 = 51.3
    assert unit is not None
    assert people["青禾镇/张甲"] == (unit * Decimal("0.4") + Decimal("51.3")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert people["青禾镇/李乙"] is None
