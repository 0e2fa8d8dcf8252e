"""The rows of 评分办法 in 考核.xlsx: the scheme as used, in words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from qingdan_xl.assessment.basics import setting_cells
from qingdan_xl.assessment.rules import Scheme
from qingdan_xl.assessment.trail import plain
from qingdan_xl.sheets.scheme import BANDS, FACTORS, QUOTAS, RETURNS, SETTINGS, UNLIMITED, WEIGHTS
from qingdan_xl.sheets.writing import Cell

_HOW = (
    (
        "应得分",
        "满分按权重分给本单位的计分事项，精确到 0.0001 分；除不尽的零头按余数大小分配，各事项相加恰好等于满分",
    ),
    ("量化要求", "能从工作纪实计次的要求，看全年各个周期（每季度、每月、每个期限前等）有几个达标"),
    ("量化要求", "得分 = 应得分 × 达标周期 ÷ 全部周期；一个事项有几项要求的，取各项比例的平均"),
    ("状态", "没有可计次要求的事项，得分 = 应得分 × 状态系数"),
    ("舍入", "各行精确到 0.000001 分并保证合计准确，只在最后对得分四舍五入一次，差额单列一行"),
    ("名次", "在同一考核组的已评单位内排名，同分同名次"),
)


def rule_rows(scheme: Scheme) -> Iterator[Mapping[str, Cell]]:
    """评分办法: how points are made, then every setting and table of the scheme."""
    for item, note in _HOW:
        yield {"part": "计分方法", "item": item, "note": note}
    for row in setting_cells(scheme):
        yield {"part": SETTINGS.title, "item": row["name"], "value": row["value"], "note": row["help"]}
    for part, item, value in _lines(scheme):
        yield {"part": part, "item": item, "value": value}


def _lines(scheme: Scheme) -> Iterator[tuple[str, str, str | Decimal]]:
    for factor in scheme.factors:
        yield FACTORS.title, factor.status, factor.factor
    for weight in scheme.weights:
        yield WEIGHTS.title, weight.section, weight.weight
    for rule in scheme.returns:
        cap = "" if rule.cap is None else f"，累计最多 {plain(rule.cap)}"
        yield RETURNS.title, rule.case.value, f"每次扣 {plain(rule.points)}{cap}"
    for band in scheme.bands:
        yield BANDS.title, band.name, f"{plain(band.at_least)} 分及以上"
    for quota in scheme.quotas:
        yield QUOTAS.title, quota.group or "其余各组", f"不超过 {plain(quota.share)}%"
    if not scheme.quotas:
        yield QUOTAS.title, "各组", UNLIMITED
