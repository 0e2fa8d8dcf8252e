"""Problems of issuing workbooks."""

from qingdan_xl.problems.entry import Severity, entries

_ISSUING_ERRORS = entries(
    Severity.ERROR,
    (
        "nothing-to-issue",
        "没有一个单位有可下发的清单",
        "请检查 清单/ 里有没有责任清单，以及“适用单位类型”与花名册“类型”是否一致",
    ),
    (
        "bad-number",
        "“{title}”第 {number} 项的量化要求“{text}”，数量填的是 {typed}",
        "请在母表“量化要求”里改成不小于 1 的整数",
    ),
    (
        "inherits-nothing",
        "“{title}”的角色“{role}”参照“{inherits}”执行，但清单中没有这个角色的事项{hint}",
        "请在母表“角色”表中改正“参照角色”",
    ),
)

_ISSUING_WARNINGS = entries(
    Severity.WARNING,
    (
        "person-role-unknown",
        "“{name}”的角色“{role}”不在任何清单中{hint}",
        "请改成母表“角色”表里的名称，否则不会下发本人清单",
    ),
    (
        "person-role-elsewhere",
        "“{name}”的角色“{role}”不下发到“{kind}”类单位",
        "请核对花名册“角色”，或母表“适用单位类型”",
    ),
    (
        "two-heads",
        "“{name}”有 {count} 个“{role}”（{names}），责任矩阵先由 {first} 牵头",
        "如只有一个主要负责人，请改正花名册“角色”；确有两个，请在责任矩阵中核对",
    ),
    (
        "role-unfilled",
        "“{name}”没有人担任“{role}”，“{kind}”类单位中有 {count} 个有人担任",
        "请在花名册“角色”中补上；确实空缺的无需处理，这张清单按单位下发",
    ),
    ("unit-without-sheets", "“{name}”（{kind}）没有可下发的清单，不生成填报表", "请核对单位类型，或母表“适用单位类型”"),
    ("unit-without-people", "“{name}”在花名册中没有人员，责任矩阵无人可选", "请在“人员”表中补上该单位的人员"),
    (
        "unknown-kind",
        "“{title}”的角色“{role}”限于“{kind}”，花名册里没有这类单位{hint}",
        "请在母表“角色”里改正适用单位类型",
    ),
    (
        "duty-in-two-lists",
        "“{first}”和“{second}”有 {count} 个相同的事项，同一单位（同一人）只下发一次",
        "如应分别下发，请在母表中改写其一",
    ),
    (
        "kinds-open",
        "所有角色的“适用单位类型”都空着，每个角色的清单都会发给全部单位（花名册有 {kinds}）",
        "请在母表“角色”表中填“适用单位类型”后重新下发；确实都发给全部单位的，无需处理",
    ),
    (
        "still-open",
        "“{title}”{where}还有 {count} 处占位没有填，发给 {names}：{text}",
        "请在母表“占位”表中填写后重新下发；确实不用填的，无需处理",
    ),
    (
        "place-gone",
        "“{title}”的“占位”表中，“{text}”填了内容，但清单文字中已找不到这一处，没有填入",
        "文字改过的，请直接在“责任事项”里填好，并删去“占位”中的这一行",
    ),
    (
        "same-for-all",
        "“{title}”的{part}“{text}”各单位写法须一致，不能按花名册的列填",
        "请改填“统一填写”；各单位不同的，请在母表中改去这一处",
    ),
    (
        "demand-unlisted",
        "“{title}”第 {number} 项填好占位后有量化要求“{text}”，“量化要求”表中没有这一条，填报表不会计数",
        "请在母表“量化要求”表中补上一行",
    ),
    (
        "not-counted-here",
        "“{title}”有 {count} 条量化要求不会自动计数（{why}），如{text}",
        "填报表照样列出这些要求，是否完成以单位填的“状态”为准；要自动计数，请在母表“量化要求”中填“活动类别”",
    ),
    (
        "unknown-column",
        "“{title}”的“占位”表要按“{source}”填“{text}”，花名册“单位”表没有这一列{hint}",
        "请改正列名，或在花名册“单位”表右侧加上这一列",
    ),
    (
        "other-year",
        "“{title}”写的年度是 {found}，本文件夹是 {year} 年度",
        "请核对是不是拿错了清单；没错的，请改母表“清单信息”中的“年度”",
    ),
)

_ISSUING_CARRYING = entries(
    Severity.WARNING,
    (
        "answer-not-carried",
        "“{name}”填在“{heading}”的“{text}”没有带入新的填报表：{why}",
        "请告知该单位在新的填报表里重新填写；已收到的文件和内容仍保留",
    ),
    (
        "log-rows-untied",
        "“{name}”的工作纪实有 {count} 条记录的“关联事项”（如“{text}”）不在新的清单中，记录照样带入，但不计入任何事项",
        "请告知该单位在新的填报表里改选“关联事项”，或者清空",
    ),
    (
        "answers-in-older-file",
        "“{name}”在这份文件里填过重新列入的 {count} 个事项（如“{text}”），后来采用的文件里没有这些事项，没有计入",
        "请告知该单位在新的填报表里重新填写；原来填的内容见这份文件",
    ),
)

_ISSUING_NOTES = entries(
    Severity.INFO,
    (
        "answers-left-behind",
        "“{name}”有 {count} 个事项不在新的清单中，所填内容没有带入新的填报表",
        "无需处理；已收到的文件和内容仍保留，清单再列入这些事项时自动恢复（其间又报了新表的，另有提示）",
    ),
    (
        "body-as-one",
        "“{role}”是集体，清单按单位下发一张，不给个人各发一张（花名册中“{first}”等 {count} 人填了这个角色）",
        "无需处理；要按人下发的，请把母表的角色名称改成个人的，如“领导班子成员”",
    ),
    (
        "parent-alone",
        "“{name}”的上级单位“{parent}”只有它一个单位填{hint}",
        "写错了的，请在花名册“上级单位”改成一致；没错的，无需处理",
    ),
    (
        "role-unheld",
        "“{kind}”类单位（{count} 个）都没有人担任“{role}”，这张清单按单位下发",
        "应由个人领取的，请在花名册“角色”中补上；确实没有的，无需处理",
    ),
    ("not-issued", "“{title}”是{kind}，不作为责任清单下发", "无需处理"),
)

ENTRIES = (*_ISSUING_ERRORS, *_ISSUING_WARNINGS, *_ISSUING_CARRYING, *_ISSUING_NOTES)
