"""The tables of 汇总.xlsx, worked out by hand, and that they add up however units answer."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.issuing.plan import plan_unit
from qingdan_xl.sheets.choices import STATUSES
from qingdan_xl.sheets.summary import LIGHT_KEYS, OVERVIEW, PRINTED_REMARKS, SUMMARY
from qingdan_xl.store import Store
from qingdan_xl.summary.duties import duty_frame
from qingdan_xl.summary.figures import Figures, figures
from qingdan_xl.summary.frames import Frames, cells, frames
from qingdan_xl.summary.heat import heat_sheet
from qingdan_xl.summary.material import load_material
from qingdan_xl.summary.standing import standings
from qingdan_xl.summary.tallies import SUMMED, by_duty, by_role, tally
from summary_samples import AS_OF, BATCH, CALENDAR, UNITS, filled_store, issue, table

TALLIED = """
name   | issued | back | answered | closable | complete | long_term | normal | unfilled | near | short | overdue
青禾镇 | 5      | 5    | 5        | 3        | 1        | 1         | 1      | 0        | 0    | 0     | 1
白石镇 | 5      | 5    | 4        | 5        | 1        | 0         | 1      | 1        | 1    | 1     | 0
启明局 | 1      | 1    | 1        | 1        | 0        | 0         | 0      | 0        | 0    | 1     | 0
望江镇 | 5      | 0    |          |          |          |           |        |          |      |       |
"""
BY_ROLE_EXPECTED = """
name           | units | issued | back | complete | overdue | short | due_times | done_times
党委领导班子   | 3     | 9      | 6    | 1        | 1       | 1     | 2         | 1
党委主要负责人 | 3     | 6      | 4    | 1        | 0       | 0     | 0         | 3
党支部         | 1     | 1      | 1    | 0        | 0       | 1     | 4         | 3
"""
PEOPLE_EXPECTED = """
unit   | person | title    | issued | overdue | accountable | responsible
青禾镇 | 张甲   | 书记     | 4      | 0       | 2           |
青禾镇 | 王丙   | 副书记   | 1      | 1       |             | 1
白石镇 | 李乙   | 书记     | 4      | 0       |             |
白石镇 | 未明确 |          | 1      | 0       |             |
启明局 | 周庚   | 支部书记 | 1      | 0       |             |
望江镇 | 未明确 |          | 5      |         |             |
"""
WARNINGS_EXPECTED = """
light | late_days | left_days | unit   | number | since
欠缺  | 45        |           | 白石镇 | 1      | 2026-03-31
欠缺  | 45        |           | 启明局 | 1      | 2026-03-31
逾期  | 15        |           | 青禾镇 | 3      | 2026-04-30
临近  |           | 17        | 白石镇 | 2      | 2026-06-01
"""
DEMANDS_EXPECTED = """
unit   | number | category | required | due_times | done_times | lacking | elapsed | met | short    | state
青禾镇 | 1      | 会议     | 4        | 1         | 1          | 0       | 1       | 1   |          | 已交回
青禾镇 | 3      | 报告     | 1        | 0         | 0          | 0       | 0       | 0   |          | 已交回
青禾镇 | 1      | 党课     | 2        | 0         | 2          | 0       | 0       | 0   |          | 已交回
白石镇 | 1      | 会议     | 4        | 1         | 0          | 1       | 1       | 0   | 第一季度 | 已交回
白石镇 | 3      | 报告     | 1        | 0         | 0          | 0       | 0       | 0   |          | 已交回
白石镇 | 1      | 党课     | 2        | 0         | 1          | 0       | 0       | 0   |          | 已交回
启明局 | 1      | 学习     | 12       | 4         | 3          | 1       | 4       | 3   | 3月      | 已交回
望江镇 | 1      | 会议     | 4        | 1         |            |         | 1       |     |          | 未交回
望江镇 | 3      | 报告     | 1        | 0         |            |         | 0       |     |          | 未交回
望江镇 | 1      | 党课     | 2        | 0         |            |         | 0       |     |          | 未交回
"""
MISSING_EXPECTED = """
case       | unit   | contact | phone    | late_days | file
未交回     | 望江镇 | 孙己    | 555-0104 | 15        |
文件被退回 | 望江镇 | 孙己    | 555-0104 |           | 收件/望江.xlsx
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """All tables of the four units."""
    return frames(load_material(filled_store(tmp_path_factory.mktemp("year")), CALENDAR))


def seen(rows: list[dict[str, Any]], expected: str, **names: str) -> list[dict[str, str]]:
    """The rows cut to the columns of an expected table, as text; `names` says which column a heading means."""
    keys = table(expected)[0]
    return [{key: "" if (v := row[names.get(key, key)]) is None else str(v) for key in keys} for row in rows]


def test_every_table_has_the_declared_columns(tables: Frames) -> None:
    """Each sheet but 总览 has its table, with exactly the columns that are declared."""
    sheets = {sheet.key: sheet for sheet in (*SUMMARY, PRINTED_REMARKS) if sheet is not OVERVIEW}
    sheets["heat"] = heat_sheet(tables["heat"])

    assert {key: tuple(frame.columns) for key, frame in tables.items()} == {
        key: sheet.keys for key, sheet in sheets.items()
    }


def test_by_unit(tables: Frames) -> None:
    """Counts by unit; the unit that did not return is there, and nothing is said of what it did."""
    assert seen(cells(tables["by_unit"]), TALLIED, name="unit") == table(TALLIED)


def test_rates_are_fractions_of_what_can_be_finished(tables: Frames) -> None:
    """1 of 3, 1 of 5, 0 of 1, and no rate where nothing came back."""
    rates = [row["rate"] for row in cells(tables["by_unit"])]

    assert rates[:3] == [pytest.approx(1 / 3), pytest.approx(0.2), 0]
    assert rates[3] is None


def test_when_and_how_units_returned(tables: Frames) -> None:
    """State, day, what was signed and how many findings stand beside each unit."""
    rows = [tuple(row[key] for key in ("state", "received", "signed", "problems")) for row in cells(tables["by_unit"])]

    assert rows == [
        ("已交回", date(2026, 4, 20), "年初清单", 0),
        ("迟交", date(2026, 4, 20), "", 0),
        ("已交回", date(2026, 4, 20), "", 1),
        ("未交回", None, "", 1),
    ]


HEAT_EXPECTED = """
unit   | rate | 一、研究部署 | 二、督促落实 | 党委主要负责人 | 党支部
青禾镇 | 0.2  | 0.0          | 1.0          | 0.0            |
白石镇 | 0.2  | 0.5          | 0.0          | 0.0            |
启明局 | 1.0  |              |              |                | 1.0
望江镇 |      |              |              |                |
"""


def test_heat_is_the_share_behind_by_unit_and_section(tables: Frames) -> None:
    """Late and short ÷ returned, a column a section (the role where a list has none); blank without returned rows."""
    rows = [{key.removeprefix("heat"): value for key, value in row.items()} for row in cells(tables["heat"])]

    assert seen(rows, HEAT_EXPECTED) == table(HEAT_EXPECTED)


def test_by_role(tables: Frames) -> None:
    """A role's counts are of the units that returned; its units are all that hold it."""
    assert seen(cells(tables["by_role"]), BY_ROLE_EXPECTED, name="role") == table(BY_ROLE_EXPECTED)


def test_by_duty_names_who_is_behind(tables: Frames) -> None:
    """Each duty lists the units that are late or short on it."""
    behind = {row["text"]: row["behind"] for row in cells(tables["by_duty"]) if row["behind"]}

    assert behind == {
        "每季度至少召开1次会议研究工作。": "白石镇",
        "每年向上级报告1次工作情况。": "青禾镇",
        "每月组织1次集中学习。": "启明局",
    }


def test_by_duty_has_the_words_of_the_list(tmp_path: Path) -> None:
    """What is filled in for a unit is not the duty's wording; a duty that no list holds any more keeps its unit's."""
    with closing(filled_store(tmp_path)) as store:
        material = load_material(store, CALENDAR)
    own = tuple(replace(s, duty=replace(s.duty, text=f"{s.unit.name}{s.text}")) for s in material.standings)
    wording = {key: text for key, text in material.wording.items() if key != "C1"}

    rows = cells(frames(replace(material, standings=own, wording=wording))["by_duty"])

    assert [row["text"] for row in rows] == [
        "每季度至少召开1次会议研究工作。",
        "经常听取分管领域情况，及时提出要求。",
        "每年向上级报告1次工作情况。",
        "每年讲党课不少于2次。",
        "发现苗头性问题及时提醒。",
        "启明局每月组织1次集中学习。",
    ]
    assert [row["units"] for row in rows] == [3, 3, 3, 3, 3, 1]


def test_by_person(tables: Frames) -> None:
    """Personal lists fall to their holder, common ones to the named owner, the rest to nobody, in roster order."""
    assert seen(cells(tables["by_person"]), PEOPLE_EXPECTED) == table(PEOPLE_EXPECTED)


def test_warnings_stand_by_days_late(tables: Frames) -> None:
    """The longest late first, what is only near last by days left."""
    assert seen(cells(tables["warnings"]), WARNINGS_EXPECTED) == table(WARNINGS_EXPECTED)


def test_demands(tables: Frames) -> None:
    """Asked for, done, lacking and which periods; what an unreturned unit did stays open."""
    assert seen(cells(tables["demands"]), DEMANDS_EXPECTED) == table(DEMANDS_EXPECTED)


def test_missing_units_and_refused_files(tables: Frames) -> None:
    """A unit that did not return stands with whom to call; a refused file with why and what to do."""
    rows = cells(tables["missing"])

    assert seen(rows, MISSING_EXPECTED) == table(MISSING_EXPECTED)
    assert rows[0]["why"] == "交来的1个文件被退回，改正后请重新交来"
    assert rows[1]["why"].startswith("打不开这个工作簿。")


def test_every_found_file_is_listed(tables: Frames) -> None:
    """Seven files, each with what became of it."""
    outcomes = [row["outcome"] for row in cells(tables["files"])]

    assert outcomes == ["被替代", "采用", "采用", "采用", "重复", "退回", "忽略"]


def test_problems_of_replaced_files_are_gone(tables: Frames) -> None:
    """What was wrong in a file that a newer one replaced bothers nobody any more."""
    assert [(row["unit"], row["file"], row["cell"]) for row in cells(tables["problems"])] == [
        ("启明局", "收件/U3.xlsx", "K9"),
        ("望江镇", "收件/望江.xlsx", ""),
    ]


def test_ledgers(tables: Frames) -> None:
    """Faults past their date come first by days; risks by level."""
    faults = [(row["unit"], row["light"], row["late_days"]) for row in cells(tables["rectification"])]
    risks = [(row["unit"], row["level"]) for row in cells(tables["risks"])]

    assert faults == [("启明局", "逾期", 75), ("青禾镇", "逾期", 14), ("白石镇", "完成", None)]
    assert risks == [("启明局", "高"), ("青禾镇", "中")]


def test_detail_keeps_every_answer_and_its_place(tables: Frames) -> None:
    """Each issued row is there once; percents are fractions; a row that did not come back says so."""
    rows = cells(tables["detail"])

    assert len(rows) == 16
    assert (rows[0]["progress"], rows[0]["self_score"]) == (Decimal("0.4"), Decimal("95.5"))
    assert [(row["file"], row["sheet_title"], row["row"]) for row in rows[:1]] == [("收件/U1.xlsx", "责任清单", 4)]
    assert [row["row_id"] for row in rows if row["state"] == "缺此行"] == ["B2.02"]
    assert sum(row["state"] == "未交回" for row in rows) == 5


def test_figures_for_the_command_line(tmp_path: Path, tables: Frames) -> None:
    """The object of the contract."""
    found = figures(load_material(filled_store(tmp_path), CALENDAR), tables)

    assert found == Figures(AS_OF, 4, 3, 16, 2, 1)
    assert found.as_json("成果/汇总.xlsx", "成果/看板.html") == {
        "as_of": "2026-05-15",
        "workbook": "成果/汇总.xlsx",
        "page": "成果/看板.html",
        "units": 4,
        "returned": 3,
        "duties": 16,
        "done": 2,
        "overdue": 1,
    }


ANSWER = st.fixed_dictionaries(
    {
        "status": st.sampled_from([*STATUSES, None]),
        "deadline": st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        "owner": st.sampled_from(["张甲", "王丙", None]),
    }
)
LOGGED = st.fixed_dictionaries(
    {
        "date": st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        "category": st.sampled_from(["会议", "党课", "学习", "报告"]),
        "host": st.sampled_from(["张甲", "李乙", "周庚"]),
    }
)


def totals(sums: pd.DataFrame) -> Mapping[str, int]:
    """Every count of a table added up; what is missing adds nothing."""
    return {key: int(sums[key].sum()) for key in SUMMED}


@settings(deadline=None, max_examples=40)
@given(
    answers=st.lists(ANSWER, min_size=11, max_size=11),
    log=st.lists(LOGGED, max_size=12),
    returned=st.sets(st.sampled_from(["U1", "U2", "U3", "U4"])),
    as_of=st.dates(date(2026, 1, 1), date(2027, 1, 31)),
)
def test_totals_agree_however_units_answer(
    answers: list[dict[str, Any]], log: list[dict[str, Any]], returned: set[str], as_of: date
) -> None:
    """Totals by unit = by role = by duty = by person = overall, and the lights add up to what came back."""
    plans = {unit.id: plan_unit(BATCH, unit) for unit in UNITS}
    rows = [(key, row.id) for key, plan in plans.items() for _, row in plan.rows()]
    given_rows = [
        {"unit_id": key, "row_id": row_id, **answer} for (key, row_id), answer in zip(rows, answers, strict=False)
    ]
    logged = [{"unit_id": key, "duty": None, **entry} for key in plans for entry in log]

    calendar = Calendar(2026, as_of)
    duties = duty_frame(standings(plans, returned, given_rows, logged, calendar), calendar)

    overall = totals(duties)
    assert totals(tally(duties, ["unit_id"])) == overall
    assert totals(tally(duties, ["unit_id", "person"])) == overall
    assert totals(by_role(duties)) == overall
    assert totals(by_duty(duties, {})) == overall
    assert sum(overall[key] for key in LIGHT_KEYS.values()) == overall["back"]
    assert overall["issued"] == len(rows)


def test_tables_without_any_return(tmp_path: Path) -> None:
    """A year in which nothing came back still gives every table."""
    store = Store(tmp_path / "qingdan.db")
    issue(store)

    found = frames(load_material(store, CALENDAR))

    assert {key: len(frame) for key, frame in found.items() if len(frame)} == {
        "by_unit": 4,
        "heat": 4,
        "by_role": 3,
        "by_duty": 6,
        "by_person": 6,
        "demands": 10,
        "missing": 4,
        "detail": 16,
        "printed_remarks": 1,
    }
