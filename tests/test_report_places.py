"""Whom reports go to, under which names, and which earlier ones are put away."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assessment_year import AS_OF
from qingdan_xl.model import Person
from qingdan_xl.reports.about import EVERYBODY, About, Everybody, Year, every_unit
from qingdan_xl.roster import roster_workbook
from qingdan_xl.store import open_store
from qingdan_xl.verbs.report import Reported, Wish, report_year
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.verbs.report_places import Names
from qingdan_xl.verbs.report_templates import template_path
from qingdan_xl.workspace.folder import Workspace
from report_samples import lines, make_report_year, template, word, written
from returns import make_batch, put

EARLY = date(2026, 12, 1)
NOTICE = "整改通知"


@pytest.fixture
def folder(tmp_path: Path) -> Workspace:
    """The small year."""
    return make_report_year(tmp_path / "年度")


def early(folder: Workspace, *names: str, kinds: tuple[str, ...] = ()) -> Reported:
    """The reports as of a day before the deadline."""
    return report_year(folder, EARLY, Wish(names, kinds), lambda _done, _total: None)


def notices(folder: Workspace) -> set[str]:
    """The notices that lie there."""
    return {path.name for path in (folder.results / "报告" / NOTICE).glob("*.docx")}


def test_nobody_is_late_before_the_deadline(folder: Workspace) -> None:
    """Who has not returned anything gets no notice, and is not named in the bulletin, until the deadline is over."""
    made = early(folder, kinds=(NOTICE, "通报"))

    assert [(each.label, each.why) for each in made.left_out] == [("云溪乡", "报送期限未到")]
    bulletin = "".join(lines(next(each.path for each in made.reports if each.kind == "通报")))
    assert "未交回的1个" in bulletin
    assert "仍未交回" not in bulletin
    later = written(folder, kinds=(NOTICE, "通报"))
    assert later.left_out == []
    assert "仍未交回的有：云溪乡。" in "".join(lines(next(each.path for each in later.reports if each.kind == "通报")))


def test_on_the_day_of_the_deadline_nobody_is_late(folder: Workspace) -> None:
    """The day itself still belongs to the unit."""
    deadline = folder.settings.deadline

    made = report_year(folder, deadline, Wish(("云溪乡",), (NOTICE,)), lambda _done, _total: None)

    assert [each.why for each in made.left_out] == ["报送期限未到"]


def test_a_log_that_did_not_come_is_not_called_empty(folder: Workspace) -> None:
    """Of a unit that returned nothing, the count of activities is open."""
    made = written(folder, "云溪乡", "白杨镇", kinds=("述责报告",)).reports
    text = {each.unit: "".join(lines(each.path)) for each in made}

    assert "没有可计数的记录" not in text["云溪乡"]
    assert "从工作纪实看，共开展活动＿＿次。" in text["云溪乡"]
    assert "从工作纪实看，共开展" in text["白杨镇"]


def test_a_notice_that_is_over_is_put_away(folder: Workspace) -> None:
    """Whom there is no notice for any more, the last one of ours moves into 旧版/; nothing else does."""
    written(folder, kinds=(NOTICE,))
    written(folder, "青禾镇/张甲", kinds=(NOTICE,))
    put(folder.results / "报告" / NOTICE, "撤并的乡.docx", b"old")
    assert notices(folder) == {"青禾镇.docx", "白杨镇.docx", "云溪乡.docx", "青禾镇·张甲.docx", "撤并的乡.docx"}

    early(folder, kinds=(NOTICE,))

    assert notices(folder) == {"青禾镇.docx", "白杨镇.docx", "青禾镇·张甲.docx", "撤并的乡.docx"}
    assert [path.name[:3] for path in (folder.results / "报告" / NOTICE / "旧版").iterdir()] == ["云溪乡"]


def test_a_run_for_some_puts_away_only_theirs(folder: Workspace) -> None:
    """Who was not asked for keeps the notice."""
    written(folder, kinds=(NOTICE,))

    early(folder, "白杨镇", kinds=(NOTICE,))

    assert "云溪乡.docx" in notices(folder)


def test_a_notice_that_somebody_changed_stays(folder: Workspace) -> None:
    """What people wrote into it is theirs to put away."""
    written(folder, kinds=(NOTICE,))
    path = folder.results / "报告" / NOTICE / "云溪乡.docx"
    document = word(path)
    document.add_paragraph("补充")
    document.save(str(path))

    early(folder, kinds=(NOTICE,))

    assert path.exists()


@pytest.mark.parametrize("text", ["{{ 没有这个 }}", "{{ 1 / 完成|int }}"])
def test_a_fault_of_the_template_puts_nothing_away(folder: Workspace, text: str) -> None:
    """A kind that ended in a problem leaves all earlier reports where they are."""
    written(folder, kinds=(NOTICE,))
    before = notices(folder)
    template_path(folder, NOTICE).write_bytes(template(text))

    made = early(folder, kinds=(NOTICE,))

    assert [found.code for found in made.problems] in (["report-variable"], ["report-unfilled"])
    assert notices(folder) == before


def without(folder: Workspace, *names: str) -> None:
    """Write the roster without these units and their people."""
    roster = make_batch().roster
    units = tuple(unit for unit in roster.units if unit.name not in names)
    people = tuple(person for person in roster.people if person.unit not in names)
    put(folder.root, folder.roster.name, roster_workbook(replace(roster, units=units, people=people)))


def test_of_a_unit_that_is_gone_there_are_no_reports(folder: Workspace) -> None:
    """What the roster has no more gets none, unless it is asked for, and its earlier ones are put away, and told."""
    written(folder)
    without(folder, "白杨镇")

    made = written(folder)

    told = {(each.kind, each.label, each.why.partition("；")[0]) for each in made.left_out if each.label == "白杨镇"}
    assert told == {(kind, "白杨镇", "花名册里没有这个单位了") for kind in ("述责报告", NOTICE, "考核结果告知书")}
    assert "白杨镇" not in {each.unit for each in made.reports}
    for kind in ("述责报告", NOTICE):
        place = folder.results / "报告" / kind
        assert not (place / "白杨镇.docx").exists()
        assert [path.name[:3] for path in (place / "旧版").iterdir()] == ["白杨镇"]
    assert [each.unit for each in written(folder, "白杨镇", kinds=("述责报告",)).reports] == ["白杨镇"]


@pytest.mark.parametrize("roster", [None, b"broken"])
def test_without_a_roster_nobody_is_gone(folder: Workspace, roster: bytes | None) -> None:
    """A roster that is away or cannot be read says nothing of the units."""
    folder.roster.unlink()
    if roster:
        put(folder.root, folder.roster.name, roster)

    made = written(folder, kinds=("述责报告",))

    assert [each.unit for each in made.reports] == ["青禾镇", "白杨镇", "云溪乡"]
    assert made.left_out == []


def named(folder: Workspace, *units: str, people: tuple[Person, ...] = ()) -> tuple[Year, list[str]]:
    """The small year with units called so, and the names of their reports."""
    with closing(open_store(folder)) as store:
        year, _ = load_year(folder, store, AS_OF)
    intake = year.material.intake
    sent = (
        replace(each, unit=replace(each.unit, id=f"U{n:03d}", name=name))
        for n, (each, name) in enumerate(zip(intake.units * 3, units, strict=False), 1)
    )
    material = replace(year.material, intake=replace(intake, units=tuple(sent)))
    made = replace(year, material=material, roster=replace(year.roster, people=people))
    return made, [Names(made).of(about) for about in every_unit(made)]


def test_no_two_reports_share_a_file(folder: Workspace) -> None:
    """Names that are one to a file system have the id of the unit behind them, whoever was asked for."""
    long = "青" * 70
    year, files = named(folder, "甲/乙", "甲:乙", "A办", "a办", "CON", f"{long}一", f"{long}二", EVERYBODY, "丙")

    assert files == [
        "甲·乙（U001）.docx",
        "甲·乙（U002）.docx",
        "A办（U003）.docx",
        "a办（U004）.docx",
        "CON·.docx",
        f"{'青' * 60}（U006）.docx",
        f"{'青' * 60}（U007）.docx",
        f"{EVERYBODY}（U008）.docx",
        "丙.docx",
    ]
    assert Names(year).of(Everybody(year)) == f"{EVERYBODY}.docx"


def test_a_person_does_not_take_the_name_of_a_unit(folder: Workspace) -> None:
    """甲/乙 may be a unit, or 乙 of 甲."""
    person = Person(name="乙", unit="甲", roles=(), title="")
    year, files = named(folder, "甲", "甲/乙", people=(person,))

    assert files == ["甲.docx", "甲·乙（U002）.docx"]
    assert Names(year).of(About(year, year.material.intake.units[0], person)) == "甲·乙（U001）.docx"
