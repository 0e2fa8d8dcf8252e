"""What lies in 报告模板/ and is no template, and what people made of reports: both are told."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assessment_year import AS_OF
from qingdan_xl.problems import UnusableError
from qingdan_xl.verbs.report import Reported
from qingdan_xl.verbs.report_templates import put_templates, read_template
from qingdan_xl.workspace.folder import Workspace
from report_samples import lines, make_report_year, template, word, written


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """The small year, with an empty folder of templates."""
    made = make_report_year(tmp_path / "年度")
    made.templates.mkdir()
    return made


def told(made: Reported, code: str) -> list[str]:
    """What the problems with this code say."""
    return [found.what for found in made.problems if found.code == code]


def run(year: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `qingdan report` as of the last day of the year."""
    command = [sys.executable, "-m", "qingdan_xl", "report", "--as-of", f"{AS_OF}", *arguments]
    return subprocess.run(command, cwd=year.root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".docm", ".dotx", ".rtf", ".odt", ".DOC"])
def test_a_template_in_another_format_is_told(tmp_path: Path, suffix: str) -> None:
    """Where a kind's template was saved as something else, the shipped wording is not put there, and it is told."""
    year = Workspace.create(tmp_path / "年度", 2026)
    year.templates.mkdir()
    (year.templates / f"整改通知{suffix}").write_bytes(template("我们的话"))

    put_templates(year, ["整改通知"])
    with pytest.raises(UnusableError) as caught:
        read_template(year, "整改通知")

    assert [path.name for path in year.templates.iterdir()] == [f"整改通知{suffix}"]
    assert [(found.code, found.what) for found in caught.value.problems] == [
        ("template-format", f"只有 整改通知{suffix}，没有 整改通知.docx，这一种报告没有写")
    ]


def test_a_kind_without_its_template_is_not_written(year: Workspace) -> None:
    """The others are, the exit code is 1, and the file is told once."""
    (year.templates / "整改通知.doc").write_bytes(template("我们的话"))

    done = run(year, "--json")

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert {each["kind"] for each in found["reports"]} == {"述责报告", "通报"}
    assert [(each["code"], each["file"]) for each in found["problems"]] == [
        ("template-format", "报告模板/整改通知.docx")
    ]


def test_what_is_no_template_is_told(year: Workspace) -> None:
    """Copies, own names and other formats beside a template are named; the kinds are written, the exit code is 0."""
    (year.templates / "通报.docx").write_bytes(template("通报"))
    for name in ("通报 - 副本.docx", "工作简报.docx", "通报.doc", "~$通报.docx", "说明.txt", ".~lock.通报.docx#"):
        (year.templates / name).write_bytes(b"")
    (year.templates / "备用").mkdir()
    (year.templates / "备用" / "旧通报.docx").write_bytes(b"")

    done = run(year, "--kind", "通报", "--json")

    found = json.loads(done.stdout)
    assert [(each["code"], each["severity"]) for each in found["problems"]] == [("templates-unused", "info")]
    assert "没有用到的文件：工作简报.docx、通报 - 副本.docx、通报.doc" in found["problems"][0]["message"]
    assert "（如 述责报告.docx）" in found["problems"][0]["message"]
    assert len(found["reports"]) == 1
    assert done.returncode == 0


def test_many_unused_files_are_told_in_few_words(year: Workspace) -> None:
    """The first five, and how many there are."""
    for number in range(1, 8):
        (year.templates / f"稿{number}.docx").write_bytes(b"")

    made = written(year, kinds=("通报",))

    assert told(made, "templates-unused") == [
        "没有用到的文件：稿1.docx、稿2.docx、稿3.docx、稿4.docx、稿5.docx等 7 个文件"
    ]


def test_a_tidy_folder_says_nothing(year: Workspace) -> None:
    """The shipped templates are all used, also when only one kind is asked for."""
    written(year)

    assert written(year, kinds=("通报",)).problems == []


def test_reports_that_somebody_changed_are_named(year: Workspace) -> None:
    """The command says how many were moved into 旧版/ and which; those that nobody touched are not named."""
    first = written(year, kinds=("述责报告",))
    assert first.kept == []
    for each in first.reports[:2]:
        document = word(each.path)
        document.add_paragraph("本人补充一句")
        document.save(str(each.path))

    done = run(year, "--kind", "述责报告", "--json")

    kept = json.loads(done.stdout)["kept"]
    assert [(each["kind"], each["unit"]) for each in kept] == [("述责报告", "青禾镇"), ("述责报告", "白杨镇")]
    for each in kept:
        place = year.root / each["path"]
        assert place.parent == year.results / "报告" / "述责报告" / "旧版"
        assert lines(place)[-1] == "本人补充一句"
    assert written(year, kinds=("述责报告",)).kept == []


def test_reports_that_somebody_changed_are_told_in_words(year: Workspace) -> None:
    """Without --json a line says it for each kind."""
    path = written(year, "青禾镇", kinds=("述责报告",)).reports[0].path
    document = word(path)
    document.add_paragraph("本人补充一句")
    document.save(str(path))

    done = run(year, "青禾镇")

    (old,) = (path.parent / "旧版").iterdir()
    assert f"述责报告有 1 份写好以后被人改过，原来的移到 旧版/：{old.name}" in done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_what_a_killed_run_wrote_is_ours(year: Workspace) -> None:
    """Reports of a run that was killed are written over by the next one, whatever it has to say."""
    (year.templates / "通报.docx").write_bytes(template("第一次{{ 单位总数 }}"))
    script = f"""
import os, signal
from datetime import date
from pathlib import Path
from qingdan_xl.verbs.report import Wish, report_year
from qingdan_xl.workspace.folder import Workspace
kill = lambda done, total: os.kill(os.getpid(), signal.SIGKILL)
report_year(Workspace(Path({str(year.root)!r})), date.fromisoformat("{AS_OF}"), Wish(kinds=("通报",)), kill)
"""
    killed = subprocess.run([sys.executable, "-c", script], check=False, cwd=year.root)
    assert killed.returncode == -signal.SIGKILL
    (path,) = (year.results / "报告" / "通报").glob("*.docx")
    (year.templates / "通报.docx").write_bytes(template("第二次{{ 单位总数 }}"))

    made = written(year, kinds=("通报",))

    assert made.kept == []
    assert lines(path) == ["第二次3"]
    assert not (path.parent / "旧版").exists()
