"""What reports say: whose each thing is, nothing that is not there, and no day beside another."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.text.paragraph import Paragraph

from assessment_year import AS_OF
from qingdan_xl.counting.lights import COMPLETE, NORMAL, OVERDUE, SHORT
from qingdan_xl.counting.periods import Calendar
from qingdan_xl.model import Duty, Unit
from qingdan_xl.reports import phrases
from qingdan_xl.reports.about import Everybody, Year
from qingdan_xl.reports.asking import asked_for
from qingdan_xl.reports.declared import OF_ALL, OF_ONE
from qingdan_xl.reports.duties import gist, joint_in
from qingdan_xl.reports.facts import Facts
from qingdan_xl.reports.figures import Phrase
from qingdan_xl.reports.inserting import Insertions
from qingdan_xl.reports.shipped import BULLETIN, DUTY_REPORT, NOTICE, RESULT, templates
from qingdan_xl.reports.template import ReportTemplate
from qingdan_xl.reports.variables import values
from qingdan_xl.summary.standing import Answer, Standing
from report_samples import constant, filled, lines, make_report_year, template, word
from test_report_figures import year_of

CALENDAR = Calendar(2026, AS_OF)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """What reports of the small year are made from, without scores."""
    return year_of(make_report_year(tmp_path_factory.mktemp("wording") / "年度"))


def duty(number: int, holder: str, light: str = COMPLETE, role: str = "班子成员", **answer: Any) -> Standing:
    """A duty that somebody holds, due on the last day of June."""
    return Standing(
        Unit("U001", "青禾镇", "乡镇"),
        "清单",
        role,
        f"{role}-{holder}",
        holder,
        "（一）分管责任",
        f"r{number}{holder}",
        Duty(f"d{number}", f"{number}.", f"第{number}项要抓紧，按月核对", number, ()),
        (),
        returned=True,
        answer=Answer(**answer),
        light=light,
        since=date(2026, 6, 30) if light in {OVERDUE, SHORT} else None,
    )


def facts(*standings: Standing, host: str = "") -> Facts:
    """What was collected of a unit with these duties."""
    return Facts("青禾镇", standings, (), (), CALENDAR, host=host)


def said(phrase: Phrase) -> str:
    """A phrase as it is written."""
    return Insertions().text(phrase)


def report(kind: str, told: dict[str, object]) -> list[str]:
    """The shipped template of a kind with these values."""
    variables = OF_ALL if kind == BULLETIN else OF_ONE
    return lines(ReportTemplate(kind, templates()[kind](), variables).fill(told, lambda _figures: "").data)


def told_of(year: Year, own: Facts, name: str = "青禾镇") -> dict[str, object]:
    """The values about somebody of whom this was collected."""
    about = asked_for(year, [name])[0]
    about.__dict__["facts"] = own
    return values(OF_ONE, about)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("开好民主生活会。会前广泛听取意见，会后报送整改方案。", "开好民主生活会"),
        ("按期报送。", "按期报送"),
        (
            "制定中心组年度学习计划，列明专题、时间和重点发言人，每月至少组织1次集体学习",
            "制定中心组年度学习计划，列明专题、时间和重点发言人",
        ),
        (
            "每年1月31日前和7月31日前，各村应当提交责任落实情况书面报告，由办公室汇总后送党委会议讨论",
            "每年1月31日前和7月31日前，各村应当提交责任落实情况书面报告",
        ),
        (
            "重要任务自己部署、难点问题自己协调，对信访积案和督办事项，每月至少听取1次办理情况汇报",
            "重要任务自己部署、难点问题自己协调",
        ),
        (
            "落实一岗双责要求（包括分管领域和联系点，一并研究、部署、检查、考核），按季度报送备案",
            "落实一岗双责要求（包括分管领域和联系点，一并研究、部署、检查、考核）",
        ),
        ("没有逗号的一句话" * 6, "没有逗号的一句话" * 6),
        ("", ""),
    ],
)
def test_the_gist_of_a_duty_says_what_it_is(text: str, short: str) -> None:
    """The first sentence; a long one ends at a comma behind which nothing is missed that the words ask for."""
    assert gist(text) == short


def test_a_duty_of_several_is_told_once_with_each_of_them() -> None:
    """What all say is told once, what they say apart with the names; nobody's words are lost."""
    own = facts(
        duty(1, "张甲", report="按月核对。"),
        duty(1, "李乙", report="按月核对。"),
        duty(1, "王丙", report="已整改"),
        duty(2, "张甲", report="同一做法"),
        duty(2, "李乙", report="同一做法"),
    )

    first, second = joint_in(own, own.standings)

    assert first.people == "张甲、李乙、王丙"
    assert first.progress == "张甲、李乙：按月核对；王丙：已整改"
    assert second.progress == "同一做法"


def test_the_words_of_one_of_several_are_that_ones() -> None:
    """Where only one of them wrote anything, the others are not taken to have."""
    own = facts(duty(1, "张甲", report="已办"), duty(1, "李乙"))

    assert joint_in(own, own.standings)[0].progress == "张甲：已办"


def test_who_is_late_is_named() -> None:
    """Each is named with the days; a list without a name is named by its role, a person's own report names nobody."""
    own = facts(duty(1, "张甲", OVERDUE), duty(1, "李乙", OVERDUE), duty(1, "王丙", SHORT), duty(2, "", OVERDUE))

    first, second = joint_in(own, own.behind)

    assert said(first.lateness) == "张甲、李乙逾期184天；王丙欠缺184天"
    assert said(second.lateness) == "班子成员逾期184天"
    assert said(joint_in(replace(own, host="张甲"), own.behind[:1])[0].lateness) == "逾期184天"


def test_equal_duties_of_two_lists_stay_apart() -> None:
    """Only what is one row of one list is put together."""
    own = facts(duty(1, "张甲"), duty(1, "张甲", role="分管负责人"))

    assert len(joint_in(own, own.standings)) == 2
    assert [each.name for each in own.lists()] == ["班子成员", "分管负责人"]


def test_the_table_names_the_list_of_each_section() -> None:
    """Sections of equal names stand under their list, numbered as there; of one list alone there is no such row."""
    one = facts(duty(1, "张甲"), duty(2, "李乙"))
    two = facts(*one.standings, duty(3, "张甲", role="分管负责人"))
    plain = facts(replace(duty(1, ""), section=""))

    assert [(row.name, len(row.standings)) for row in one.rows()] == [("（一）分管责任", 2)]
    assert [(row.name, len(row.standings)) for row in two.rows()] == [
        *(("班子成员", 2), ("　（一）分管责任", 2)),
        *(("分管负责人", 1), ("　（一）分管责任", 1)),
    ]
    assert [row.name for row in plain.rows()] == ["班子成员"]


def test_what_is_zero_is_not_said() -> None:
    """Counts that are zero are left out; what is not known is left open."""
    own = facts(duty(1, "张甲"), duty(2, "张甲", OVERDUE), duty(3, "张甲", NORMAL))
    unknown = facts(replace(duty(1, "张甲"), returned=False, light=""))

    assert said(phrases.progress(own)) == "完成1项、正常推进1项、逾期1项，完成率33.3%"
    assert said(phrases.behind(own)) == "逾期1项"
    assert phrases.demanded(own) == phrases.rectified(own) == Phrase()
    assert said(phrases.progress(replace(unknown, why="没有收到填报表"))).count("\ufdd0") == 9


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("已销号", None),), "问题整改台账登记问题1个，均已整改"),
        (
            (("已销号", None), ("整改中", date(2026, 6, 30)), ("整改中", None)),
            "问题整改台账登记问题3个，已整改1个，未整改2个，其中超过整改时限1个",
        ),
        ((("整改中", date(2027, 6, 30)),), "问题整改台账登记问题1个，未整改1个"),
    ],
)
def test_the_ledger_in_words(rows: tuple[tuple[str, date | None], ...], words: str) -> None:
    """Only what there is of done, open and late problems is said."""
    issues = [{"status": status, "deadline": deadline, "text": "问题"} for status, deadline in rows]

    assert said(phrases.rectified(replace(facts(), issues=issues))) == words


def test_a_phrase_is_text_with_figures() -> None:
    """In a template a phrase is written whole, its figures are traced, and signs that others wrote stay text."""
    own = facts(duty(1, "张<b>甲", OVERDUE))
    (joint,) = joint_in(own, own.behind)

    told = (constant("情况", joint.lateness), constant("无", Phrase()))
    made = filled(template("{{ 情况 }}。{% if 无 %}有{% endif %}"), *told)

    assert lines(made) == ["张<b>甲逾期184天。"]
    insertions = Insertions()
    insertions.text(joint.lateness)
    assert [figure.value for figure in insertions.figures] == [184]


def test_the_report_of_a_unit_tells_lists_of_people_by_person(year: Year) -> None:
    """The list of all is told duty by duty, those of people person by person; no duty is told twice."""
    common = replace(duty(1, "", role="领导班子", report="已办"), holder="")
    text = report(DUTY_REPORT, told_of(year, facts(common, duty(2, "张甲"), duty(2, "李乙", NORMAL))))

    start = text.index("二、主要工作")
    assert text[start + 1 : start + 6] == [
        "（一）领导班子",
        "1.第1项要抓紧，按月核对。进展：已办。",
        "（二）班子成员",
        "张甲承担责任事项1项，其中完成1项，完成率100%。",
        "李乙承担责任事项1项，其中正常推进1项，完成率0%。",
    ]


def test_a_report_without_faults_asks_for_none(year: Year) -> None:
    """Without anything late and without a score the chapters follow one another, and nothing refers to problems."""
    text = report(DUTY_REPORT, told_of(year, facts(duty(1, "张甲"), host="张甲"), "青禾镇/张甲"))

    heads = [line for line in text if line[1:2] == "、"]
    assert heads == ["一、总体情况", "二、主要工作", "三、存在问题", "四、下一步打算"]
    assert not any("上述问题" in line or "0项" in line or "考核" in line for line in text)
    assert "没有逾期和欠缺的事项。" in text


def test_a_bulletin_admonishes_only_where_there_is_reason(year: Year) -> None:
    """Where everything came back and nothing is late nobody is asked to hand in or to explain."""
    told = values(OF_ALL, _flawless(year))
    text = report(BULLETIN, told)

    assert [line for line in text if line[1:2] == "、"] == ["一、总体情况", "二、各单位完成情况", "三、有关要求"]
    assert not any("抓紧报送" in line or "说明原因" in line or "未交回" in line or "迟交" in line for line in text)
    assert any("填报表已全部交回。" in line for line in text)


def _flawless(year: Year) -> Everybody:
    """Everybody, where all came back and is done."""
    intake = year.material.intake
    done = [replace(one, light=COMPLETE) for one in year.material.standings if one.returned]
    material = replace(
        year.material, standings=tuple(done), issues=(), intake=replace(intake, units=tuple(intake.returned))
    )
    return Everybody(replace(year, material=material))


@pytest.mark.parametrize(
    ("behind", "deadlines", "asked"),
    [
        (True, (), "请于【整改期限】前完成整改，把结果"),
        (False, (date(2027, 6, 30),), "请按所列整改时限完成整改，把结果"),
        (True, (date(2027, 6, 30),), "请于【整改期限】前完成整改，整改时限未到的问题按所列时限完成，把结果"),
        (False, (date(2026, 6, 30),), "请于【整改期限】前完成整改，把结果"),
        (False, (None,), "请于【整改期限】前完成整改，把结果"),
    ],
)
def test_a_problem_with_time_left_keeps_its_deadline(
    year: Year, behind: bool, deadlines: tuple[date | None, ...], asked: str
) -> None:
    """Only what is late or has no date of its own is given a new one."""
    blank = dict.fromkeys(("text", "source", "measure", "leader", "owner", "result", "closed"), "")
    issues = [{**blank, "status": "整改中", "deadline": deadline} for deadline in deadlines]
    own = replace(facts(duty(1, "张甲", OVERDUE if behind else COMPLETE)), issues=issues)

    text = report(NOTICE, told_of(year, own))

    assert any(asked in line for line in text)


def test_a_notice_shows_the_day_that_days_are_counted_from(year: Year) -> None:
    """The date beside 欠缺184天 is the one that lies 184 days back, whatever the duty's own deadline is."""
    own = facts(replace(duty(1, "", SHORT), deadline=date(2026, 11, 30)))

    rows = [line.split(" | ") for line in report(NOTICE, told_of(year, own)) if " | " in line]

    assert [row[2:4] for row in rows] == [["责任人", "应完成日"], ["班子成员", "2026年6月30日"]]
    assert rows[1][4].startswith("欠缺184天")


@pytest.mark.parametrize("kind", [DUTY_REPORT, BULLETIN, NOTICE, RESULT])
def test_a_signature_is_never_alone_on_a_page(kind: str) -> None:
    """From the last paragraph of the text to the last line everything keeps with the next."""
    paragraphs = [block for block in word(templates()[kind]()).iter_inner_content() if isinstance(block, Paragraph)]
    signed = next(number for number, one in enumerate(paragraphs) if one.text.endswith("{{ 日期 }}"))

    tail = paragraphs[signed - 3 :]
    assert tail[0].text.strip()
    assert not tail[0].text.startswith("{%p")
    assert [one.paragraph_format.keep_with_next for one in tail] == [*[True] * (len(tail) - 1), None]


def test_a_share_of_nothing_is_not_told() -> None:
    """Of duties that nobody has to finish there is no 完成率."""
    own = facts(duty(1, "张甲", "长期", status="长期坚持"))

    assert said(phrases.progress(own)) == "长期坚持1项"
    assert own.tally("closable", "应办结").value == 0
