"""考核卡: what a unit or person is shown of its score, on one printed page each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from subprocess import run

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from assessment_samples import UNIT, decided, receipts, scheme, standings
from item_samples import item_assessment, item_year
from layouts import assert_golden, layout
from office import Office
from qingdan_xl.assessment.card_pages import AT_MOST, card_batches, card_workbook
from qingdan_xl.assessment.cards import Block, Card, CardLine, cards
from qingdan_xl.assessment.facts import Amount, Facts
from qingdan_xl.assessment.items import Item, ItemRule, PersonMix
from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.rules import Appeal, Quota
from qingdan_xl.model import Person
from qingdan_xl.sheets.scheme import Effect
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Source, Start

AS_OF = date(2026, 12, 31)
DECIDED = Appeal("青禾镇", Decimal("0.5"), "材料属实", "事项3", "考核领导小组", date(2027, 1, 15), "复核会议纪要")


def small_year(words: str = "已完成@重点 3/4 推进中 - 无") -> Assessment:
    """One unit with a bonus, a late return, a veto and an appeal."""
    made = replace(decided(scheme("@重点=2", "+2 -1.25"), 青禾镇=Effect.BARRED), appeals=(DECIDED,))
    return assess([UNIT], standings(words), receipts("迟"), made)


def block(card: Card, title: str) -> Block:
    """A table of the card."""
    return next(found for found in card.blocks if found.title == title)


def test_a_card_shows_what_the_score_is_made_of() -> None:
    """Section by section with the points that could be had, then what comes on top; the parts add up to the score."""
    (card,) = cards(small_year())

    parts = block(card, "得分构成").lines

    assert [(line.name, line.full, line.points) for line in parts] == [
        ("一、重点", Decimal("33.333333"), Decimal("33.333334")),
        ("责任事项", Decimal("66.666667"), Decimal("20.833333")),
        ("加分", None, Decimal(2)),
        ("扣分", None, Decimal("-1.75")),
        ("复核", None, Decimal("0.5")),
        ("保底与舍入", None, Decimal("0.003333")),
    ]
    assert block(card, "得分构成").total == CardLine("合计", Decimal(100), Decimal("54.92"))
    assert sum((line.points or 0 for line in parts), Decimal(0)) == card.score


def test_a_card_tells_every_loss_with_its_reason_and_cell() -> None:
    """Losses come heaviest first, each with why and where; bonuses, rulings and appeals have tables of their own."""
    (card,) = cards(small_year())

    losses = block(card, "失分与扣分").lines

    assert [(line.name, line.points) for line in losses] == [
        ("4 事项4", Decimal("-16.666667")),
        ("5 事项5", Decimal("-16.666666")),
        ("3 事项3", Decimal("-8.333333")),
        ("2 事项2", Decimal("-4.166667")),
        ("扣分", Decimal("-1.25")),
        ("迟报", Decimal("-0.5")),
    ]
    assert losses[3].why == "“按期开会”4 期中 3 期达标（未达标：第4期 1/2）（党委领导班子 J5）"
    assert [line.why for line in block(card, "加分").lines] == ["事由+2"]
    assert [(line.name, line.why) for line in block(card, "否决与裁定").lines] == [("不得评为最高等次", "集体研究")]
    assert [(line.name, line.why) for line in block(card, "复核申诉").lines] == [
        ("事项3", "材料属实，考核领导小组 2027-01-15 决定，复核会议纪要，已计入")
    ]


def test_a_card_of_items_shows_them_by_name() -> None:
    """With a scheme of items the parts are the items, out of their points, and they add up to the score as well."""
    for card in cards(item_year(5, 4)[0]):
        parts = block(card, "得分构成").lines
        assert {"责任清单", "会议纪律", "安全", "办件", "满意度", "作风"} <= {line.name for line in parts}
        assert sum((line.points or 0 for line in parts), Decimal(0)) == card.score


def test_what_cost_points_comes_before_what_the_score_is_made_of() -> None:
    """All losses stand on the card, and before the parts: those are lists where there are many sections."""
    sections = [replace(own, section=f"第{n}节") for n, own in enumerate(standings("已完成 " * 40 + "推进中 " * 8))]
    (card,) = cards(assess([UNIT], sections, receipts("按时"), scheme()))

    assert [found.title for found in card.blocks if found.lines] == ["失分与扣分", "得分构成"]
    assert len(block(card, "失分与扣分").lines) == 8
    assert [line.name for line in block(card, "得分构成").lines] == ["党委领导班子", "保底与舍入"]
    texts = written(card)
    assert [text for text in texts if text.startswith("状态“推进中”")] == [
        f"状态“推进中”，系数 0.5（党委领导班子 J{row}）" for row in range(44, 52)
    ]
    assert "失分与扣分（8 条，合计 -8.3333 分）" in texts


def test_a_note_on_the_grade_stands_at_the_top() -> None:
    """Why a score of the top band is not the top grade is said on the card, and whose file it comes from."""
    units = [UNIT, replace(UNIT, id="U002", name="柳湾镇")]
    duties = [*standings("已完成 已完成"), *standings("已完成 推进中 已完成 已完成 已完成 已完成", units[1])]
    found = list(cards(assess(units, duties, [], replace(scheme(), quotas=(Quota("", Decimal(50)),)))))

    assert found[0].notes == (("填报文件", "青禾镇.xlsx"),)
    assert dict(found[1].facts)["等次"] == "良好"
    assert found[1].notes == (("说明", "达到优秀分数，超出本组名额"), ("填报文件", "柳湾镇.xlsx"))


def test_limits_stand_between_losses_and_parts() -> None:
    """What a limit gives back is on the card, so that losses, gains, limits and appeals come to the score."""
    items = (Item("1", "", "纪律", Decimal(100), deduct_cap=Decimal(3)),)
    made = replace(scheme(), items=items, returns=())
    made = replace(made, item_rules=(ItemRule("1", ItemRuleKind.DEDUCT_EACH, "缺席", Decimal(2)),))
    (card,) = cards(item_assessment([UNIT], {UNIT.id: Facts({"缺席": (Amount(Decimal(4)),)})}, made))

    assert [line.points for line in block(card, "失分与扣分").lines] == [Decimal(-8)]
    assert [(line.name, line.points) for line in block(card, "封顶和限额").lines] == [("纪律：扣分封顶", Decimal(5))]
    assert card.score == 97


def test_a_person_sees_what_each_part_cost() -> None:
    """On a person's card every part of the mix is out of what it weighs, and what it fell short is a loss."""
    person = Person("张甲", "青禾镇", "镇长", ("主要负责人",))
    made = replace(scheme(), person_mixes=(PersonMix("主要负责人", unit=Decimal(100)),), quotas=())
    card = list(cards(assess([UNIT], standings("已完成 推进中"), [], made, people=[person])))[1]

    assert card.person
    assert [(line.name, line.full, line.points) for line in block(card, "得分构成").lines] == [
        ("单位得分", Decimal(100), Decimal(75))
    ]
    assert [(line.name, line.points) for line in block(card, "失分与扣分").lines] == [("单位得分", Decimal(-25))]


def test_a_person_sees_which_duties_cost_points() -> None:
    """The own list is no number to be believed: each duty that lost points stands on the card with its reason."""
    person = Person("张甲", "青禾镇", "镇长", ("主要负责人",))
    made = replace(scheme(), person_mixes=(PersonMix("主要负责人", Decimal(60), Decimal(40)),), quotas=())
    duties = [replace(duty, holder="张甲") for duty in standings("已完成 推进中 3/4")]
    card = list(cards(assess([UNIT], duties, [], made, people=[person])))[1]
    lines = block(card, "失分与扣分").lines

    # 60 for three duties: half of one and a quarter of another are lost; the unit has 75 of 100
    assert [(line.name, line.full, line.points) for line in lines] == [
        ("单位得分", Decimal(40), Decimal(-10)),
        ("2 事项2", Decimal(20), Decimal(-10)),
        ("3 事项3", Decimal(20), Decimal(-5)),
    ]
    assert "4 期中 3 期达标" in lines[2].why
    assert [(line.name, line.points, line.why) for line in block(card, "得分构成").lines] == [
        ("单位得分", Decimal(30), ""),
        ("本人清单得分", Decimal(45), ""),
    ]
    assert dict(card.notes)["填报文件"] == "青禾镇.xlsx"


def written(card: Card) -> list[str]:
    """The texts of the card's page."""
    book = openpyxl.load_workbook(BytesIO(card_workbook([card], "2026年度", AS_OF, "考核.xlsx")))
    return [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row if isinstance(cell, str)]


def test_what_is_open_is_no_zero() -> None:
    """A part of which nothing is judged yet has no points on the card, and stands under 待评 with what it waits for."""
    made = replace(
        scheme(),
        items=(Item("1", "", "作风", Decimal(40), start=Start.ZERO), Item("2", "", "清单", Decimal(60), Source.DUTIES)),
        item_rules=(ItemRule("1", ItemRuleKind.JUDGED_AWARD, "考察", low=Decimal(0), high=Decimal(40)),),
    )
    found = item_assessment([UNIT], {UNIT.id: Facts({"考察": (Amount(None),)})}, made)
    (card,) = cards(found)

    part = next(line for line in block(card, "得分构成").lines if line.name == "作风")

    assert (part.full, part.points, part.why) == (Decimal(40), None, "有 1 处待评")
    assert [(line.name, line.points) for line in block(card, "待评").lines] == [("作风：考察", None)]
    assert dict(card.facts)["得分"] == "暂无"


def test_an_unscored_unit_has_a_card_without_a_number() -> None:
    """A unit that returned nothing has a card that says so; no number stands for what is not known."""
    (card,) = cards(assess([UNIT], standings("未交回"), [], scheme()))

    assert card.score is None
    assert dict(card.facts)["得分"] == "暂无"
    assert dict(card.facts)["等次"] == "未评"
    assert [found.lines for found in card.blocks] == [()] * len(card.blocks)


def test_every_card_prints_on_one_page(office: Office, tmp_path: Path) -> None:
    """A card of sixty losses is cut to one page and says how many more there are; one card is one sheet of paper."""
    duties = [
        replace(row, duty=replace(row.duty, text="按要求召开会议、留存记录并及时报送，" * 3))
        for row in standings("1/3 " * 60)
    ]
    long = assess([UNIT], duties, receipts("退7 迟"), replace(scheme("", "+2 -1.25 -0.3"), appeals=(DECIDED,)))
    shown = [*cards(long), *cards(item_year(2, 4)[0]), *cards(small_year())]
    path = tmp_path / "考核卡.xlsx"
    path.write_bytes(card_workbook(shown, "2026年度责任清单", AS_OF, "考核.xlsx"))

    printed = run(["pdfinfo", office.pdf(path, tmp_path)], capture_output=True, text=True, check=True).stdout

    assert f"Pages:           {1 + len(shown)}\n" in printed
    page = openpyxl.load_workbook(path)["青禾镇"].iter_rows(values_only=True)
    rows = ["|".join(str(cell) for cell in row if cell is not None) for row in page]
    assert "复核申诉" in rows
    assert "得分构成" in rows
    first = rows.index("失分与扣分（70 条，合计 -69.4167 分）") + 2
    left = next(number for number, row in enumerate(rows) if row.startswith("另有"))
    assert left - first == 8
    assert rows[left].startswith("另有 62 条|")


def test_what_does_not_fit_is_a_click_away() -> None:
    """The note on what is left out names the rows of 得分明细 and leads there."""
    cards_of = cards(assess([UNIT], standings("1/3 " * 60), [], scheme()))
    data = card_workbook([next(cards_of)], "2026年度", AS_OF, "考核 (2).xlsx")

    page = openpyxl.load_workbook(BytesIO(data))["青禾镇"]
    (found,) = [
        (cell.value, link.target, link.location) for row in page.iter_rows() for cell in row if (link := cell.hyperlink)
    ]

    assert found == ("见 考核 (2).xlsx 的“得分明细”第 4－65 行", "考核%20(2).xlsx", "得分明细!A4")


def test_tabs_have_names_that_excel_takes() -> None:
    """Names that are too long, forbidden or alike each get a tab of their own, and the list in front leads there."""
    names = ("青禾镇", "A/b*镇", "a?B:镇", "目录", "长" * 40, "长" * 41, "'", "青禾镇")
    shown = [replace(next(cards(small_year())), label=name) for name in names]

    book = openpyxl.load_workbook(BytesIO(card_workbook(shown, "2026年度", AS_OF, "考核.xlsx")))

    assert len(book.sheetnames) == len(names) + 1
    assert len({name.casefold() for name in book.sheetnames}) == len(names) + 1
    links = (row[1].hyperlink for row in book["目录"].iter_rows(min_row=4))
    targets = [link.location for link in links if link]
    assert targets == [f"'{name}'!A1" for name in book.sheetnames[1:]]


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (3, [3]), (AT_MOST + 1, [AT_MOST, 1])])
def test_many_cards_go_into_several_workbooks(count: int, sizes: list[int]) -> None:
    """A workbook takes so many cards; the rest go into the next, none is lost."""
    everyone = [next(cards(small_year()))] * count

    assert [len(batch) for batch in card_batches(everyone)] == sizes


def test_card_workbook_is_sound(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The workbook passes the validator, and its sheets look as they did."""
    data = card_workbook(list(cards(item_year(2, 4)[0])), "2026年度责任清单", AS_OF, "考核.xlsx")
    path = tmp_path / "考核卡.xlsx"
    path.write_bytes(data)

    assert OpenXmlValidator().validate(path).errors == []
    assert_golden(request.node.name, layout(data))
