"""The tables of 汇总.xlsx as pandas frames: one set for workbook, page and figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.summary import (
    BY_DUTY,
    BY_PERSON,
    BY_ROLE,
    BY_UNIT,
    CHANGES,
    DEMANDS,
    DETAIL,
    FILES,
    HEAT,
    LOST_REMARKS,
    MISSING,
    PRINTED_REMARKS,
    PROBLEMS,
    RECTIFICATION,
    RISKS,
    WARNINGS,
)
from qingdan_xl.summary.changes import change_rows
from qingdan_xl.summary.duties import demand_rows, duty_frame, warnings
from qingdan_xl.summary.heat import heat
from qingdan_xl.summary.ledgers import rectification_rows, risk_rows
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.own import detail
from qingdan_xl.summary.remarks import lost_rows, place_remarks, printed_rows
from qingdan_xl.summary.returns import file_rows, missing_rows, problem_rows
from qingdan_xl.summary.tallies import by_duty, by_person, by_role, by_unit

Frames = Mapping[str, pd.DataFrame]


def frames(material: Material) -> Frames:
    """Every table by the key of its sheet, with the columns that the sheet declares; 单位×板块 adds one a section."""
    placed = place_remarks(material.remarks, _rows_with_remarks(material))
    duties = duty_frame(material.standings, material.calendar, placed)
    names, intake = material.intake.names, material.intake
    problems = table(PROBLEMS, problem_rows(intake))
    return {
        CHANGES.key: table(CHANGES, change_rows(material.standings, material.before)),
        BY_UNIT.key: by_unit(duties, material, placed, Counter(problems["unit"])),
        HEAT.key: heat(duties, material),
        BY_ROLE.key: by_role(duties),
        BY_DUTY.key: by_duty(duties, material.wording),
        BY_PERSON.key: by_person(duties, material),
        DEMANDS.key: table(DEMANDS, demand_rows(material.standings)),
        WARNINGS.key: warnings(duties),
        RECTIFICATION.key: table(RECTIFICATION, rectification_rows(material.issues, names, material.calendar)),
        RISKS.key: table(RISKS, risk_rows(material.risks, names)),
        MISSING.key: table(MISSING, missing_rows(intake, material.calendar.as_of)),
        FILES.key: table(FILES, file_rows(intake)),
        PROBLEMS.key: problems,
        LOST_REMARKS.key: table(LOST_REMARKS, lost_rows(placed.lost)),
        PRINTED_REMARKS.key: table(PRINTED_REMARKS, printed_rows(placed, material.batch)),
        DETAIL.key: detail(duties, material),
    }


def _rows_with_remarks(material: Material) -> set[tuple[str, str]]:
    """All rows, their unit's own among them, of the units that anybody remarked on."""
    units = {remark.place.unit_id for remark in material.remarks}
    rows = {(standing.unit.id, standing.row_id) for standing in material.standings if standing.unit.id in units}
    return rows | {(sent.unit.id, "") for sent in material.intake.units if sent.unit.id in units}


def table(sheet: Sheet, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a frame of exactly the sheet's columns, also where there are no rows."""
    found: dict[str, list[Any]] = {key: [] for key in sheet.keys}
    for row in rows:
        for key, values in found.items():
            values.append(row.get(key))
    return pd.DataFrame({key: pd.Series(found.pop(key), dtype=object) for key in sheet.keys}, copy=False)


def cells(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as a workbook takes them: missing values as None, plain numbers."""
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value] # keys are ours: text


def columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """As `cells`, by column."""
    plain = {key: frame[key].astype(object) for key in frame.columns}
    return {key: column.where(column.notna(), None).tolist() for key, column in plain.items()}
