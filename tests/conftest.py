"""Fixtures that several test files share."""

import os
from pathlib import Path

import pytest

from browser import Browser
from browser import executable as chromium
from gnumeric import Gnumeric
from gnumeric import executable as ssconvert
from office import Office
from office import executable as libreoffice
from qingdan_xl.workspace.folder import Workspace


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice; without it the test is skipped on a desk and fails in CI."""
    program = _needed(libreoffice(), "LibreOffice (soffice)")
    return Office(program, Path(tmp_path_factory.mktemp("office")) / "profile")


@pytest.fixture(scope="session")
def gnumeric() -> Gnumeric:
    """Gnumeric; without it the test is skipped on a desk and fails in CI."""
    return Gnumeric(_needed(ssconvert(), "Gnumeric (ssconvert)"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Chromium; without it the test is skipped on a desk and fails in CI."""
    return Browser(_needed(chromium(), "Chromium"), tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def assessed_year(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A year folder that may be assessed; a test that changes it works on a copy."""
    from assessment_year import make_year

    return make_year(tmp_path_factory.mktemp("assessed") / "年度")


def _needed(program: str | None, name: str) -> str:
    """The path of a program that some tests drive."""
    if program is not None:
        return program
    reason = f"{name} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
