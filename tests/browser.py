"""Headless Chromium as the bench on which pages run: a script is put into the page and its answer read back."""

import json
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_ANSWER = re.compile(r'<pre id="answer">(.*?)</pre>', re.DOTALL)
_WATCH = """
window.faults = [];
window.addEventListener("error", (event) => window.faults.push(String(event.message)));
document.addEventListener("securitypolicyviolation", (event) => window.faults.push(event.violatedDirective));
["error", "warn"].forEach((name) => { console[name] = (...words) => window.faults.push(words.join(" ")); });
"""
_ASK = """
(async () => {
  const wait = (ms = 200) => new Promise((done) => setTimeout(done, ms));
  const $ = (query) => document.querySelector(query), all = (query) => [...document.querySelectorAll(query)];
  const set = async (query, value) => {
    $(query).value = value;
    $(query).dispatchEvent(new Event("input", { bubbles: true }));
    await wait();
  };
  let answer;
  try { answer = await (async () => { %s })(); } catch (fault) { window.faults.push(String(fault)); }
  const box = document.createElement("pre");
  box.id = "answer";
  box.textContent = JSON.stringify({ answer, faults: window.faults });
  document.body.append(box);
})();
"""


def executable() -> str | None:
    """The path of Chromium; None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Browser:
    """Chromium without a window and without network, with a profile of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder

    def ask(self, page: bytes, script: str, width: int = 1400) -> Any:
        """Open a page, run the body of an async function in it ($, all, set, wait at hand), and give what it returns.

        AssertionError where anything was complained of: a script fault, the console, the content policy.
        """
        path = self._folder / "page.html"
        path.write_bytes(_with_scripts(page, _WATCH, _ASK % script))
        done = self._run("--dump-dom", "--virtual-time-budget=20000", f"--window-size={width},1200", path.as_uri())
        found = _ANSWER.search(done)
        if found is None:
            raise AssertionError(done[-2000:])
        told = json.loads(unescape(found[1]))
        if told["faults"]:
            raise AssertionError(told["faults"])
        return told["answer"]

    def pdf(self, page: bytes, path: Path) -> Path:
        """Print a page."""
        source = self._folder / "print.html"
        source.write_bytes(page)
        self._run("--no-pdf-header-footer", "--virtual-time-budget=5000", f"--print-to-pdf={path}", source.as_uri())
        return path

    def _run(self, *arguments: str) -> str:
        command = [self._program, *_FLAGS, f"--user-data-dir={self._folder / 'profile'}", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def _with_scripts(page: bytes, before: str, after: str) -> bytes:
    """The page with two scripts more, which its content policy lets in by their hashes."""
    text = page.decode()
    hashes = "".join(f" 'sha256-{b64encode(sha256(s.encode()).digest()).decode()}'" for s in (before, after))
    text = text.replace("script-src ", f"script-src{hashes} ", 1)
    text = text.replace("<style>", f"<script>{before}</script><style>", 1)
    return text.replace("</body>", f"<script>{after}</script></body>").encode()
