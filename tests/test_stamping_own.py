"""Stamped workbooks whose texts differ from unit to unit: the same as those that are written out one by one."""

import os
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from issuing_samples import MEMBERS, OPTIONS, YEAR, sample_batch
from qingdan_xl.documents.blanks import blanks_of
from qingdan_xl.issuing.issue import issue
from qingdan_xl.issuing.plan import Batch, Planner
from qingdan_xl.issuing.stamping import Press
from qingdan_xl.issuing.stamping_cast import cast
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist, Duty, Kind, Per, Person, Role, Roster, Section, Target, TargetKind, Unit
from stamping_samples import contents

RIVER = "河流"
# what makes trouble in XML, in references, in criteria and in rows of one line; words of 分管 among them
RIVERS = (
    *("小清", "仓库", "A&B", "<王>\"'", "*~?", " 两头 ", "两行\n河名", "=1+1", "_x0041_", "0000⺀", "长" * 60),
    *("很长" * 300, ""),
)
WORDS = st.one_of(st.sampled_from(RIVERS), st.text(max_size=30))
OVERSEEN = st.lists(st.sampled_from(("仓库", "小清", "巡查", "没有这个词")), max_size=2).map(tuple)


def demand(text: str, activity: str, category: str = "") -> Target:
    """A demand once a quarter in these words."""
    return Target(text, activity, TargetKind.COUNT, None, "次", Per.QUARTER, category=category)


def listed() -> Checklist:
    """A list whose section, texts and demands leave open what each unit fills in, beside rows that do not."""
    common = Section(
        "一",
        "河湖",
        (
            Duty("a1", "1", "每季度巡查XX河一次，并向*镇报告。", targets=(demand("巡查XX河", "巡查XX河", "检查"),)),
            Duty("a2", "2", "每季度与干部谈话。", targets=(demand("谈话", "谈话", "谈话"),)),
            Duty("a3", "3", "走访XX河边的住户。", targets=(demand("走访XX河", ""), demand("住户", "住户"))),
        ),
    )
    named = Section(None, "XX河专项", (Duty("b1", "1", "带队检查XX河沿线。"), Duty("b2", "2", "建立台账。")))
    roles = (Role("河长", sections=(common,)), Role(MEMBERS.name, sections=(named,)))
    blanks = tuple(replace(blank, source=RIVER) for blank in blanks_of("简表", roles))
    return Checklist("甲.txt", "简表", YEAR, Kind.CHECKLIST, roles, blanks=blanks)


def batch_of(rivers: list[str], people: tuple[Person, ...] = ()) -> Batch:
    """A batch of units with these words in the roster."""
    units = tuple(
        Unit(f"U{number}", f"第{number}村", "村", extras=((RIVER, river),)) for number, river in enumerate(rivers)
    )
    return replace(sample_batch(), checklists=(listed(),), roster=Roster(units, people))


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Four units alike but for their words; the first ones have plain ones."""
    rivers = ["小清", "子牙", draw(WORDS), draw(WORDS)]
    people = []
    for number in range(draw(st.integers(0, 3))):
        roles = draw(st.sampled_from(((), (MEMBERS.name,), ("主要负责人",))))
        people += [Person(f"张{number}", f"第{unit}村", "主任", roles, draw(OVERSEEN)) for unit in range(len(rivers))]
    return batch_of(rivers, tuple(people))


@settings(max_examples=500 if os.environ.get("QINGDAN_SOAK") else 25, deadline=None)
@given(batches())
def test_own_words_are_stamped(batch: Batch) -> None:
    """Part for part and cell for cell a stamped workbook is what unit_workbook makes, whatever the roster says."""
    planner, press = Planner(batch), Press(OPTIONS)
    for unit in batch.roster.units:
        outline = planner.outline(unit)
        assert contents(press.workbook(outline)) == contents(unit_workbook(outline.plan(), OPTIONS)), unit.extras


def test_units_with_words_of_their_own_share_a_master() -> None:
    """Whatever they fill in, units are of one shape, and none is written out for its words but for a giant text."""
    batch = batch_of(["小清", "A&B", "两行\n河名", "很长" * 300])
    planner = Planner(batch)
    made = [cast(planner.outline(unit), OPTIONS) for unit in batch.roster.units]

    assert len({each.shape for each in made[:3]}) == 1
    assert [each.is_ordinary for each in made] == [True, True, True, False]


def test_rows_without_open_places_are_shared() -> None:
    """Only the rows that differ have cells of their own."""
    outline = Planner(batch_of(["小清"])).outline(batch_of(["小清"]).roster.units[0])

    assert outline.own_rows == {"a1.01", "a3.01", "b1.02", "b2.02"}


def test_many_units_issue_alike() -> None:
    """Neither the units before it nor their number changes a workbook with words of its own."""
    batch = batch_of(["小清", "子牙", "很长" * 40, "小清"])
    files = {file.unit.id: file.data for file in issue(batch, OPTIONS)}
    turned = replace(batch, roster=Roster(batch.roster.units[::-1], ()))

    assert {file.unit.id: file.data for file in issue(turned, OPTIONS)} == files
