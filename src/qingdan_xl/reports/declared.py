"""The variables that templates may use, each declared once: the check, the filling in and the manual derive from it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingdan_xl.counting.lights import COMPLETE, OVERDUE
from qingdan_xl.reports import phrases
from qingdan_xl.reports.about import About, Everybody
from qingdan_xl.reports.duties import gist, joint_in, seen_in
from qingdan_xl.reports.facts import Facts, row_origin
from qingdan_xl.reports.figures import Figure, Source
from qingdan_xl.reports.scores import Line
from qingdan_xl.reports.variables import Variable
from qingdan_xl.sheets.summary import TALLY
from qingdan_xl.sheets.unit import ISSUES
from qingdan_xl.summary.intake import LATE, MISSING
from qingdan_xl.summary.standing import StoredRow

_Reports = About | Everybody
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])\s*")


@dataclass(frozen=True, slots=True)
class Issue:
    """A row of 问题整改台账 with its light."""

    row: StoredRow
    light: str


_DUTY = (
    Variable("序号", "清单中的序号", lambda seen: seen.standing.number),
    Variable("责任事项", "事项全文", lambda seen: seen.standing.text),
    Variable("板块", "所在板块", lambda seen: seen.standing.section),
    Variable("角色", "哪个角色的清单", lambda seen: seen.standing.role),
    Variable("责任人", "个人清单的承担人，或填报的责任人", lambda seen: seen.standing.person),
    Variable("牵头领导", "填报的牵头领导", lambda seen: seen.standing.answer.leader),
    Variable("完成时限", "日期；没有定的为空", lambda seen: seen.standing.deadline),
    Variable(
        "应完成日",
        "逾期、欠缺从这一天起算天数：过了的完成时限，或没有做够的那一期的最后一天；同汇总表“逾期与预警”",
        lambda seen: seen.standing.since,
    ),
    Variable("状态", "填报的状态", lambda seen: seen.standing.answer.status),
    Variable("预警", "逾期、欠缺、临近等", lambda seen: seen.standing.light),
    Variable("逾期天数", "逾期或欠缺了多少天", lambda seen: seen.late),
    Variable("原因", "逾期、欠缺的是什么", lambda seen: seen.why),
    Variable("进展情况", "填报的进展情况", lambda seen: seen.standing.answer.report),
    Variable("存在问题", "填报的存在问题", lambda seen: seen.standing.answer.trouble),
    Variable("佐证材料", "填报的佐证材料", lambda seen: seen.standing.answer.evidence),
)


def _facts(about: Facts | _Reports) -> Facts:
    return about if isinstance(about, Facts) else about.facts


def _tally(key: str, name: str) -> Callable[[Facts | _Reports], Figure]:
    def read(about: Facts | _Reports) -> Figure:
        return _facts(about).rate(name) if key == "rate" else _facts(about).tally(key, name)

    return read


def plain_name(heading: str) -> str:
    """A heading as a variable: 已完成次数（含未到期） without what stands in brackets."""
    return heading.partition("（")[0]


_COUNTS = tuple(
    Variable(name, f"汇总表“按单位”的“{column.heading}”", _tally(column.key, name))
    for column in TALLY
    for name in (plain_name(column.heading),)
)

_LATE = Variable("滞后", "逾期和欠缺的事项数", lambda about: _facts(about).late("滞后"))
_BAR = Variable("图", "条形图：深绿已完成，橙色逾期和欠缺，浅灰其余", lambda about: _facts(about).bar)
_PROGRESS = Variable(
    "进度",
    "各种情况的项数写成一句，是零的不写：完成3项、正常推进2项、逾期1项，完成率50%",
    lambda about: phrases.progress(_facts(about)),
)
_BEHIND = Variable(
    "滞后情况", "逾期、欠缺的项数，是零的不写：逾期1项、欠缺2项", lambda about: phrases.behind(_facts(about))
)
_SECTION = (
    Variable("名称", "板块名称", lambda facts: facts.name),
    Variable("标题", "板块名称，不带序号", lambda facts: _NUMBER.sub("", facts.name)),
    *_COUNTS,
    _LATE,
    _BAR,
    _PROGRESS,
    Variable("事项", "这个板块的全部事项", lambda facts: seen_in(facts, list(facts.standings)), _DUTY),
    Variable(
        "完成事项",
        "这个板块已完成的事项",
        lambda facts: seen_in(facts, facts.complete),
        _DUTY,
    ),
)

_JOINT = (
    Variable("序号", "清单中的序号", lambda joint: joint.standing.number),
    Variable("责任事项", "事项全文", lambda joint: joint.standing.text),
    Variable(
        "概要", "事项的第一句；这一句太长的，写到三十字以内的最后一个逗号", lambda joint: gist(joint.standing.text)
    ),
    Variable("板块", "所在板块", lambda joint: joint.standing.section),
    Variable("角色", "哪个角色的清单", lambda joint: joint.standing.role),
    Variable("责任人", "各承担人、责任人的姓名，用顿号隔开", lambda joint: joint.people),
    Variable("滞后情况", "谁逾期、欠缺了多少天，欠缺的是什么；写给个人的不写姓名", lambda joint: joint.lateness),
    Variable("进展情况", "填报的进展情况；几个人不一样的，前面写姓名", lambda joint: joint.progress),
    Variable("存在问题", "填报的存在问题，同上", lambda joint: joint.trouble),
)
_DONE_JOINTLY = Variable(
    "合并完成事项",
    "已完成的事项，几个人都有的同一事项合成一项",
    lambda about: joint_in(_facts(about), _facts(about).complete),
    _JOINT,
)
_LATE_JOINTLY = Variable(
    "合并滞后事项",
    "逾期和欠缺的事项，同样合并",
    lambda about: joint_in(_facts(about), _facts(about).behind),
    _JOINT,
)
_LIST = (
    Variable("名称", "哪个角色的清单；几份清单都有这个角色的，后面写清单名称", lambda facts: facts.name),
    Variable("个人清单", "个人各有一份的写 是，集体共一份的为空", lambda facts: "是" if facts.personal else ""),
    *_COUNTS,
    _LATE,
    _BAR,
    _PROGRESS,
    Variable("板块", "这份清单的各板块", lambda facts: facts.sections(), _SECTION),
    Variable(
        "各人",
        "个人清单的各承担人，一人一项",
        lambda facts: facts.holders(),
        (Variable("姓名", "承担人", lambda facts: facts.name), *_COUNTS, _LATE, _BAR, _PROGRESS),
    ),
    _DONE_JOINTLY,
    _LATE_JOINTLY,
)


def _issue_field(key: str) -> Callable[[Issue], Any]:
    return lambda issue: issue.row[key]


_ISSUE = (
    *(Variable(column.heading, f"{ISSUES.title}的“{column.heading}”", _issue_field(column.key)) for column in ISSUES),
    Variable("预警", "逾期、临近、正常、未填报、完成", lambda issue: issue.light),
)


def _line_points(line: Line) -> Figure | None:
    if line.points is None:
        return None
    return Figure(f"{line.about[:20]}的分数", line.points, lambda: (Source(line.origin, line.why),))


def place_told(line: Line) -> str:
    """The file, sheet and cell that a line of a score comes from."""
    origin = line.origin
    return " ".join(filter(None, (origin.file.rpartition("/")[2], origin.sheet, origin.cell)))


_LINE = (
    Variable("项目", "项目或事项", lambda line: line.about),
    Variable("分数", "分数；待评的为空", _line_points),
    Variable("原因", "为什么", lambda line: line.why),
    Variable("出处", "文件、工作表和单元格", place_told),
)


def _activities(about: _Reports) -> Iterator[tuple[str, Figure]]:
    for category in about.year.categories:
        times = about.facts.times(category, f"{category}次数")
        if times.value:
            yield category, times


def _activity_total(about: _Reports) -> Figure:
    each = [about.facts.times(category, category) for category in about.year.categories]
    if any(one.open for one in each):
        return Figure("活动总次数", None, why=about.facts.why)
    return Figure(
        "活动总次数", sum(int(one.value or 0) for one in each), lambda: [s for one in each for s in one.rows()]
    )


def _issues(about: _Reports, rows: list[StoredRow]) -> list[Issue]:
    return [Issue(row, about.facts.issue_light(row)) for row in rows]


_YEAR = (
    Variable("年度", "年份，如 2026", lambda about: about.year.material.calendar.year),
    Variable("名称", "qingdan.toml 里的“名称”", lambda about: about.year.material.title),
    Variable("截至", "统计截至的日期", lambda about: about.year.material.calendar.as_of),
    Variable("日期", "写报告的日期（运行的当天）", lambda about: about.year.today),
    Variable("报送期限", "各单位交回填报表的期限", lambda about: about.year.material.deadline),
    Variable(
        "报送期限已过", "截至统计日，报送期限过了的写 是，没有过的为空", lambda about: "是" if about.year.is_due else ""
    ),
)

_FACTS = (
    *_COUNTS,
    _PROGRESS,
    Variable(
        "量化情况",
        "到期的次数写成一句：到期的量化要求应完成9次，实际完成8次，欠缺1次；没有到期的为空",
        lambda about: phrases.demanded(about.facts),
    ),
    Variable("清单", "各份清单的数字和事项，一个角色的清单一项", lambda about: about.facts.lists(), _LIST),
    Variable("板块", "各板块的数字，一份清单的一个板块一项", lambda about: about.facts.sections(), _SECTION),
    Variable(
        "分表",
        "板块表的各行：一个板块一行；清单不止一份的，每份清单的合计在前",
        lambda about: about.facts.rows(),
        (Variable("名称", "板块名称，或清单名称", lambda facts: facts.name), *_COUNTS, _LATE, _BAR),
    ),
    _BAR,
    _LATE,
    _BEHIND,
    Variable("滞后事项", "逾期和欠缺的事项", lambda about: seen_in(about.facts, about.facts.behind), _DUTY),
    _LATE_JOINTLY,
    Variable(
        "活动",
        "工作纪实按活动类别数出的次数，没有的类别不列",
        _activities,
        (
            Variable("类别", "活动类别", lambda pair: pair[0]),
            Variable("次数", "年内截至统计日的次数", lambda pair: pair[1]),
        ),
    ),
    Variable("活动总次数", "各活动类别次数之和", _activity_total),
    Variable(
        "活动次数",
        "按类别取一个次数：活动次数.会议，没有的是 0",
        lambda about: {name: about.facts.times(name, f"{name}次数") for name in about.year.categories},
    ),
    Variable(
        "整改事项",
        "问题整改台账中还没有整改到位的，一行一项",
        lambda about: _issues(about, about.facts.open_issues),
        _ISSUE,
    ),
    Variable("整改台账", "问题整改台账的全部各行", lambda about: _issues(about, list(about.facts.issues)), _ISSUE),
    Variable("问题总数", "问题整改台账的行数", lambda about: about.facts.rectified("问题总数", lambda _light: True)),
    Variable(
        "问题已整改",
        "其中已整改到位的",
        lambda about: about.facts.rectified("问题已整改", lambda light: light == COMPLETE),
    ),
    Variable(
        "问题未整改",
        "其中没有整改到位的",
        lambda about: about.facts.rectified("问题未整改", lambda light: light != COMPLETE),
    ),
    Variable(
        "问题逾期",
        "其中超过整改时限的",
        lambda about: about.facts.rectified("问题逾期", lambda light: light == OVERDUE),
    ),
    Variable("问题未到期", "其中整改时限还没有过的", lambda about: about.facts.issues_with_time("问题未到期")),
    Variable(
        "整改情况",
        "以上写成一句，是零的不写：问题整改台账登记问题3个，已整改1个，未整改2个；没有登记的为空",
        lambda about: phrases.rectified(about.facts),
    ),
    Variable(
        "有问题",
        "有逾期、欠缺的事项或未整改的问题，或报送期限过了还没有交回的，写 是；没有的为空",
        lambda about: "是" if about.flawed else "",
    ),
)


_SCORE = (
    Variable("得分", "考核得分；没有的留空白", lambda about: about.told.score),
    Variable("满分", "满分；没有的留空白", lambda about: about.told.full),
    Variable("名次", "组内名次", lambda about: about.told.rank),
    Variable("组内个数", "本组已评的个数", lambda about: about.told.group_size),
    Variable("等次", "等次；未评、待定的照写", lambda about: about.told.grade),
    Variable("考核状态", "定稿的版次，或尚未定稿，或为什么未评", lambda about: about.told.state),
    Variable("考核说明", "影响等次的说明；定稿后数据变了的，写明细在哪个文件", lambda about: about.told.note),
    Variable("得分构成", "各项目得分", lambda about: about.told.parts, _LINE),
    Variable("失分", "失分的各笔，从多到少", lambda about: about.told.losses, _LINE),
    Variable("加分", "加分的各笔", lambda about: about.told.gains, _LINE),
    Variable("待评", "还在等人评定的", lambda about: about.told.waiting, _LINE),
    Variable("复核", "复核申诉的决定", lambda about: about.told.appeals, _LINE),
)


def _received(about: About) -> date | None:
    return about.sent.receipt.received_at.date() if about.sent.receipt else None


_UNIT = (
    Variable("单位", "单位名称", lambda about: about.unit.name),
    Variable("单位类型", "花名册里的类型", lambda about: about.unit.kind),
    Variable("上级单位", "花名册里的上级单位", lambda about: about.unit.parent),
    Variable("考核组", "排名次的考核组，没有分组的为空；没有考核结果的，是花名册里的", lambda about: about.group),
    Variable("联系人", "花名册里的联系人", lambda about: about.unit.contact),
    Variable("负责人", "主要负责人的姓名，不止一位的为空", lambda about: about.head),
    Variable("姓名", "写给个人的报告：姓名；写给单位的为空", lambda about: about.person.name if about.person else ""),
    Variable("职务", "写给个人的报告：职务；写给单位的为空", lambda about: about.person.title if about.person else ""),
    Variable(
        "述责人",
        "写给个人的报告：姓名；写给单位的，全部清单都是同一个人的，写这个人，其余为空",
        lambda about: about.author,
    ),
    Variable("交回情况", "已交回、迟交、未交回", lambda about: about.sent.state),
    Variable("交回日期", "收到填报表的日期，未交回的为空", _received),
)


def _count_units(name: str, holds: Callable[[About], bool]) -> Callable[[Everybody], Figure]:
    def read(everybody: Everybody) -> Figure:
        found = [about for about in everybody.units if holds(about)]
        return Figure(name, len(found), lambda: [_unit_source(about) for about in found])

    return read


def _unit_source(about: About) -> Source:
    path = about.sent.receipt.path if about.sent.receipt else ""
    return Source(row_origin({"path": path}), f"{about.unit.name}（{about.sent.state}）")


OF_ONE = (*_YEAR, *_UNIT, *_FACTS, *_SCORE)

_IN_A_ROW = (
    "进度",
    "滞后",
    "滞后情况",
    "图",
    "问题总数",
    "问题已整改",
    "问题未整改",
    "问题逾期",
    "得分",
    "名次",
    "组内个数",
    "等次",
    "考核状态",
)
_EACH = (*_UNIT, *_COUNTS, *(variable for variable in (*_FACTS, *_SCORE) if variable.name in _IN_A_ROW))

OF_ALL = (
    *_YEAR,
    *_FACTS,
    Variable("单位总数", "下发了填报表的单位数", _count_units("单位总数", lambda _about: True)),
    Variable(
        "已交回单位数", "已交回的，包括迟交的", _count_units("已交回单位数", lambda about: about.sent.state != MISSING)
    ),
    Variable("迟交单位数", "其中迟交的", _count_units("迟交单位数", lambda about: about.sent.state == LATE)),
    Variable("未交回单位数", "没有交回的", _count_units("未交回单位数", lambda about: about.sent.state == MISSING)),
    Variable("各单位", "全部单位，按花名册的次序", lambda everybody: everybody.units, _EACH),
    Variable(
        "未交回单位",
        "没有交回的单位",
        lambda everybody: [about for about in everybody.units if about.sent.state == MISSING],
        _EACH,
    ),
    Variable(
        "滞后单位",
        "有逾期、欠缺的单位，滞后多的在前",
        lambda everybody: sorted(
            (about for about in everybody.units if about.facts.behind), key=lambda about: -len(about.facts.behind)
        ),
        _EACH,
    ),
)

OF_ANY = (*_YEAR, Variable("单位", "单位名称，或 全部单位", lambda about: about.label), *_FACTS)
