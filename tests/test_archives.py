"""Zips of files: each member is a found file, wherever its name says it should go."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from badfiles.cases import zipped
from badfiles.tiny import filled, make_batch, type_duty
from qingdan_xl.collecting.collect import Collection, check, collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.sheets.unit import DUTIES
from qingdan_xl.store import Outcome, Store
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, opened, put, send_out

ONE_WORKER = Reading(workers=1)


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year folder in which a few units were sent their workbooks."""
    workspace = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(workspace, make_batch(5))
    return workspace


def collected(year: Workspace, *members: tuple[str, bytes]) -> Collection:
    """Collect one zip with these members."""
    put(year.inbox, "报送.zip", zipped(*members))
    return collect(year, (), ON_TIME, ONE_WORKER)


def outcomes(found: Collection) -> dict[str, tuple[Outcome, str]]:
    """What became of each file by its name."""
    return {receipt.path: (receipt.outcome, receipt.code) for receipt in found.receipts}


def test_each_member_has_its_outcome(year: Workspace) -> None:
    """Good members are taken, bad ones refused, litter ignored; what is in the zip is what is found."""
    found = collected(
        year,
        ("一/单位.xlsx", filled(0)),
        ("二/又一份.xlsx", filled(0)),
        ("单位2.xlsx", filled(1)),
        ("扫描件.pdf", b"%PDF-1.7"),
        ("里面.zip", zipped(("单位.xlsx", filled(2)))),
        ("__MACOSX/._单位.xlsx", b"x"),
        ("~$单位.xlsx", b"x"),
    )

    assert outcomes(found) == {
        "收件/报送.zip/一/单位.xlsx": (Outcome.ACCEPTED, ""),
        "收件/报送.zip/二/又一份.xlsx": (Outcome.DUPLICATE, "same-bytes"),
        "收件/报送.zip/单位2.xlsx": (Outcome.ACCEPTED, ""),
        "收件/报送.zip/扫描件.pdf": (Outcome.REFUSED, "not-a-workbook"),
        "收件/报送.zip/里面.zip": (Outcome.REFUSED, "nested-zip"),
        "收件/报送.zip/__MACOSX/._单位.xlsx": (Outcome.IGNORED, "not-a-return"),
        "收件/报送.zip/~$单位.xlsx": (Outcome.IGNORED, "not-a-return"),
    }
    assert (found.found, found.returned) == (7, 2)


def test_collecting_a_zip_again_changes_nothing(year: Workspace) -> None:
    """The members of a zip that was taken in before are known."""
    first = collected(year, ("单位.xlsx", filled(0)), ("坏.xlsx", b"%PDF-1.7"), (".DS_Store", b"x"))
    dump = "\n".join(Store(year.database).connection.iterdump())

    again = collect(year, (), ON_TIME, ONE_WORKER)

    assert again.as_json() == first.as_json()
    assert "\n".join(Store(year.database).connection.iterdump()) == dump


def _with_name(raw: bytes, content: bytes) -> bytes:
    """A zip whose one member has this name as bytes, as other systems write them."""
    data = zipped(("x" * len(raw), content))
    return data.replace(b"x" * len(raw), raw)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("单位.xlsx".encode("gb18030"), "单位.xlsx"),
        ("单位.xlsx".encode(), "单位.xlsx"),
        ("甲\\单位.xlsx".encode("gb18030"), "甲/单位.xlsx"),
        (b"../../out.xlsx", "../../out.xlsx"),
        (b"/etc/out.xlsx", "etc/out.xlsx"),
        (b"C:\\out.xlsx", "C:/out.xlsx"),
        (b"a\0b.xlsx", "a_b.xlsx"),
        (b"a\nb\x7f.xlsx", "a_b_.xlsx"),
    ],
)
def test_names_of_other_systems_are_read_and_lead_nowhere(year: Workspace, raw: bytes, name: str) -> None:
    """GBK, backslashes, `..` and absolute names are shown as meant, and nothing is written where they point."""
    put(year.inbox, "报送.zip", _with_name(raw, filled(0)))
    before = {path for path in year.root.parent.rglob("*") if year.root not in path.parents}

    found = collect(year, (), ON_TIME, ONE_WORKER)

    assert outcomes(found) == {f"收件/报送.zip/{name}": (Outcome.ACCEPTED, "")}
    assert {path for path in year.root.parent.rglob("*") if year.root not in path.parents} == before
    assert {path.suffix for path in year.originals.rglob("*.*")} == {".xlsx"}


@pytest.mark.parametrize(
    ("raw", "stem"), [(b"a\0b.xlsx", "a_b"), (b'a:b*c?"<>|.xlsx', "a·b·c·····"), (b"a\rb.xlsx", "a_b")]
)
def test_a_refused_name_that_no_file_may_have_is_quarantined(year: Workspace, raw: bytes, stem: str) -> None:
    """Signs that end a name, or that Windows takes for others, do not stand in the copy's name, nor stop any run."""
    put(year.inbox, "报送.zip", _with_name(raw, b"%PDF-1.7"))

    runs = [collect(year, (), ON_TIME, ONE_WORKER) for _ in range(2)]

    assert [receipt.code for found in runs for receipt in found.receipts] == ["not-a-workbook"] * 2
    assert [path.read_bytes() for path in year.quarantine.glob(f"{stem}（*.xlsx")] == [b"%PDF-1.7"]


def test_folders_of_a_zip_are_no_files(year: Workspace) -> None:
    """The entries of folders are not counted, whichever way the slash leans."""
    put(year.inbox, "报送.zip", zipped(("甲/", b""), ("乙\\", b""), ("乙\\单位.xlsx", filled(0))))

    assert outcomes(collect(year, (), ON_TIME, ONE_WORKER)) == {"收件/报送.zip/乙/单位.xlsx": (Outcome.ACCEPTED, "")}


def test_a_member_that_is_marked_as_checked(tmp_path: Path) -> None:
    """With --annotate check writes the marked copies of a zip's members too."""
    desk = opened(filled(0))
    type_duty(desk, "status", "已完工")
    put(tmp_path, "报送.zip", zipped(("甲/单位.xlsx", desk.saved())))

    command = [sys.executable, "-m", "qingdan_xl", "check", "报送.zip", "--annotate"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "副本 1 个" in done.stderr
    assert len(list((tmp_path / "退改").glob("*.xlsx"))) == 1


def test_two_members_of_one_name_are_two_files(year: Workspace) -> None:
    """A zip may hold the same name twice; both are counted."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("单位.xlsx", filled(0))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("单位.xlsx", filled(0))
    put(year.inbox, "报送.zip", buffer.getvalue())

    found = collect(year, (), ON_TIME, ONE_WORKER)

    assert [receipt.outcome for receipt in found.receipts] == [Outcome.ACCEPTED, Outcome.DUPLICATE]


def test_a_damaged_member_costs_only_itself(year: Workspace) -> None:
    """A member whose bytes are broken is refused as damaged and the zip kept; the others are read."""
    data = bytearray(zipped(("好.xlsx", filled(0)), ("坏.xlsx", filled(1))))
    with ZipFile(BytesIO(bytes(data))) as archive:
        data[archive.getinfo("坏.xlsx").header_offset + 500] ^= 1
    put(year.inbox, "报送.zip", bytes(data))

    found = collect(year, (), ON_TIME, ONE_WORKER)

    assert outcomes(found) == {
        "收件/报送.zip/好.xlsx": (Outcome.ACCEPTED, ""),
        "收件/报送.zip/坏.xlsx": (Outcome.REFUSED, "damaged"),
    }
    assert [path.read_bytes() for path in year.quarantine.glob("坏*.zip")] == [bytes(data)]


def test_a_member_said_to_lie_outside_the_zip_costs_only_itself(year: Workspace) -> None:
    """A directory that points behind the end of the file refuses that member; the others are taken."""
    data = bytearray(zipped(("单位.xlsx", filled(0)), ("单位2.xlsx", filled(1))))
    entry = data.rindex(b"PK\x01\x02")  # PKWARE APPNOTE 4.3.12: the offset of the member is at 42
    data[entry + 42 : entry + 46] = (0x7FFFFF00).to_bytes(4, "little")
    put(year.inbox, "报送.zip", bytes(data))

    found = collect(year, (), ON_TIME, ONE_WORKER)

    assert outcomes(found) == {
        "收件/报送.zip/单位.xlsx": (Outcome.ACCEPTED, ""),
        "收件/报送.zip/单位2.xlsx": (Outcome.REFUSED, "damaged"),
    }


def test_links_in_a_zip_are_ignored(year: Workspace) -> None:
    """A member that is a symbolic link is counted and not followed."""
    buffer = BytesIO()
    link = ZipInfo("链接.xlsx")
    link.external_attr = 0o120777 << 16
    with ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    put(year.inbox, "报送.zip", buffer.getvalue())

    assert [receipt.outcome for receipt in collect(year, (), ON_TIME, ONE_WORKER).receipts] == [Outcome.IGNORED]


def test_an_empty_zip_is_a_file_without_content(year: Workspace) -> None:
    """A zip with nothing in it is refused as empty, by its own name."""
    assert outcomes(collected(year)) == {"收件/报送.zip": (Outcome.REFUSED, "empty")}


def test_check_reads_zips_too(tmp_path: Path) -> None:
    """Checking a zip outside a year folder checks its members and leaves nothing behind."""
    path = put(tmp_path, "报送.zip", zipped(("单位.xlsx", filled(0)), ("空.xlsx", b"")))

    found = check([path], None, ONE_WORKER)

    assert [fault.code for fault in found.problems] == ["no-year-folder", "empty"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_member_is_read_into_the_store(year: Workspace) -> None:
    """The answers of a member land in the store like those of any file."""
    collected(year, ("单位.xlsx", filled(3)))
    store = Store(year.database)

    assert [row["report"] for row in store.rows(DUTIES)] == ["Q0003 d1.01", "Q0003 d2.01"]
    store.close()
