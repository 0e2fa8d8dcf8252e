"""Stamped workbooks: the same as those that are written out one by one, whatever the units are called."""

import os
import random
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from issuing_samples import BRANCH, MEMBERS, OPTIONS, YEAR, sample_batch
from office import Office
from qingdan_xl.issuing.carrying import Carried
from qingdan_xl.issuing.hidden import identity_of
from qingdan_xl.issuing.issue import issue
from qingdan_xl.issuing.plan import Batch, Outline, Planner, UnitPlan, fingerprint, plan_unit
from qingdan_xl.issuing.proposal import propose
from qingdan_xl.issuing.stamping import Press
from qingdan_xl.issuing.workbook import unit_workbook
from qingdan_xl.model import Checklist, Duty, Kind, Person, Role, Roster, Section, Unit
from qingdan_xl.sheets.identity import read_identity
from qingdan_xl.sheets.reading import Grid, load_grids, read_grid
from qingdan_xl.sheets.unit import DUTIES, HIDDEN_TITLE
from stamping_samples import contents

NAMES = ("张甲", "李乙丙", "赵戊己", "欧阳庚辛", "阿依古丽·买买提", "A&B", "<王>\"'", "=1+1", "*~?", " 周壬 ")
# what makes trouble in XML, in Excel's own escapes, in references, in footers and in rows of one line
TROUBLE = (
    *(
        "",
        "_x0041_",
        "\x01\x1f",
        "\u200b零宽",
        "尾随\u3000",
        "两行\n名字",
        "[甲]:/\\",
        "&&&" * 30,
        "长" * 17,
        "长" * 60,
    ),
    *("", "𠮷野家𠮷野家", "𠮷" * 16),
)
OVERSEEN = st.lists(st.sampled_from(("安全", "汇报", "主题党日", "党员", "仓库", "没有这个词")), max_size=2).map(tuple)
TEXTS = st.one_of(
    st.sampled_from((*NAMES, *TROUBLE)),
    st.text(st.sampled_from("张李王甲乙丙A1 \t&<>'\"_xX~*?·-()\x0b\x7f𠮷\ue000\ufffe\r"), max_size=16),
    st.text(max_size=12),
)
PLAIN = ("甲村", "丙&丁村")


def short(role: Role) -> Role:
    """The role with its first two duties."""
    return replace(role, sections=(Section("一", "要点", role.duties[:2]),))


def batch_of(units: tuple[Unit, ...], people: tuple[Person, ...]) -> Batch:
    """A batch of these units, each with two short duty sheets or more."""
    return replace(sample_batch(), checklists=with_lists(short(BRANCH), short(MEMBERS)), roster=Roster(units, people))


def with_lists(*roles: Role) -> tuple[Checklist, ...]:
    """One checklist of these roles."""
    return (Checklist("甲.txt", "简表", YEAR, Kind.CHECKLIST, roles),)


@st.composite
def alike(draw: st.DrawFn) -> Batch:
    """Three units alike in all but their strings: the first has plain ones, the second not, the third any."""
    odd = Unit("U3", draw(TEXTS.filter(bool)), "村", parent=draw(TEXTS), contact=draw(TEXTS))
    plain = [Unit(f"U{name}", name, "村", parent=odd.parent and "乙乡", contact=odd.contact and "丙") for name in PLAIN]
    people = []
    names = draw(st.lists(TEXTS.filter(bool), max_size=4))
    for name in names:
        roles = draw(st.sampled_from(((), (MEMBERS.name,), ("主要负责人",))))
        people += [Person(f"张{names.index(name)}", unit, "主任", roles, draw(OVERSEEN)) for unit in PLAIN]
        people.append(Person(name, odd.name, draw(TEXTS.filter(bool)), roles, draw(OVERSEEN)))
    return batch_of((*plain, odd), tuple(people))


def is_same(outline: Outline, press: Press) -> bool:
    """Whether a unit's stamped workbook is the one that is written out for it."""
    return contents(press.workbook(outline)) == contents(unit_workbook(outline.plan(), OPTIONS))


@settings(max_examples=1000 if os.environ.get("QINGDAN_SOAK") else 25, deadline=None)
@given(alike())
def test_stamped_equals_written(batch: Batch) -> None:
    """Part for part and cell for cell a stamped workbook is what unit_workbook makes, whoever was stamped before."""
    planner, press = Planner(batch), Press(OPTIONS)
    *plain, odd = [planner.outline(unit) for unit in batch.roster.units]
    for outline in plain:
        press.workbook(outline)

    assert is_same(odd, press)


@pytest.mark.parametrize("text", [*NAMES, *TROUBLE])
def test_any_name_is_stamped(text: str) -> None:
    """One by one, the names that make trouble, as a unit's and as that of who holds a sheet."""
    unit, twin = Unit("U1", text or "甲村", "村"), Unit("U2", "丙&丁村", "村")
    people = [Person(name, of.name, roles=(MEMBERS.name,)) for name, of in ((text or "乙", unit), ("*", twin))]
    batch = batch_of((twin, unit), tuple(people))
    planner, press = Planner(batch), Press(OPTIONS)
    press.workbook(planner.outline(twin))

    assert is_same(planner.outline(unit), press)


def test_outlines_are_short_for_plans() -> None:
    """What a planner lays out for many units is the plan of each, and so is its fingerprint."""
    batch = sample_batch()
    planner = Planner(batch)
    outlines = [planner.outline(unit) for unit in batch.roster.units]

    assert [outline.plan() for outline in outlines] == [plan_unit(batch, unit) for unit in batch.roster.units]
    assert [outline.fingerprint for outline in outlines] == [fingerprint(outline.plan()) for outline in outlines]


def test_marks_of_a_new_version_are_stamped() -> None:
    """Units that are sent a revised list get the same marks of what changed, and share a master for it."""
    batch = batch_of((Unit("U1", "甲村", "村"), Unit("U2", "乙村", "村")), ())
    planner, press = Planner(batch), Press(OPTIONS)
    for unit in batch.roster.units:
        outline = planner.outline(unit)
        before = Carried({outline.plan().sheets[0].rows[1].id: "修订"})
        stamped = contents(press.workbook(outline, before))
        assert stamped == contents(unit_workbook(outline.plan(), OPTIONS, before))
        assert stamped != contents(unit_workbook(outline.plan(), OPTIONS))


def test_answers_carried_over_are_written_out() -> None:
    """A unit that gets its own answers back gets them, though its neighbour was stamped."""
    batch = batch_of((Unit("U1", "甲村", "村"), Unit("U2", "乙村", "村")), ())
    planner, press = Planner(batch), Press(OPTIONS)
    press.workbook(planner.outline(batch.roster.units[0]))
    outline = planner.outline(batch.roster.units[1])
    before = Carried(duties={outline.plan().sheets[0].rows[0].id: {"report": "已经开展"}})

    assert contents(press.workbook(outline, before)) == contents(unit_workbook(outline.plan(), OPTIONS, before))


def test_texts_that_look_like_tokens_are_left_alone() -> None:
    """A duty may hold any character, those that stand for a unit's strings in a master included."""
    section = Section(None, "\U000f0001", (Duty("a1", "1", "\U000f0000\U000f0002字样"),))
    batch = replace(
        batch_of((Unit("U1", "甲村", "村"),), ()), checklists=with_lists(Role("党支部", sections=(section,)))
    )

    assert is_same(Planner(batch).outline(batch.roster.units[0]), Press(OPTIONS))


def test_the_same_unit_gives_the_same_bytes() -> None:
    """Neither the units before it nor the number of them changes a workbook."""
    batch = sample_batch()
    files = {file.unit.id: file.data for file in issue(batch, OPTIONS)}
    turned = replace(batch, roster=Roster(batch.roster.units[::-1], batch.roster.people))

    assert {file.unit.id: file.data for file in issue(turned, OPTIONS)} == files


SAMPLE = int(os.environ.get("QINGDAN_SAMPLE", "8"))


def units_by_chance(count: int) -> Batch:
    """Units of two kinds with up to eight people of all sorts of names."""
    dice = random.Random(count)  # noqa: S311 - names by chance keep no secret
    units, people = [], []
    for number in range(count):
        units.append(Unit(f"U{number}", f"{dice.choice(NAMES)}{number}号村", dice.choice(("乡镇", "村"))))
        for name in dice.sample(NAMES, dice.randint(0, 8)):
            roles = dice.choice(((), (), (MEMBERS.name,)))
            people.append(Person(name, units[-1].name, "干部", roles, tuple(dice.sample(("安全", "汇报", "党员"), 2))))
    return replace(sample_batch(), roster=Roster(tuple(units), tuple(people)))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, UnitPlan]:
    """Workbooks as they are issued, with their plans; `make validate` has many, and keeps them for a second opinion."""
    folder = Path(os.environ.get("QINGDAN_KEEP") or tmp_path_factory.mktemp("stamped"))
    folder.mkdir(parents=True, exist_ok=True)
    batch = units_by_chance(SAMPLE)
    found = {}
    for file in issue(batch, OPTIONS):
        path = folder / f"{file.unit.id}.xlsx"
        path.write_bytes(file.data)
        found[path] = plan_unit(batch, file.unit)
    return found


def assert_holds(grids: Mapping[str, Grid], plan: UnitPlan) -> None:
    """The workbook states whose it is, and each duty with its id, its text, who leads and who carries it."""
    assert read_identity(grids[HIDDEN_TITLE]) == identity_of(plan, OPTIONS.key)
    for sheet in plan.sheets:
        rows = read_grid(DUTIES, grids[sheet.title], "f", sheet.title, YEAR).rows
        proposed = [propose(plan, sheet, row) for row in sheet.rows]
        expected = [(row.id, row.duty.text) for row in sheet.rows]
        assert [(row.text("row_id"), row.text("text")) for row in rows] == expected
        assert [(row.text("leader"), row.text("owner")) for row in rows] == [
            (each.lead.strip(), each.owner.strip()) for each in proposed
        ]


def test_every_reader_finds_what_was_issued(sample: dict[Path, UnitPlan]) -> None:
    """Calamine and openpyxl read the same cells, and they are the plan's."""
    for path, plan in sample.items():
        grids = load_grids(path.read_bytes(), path.name)
        assert_holds(grids, plan)
        book = load_workbook(BytesIO(path.read_bytes()))
        assert book.sheetnames == list(grids)
        for title, grid in grids.items():
            lines = enumerate(book[title].iter_rows())
            texts = [
                (row, col, cell.value) for row, of in lines for col, cell in enumerate(of) if cell.data_type == "s"
            ]
            assert [grid[row][col] for row, col, _ in texts] == [text for _, _, text in texts]


def test_libreoffice_finds_what_was_issued(sample: dict[Path, UnitPlan], office: Office, tmp_path: Path) -> None:
    """LibreOffice opens every workbook, and what it saves still holds what was issued."""
    for saved, plan in zip(office.recalculate(list(sample), tmp_path), sample.values(), strict=True):
        assert_holds(load_grids(saved.read_bytes(), saved.name), plan)


def test_excel_opens_stamped_workbooks(sample: dict[Path, UnitPlan]) -> None:
    """The validator of Open XML has nothing to say about them."""
    for path in list(sample)[:: max(1, SAMPLE // 8)]:
        assert list(OpenXmlValidator().validate(path).errors) == []
