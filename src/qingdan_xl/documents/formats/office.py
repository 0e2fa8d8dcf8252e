"""LibreOffice as a converter, where it is installed: old Word files, RTF and open documents → .docx or text."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from qingdan_xl.faults import os_reason
from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem

PROGRAM = "LibreOffice"
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_SECONDS = 120
# A profile of its own: no macro is run, no link to another file or the network is followed.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def converted(name: str, data: bytes, suffix: str, kind: str, *filters: str) -> bytes:
    """The bytes of the file `name` as a .docx; `suffix` tells LibreOffice what they are, `kind` tells a person.

    `filters` are further options for reading. Raises UnusableError: `needs-libreoffice` where there is none,
    `not-converted` where it cannot read the file or takes longer than two minutes.
    """
    program = executable()
    if program is None:
        raise UnusableError(problem("needs-libreoffice", Origin(name), kind=kind))
    with tempfile.TemporaryDirectory(prefix="qingdan-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        user = place / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        original = place / f"document{suffix}"
        original.write_bytes(data)
        options = [f"-env:UserInstallation={user.parent.as_uri()}", "--headless", "--norestore", *filters]
        fault = run([program, *options, "--convert-to", "docx", "--outdir", str(place / "out"), str(original)])
        made = place / "out" / "document.docx"
        if not made.is_file():
            raise UnusableError(problem("not-converted", Origin(name), program=PROGRAM, why=fault or "内容读不出来"))
        return made.read_bytes()


def executable() -> str | None:
    """Where LibreOffice is installed; None where it is not found."""
    found = (shutil.which(name) for name in _NAMES)
    return next((path for path in (*found, *_PLACES) if path and Path(path).is_file()), None)


def run(command: list[str]) -> str:
    """Run a program to its end, with all that it starts; in Chinese why it did not end well, '' where it did."""
    # URE_BOOTSTRAP, left by a script in LibreOffice itself, keeps the program from finding its own files
    clean = {key: value for key, value in os.environ.items() if key != "URE_BOOTSTRAP"}
    try:
        process = subprocess.Popen(  # noqa: S603 - a program found on this computer, with file names of our own
            command, env=clean, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as fault:
        return f"无法启动：{os_reason(fault)}"
    try:
        code = process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        return f"{_SECONDS} 秒内没有完成"
    finally:
        _end(process)
    return f"返回代码 {code}" if code else ""


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that is still running, and what it started."""
    if process.poll() is not None:
        return
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
