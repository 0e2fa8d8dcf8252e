"""The colours of [预警] in 汇总.xlsx, 看板.html and 催办单.xlsx: the institution's own where it has chosen some."""

from contextlib import closing
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.summary.charts import COLOURS, bar_colours
from qingdan_xl.summary.frames import frames
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.page import dashboard
from qingdan_xl.summary.reminder_workbook import reminder_workbook
from qingdan_xl.summary.reminders import reminders
from qingdan_xl.summary.workbook import summary_workbook
from qingdan_xl.workspace.settings import read_settings
from summary_samples import CALENDAR, filled_store

SETTINGS = """
"年度" = 2026
"名称" = "责任清单"
"报送期限" = 2026-12-20
["预警"."颜色"]
"逾期" = ["#ABCDEF", "#012345"]
"""
FILL, INK = "FFABCDEF", "FF012345"


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The four units under settings that colour 逾期 their own way."""
    with closing(filled_store(tmp_path_factory.mktemp("year"))) as store:
        lights = read_settings(SETTINGS, "qingdan.toml").lights.shades
        return replace(load_material(store, CALENDAR), lights=lights)


def parts(workbook: bytes, folder: str) -> str:
    """The XML of a workbook's parts under a folder."""
    with ZipFile(BytesIO(workbook)) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.startswith(folder))


def test_the_summary_wears_them(material: Material) -> None:
    """Cards, conditional formats and chart bars of the word; no other word's and not the usual ones."""
    made = summary_workbook(material, frames(material))
    styles, charts = parts(made, "xl/styles"), parts(made, "xl/charts/")

    assert (styles.count(FILL), styles.count(INK)) == (2, 4), "the card and its three lines, and a conditional format"
    assert LIGHTS["逾期"][0].removeprefix("#") not in styles
    assert ("ABCDEF" in charts, COLOURS["逾期"].removeprefix("#") in charts) == (True, False)
    assert COLOURS["欠缺"].removeprefix("#") in charts


def test_bars_stand_apart_where_nothing_was_chosen() -> None:
    """Without settings the bars have the colours that are told apart in grey."""
    assert bar_colours(LIGHTS) == COLOURS


def test_the_page_wears_them(material: Material) -> None:
    """The page says its own tone for this word alone."""
    page = dashboard(material, frames(material)).decode()
    plain = dashboard(replace(material, lights=LIGHTS), frames(material)).decode()

    assert ":root { --l6: #ABCDEF; }" in page
    assert page.count("ABCDEF") == 1
    assert "ABCDEF" not in plain


def test_the_reminders_wear_them(material: Material) -> None:
    """The cause of a reminder has the colour of its light."""
    made = reminder_workbook(reminders(material, {}), material.titles, material.lights)

    assert FILL in parts(made, "xl/styles")


def luminance(colour: str) -> float:
    """How bright a colour is, as WCAG reckons it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("word", LIGHTS)
def test_every_word_stands_out_from_its_colour(word: str) -> None:
    """What we put behind a light's word leaves it the contrast that WCAG asks for at level AA."""
    dark, bright = sorted(map(luminance, LIGHTS[word]))

    assert (bright + 0.05) / (dark + 0.05) >= 4.5
