"""docs/reports.md: how reports and their templates work, with every variable; `python -m qingdan_xl.reports.guide`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qingdan_xl.reports.declared import OF_ALL, OF_ANY, OF_ONE
from qingdan_xl.reports.shipped import BULLETIN, DUTY_REPORT, NOTICE, RESULT
from qingdan_xl.reports.variables import Variable

_OF_ONE_TITLE = f"变量：{DUTY_REPORT}、{NOTICE}、{RESULT}"
_HEAD = f"""# 写报告

本页由 `make docs` 按程序的声明生成，请勿手改。

    qingdan report                              # 全部种类，全部单位
    qingdan report 青禾镇 青禾镇/张甲           # 只写这个单位、这个人的
    qingdan report 青禾镇/                      # 青禾镇的每个人各写一份（青禾镇/* 也可以）
    qingdan report 全部个人                     # 各单位的每个人各写一份
    qingdan report --kind {BULLETIN} --kind {NOTICE}   # 只写这几种
    qingdan report --trace                      # 后面附“数字出处”
    qingdan report --as-of 2026-06-30           # 截至哪一天

报告写在 `成果/报告/种类/单位.docx`，数字取自已收取的填报表和考核，与汇总表、考核表同一天的数字相同，不另外统计。
再次运行会重写；被人改过的旧报告先移到 `旧版/`，命令说明是哪几份（`--json` 的 `kept`）；
正在 Word 里打开的不动，新的写在旁边。
这一次不用再发整改通知的，上次写的通知移到 `旧版/`；花名册里没有了的单位不再写报告（点名的除外），
上次写的也移到 `旧版/`。只移没有改过的，别的报告和放在那里的其他文件都不动。
名称里不能作文件名的字符写成“·”；几个单位或个人的文件名相同的，后面加单位编号，每次运行都一样。

| 种类 | 写给谁 | 不写给谁 |
|---|---|---|
| {DUTY_REPORT} | 每个单位；点名的个人 | 名下没有责任事项、整改问题和工作纪实的个人 |
| {BULLETIN} | 全部单位合写一份 | 点名了单位、又没有点名要通报时不写 |
| {NOTICE} | 每个单位；点名的个人 | 没有逾期、欠缺，也没有未整改问题的；没有交回、但报送期限未到的 |
| {RESULT} | 每个单位；点名的个人 | 还没有运行 qingdan assess；考核办法没有给个人计分；没有定稿，考核办法又读不出来的 |
| 情况报告 | 全部单位合写一份，母表“适用单位类型”的单位各一份；个人写的，各单位主要负责人各一份；点名的个人 | |

单位的述责报告以单位名义写：集体清单逐项写进展，个人清单写各人完成多少项；各人做了哪些，写在个人的报告里。
只有全部清单都是同一个人的，才写这个人的名字。几个人都有的同一事项合成一项，进展、存在问题不一样的，前面写姓名。
是零的各项不写，没有逾期、欠缺的不写要求整改的话；没有考核得分的（如考核办法没有给个人计分），不写“考核情况”。
整改通知的“应完成日”是算逾期、欠缺天数的那一天，同汇总表“逾期与预警”；整改时限还没有到的问题按它自己的时限整改。
单位名称、清单的承担人都按下发时的写；点名时写花名册现在的名称也可以。花名册后来改了的，命令会说明（`roster-moved-on`）。

没有数字的地方写成标黄的“＿＿”，并在命令的最后列出原因：没有交回填报表、没有考核结果、母表没有填活动类别等。
考核得分取最近一次定稿；没有定稿的，运行过 `qingdan assess` 才有，和 `成果/考核.xlsx` 是同一天的，并写明这一天和
“尚未定稿”；这一天和报告的 `--as-of` 不同（`scores-of-other-day`），或者 考核.xlsx 写好以后数据变了（`scores-differ`），
命令会提醒。
定稿的名次、组内个数按定稿时的；失分、加分等明细按现在的数据、定稿那天的数据重算，与定稿一致才写，都不一致的写明以定稿为准。

## 模板

第一次运行会把样板放进 `报告模板/`，以后不再改动，请在 Word 里按本单位的格式和说法修改；想恢复样板，把改过的移走再运行。
模板是 Word 文档（.docx），文件名就是报告的种类。另存成 .doc、.docm、.wps 等格式的不能用
（`template-format`，这时不会放样板）；副本、改了名的和别的格式的文件没有用到，命令会提示（`templates-unused`），留作备份的请移到子文件夹里。

变量写在双花括号里，标点用英文半角（花括号、百分号是全角的也认；单层的花括号照写）：

- `{{{{ 单位 }}}}`：填入这个变量。
- `{{% if 逾期 > 0 %}}…{{% else %}}…{{% endif %}}`：看情况写。
- `{{%p for 项 in 滞后事项 %}}`、`{{%p endfor %}}` 各占一段：中间的段落一项写一次，字段写成 `{{{{ 项.责任事项 }}}}`。
- `{{%tr for 行 in 板块 %}}`、`{{%tr endfor %}}` 各占表格的一行：中间的行，一项写一行。`{{%p if …%}}` 用来取舍整段。
- `{{{{ loop.index }}}}` 是第几项，`{{{{ loop.index|汉字 }}}}` 写成一、二、三。
- `{{{{ 项.责任事项|句号 }}}}` 末尾没有句号的补上。
- 数字可以比较、加减乘除，也可以同写出的数比较、计算：`{{{{ 逾期 + 欠缺 }}}}`、`{{{{ 满分 - 得分 }}}}`、
  `{{{{ (完成 * 100 / 责任事项数)|round(1) }}}}%`、`{{{{ 板块|sum(attribute='完成') }}}}`。
  没有取到的数，怎样比较都不成立，算出来也是空着的；除数是 0 的也空着。除不尽的写到小数点后两位；
  百分数只能同写出的数相乘、除以写出的数。
  `{{{{ 完成率|round }}}}` 四舍五入，
  `{{{{ (完成 - 逾期)|abs }}}}` 取绝对值；
  数字用 `~`、`|join('、')` 和文字连起来，一样标黄、一样列入“数字出处”。不能乘方，文字不能乘、不能用 `%` 填空。
- `{{{{ 行.图 }}}}` 是条形图：深绿已完成，橙色逾期和欠缺，浅灰其余。
- 表里注明“逐项”的要写成循环，不能直接写 `{{{{ 活动 }}}}`。

模板有误时，命令会说明是哪个模板、第几段、哪个变量或写法；其他种类照常写，只是某个单位写不出来的，其他单位照常写。
各单位填写的文字一律按文字写入，不会变成格式、域或链接，
看不见的控制字符写成 □。模板里的修订按已接受处理，报告里不再跟踪修订；批注、作者姓名和
模板所依据的 .dotx 的位置（在别人的磁盘上）不带进报告；
打开时从外面取内容的图片、对象和域会提醒（`report-fetches`），照写不误。带宏的文档不能作模板。
样板里标黄的【】要在模板里改成本单位的内容（如发文单位），或在写好的报告里填写。

## 情况报告：空着数字的文稿

`qingdan parse 报告.docx`（或 .txt）会在 `清单/` 写出母表，并把文稿做成 `报告模板/` 里的模板：
Word 文稿保持原样，文本文稿排成公文格式；一个文件里有几份报告的，各做成一个模板。
文中空着的数字（召开*次会议）换成变量 `{{{{ 数1 }}}}`、`{{{{ 数2 }}}}`……
请打开母表的“填报数据”，一行一行对照“所在的句子”核对：

- “活动类别”：这个数从工作纪实的哪一类记录数出来；留空则报告里保持空着、标黄。
- “期间”：只数这一段时间的：上半年、下半年、第一季度、前三季度、3月、3月至5月；留空则全年。还没有到的期间，报告里空着。
- “数谁的”：“单位”数全单位的；“本人”只数写报告的人主持的，写给单位的报告里空着；留空则报告写谁就数谁的。
- “主题含”“主题不含”：只数主题里有（没有）这些词之一的记录，如含 研讨、不含 参加；留空则这一类全数。
  这一类有记录，而主题都对不上的，算没有数字，不算 0。
- “核对”：看过、改好的填“是”。没有填的，数字也写，但标黄，并在命令的最后另外列出（`--json` 的 `unchecked`）。

程序只在文中说的和类别一样时试填：期间、本人、主题里的词照文中的填。
文中另有限定、工作纪实分不出的，不填类别，“提示”里写明：没有做的（未、取消）、同去年比的、打算做的、参加别人的、受到的、
到外地的、同别人一起的、某个节日或会议期间的、其中一类的、班子成员或某个职务的、分不清的、不按次数计的。请自己选，或者留空由人填写。
再次解析同一份文稿，“核对”为“是”、文字没有变的，照原来定的数。

“召开会议　　次”“谈话（ ）人次”“讲党课＊次”“活动□次”这样留的空都算；表格里“数量”“次数”一栏空着或只有符号的格，
按这一行的项目算一处。写着“本人”“我”的，或者标题写明是某个职务履职、述职的，是个人写的报告（母表“清单信息”的“谁写的报告”可以改）：
不点名时写给每个单位的主要负责人；有几个的，写给职务和标题一样的那一个；看不出是谁的，写给单位，“本人”的数空着。

其他留空的地方（某县、第*季度、12月　　日）换成 `{{{{ 空1 }}}}`、`{{{{ 空2 }}}}`……列在母表的“占位”：
都一样的填“统一填写”，各单位不同的填“按花名册的列”（如 单位名称、负责人）；没有填的照原样标黄。
单独成行的“2026年*月*日”（落款）换成写报告的日期 `{{{{ 日期 }}}}`。页眉、页脚、脚注里的空不列入母表，保持空着、标黄。
母表里删了一行、模板里还在用的，报告里空着，命令会说明（`count-without-row`）。`--kind 情况报告` 写全部情况报告。

单位的报告数本单位的工作纪实，个人的报告只数本人主持的（“数谁的”填“单位”的除外），“全部单位”的报告数交回的各单位之和。
只计本年度、截至统计日的记录。

## 数字出处

`--trace` 在报告后面附一张表：正文里每个数字是多少，来自哪个文件、哪张工作表、哪几行。
行数不多的逐行列出，多的按工作表合并，写明全部行号；次数按每期最多计到要求的次数，所以“到期已完成次数”可能少于列出的行数。
表太长时先按工作表合并，再减少每个数字列出的行，写明另有几张表、共几行；每个数字至少有一行。
"""


def reports_page() -> str:
    """The whole page in Markdown."""
    of_all = [variable for variable in OF_ALL if variable not in OF_ONE]
    parts = (
        (f"## {_OF_ONE_TITLE}", "关于一个单位，或单位的一个人。", OF_ONE),
        (f"## 变量：{BULLETIN}", "", of_all),
    )
    text = [_HEAD, *("\n".join(_section(*part)) for part in parts)]
    shared = _coded(variable.name for variable in OF_ALL if variable in OF_ONE)
    text.append(f"此外还有上一节的：{shared}，都是全部单位合计的。\n")
    names = _coded(variable.name for variable in OF_ANY)
    own = "`数1`、`数2`……（母表“填报数据”的编号），`空1`、`空2`……（母表“占位”的编号）"
    text.append(f"## 变量：情况报告\n\n{own}，以及 {names}。\n")
    return "\n".join(text)


def _section(title: str, about: str, variables: Sequence[Variable]) -> Iterator[str]:
    yield title
    yield ""
    if about:
        yield from (about, "")
    yield from ("| 变量 | 内容 |", "|---|---|")
    yield from (f"| `{one.name}`{'（逐项）' if one.fields else ''} | {one.help} |" for one in variables)
    yield ""
    known = {(one.name, one.help) for one in OF_ONE}
    for fields, names in _lists(variables):
        own = [field for field in fields if (field.name, field.help) not in known]
        same = [field.name for field in fields if (field.name, field.help) in known]
        yield f"{_coded(names)} 的每一项有：{f'上表里的 {_coded(same)}' if same else ''}"
        yield ""
        yield from (f"- `{field.name}`：{field.help}" for field in own)
        yield ""


def _coded(names: Iterable[str]) -> str:
    return "、".join(f"`{name}`" for name in names)


def _lists(variables: Sequence[Variable]) -> Iterator[tuple[tuple[Variable, ...], list[str]]]:
    """The fields of lists, each once, with the names of the lists that have them."""
    found: dict[tuple[Variable, ...], list[str]] = {}
    pending = [(one.name, one.fields) for one in variables if one.fields]
    while pending:
        name, fields = pending.pop(0)
        if fields not in found:
            pending += [(f"{name}.{one.name}", one.fields) for one in fields if one.fields]
        found.setdefault(fields, []).append(name)
    yield from ((fields, names) for fields, names in found.items())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reports_page(), "utf-8")
