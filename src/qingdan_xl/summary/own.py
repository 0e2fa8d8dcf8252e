"""自有列 in 明细: what units wrote in the columns that the institution added."""

from dataclasses import replace

import pandas as pd

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.own import OwnColumn, with_own
from qingdan_xl.sheets.summary import DETAIL, LIGHT
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.summary.material import Material


def detail(duties: pd.DataFrame, material: Material) -> pd.DataFrame:
    """明细: the declared columns of the duty frame, and one for each own column of the duty sheets."""
    keys = zip(duties["unit_id"], duties["row_id"], strict=True)
    rows = [material.own_answers.get(key, {}) for key in keys]
    own = {
        column.key: pd.Series([row.get(column.key) for row in rows], index=duties.index, dtype=object)
        for column in _of_duties(material)
    }
    return pd.DataFrame({key: duties[key] for key in DETAIL.keys} | own, copy=False)


def detail_sheet(material: Material) -> Sheet:
    """DETAIL with the own columns of the duty sheets before 预警, as the unit's workbook declares them."""
    place = DETAIL.columns.index(LIGHT)
    added = with_own(DUTIES, _of_duties(material)).columns[len(DUTIES.columns) :]
    return replace(DETAIL, columns=(*DETAIL.columns[:place], *added, *DETAIL.columns[place:]))


def _of_duties(material: Material) -> tuple[OwnColumn, ...]:
    return tuple(column for column in material.own if column.sheet == DUTIES.key)
