"""A whole county at once: thousands of units with bad files of every class among them (10,000 with QINGDAN_SOAK=1)."""

import os
import shutil
from itertools import cycle
from pathlib import Path

import pytest

from badfiles import archives, forms, spellings
from badfiles.tiny import filled, make_batch
from qingdan_xl.collecting.collect import collect
from qingdan_xl.store import Outcome
from qingdan_xl.workspace.folder import Workspace
from returns import ON_TIME, put, send_out
from test_crash import state

UNITS = 10_000 if os.environ.get("QINGDAN_SOAK") else 300
ONE_IN = 50  # 2 % are bad
KINDS = [case for case in (*archives.CASES, *forms.CASES, *spellings.CASES) if case.refused]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the state is compared by the tests of POSIX")


def make_year(folder: Path) -> tuple[Workspace, int]:
    """A year in whose inbox lies a file of every unit, one in fifty of them bad; how many those are."""
    year = Workspace.create(folder, 2026)
    send_out(year, make_batch(UNITS))
    kinds, bad = cycle(KINDS), range(0, UNITS, ONE_IN)
    for number in range(UNITS):
        spoil = next(kinds).make if number in bad else None
        path = put(year.inbox, f"{number:05d}.xlsx", spoil(filled(number)) if spoil else filled(number))
        os.utime(path, (1_790_000_000 + number, 1_790_000_000 + number))
    return year, len(bad)


def test_exact_totals_and_the_same_store_twice(tmp_path: Path) -> None:
    """Every file has its outcome, every unit is returned or missing; run elsewhere, and run again, it is the same."""
    year, bad = make_year(tmp_path / "一")
    other = Workspace(Path(shutil.copytree(year.root, tmp_path / "二")))

    found, _ = collect(year, (), ON_TIME), collect(other, (), ON_TIME)
    stored = state(year)
    again = collect(year, (), ON_TIME)

    refused = found.count(Outcome.REFUSED) + found.count(Outcome.DUPLICATE)  # two empty files are the same bytes
    assert (found.found, refused, found.count(Outcome.ACCEPTED)) == (UNITS, bad, UNITS - bad)
    assert (found.sent, found.returned, len(found.missing)) == (UNITS, UNITS - bad, bad)
    assert again.receipts == found.receipts
    assert state(year) == stored == state(other)
