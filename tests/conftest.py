"""Fixtures that several test files share."""

import os
from pathlib import Path

import pytest
from office import Office, executable


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice; without it the test is skipped on a desk and fails in CI."""
    program = executable()
    if program is None:
        reason = "LibreOffice (soffice) is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return Office(program, Path(tmp_path_factory.mktemp("office")) / "profile")
