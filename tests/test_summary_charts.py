"""The charts of 总览: every unit is named beside its bar, however long its name."""

import re
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from qingdan_xl.sheets.summary import BY_UNIT, OVERVIEW
from qingdan_xl.summary.charts import bars_of
from qingdan_xl.summary.frames import Frames, frames
from qingdan_xl.summary.material import Material, load_material
from qingdan_xl.summary.workbook import summary_workbook
from summary_samples import CALENDAR, filled_store

OFFICE = "云溪县人民政府驻省城办事处暨招商引资联络服务中心"
WORKS = "云溪水务集团第三供水有限责任公司城北分公司和农村饮水安全工程运行维护管理站"


@pytest.fixture
def material(tmp_path: Path) -> Material:
    """Four units, two of them with the longest names there are."""
    with closing(filled_store(tmp_path)) as store:
        return load_material(store, CALENDAR)


def renamed(tables: Frames, names: list[str]) -> Frames:
    """The tables with other names of the units in 按单位, as many rows as there are names."""
    frame = tables[BY_UNIT.key]
    rows = pd.concat([frame] * (-(-len(names) // len(frame))), ignore_index=True).iloc[: len(names)]
    return {**tables, BY_UNIT.key: rows.assign(unit=names)}


def test_long_names_take_two_lines(material: Material) -> None:
    """A short name stands as it is; a long one is broken in the middle, a longer one keeps its beginning and end."""
    bars = bars_of(renamed(frames(material), ["青禾镇", OFFICE, WORKS, "白石镇"]))

    assert bars.names == (
        "青禾镇",
        "云溪县人民政府驻省城办事\n处暨招商引资联络服务中心",
        "云溪水务集团第三供水有限责任公司\n城北分公…安全工程运行维护管理站",
        "白石镇",
    )


@pytest.mark.parametrize("names", [["青禾镇"] * 40, [OFFICE] * 40])
def test_forty_units_fit_on_one_page(material: Material, names: list[str]) -> None:
    """The charts are no higher than forty bars of one line, so that print does not cut them in two."""
    assert bars_of(renamed(frames(material), names)).height == 1070


def test_the_names_stand_behind_the_charts(material: Material) -> None:
    """Both charts take their names from cells that the first one covers, and leave none of them out."""
    tables = renamed(frames(material), ["青禾镇", OFFICE, WORKS, "白石镇"])
    made = summary_workbook(replace(material, before=None), tables)

    with ZipFile(BytesIO(made)) as package:
        charts = [package.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2)]
    places = {place for chart in charts for place in re.findall(r"<c:cat>.*?<c:f>(.*?)</c:f>", chart)}
    page = openpyxl.load_workbook(BytesIO(made))[OVERVIEW.title]
    assert places == {f"{OVERVIEW.title}!$A$8:$A$11"}
    assert tuple(page.cell(row, 1).value for row in range(8, 12)) == bars_of(tables).names
    assert all('<c:tickLblSkip val="1"/>' in chart for chart in charts)
