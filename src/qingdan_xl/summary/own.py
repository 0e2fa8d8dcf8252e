"""自有列 in 明细: what units wrote in the columns that the institution added."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.summary import DETAIL, LIGHT
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.standing import Standing


def detail(duties: pd.DataFrame, material: Material) -> pd.DataFrame:
    """明细: the declared columns of the duty frame, and one for each own column of the duty sheets."""
    own = {column.key: _written(material.standings, column.key) for column in of_duties(material)}
    return pd.DataFrame({key: duties[key] for key in DETAIL.keys} | own, copy=False)


def detail_sheet(material: Material) -> Sheet:
    """DETAIL with the own columns of the duty sheets before 预警, as the unit's workbook declares them."""
    place = DETAIL.columns.index(LIGHT)
    added = with_own(DUTIES, of_duties(material)).columns[len(DUTIES.columns) :]
    return replace(DETAIL, columns=(*DETAIL.columns[:place], *added, *DETAIL.columns[place:]))


def _written(standings: Iterable[Standing], key: str) -> "pd.Series[Any]":
    """What stands in one own column, a value a standing."""
    return pd.Series([dict(standing.answer.own).get(key) for standing in standings], dtype=object)


def of_duties(material: Material) -> tuple[OwnColumn, ...]:
    """The own columns of the duty sheets."""
    return tuple(column for column in material.own if column.sheet == DUTIES.key)
