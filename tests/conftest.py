"""Fixtures that several test files share."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import Browser
from browser import executable as chromium
from desk import Display, uno_python
from gnumeric import Gnumeric
from gnumeric import executable as ssconvert
from office import Office
from office import executable as libreoffice
from qingdan_xl.workspace.folder import Workspace


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice; without it the test is skipped on a desk and fails in CI."""
    program = needed(libreoffice(), "LibreOffice (soffice)")
    return Office(program, Path(tmp_path_factory.mktemp("office")) / "profile")


@pytest.fixture(scope="session")
def uno() -> None:
    """LibreOffice, and a Python that can talk to it; without them the test is skipped on a desk and fails in CI."""
    needed(libreoffice(), "LibreOffice (soffice)")
    needed(uno_python(), "the module uno (python3-uno)")


@pytest.fixture(scope="session")
def display(uno: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - wanted with it
    """The name of an X display of its own; without Xvfb and xdotool as above."""
    server = needed(shutil.which("Xvfb"), "Xvfb")
    needed(shutil.which("xdotool"), "xdotool")
    with Display(server, tmp_path_factory.mktemp("display")) as name:
        yield name


@pytest.fixture(scope="session")
def gnumeric() -> Gnumeric:
    """Gnumeric; without it the test is skipped on a desk and fails in CI."""
    return Gnumeric(needed(ssconvert(), "Gnumeric (ssconvert)"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Chromium; without it the test is skipped on a desk and fails in CI."""
    return Browser(needed(chromium(), "Chromium"), tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def assessed_year(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A year folder that may be assessed; a test that changes it works on a copy."""
    from assessment_year import make_year

    return make_year(tmp_path_factory.mktemp("assessed") / "年度")


def needed(program: str | None, name: str) -> str:
    """The path of a program that some tests drive."""
    if program is not None:
        return program
    reason = f"{name} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
