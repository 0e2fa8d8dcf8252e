"""评分表: what raters are sent, fill and send back; every page has the same keys, whatever its headings say."""

from dataclasses import replace

from qingdan_xl.sheets.declaration import Column, Sheet, Type
from qingdan_xl.sheets.scheme_items import DUTY_REVIEW

BATCH_MARK = "评分"  # what the number of a round of score sheets begins with, as that of no other batch does
RATER_MARK = "评委:"

ANSWER, RATING_ROW = "answer", "rating_row"

_ROW_ID = Column(RATING_ROW, "评分编号", width=14, hidden=True)
_UNIT = Column("unit", "单位", Type.LONG, width=18)
_FULL = Column("full", "满分", Type.POINTS, width=7)
_EVIDENCE = (
    Column("self_score", "自评分", Type.POINTS, width=8),
    Column("done", "完成情况", Type.LONG, width=26),
    Column("lacking", "缺次", Type.COUNT, width=6),
    Column("overdue", "逾期", Type.COUNT, width=6),
    Column("evidence", "佐证材料", Type.LONG, width=34, aliases=("支撑材料", "印证材料")),
)
_SCORE = Column(
    ANSWER,
    "评分",
    Type.POINTS,
    width=9,
    aliases=("得分", "打分"),
    editable=True,
    help="填 0 到满分之间的数，最多两位小数",
)
_VOTE = Column(ANSWER, "选项", Type.CHOICE, width=11, choices="option", editable=True, help="请从下拉列表选择")
_FACTOR = Column(
    ANSWER,
    "核定系数",
    Type.POINTS,
    width=9,
    aliases=("系数",),
    editable=True,
    help="填 0 到 1 之间的数，最多两位小数，如 0.8",
)

ITEM_SCORES = Sheet(
    "item_scores",
    "项目评分",
    "每行一个单位的一个项目，请填最右边一列；灰色格已锁定，其中自评、完成情况、佐证材料等供参考",
    (
        _ROW_ID,
        _UNIT,
        Column("item", "项目", Type.LONG, width=18),
        Column("text", "考核内容", Type.LONG, width=30),
        _FULL,
        *_EVIDENCE,
        _SCORE,
    ),
)
PEOPLE_SCORES = Sheet(
    "people_scores",
    "个人测评",
    "每行一人，请填最右边一列；灰色格已锁定，其中自评、完成情况、佐证材料等供参考",
    (
        _ROW_ID,
        _UNIT,
        Column("item", "姓名", width=12),
        Column("text", "职务", Type.LONG, width=20),
        _FULL,
        *_EVIDENCE,
        _SCORE,
    ),
)
DUTY_FACTORS = Sheet(
    "duty_factors",
    DUTY_REVIEW,
    "这些事项没有次数要求，按状态计分；请核定完成质量，填 0 到 1 的系数（1 为完全认可），得分按系数折算",
    (
        _ROW_ID,
        _UNIT,
        Column("item", "责任事项", Type.LONG, width=36),
        Column("text", "状态和进展", Type.LONG, width=24),
        _FULL,
        *(column for column in _EVIDENCE if column.key in {"self_score", "overdue", "evidence"}),
        _FACTOR,
    ),
)


def _voted(sheet: Sheet) -> Sheet:
    columns = tuple(_VOTE if column.key == ANSWER else column for column in sheet if column.key != "full")
    return replace(sheet, key=f"{sheet.key}_voted", columns=columns)


ITEM_VOTES, PEOPLE_VOTES = _voted(ITEM_SCORES), _voted(PEOPLE_SCORES)
SCORE_SHEETS = (ITEM_SCORES, ITEM_VOTES, PEOPLE_SCORES, PEOPLE_VOTES, DUTY_FACTORS)

# beside the pages to fill, for whoever wants to look closer; never read
DUTIES_BESIDE = Sheet(
    "duties_beside",
    "履责情况",
    "所评单位的责任事项和填报情况，供评分时查看，不用填",
    (
        Column("unit", "单位", Type.LONG, width=18),
        Column("number", "序号", width=6),
        Column("item", "责任事项", Type.LONG, width=36),
        Column("holder", "责任人", width=10),
        Column("status", "状态", width=9),
        Column("light", "预警", width=8),
        Column("done", "完成次数", width=10),
        Column("lacking", "缺次", Type.COUNT, width=6),
        Column("self_score", "自评分", Type.POINTS, width=8),
        Column("report", "进展情况", Type.LONG, width=26),
        Column("evidence", "佐证材料", Type.LONG, width=26),
    ),
)

# what raters gave, as it is kept: `asked` is the row's id, `full` what it was out of
RATINGS = Sheet(
    "rating",
    "评分记录",
    "评委交回的每一个评分",
    (
        Column("asked", "评分编号"),
        Column("subject", "对象编号"),
        Column("target", "评分对象"),
        Column("full", "满分", Type.POINTS),
        Column("points", "评分", Type.POINTS),
        Column("word", "选项"),
    ),
)

SCORE_MANIFEST = Sheet(
    "score_manifest",
    "评分表清单",
    "本次发出的评分表每份一行；把“文件”发给本人，不要互相传看",
    (
        Column("group", "评分组", width=20),
        Column("name", "评委", width=20),
        Column("unit", "所在单位", width=24),
        Column("file", "文件", Type.LONG, width=44),
        Column("asked", "应评项数", Type.COUNT, width=10),
        Column("sha256", "文件指纹（SHA-256）", width=82),
    ),
)


def rater_id(group: str, name: str) -> str:
    """What a rater is called where units have their id; no unit's id begins like it."""
    return f"{RATER_MARK}{group}/{name}"


def is_rater_id(unit_id: str) -> bool:
    """Whether this is the id of a rater, and not of a unit."""
    return unit_id.startswith(RATER_MARK)


def is_score_batch(batch: str) -> bool:
    """Whether this is the number of a round of score sheets: 评分-2026-1."""
    return batch.startswith(f"{BATCH_MARK}-")
