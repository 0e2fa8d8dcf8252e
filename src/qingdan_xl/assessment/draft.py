"""考核办法.xlsx as a rubric has it: sections, items and rules with its words, and what is doubtful about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qingdan_xl.assessment.draft_choices import full_said, most_said
from qingdan_xl.assessment.draft_rules import JUDGED, Drafted, drafted_rules, starts_full, vetoes
from qingdan_xl.assessment.items import Item, ItemRule, Option, ScoreSection
from qingdan_xl.assessment.records import cells
from qingdan_xl.assessment.rules import Scheme, section_name
from qingdan_xl.assessment.scheme import default_scheme, scheme_book
from qingdan_xl.assessment.trail import plain
from qingdan_xl.documents.totals import beside, full_mark
from qingdan_xl.model import Checklist, Duty, Section
from qingdan_xl.sheets.scheme import DRAFT_DOUBTS
from qingdan_xl.sheets.scheme_items import ITEMS, ItemRuleKind, Nature, Source, Start
from qingdan_xl.sheets.writing import Cell

_BONUS = "加分"
_HUNDRED = Decimal(100)
_LONGEST_NAME = 20
_ENDS = "。；;，,：:\n（("


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person should look at: the item, the words of the rubric, and why."""

    item: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The scheme that rubrics say, the ids of items whose points nobody said, and the doubts."""

    scheme: Scheme
    unpriced: frozenset[str] = frozenset()
    doubts: tuple[Doubt, ...] = ()


def draft_scheme(rubrics: Sequence[Checklist]) -> Draft:
    """The scheme with all sections, items and rules of the rubrics.

    The full mark and the limit of bonuses are as one rubric says them; of several none is the scheme, and they stay as
    by default. What cannot be put into a rule stays in the item's words, and is a doubt.
    """
    scheme, doubts = _opening(rubrics)
    sections: dict[str, ScoreSection] = {}
    items: list[Item] = []
    rules: list[ItemRule] = []
    options: list[Option] = []
    unpriced: set[str] = set()
    scored, prose = _parted(_sections(rubrics))
    doubts += [Doubt("", _whole_text(section), "没有分值也没有得扣分规则，没有列为评分项目") for section in prose]
    for number, (section, extra) in enumerate(scored, 1):
        name = _section_name(section, number)
        name = f"{name}（{number}）" if name in sections else name
        nature = Nature.EXTRA if extra else Nature.BASIC
        sections[name] = ScoreSection(name, nature, section.points, _most(section) if extra else None)
        for place, duty in enumerate(section.duties, 1):
            key = f"{number}.{place}"
            drafted = drafted_rules(key, duty, section.title)
            points = _points(section, duty, drafted, extra)
            if points is None:
                unpriced.add(key)
            items.append(_item(key, name, duty, points, drafted, extra))
            rules += drafted.rules
            options += drafted.options
            doubts += [Doubt(key, duty.text, why) for why in _whys(points, drafted)]
    found = replace(
        scheme,
        sections=tuple(sections.values()),
        items=tuple(items),
        item_rules=tuple(rules),
        options=tuple(options),
    )
    return Draft(found, frozenset(unpriced), (*doubts, *_band_doubts(scheme)))


def _opening(rubrics: Sequence[Checklist]) -> tuple[Scheme, list[Doubt]]:
    """The scheme before its items, and what is doubtful about its totals."""
    if len(rubrics) == 1:
        return _with_totals(default_scheme(), rubrics[0]), []
    titles = "、".join(rubric.title for rubric in rubrics)
    return default_scheme(), [Doubt("", titles, "有几份评分办法，满分请自行填写")]


def _band_doubts(scheme: Scheme) -> list[Doubt]:
    if scheme.full_mark == _HUNDRED:
        return []
    return [Doubt("", f"满分 {plain(scheme.full_mark)} 分", "等次的最低分还是按 100 分设的，请在“等次”中改好")]


def draft_workbook(rubrics: Sequence[Checklist]) -> bytes:
    """考核办法.xlsx of these rubrics, for review; the points of an item that nobody said are left blank."""
    draft = draft_scheme(rubrics)
    items = [_cells(item, draft.unpriced) for item in draft.scheme.items]
    book = scheme_book(draft.scheme, {ITEMS: items})
    book.add(DRAFT_DOUBTS, [{"item": doubt.item, "text": doubt.text, "why": doubt.why} for doubt in draft.doubts])
    return book.to_bytes()


def _cells(item: Item, unpriced: frozenset[str]) -> Mapping[str, Cell]:
    own = cells(item, ITEMS)
    return {**own, "points": None} if item.id in unpriced else own


def _with_totals(scheme: Scheme, rubric: Checklist) -> Scheme:
    extra = [each.points for each in beside(rubric.roles) if _BONUS in (each.title or "") and each.points is not None]
    return replace(
        scheme,
        full_mark=full_mark(rubric.title, rubric.roles) or scheme.full_mark,
        bonus_cap=sum(extra, Decimal(0)) if extra else scheme.bonus_cap,
    )


def _sections(rubrics: Iterable[Checklist]) -> Iterable[tuple[Section, bool]]:
    """All sections with items, and whether they stand beside the full mark."""
    for rubric in rubrics:
        extra = beside(rubric.roles)
        for role in rubric.roles:
            for section in role.sections:
                if section.duties:
                    yield section, section in extra


def _parted(
    sections: Iterable[tuple[Section, bool]],
) -> tuple[list[tuple[Section, bool]], list[Section]]:
    """The sections that score, and those that only speak (总则, 附则): nothing in them has points or a rule."""
    everything = list(sections)
    scored = [(section, extra) for section, extra in everything if _scores(section)]
    return (scored or everything), [section for section, _ in everything if scored and not _scores(section)]


def _scores(section: Section) -> bool:
    if section.points is not None or vetoes(section.title):
        return True
    return any(duty.points is not None or duty.rules for duty in section.duties)


def _whole_text(section: Section) -> str:
    return "\n".join((section.title or "", *(duty.text for duty in section.duties))).strip()


def _most(section: Section) -> Decimal | None:
    """The most that a section beside the full mark may come to, as its heading says."""
    return section.points if section.points is not None else most_said(section.title or "")


def _section_name(section: Section, number: int) -> str:
    title = section_name(section.title or "")
    for end in ("（", "("):
        head = title.rsplit(end, 1)[0]
        title = head if section.points is not None and head else title
    return title or f"第{number}部分"


def _points(section: Section, duty: Duty, drafted: Drafted, extra: bool) -> Decimal | None:
    """What the item is worth: as said, nothing where it only vetoes, else the limit of its rules or of its section."""
    for said in (duty.points, drafted.points, full_said(duty.text)):
        if said is not None:
            return said
    if all(rule.kind is ItemRuleKind.VETO for rule in drafted.rules):
        return Decimal(0)
    caps = [rule.cap for rule in drafted.rules]
    if None not in caps:
        return max(cap for cap in caps if cap is not None)
    if extra:
        return next((most for most in (most_said(duty.text), _most(section)) if most is not None), None)
    return section.points if len(section.duties) == 1 else None


def _item(  # noqa: PLR0913, PLR0917 - one field each
    key: str, section: str, duty: Duty, points: Decimal | None, drafted: Drafted, extra: bool
) -> Item:
    full = not extra and starts_full(drafted.rules)
    return Item(
        key,
        section,
        _name(duty.text) or key,
        points or Decimal(0),
        Source.RULES,
        Start.FULL if full else Start.ZERO,
        text=duty.text,
    )


def _name(text: str) -> str:
    """The words before the first stop, without a number in front."""
    head = section_name(text)
    end = min((at for stop in _ENDS if (at := head.find(stop)) > 0), default=len(head))
    return head[: min(end, _LONGEST_NAME)]


def _whys(points: Decimal | None, drafted: Drafted) -> Iterable[str]:
    if points is None:
        worths = [rule.worth for rule in drafted.rules if rule.kind is ItemRuleKind.AWARD_ONCE and rule.worth]
        summed = f"（各得分相加是 {plain(sum(worths, Decimal(0)))} 分）" if len(worths) > 1 else ""
        yield f"原文没有写明这一项满分多少{summed}，请在“评分项目”中填写"
    if drafted.judged:
        yield f"没有读出得扣分规则，先按“{JUDGED}”由人评定，能写成规则的请改写"
    yield from drafted.doubts
