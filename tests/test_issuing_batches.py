"""A batch: number, JSON, checks, and the files that come out of it."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from issuing_samples import OPTIONS, PEOPLE, UNITS, YEAR, count, duty, sample_batch
from qingdan_xl.issuing.batches import batch_from_json, batch_json, check_batch, next_batch_id
from qingdan_xl.issuing.issue import file_name, issue
from qingdan_xl.issuing.manifest import manifest_workbook
from qingdan_xl.issuing.plan import Batch, fingerprint, plan_unit
from qingdan_xl.model import Checklist, Kind, Origin, Per, Person, Role, Roster, Section, Unit
from qingdan_xl.problems import Problem


def with_roles(batch: Batch, *roles: Role) -> Batch:
    """The batch with one more checklist of these roles."""
    return replace(batch, checklists=(*batch.checklists, Checklist("x.txt", "补充清单", YEAR, Kind.CHECKLIST, roles)))


def with_people(*people: Person) -> Batch:
    """The sample batch with more people."""
    return replace(sample_batch(), roster=Roster(UNITS, (*PEOPLE, *people)))


def codes(batch: Batch) -> list[str]:
    """The codes that the checks find beyond those of the sample itself."""
    known = [(p.code, p.what) for p in check_batch(sample_batch())]
    return [p.code for p in check_batch(batch) if (p.code, p.what) not in known]


def only(batch: Batch, code: str) -> Problem:
    """The one problem of this code."""
    (found,) = [p for p in check_batch(batch) if p.code == code]
    return found


def test_json_there_and_back() -> None:
    """What the store keeps of a batch is the whole batch, with texts, decimals, dates and origins."""
    batch = sample_batch()
    person = replace(PEOPLE[0], origin=Origin("花名册.xlsx", "人员", 2, "A"))
    batch = replace(batch, roster=Roster(UNITS, (person, *PEOPLE[1:])))
    back = batch_from_json(batch_json(batch))

    assert back == batch
    assert back.roster.people[0].origin == person.origin
    assert [fingerprint(plan_unit(back, unit)) for unit in UNITS] == [
        fingerprint(plan_unit(batch, unit)) for unit in UNITS
    ]


def test_what_no_log_counts_is_told_once_a_list() -> None:
    """How many demands 状态 alone answers for, and why: no category, every day, beyond the year."""
    pers = (Per.DAY, Per.OTHER, Per.WEEK)
    targets = (count("", 1, Per.YEAR), *(count("检查", 1, per) for per in pers))
    role = Role("党支部", sections=(Section(None, None, (duty("c0000001", "1", "擦拭展柜。", *targets),)),))
    told = only(with_roles(sample_batch(), role), "not-counted-here").what

    assert told.startswith("“补充清单”有 3 条量化要求不会自动计数（没有活动类别 1 条；每天的要求不逐条记纪实 1 条；")


@pytest.mark.parametrize(
    ("existing", "expected"),
    [
        ([], "2026-01"),
        (["2026-01"], "2026-02"),
        (["2026-01", "2026-03"], "2026-04"),
        (["2025-07"], "2026-01"),
        (["2026-99"], "2026-100"),
        (["2026-试发"], "2026-01"),
    ],
)
def test_batch_numbers_are_never_used_again(existing: list[str], expected: str) -> None:
    """The next number is one above the highest of the year, whatever gaps there are."""
    assert next_batch_id(existing, YEAR) == expected


def test_the_fingerprint_changes_with_what_is_issued() -> None:
    """Another text or another unit is another fingerprint; another look is not."""
    plan = plan_unit(sample_batch(), UNITS[0])
    first = plan.sheets[0]
    edited = replace(first.rows[0], duty=replace(first.rows[0].duty, text="改过的文字"))
    other = replace(plan, sheets=(replace(first, rows=(edited, *first.rows[1:])), *plan.sheets[1:]))

    assert fingerprint(plan) != fingerprint(other)
    assert fingerprint(plan) != fingerprint(replace(plan, unit=UNITS[1]))
    assert fingerprint(plan) == fingerprint(replace(plan, title="另一个名称"))


def test_a_role_that_no_list_has_is_named_with_a_suggestion() -> None:
    """A slip in the roster's role points at its cell and at the name that is meant."""
    person = Person("孙己", "青禾镇", roles=("班子成员们",), origin=Origin("花名册.xlsx", "人员", 9, "D"))
    found = only(with_people(person), "person-role-unknown")

    assert "孙己" not in [p.name for p in PEOPLE]
    assert "，是不是“班子成员”" in found.what
    assert found.origin.cell == "D9"


def test_a_role_that_does_not_go_to_the_unit_is_named() -> None:
    """Whoever holds a role of another kind of unit gets no sheet for it, and is told."""
    assert codes(with_people(Person("孙己", "柳湾村", roles=("班子成员",)))) == ["person-role-elsewhere"]


def test_two_heads_are_named() -> None:
    """Two holders of one role of 主要负责人 point at the second; a secretary and a mayor of different roles do not."""

    def head(name: str, role: str, row: int) -> Person:
        return Person(name, "青禾镇", roles=(role,), origin=Origin("花名册.xlsx", "人员", row, "A"))

    role = Role("党委主要负责人", sections=(Section(None, None, (duty("c0000001", "1", "负总责。"),)),))
    other = replace(role, name="政府主要负责人")
    batch = with_roles(with_people(head("孙己", role.name, 9), head("钱戊", role.name, 10)), role, other)
    found = only(batch, "two-heads")

    assert found.what == "“青禾镇”有 2 个“党委主要负责人”（孙己、钱戊），责任矩阵先由 孙己 牵头"
    assert found.origin.cell == "A10"
    apart = with_roles(with_people(head("孙己", role.name, 9), head("钱戊", other.name, 10)), role, other)
    assert "two-heads" not in codes(apart)


def test_a_role_that_only_one_unit_of_a_kind_leaves_open_is_named() -> None:
    """Two of three villages have a 联络员: the third is named at its row; where few have one nobody is.

    Where one of two has one the other is named; where nobody has, it is told once for the kind.
    """
    role = Role("联络员", sections=(Section(None, None, (duty("c0000001", "1", "负责联络。"),)),), unit_kinds=("村",))
    names = ("柳湾村", "石桥村", "松坪村")
    units = tuple(
        Unit(f"U{n}", name, "村", origin=Origin("花名册.xlsx", "单位", n, "B")) for n, name in enumerate(names)
    )

    def filled(*held: str) -> Batch:
        people = tuple(Person(f"赵{unit}", unit, roles=("联络员",)) for unit in held)
        return replace(with_roles(sample_batch(), role), roster=Roster(units, people))

    found = only(filled("柳湾村", "松坪村"), "role-unfilled")
    assert found.what == "“石桥村”没有人担任“联络员”，“村”类单位中有 2 个有人担任"
    assert (found.unit, found.origin.cell) == ("石桥村", "B1")
    assert "role-unfilled" not in [p.code for p in check_batch(filled("柳湾村"))]
    nobody = replace(filled(), roster=Roster(units, (Person("赵甲", "柳湾村"), Person("赵乙", "石桥村"))))
    assert only(nobody, "role-unheld").what == "“村”类单位（3 个）都没有人担任“联络员”，这张清单按单位下发"
    two = filled("柳湾村")
    halves = replace(two, roster=replace(two.roster, units=units[:2]))
    assert only(halves, "role-unfilled").unit == "石桥村"
    assert "role-unheld" not in [p.code for p in check_batch(filled())]


def test_a_parent_that_is_nearly_another_is_told() -> None:
    """One unit has 县直机关工委 where two have 县直属机关工委; a parent that is like none of them is nobody's slip."""
    parents = ("县直属机关工委", "县直属机关工委", "县直机关工委", "县政府办")
    units = tuple(Unit(f"U{n}", f"单位{n}", "乡镇", parent) for n, parent in enumerate(parents))
    found = only(replace(sample_batch(), roster=Roster(units)), "parent-alone")

    assert found.what == "“单位2”的上级单位“县直机关工委”只有它一个单位填，是不是“县直属机关工委”"


def test_units_without_sheets_or_people_are_named() -> None:
    """望溪局 is of a kind no list goes to and has nobody in the roster."""
    found = {p.code: p.unit for p in check_batch(sample_batch())}

    assert found["unit-without-sheets"] == "望溪局"
    assert found["unit-without-people"] == "望溪局"


def test_an_inherited_role_must_have_duties() -> None:
    """党总支 works by 机关党委: an error where that role is not in the list, nothing where it is."""
    by_reference = Role("党总支", inherits="机关党委")
    own = Role("机关党委", sections=(Section(None, None, (duty("c0000001", "1", "做好本职工作。"),)),))

    assert codes(with_roles(sample_batch(), by_reference)) == ["inherits-nothing"]
    assert codes(with_roles(sample_batch(), by_reference, own)) == []


def test_duties_in_two_lists_are_counted_and_issued_once() -> None:
    """The same duty in two lists is one row in the workbook, and the lists are named with the number."""
    batch = sample_batch()
    twice = with_roles(batch, batch.checklists[0].roles[0])
    found = only(twice, "duty-in-two-lists")

    assert found.what == "“党支部清单”和“补充清单”有 9 个相同的事项，同一单位（同一人）只下发一次"
    assert len(plan_unit(twice, UNITS[0]).sheets) == len(plan_unit(batch, UNITS[0]).sheets)


def test_lists_of_one_title_are_told_apart_by_their_files() -> None:
    """Where two lists that share duties have the same title, the files they come from are named."""
    first = sample_batch().checklists[0]
    batch = replace(sample_batch(), checklists=(replace(first, source="甲.txt"), replace(first, source="乙.txt")))

    found = only(batch, "duty-in-two-lists")

    assert f"“{first.title}（甲.txt）”和“{first.title}（乙.txt）”有" in found.what


def test_score_forms_and_reports_are_not_issued() -> None:
    """They are named for the record, and make no sheet."""
    rubric = replace(sample_batch().checklists[0], title="考核表", kind=Kind.RUBRIC)
    batch = replace(sample_batch(), checklists=(*sample_batch().checklists, rubric))

    assert codes(batch) == ["not-issued"]


def test_nothing_to_issue_is_an_error() -> None:
    """Where no unit would get a sheet, that is said once and not once a unit."""
    assert [p.code for p in check_batch(replace(sample_batch(), checklists=()))].count("nothing-to-issue") == 1


def test_issue_makes_a_file_for_each_unit_with_sheets() -> None:
    """One file a unit in the roster's order, with the hash of its bytes."""
    files = list(issue(sample_batch(), OPTIONS))

    assert [file.name for file in files] == ["青禾镇-2026年责任清单.xlsx", "柳湾村-2026年责任清单.xlsx"]
    record = files[0].issued("下发/2026-01")
    assert record.path == "下发/2026-01/青禾镇-2026年责任清单.xlsx"
    assert (record.unit_id, record.batch, record.sha256) == ("U001", "2026-01", files[0].sha256)


def test_file_names_are_safe_and_different() -> None:
    """Units whose names differ only by case or by what no file name may hold keep a workbook each."""
    units = tuple(Unit(f"U{n}", name, "村") for n, name in enumerate(("A/B村", "a:b村", "..", "长" * 200)))
    batch = replace(sample_batch(), roster=Roster(units, tuple(Person("张甲", unit.name) for unit in units)))
    names = [file.name for file in issue(batch, OPTIONS)]

    assert names[:3] == ["A·B村-2026年责任清单.xlsx", "a·b村-U1-2026年责任清单.xlsx", "-2026年责任清单.xlsx"]
    assert all(len(name.encode()) < 255 for name in names)
    assert file_name(units[0].name, batch.year, OPTIONS.suffix) == names[0]


def test_the_manifest_lists_what_was_sent() -> None:
    """下发清单 has a row a workbook with the unit, its contact, the numbers of sheets and duties, and the hash."""
    files = list(issue(sample_batch(), OPTIONS))
    page = load_workbook(BytesIO(manifest_workbook(sample_batch(), files))).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]

    assert [row[:8] for row in rows] == [
        ["U001", "青禾镇", "乡镇", None, "青禾镇-2026年责任清单.xlsx", 3, 17, "周庚"],
        ["U002", "柳湾村", "村", "青禾镇", "柳湾村-2026年责任清单.xlsx", 1, 9, None],
    ]
    assert [row[-1] for row in rows] == [file.sha256 for file in files]
