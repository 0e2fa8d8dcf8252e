"""看板.html in a real browser: no fault, the frames' numbers, filters, rows behind numbers, keyboard, hostile text."""

import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from browser import Browser
from qingdan_xl.store import Store
from qingdan_xl.summary.frames import Frames, cells, frames
from qingdan_xl.summary.keyfigures import key_figures
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.page import dashboard
from qingdan_xl.verbs.dashboard import dashboard_year
from qingdan_xl.workspace.folder import Workspace
from summary_samples import AS_OF, CALENDAR, filled_store, issue

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;{{7*7}}\u2028'\"`"
FIGURES = 'Object.fromEntries(all("#figures button").map((b) => [b.id.slice(7), b.querySelector("b").textContent]))'
TABLE = 'all("%s tr").map((row) => [...row.cells].map((cell) => cell.textContent))'


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """What the four units returned."""
    with closing(filled_store(tmp_path_factory.mktemp("year"))) as store:
        return load_material(store, CALENDAR)


@pytest.fixture(scope="module")
def tables(material: Material) -> Frames:
    """The frames that the workbook is made of."""
    return frames(material)


@pytest.fixture(scope="module")
def page(material: Material, tables: Frames) -> bytes:
    """The page of the four units."""
    return dashboard(material, tables)


@pytest.fixture(scope="module")
def seen(browser: Browser, page: bytes) -> Any:
    """What the page shows when it opens: figures, and its tables as rows of texts."""
    names = {"units": "#units-table", "heat": "#heat-table", "months": "#months-table"}
    tables = ", ".join(f"{name}: {TABLE % place}" for name, place in names.items())
    return browser.ask(page, f"return {{ figures: {FIGURES}, {tables} }}")


def figures_of(tables: Frames) -> Mapping[str, Any]:
    """总览's figures by label; 核对 left out."""
    return {figure.label: figure.formula.value for figure in key_figures(tables) if figure.label != "核对"}


def test_figures_are_those_of_the_frames(seen: Any, tables: Frames) -> None:
    """Every big number is what 总览 says."""
    ours, wanted = seen["figures"], figures_of(tables)

    named = {"units": "下发单位", "returned": "已交回", "missing": "未交回", "duties": "责任事项", "overdue": "逾期"}
    named |= {"short": "欠缺", "near": "临近", "done": "完成"}
    assert {key: int(ours[key]) for key in named} == {key: wanted[label] for key, label in named.items()}
    assert ours["rate"] == f"{wanted['完成率']:.0%}"


def test_each_unit_has_the_lights_of_its_frame(seen: Any, tables: Frames) -> None:
    """The table by unit says what 按单位 says; a unit that did not return has dashes, and the worst stands first."""
    head, *rows = seen["units"]
    keys = {"逾期": "overdue", "欠缺": "short", "临近": "near", "完成": "complete", "长期": "long_term"}
    keys |= {"正常": "normal", "未填报": "unfilled", "不适用": "exempt", "事项": "issued"}

    wanted = {
        row["unit"]: {word: "—" if row[key] is None else str(row[key]) for word, key in keys.items()}
        for row in cells(tables["by_unit"])
    }
    assert {row[0]: {word: row[head.index(word)] for word in keys} for row in rows} == wanted
    assert [row[0] for row in rows] == ["青禾镇", "白石镇", "启明局", "望江镇"]


def test_heat_is_that_of_the_frame(seen: Any, tables: Frames) -> None:
    """Unit × section shows the share behind, blank where there is nothing to say."""
    (_, *head), *rows = seen["heat"]

    wanted = {
        row["unit"]: ["" if (share := row[f"heat{name}"]) is None else f"{share:.0%}" for name in head]
        for row in cells(tables["heat"])
    }
    assert {row[0]: row[1:] for row in rows} == wanted


def test_months_add_up_to_the_demands(seen: Any, tables: Frames) -> None:
    """Asked for, done and lacking over all months are the sums of 量化完成 for the units that returned."""
    _, *rows = seen["months"]
    demands = [row for row in cells(tables["demands"]) if row["state"] == "已交回"]

    ours = [sum(int(row[at]) for row in rows) for at in (1, 2, 3)]
    assert ours == [sum(row[key] for row in demands) for key in ("required", "done_times", "lacking")]
    assert [row[0] for row in rows][:5] == ["1月", "2月", "3月", "4月", "5月（未到期）"]


def test_filters_leave_what_fits_and_count_it_again(browser: Browser, page: bytes) -> None:
    """Search finds units, people and duties; a group, a light and their reset do what they say."""
    found = browser.ask(
        page,
        f"""
        const figures = () => {FIGURES};
        const names = () => all("#units-table tbody tr").map((row) => row.cells[0].textContent);
        const seen = {{}};
        await set("#search", "白石"); seen.unit = [names(), figures()];
        await set("#search", "王丙"); seen.person = [names(), figures()];
        await set("#search", "党课"); seen.duty = [names(), figures()];
        await set("#search", ""); await set("#group", "1"); seen.group = [names(), figures()];
        await set("#group", ""); await set("#light", "6"); seen.light = [names(), figures()];
        $("#filters").reset(); await wait(); seen.all = [names(), figures()];
        return seen;
        """,
    )

    told = {key: (names, figures["duties"], figures["overdue"]) for key, (names, figures) in found.items()}
    assert told == {
        "unit": (["白石镇"], "5", "0"),
        "person": (["青禾镇"], "1", "1"),
        "duty": (["青禾镇", "白石镇", "望江镇"], "3", "0"),
        "group": (["启明局"], "1", "0"),
        "light": (["青禾镇"], "1", "1"),
        "all": (["青禾镇", "白石镇", "启明局", "望江镇"], "16", "1"),
    }


def test_a_number_opens_its_rows(browser: Browser, page: bytes) -> None:
    """The overdue figure lists the duty with unit, person, date and cause; missing units are listed as units."""
    rows, title, units, buttons = browser.ask(
        page,
        f"""
        $("#figure-overdue").click(); await wait();
        const seen = [{TABLE % "#rows-table tbody"}, $("#rows-title").textContent];
        $("#rows").close(); $("#figure-missing").click(); await wait();
        seen.push({TABLE % "#rows-table tbody"});
        $("#rows").close();
        seen.push(all("td button").length);
        return seen;
        """,
    )

    assert title == "逾期：1 项"
    assert [(row[0], row[4], row[5].strip(), row[6], row[8]) for row in rows] == [
        ("青禾镇", "王丙", "逾期", "4月30日", "完成时限已过，尚未完成")
    ]
    assert [row[0] for row in units] == ["望江镇"]
    assert buttons > 30


def test_every_number_opens_as_many_rows_as_it_says(browser: Browser, page: bytes) -> None:
    """A count of duties and the list behind it never disagree, wherever it stands."""
    pairs = browser.ask(
        page,
        """
        const seen = [];
        for (const button of all("#units-table td button, #timeline-days button, #figures button")) {
          if (button.id === "figure-rate") continue;
          button.click();
          const said = button.querySelector("b") ? button.querySelector("b").textContent : button.textContent;
          seen.push([said.match(/(\\d+)( 项)?$/)[1], $("#rows-title").textContent.match(/：(\\d+) /)[1]]);
          $("#rows").close();
        }
        return seen;
        """,
    )

    assert len(pairs) > 25
    assert [said for said, _ in pairs] == [opened for _, opened in pairs]


def test_the_heat_map_is_walked_by_arrow_keys(browser: Browser, page: bytes) -> None:
    """One cell takes part in tabbing; arrows move to the next cell with a number and skip what is blank."""
    texts = browser.ask(
        page,
        """
        const pressed = (key) => new KeyboardEvent("keydown", { key, bubbles: true });
        const press = (key) => document.activeElement.dispatchEvent(pressed(key));
        const tabbed = all("#heat-table button").filter((button) => button.tabIndex === 0);
        tabbed[0].focus();
        const seen = [tabbed.length];
        for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowUp"]) {
          press(key);
          seen.push(document.activeElement.title.split("：")[0]);
        }
        return seen;
        """,
    )

    assert texts == [
        1,
        "青禾镇 · 二、督促落实",
        "白石镇 · 二、督促落实",
        "白石镇 · 一、研究部署",
        "青禾镇 · 一、研究部署",
        "青禾镇 · 一、研究部署",
    ]


def test_what_people_typed_is_only_ever_text(browser: Browser, material: Material) -> None:
    """Markup in names, duties and titles is shown as it was typed: no script runs, no element is made."""
    unit = replace(material.standings[0].unit, name=HOSTILE)
    sent = tuple(replace(each, unit=unit) if each.unit.id == unit.id else each for each in material.intake.units)
    standings = tuple(
        replace(
            standing,
            unit=unit,
            role=HOSTILE,
            section=HOSTILE,
            holder=HOSTILE,
            duty=replace(standing.duty, number=HOSTILE, text=HOSTILE),
        )
        if standing.unit.id == unit.id
        else standing
        for standing in material.standings
    )
    hostile = replace(material, title=HOSTILE, standings=standings, intake=replace(material.intake, units=sent))

    title, first, images = browser.ask(
        dashboard(hostile, frames(hostile)),
        'return [document.title, $("#units-table tbody th").textContent, all("img, script[src]").length]',
    )

    assert title.replace("\u2028", " ").startswith(HOSTILE.replace("\u2028", " "))
    assert (first, images) == (HOSTILE, 0)


def test_it_works_before_anything_came_back(browser: Browser, tmp_path: Path) -> None:
    """Right after issuing all units are missing, and nothing is said of what they did."""
    store = Store(tmp_path / "qingdan.db")
    issue(store)
    material = load_material(store, CALENDAR)

    found = browser.ask(dashboard(material, frames(material)), f"return {FIGURES}")

    assert (found["missing"], found["returned"], found["duties"], found["rate"]) == ("4", "0", "16", "—")


def test_nothing_is_fetched(page: bytes) -> None:
    """No address of another file stands in the page, and its policy forbids any."""
    text = page.decode()

    assert "default-src 'none'" in text
    for sign in ("http:", "https:", "src=", "@import", "url("):
        assert sign not in text.replace("http://www.w3.org/2000/svg", "")


def test_it_prints(browser: Browser, page: bytes, tmp_path: Path) -> None:
    """Printed it is a handful of A4 pages on their side, with the units and without the filters."""
    path = browser.pdf(page, tmp_path / "看板.pdf")
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout

    assert "青禾镇" in text
    assert "清除筛选" not in text
    assert "左右滑动" not in text
    for word in ("不适用", "党支部", "12月（未到期）", "到期还缺"):  # the last columns and rows
        assert word in text
    assert text.count("单位×板块滞后率") == 1
    sizes = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in sizes
    assert 1 <= text.count("\f") <= 4


def test_the_verb_writes_one_file(tmp_path: Path) -> None:
    """`dashboard` makes 成果/看板.html and nothing else there."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    filled_store(workspace.root).close()

    made = dashboard_year(workspace, AS_OF)

    assert [path.name for path in workspace.results.iterdir()] == ["看板.html"]
    assert made.page.path.read_bytes().startswith(b"<!doctype html>")
    assert (made.figures.duties, made.figures.overdue) == (16, 1)
