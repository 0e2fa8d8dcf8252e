"""A rubric, parsed: the draft of 考核办法.xlsx that is written beside its 母表 for review."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from qingdan_xl.assessment.draft import draft_scheme, draft_workbook
from qingdan_xl.assessment.items import ItemRule
from qingdan_xl.assessment.scheme import default_scheme, read_scheme
from qingdan_xl.cli.app import qingdan
from qingdan_xl.documents import parse
from qingdan_xl.model import Checklist, Kind
from qingdan_xl.sheets.scheme import DRAFT_DOUBTS, Effect
from qingdan_xl.sheets.scheme_items import ItemRuleKind, Nature, Start
from qingdan_xl.verbs.init import init_year
from qingdan_xl.verbs.parse import write_scheme

FILE = "考核办法.xlsx"
RUBRIC = """2026年青禾镇河长制工作考核办法（120分）
一、巡河（80分）
1.按月巡河（50分）。每少一次扣2分，最多扣10分，扣完为止；发现问题不交办的，酌情扣1—3分。
2.台账齐全（30分）。按完成比例得分。
二、治理（40分）
1.完成清淤（40分）。未完成的不得分。
三、加分项（8分）
1.获县级表彰加2分。
"""


def rubric(text: str = RUBRIC) -> Checklist:
    """The rubric as the parser reads it."""
    (found,) = parse("考核.txt", text.encode())
    assert found.kind is Kind.RUBRIC
    return found


def doubts(path: Path) -> list[str]:
    """What 草稿疑点 of a workbook says, with the item's id."""
    page = load_workbook(path)[DRAFT_DOUBTS.title]
    return [f"{row[0]} {row[2]}" for row in page.iter_rows(min_row=4, values_only=True) if row[2]]


def test_settings_are_what_the_rubric_says() -> None:
    """The full mark of the title and the points of the bonus section; what the rubric does not say is as by default."""
    made = draft_scheme([rubric()]).scheme

    assert (made.full_mark, made.bonus_cap) == (Decimal(120), Decimal(8))
    assert made.bands == default_scheme().bands


def test_a_full_mark_is_the_sum_of_sections_or_the_default() -> None:
    """Without a total in the title the sections add up to it; where they say nothing either it is not made up."""
    untitled = RUBRIC.replace("（120分）", "")
    mute = untitled.replace("（80分）", "").replace("（40分）", "").replace("（50分）", "").replace("（30分）", "")

    assert draft_scheme([rubric(untitled)]).scheme.full_mark == 120
    assert draft_scheme([rubric(mute)]).scheme.full_mark == default_scheme().full_mark


# item | kind | data | numbers that are not as by default
DRAFTED = """
1.1 | 每次扣分 | 1.1 每少一次 | worth=2 cap=10
1.1 | 酌情扣分 | 1.1 发现问题不交办 | low=1 high=3 blank=待填
1.2 | 按比例得分 | 1.2 按完成比例得分 | base=100 blank=待填
2.1 | 不得分 | 2.1 未完成 |
3.1 | 每次加分 | 3.1 获县级表彰 | worth=2
""".strip().splitlines()


def test_every_rule_stands_in_the_draft() -> None:
    """Each rule has its kind, numbers and words; a judgement and what only people know wait to be typed."""
    made = draft_scheme([rubric()]).scheme
    found = [
        " | ".join((rule.item, rule.kind.value, rule.data, " ".join(f"{k}={v}" for k, v in numbers(rule)))).strip()
        for rule in made.item_rules
    ]

    assert found == [line.strip() for line in DRAFTED]
    assert [rule.text for rule in made.item_rules] == [rule.text for duty in rubric().duties for rule in duty.rules]


def numbers(rule: ItemRule) -> list[tuple[str, object]]:
    """The fields of a rule that are not as by default."""
    blank = ItemRule("", rule.kind, "")
    keys = ("worth", "step", "cap", "low", "high", "base", "effect", "blank")
    return [(key, getattr(rule, key)) for key in keys if getattr(rule, key) != getattr(blank, key)]


def test_sections_and_items_are_those_of_the_rubric() -> None:
    """Points, nature and start are said or follow from the rules; the whole text is kept."""
    made = draft_scheme([rubric()]).scheme

    assert [(own.name, own.nature, own.points) for own in made.sections] == [
        ("巡河", Nature.BASIC, Decimal(80)),
        ("治理", Nature.BASIC, Decimal(40)),
        ("加分项", Nature.EXTRA, Decimal(8)),
    ]
    assert [(own.name, own.points, own.start) for own in made.items] == [
        ("按月巡河", Decimal(50), Start.FULL),
        ("台账齐全", Decimal(30), Start.ZERO),
        ("完成清淤", Decimal(40), Start.FULL),
        ("获县级表彰加2分", Decimal(8), Start.ZERO),
    ]
    assert [own.text for own in made.items] == [duty.text for duty in rubric().duties]


def test_the_draft_is_a_scheme(tmp_path: Path) -> None:
    """What was drafted is read as 考核办法.xlsx without a problem, and passes the validator."""
    path = tmp_path / FILE
    path.write_bytes(draft_workbook([rubric()]))
    scheme, problems = read_scheme(path.read_bytes(), FILE)

    assert problems == []
    assert scheme == draft_scheme([rubric()]).scheme
    assert OpenXmlValidator().validate(path).is_valid


def test_what_cannot_be_said_is_a_doubt(tmp_path: Path) -> None:
    """Points nobody said stay blank, an item without a readable rule is left to a person: both are told."""
    text = RUBRIC.replace("1.完成清淤（40分）。未完成的不得分。", "1.领导重视（40分）。\n2.满意度每下降5%扣0.5分。")
    path = tmp_path / FILE
    path.write_bytes(draft_workbook([rubric(text)]))
    draft = draft_scheme([rubric(text)])
    judged = next(rule for rule in draft.scheme.item_rules if rule.item == "2.1")

    assert draft.unpriced == {"2.2"}
    assert "needs-value" in {found.code for found in read_scheme(path.read_bytes(), FILE)[1]}
    assert (judged.kind, judged.low, judged.high) == (ItemRuleKind.JUDGED_AWARD, Decimal(0), Decimal(40))
    assert doubts(path) == [
        "2.1 没有读出得扣分规则，先按“酌情加分”由人评定，能写成规则的请改写",
        "2.2 原文没有写明这一项满分多少，请在“评分项目”中填写",
        "2.2 “满意度每下降5%扣0.5分”每多少计一次请核对",
        "None 等次的最低分还是按 100 分设的，请在“等次”中改好",
    ]


@pytest.mark.parametrize(
    ("words", "kind", "effect"),
    [
        ("发生责任事故的，一票否决", ItemRuleKind.VETO, Effect.LOWEST),
        ("被通报的，取消评优资格", ItemRuleKind.VETO, Effect.BARRED),
        ("弄虚作假的，本项不得分", ItemRuleKind.ZERO_OUT, None),
    ],
)
def test_vetoes_are_told_apart(words: str, kind: ItemRuleKind, effect: Effect | None) -> None:
    """一票否决, being barred from the best grade and losing an item are three things."""
    made = draft_scheme([rubric(RUBRIC.replace("未完成的不得分", words))]).scheme
    (rule,) = (rule for rule in made.item_rules if rule.item == "2.1")

    assert (rule.kind, rule.effect) == (kind, effect)


def test_of_several_rubrics_the_items_stand_together() -> None:
    """Two rubrics are one scheme; whose full mark counts nobody can tell, so it stays as by default."""
    draft = draft_scheme([rubric(), rubric(RUBRIC.replace("河长制", "林长制"))])

    assert len(draft.scheme.items) == 8
    assert len({item.id for item in draft.scheme.items}) == 8
    assert len({section.name for section in draft.scheme.sections}) == 6
    assert draft.scheme.full_mark == Decimal(100)
    assert "几份" in draft.doubts[0].why


def test_a_list_makes_no_scheme(tmp_path: Path) -> None:
    """Where no rubric is among the documents nothing is written."""
    (plain,) = parse("清单.txt", "2026年河长责任清单\n一、河长职责\n1.每月巡河1次。\n".encode())

    assert write_scheme([plain], tmp_path / FILE) is None
    assert list(tmp_path.iterdir()) == []


def run(folder: Path, *arguments: str) -> Result:
    """`qingdan parse` of the rubric in a folder."""
    document = folder.parent / "考核.txt"
    document.write_text(RUBRIC, "utf-8")
    return CliRunner().invoke(qingdan, ["parse", str(document), "-C", str(folder), *arguments])


@pytest.mark.parametrize("touched", [False, True])
def test_in_a_year_folder_nothing_of_a_person_is_lost(tmp_path: Path, touched: bool) -> None:
    """考核办法.xlsx as `init` made it gives way to the draft; one that somebody worked on stays, which is said."""
    year = init_year(tmp_path / "2026年度", 2026)
    if touched:
        book = load_workbook(year.scheme)
        book["等次"]["B4"] = 92
        book.save(year.scheme)
    before = year.scheme.read_bytes()
    done = run(year.root)

    assert done.exit_code == 0
    assert (year.scheme.read_bytes() == before) is touched
    assert ("[kept-scheme]" in done.stderr) is touched
    assert ("考核办法草稿：" in done.stdout) is not touched
    assert [path.name for path in year.checklists.glob("*考核办法*")] == [
        "2026年青禾镇河长制工作考核办法（120分）.xlsx"
    ]
    assert "[kept-scheme]" in run(year.root).stderr


@pytest.mark.parametrize("inside", [False, True])
def test_the_draft_goes_with_the_master(tmp_path: Path, inside: bool) -> None:
    """With -o it stands beside the 母表, but for 清单/ of a year folder, where only 母表 are read."""
    year = init_year(tmp_path / "2026年度", 2026)
    output = year.checklists if inside else tmp_path / "别处"
    run(year.root, "-o", str(output))

    assert (output / FILE).exists() is not inside
    assert (DRAFT_DOUBTS.title in load_workbook(year.scheme).sheetnames) is inside


def test_json_writes_no_file(tmp_path: Path) -> None:
    """With --json and without -o nothing is written, the draft neither."""
    year = init_year(tmp_path / "2026年度", 2026)
    before = year.scheme.read_bytes()
    run(year.root, "--json")

    assert year.scheme.read_bytes() == before
    assert list(year.checklists.iterdir()) == []
