"""The one catalogue of coded problems: a Problem is a value that names file, sheet, cell, fault and advice."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from qingdan_xl.model import Origin


class Severity(StrEnum):
    """How much a problem weighs: an error keeps something out, a warning wants a look, an info is for the record."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue: `what` is a format string for the problem's context, `advice` says what to do."""

    code: str
    severity: Severity
    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Problem:
    """问题: one finding in somebody's file."""

    code: str
    what: str
    origin: Origin = field(default_factory=Origin)
    unit: str = ""

    @property
    def severity(self) -> Severity:
        """As the catalogue says."""
        return CATALOGUE[self.code].severity

    @property
    def advice(self) -> str:
        """As the catalogue says."""
        return CATALOGUE[self.code].advice

    @property
    def message(self) -> str:
        """What is wrong and what to do, in one line."""
        return f"{self.what}。{self.advice}" if self.advice else f"{self.what}。"

    def __str__(self) -> str:
        place = " ".join(part for part in (self.origin.file, self.origin.sheet, self.origin.cell) if part)
        return f"[{self.code}] {place}：{self.message}" if place else f"[{self.code}] {self.message}"

    def as_json(self) -> dict[str, str]:
        """The object of the `--json` contract (DESIGN §6)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.origin.file,
            "unit": self.unit,
            "sheet": self.origin.sheet,
            "cell": self.origin.cell,
            "message": self.message,
        }


class UnusableError(Exception):
    """Nothing can be done: wrong settings or an unreadable input of the coordinator's own (exit code 2)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def problem(code: str, origin: Origin | None = None, unit: str = "", **context: Any) -> Problem:  # noqa: ANN401 - any printable value
    """Make a problem of the catalogue's `code`, its sentence filled from `context`; KeyError for an unknown code."""
    return Problem(code, CATALOGUE[code].what.format(**context), origin or Origin(), unit)


def _entries(severity: Severity, *rows: tuple[str, str, str]) -> list[Entry]:
    return [Entry(code, severity, what, advice) for code, what, advice in rows]


_DOCUMENTS = _entries(
    Severity.WARNING,
    ("numbering", "编号不连续：{found}，前一个是 {before}", "请核对原文编号；程序按原文保留，不作改动"),
    ("noise", "去掉了编辑标记或页面杂物：{text}", "如属正文，请在母表中补回"),
    ("aside", "这一段不属于任何事项，没有列入：{text}", "如属责任事项，请在母表中补上一行"),
    ("no-numbers", "文件没有编号，每个段落按一个责任事项读取", "请在母表中核对事项的划分"),
    (
        "flat-table",
        "可能为扁平表格（{text}……每格一行），没有解析",
        "请从原文件另存为保留表格的格式（.docx、.xlsx）后重新解析",
    ),
    ("joined-lines", "句子在行末断开，已与下一行合并：{text}", "请核对合并后的文字"),
    (
        "total-points",
        "{what}的分值对不上：写的是 {said} 分，各项相加是 {given} 分",
        "请核对原文；程序按原文保留，不作改动",
    ),
    ("repeated-text", "与第 {line} 行的事项文字重复", "如系误抄，请在母表中删去一处"),
    ("kept-master", "母表已经存在，可能有人改过，没有覆盖", "要重新解析，请先移走或改名这份母表"),
    (
        "revisions",
        "文件带有未处理的修订（插入 {inserted} 处、删除 {deleted} 处{shown}），按全部接受读取",
        "请在 Word 中接受或拒绝全部修订后再解析",
    ),
    ("left-out", "文件里的{what}没有读入", "如其中有责任事项，请在原文中改成正文文字后再解析"),
    (
        "pdf-table",
        "这里像是 PDF 中的表格（{text}），PDF 不保存行列，单元格可能混在一起",
        "请用 WPS 把 PDF 转成 .docx 或 .xlsx，再解析转出的文件",
    ),
    ("pdf-copy", "有 {count} 处像是从 PDF 复制来的部首字或重复字（{text}），已换成常用汉字", "请对照原文核对这些字"),
    ("open-placeholder", "文字中有 {count} 处未填的占位符：{text}", "请在母表中填上实际名称"),
)

_DOCUMENT_NOTES = _entries(
    Severity.INFO,
    ("encoding", "文件不是 UTF-8 编码，已按 {encoding} 读取", "如有乱码，请用记事本另存为 UTF-8 后再解析"),
    ("footnote", "{kind}没有列入正文：{text}", "如属责任要求，请在母表中补上"),
    ("converted", "{kind}已由 {program} 转换后读取", "请对照原文核对编号和表格"),
)

_INPUT = _entries(
    Severity.ERROR,
    ("no-duties", "没有找到责任事项", "没有写母表；请确认文件是责任清单，正文应有编号（一、1. 第一， 等）"),
    ("no-year", "文件夹名里没有年份", "请写成 2026年度 的样子，或加 --year 2026"),
    ("unknown-code", "没有问题代码 {asked}{hint}", "运行 qingdan explain 可查看全部代码"),
    ("system-error", "操作系统报告：{why}", "请检查磁盘空间和文件夹权限；已完成的部分已保存，可重新运行"),
    (
        "internal-error",
        "程序出错了，详情记在 {path}",
        "已完成的部分已保存，可重新运行；仍然出错，请把这个文件发给维护人员",
    ),
    (
        "damaged-store",
        "年度数据库已损坏，读不出来",
        "请先把它改名留存，再用备份恢复；没有备份的，请发给维护人员；下发/、收件/、原件/ 里的文件都还在",
    ),
    (
        "year-changed",
        "设置“年度”是 {year}，而已下发的批次是 {issued} 年的",
        "请把 qingdan.toml 的“年度”改回来；新的一年请用 qingdan init 另建年度文件夹",
    ),
    ("no-checklists", "清单文件夹里没有母表", "请先用 qingdan parse 解析清单文件，或把母表放进 清单/"),
    ("no-such-unit", "没有给“{name}”下发过填报表{hint}", "请写花名册里的单位名称或编号"),
    ("nothing-issued", "还没有下发过责任清单", "请先运行 qingdan issue 下发，再汇总"),
    ("unknown-unit-asked", "花名册里没有单位“{name}”{hint}", "请写花名册里的单位名称或单位编号"),
    (
        "roster-unchanged",
        "上次下发后花名册没有变化，没有需要重新下发的单位",
        "要全部重新下发，请去掉 --since-roster-change",
    ),
    ("no-units", "花名册里没有单位", "请在“单位”表中每个单位填一行"),
    ("missing-file", "找不到文件", "请检查路径和文件名"),
    ("unreadable-text", "文件不是可识别的文本（试过 UTF-8、UTF-16、GB18030）", "请用记事本另存为 UTF-8 后重试"),
    ("unsupported-document", "不支持读取{what}", "请另存为 .docx、.xlsx 或 .txt（UTF-8）后重试；压缩包请先解压"),
    (
        "needs-libreoffice",
        "读取{kind}要用 LibreOffice，这台电脑上没有找到",
        "请用 Word 或 WPS 打开，另存为 .docx 后重试；也可以安装 LibreOffice",
    ),
    (
        "needs-pdftotext",
        "读取 PDF 要用 pdftotext（poppler），这台电脑上没有找到",
        "请用 WPS 或 Word 打开 PDF，另存为 .docx 后重试；也可以安装 poppler",
    ),
    (
        "not-converted",
        "{program} 没能打开这个文件（{why}）",
        "文件可能已损坏或设有密码；请用 Word 或 WPS 打开，另存为 .docx 后重试",
    ),
    ("no-text", "文件里没有文字", "如是扫描件，请先用文字识别（OCR）转成 .docx，核对后重试"),
    (
        "own-workbook",
        "这是本程序的{what}，不是责任清单原文",
        "母表改好后直接运行 qingdan issue 下发，不必再解析；要解析请给清单原文",
    ),
    ("no-workspace", "这里不是年度文件夹（没有 qingdan.toml）", "请先运行 qingdan init 2026年度，再进入该文件夹"),
    ("folder-exists", "文件夹已存在且不为空", "请换一个名字，或先移走原文件夹"),
    ("bad-settings", "设置 {key} 有误：{why}", "请修改 qingdan.toml 中的这一项"),
    (
        "bad-period",
        "看不懂统计期“{text}”，或者它不在 {year} 年内",
        "请写成 2026Q2（季度）、2026H1（半年）、2026-05（月）或 2026（全年）的样子，年份用本年度的",
    ),
    (
        "unreadable-workbook",
        "打不开这个工作簿，文件可能已损坏或不是 Excel 文件",
        "请用 Excel 或 WPS 打开后另存为 .xlsx",
    ),
    ("missing-heading", "缺少列“{heading}”", "请恢复这一列的表头，列的先后不限"),
    ("missing-sheet", "缺少工作表“{sheet}”", "请恢复该工作表，名称须与模板一致"),
    ("bad-cell", "“{heading}”的内容“{text}”不对：{why}", "请按说明改正"),
    ("not-a-choice", "“{heading}”填的“{text}”不在选项内（{choices}）", "请从下拉列表中选择"),
    ("needs-value", "“{heading}”没有填写", "请补填"),
    (
        "remarks-unread",
        "没有读到里面手写的批示、督办意见、备注（{why}）；文件没有删除，被新汇总替代的移到 成果/旧版/",
        "请用 Excel 或 WPS 打开它，另存为以“汇总”开头的 .xlsx 放回 成果/，再运行 qingdan summarize",
    ),
    ("locked-output", "成果文件正在 Excel 或 WPS 中打开，已另存为 {saved}", "请关闭原文件；最新内容在另存的文件里"),
    ("busy", "另一个程序正在使用本年度文件夹（{holder}）", "请等它结束后再运行"),
)

_ROSTER = _entries(
    Severity.ERROR,
    ("unit-twice", "单位{label}“{value}”出现了不止一次", "请改成各不相同"),
    ("unit-id-changed", "“{name}”的单位编号由 {old} 变成了 {new}，已交回的填报表会对不上", "请改回原来的单位编号"),
    ("unknown-unit", "“{name}”的单位“{named}”不在“单位”表中{hint}", "请改成“单位”表里的名称，或补上这个单位"),
    ("person-twice", "“{named}”的“{name}”出现了不止一次", "同名的两人请加以区别，如 张甲（办公室）；重复的请删去一行"),
)

_ISSUING_ERRORS = _entries(
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

_ISSUING_WARNINGS = _entries(
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
        "other-year",
        "“{title}”写的年度是 {found}，本文件夹是 {year} 年度",
        "请核对是不是拿错了清单；没错的，请改母表“清单信息”中的“年度”",
    ),
)

_ISSUING_NOTES = _entries(
    Severity.INFO,
    (
        "answers-left-behind",
        "“{name}”有 {count} 个事项不在新的清单中，所填内容没有带入新的填报表",
        "无需处理；已收到的文件和内容仍保留",
    ),
    ("not-issued", "“{title}”是{kind}，不作为责任清单下发", "无需处理"),
)

_REFUSALS = _entries(
    Severity.ERROR,
    ("damaged", "文件已损坏（{why}）", "请用 Office 或 WPS 打开原文件，另存一份新的后重发"),
    ("too-large", "{what} {number:g} {measure}，超过上限 {limit:g} {measure}", "请删去图片和多余的内容后重发"),
    ("far-cell", "{cell} 处有内容，远在填报区之外", "请清除该单元格（或删除多余的行列）后重发"),
    ("unsafe-xml", "文件部件 {part} 中有外部实体声明，不予打开", "请用 Office 或 WPS 另存一份新的后重发"),
    ("password", "文件设有打开密码", "请去掉打开密码后重发"),
    ("not-a-workbook", "这不是工作簿，而是{what}", "请报送下发的 Excel 填报表"),
    ("nested-zip", "这是压缩包里的压缩包，没有打开", "请解压后再报送"),
    ("not-our-form", "这个工作簿不是下发的填报表", "请在下发的填报表中填写后报送"),
    ("version", "填报表版本不符：文件是 {found}，应为 {expected}", "请在最新下发的填报表中填写后报送"),
    (
        "needs-year-folder",
        "填报表的隐藏工作表不见了，离开年度文件夹无法辨认",
        "请在年度文件夹内检查，或重新填写下发的填报表",
    ),
    (
        "other-workspace",
        "填报表（{batch}，单位 {unit_id}）不是这个年度文件夹下发的",
        "请核对是不是别的单位或别的年度的填报表；在本年度下发的填报表中填写后报送",
    ),
    ("edited-identity", "填报表的身份标识被改动过", "请在下发的填报表中填写后报送"),
    ("unit-mismatch", "单位不符：{found} 与 {expected}", "请核对是哪个单位的填报表，用该单位自己的填报表报送"),
    ("empty", "文件是空的", "请重发填好的填报表"),
    ("timeout", "读取超时", "请另存为新文件，删去多余内容后重发"),
    ("out-of-memory", "文件内容过多，读取时内存不足", "请另存为新文件，删去多余内容后重发"),
    ("reader-died", "文件内容异常，读取中断（{why}）", "请用 Excel 或 WPS 另存为 .xlsx 后重发"),
    ("cannot-open-file", "文件打不开（{why}）", "请关闭正在使用它的程序，或检查读取权限"),
)

_RETURN_ERRORS = _entries(
    Severity.ERROR,
    ("sheet-copied", "工作表是“{original}”的副本，没有读取", "请把内容填回原表，删去副本"),
    ("heading-twice", "表头“{heading}”出现了两次，读取的是第一列", "请删去多余的一列"),
    ("row-id-twice", "事项编号 {row_id} 出现了不止一次，本行没有读取", "请删去复制出来的行，在原行填写"),
    ("row-id-lost", "本行的事项编号被删改，责任事项文字也对不上，没有读取", "请从下发的填报表中恢复本行"),
    ("row-lost", "缺少事项 {number}“{text}”", "请从下发的填报表中恢复这一行"),
    ("two-leaders", "事项 {number} 有 {count} 个牵头（A）：{names}", "每个事项只留一个 A"),
)

_RETURN_WARNINGS = _entries(
    Severity.WARNING,
    ("other-format", "文件是{kind}，已按内容读取", "请用 .xlsx 格式报送"),
    ("foreign-parts", "文件带有{what}，没有运行也没有打开", "请删去后报送"),
    ("identity-lost", "文件的{lost}不在了，已凭其余标识认出", "请勿删改隐藏的工作表、列和文件属性"),
    ("older-version", "用的是较早下发的填报表（{found}），已对应到最新一批（{expected}）", "请改用最新下发的填报表"),
    ("row-retired", "事项“{text}”已不在最新下发的清单中，所填内容没有采用", "请按最新下发的填报表填写"),
    ("row-id-missing", "本行的事项编号不见了，已凭责任事项文字认出", "请勿删改隐藏的事项编号列"),
    ("row-id-moved", "本行的事项编号与责任事项文字错位，已以文字为准", "排序时请选中整个表，勿遗漏隐藏列"),
    ("text-edited", "责任事项文字被改动（{difference}），仍以下发的文字为准", "如确需修改，请向下发单位提出"),
    (
        "unknown-person",
        "“{heading}”填的“{name}”不在本单位人员名单中{hint}",
        "请从下拉列表中选择，或请下发单位补入花名册",
    ),
    ("unknown-label", "“关联事项”填的“{text}”不是本单位的事项，这条记录不计入任何事项", "请从下拉列表中选择"),
    ("done-without-evidence", "状态是“{status}”，但没有佐证材料", "请补填佐证材料，或在工作纪实中登记"),
    (
        "odd-characters",
        "“{heading}”中有看不见的字符，或者文字超过 32767 个，已去掉多余部分后采用",
        "请重新输入这个单元格，勿从网页或聊天软件直接粘贴",
    ),
    ("date-outside-year", "日期 {date} 不在 {year} 年内，不计入本年度", "请核对日期"),
    ("not-filled", "有 {count} 个事项没有填写状态（序号 {numbers}）", "请补填"),
    ("self-score-range", "自评分 {score} 不在 0 到 100 之间", "请按百分制填写"),
    (
        "no-responsible",
        "有 {count} 个事项没有主责（R）（序号 {numbers}）",
        "每个事项请指定至少一个 R；牵头的人自己承担的，填 AR",
    ),
    ("no-leader", "有 {count} 个事项没有牵头（A）（序号 {numbers}）", "每个事项请指定一个 A"),
)

_RETURN_NOTES = _entries(
    Severity.INFO,
    ("same-bytes", "与已收到的 {first} 内容完全相同，不再读取", "无需处理"),
    ("newer-file", "同一单位有更新的一份：{newer}，以更新的为准", "无需处理"),
    ("cannot-annotate", "没有写出标注副本（{why}）", "请按问题清单通知该单位修改"),
    ("not-a-return", "临时文件或系统文件，已忽略", "无需处理"),
    ("late", "收到时已过报送期限 {deadline}", "请尽早报送"),
    (
        "no-year-folder",
        "不在年度文件夹内检查：没有核对是不是下发给本单位的最新一份",
        "到年度文件夹内运行可全面检查",
    ),
)

_MASTER = _entries(
    Severity.ERROR,
    ("unknown-role", "角色“{text}”不在“角色”表中", "请改成“角色”表里的名称，或在“角色”表中补上一行"),
    ("unknown-duty", "事项编号“{text}”在“责任事项”表中找不到", "请改成“责任事项”表里的编号，或删去这一行"),
    ("duty-twice", "事项编号“{text}”出现了不止一次", "请删去重复的一行；新增的事项编号留空即可"),
)

_SCHEME = _entries(
    Severity.ERROR,
    ("setting-unknown", "不认识的设置项“{name}”{hint}", "请改回模板中的名称，或删去这一行"),
    ("setting-twice", "设置项“{name}”出现了不止一次", "请只留一行"),
    ("setting-missing", "缺少设置项“{name}”", "请补上这一行"),
    ("setting-value", "“{name}”的取值“{text}”不对：{why}", "请按说明改正"),
    ("scheme-twice", "“{sheet}”中的“{name}”出现了不止一次", "请只留一行"),
    ("scheme-range", "“{name}”是 {value}，应为{limits}", "请改正"),
    ("scheme-unit", "“{sheet}”中的单位“{name}”不在花名册中{hint}", "请改成花名册里的单位名称，否则这一行无处可计"),
    ("factor-missing", "状态“{status}”没有得分系数", "请在“状态系数”表中补上这一行"),
    ("factor-unknown", "没有“{status}”这个状态{hint}", "请改成填报表中的状态，或删去这一行"),
    ("points-too-fine", "分值 {points} 的小数超过 4 位", "请改成最多 4 位小数"),
    ("points-zero", "“{name}”的分值是 0，加了等于没加", "请填分值，或删去这一行"),
    ("bands-missing", "没有设等次", "请在“等次”表中从高到低填写"),
    ("bands-order", "等次“{name}”的最低分 {at_least} 没有低于上一个等次“{above}”", "请从高到低排列，最低分逐级降低"),
    ("bands-open", "最后一个等次“{name}”的最低分是 {at_least}，低于它的得分没有等次", "请把最后一个等次的最低分填为 0"),
)

_ASSESSMENT = _entries(
    Severity.WARNING,
    (
        "scheme-group",
        "“配额”中的考核组“{name}”不在花名册中{hint}，这一行没有起作用",
        "请改成花名册里的考核组，或删去这一行",
    ),
    (
        "scheme-section",
        "“板块权重”中的“{name}”不在已下发的清单中{hint}，这一行没有起作用",
        "请改成清单里的板块名称，或删去这一行",
    ),
    ("not-assessed", "“{name}”未评：{reason}", "补齐后重新运行 qingdan assess；不补则不参加排名"),
    ("refusal-unknown", "退回的文件认不出是哪个单位的，没有扣分", "需要扣分的，请在考核办法“加减分”中登记"),
    (
        "quota-tie",
        "考核组“{group}”最高等次名额 {limit} 个，{names} 同为 {points} 分，程序不作取舍，等次待定",
        "请集体研究，在考核办法“否决与裁定”中给让出的单位填“并列让出名额”，再运行 qingdan assess",
    ),
    ("idle-ruling", "“{name}”填了“并列让出名额”，但它不在名额边上的并列之中，没有起作用", "如情况已变，请删去这一行"),
)

CATALOGUE: dict[str, Entry] = {
    entry.code: entry
    for entry in (
        *_DOCUMENTS,
        *_DOCUMENT_NOTES,
        *_MASTER,
        *_INPUT,
        *_ROSTER,
        *_ISSUING_ERRORS,
        *_ISSUING_WARNINGS,
        *_ISSUING_NOTES,
        *_REFUSALS,
        *_RETURN_ERRORS,
        *_RETURN_WARNINGS,
        *_RETURN_NOTES,
        *_SCHEME,
        *_ASSESSMENT,
    )
}
