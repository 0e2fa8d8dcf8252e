"""The rows of 评分办法 in 考核.xlsx: the scheme as used, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from qingdan_xl.assessment.basics import setting_cells
from qingdan_xl.assessment.item_checks import sums_by_kind
from qingdan_xl.assessment.items import Item, ItemRule, PersonMix, RaterGroup, ScoreSection
from qingdan_xl.assessment.records import cells
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import plain
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.scheme import BANDS, FACTORS, QUOTAS, RETURNS, SETTINGS, UNLIMITED, WEIGHTS
from qingdan_xl.sheets.scheme_items import ITEMS, OPTIONS, PERSON_MIXES, RATER_GROUPS, RATERS, SECTIONS
from qingdan_xl.sheets.scheme_items import RULES as ITEM_RULES
from qingdan_xl.sheets.writing import Cell

Line = tuple[str, str, Cell, str]
"""部分, 项目, 内容, 说明."""

_HOW = (
    ("应得分", "满分按权重分给本单位的计分事项，除不尽的按分数计算，不提前舍入；显示到 0.000001 分，相加恰好等于满分"),
    ("量化要求", "能从工作纪实计次的要求，看全年各个周期（每季度、每月、每个期限前等）有几个达标"),
    ("量化要求", "得分 = 应得分 × 达标周期 ÷ 全部周期；一个事项有几项要求的，取各项比例的平均"),
    ("状态", "没有可计次要求的事项，得分 = 应得分 × 状态系数"),
    ("舍入", "各行精确到 0.000001 分并保证合计准确，只在最后对得分四舍五入一次，差额单列一行"),
    ("名次", "在同一考核组的已评单位内排名，同分同名次"),
)
_HOW_ITEMS = (
    (
        "按项目计分",
        "每个项目按它的来源计分：清单事项（如下三条）、评分规则、评分组打分；各项目依次受本项限额、板块限额约束",
    ),
    ("待评", "等人填写、评定的地方空着，标“待评”，该单位暂不出总分；不当作 0 分"),
)


def rule_rows(scheme: Scheme) -> Iterator[Mapping[str, Cell]]:
    """评分办法: how points are made, then every setting and table of the scheme."""
    for item, note in (*(_HOW_ITEMS if scheme.items else ()), *_HOW):
        yield {"part": "计分方法", "item": item, "note": note}
    for row in setting_cells(scheme):
        yield {"part": SETTINGS.title, "item": row["name"], "value": row["value"], "note": row["help"]}
    for part, item, value, note in (*_items(scheme), *_raters(scheme), *_tables(scheme)):
        yield {"part": part, "item": item, "value": value, "note": note}


def _items(scheme: Scheme) -> Iterator[Line]:
    """Sections, items and rules."""
    for section in scheme.sections:
        note = _said(section, ScoreSection, SECTIONS, "name", "nature")
        yield SECTIONS.title, section.name, section.nature.value, note
    for item in scheme.items:
        note = _said(item, Item, ITEMS, "id", "name", "points")
        yield ITEMS.title, f"{item.id} {item.name}", f"{plain(item.points)} 分", note
    for kind, whole in sums_by_kind(item for item in scheme.items if not scheme.is_extra(item.section)).items():
        who = f"（{kind}）" if kind else ""
        note = "" if whole == scheme.full_mark else f"与满分 {plain(scheme.full_mark)} 分不一致，按各项目计"
        yield ITEMS.title, f"各项目满分合计{who}", f"{plain(whole)} 分", note
    names = {item.id: item.name for item in scheme.items}
    for rule in scheme.item_rules:
        note = _said(rule, ItemRule, ITEM_RULES, "item", "kind", "data")
        yield ITEM_RULES.title, f"{names.get(rule.item, rule.item)}：{rule.data}", rule.kind.value, note
    for option in scheme.options:
        yield OPTIONS.title, f"{option.table}：{option.word}", option.value, ""


def _raters(scheme: Scheme) -> Iterator[Line]:
    """Who rates, and what a person's score is made of."""
    for group in scheme.rater_groups:
        note = _said(group, RaterGroup, RATER_GROUPS, "name", "weight")
        yield RATER_GROUPS.title, group.name, f"{plain(group.weight)}%", note
        names = "、".join(rater.name for rater in scheme.raters if rater.group == group.name)
        if names:
            yield RATERS.title, group.name, "", names
    for mix in scheme.person_mixes:
        yield PERSON_MIXES.title, mix.role, mix.group, _said(mix, PersonMix, PERSON_MIXES, "role", "group")


def _said(value: Any, kind: Any, sheet: Sheet, *apart: str) -> str:  # noqa: ANN401 - any record of the scheme
    """What a row of the scheme says besides the columns shown apart, headings first; what is as usual is left out."""
    usual = {field.name: field.default for field in fields(kind)}
    written = cells(value, sheet)
    return "；".join(
        f"{column.heading}：{plain(told) if isinstance(told, Decimal) else told}"
        for column in sheet
        if column.key not in apart
        and getattr(value, column.key) != usual[column.key]
        and (told := written[column.key]) not in {None, ""}
    )


def _tables(scheme: Scheme) -> Iterator[Line]:
    """What holds for all items, and what comes on top of them."""
    for factor in scheme.factors:
        yield FACTORS.title, factor.status, factor.factor, ""
    for weight in scheme.weights:
        yield WEIGHTS.title, weight.section, weight.weight, ""
    for rule in scheme.returns:
        cap = "" if rule.cap is None else f"，累计最多 {plain(rule.cap)}"
        yield RETURNS.title, rule.case.value, f"每次扣 {plain(rule.points)}{cap}", ""
    for band in scheme.bands:
        yield BANDS.title, band.name, f"{plain(band.at_least)} 分及以上", ""
    for quota in scheme.quotas:
        yield QUOTAS.title, quota.group or "其余各组", f"不超过 {plain(quota.share)}%", ""
    if not scheme.quotas:
        yield QUOTAS.title, "各组", UNLIMITED, ""
