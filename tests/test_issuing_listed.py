"""What people typed into the 母表, and units that were sent a workbook before: checked before anything is issued."""

from dataclasses import replace
from decimal import Decimal

import pytest

from issuing_samples import UNITS, sample_batch
from qingdan_xl.issuing.listed import check_numbers, check_reissue, check_unit_kinds
from qingdan_xl.issuing.plan import Batch
from qingdan_xl.model import Duty, Per, Section, Target, TargetKind
from qingdan_xl.store import Issued


def with_role(**changes: object) -> Batch:
    """The sample batch with its first role changed."""
    batch = sample_batch()
    first, *others = batch.checklists
    role, *roles = first.roles
    changed = replace(first, roles=(replace(role, **changes), *roles))  # type: ignore[arg-type]
    return replace(batch, checklists=(changed, *others))


def with_number(number: str, kind: TargetKind = TargetKind.COUNT, category: str = "会议") -> Batch:
    """The sample batch with one duty that demands so many."""
    target = Target("每年若干次", "会议", kind, Decimal(number), "次", Per.YEAR, category=category)
    return with_role(sections=(Section(None, None, (Duty("n1", "7", "开会", targets=(target,)),)),))


def test_a_kind_that_no_unit_has_is_told() -> None:
    """A misspelt 适用单位类型, by which a whole role would go to nobody, is a warning with a suggestion."""
    kind = UNITS[0].kind

    (found,) = check_unit_kinds(with_role(unit_kinds=(kind, f"{kind}们")))

    assert found.code == "unknown-kind"
    assert f"是不是“{kind}”" in found.message


@pytest.mark.parametrize("number", ["-3", "0", "1.5"])
def test_a_count_is_a_whole_number_from_one(number: str) -> None:
    """A demand of minus three, none or one and a half times stops the issue and names its duty."""
    (found,) = check_numbers(with_number(number))

    assert found.code == "bad-number"
    assert "第 7 项" in found.message
    assert number in found.message


def test_ratios_and_uncounted_quantities_may_be_anything() -> None:
    """Only what the log counts must be a whole number of times."""
    assert check_numbers(with_number("97.5", TargetKind.RATIO)) == []
    assert check_numbers(with_number("0.5", category="")) == []
    assert check_numbers(with_number("2")) == []


def test_a_unit_keeps_its_id() -> None:
    """A unit that comes back under another id stops the issue: what it returned would not be found again."""
    batch = sample_batch()
    unit = batch.roster.units[0]
    sent = Issued("2026-01", "A99", unit.name, unit.kind, "", "", "")

    (found,) = check_reissue(batch, {"A99": sent})

    assert found.code == "unit-id-changed"
    assert found.unit == unit.name
    assert check_reissue(batch, {unit.id: replace(sent, unit_id=unit.id)}) == []


def test_a_unit_that_may_have_been_renamed_is_told() -> None:
    """A renamed unit without a typed id gets another one: where one is gone and one is new, the old id is named."""
    batch = sample_batch()
    renamed, *others = batch.roster.units
    sent = {unit.id: Issued("2026-01", unit.id, unit.name, unit.kind, "", "", "") for unit in others}
    sent["A99"] = Issued("2026-01", "A99", f"{renamed.name}委", renamed.kind, "", "", "")

    (found,) = check_reissue(batch, sent)

    assert (found.code, found.unit) == ("unit-renamed", f"{renamed.name}委")
    assert f"，是不是“{renamed.name}”" in found.what
    assert "单位编号 A99" in found.what
    assert check_reissue(batch, {**sent, renamed.id: replace(sent["A99"], unit_id=renamed.id, unit=renamed.name)}) == []
