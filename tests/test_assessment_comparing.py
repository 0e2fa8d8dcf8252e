"""assess --compare: the same year under two schemes, who moves and by which items and rules."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from assessment_samples import UNIT, receipts, scheme, standings
from assessment_year import SCHEME, copy_of, run, write_scheme
from item_samples import item_assessment, item_scheme, item_year
from office import Office
from qingdan_xl.assessment.comparing import Move, compare, item_sums, reason
from qingdan_xl.assessment.comparison_workbook import SchemeComparison, comparison_workbook
from qingdan_xl.assessment.items import Item, ItemRule
from qingdan_xl.assessment.relative import compared
from qingdan_xl.assessment.result import assess
from qingdan_xl.assessment.rule_changes import named_alike, rule_changes
from qingdan_xl.assessment.rules import Adjustment, Band, Factor, Quota, ReturnRule, Scheme
from qingdan_xl.assessment.verdicts import Verdict, verdicts
from qingdan_xl.model import Unit
from qingdan_xl.sheets.choices import ONGOING
from qingdan_xl.sheets.declaration import Type
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.sheets.scheme_comparison import ITEM_SUMS, MOVES, SHIFTS
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Source
from qingdan_xl.workspace.folder import Workspace

WILLOW = replace(UNIT, id="U002", name="柳湾镇")
PINE = replace(UNIT, id="U003", name="松岭乡")


def result(made: Scheme) -> tuple[Verdict, ...]:
    """Three units by a scheme: 青禾镇 is late and half done, 柳湾镇 has nothing done, 松岭乡 met 3 of 4 periods."""
    duties = [*standings("已完成 推进中"), *standings("推进中 推进中", WILLOW), *standings("已完成 3/4", PINE)]
    return verdicts(assess([UNIT, WILLOW, PINE], duties, receipts("迟"), made))


def ongoing(factor: str) -> Scheme:
    """The default scheme with this factor of 推进中."""
    factors = (Factor(ONGOING, Decimal(factor)) if one.status == ONGOING else one for one in scheme().factors)
    return replace(scheme(), factors=tuple(factors))


def late(points: str) -> Scheme:
    """The default scheme with so many points off for a late return."""
    return replace(scheme(), returns=(ReturnRule(ReturnCase.LATE, Decimal(points)), *scheme().returns[1:]))


def shown(move: Move) -> str:
    """A move as one line of the tables below."""
    old, new = move.before, move.after
    if old is None or new is None:
        return f"{move.verdict.label} {reason(move)}"
    return (
        f"{new.label} {old.points}→{new.points} 第{old.rank}→{new.rank} {old.grade}→{new.grade}"
        f"{f' | {reason(move)}' if move.moves else ''}"
    )


CASES = {
    "nothing differs": (
        scheme(),
        """
        青禾镇 74.50→74.50 第2→2 合格→合格
        柳湾镇 50.00→50.00 第3→3 不合格→不合格
        松岭乡 87.50→87.50 第1→1 良好→良好
        """,
    ),
    "worst first": (
        ongoing("0.2"),
        """
        柳湾镇 50.00→20.00 第3→3 不合格→不合格 | 清单履责 -30
        青禾镇 74.50→59.50 第2→2 合格→不合格 | 清单履责 -15
        松岭乡 87.50→87.50 第1→1 良好→良好
        """,
    ),
    "a rule on top is named by itself": (
        late("2.5"),
        """
        青禾镇 74.50→72.50 第2→2 合格→合格 | 迟报 -2
        柳湾镇 50.00→50.00 第3→3 不合格→不合格
        松岭乡 87.50→87.50 第1→1 良好→良好
        """,
    ),
    "what pulls the way it goes comes first": (
        replace(ongoing("0.8"), returns=late("2.5").returns),
        """
        青禾镇 74.50→87.50 第2→1 合格→良好 | 清单履责 +15；迟报 -2
        柳湾镇 50.00→80.00 第3→3 不合格→良好 | 清单履责 +30
        松岭乡 87.50→87.50 第1→1 良好→良好
        """,
    ),
    "only the place": (
        scheme("", "+13.5"),
        """
        松岭乡 87.50→87.50 第1→2 良好→良好 | 本人得分不变，名次随同组其他单位变动
        青禾镇 74.50→88.00 第2→1 合格→良好 | 加分 +13.5
        柳湾镇 50.00→50.00 第3→3 不合格→不合格
        """,
    ),
    "only the grade": (
        replace(scheme(), bands=(*scheme().bands[:2], Band("合格", Decimal(50)), scheme().bands[3])),
        """
        柳湾镇 50.00→50.00 第3→3 不合格→合格 | 得分、名次不变，等次的分数线、名额或裁定不同
        青禾镇 74.50→74.50 第2→2 合格→合格
        松岭乡 87.50→87.50 第1→1 良好→良好
        """,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_who_moves_and_why(name: str) -> None:
    """Those that move come first, of them those that lose most; the reason names items, or single rules on top."""
    made, expected = CASES[name]
    before = replace(scheme(), bonus_cap=None)

    moves = compare(result(before), result(replace(made, bonus_cap=None)))

    assert [shown(move) for move in moves] == [line.strip() for line in expected.strip().splitlines()]


def test_a_unit_of_one_result_only_is_told() -> None:
    """A unit that only one result has moves, without a difference of points."""
    moves = compare(result(scheme())[:2], result(scheme())[1:])

    assert [shown(move) for move in moves] == [
        "松岭乡 只有新的结果有它",
        "青禾镇 新的结果里没有它",
        "柳湾镇 50.00→50.00 第3→3 不合格→不合格",
    ]
    assert [move.change for move in moves] == [None, None, Decimal(0)]


def test_an_open_score_has_no_difference() -> None:
    """A unit that one scheme cannot score moves; nothing is taken for zero."""
    duties = [*standings("已完成"), *standings("未交回", WILLOW)]
    waiting = verdicts(assess([UNIT, WILLOW], duties, [], scheme()))
    zero = verdicts(assess([UNIT, WILLOW], duties, [], scheme("missing=计0分")))

    first, second = compare(waiting, zero)

    assert (first.verdict.label, first.change, first.before and first.before.grade) == ("柳湾镇", None, "未评")
    assert (second.verdict.label, second.moves) == ("青禾镇", False)


@pytest.mark.parametrize("seed", range(6))
def test_the_shifts_add_up(seed: int) -> None:
    """For any two schemes the shifts of a unit add up to the difference of its points, and the items to all of it."""
    before, facts = item_year(12, seed)
    other = item_scheme(Random(seed + 100))  # noqa: S311 - the same scheme on every run
    units = [Unit(f"U{n:03d}", f"第{n}镇", "乡镇", group=f"{n % 3}组") for n in range(1, 13)]
    subjects = [graded.score.subject for graded in before.results]
    after = item_assessment(units, compared(subjects, facts, other), replace(other, places=before.scheme.places))

    moves = compare(verdicts(before), verdicts(after))

    for move in moves:
        assert move.before
        assert move.after
        assert sum(item.change for item in move.items) == move.after.known - move.before.known == move.change
        assert [item.change for item in move.items] == sorted(item.change for item in move.items)
    losses = [move.change for move in moves if move.moves and move.change is not None]
    assert losses == sorted(losses)
    totals = sum((one.change for one in item_sums(moves)), Decimal(0))
    assert totals == sum((move.change or Decimal(0) for move in moves), Decimal(0))


def test_a_reason_is_short() -> None:
    """Reasons have two decimals at most, and what was rounded off is none."""
    moves = compare(result(scheme("full_mark=100")), result(scheme("full_mark=70")))
    fine = compare(result(scheme("places=1")), result(replace(late("0.333"), places=1)))

    assert [reason(move) for move in moves] == ["清单履责 -26.25", "清单履责 -22.5", "清单履责 -15"]
    assert [reason(move) for move in fine if move.moves] == ["迟报 +0.17"]


def test_an_item_tells_whom_it_costs_most() -> None:
    """For each item: how many lose and gain by it, together, and who loses most."""
    moves = compare(result(scheme()), result(replace(ongoing("0.2"), returns=late("0").returns)))

    assert [
        (one.item, one.losing, one.gaining, one.change, one.worst and one.worst.verdict.label, one.least)
        for one in item_sums(moves)
    ] == [
        ("清单履责", 2, 0, Decimal(-45), "柳湾镇", Decimal(-30)),
        ("加减分及调整", 0, 1, Decimal("0.5"), None, Decimal(0)),
    ]


def test_in_what_the_schemes_differ() -> None:
    """Every changed, new and missing row of the schemes is named, with the words of both."""
    typed = Adjustment(UNIT.name, Decimal(2), "试点")
    other = replace(late("2.5"), quotas=(Quota("", Decimal(20)), Quota("乡镇组", Decimal(50))), adjustments=(typed,))

    changes = rule_changes(replace(scheme(), places=1), other)

    assert [(one.word, one.part, one.item, one.before, one.after) for one in changes] == [
        ("改动", "基本设置", "小数位数", "1", "2"),
        ("改动", "报送扣分", "迟报", "每次扣 0.5", "每次扣 2.5"),
        ("改动", "配额", "其余各组", "不超过 30%", "不超过 20%"),
        ("新增", "配额", "乡镇组", "", "不超过 50%"),
        ("新增", "加减分", "青禾镇", "", "2；试点"),
    ]
    assert rule_changes(other, other) == ()


def test_an_item_under_another_name_is_the_same_item() -> None:
    """Items are held against each other by their ids: a new name moves nobody, and is told as one change."""
    items = (Item("1", "", "履责", Decimal(60), Source.DUTIES), Item("2", "", "纪律", Decimal(40)))
    old = replace(scheme(), items=items, item_rules=(ItemRule("2", ItemRuleKind.DEDUCT_EACH, "迟报次数", Decimal(1)),))
    new = replace(old, items=(replace(items[0], name="清单任务"), items[1]))

    assert not any(move.items for move in compare(result(named_alike(old, new)), result(new)))
    assert [(one.word, one.part, one.item, one.before, one.after) for one in rule_changes(old, new)] == [
        ("改动", "评分项目", "1 清单任务", "项目：履责", "项目：清单任务")
    ]


def test_a_name_that_another_item_had_tells_them_apart() -> None:
    """A name that moved on from an item that is gone does not make two items one."""
    items = (Item("1", "", "履责", Decimal(60), Source.DUTIES), Item("2", "", "纪律", Decimal(40)))
    old = replace(scheme(), items=items)

    alike = named_alike(old, replace(old, items=(replace(items[0], name="纪律", points=Decimal(100)),)))

    assert [item.name for item in alike.items] == ["履责", "纪律"]


def written(made: Scheme) -> SchemeComparison:
    """The three units by the default scheme and by another one."""
    moves = compare(result(scheme()), result(made))
    return SchemeComparison("考核办法.xlsx", "新办法.xlsx", moves, rule_changes(scheme(), made))


def test_the_workbook_holds_all_of_it(tmp_path: Path) -> None:
    """办法对比.xlsx is valid; the shifts of a unit add up to its difference; names of both schemes stand above."""
    data = comparison_workbook(written(replace(ongoing("0.2"), returns=late("2.5").returns)))
    (tmp_path / "办法对比.xlsx").write_bytes(data)

    book = openpyxl.load_workbook(BytesIO(data))
    moves = list(book["得分变动"].iter_rows(min_row=4, values_only=True))
    shifts = list(book["变动原因"].iter_rows(min_row=4, values_only=True))
    assert OpenXmlValidator().validate(str(tmp_path / "办法对比.xlsx")).errors == []
    assert book.sheetnames == ["得分变动", "变动原因", "项目影响", "办法差异"]
    assert str(book["得分变动"]["A2"].value).startswith("原办法 考核办法.xlsx，现办法 新办法.xlsx；")
    assert moves[1] == ("乡镇组", "青禾镇", 74.5, 57.5, -17, 2, 2, "合格", "不合格", "清单履责 -15；迟报 -2", None)
    assert [row[5] for row in shifts if row[0] == "青禾镇"] == [-15, -2]
    assert shifts[-1][1:10] == (
        "加减分及调整",
        "迟报",
        -0.5,
        -2.5,
        -2,
        1,
        1,
        "批次 2026-01 在报送期限内没有收到可用的填报表，最早一份收于 2026-12-25",
        "批次 2026-01 在报送期限内没有收到可用的填报表，最早一份收于 2026-12-25",
    )


def test_the_same_scheme_writes_no_empty_sheet() -> None:
    """Where nothing differs only the table of all units is there, and no reason in it."""
    book = openpyxl.load_workbook(BytesIO(comparison_workbook(written(scheme()))))

    assert book.sheetnames == ["得分变动"]
    assert [row[4] for row in book["得分变动"].iter_rows(min_row=4, values_only=True)] == [0, 0, 0]


def test_points_with_all_their_decimals_fit_into_their_columns() -> None:
    """A cell too narrow for its number shows ###: hundreds with a sign and six decimals have room."""
    columns = [column for sheet in (MOVES, SHIFTS, ITEM_SUMS) for column in sheet if column.type is Type.POINTS]

    assert len(columns) == 8
    assert all(column.width >= len("+100.123456") + 3 for column in columns)
    assert ITEM_SUMS.column("change").width >= len("+12345.123456") + 3


def test_the_workbook_prints(office: Office, tmp_path: Path) -> None:
    """LibreOffice opens and prints it: one page a sheet."""
    path = tmp_path / "办法对比.xlsx"
    path.write_bytes(comparison_workbook(written(late("2.5"))))

    assert office.pdf(path, tmp_path / "pdf").read_bytes().count(b"/Type/Page/") == 4


def test_compare_leaves_the_official_result_alone(assessed_year: Workspace, tmp_path: Path) -> None:
    """--compare says who moves, writes 办法对比.xlsx only, and gives the same as JSON."""
    year = copy_of(assessed_year, tmp_path / "年")
    other = write_scheme(year, replace(late("2.5"), quotas=()), "新办法.xlsx")

    said, told = (run(year, "--scheme", other.name, "--compare", *json) for json in ((), ("--json",)))

    assert (said.code, told.code, said.codes) == (0, 0, [])
    assert "有变动的 1 个，不变的 2 个" in said.out
    assert "33.88 → 31.88" in said.out
    assert sorted(path.name for path in year.results.iterdir()) == ["办法对比.xlsx"]
    assert (told.json["moved"], told.json["unmoved"], told.json["units"][0]["unit"]) == (1, 2, "云溪乡")
    assert told.json["units"][0]["score"] == {"before": "33.88", "after": "31.88", "change": "-2.00"}
    assert told.json["units"][0]["items"][0]["rules"][0]["after"]["points"] == "-2.500000"
    assert [rule["item"] for rule in told.json["rules"]] == ["迟报"]


def test_another_scheme_has_a_file_of_its_own(assessed_year: Workspace, tmp_path: Path) -> None:
    """--scheme alone writes 考核-按<name>.xlsx and leaves 考核.xlsx as it is; the official one writes that."""
    year = copy_of(assessed_year, tmp_path / "年")
    other = write_scheme(year, replace(late("2.5"), quotas=()), "新办法.xlsx")
    run(year)
    before = (year.results / "考核.xlsx").read_bytes()

    tried = run(year, "--scheme", other.name, "--json")
    official = run(year, "--scheme", year.scheme.name, "--json")

    assert Path(tried.json["workbook"]).name == "考核-按新办法.xlsx"
    assert [score["score"] for score in tried.json["scores"]] == ["40.63", "34.38", "31.88"]
    assert (year.results / "考核.xlsx").read_bytes() == before
    assert Path(official.json["workbook"]).name == "考核.xlsx"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--compare",), "--compare 要和 --scheme 一起用"),
        (("--final", "--explain", "青禾镇"), "一次只能用一个"),
        (("--by", "张甲"), "--by、--keep-open、--reseal 要和 --final 一起用"),
        (("--scheme", "没有.xlsx"), "[missing-file]"),
        (("--scheme", "清单.xlsx", "--compare"), "[setting-missing]"),
    ],
)
def test_wrong_usage_does_nothing(assessed_year: Workspace, arguments: tuple[str, ...], said: str) -> None:
    """Options that do not go together, and schemes that cannot be used, are told in Chinese and end with 2."""
    path = write_scheme(assessed_year, SCHEME, "清单.xlsx")
    book = openpyxl.load_workbook(path)
    book["基本设置"].delete_rows(4, 5)
    book.save(path)

    done = run(assessed_year, *arguments)

    assert (done.code, done.out) == (2, "")
    assert said in done.told
    assert not list(assessed_year.results.iterdir())
