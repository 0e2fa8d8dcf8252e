"""Every Chinese word of 工作台.xlsm: what its sheets say, what each verb takes and tells, what the macros may say.

The sources of the macros are ASCII; they find these words in cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from qingdan_xl.cli.buttons import CAPTIONS
from qingdan_xl.cli.buttons import SETTINGS as LABELS

YES, NO = "是", "否"
EITHER, PROCESS, XLWINGS = "自动", "进程", "xlwings"
OUTCOMES = {"done": "完成", "problems": "有问题", "failed": "没有完成", "running": "运行中", "refused": "没有运行"}

TEXTS: Mapping[str, str] = {
    **{f"outcome-{key}": word for key, word in OUTCOMES.items()},
    "yes": YES,
    "way-either": EITHER,
    "way-process": PROCESS,
    "none": "–",
    "results": "成果",
    "nothing-said": "（没有需要提示的）",
    "busy": "“{0}”还在运行，请等它做完再点。",
    "queued": "等“总览”刷新完，接着就运行。",
    "left-out": "条没有显示",
    "more-in-log": "……没有列完，见“运行记录”最后一行的“提示”。",
    "fault-sign": "错误",
    "running": "{0}：正在运行，已用 {1} 秒。想不等了请按 Esc，程序会在后台做完。",
    "frozen": "{0}：正在由 xlwings 运行，完成前 Excel 不响应，请稍候。",
    "interrupted": "已不再等待；程序仍在后台运行，做完后可点“打开成果”查看，或再点一次这个按钮。",
    "not-started": "qingdan 没有启动：请核对“设置”里的“qingdan 命令”（现在是 {0}）。",
    "stopped": "程序中途停止了，没有做完。请再点一次这个按钮；多次如此，请在命令行里运行 qingdan 看原因。",
    "python-unknown": "xlwings 方式的“Python”只能填 python、pythonw，或 python.exe 的全路径（现在是 {0}）："
    "请在“设置”里改，或把“运行方式”改为“进程”。",
    "python-failed": "xlwings 没有能运行 Python（{0}）：请核对“设置”里的“Python”，或把“运行方式”改为“进程”。",
    "xlwings-failed": "xlwings 没有能运行（{0}）：请在“设置”里把“运行方式”改为“进程”。LibreOffice 里只能用“进程”。",
    "fault": "宏出错：{0}。请核对“设置”里的“qingdan 命令”“Python”，再试一次。",
    "cancelled": "已取消，什么也没有做。",
    "opened": "已打开 {0}",
    "no-results": "还没有成果文件夹：{0}。先运行“汇总”。",
    "no-folder": "不知道年度文件夹在哪里：请在“设置”里填“年度文件夹”，或把本工作簿放进年度文件夹。",
    "no-command": "请在“设置”里填“qingdan 命令”。",
    "no-year": "请先在“设置”里填“新年度”。",
    "no-newfolder": "请先在“设置”里填“新年度文件夹”，写全路径，如 D:\\责任清单\\2027年度。",
    "no-documents": "没有选清单文件：请在弹出的窗口里选，或在“设置”的“清单文件”里填路径。",
    "type-folder": "这里不能弹出选择窗口，请把年度文件夹的路径填在“设置”的“年度文件夹”里。",
    "documents-filter": "清单文件 (*.docx;*.doc;*.wps;*.xlsx;*.xls;*.et;*.csv;*.txt;*.pdf;*.html),"
    "*.docx;*.doc;*.wps;*.xlsx;*.xls;*.et;*.csv;*.txt;*.pdf;*.html",
    "documents-title": "选清单文件（可以多选）",
}


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of `qingdan` as the macros run it; `key` is '' for what only opens a folder.

    `arguments` are groups of words: one with an empty {Setting} is left out, `words?Setting` stands where that setting
    is 是, `*` stands for the documents. `sentence` tells the outcome from the values of the answer. `needs` are the
    settings without which it does not start; `button` is the procedure of QdButtons; `where_all` tells where everything
    is that there was to say, for a run that says more than has room.
    """

    key: str
    button: str
    caption: str
    does: str
    arguments: tuple[str, ...] = ()
    sentence: str = ""
    needs: tuple[str, ...] = ("Command", "Folder")
    question: str = ""
    refreshes: bool = False
    where_all: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """The row of the hidden table, in the order QdVerbs reads it."""
        refreshes = YES if self.refreshes else ""
        groups = "\n".join(self.arguments)
        needs = " ".join(self.needs)
        return (self.key, self.caption, groups, self.question, self.sentence, needs, refreshes, self.where_all)


_FOLDER = "-C|{Folder}"
_AS_OF = "--as-of|{AsOf}"
VERBS = (
    Verb(
        "init",
        "NewYear",
        CAPTIONS["init"],
        "按“设置”里的新年度和文件夹，建一个年度文件夹。",
        ("init|{NewFolder}", "--year|{Year}", "--sample?Sample", "--json"),
        "已建好 {folder}。{next}",
        ("Command", "Year", "NewFolder"),
        "要新建 {Year} 年度的文件夹吗？\n\n{NewFolder}",
    ),
    Verb(
        "parse",
        "ParseLists",
        CAPTIONS["parse"],
        "把选定的清单文件拆成责任事项，写成 清单/ 里的母表。",
        ("parse", "*", "-o|{Folder}/清单", _FOLDER, "--json"),
        "{documents[]#} 份清单，{documents[].roles[]#} 个角色，{documents[].roles[].sections[].duties[]#} 项责任事项，"
        "待核对 {documents[].warnings[]#} 处。请打开“总览”里的“清单”核对母表，填“适用单位类型”，再填好花名册",
        ("Command", "Folder", "Documents"),
        where_all="待核对的，也写在母表的“待核对”表里。",
    ),
    Verb(
        "issue",
        "IssueWorkbooks",
        CAPTIONS["issue"],
        "按母表和花名册给每个单位生成填报表，放进 下发/。",
        ("issue|--json", _FOLDER, "--carry?Carry", "--zip?Zip"),
        "批次 {batch}：{workbooks[]#} 个单位的填报表，提示 {problems[]#} 条",
        question="要按现在的母表和花名册生成一批新的填报表吗？\n\n以前的批次保留，各单位以新发的为准。",
        refreshes=True,
    ),
    Verb(
        "collect",
        "CollectReturns",
        CAPTIONS["collect"],
        "收取放在 收件/ 里的填报表，检查、入库。",
        ("collect|--json", _FOLDER, "--return?Return"),
        "找到 {found} 个文件：采用 {accepted}，被替代 {superseded}，重复 {duplicate}，退回 {refused}，忽略 {ignored}；"
        "未交回 {missing[]#} 个单位；问题 {problems[]#} 条",
        refreshes=True,
        where_all="全部问题：点“汇总”，看 成果/汇总.xlsx 的“数据问题”表。",
    ),
    Verb(
        "summarize",
        "Summarize",
        CAPTIONS["summarize"],
        "写出 成果/汇总.xlsx 和 看板.html。",
        ("summarize|--json", _FOLDER, _AS_OF, "--period|{Period}"),
        "截至 {as_of}：单位 {units}，已交回 {returned}；事项 {duties}，已完成 {done}，逾期 {overdue}",
        refreshes=True,
    ),
    Verb(
        "remind",
        "Remind",
        CAPTIONS["remind"],
        "写出 催办单.xlsx 和 催办短信.txt，本周催过的不重复。",
        ("remind|--json", _FOLDER, _AS_OF),
        "截至 {as_of}：催办 {units} 个单位、{people} 人，共 {items} 件；本周已催过 {already} 件",
    ),
    Verb(
        "assess",
        "Assess",
        CAPTIONS["assess"],
        "按 考核办法.xlsx 打分、排名，写出 成果/考核.xlsx。",
        ("assess|--json", _FOLDER, _AS_OF),
        "考核 {scores[]#} 个单位，{scores[].score#} 个有得分，写在 {workbook}",
        where_all="全部：看 成果/考核.xlsx 的“未评与缺项”表。",
    ),
    Verb(
        "report",
        "Report",
        CAPTIONS["report"],
        "按 报告模板/ 写 Word 报告，放进 成果/报告/。",
        ("report|--json", _FOLDER, _AS_OF),
        "写好 {reports[]#} 份 Word 报告，在 成果/报告/",
    ),
    Verb("open", "OpenResults", "打开成果", "打开年度文件夹里的 成果/。"),
    Verb(
        "version",
        "CheckSettings",
        "检查设置",
        "试运行一次 qingdan，看装好没有、用哪种方式。",
        ("--version",),
        "能用：{printed}",
        ("Command",),
    ),
)
STATUS = Verb(
    "status",
    "RefreshOverview",
    CAPTIONS["status"],
    "按现在的数据重新读一遍进度。",
    ("status|--json", _FOLDER, _AS_OF),
    "截至 {as_of}：下发 {sent}，已交回 {returned}，未交回 {missing[]#}",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A named cell that the coordinator fills: what is offered there, and the hint beside it."""

    key: str
    label: str
    hint: str
    value: str | int | None = None
    choices: tuple[str, ...] = ()
    kind: str = "text"


_YES_NO = (YES, NO)
SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    "在哪里做": (Setting("Folder", LABELS["-C"], "如 D:\\责任清单\\2026年度。留空时，用本工作簿所在的年度文件夹。"),),
    "怎样运行": (
        Setting("Command", "qingdan 命令", "装好后一般就是 qingdan；提示找不到时填程序的全路径。", "qingdan"),
        Setting(
            "Way",
            "运行方式",
            "自动：那个 Python 装有 xlwings 就用 xlwings，没有就另起进程；也可以指定一种。",
            EITHER,
            (EITHER, XLWINGS, PROCESS),
        ),
        Setting("Python", "Python", "xlwings 方式用的 Python，一般就是 python，也可填 python.exe 的全路径。", "python"),
        Setting("Ask", "操作前先询问", "新建年度、下发前先弹窗问一句。", YES, _YES_NO),
    ),
    "新建年度": (
        Setting("Year", LABELS["--year"], "四位年份，如 2027。", kind="year"),
        Setting(
            "NewFolder",
            "新年度文件夹",
            "如 D:\\责任清单\\2027年度；只写 2027年度 的，建在本工作簿旁边。建好后自动改用它。",
        ),
        Setting("Sample", "放入示例", "想先试用的选“是”：放入示例清单、花名册和考核办法。", NO, _YES_NO),
    ),
    "解析清单": (Setting("Documents", "清单文件", "留空时弹窗选择；也可填全路径，几个文件之间用分号隔开。"),),
    "下发": (
        Setting("Carry", LABELS["--carry"], "再次下发时，把已收到的填报内容带进新的填报表。", NO, _YES_NO),
        Setting("Zip", LABELS["--zip"], "按上级单位各打一个压缩包，便于转发。", NO, _YES_NO),
    ),
    "收取": (
        Setting("Return", LABELS["--return"], "有问题的另写标出问题的副本到 成果/退改/，供发还修改。", NO, _YES_NO),
    ),
    "汇总、催办、考核、报告": (
        Setting("AsOf", LABELS["--as-of"], "如 2026-6-30；留空为今天。", kind="date"),
        Setting("Period", LABELS["--period"], "只汇总某个季度、半年或月：2026Q2、2026H1、2026-05；留空为全年。"),
    ),
}

TRUST: Mapping[str, tuple[str, ...]] = {
    "第一次打开时": (
        "1. 从网上下载或邮件收到的文件，Windows 会拦住宏：先关闭文件，右键点文件 → 属性 → 勾选“解除锁定”，再打开。",
        "2. 打开后上方出现“安全警告 宏已被禁用”，点“启用内容”。",
        "3. 经常用的，把所在文件夹设为受信任位置：文件 → 选项 → 信任中心 → 信任中心设置 → 受信任位置 → 添加新位置。",
        "4. 单位不允许宏的电脑上，按钮不起作用：请在命令行里运行 qingdan，做的事完全一样。",
    ),
    "怎么用": (
        "1. 先在“设置”里填年度文件夹，再点“检查设置”：看到版本号就是装好了。",
        "2. 按年度的先后点“工作台”上的按钮。结果写在按钮旁边，要看的问题写在右边，都记入“运行记录”。",
        "3. 时间长的操作，窗口最下面的状态栏显示已用几秒；按 Esc 不再等待，程序在后台做完。",
        "4. “总览”的数字在下发、收取、汇总之后自动刷新，也可以点“刷新”。",
        "5. 本工作簿不存单位填报的内容：数据都在年度文件夹里，本工作簿丢了换一个新的就行。",
    ),
    "各单位用的填报表": (
        "填报表是普通的 .xlsx，没有宏：各单位不用启用宏，也不用装任何程序。",
        "想让单位交表前自查的：用记事本打开年度文件夹里的 qingdan.toml，把“一键检查”改成 true，保存，再点“下发”。",
    ),
    "运行 qingdan 的两种方式": (
        "xlwings：电脑上的 Python 装有 xlwings 时用它运行，完成前 Excel 不响应。",
        "进程：另起一个 qingdan 程序，Excel 一边等一边显示秒数。",
        "苹果电脑只能用 xlwings 方式：装 xlwings {version}（与内置的一样），在终端运行 xlwings runpython install。",
    ),
    "哪些验证过，哪些没有": (
        "本工作簿（连同内置的模块）在 LibreOffice 里逐个按钮运行验证过；xlwings 方式只有 Windows 和苹果的 Excel 才有。",
        "LibreOffice 7.4 存成 .xlsm，再打开时按钮就没有了（宏还在）：要在 LibreOffice 里保存的，另存为 .ods。",
        "真机的 Excel、WPS 还没有验证，请照 docs/console.md 里的清单核对一遍，约十分钟。",
    ),
    "内置的第三方宏": (
        "模块 xlwings：xlwings {version}，Copyright (C) 2014-present, Zoomer Analytics LLC，BSD 3-clause 许可。",
        "许可全文在该模块开头；只用 xlwings 的开源部分，不用 xlwings PRO。",
        "模块 Dictionary：VBA-Dictionary，(c) Tim Hall，MIT 许可（https://github.com/timhall/VBA-Dictionary）。",
        "这两个模块改了 LibreOffice 不能编译的几处，写在模块开头，逐条列在 docs/console.md；Excel 里做的事不变。",
        "宏的源代码在项目的 macros/ 文件夹里（.bas），可以逐行查看，也可以自己导入。",
    ),
}

# what its licence wants to stand in every copy
MIT_NOTICE = (
    "VBA-Dictionary: The MIT License (MIT). Copyright (c) 2017 Tim Hall. "
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated "
    'documentation files (the "Software"), to deal in the Software without restriction, including without limitation '
    "the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and "
    "to permit persons to whom the Software is furnished to do so, subject to the following conditions: "
    "The above copyright notice and this permission notice shall be included in all copies or substantial portions of "
    'the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT '
    "NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO "
    "EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN "
    "ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR "
    "OTHER DEALINGS IN THE SOFTWARE."
)

# rows of the overview: label, path of the value in the answer of `status --json`
FIGURES: Mapping[str, Mapping[str, str]] = {
    "报送": {
        "统计日期": "as_of",
        "报送期限": "deadline",
        "下发单位": "sent",
        "已交回": "returned",
        "未交回": "missing[]#",
        "迟交": "late[]#",
        "未交回的单位": "missing[]",
    },
    "收到的文件": {
        "找到文件": "found",
        "采用": "accepted",
        "被替代": "superseded",
        "重复": "duplicate",
        "退回": "refused",
        "忽略": "ignored",
    },
}
LINKS = {
    "清单": ("清单", ""),
    "花名册": ("", "花名册.xlsx"),
    "考核办法": ("", "考核办法.xlsx"),
    "收件": ("收件", ""),
    "汇总表": ("成果", "汇总.xlsx"),
    "看板": ("成果", "看板.html"),
    "催办单": ("成果", "催办单.xlsx"),
    "催办短信": ("成果", "催办短信.txt"),
    "报告": ("成果", "报告"),
    "考核表": ("成果", "考核.xlsx"),
    "填报表": ("下发", ""),
    "退回的文件": ("隔离", "原因.xlsx"),
    "退改副本": ("成果", "退改"),
    "报告模板": ("报告模板", ""),
    "全部文件": ("", ""),
}
