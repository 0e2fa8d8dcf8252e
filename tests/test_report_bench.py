"""The bench of reports runs from end to end, on few units."""

from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def test_the_bench_of_reports_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A few rounds, one under a seal that differs, and docxtpl beside them, each with its figures."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))

    import_module("reports").main(3)

    told = capsys.readouterr().out.replace("\n", "")
    assert told.count("3 份，读数") == 4
    assert "另有与现在数据不同的定稿" in told
    assert "docxtpl" in told
