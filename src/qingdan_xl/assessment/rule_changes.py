"""In what two schemes differ, row by row of 评分办法 and of what is typed about single units."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from qingdan_xl.assessment.rule_sheet import rule_rows
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import plain
from qingdan_xl.sheets.scheme import ADJUSTMENTS, DECISIONS, SETTINGS
from qingdan_xl.sheets.scheme_items import ITEMS
from qingdan_xl.sheets.writing import Cell

_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One row that differs: in which part of the scheme, about what, and its words; '' where there is no such row."""

    part: str
    item: str
    before: str
    after: str

    @property
    def word(self) -> str:
        """新增, 删去 or 改动."""
        if not self.before:
            return "新增"
        return "改动" if self.after else "删去"


def named_alike(before: Scheme, after: Scheme) -> Scheme:
    """The older scheme with its items called as the newer one calls those of the same ids.

    An item keeps its name where another of the older scheme, which the newer one has no more, is called so.
    """
    names = {item.id: item.name for item in after.items}
    gone = {item.name for item in before.items if item.id not in names}
    items = (
        item if names.get(item.id, item.name) in gone else replace(item, name=names.get(item.id, item.name))
        for item in before.items
    )
    return replace(before, items=tuple(items))


def rule_changes(before: Scheme, after: Scheme) -> tuple[RuleChange, ...]:
    """Every row that only one of the schemes has, those about the same thing paired, in the order of the sheets.

    An item of the same id under another name is the same thing; that it is called otherwise stands in front.
    """
    alike = named_alike(before, after)
    old, new = _rows(alike), _rows(after)
    found = [
        RuleChange(ITEMS.title, f"{now.id} {now.name}", f"项目：{was.name}", f"项目：{now.name}")
        for was, now in zip(before.items, alike.items, strict=True)
        if was.name != now.name
    ]
    for part, item in dict.fromkeys((*old, *new)):
        ours, theirs = old.get((part, item), []), new.get((part, item), [])
        for was, becomes in zip_longest(_only(ours, theirs), _only(theirs, ours), fillvalue=""):
            found.append(RuleChange(part, item, was, becomes))
    return tuple(found)


def _only(own: Sequence[str], other: Iterable[str]) -> list[str]:
    left = Counter(own) - Counter(other)
    return list(left.elements())


def _rows(scheme: Scheme) -> Mapping[_Place, list[str]]:
    found: dict[_Place, list[str]] = defaultdict(list)
    for row in (*rule_rows(scheme), *_typed(scheme)):
        # what stands beside a setting explains it, and says nothing of its value
        note = "" if row["part"] == SETTINGS.title else _text(row.get("note"))
        words = "；".join(filter(None, (_text(row.get("value")), note)))
        found[str(row["part"]), _text(row["item"])].append(words or "有")
    return found


def _typed(scheme: Scheme) -> Iterator[Mapping[str, Cell]]:
    """What the office typed about single units."""
    for one in scheme.adjustments:
        yield {"part": ADJUSTMENTS.title, "item": one.unit, "value": one.points, "note": one.reason}
    for ruling in scheme.decisions:
        yield {"part": DECISIONS.title, "item": ruling.unit, "value": ruling.effect.value, "note": ruling.reason}


def _text(value: Cell) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)
