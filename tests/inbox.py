"""A small year's inbox: files are put into it and collected, and what the store holds then is asked."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from qingdan_xl.collecting.collect import Collection, collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Store
from qingdan_xl.workspace.folder import Workspace
from returns import (
    LATE,
    ON_TIME,
    Desk,
    make_batch,
    plan_of,
    put,
    send_out,
)

ONE_WORKER = Reading(workers=1)
LEADERS = "党委领导班子"


def small_year(folder: Path) -> Workspace:
    """A year folder in which three units were sent their workbooks."""
    workspace = Workspace.create(folder / "2026年度", 2026)
    send_out(workspace, make_batch())
    return workspace


def collected(year: Workspace, *, late: bool = False) -> Collection:
    """Collect the inbox."""
    return collect(year, (), LATE if late else ON_TIME, ONE_WORKER)


def received(year: Workspace, data: bytes, name: str = "青禾镇.xlsx") -> Collection:
    """Put one file into the inbox and collect."""
    put(year.inbox, name, data)
    return collected(year)


def codes(collection: Collection) -> list[str]:
    """The codes of all problems."""
    return [fault.code for fault in collection.problems]


def stored(year: Workspace, sheet: Sheet = DUTIES) -> list[dict[str, Value]]:
    """The rows of a sheet in the accepted returns."""
    store = Store(year.database)
    rows = list(store.rows(sheet))
    store.close()
    return rows


def reports(year: Workspace) -> dict[Value, Value]:
    """进展情况 by row id, of all accepted returns."""
    return {row["row_id"]: row["report"] for row in stored(year)}


def as_filled(unit_id: str = "U001") -> dict[str, str]:
    """What `well_filled` typed into 进展情况."""
    return {row.id: f"{row.id} 正在推进" for _, row in plan_of(unit_id).rows()}


def with_part(data: bytes, name: str, content: bytes | None) -> bytes:
    """The same zip with one part replaced, or left out where there is no content."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        if content is not None:
            new.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a zip."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def saved_at(stamp: str) -> bytes:
    """The part docProps/core.xml of a workbook that says that it was last saved then."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()


def type_answer(desk: Desk, row_id: str, key: str, value: object) -> None:
    """Type into an answer of a duty."""
    sheet = LEADERS if row_id.endswith(".01") else "主要负责人-张甲"
    desk.cell(sheet, row_id, key).value = value
