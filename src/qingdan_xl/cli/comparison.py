"""A comparison on the terminal: counts first, then every change with its words."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from qingdan_xl.cli.output import print_table
from qingdan_xl.documents.comparing.changedwords import Piece
from qingdan_xl.documents.comparing.changes import Change
from qingdan_xl.documents.comparing.comparison import Comparison, DutyChange
from qingdan_xl.documents.comparing.headings import HeadingChange
from qingdan_xl.documents.comparing.phrases import change_words, duty_notes, heading_notes, list_note
from qingdan_xl.documents.comparing.several import Compared
from qingdan_xl.documents.comparing.spots import Spot
from qingdan_xl.sheets.comparison import LEVELS

_ALWAYS = (Change.ADDED, Change.REMOVED, Change.REWORDED)  # that none was is worth saying
_COLOURS = {Change.ADDED: "green", Change.REMOVED: "red", Change.DEMANDS: "yellow", Change.REWORDED: "yellow"}
_LEVELS = {code: word for word, code in LEVELS.items()}
_AROUND = 12  # signs of what did not change, shown before and after what did
_OPENING = 36  # signs of a text that stand for all of it


def show(compared: Compared) -> None:
    """Print what changed, list by list, and which lists were not compared."""
    shown = [
        change for change in Change if change in _ALWAYS or any(one.counts[change] for one in compared.comparisons)
    ]
    headings = ("清单", "原有", "现有", "未变", *(change_words([change]) for change in shown))
    print_table("对照结果", headings, [_counts(one, shown) for one in compared.comparisons])
    if any(change.pieces for one in compared.comparisons for change in one.duties):
        click.echo(f"改动的字：{_cut('删去的')}{_added('增加的')}")
    for one in compared.comparisons:
        _show_one(one)
    for which, lists in (("原", compared.only_old), ("现", compared.only_new)):
        for alone in lists:
            click.echo(f"没有对照：{alone.title}（{alone.source}，{len(alone.duties)} 项），只有{which}文件有")


def _counts(one: Comparison, shown: Sequence[Change]) -> tuple[str, ...]:
    numbers = (len(one.old.duties), len(one.new.duties), one.same, *(one.counts[change] for change in shown))
    return (one.new.title, *map(str, numbers))


def _show_one(one: Comparison) -> None:
    click.echo("")
    click.secho(f"{one.new.title}（{one.old.source} → {one.new.source}）", bold=True)
    if note := list_note(one):
        click.echo(f"  {note}")
    for heading in one.headings:
        _show_heading(heading)
    for role, duties in groupby(one.duties, lambda change: change.spot.role.name):
        click.echo(f"  {role}")
        for run in _runs(list(duties)):
            _show_run(run)


def _show_heading(change: HeadingChange) -> None:
    heading = change.heading
    text = _marked(change.pieces) if change.pieces else _opening(heading.text)
    name = " ".join(part for part in (_LEVELS[heading.level], heading.number, text) if part)
    click.echo(f"  {_kinds(change.changes)} {name}")
    _show_notes(heading_notes(change))


def _show_run(run: Sequence[DutyChange]) -> None:
    """One duty, or several in a row that only moved on in their numbers."""
    if len(run) == 1:
        _show_duty(run[0])
        return
    (first_old, first_new), (last_old, last_new) = _numbers(run[0]), _numbers(run[-1])
    click.echo(f"    {_kinds(run[0].changes)} {first_old} 至 {last_old} → {first_new} 至 {last_new}（{len(run)} 项）")


def _show_duty(change: DutyChange) -> None:
    text = _marked(change.pieces) if change.pieces else _opening(change.spot.duty.text)
    click.echo(f"    {_kinds(change.changes)} {change.spot.duty.number} {text}")
    _show_notes(duty_notes(change))


def _show_notes(notes: Iterator[str]) -> None:
    for note in notes:
        click.echo(f"        {note}")


def _runs(changes: Sequence[DutyChange]) -> list[list[DutyChange]]:
    runs: list[list[DutyChange]] = []
    for change in changes:
        if runs and _goes_on(runs[-1][-1], change):
            runs[-1].append(change)
        else:
            runs.append([change])
    return runs


def _goes_on(before: DutyChange, change: DutyChange) -> bool:
    """Whether both are only renumbered and stand one after the other in both lists."""
    if not before.changes == change.changes == (Change.RENUMBERED,):
        return False
    steps = [(one.at, next_one.at) for one, next_one in zip(_spots(before), _spots(change), strict=True)]
    return all(there == here + 1 for here, there in steps)


def _numbers(change: DutyChange) -> tuple[str, ...]:
    return tuple(spot.duty.number or "无" for spot in _spots(change))


def _spots(change: DutyChange) -> list[Spot]:
    return [spot for spot in (change.old, change.new) if spot]


def _kinds(changes: Sequence[Change]) -> str:
    return click.style(change_words(changes), fg=_COLOURS.get(changes[0], "cyan"))


def _marked(pieces: Sequence[Piece]) -> str:
    """The text with what was cut and what was added; long stretches that did not change are left out."""
    last = len(pieces) - 1
    shown = (
        _around(piece.new, at > 0, at < last) if piece.is_kept else f"{_cut(piece.old)}{_added(piece.new)}"
        for at, piece in enumerate(pieces)
    )
    return "".join(shown).replace("\n", " ")


def _around(text: str, after_change: bool, before_change: bool) -> str:
    head, tail = _AROUND * after_change, _AROUND * before_change
    return text if len(text) <= head + tail + 1 else f"{text[:head]}…{text[len(text) - tail :]}"


def _opening(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _OPENING else f"{line[:_OPENING]}…"


def _cut(text: str) -> str:
    return click.style(f"〔{text}〕", fg="red", strikethrough=True) if text else ""


def _added(text: str) -> str:
    return click.style(f"【{text}】", fg="green") if text else ""
