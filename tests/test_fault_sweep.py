"""The fault sweep itself: what it disturbs, and that it sees what a disturbed run must not do."""

from pathlib import Path

import fault_sweep
import test_crash
from badfiles.tiny import filled, make_batch
from qingdan_xl.collecting import daybook
from qingdan_xl.collecting.collect import collect
from qingdan_xl.collecting.intake import Reading
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, put, send_out

pytestmark = test_crash.pytestmark


def test_an_original_is_there_by_its_bytes(tmp_path: Path) -> None:
    """A file that has the name and size of an original but not its bytes is none."""
    year = Workspace.create(tmp_path / "2026年度", 2026)
    send_out(year, make_batch(1))
    put(year.inbox, "单位.xlsx", filled(0))
    collect(year, (), ON_TIME, Reading(workers=1))
    whole, before = list(fault_sweep.faults_of_the_first(year, "")), test_crash.state(year)
    (original,) = year.originals.rglob("*.xlsx")
    original.write_bytes(bytes(original.stat().st_size))

    found = list(fault_sweep.faults_of_the_first(year, ""))

    assert whole == []
    assert found == ["收件/单位.xlsx is acknowledged and its original is not there"]
    assert test_crash.state(year) != before


def test_more_than_one_acknowledgement_is_disturbed() -> None:
    """Files are acknowledged in groups: what lies between two of them is disturbed as well."""
    assert fault_sweep.FILES > 2 * fault_sweep.GROUP
    assert test_crash.FILES > daybook.GROUP
    assert f"daybook.GROUP = {fault_sweep.GROUP};" in fault_sweep.COMMAND[2]
