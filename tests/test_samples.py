"""The bundled samples: their shapes as the parser sees them, their demands, and rosters that fit them."""

import csv
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

import qingdan_xl
from qingdan_xl.documents import parse
from qingdan_xl.model import Checklist, Kind, Role, Target
from qingdan_xl.sheets.choices import CATEGORIES

SAMPLES = Path(qingdan_xl.__file__).parent / "samples"

# list | kind | role | works by | duties of each section, in order
SHAPES = """
领导班子成员责任清单 | checklist | 分管负责人           |          | 3 3 3 4 3 3 3
重点任务清单         | checklist | 党组（党委）         |          | 8
重点任务清单         | checklist | 机关党委             |          | 7
重点任务清单         | checklist | 党总支               | 机关党委 |
重点任务清单         | checklist | 党支部               |          | 7
乡镇主体责任清单     | checklist | 党委领导班子         |          | 3 3 2 3 3 3 3 2 3 2
乡镇主体责任清单     | checklist | 党委主要负责人       |          | 4 3 3 3
乡镇主体责任清单     | checklist | 党委领导班子其他成员 |          | 3 4 3 3
机关部门责任清单     | checklist | 党组（党委）         |          | 18
履责情况报告         | report    | 党组书记             |          | 3 4 3 3
"""

# role | duty | number and unit | per | due
DEMANDS = {
    "领导班子成员责任清单": """
分管负责人 | 2  | 2     | year      | 06-30 12-15
分管负责人 | 3  | 1 次  | quarter   |
分管负责人 | 4  | 10 次 | year      |
分管负责人 | 5  | 1 篇  | half_year |
分管负责人 | 6  | 2 期  | year      |
分管负责人 | 9  | 1 次  | month     |
分管负责人 | 10 | 4 次  | year      |
分管负责人 | 10 | 1 次  | year      |
分管负责人 | 14 | 1 次  | quarter   |
分管负责人 | 14 | 1 天  |           |
分管负责人 | 15 | 1 次  | month     |
分管负责人 | 17 | 1 次  | year      |
分管负责人 | 18 | 1 次  | half_year |
分管负责人 | 20 | 1 次  | year      | 03-31
分管负责人 | 21 | 1 次  | year      |
""",
    "重点任务清单": """
党组（党委） | 第一 | 1     | year      | 02-28
党组（党委） | 第二 | 1 次  | month     |
党组（党委） | 第二 | 1 次  | quarter   |
党组（党委） | 第三 | 1 次  | half_year |
党组（党委） | 第三 | 1     | year      | 12-10
党组（党委） | 第四 | 60 %  | year      |
党组（党委） | 第五 | 1 次  | quarter   |
党组（党委） | 第五 | 2 次  | year      |
党组（党委） | 第六 | 3 次  | year      |
党组（党委） | 第七 | 1 期  | year      |
党组（党委） | 第八 | 1     | year      |
机关党委     | 第一 | 1     | year      | 03-15
机关党委     | 第二 | 1 次  | half_year |
机关党委     | 第三 | 1 次  | quarter   |
机关党委     | 第四 | 1 次  | once      | ~07-01
机关党委     | 第六 | 1 次  | half_year |
党支部       | 第一 | 1 次  | month     |
党支部       | 第一 | 1 次  | quarter   |
党支部       | 第二 | 2 次  | month     |
党支部       | 第三 | 1 次  | half_year |
党支部       | 第三 | 1 次  | once      | ~07-01
党支部       | 第四 | 1 次  | month     |
党支部       | 第五 | 1 次  | year      |
党支部       | 第六 | 1 次  | year      | 12-31
党支部       | 第七 | 1 次  | quarter   |
""",
    "乡镇主体责任清单": """
党委领导班子 | 3  | 1 次  | half_year |
党委领导班子 | 3  | 1     | year      | 12-20
党委领导班子 | 4  | 1 次  | month     |
党委领导班子 | 4  | 2 人  |           |
党委领导班子 | 5  | 20 场 | year      |
党委领导班子 | 6  | 3 期  | year      |
党委领导班子 | 8  | 1     | year      | ~01-01
党委领导班子 | 8  | 1 次  | quarter   |
党委领导班子 | 10 | 1 次  | year      |
党委领导班子 | 12 | 80 %  | year      |
党委领导班子 | 13 | 1 次  | quarter   |
党委领导班子 | 16 | 1 次  | week      |
党委领导班子 | 17 | 1 次  | half_year |
党委领导班子 | 19 | 1 次  | year      |
党委领导班子 | 19 | 2 次  | year      |
党委领导班子 | 20 | 1 次  | quarter   |
党委领导班子 | 23 | 1     | year      |
党委领导班子 | 24 | 1     | half_year |
党委领导班子 | 25 | 2     | year      | 01-31 07-31
党委领导班子 | 26 | 1 次  | year      | 12-31
党委主要负责人 | 2  | 1 次  | quarter   |
党委主要负责人 | 3  | 1 次  | month     |
党委主要负责人 | 4  | 1     | year      | 12-31
党委主要负责人 | 6  | 2 次  | year      |
党委主要负责人 | 6  | 6 次  | year      |
党委主要负责人 | 6  | 4 次  | year      |
党委主要负责人 | 8  | 2 次  | year      |
党委主要负责人 | 8  | 1 次  | year      |
党委主要负责人 | 9  | 12 次 | year      |
党委主要负责人 | 9  | 2 次  | year      |
党委主要负责人 | 9  | 4 次  | year      |
党委主要负责人 | 11 | 1 次  | half_year |
党委领导班子其他成员 | 1  | 1     | year      | 02-28
党委领导班子其他成员 | 3  | 1     | year      | 12-20
党委领导班子其他成员 | 4  | 2 次  | month     |
党委领导班子其他成员 | 6  | 1 次  | year      |
党委领导班子其他成员 | 6  | 4 次  | year      |
党委领导班子其他成员 | 6  | 2 次  | year      |
党委领导班子其他成员 | 8  | 1 次  | quarter   |
党委领导班子其他成员 | 9  | 1 次  | half_year |
党委领导班子其他成员 | 10 | 1 次  | year      |
党委领导班子其他成员 | 11 | 10 次 | year      |
党委领导班子其他成员 | 11 | 1 篇  | year      |
""",
    "机关部门责任清单": """
党组（党委） | 1  | 1     | year      | ~01-01
党组（党委） | 1  | 1     | year      | ~12-31
党组（党委） | 2  | 1 次  | quarter   |
党组（党委） | 4  | 2 次  | year      |
党组（党委） | 4  | 1 次  | half_year |
党组（党委） | 5  | 1 次  | half_year |
党组（党委） | 6  | 1 次  | year      |
党组（党委） | 8  | 2 次  | year      |
党组（党委） | 9  | 2 次  | year      |
党组（党委） | 11 | 1 次  | quarter   |
党组（党委） | 12 | 3 次  | year      |
党组（党委） | 12 | 1 篇  | year      |
党组（党委） | 14 | 2 次  | year      |
党组（党委） | 17 | 1     | year      | 12-10
""",
}

# open counts of the report, leaf by leaf: 次 条 份 …
METRICS = """
次 次 份 | 次 条 条 | 人次 人次
次 次 人次 | 次 场 次 | 期 人次 | 篇 期
个 名 名 | 场 次 | 人次 个 处
次 场 起 | 个 项
"""

HEADS = ("党委书记", "党组书记", "党总支书记")
LOGGED = ("会议", "学习", "党课", "谈话", "调研", "检查", "报告", "警示教育", "主题党日", "培训")


def cells(line: str) -> tuple[str, ...]:
    """The trimmed cells of one line of a text table."""
    return tuple(cell.strip() for cell in line.split("|"))


def table(text: str) -> list[tuple[str, ...]]:
    """The lines of a text table as rows of trimmed cells."""
    return [cells(line) for line in text.strip().splitlines()]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one bundled table by heading."""
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def lists() -> dict[str, Checklist]:
    """Every bundled document by its file name, parsed."""
    found = {}
    for path in sorted(SAMPLES.glob("*.txt")):
        (found[path.stem],) = parse(path.name, path.read_bytes())
    return found


def shape(name: str, document: Checklist, role: Role) -> tuple[str, ...]:
    """One role as a row of SHAPES."""
    sizes = " ".join(str(len(section.duties)) for section in role.sections if section.duties)
    return (name, document.kind.value, role.name, role.inherits or "", sizes)


def demand(target: Target) -> tuple[str, str, str]:
    """The last three cells of a row of DEMANDS."""
    amount = " ".join(str(part) for part in (target.number, target.unit) if part is not None)
    return (amount, target.per.value if target.per else "", " ".join(target.due))


def test_shapes(lists: dict[str, Checklist]) -> None:
    """22 duties in 7 sections; three levels and a fourth by reference; 27/13/13 in 18 sections; 18 flat; a report."""
    found = [shape(name, document, role) for name, document in lists.items() for role in document.roles]

    assert sorted(table(SHAPES)) == sorted(found)


def test_every_sample_is_of_2026(lists: dict[str, Checklist]) -> None:
    """The year stands in every title, also where the title is broken over two lines."""
    assert {document.year for document in lists.values()} == {2026}
    assert lists["乡镇主体责任清单"].title == "2026年度云溪县乡镇党委落实管党治党主体责任清单"


def test_a_sentence_broken_by_a_line_end_is_whole(lists: dict[str, Checklist]) -> None:
    """The line end in mid-word leaves no trace in the duty."""
    role = next(role for role in lists["乡镇主体责任清单"].roles if role.name == "党委主要负责人")

    assert "鼓励班子成员讲真话、提不同意见，对少数人的意见" in role.duties[4].text


@pytest.mark.parametrize("name", DEMANDS)
def test_demands(lists: dict[str, Checklist], name: str) -> None:
    """Every counted demand of a sample is found with its number, period and dates, and nothing else is."""
    found = [
        (role.name, duty.number, *demand(target))
        for role in lists[name].roles
        for duty in role.duties
        for target in duty.targets
    ]

    assert table(DEMANDS[name]) == found


def test_most_demands_can_be_counted_from_a_log(lists: dict[str, Checklist]) -> None:
    """At least two thirds of the demands belong to an activity that staff log anyway."""
    categories = Counter(
        target.category for document in lists.values() for duty in document.duties for target in duty.targets
    )

    assert set(categories) <= {*CATEGORIES, ""}
    assert set(LOGGED) <= set(categories)
    assert 3 * sum(categories[name] for name in LOGGED) >= 2 * categories.total()


def test_open_counts_of_the_report(lists: dict[str, Checklist]) -> None:
    """The report leaves 31 numbers open, each with its unit."""
    report = lists["履责情况报告"]

    assert [metric.unit for metric in report.metrics] == METRICS.replace("|", " ").split()
    assert report.metrics[0].text.endswith("主持召开会议*次")
    assert all(not document.metrics for document in lists.values() if document.kind is not Kind.REPORT)


def test_units() -> None:
    """At least 14 units of three kinds in two peer groups of six or more; names are unique, parents are listed."""
    units = rows("单位.csv")
    names = {unit["单位名称"] for unit in units}
    groups = Counter(unit["考核组"] for unit in units)

    assert len(units) == len(names) == len({unit["单位编号"] for unit in units}) >= 14
    assert {unit["类型"] for unit in units} == {"乡镇", "机关部门", "事业单位"}
    assert len(groups) == 2
    assert min(groups.values()) >= 6
    assert {unit["上级单位"] for unit in units if unit["上级单位"]} <= names


def test_people() -> None:
    """65 to 80 people of invented, distinct names; three to seven in a unit, among them one head and the contact."""
    people = rows("人员.csv")
    of_unit = {name: list(group) for name, group in groupby(people, key=lambda person: person["单位"])}

    assert 65 <= len(people) <= 80
    assert len({person["姓名"] for person in people}) == len(people)
    assert all(person["姓名"][1:] in "甲乙丙丁戊己庚辛壬癸" for person in people)
    assert set(of_unit) == {unit["单位名称"] for unit in rows("单位.csv")}
    assert all(3 <= len(group) <= 7 for group in of_unit.values())
    for unit in rows("单位.csv"):
        group = of_unit[unit["单位名称"]]
        assert sum(person["职务"].split("、")[0] in HEADS for person in group) == 1
        assert unit["联系人"] in {person["姓名"] for person in group}


def test_people_hold_roles_that_their_unit_is_issued() -> None:
    """Every role a person holds is meant for the kind of the person's unit; whoever is in charge oversees something."""
    kinds = {unit["单位名称"]: unit["类型"] for unit in rows("单位.csv")}
    issued = {(row["角色"], kind) for row in rows("角色.csv") for kind in row["适用类型"].split("、")}
    held = {(role, kinds[person["单位"]]) for person in rows("人员.csv") for role in person["角色"].split("、") if role}

    assert held <= issued
    assert {role for role, _ in held} == {"分管负责人", "党委主要负责人", "党委领导班子其他成员"}
    assert all(person["分管"] for person in rows("人员.csv") if person["角色"].startswith(("党委领导班子", "分管")))


def test_every_role_is_issued_to_a_kind_of_unit() -> None:
    """角色.csv names each role of each list once and only kinds that exist; a report is not issued."""
    roles = rows("角色.csv")
    kinds = {unit["类型"] for unit in rows("单位.csv")}
    expected = [(name, role) for name, kind, role, *_ in table(SHAPES) if kind == "checklist"]

    assert sorted((row["清单"], row["角色"]) for row in roles) == sorted(expected)
    assert {kind for row in roles for kind in row["适用类型"].split("、")} == kinds


def test_a_township_holds_a_workable_number_of_duties(lists: dict[str, Checklist]) -> None:
    """A township has 75 distinct duties on at most nine sheets: one head, one in charge, two or more other members."""
    mine = [row for row in rows("角色.csv") if "乡镇" in row["适用类型"].split("、")]
    duties = sum(len(role.duties) for row in mine for role in lists[row["清单"]].roles if role.name == row["角色"])
    assert duties == 75

    for unit in (unit["单位名称"] for unit in rows("单位.csv") if unit["类型"] == "乡镇"):
        held = Counter(role for row in rows("人员.csv") if row["单位"] == unit for role in row["角色"].split("、"))
        assert (held["党委主要负责人"], held["分管负责人"]) == (1, 1)
        assert held["党委领导班子其他成员"] >= 2
        assert 1 + held["党委主要负责人"] + held["分管负责人"] + held["党委领导班子其他成员"] <= 9
