"""Files named by their fault: each alone, and all of them among 200 good ones."""

from functools import partial
from pathlib import Path

import pytest

from badfiles import archives, forms, spellings
from badfiles.tiny import filled, make_batch, sent_out
from qingdan_xl.collecting.collect import Collection, collect
from qingdan_xl.collecting.examine import Context, Return, Task, examine
from qingdan_xl.engine import Result, run_in_workers
from qingdan_xl.sheets.unit import COLLECTED
from qingdan_xl.sheets.values import Value
from qingdan_xl.store import Outcome, Store
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, put, send_out

GOOD = 200
CASES = {case.name: case for case in (*archives.CASES, *forms.CASES, *spellings.CASES)}
UNITS = GOOD + len(CASES)
# rows of the table of faults that are about more than one file or about the machine, and tested in test_collecting,
# test_archives and test_crash
ELSEWHERE = {12, 21, 23, 26, 27, 28, 29}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each bad file, made from the form of a unit of its own."""
    folder = tmp_path_factory.mktemp("bad")
    return {
        name: put(folder, f"{name}.xlsx".replace("/", " "), case.make(filled(GOOD + number)))
        for number, (name, case) in enumerate(CASES.items())
    }


@pytest.fixture(scope="module")
def alone(files: dict[str, Path]) -> dict[str, Result[Return]]:
    """What is found in each bad file."""
    read = partial(examine, context=Context(sent_out(UNITS)))
    results = run_in_workers(read, [Task(path, path.name) for path in files.values()])
    return dict(zip(files, results, strict=True))


def test_every_row_has_a_file() -> None:
    """No kind of fault is without a file that shows it."""
    assert {case.row for case in CASES.values()} | ELSEWHERE == set(range(1, 30))


@pytest.mark.parametrize("name", CASES)
def test_named_by_its_fault(alone: dict[str, Result[Return]], name: str) -> None:
    """Each file gives exactly the problems it was made for, and is refused or read as it should be."""
    found = alone[name].value

    assert found is not None, alone[name]
    assert tuple(fault.code for fault in found.problems) == CASES[name].codes
    assert bool(found.refusal) is CASES[name].refused
    assert bool(found.rows) is not CASES[name].refused


def stored(year: Workspace) -> dict[str, list[tuple[Value, ...]]]:
    """Every row of the accepted returns of the good units."""
    store = Store(year.database)
    rows = {
        sheet.key: [tuple(row.values()) for row in store.rows(sheet) if str(row["unit_id"]) < f"Q{GOOD:04d}"]
        for sheet in COLLECTED
    }
    store.close()
    return rows


def collected(folder: Path, bad: dict[str, Path]) -> tuple[Collection, dict[str, list[tuple[Value, ...]]]]:
    """Collect the good files with these bad ones among them."""
    year = Workspace.create(folder, 2026)
    send_out(year, make_batch(UNITS))
    for number in range(GOOD):
        put(year.inbox, f"{number:03d}.xlsx", filled(number))
    for name, path in bad.items():
        put(year.inbox, f"{len(name):03d} {path.name}", path.read_bytes())
    return collect(year, (), ON_TIME), stored(year)


def test_the_good_ones_come_out_the_same(tmp_path: Path, files: dict[str, Path]) -> None:
    """200 good files give the same rows with all the bad ones among them as without, and the counts add up."""
    _, undisturbed = collected(tmp_path / "good", {})
    found, disturbed = collected(tmp_path / "both", files)

    refused = sum(case.refused for case in CASES.values())
    assert disturbed == undisturbed
    assert len(undisturbed["duty"]) == 2 * GOOD
    assert found.found == UNITS
    assert found.count(Outcome.REFUSED) + found.count(Outcome.DUPLICATE) == refused
    assert found.count(Outcome.ACCEPTED) == UNITS - refused
