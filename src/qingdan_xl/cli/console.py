"""What 工作台.xlsm asks for: one run of a verb, asked and answered through small ASCII files in a folder of its own.

A macro can neither read UTF-8 nor quote every path for a shell, so both ends are written as flat JSON in ASCII.
"""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from qingdan_xl.cli.buttons import in_buttons
from qingdan_xl.cli.options import verb

REQUEST, STARTED, ANSWER = "request.json", "started", "answer.json"
_BEAT = 2  # seconds between two signs of life
_UNREAD, _NOT_RUN = "工作台的请求没有写完整，请再点一次这个按钮", "没有能运行 qingdan：{}"
_TOLD = ("printed", "next")
_LISTED = 12  # values of a list that are told; how many there are is told as well
_SAID = 12  # lines of what was said on standard error


def run_request(folder: str | Path) -> None:
    """Run `qingdan` with the arguments in `folder`/request.json and put what came of it into answer.json beside it.

    The answer is one flat object: `exit` (the exit code), `said` (what comes next, then standard error), `printed`
    (standard output that is no JSON), and every value of the JSON that was printed, by its path, as `flat` tells. What
    people are told to do names buttons and settings (`in_buttons`). There is an answer in every case: what cannot be
    run is told with exit code 2. While the verb runs, the file `started` is touched every few seconds.
    """
    here = Path(folder)
    alive = (here / STARTED).touch
    alive()
    try:
        arguments = json.loads((here / REQUEST).read_text("ascii"))["arguments"]
    except (OSError, ValueError, LookupError, TypeError):
        answer: dict[str, Any] = {"exit": 2, "said": _UNREAD}
    else:
        answer = _answer(arguments, alive)
    unfinished = here / f"{ANSWER}.part"
    unfinished.write_text(json.dumps(answer, indent=0), "ascii")
    unfinished.replace(here / ANSWER)  # whoever waits for the answer finds it whole


def flat(value: Any) -> dict[str, str | float | bool | None]:  # noqa: ANN401 - whatever a verb prints
    """A JSON value as one flat object: a member is `a.b`; a list is `a[]` (the first few of its values, joined) and
    `a[]#` (how many it holds, over all lists of that path); `a[].b#` is how many of its values have a `b`.
    """  # noqa: D205 - one sentence
    values: dict[str, list[str | float | bool | None]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for path, found in _walk(value, ""):
        if isinstance(found, list):
            counts[f"{path}[]#"] += len(found)
        else:
            values[path].append(found)
            if "[]." in path and not path.endswith("[]"):
                counts[f"{path}#"] += found is not None
    return {path: _joined(found) if "[]" in path else found[0] for path, found in values.items()} | dict(counts)


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - as `flat`
    """Every list and every plain value with its path."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _walk(member, f"{path}.{name}" if path else name)
        return
    yield path, value
    if isinstance(value, list):
        for member in value:
            yield from _walk(member, f"{path}[]")


def _joined(values: list[Any]) -> str:
    shown = "、".join(str(value) for value in values[:_LISTED] if value is not None)
    return f"{shown}等" if len(values) > _LISTED else shown


def _answer(arguments: list[str], alive: Callable[[], None]) -> dict[str, Any]:
    """What came of a run with these arguments."""
    try:
        code, printed, said = _run(arguments, alive)
    except (OSError, ValueError, TypeError) as fault:  # no process, or no arguments for one
        return {"exit": 2, "said": _NOT_RUN.format(fault)}
    answer = _printed(_text(printed))
    answer |= {name: in_buttons(answer[name]) for name in _TOLD if name in answer}
    lines = ("接下来：" + answer["next"] if "next" in answer else "", in_buttons(_shortened(_text(said))))
    return {"exit": code, "said": "\n".join(filter(None, lines)), **answer}


def _run(arguments: list[str], alive: Callable[[], None]) -> tuple[int, bytes, bytes]:
    """The verb in a process of its own, as on the command line, without a window on Windows; exit code and outputs."""
    with subprocess.Popen(  # noqa: S603 - our own program, with arguments and no shell
        [sys.executable, "-m", "qingdan_xl", *arguments],
        env=os.environ | {"PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        while True:
            with suppress(subprocess.TimeoutExpired):
                printed, said = process.communicate(timeout=_BEAT)
                return process.returncode, printed, said
            alive()


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace").replace("\r\n", "\n").strip()


def _shortened(said: str) -> str:
    lines = said.split("\n")
    rest = len(lines) - _SAID
    return "\n".join([*lines[:_SAID], f"……另有 {rest} 条没有显示"]) if rest > 0 else said


def _printed(output: str) -> dict[str, Any]:
    try:
        return flat(json.loads(output))
    except ValueError:
        return {"printed": _shortened(output)}


@verb(hidden=True)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="文件夹")
def console(folder: Path) -> None:
    """供 工作台.xlsm 调用：照文件夹里写的请求运行一个命令，把结果写在旁边。"""
    run_request(folder)


COMMANDS = (console,)
