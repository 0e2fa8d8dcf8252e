"""What the column of a list or a score sheet holds, by its heading."""

import re

# The first row one of whose words stands in the heading wins; ^…$ is the whole heading.
COLUMNS: dict[str, str] = {
    "number": "^序号?$ ^编号$ ^项次$",
    "points": r"^(?:标准|基本|基准|满|应得|考核|总)?(?:分值?|分数|权重|配分)(?:[（(].{1,6}[）)])?$ 分值",
    "blank": "^得分$ ^自评 ^考核得分$ ^实得 ^扣分 ^扣减$ ^应得$ ^备注$ ^评分$ ^复核 ^佐证 ^完成情况$ ^进展情况$",
    "department": "(?:考核|考评|评分|评价|打分|计分)(?:责任)?(?:部门|单位|科室|主体|人) 负责考核",
    "item": "责任事项 工作任务 任务内容 履[责职](?:内容|事项) 责任内容 职责内容 工作内容 "
    "考[核评](?:内容|指标|要点) [二三]级指标 检查(?:内容|项目) 具体职责 主要(?:任务|职责) 重点任务 "
    "工作事项 评[分价](?:内容|指标) 责任清单 任务名称 ^(?:职责|任务|事项|指标|内容|要求|责任)$",
    "group": "类别 类型 一级指标 考[核评]项目 ^项目$ 板块 领域 维度 分类 ^指标体系$ 工作项目 评[分价]项目 项目名称",
    "content": "措施 任务分解 标准 办法 细则 目标 时限 频次 要求 方式 依据 完成时间 说明 评分",
    "holder": "责任(?:单位|主体|部门|人|领导|岗位|科室) 牵头 岗位 职务 角色 主体 部门 单位 责任层级",
}
_PATTERNS = {name: re.compile("|".join(words.split())) for name, words in COLUMNS.items()}
_LONGEST = 14


def column_of(heading: str) -> str:
    """What a column with this heading holds; '' where the heading says nothing known."""
    plain = re.sub(r"\s", "", heading)
    if not plain or len(plain) > _LONGEST:
        return ""
    return next((name for name, words in _PATTERNS.items() if words.search(plain)), "")
