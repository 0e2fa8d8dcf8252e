"""Whether 量化要求 still says what the texts of the duties demand: people reword a duty and forget its row."""

import re
from collections.abc import Iterator, Mapping, Sequence

from qingdan_xl.documents.demands import demands
from qingdan_xl.model import Kind, Target
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.checklist import PERS
from qingdan_xl.sheets.reading import Row

_BLANK = re.compile(r"\s+")
_SHOWN = 30


def check_wording(kind: Kind, duties: Sequence[tuple[str, Row]], rows: Mapping[str, Sequence[Row]]) -> list[Problem]:
    """A demand that a duty's text makes has its row in 量化要求, and a row's 原文 still stands in the text.

    `duties` are the rows of 责任事项 with their ids, `rows` those of 量化要求 by id. A row whose 原文 stands in the
    text is the coordinator's to correct. Problems: `demand-reworded` at the row, `demand-without-row` at the duty.
    """
    if kind is not Kind.CHECKLIST:
        return []
    return [found for id_, duty in duties if not duty.text("general") for found in _check(duty, rows.get(id_, ()))]


def _check(duty: Row, rows: Sequence[Row]) -> Iterator[Problem]:
    text = _plain(duty.text("text"))
    said = list(demands(duty.text("text")))
    amounts = {(one.number, one.per) for one in said}
    stale = [row for row in rows if not _stands(_plain(row.text("text")), text) and _amount(row) not in amounts]
    known = {_plain(row.text("text")) for row in rows}
    fresh = [one for one in said if _plain(one.text) not in known and not _is_listed(one, rows)]
    for row in stale:
        now = "、".join(f"“{one.text[:_SHOWN]}”" for one in fresh)
        told = f"，现在是{now}" if now else ""
        yield problem("demand-reworded", row.origin("text"), text=row.text("text")[:_SHOWN], now=told)
    if fresh and not stale:
        told = "、".join(f"“{one.text[:_SHOWN]}”" for one in fresh)
        yield problem("demand-without-row", duty.origin("text"), text=told)


def _stands(said: str, text: str) -> bool:
    """Whether 原文 still stands in the text; a cell of digits beside it (20260915) never did."""
    return said.isdecimal() or said in text


def _is_listed(target: Target, rows: Sequence[Row]) -> bool:
    """Whether a row asks for the same number, or for whatever by part of the same text."""
    own = _plain(target.text)
    return any(_plain(row.text("text")) in own or _amount(row) == (target.number, target.per) for row in rows)


def _amount(row: Row) -> tuple[object, object]:
    return row.value("number"), PERS.get(row.text("per"))


def _plain(text: str) -> str:
    return _BLANK.sub("", text)
