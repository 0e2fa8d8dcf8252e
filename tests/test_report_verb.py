"""report as its user meets it: files, JSON, exit codes, who is left out, and what happens to what people changed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from assessment_year import AS_OF
from office import Office
from qingdan_xl.problems import UnusableError
from qingdan_xl.reports.trace import TITLE as TRACE
from qingdan_xl.verbs.report import Wish, report_year
from qingdan_xl.workspace.folder import Workspace
from report_samples import HOSTILE, assessed, lines, make_report_year, template, word, written

KINDS = ("述责报告", "通报", "整改通知", "考核结果告知书")


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """The small year after `assess`."""
    return assessed(make_report_year(tmp_path / "年度"))


def run(year: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `qingdan report` as of the last day of the year, as a user would, in a pipe."""
    command = [sys.executable, "-m", "qingdan_xl", "report", "--as-of", f"{AS_OF}", *arguments]
    return subprocess.run(command, cwd=year.root, capture_output=True, text=True, check=False)


def told(year: Workspace, *arguments: str) -> Any:
    """The object of `report --json`."""
    return json.loads(run(year, *arguments, "--json").stdout)


def edit_template(year: Workspace, kind: str, *paragraphs: str) -> Path:
    """Put another template in place of a kind's."""
    path = year.templates / f"{kind}.docx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(template(*paragraphs))
    return path


def test_a_run_for_everybody(year: Workspace) -> None:
    """Every kind is written for whom it is for, and who is left out is told with the reason."""
    done = run(year, "--json")

    made = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(made) == ["reports", "left_out", "kept", "problems"]
    assert [(each["kind"], each["unit"]) for each in made["reports"]] == [
        *(("述责报告", unit) for unit in ("青禾镇", "白杨镇", "云溪乡")),
        ("通报", "全部单位"),
        *(("整改通知", unit) for unit in ("青禾镇", "白杨镇", "云溪乡")),
        *(("考核结果告知书", unit) for unit in ("青禾镇", "白杨镇", "云溪乡")),
    ]
    for each in made["reports"]:
        assert year.root / each["path"] == year.results / "报告" / each["kind"] / f"{each['unit']}.docx"
        assert list(each) == ["kind", "unit", "person", "path", "open", "unchecked"]
        assert bool(each["open"]) == (each["unit"] in {"云溪乡", "全部单位"} and each["kind"] != "整改通知")


def test_a_run_is_told_in_words(year: Workspace) -> None:
    """Without --json the counts of each kind, the open figures and the folder are said."""
    done = run(year)

    assert "述责报告：3 份" in done.stdout
    assert "没有数字、在文中空着并标黄的" in done.stdout
    assert "述责报告（云溪乡）没有收到填报表：" in done.stdout
    assert done.stdout.splitlines()[-1] == f"报告：{Path('成果') / '报告'}"
    assert done.stderr == ""


def test_only_who_has_something_to_mend_gets_a_notice(year: Workspace) -> None:
    """Without anything late, lacking or open there is no notice, and the run says so."""
    made = told(year, "--kind", "整改通知", "青禾镇/李乙")

    assert made["reports"] == []
    assert made["left_out"] == [
        {"kind": "整改通知", "unit": "青禾镇/李乙", "why": "没有逾期、欠缺的事项，也没有未整改的问题"}
    ]
    notice = "".join(lines(year.root / told(year, "--kind", "整改通知", "青禾镇")["reports"][0]["path"]))
    assert "台账不全" in notice
    assert "制度过时" not in notice
    missing = "".join(lines(year.root / told(year, "--kind", "整改通知", "云溪乡")["reports"][0]["path"]))
    assert "填报表应于2026年12月20日前交回，至今没有收到" in missing


def test_a_person_has_a_report_of_its_own(year: Workspace) -> None:
    """单位/姓名 gives a report with the person's duties and name."""
    made = told(year, "青禾镇/张甲", "--kind", "述责报告")["reports"]

    assert [(each["unit"], each["person"], Path(each["path"]).name) for each in made] == [
        ("青禾镇", "张甲", "青禾镇·张甲.docx")
    ]
    text = lines(year.root / made[0]["path"])
    assert text[1] == "青禾镇　党委书记　张甲"
    assert any(line.startswith("承担责任事项6项，其中") for line in text)


def test_who_was_not_assessed_gets_no_result(tmp_path: Path) -> None:
    """Before `assess`, and for a person whom the scheme does not score, there is no 告知书, and the run says why."""
    early = written(make_report_year(tmp_path / "年度"), "青禾镇", kinds=("考核结果告知书",))
    later = written(assessed(Workspace(tmp_path / "年度")), "青禾镇", "青禾镇/张甲", kinds=("考核结果告知书",))

    assert [each.why for each in early.left_out] == ["还没有考核结果，请先运行 qingdan assess"]
    assert [(each.label, each.why) for each in later.left_out] == [("青禾镇/张甲", "考核办法没有给个人计分")]
    assert [each.unit for each in later.reports] == ["青禾镇"]


def test_names_ask_for_no_bulletin(year: Workspace) -> None:
    """Who asks for one unit gets its own reports; the bulletin is about all and comes when it is named."""
    assert {each["kind"] for each in told(year, "青禾镇")["reports"]} == set(KINDS) - {"通报"}
    assert [each["unit"] for each in told(year, "青禾镇", "--kind", "通报")["reports"]] == ["全部单位"]


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("--kind", "述职报告"), "report-kind", "是不是“述责报告”"),
        (("青河镇",), "no-subject", "是不是“青禾镇”"),
    ],
)
def test_what_is_asked_for_in_vain(year: Workspace, arguments: tuple[str, ...], code: str, hint: str) -> None:
    """A kind or a name that there is not: nothing is written, and the nearest is named."""
    done = run(year, *arguments)

    assert done.returncode == 2
    assert f"[{code}]" in done.stderr
    assert hint in done.stderr
    assert not (year.results / "报告").exists()


def test_before_anything_was_issued(tmp_path: Path) -> None:
    """There is nothing to report of a year that has not begun."""
    with pytest.raises(UnusableError) as caught:
        written(Workspace.create(tmp_path / "年度", 2026))

    assert [found.code for found in caught.value.problems] == ["nothing-issued"]


def test_templates_are_put_there_once(year: Workspace) -> None:
    """What the coordinator made of a template stays; the others are put there."""
    mine = edit_template(year, "通报", "截至{{ 截至 }}，完成{{ 完成 }}项。")
    before = mine.read_bytes()

    made = written(year)

    assert mine.read_bytes() == before
    assert {path.stem for path in year.templates.iterdir()} == set(KINDS)
    bulletin = next(each for each in made.reports if each.kind == "通报")
    assert lines(bulletin.path) == ["截至2026年12月31日，完成1项。"]


def test_one_broken_template_stops_only_its_kind(year: Workspace) -> None:
    """The fault is told with template, paragraph and name; the other kinds are written."""
    edit_template(year, "通报", "通报", "{{ 完成数 }}")
    edit_template(year, "述责报告", "{{ 1 / (滞后 - 滞后)|int }}", "{{ 单位 }}")

    done = run(year, "--json")

    made = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(each["code"], each["file"]) for each in made["problems"]] == [
        ("report-variable", "报告模板/通报.docx"),
        ("report-unfilled", "报告模板/述责报告.docx"),
        ("report-unfilled", "报告模板/述责报告.docx"),
    ]
    assert "“{{ 1 / (滞后 - 滞后)|int }}”：除数是 0，“青禾镇”、“白杨镇”没有写" in made["problems"][1]["message"]
    assert "：这里的写法不能计算，“云溪乡”没有写" in made["problems"][2]["message"]
    assert "模板第 2 段“{{ 完成数 }}”用的变量“完成数”不存在，是不是“完成”" in made["problems"][0]["message"]
    assert {each["kind"] for each in made["reports"]} == {"整改通知", "考核结果告知书"}


def test_what_cannot_be_written_of_one_unit_stops_no_other(year: Workspace) -> None:
    """The units after it have their reports, it keeps its last one; each fault is told once."""
    edit_template(year, "整改通知", "通知{{ 单位 }}")
    written(year, kinds=("整改通知",))
    edit_template(year, "整改通知", "改了{% if 单位 == '青禾镇' %}{{ 1 / (滞后 - 滞后)|int }}{% endif %}{{ 单位 }}")

    counted: list[tuple[int, int]] = []
    made = report_year(year, AS_OF, Wish(kinds=("整改通知",)), lambda done, total: counted.append((done, total)))

    assert [each.unit for each in made.reports] == ["白杨镇", "云溪乡"]
    assert [(found.code, found.unit) for found in made.problems] == [("report-unfilled", "青禾镇")]
    assert made.problems[0].what.endswith("除数是 0，“青禾镇”没有写")
    texts = {path.stem: lines(path) for path in (year.results / "报告" / "整改通知").glob("*.docx")}
    assert texts == {"青禾镇": ["通知青禾镇"], "白杨镇": ["改了白杨镇"], "云溪乡": ["改了云溪乡"]}
    assert counted == [(1, 3), (2, 3), (3, 3)]


def test_nothing_but_broken_templates(year: Workspace) -> None:
    """Where no report could be written, nothing is done: exit code 2."""
    (year.templates).mkdir()
    (year.templates / "通报.docx").write_text("不是 Word", "utf-8")

    done = run(year, "--kind", "通报")

    assert done.returncode == 2
    assert "[report-not-word] 报告模板/通报.docx" in done.stderr


def test_what_a_unit_wrote_stands_as_text(year: Workspace) -> None:
    """The strange words of a unit stand in its report as they are, and nothing of them comes alive."""
    report = written(year, "青禾镇", kinds=("述责报告",)).reports[0]

    assert any(HOSTILE in line for line in lines(report.path))
    assert "hyperlink" not in word(report.path).element.xml


def test_a_report_that_somebody_changed_is_kept(year: Workspace) -> None:
    """What people wrote into a report is moved into 旧版/ before the new one takes its place; ours is written over."""
    path = written(year, "青禾镇", kinds=("通报", "述责报告")).reports[1].path
    written(year, kinds=("述责报告",))
    assert not (path.parent / "旧版").exists()
    document = word(path)
    document.add_paragraph("本人补充一句")
    document.save(str(path))

    written(year, kinds=("述责报告",))

    assert "本人补充一句" not in lines(path)
    kept = list((path.parent / "旧版").iterdir())
    assert [lines(each)[-1] for each in kept] == ["本人补充一句"]


def test_an_open_report_is_written_beside(year: Workspace) -> None:
    """A report that is open in Word is not touched: the new one stands beside it and says so."""
    path = written(year, kinds=("通报",)).reports[0].path
    path.with_name(f"~${path.name[2:]}").write_bytes(b"")
    edit_template(year, "通报", "完成{{ 完成 }}项。")

    made = written(year, kinds=("通报",))

    assert [found.code for found in made.problems] == ["locked-output"]
    assert made.reports[0].path.name == "全部单位 (2).docx"


def test_the_trace_says_where_each_figure_comes_from(year: Workspace) -> None:
    """--trace puts a table at the end: each figure of the text with its number, file, sheet and rows."""
    plain = written(year, "青禾镇", kinds=("述责报告",)).reports[0].path
    assert TRACE not in lines(plain)

    path = written(year, "青禾镇", kinds=("述责报告",), trace=True).reports[0].path

    rows = [[cell.text for cell in row.cells] for row in word(path).tables[-1].rows]
    assert rows[0] == ["数字", "是多少", "文件", "工作表", "行", "内容"]
    meetings = next(at for at, row in enumerate(rows) if row[0] == "会议次数")
    assert [row[1:4] for row in rows[meetings : meetings + 3]] == [
        ["3", "收件/青禾镇.xlsx", "工作纪实"],
        ["", "收件/青禾镇.xlsx", "工作纪实"],
        ["", "收件/青禾镇.xlsx", "工作纪实"],
    ]
    assert all(row[4].isdigit() for row in rows[meetings : meetings + 3])
    assert next(row for row in rows if row[0] == "得分")[1] != ""
    assert ["0", "没有这样的行"] in [[row[1], row[5]] for row in rows]


def test_the_trace_of_what_is_open_says_why(year: Workspace) -> None:
    """An open figure stands in the trace with its reason."""
    path = written(year, "云溪乡", kinds=("述责报告",), trace=True).reports[0].path

    rows = [[cell.text for cell in row.cells] for row in word(path).tables[-1].rows]
    assert ["完成", "未取到", "", "", "", "没有收到填报表"] in rows


def test_every_report_opens_without_repair(year: Workspace, office: Office, tmp_path: Path) -> None:
    """Each kind, with its trace, passes the Open XML audit, and LibreOffice prints the bulletin."""
    made = written(year, trace=True)

    assert {str(each.path): OpenXmlValidator().validate(each.path).errors for each in made.reports} == {
        str(each.path): [] for each in made.reports
    }
    bulletin = next(each.path for each in made.reports if each.kind == "通报")
    assert office.pdf(bulletin, tmp_path / "pdf").read_bytes().startswith(b"%PDF")
