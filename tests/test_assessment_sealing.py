"""assess --final: a sealed result stays, and later runs say what would be different."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from assessment_samples import UNIT, scheme, standings
from assessment_year import AS_OF, SCHEME, copy_of, hand_in, run, write_scheme
from qingdan_xl import __version__
from qingdan_xl.assessment.digests import APPEALS, DATA, RETURNS, ROSTER, Made, canonical, data_by_subject, digest
from qingdan_xl.assessment.digests import SCHEME as SCHEME_PART
from qingdan_xl.assessment.facts import Amount, Facts
from qingdan_xl.assessment.result import Assessment, assess
from qingdan_xl.assessment.rules import Quota, ReturnRule
from qingdan_xl.assessment.sealing import PROGRAM, drift, open_points, open_problem
from qingdan_xl.assessment.seals import Seal, Seals
from qingdan_xl.assessment.verdicts import verdicts
from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError
from qingdan_xl.roster import roster_workbook
from qingdan_xl.sheets.scheme import ReturnCase
from qingdan_xl.store import Store
from qingdan_xl.verbs.assess import Assessed, assess_year
from qingdan_xl.verbs.inputs import load_roster
from qingdan_xl.verbs.seal import Sealing, Wish, seal_year
from qingdan_xl.workspace.folder import Workspace
from returns import Desk, plan_of, put

WILLOW = replace(UNIT, id="U002", name="柳湾镇")
SEALED = f"考核-定稿-{AS_OF}.xlsx"
BY = Wish("张甲")


@pytest.fixture
def year(assessed_year: Workspace, tmp_path: Path) -> Workspace:
    """A year folder that may be sealed."""
    return copy_of(assessed_year, tmp_path / "年")


def codes(found: Assessed | Sealing) -> list[str]:
    """The codes of the problems in order."""
    return [fault.code for fault in found.problems]


def moved(found: Assessed) -> list[tuple[str, str]]:
    """Who stands otherwise than in the seal, and why."""
    assert found.held.drift
    return [(move.verdict.label, found.held.drift.why(move)) for move in found.held.drift.moves]


@contextmanager
def stored(year: Workspace) -> Iterator[Seals]:
    """The seals in the year's store."""
    store = Store(year.database)
    yield Seals(store)
    store.close()


def done(desk: Desk) -> None:
    """Say that the second duty of 白杨镇 is done."""
    desk.cell("党委领导班子", plan_of("U002").sheets[0].rows[1].id, "status").value = "已完成"


@dataclass(frozen=True)
class Sample:
    """A value with places and defaults."""

    number: Decimal
    names: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    added_later: str = ""
    origin: Origin = field(default_factory=Origin)


def test_a_fingerprint_hangs_on_what_is_said() -> None:
    """Places, order of keys, how a number is written and fields left as by default change nothing; values do."""
    one = Sample(Decimal("1.50"), ("甲",), {"a": 1, "b": 2}, origin=Origin("a.xlsx", "表", 3, "B"))
    same = Sample(Decimal("1.5"), ("甲",), {"b": 2, "a": 1})

    assert canonical(one) == canonical(same) == "Sample(number=1.5,names=['甲'],places={'a':1,'b':2})"
    assert canonical(replace(one, names=("乙",))) != canonical(one)
    assert digest(["a", "b"]) == digest(["b", "a"])
    assert digest(["a", "b"]) != digest(["ab"]) != digest(["ab", ""])


def test_a_row_that_waits_is_no_input() -> None:
    """Rows that are written ready for typing change no fingerprint; typed numbers and words do."""
    typed = {"U1": Facts({"通报": (Amount(Decimal(1), "点名"),)})}
    waiting = {
        "U1": Facts({"通报": (Amount(Decimal(1), "点名"), Amount(None))}),
        "U2": Facts({"检查": (Amount(None),)}),
    }

    assert data_by_subject(waiting) == data_by_subject(typed)
    assert data_by_subject({"U1": Facts({"通报": (Amount(Decimal(1), "批评"),)})}) != data_by_subject(typed)


def two_units(words: str = "已完成 推进中", returned: str = "已完成 已完成") -> Assessment:
    """青禾镇 and 柳湾镇 of one group."""
    made = replace(scheme(), quotas=())
    return assess([UNIT, WILLOW], [*standings(words), *standings(returned, WILLOW)], [], made)


INPUTS = {RETURNS: "r", ROSTER: "u", SCHEME_PART: "s", DATA: "d", APPEALS: "a"}
MADE = Made(INPUTS, {"U001": "1", "U002": "2"}, "1.0")


def sealed(found: Assessment, made: Made = MADE) -> Seal:
    """A seal of a result."""
    return Seal(1, datetime(2027, 1, 8), "张甲", date(2026, 12, 31), made, verdicts(found), SEALED)  # noqa: DTZ001 - local office time


@pytest.mark.parametrize(
    ("made", "changed", "causes"),
    [
        (replace(MADE, inputs={**INPUTS, SCHEME_PART: "x"}), (SCHEME_PART,), ["考核办法", "考核办法"]),
        (replace(MADE, program="1.1"), (PROGRAM,), ["程序版本", "程序版本"]),
        (
            replace(MADE, inputs={**INPUTS, RETURNS: "x"}, own={"U001": "x", "U002": "2"}),
            (RETURNS,),
            ["本单位的填报、数据或评分", "同组其他单位"],
        ),
        (replace(MADE, inputs={**INPUTS, APPEALS: "x"}), (APPEALS,), ["同组其他单位", "同组其他单位"]),
        (
            replace(MADE, inputs={**INPUTS, DATA: "x", ROSTER: "y"}, own={**MADE.own, "U002": "x"}),
            (ROSTER, DATA),
            ["花名册", "本单位的填报、数据或评分、花名册"],
        ),
    ],
    ids=["scheme", "program", "returns", "appeals", "data and roster"],
)
def test_why_a_unit_moves(made: Made, changed: tuple[str, ...], causes: list[str]) -> None:
    """What holds for all is a cause for all; a unit's own inputs only for it; the others move with their group."""
    found = drift(sealed(two_units()), two_units("已完成 已完成", "推进中 已完成"), made)

    assert found.changed == changed
    assert [move.verdict.label for move in found.moves] == ["柳湾镇", "青禾镇"]
    assert [found.why(move).partition("；因")[2].removesuffix("变动") for move in found.moves] == causes[::-1]
    assert found.problem.code == "seal-differs"


def test_an_equal_result_agrees() -> None:
    """Where nobody moves the result agrees, and inputs that changed without effect are named."""
    same = drift(sealed(two_units()), two_units(), MADE)
    other = drift(sealed(two_units()), two_units(), replace(MADE, inputs={**INPUTS, ROSTER: "x"}))

    assert (same.problem.code, same.problem.what) == (
        "seal-agrees",
        "与第 1 版定稿一致：每个单位（个人）的得分、名次、等次都相同",
    )
    assert other.problem.what.endswith("，花名册有变动，但不影响结果")


def test_open_points_are_counted_and_named() -> None:
    """Units without a score and grades that a tie leaves open are told by name."""
    tied = replace(scheme("full_mark=200"), quotas=(Quota("", Decimal(50)),))
    ties = assess([UNIT, WILLOW], [*standings("已完成"), *standings("已完成", WILLOW)], [], tied)
    silent = assess([UNIT, WILLOW], [*standings("已完成"), *standings("未交回", WILLOW)], [], scheme())

    assert [open_points(found).count for found in (ties, silent, two_units())] == [2, 1, 0]
    assert open_problem(open_points(ties)).what == ("还有 2 处没有定下来：2 个等次待定（青禾镇、柳湾镇），没有定稿")
    assert open_problem(open_points(silent)).what == "还有 1 处没有定下来：1 个没有得分（柳湾镇），没有定稿"


def test_a_seal_is_kept_whole(tmp_path: Path) -> None:
    """What is read from the store is what was put there; a version is never written twice."""
    store = Store(tmp_path / "qingdan.db")
    silent = assess([UNIT, WILLOW], [*standings("已完成 3/4"), *standings("未交回", WILLOW)], [], scheme())
    seal = replace(sealed(silent), sha256="f" * 64, reason="复核", open_reason="会议同意", open_points=1)

    Seals(store).keep(seal)

    assert Seals(store).all() == (seal,)
    with pytest.raises(sqlite3.IntegrityError):
        Seals(store).keep(replace(seal, sealed_by="李乙"))
    store.close()


def test_a_result_is_sealed_once(year: Workspace) -> None:
    """The sealed workbook is read-only, known by its hash, and neither assess nor --final touch it again."""
    first = seal_year(year, AS_OF, BY)
    bytes_ = (year.results / SEALED).read_bytes()

    later, again = assess_year(year, AS_OF), seal_year(year, AS_OF, Wish("李乙"))

    assert first.seal
    assert (first.problems, first.path) == ((), year.results / SEALED)
    assert (first.seal.version, first.seal.sealed_by, first.seal.made.program) == (1, "张甲", __version__)
    assert first.seal.sha256 == sha256(bytes_).hexdigest()
    assert not (year.results / SEALED).stat().st_mode & 0o222
    assert codes(later) == ["seal-agrees"]
    assert (again.seal, codes(again)) == (None, ["sealed-already", "seal-agrees"])
    assert (year.results / SEALED).read_bytes() == bytes_
    assert sorted(path.name for path in year.results.iterdir()) == [SEALED, "考核.xlsx", "考核卡.xlsx"]


def test_the_sealed_workbook_says_what_it_was_made_of(year: Workspace) -> None:
    """定稿说明 names who, when, the program and the fingerprint of every input; the file is valid."""
    made = seal_year(year, AS_OF, BY)
    assert made.seal

    page = openpyxl.load_workbook(year.results / SEALED)["定稿说明"]
    said = {row[0]: row[1] for row in page.iter_rows(min_row=4, values_only=True)}
    assert {key: said[key] for key in ("版次", "定稿人", "考核截至", "定稿时未评的", "程序版本", "输入指纹")} == {
        "版次": "第 1 版",
        "定稿人": "张甲",
        "考核截至": "2026-12-31",
        "定稿时未评的": "0 处",
        "程序版本": __version__,
        "输入指纹": made.seal.made.mark,
    }
    parts = made.seal.made.inputs
    assert {key: said[key] for key in parts} == {**parts, "考核数据": "没有", "评委评分": "没有", "复核申诉": "没有"}
    assert OpenXmlValidator().validate(str(year.results / SEALED)).errors == []


def test_a_new_return_is_told_of_its_unit_alone(year: Workspace) -> None:
    """A file that came in after the seal moves its unit by its own inputs, and no other unit."""
    seal_year(year, AS_OF, BY)
    hand_in(year, "U002", "白杨镇第二次.xlsx", done)

    found = assess_year(year, AS_OF)

    assert codes(found) == ["seal-differs"]
    assert moved(found) == [("白杨镇", "清单履责 +6.25；因本单位的填报、数据或评分变动")]
    assert found.held.drift
    assert found.held.drift.changed == (RETURNS,)


def test_a_decision_on_an_appeal_is_told(year: Workspace) -> None:
    """What was typed into 复核申诉 after the seal moves its unit; the sealed file keeps what was sealed."""
    assess_year(year, AS_OF)
    seal_year(year, AS_OF, BY)
    path = year.results / "考核.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["复核申诉"]
    headings = [cell.value for cell in page[3]]
    typed: dict[str, Any] = {"单位": "白杨镇", "调整": 3, "理由": "材料补齐", "决定人": "领导小组", "决定日期": AS_OF}
    for heading, value in typed.items():
        page.cell(4, headings.index(heading) + 1).value = value
    book.save(path)

    found = assess_year(year, AS_OF)

    assert codes(found) == ["seal-differs"]
    assert moved(found) == [("白杨镇", "复核申诉 +3；因复核申诉变动")]
    assert codes(assess_year(year, AS_OF)) == ["seal-differs"]


def test_another_scheme_is_told(year: Workspace) -> None:
    """A scheme that was changed after the seal moves whom it concerns, and is named as the cause."""
    seal_year(year, AS_OF, BY)
    write_scheme(year, replace(SCHEME, returns=(ReturnRule(ReturnCase.LATE, Decimal(9)), *SCHEME.returns[1:])))

    found = assess_year(year, AS_OF)

    assert codes(found) == ["seal-differs"]
    assert found.problems[0].what == (
        "与第 1 版定稿不同：1 个单位（个人）有变动，最大的是 云溪乡 33.88 分、第 3 名、不合格 → "
        "25.38 分、第 3 名、不合格（-8.5）；变了的输入：考核办法"
    )
    assert moved(found) == [("云溪乡", "迟报 -8.5；因考核办法变动")]


def test_a_change_without_effect_is_told_as_such(year: Workspace) -> None:
    """A telephone number in the roster and a later day change the inputs, not the result."""
    seal_year(year, AS_OF, BY)
    roster = load_roster(year)
    put(year.root, year.roster.name, roster_workbook(replace(roster, units=(
        replace(roster.units[0], phone="555-0100"), *roster.units[1:],
    ))))  # fmt: skip

    found = assess_year(year, date(2027, 1, 5))

    assert codes(found) == ["seal-agrees"]
    assert found.problems[0].what.endswith("，花名册、截至日期有变动，但不影响结果")


def test_saving_the_scheme_again_changes_nothing(year: Workspace) -> None:
    """Another program saves 考核办法.xlsx with other bytes and the same words: the result agrees without a note."""
    seal_year(year, AS_OF, BY)
    before = year.scheme.read_bytes()
    openpyxl.load_workbook(year.scheme).save(year.scheme)

    found = assess_year(year, AS_OF)

    assert year.scheme.read_bytes() != before
    assert found.problems[0].what == "与第 1 版定稿一致：每个单位（个人）的得分、名次、等次都相同"


def test_a_new_version_keeps_the_old_one(year: Workspace) -> None:
    """Sealing anew wants a reason; both workbooks and both seals stay, and the newest counts."""
    seal_year(year, AS_OF, BY)
    bytes_ = (year.results / SEALED).read_bytes()
    write_scheme(year, replace(SCHEME, returns=()))

    made = seal_year(year, AS_OF, Wish("李乙", reason="会议决定不扣迟报分"))

    assert made.seal
    assert (made.seal.version, made.seal.reason, codes(made)) == (2, "会议决定不扣迟报分", [])
    assert made.path == year.results / f"考核-定稿-{AS_OF}（第2版）.xlsx"
    assert (year.results / SEALED).read_bytes() == bytes_
    with stored(year) as seals:
        assert [(seal.version, seal.file) for seal in seals.all()] == [(1, SEALED), (2, made.path.name)]
    assert codes(assess_year(year, AS_OF)) == ["seal-agrees"]


def test_a_sealed_file_that_was_edited_or_lost_is_told(year: Workspace) -> None:
    """What stands in a sealed file is believed only while its bytes are those that were sealed."""
    seal_year(year, AS_OF, BY)
    path = year.results / SEALED
    path.chmod(0o644)
    book = openpyxl.load_workbook(path)
    book["总表"]["G4"] = 99
    book.save(path)
    edited = codes(assess_year(year, AS_OF))
    path.unlink()

    assert edited == ["seal-agrees", "seal-tampered"]
    assert codes(assess_year(year, AS_OF)) == ["seal-agrees", "seal-lost"]


def test_a_file_of_that_name_is_not_written_over(year: Workspace) -> None:
    """Whatever lies under the name of the sealed workbook stays; the seal goes beside it."""
    put(year.results, SEALED, b"minutes of a meeting")

    made = seal_year(year, AS_OF, BY)

    assert made.path == year.results / f"考核-定稿-{AS_OF} (2).xlsx"
    assert (year.results / SEALED).read_bytes() == b"minutes of a meeting"
    assert codes(assess_year(year, AS_OF)) == ["seal-agrees"]


def test_open_points_keep_a_result_from_being_sealed(year: Workspace) -> None:
    """With a unit that is not assessed nothing is sealed, unless the office says why; the reason stands in the file."""
    roster = load_roster(year)
    more = replace(roster, units=(*roster.units, replace(roster.units[0], id="U009", name="新设镇")))
    put(year.root, year.roster.name, roster_workbook(more))

    refused = seal_year(year, AS_OF, BY)
    written = list(year.results.iterdir())
    made = seal_year(year, AS_OF, replace(BY, open_reason="新设镇今年不参加考核"))

    assert (refused.seal, codes(refused), written) == (None, ["seal-open"], [])
    assert refused.problems[0].what == "还有 1 处没有定下来：1 个没有得分（新设镇），没有定稿"
    assert made.seal
    assert (made.seal.open_points, made.seal.open_reason) == (1, "新设镇今年不参加考核")
    page = openpyxl.load_workbook(year.results / SEALED)["定稿说明"]
    rows = {row[0]: row[1:] for row in page.iter_rows(min_row=4, values_only=True)}
    assert rows["定稿时未评的"] == ("1 处", "新设镇今年不参加考核")


def test_a_result_is_sealed_by_somebody(year: Workspace) -> None:
    """Without a name nothing is sealed."""
    with pytest.raises(UnusableError) as fault:
        seal_year(year, AS_OF, Wish(" "))

    assert [found.code for found in fault.value.problems] == ["seal-nameless"]
    assert not list(year.results.iterdir())


def test_the_verb_says_what_it_does(year: Workspace) -> None:
    """--final seals and says so; sealed again it says what would differ, and ends with 2; JSON holds the same."""
    other = write_scheme(year, replace(SCHEME, returns=()), "新办法.xlsx")
    wrong = run(year, "--final", "--by", "张甲", "--scheme", other.name)
    first = run(year, "--final", "--by", "张甲")
    write_scheme(year, replace(SCHEME, returns=()))
    again, told = (run(year, "--final", "--by", "李乙", *json) for json in ((), ("--json",)))
    later = run(year, "--json")

    assert (wrong.code, wrong.codes, first.code, again.code, told.code, later.code) == (
        *(2, ["seal-other-scheme"]),
        *(0, 2, 2, 1),
    )
    assert "已定稿：第 1 版，张甲，截至 2026-12-31" in first.out
    assert again.codes == ["sealed-already", "seal-differs"]
    assert "33.88 → 34.38" in again.out
    assert (told.json["sealed"], told.json["before"]["changed"]) == (None, ["考核办法"])
    assert told.json["before"]["units"][0]["causes"] == ["考核办法"]
    assert later.json["seal"]["sealed"]["version"] == 1
    assert [unit["unit"] for unit in later.json["seal"]["units"]] == ["云溪乡"]
