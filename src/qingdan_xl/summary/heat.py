"""单位×板块: how much of each section each unit is behind with."""

from dataclasses import replace

import pandas as pd

from qingdan_xl.counting.lights import OVERDUE, SHORT
from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.summary import HEAT
from qingdan_xl.summary.material import Material

_WIDTH = 9


def heat(duties: pd.DataFrame, material: Material) -> pd.DataFrame:
    """One row a unit, one column a section after those that HEAT declares: overdue and short ÷ returned duties.

    Sections stand in the order of the lists; duties without a section count under their role. Missing where a unit has
    no duty of a section, or did not return.
    """
    found = duties[["unit_id", "back"]].assign(behind=duties["light"].isin([OVERDUE, SHORT]), section=sections(duties))
    back = found[found["back"] == 1]
    shares = back.pivot_table("behind", "unit_id", "section", sort=False)
    units = pd.DataFrame(
        [{"unit_id": sent.unit.id, "unit": sent.unit.name} for sent in material.intake.units], dtype=object
    )
    whole = back.groupby("unit_id", sort=False)["behind"].mean().rename("rate")
    order = [name for name in found["section"].unique() if name in shares.columns]
    return units.join(whole, on="unit_id").join(shares[order].add_prefix(HEAT.key), on="unit_id")


def sections(duties: pd.DataFrame) -> "pd.Series[str]":
    """The section of each duty; its role where the list has none."""
    return duties["section"].where(duties["section"] != "", duties["role"])


def heat_sheet(frame: pd.DataFrame) -> Sheet:
    """HEAT with a column for each section that the frame has."""
    named = [key for key in frame.columns if key not in HEAT.keys]
    columns = (Column(key, key.removeprefix(HEAT.key), Type.PERCENT, _WIDTH) for key in named)
    return replace(HEAT, columns=(*HEAT.columns, *columns))
