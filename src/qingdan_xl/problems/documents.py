"""Problems of parsing a document and reading a 母表 back."""

from qingdan_xl.problems.entry import Severity, entries

_DOCUMENTS = entries(
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
        "kept-scheme",
        "考核办法.xlsx 已经存在，可能有人改过，没有按评分办法重写",
        "要按评分办法另写草稿，请先移走或改名这份考核办法，再解析一次",
    ),
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
    (
        "pdf-table-left",
        "PDF 中的表格（{text}……共 {count} 行文字）没有读入：PDF 不保存行列，单元格会混在一起",
        "请用 WPS 把 PDF 转成 .docx 或 .xlsx，再解析转出的文件",
    ),
    ("pdf-copy", "有 {count} 处像是从 PDF 复制来的部首字或重复字（{text}），已换成常用汉字", "请对照原文核对这些字"),
    (
        "unread-date",
        "时限一栏写的“{text}”看不懂，没有读成期限",
        "请在母表“量化要求”的“期限”中填写，如 06-30；确实没有期限的，无需处理",
    ),
    (
        "lone-period",
        "周期一栏写的是“{text}”，这一行没有可以按这个周期计数的要求",
        "如需按周期计数，请在母表“量化要求”中补上一行，填“数量”和“周期”",
    ),
    (
        "not-counted",
        "量化要求“{text}”不能自动计数：{why}",
        "请在母表“量化要求”中填“活动类别”或改“周期”；不改的，填报表照样列出要求，是否完成以单位填的“状态”为准",
    ),
    (
        "day-of-period",
        "“{text}”是每一期的限日，自动计数只看每一期做没做，不看是不是在这一天之前",
        "要按日期提醒的，请在母表“量化要求”的“期限”中每期写一个，如每季度的写 01-10、04-10、07-10、10-10",
    ),
    (
        "due-elsewhere",
        "期限 {text} 不在清单的年度（{year}）内：填报表照样列出这条要求，但不按这个日期计数、提醒，也不算逾期",
        "年份写错或者本年度就要完成的，请在母表“量化要求”的“期限”中改正；确是以后年度的，无需处理",
    ),
    ("open-placeholder", "文字中有 {count} 处未填的占位符：{text}", "请在母表“占位”表中填写"),
)

_DOCUMENT_NOTES = entries(
    Severity.INFO,
    ("encoding", "文件不是 UTF-8 编码，已按 {encoding} 读取", "如有乱码，请用记事本另存为 UTF-8 后再解析"),
    ("footnote", "{kind}没有列入正文：{text}", "如属责任要求，请在母表中补上"),
    (
        "ids-kept",
        "有 {count} 个事项沿用了“{title}”{year}的事项编号：文字、角色或清单名称有改动，仍是同一事项",
        "用 qingdan diff 可以查看改了什么；不是同一事项的，请在母表中清空它的事项编号",
    ),
    ("converted", "{kind}已由 {program} 转换后读取", "请对照原文核对编号和表格"),
)

_WORDING = entries(
    Severity.WARNING,
    (
        "demand-reworded",
        "“量化要求”这一行的原文“{text}”，事项文字里已经没有{now}",
        "事项文字改过的，请把这一行的“原文”“数量”“周期”“期限”改成一致；填报表按“量化要求”计数",
    ),
    (
        "demand-without-row",
        "事项文字里有量化要求{text}，“量化要求”表中没有对应的行，填报表不会计数",
        "请在母表“量化要求”中补上一行，填同一个事项编号；确实不作要求的，无需处理",
    ),
    (
        "same-duties",
        "“{title}”与母表 {other} 有 {count} 个事项文字相同（共 {whole} 个），像是同一份清单的两个版本",
        "如是修订版，请把旧母表移出 清单/，再用 qingdan parse --previous 旧母表 重新解析，沿用编号；否则会重复下发",
    ),
)

_MASTER = entries(
    Severity.ERROR,
    ("unknown-role", "角色“{text}”不在“角色”表中", "请改成“角色”表里的名称，或在“角色”表中补上一行"),
    ("unknown-duty", "事项编号“{text}”在“责任事项”表中找不到", "请改成“责任事项”表里的编号，或删去这一行"),
    (
        "count-id",
        "“填报数据”的编号“{text}”出现了不止一次，或者不是 数1、数2 这样的，这一行没有用",
        "请改回报告模板里用的编号；自己加的行，用还没有用过的编号，并在模板里写上",
    ),
    ("duty-twice", "事项编号“{text}”出现了不止一次", "请删去重复的一行；新增的事项编号留空即可"),
)

ENTRIES = (*_DOCUMENTS, *_DOCUMENT_NOTES, *_WORDING, *_MASTER)
