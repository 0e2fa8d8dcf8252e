"""docs/parsing.md: what the parser reads and how, worked out from its own tables; `python -m` this module writes it."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from qingdan_xl.documents.blanks import context_of, guess_of, open_places
from qingdan_xl.documents.demands import demands
from qingdan_xl.documents.grammar import GRAMMAR
from qingdan_xl.documents.guide_samples import SHAPES, Shape
from qingdan_xl.documents.master import label_of
from qingdan_xl.documents.parsing import parse
from qingdan_xl.documents.rule_examples import PHRASINGS
from qingdan_xl.documents.rules import rules
from qingdan_xl.model import Checklist, Duty, Kind, Rule, RuleKind, Target, TargetKind
from qingdan_xl.problems import CATALOGUE, Severity
from qingdan_xl.problems.documents import ENTRIES
from qingdan_xl.sheets.checklist import PERS, months_text

_HEAD = """# 解析：读得懂什么，读成什么

本页由 `make docs` 按程序自己的语法表生成，请勿手改。每个例子都是程序的一条测试，右边写的就是程序实际读出的结果。

`qingdan parse 文件…` 把清单、评分办法、报告读成责任事项，写出可核对的母表。程序只记文字里有的东西：
没有数字的要求不会变出数字，拿不准的写进母表的“待核对”。
"""
_FORMATS = """
## 文件格式

| 格式 | 怎么读 |
|---|---|
| .txt、.md | UTF-8、GB18030、UTF-16 自动辨认，不是 UTF-8 的会说明 |
| .docx | 连同自动编号、表格、文本框；带修订的按全部接受读取并说明 |
| .xlsx、.xls、.csv、.ods | 表头按名称辨认，可有两行表头；合并格向下填充；小计、合计不算事项 |
| .html、.mht | 正文、列表和表格 |
| .doc、.wps、.rtf、.odt | 装有 LibreOffice 时转换后读取，否则说明怎么办 |
| .pdf | 装有 pdftotext（poppler）时读取文字；PDF 不保存表格的行列，像是表格的地方会说明 |

格式按内容辨认，后缀只作参考。一个文件里有几份清单的，分别写成几份母表。
"""
_PARTS = {
    "period": (
        "周期",
        "多久一次；写在前面的周期管到本句后面的各项；每三年、任期内等不在一年之内的记为“其他周期”，不自动计数",
    ),
    "months": ("起止月份", "只在几个月里按周期开展的，只有这几个月里的各期计数"),
    "span": ("全年", "“全年”“年内”一类，算一年的总数"),
    "event": ("每次", "“每次”“每场”后面的数量，是每一次的要求，没有周期"),
    "due": ("期限", "日期读成月-日，写了年份的读成年-月-日（年-月的算到月底）；“前后”“年终”一类记为约数"),
    "at-least": ("下限", "至少、不少于、达到、以上"),
    "at-most": ("上限", "不超过、至多、以内，母表“上限”一栏为“是”"),
    "amount": ("数量与比例", "数字后面的单位照原文；百分数是比例"),
    "not": ("不是要求", "扣分条件、加分、触发情形、“几日内”等相对时限，含数字也不作要求"),
}
_RULE_WORDS = {
    RuleKind.DEDUCT_EACH: "扣",
    RuleKind.DEDUCT: "扣",
    RuleKind.AWARD: "得",
    RuleKind.BONUS: "加",
    RuleKind.PROPORTIONAL: "按比例得分",
    RuleKind.VETO: "不得分／否决",
}
_KINDS = {Kind.CHECKLIST: "责任清单", Kind.RUBRIC: "评分办法", Kind.REPORT: "情况报告"}
_HOLE = re.compile(r"\{[^}]*\}")
_BLANKS = (
    "由*牵头，向XX局报告",
    "每年不少于X次",
    "____年____月底前完成",
    "落实《*办法》（*发〔20XX〕*号）",
    "某镇某某同志负责",
    "7×24小时值班，得分=完成率×10",
    "某些同志、某项工作",
)


def parsing_page() -> str:
    """The whole page in Markdown."""
    parts = (_HEAD, _FORMATS, _structure(), _demands(), _scoring(), _blanks(), _reported())
    return "".join(parts)


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(headings)
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    shown = text.replace("|", "\\|").replace("\n", "<br>")
    return shown if set(shown) == {"-"} else shown.replace("*", "\\*").replace("_", "\\_")


def _structure() -> str:
    sections = "".join(map(_shape, SHAPES))
    return (
        "\n## 结构\n\n标题指明由谁承担的是角色（层级），其下成组的是板块，最末一级编号是责任事项；"
        f"编号照原文印，不改。\n{sections}"
    )


def _shape(shape: Shape) -> str:
    checklist = parse("例.txt", shape.text.encode())[0]
    read = "".join(f"{line}\n" for line in _outline(checklist))
    return f"\n### {shape.name}\n\n{shape.reading}。\n\n```\n{shape.text}```\n\n读成：\n\n```\n{read}```\n"


def _outline(checklist: Checklist) -> Iterator[str]:
    yield f"{_KINDS[checklist.kind]}：{checklist.title}"
    for role in checklist.roles:
        yield f"  角色：{role.name}" + (f"（参照 {role.inherits}）" if role.inherits else "")
        for section in role.sections:
            if section.title:
                yield f"    板块：{section.number or ''} {section.title}".rstrip()
            yield from (f"      {_duty(duty)}" for duty in section.duties)
    yield from (f"  填报数据：{metric.text}（{metric.unit}）" for metric in checklist.metrics)


def _duty(duty: Duty) -> str:
    said = [*(_target(target) for target in duty.targets), *(_rule(rule) for rule in duty.rules)]
    facts = [
        "总则" if duty.general else "",
        f"{duty.points} 分" if duty.points is not None else "",
        duty.department or "",
        *said,
    ]
    shown = "；".join(fact for fact in facts if fact)
    return f"事项 {duty.number}：{duty.text}".replace(" ：", "：").replace("\n", "／") + (
        f"　→ {shown}" if shown else ""
    )


def _demands() -> str:
    parts = "".join(_part(part) for part in dict.fromkeys(row.part for row in GRAMMAR))
    return (
        "\n## 量化要求\n\n一句里有几项要求就读成几条；汉字数字和阿拉伯数字一样读；"
        "“定期”“及时”等没有数字的记为软性要求。\n" + parts
    )


def _part(part: str) -> str:
    title, note = _PARTS[part]
    examples = [example.split(" -> ")[0] for row in GRAMMAR if row.part == part for example in row.examples]
    rows = ((text, _all(demands(text))) for text in examples)
    return f"\n### {title}\n\n{note}。\n\n{_table(('例句', '读成'), rows)}"


def _all(targets: Iterable[Target]) -> str:
    return "\n".join(map(_target, targets)) or "不作要求"


def _target(target: Target) -> str:
    per = f"{months_text(target.months) or ''}{label_of(PERS, target.per) if target.per else ''}"
    sign = "≤" if target.at_most else "≥"
    counted = target.number is not None and target.kind is not TargetKind.DEADLINE
    amount = f"{sign} {target.number:f}{target.unit or '次'}" if counted else ""
    due = f"期限 {'、'.join(target.due)}" if target.due else ""
    return " ".join(part for part in (per, amount, due) if part) or target.text


def _scoring() -> str:
    rows = (
        (phrasing.name if number == 0 else "", text, "\n".join(map(_rule, rules(text))) or "不是规则")
        for phrasing in PHRASINGS
        for number, text in enumerate(example.split(" -> ")[0] for example in phrasing.examples)
    )
    return (
        "\n## 评分规则\n\n评分办法（考核细则、评分表）中每项的得分、扣分都读成规则，"
        "各项分值与合计对不上的会说明，不改数。"
        "解析评分办法时另写一份 考核办法.xlsx 草稿，供核对。\n\n" + _table(("写法", "例句", "读成"), rows)
    )


def _rule(rule: Rule) -> str:
    if rule.points is None:
        return _RULE_WORDS[rule.kind]
    points = f"{rule.low}—{rule.points}" if rule.low is not None else str(rule.points)
    each = f"每{rule.per}" if rule.per else ""
    ends = [f"最多 {rule.cap} 分" if rule.cap is not None else "", "扣完为止" if rule.floor else ""]
    said = f"{each}{'酌情' if rule.low is not None else ''}{_RULE_WORDS[rule.kind]} {points} 分"
    return "，".join([said, *(end for end in ends if end)])


def _blanks() -> str:
    rows = ((text, "\n".join(_place(text)) or "没有占位") for text in _BLANKS)
    return (
        "\n## 占位\n\n文字里留空待填的 `*`、`XX`、`某`、`____`、`〔 〕` 等，每处列入母表“占位”，"
        "注明上下文和可能是什么：各单位相同的填“统一填写”，各单位不同的填花名册“单位”表的列名"
        "（可自己加列，如 简称；主要负责人的姓名填 负责人）。"
        "填的内容末尾与后文重复的不重写：“*镇”填“青禾镇”仍是“青禾镇”。下发时填入，没有填的会说明。"
        "乘号、注释的星号、“某些”一类不算；情况报告里空着的数字是填报数据，不算占位。\n\n"
        + _table(("例句", "占位"), rows)
    )


def _place(text: str) -> Iterator[str]:
    return (f"{context_of(text, place)}：{guess_of(text, place)}" for place in open_places(text))


def _reported() -> str:
    told = [CATALOGUE[entry.code] for entry in ENTRIES if entry.severity is not Severity.ERROR]
    rows = ((f"`{entry.code}`", _HOLE.sub("…", entry.what), entry.advice) for entry in told)
    return "\n## 只报告、不猜\n\n下面的情况写进“待核对”或在运行时说明，程序不替人决定。\n\n" + _table(
        ("代码", "情况", "办法"), rows
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(parsing_page(), "utf-8")
