"""Figures of reports: the same numbers as summary and assessment have, each with the rows it came from."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from assessment_year import AS_OF
from qingdan_xl.counting.progress import progress
from qingdan_xl.model import Origin, Per, Target, TargetKind
from qingdan_xl.reports.about import Everybody, Year, every_unit
from qingdan_xl.reports.asking import asked_for
from qingdan_xl.reports.declared import OF_ALL, OF_ONE, plain_name
from qingdan_xl.reports.figures import Figure, Source
from qingdan_xl.reports.trace import row_ranges, trace_table
from qingdan_xl.reports.variables import by_name, values
from qingdan_xl.sheets.summary import BY_PERSON, BY_UNIT, LIGHT_KEYS, RECTIFICATION, TALLY
from qingdan_xl.store import open_store
from qingdan_xl.summary.frames import Frames, cells, frames
from qingdan_xl.verbs.assess import assess_year
from qingdan_xl.verbs.report_inputs import load_year
from qingdan_xl.workspace.folder import Workspace
from report_samples import assessed, lines, make_report_year
from word_samples import docx

_NAMES = {column.key: plain_name(column.heading) for column in TALLY}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small year after `assess`."""
    return assessed(make_report_year(tmp_path_factory.mktemp("reports") / "年度"))


def year_of(folder: Workspace) -> Year:
    """What reports of the year are made from, as of its last day."""
    with closing(open_store(folder)) as store:
        return load_year(folder, store, AS_OF)[0]


@pytest.fixture(scope="module")
def year(folder: Workspace) -> Year:
    """What reports of the small year are made from."""
    return year_of(folder)


@pytest.fixture(scope="module")
def tables(year: Year) -> Frames:
    """The tables of 汇总.xlsx for the same day."""
    return frames(year.material)


def of_one(year: Year, name: str) -> dict[str, object]:
    """The values of all variables about somebody."""
    return values(OF_ONE, asked_for(year, [name])[0])


def number(value: object) -> object:
    """The number of a figure."""
    assert isinstance(value, Figure)
    return value.value


@pytest.mark.parametrize("unit", ["青禾镇", "白杨镇", "云溪乡"])
def test_figures_of_a_unit_are_those_of_the_summary(year: Year, tables: Frames, unit: str) -> None:
    """Each column of 按单位 is a variable with the same number; what is not known there stays open here."""
    row = next(row for row in cells(tables[BY_UNIT.key]) if row["unit"] == unit)
    told = of_one(year, unit)

    found = {key: number(told[name]) for key, name in _NAMES.items() if key != "rate"}

    assert found == {key: row[key] for key in found}
    rate = number(told["完成率"])
    assert (
        rate is None
        if pd.isna(row["rate"])
        else rate == pytest.approx(Decimal(str(row["rate"])) * 100, abs=Decimal("0.051"))
    )


def test_figures_of_a_person_are_those_of_the_summary(year: Year, tables: Frames) -> None:
    """A person's duties are counted as 按责任人 counts them."""
    row = next(row for row in cells(tables[BY_PERSON.key]) if (row["unit"], row["person"]) == ("青禾镇", "张甲"))
    told = of_one(year, "青禾镇/张甲")

    found = {key: number(told[name]) for key, name in _NAMES.items() if key != "rate"}

    assert found == {key: row[key] for key in found}
    assert told["姓名"] == "张甲"
    assert told["职务"] == "党委书记"


def test_figures_of_all_units_add_up(year: Year, tables: Frames) -> None:
    """What the bulletin says of all units is the sum of 按单位."""
    told = values(OF_ALL, Everybody(year))

    sums = tables[BY_UNIT.key][[key for key in _NAMES if key != "rate"]].sum()
    assert {key: number(told[_NAMES[key]]) for key in sums.index} == sums.to_dict()
    assert [number(told[name]) for name in ("单位总数", "已交回单位数", "未交回单位数", "迟交单位数")] == [3, 2, 1, 0]
    assert [row["单位"] for row in told["未交回单位"]] == ["云溪乡"]  # type: ignore[attr-defined] # a list of items


def test_sections_add_up_to_the_whole(year: Year) -> None:
    """The counts of the sections are those of the unit, taken apart."""
    told = of_one(year, "青禾镇")
    sections = told["板块"]
    assert isinstance(sections, list)

    assert [section["名称"] for section in sections] == ["一、全面工作", "责任事项"]
    assert sections[0]["标题"] == "全面工作"
    for key in ("issued", "back", *LIGHT_KEYS.values(), "due_times", "met_times"):
        assert sum(section[_NAMES[key]].value for section in sections) == number(told[_NAMES[key]]), key


def test_activities_are_counted_as_demands_count_them(year: Year) -> None:
    """A category of the log counts as often as a demand for the whole year of that category does."""
    about = asked_for(year, ["青禾镇"])[0]
    logged = [row.activity for row in about.facts.log]
    calendar = year.material.calendar

    for category in ("会议", "学习", "党课", "警示教育", "调研"):
        target = Target("", "", TargetKind.COUNT, Decimal(1), "次", Per.YEAR, category=category)
        counted = progress(target, logged, "", "", calendar).logged
        assert about.facts.times(category, category).value == counted, category
    assert about.facts.times("会议", "会议").value == 3
    assert about.facts.times("学习", "学习", lambda row: "研讨" in row.topic).value == 1
    assert number(of_one(year, "青禾镇/李乙")["活动次数"]["学习"]) == 1  # type: ignore[index] # counts by category


def test_activities_after_the_day_do_not_count(folder: Workspace) -> None:
    """A report as of an earlier day counts what was done by then."""
    with closing(open_store(folder)) as store:
        year, _ = load_year(folder, store, date(2026, 4, 9))

    told = of_one(year, "青禾镇")["活动"]
    assert [(row["类别"], row["次数"].value) for row in told] == [("学习", 1), ("会议", 2)]  # type: ignore[attr-defined] # items


def test_rectification_is_that_of_the_summary(year: Year, tables: Frames) -> None:
    """The counts of 问题整改台账 are those of the summary's sheet, and the open ones are listed."""
    told = of_one(year, "青禾镇")
    lights = tables[RECTIFICATION.key]["light"]

    assert [number(told[name]) for name in ("问题总数", "问题已整改", "问题未整改", "问题逾期")] == [
        len(lights),
        (lights == "完成").sum(),
        (lights != "完成").sum(),
        (lights == "逾期").sum(),
    ]
    assert [(row["问题"], row["预警"]) for row in told["整改事项"]] == [("台账不全", "逾期")]  # type: ignore[attr-defined] # items


def test_what_did_not_come_back_is_open(year: Year) -> None:
    """Of a unit that sent nothing, what was issued is known, and the rest is open with the reason."""
    told = of_one(year, "云溪乡")

    assert number(told["责任事项数"]) == 8
    for name in ("完成", "逾期", "到期已完成次数", "活动总次数", "问题总数", "滞后"):
        assert (number(told[name]), getattr(told[name], "why", "")) == (None, "没有收到填报表"), name


def test_every_light_is_traced_to_its_duties(year: Year) -> None:
    """Behind each count of duties stand as many rows, each where the workbook has that duty with that light."""
    about = asked_for(year, ["青禾镇"])[0]
    lights = {(one.origin.sheet, one.origin.row): one.light for one in about.facts.standings}

    for word, key in LIGHT_KEYS.items():
        figure = about.facts.tally(key, word)
        places = [(row.origin.sheet, row.origin.row) for row in figure.rows()]
        assert [lights[place] for place in places] == [word] * int(figure.value or 0)


def test_counts_are_traced_to_the_log(folder: Workspace, year: Year) -> None:
    """The rows named for a count stand in the returned file, with that category and day."""
    figure = asked_for(year, ["青禾镇"])[0].facts.times("会议", "会议次数")

    found = []
    for row in figure.rows():
        page = load_workbook(folder.root / row.origin.file)[row.origin.sheet]
        (cells_of_row,) = page.iter_rows(min_row=row.origin.row, max_row=row.origin.row, max_col=2)
        found.append([str(cell.value)[:10] for cell in cells_of_row])
    assert len(found) == figure.value
    assert {category for _, category in found} == {"会议"}
    assert sorted(day for day, _ in found) == ["2026-02-03", "2026-03-01", "2026-08-04"]
    assert [row.what for row in figure.rows()][:1] == ["3月1日 会议 专题会议"]


def test_done_times_are_traced_to_what_was_counted(year: Year) -> None:
    """到期已完成次数 names the log rows that count for the duties, and nothing else."""
    facts = asked_for(year, ["青禾镇"])[0].facts
    over, so_far = (facts.tally(key, "次数").rows() for key in ("met_times", "done_times"))

    # the year is not over yet: what was done for its demand is not due
    assert [row.what.split()[1] for row in over] == ["会议"] * 3
    assert sorted(row.what.split()[1] for row in so_far) == ["会议", "会议", "会议", "党课"]
    assert {row.origin.sheet for row in (*over, *so_far)} == {"工作纪实"}


def test_counts_of_a_person_are_traced_to_whoever_did_it(tmp_path: Path) -> None:
    """A duty that a person shares counts what others hosted: the trace of the person names those rows too."""
    folder = make_report_year(tmp_path / "年度")
    facts = asked_for(year_of(folder), ["青禾镇"])[0].facts
    shared = [replace(one, holder="", answer=replace(one.answer, owner="张甲、李乙")) for one in facts.standings]

    own = replace(facts, standings=shared).of_person("李乙")

    for key in ("met_times", "done_times"):
        whole = facts.tally(key, "次数")
        assert own.tally(key, "次数").value == whole.value
        assert own.tally(key, "次数").rows() == whole.rows() != []
    assert own.times("会议", "会议").value == 1


@pytest.mark.parametrize(
    ("owner", "leader", "theirs"),
    [
        ("张甲、李乙", "", 1),
        ("张甲，李乙", None, 1),
        ("", "李乙/张甲", 1),
        ("李乙", "李乙", 1),
        ("张甲", "张甲", 0),
        (None, None, 0),
    ],
)
def test_a_problem_that_several_hold_is_each_ones(year: Year, owner: str, leader: str, theirs: int) -> None:
    """A row of 问题整改台账 belongs to everybody whom it names."""
    facts = asked_for(year, ["青禾镇"])[0].facts
    rows = [{**facts.issues[0], "owner": owner, "leader": leader}]

    own = replace(facts, issues=rows).of_person("李乙")

    assert own.rectified("问题总数", lambda _light: True).value == theirs


def test_scores_are_those_of_the_assessment(folder: Workspace, year: Year) -> None:
    """Score, rank, grade and losses are those of `assess` on the same day, and what is open says so."""
    results = {one.score.subject.name: one for one in assess_year(folder, AS_OF).assessment.results}

    for unit in ("青禾镇", "白杨镇"):
        told, own = of_one(year, unit), results[unit]
        assert (number(told["得分"]), number(told["名次"]), told["等次"]) == (own.score.points, own.rank, own.grade)
        assert told["考核状态"] == "按截至2026年12月31日的数据计算，尚未定稿"
        lost = sum(row["分数"].value for row in told["失分"])  # type: ignore[attr-defined] # items
        assert abs(lost - number(told["满分"] - own.score.points)) < Decimal("0.1")  # type: ignore[operator] # a figure
        assert all(row["出处"] for row in told["失分"])  # type: ignore[attr-defined] # items
    told = of_one(year, "云溪乡")
    assert number(told["得分"]) is None
    assert told["等次"] == "未评"
    assert told["考核状态"] == "未评：没有收到可用的填报表"


def test_without_an_assessment_there_is_no_score(tmp_path: Path) -> None:
    """Where nobody ran `assess`, a report does not score anybody."""
    told = of_one(year_of(make_report_year(tmp_path / "年度")), "青禾镇")

    assert number(told["得分"]) is None
    assert told["考核状态"] == "还没有考核结果"


def test_who_is_asked_for(year: Year) -> None:
    """A unit by name or id, a person by 单位/姓名 or by a name that is there once; each once."""
    found = asked_for(year, ["U002", "青禾镇", "青禾镇／张甲", "李乙", "白杨镇"])

    assert [about.label for about in found] == ["白杨镇", "青禾镇", "青禾镇/张甲", "青禾镇/李乙"]


def test_every_variable_has_a_name_of_its_own(year: Year) -> None:
    """No two variables of a kind, or fields of a list, share a name; each says what it holds."""
    for variables in (OF_ONE, OF_ALL):
        for fields in (variables, *(one.fields for one in variables)):
            assert len(by_name(fields)) == len(fields)
            assert all(one.help and one.name.isidentifier() for one in fields)
    assert [about.label for about in every_unit(year)] == ["青禾镇", "白杨镇", "云溪乡"]


def test_a_trace_names_every_row() -> None:
    """Few rows stand one by one; many are put together by sheet, with the numbers of all rows."""
    assert row_ranges([4, 5, 6, 9, 11, 12]) == "4-6, 9, 11-12"
    assert row_ranges([]) == ""
    assert trace_table([]) == ""


def traced(figures: list[Figure]) -> list[tuple[str, ...]]:
    """The rows of the table 数字出处 for these figures, without the headings."""
    return [tuple(row.split(" | ")) for row in lines(docx(trace_table(figures))) if " | " in row][1:]


def from_sheets(name: str, *rows: int) -> Figure:
    """A figure with so many rows on each of the sheets 甲1, 甲2 and so on."""
    sources = [
        Source(Origin("收件/甲.xlsx", f"甲{sheet}", row), f"第{row}行")
        for sheet, many in enumerate(rows, 1)
        for row in range(4, 4 + many)
    ]
    return Figure(name, len(sources), lambda: sources)


def test_a_short_trace_tells_every_row() -> None:
    """Up to five rows stand one by one; more of them in one line of their sheet."""
    assert traced([from_sheets("少", 2), from_sheets("多", 6)]) == [
        ("少", "2", "收件/甲.xlsx", "甲1", "4", "第4行"),
        ("", "", "收件/甲.xlsx", "甲1", "5", "第5行"),
        ("多", "6", "收件/甲.xlsx", "甲1", "4-9", "第4行 等6行"),
    ]


@pytest.mark.parametrize(("figures", "sheets", "of_one"), [(207, 1, 1), (207, 5, 2), (50, 40, 12), (700, 3, 1)])
def test_every_figure_of_a_long_report_is_traced(figures: int, sheets: int, of_one: int) -> None:
    """However many figures and rows there are, each figure has a line; what is left out of it is counted there."""
    rows = traced([from_sheets(f"数{number}", *[4] * sheets) for number in range(figures)])

    assert [row[0] for row in rows if row[0]] == [f"数{number}" for number in range(figures)]
    assert len(rows) == figures * of_one <= max(600, figures)
    assert sum(bool(row[2]) for row in rows) == figures * (of_one if of_one == sheets else of_one - 1)
    left = sheets - of_one + 1
    assert rows[of_one - 1][-1].endswith(f"{left} 张表，共 {4 * left} 行" if left > 1 else "第4行 等4行")


def test_a_figure_in_a_list_says_whose_it_is(year: Year) -> None:
    """In the bulletin a count of one unit has its name before it."""
    everybody = Everybody(year)

    named = [about.facts.tally("complete", "完成").name for about in everybody.units]

    assert named == ["青禾镇：完成", "白杨镇：完成", "云溪乡：完成"]
    assert next(everybody.units[0].facts.sections()).late("滞后").name == "青禾镇：党委领导班子：一、全面工作：滞后"
    assert replace(everybody.units[0], listed=False).facts.late("滞后").name == "滞后"
