"""Problems of what units send back."""

from qingdan_xl.problems.entry import Severity, entries

_REFUSALS = entries(
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
    (
        "score-sheet-elsewhere",
        "这是评委的评分表，不在年度文件夹内，无法核对是不是发给他的那一份",
        "请到年度文件夹内运行 qingdan check 或 qingdan collect",
    ),
    ("unit-mismatch", "单位不符：{found} 与 {expected}", "请核对是哪个单位的填报表，用该单位自己的填报表报送"),
    ("empty", "文件是空的", "请重发填好的填报表"),
    ("timeout", "读取超时", "请另存为新文件，删去多余内容后重发"),
    ("out-of-memory", "文件内容过多，读取时内存不足", "请另存为新文件，删去多余内容后重发"),
    ("reader-died", "文件内容异常，读取中断（{why}）", "请用 Excel 或 WPS 另存为 .xlsx 后重发"),
    ("cannot-open-file", "文件打不开（{why}）", "请关闭正在使用它的程序，或检查读取权限"),
)

_RETURN_ERRORS = entries(
    Severity.ERROR,
    ("sheet-copied", "工作表是“{original}”的副本，没有读取", "请把内容填回原表，删去副本"),
    ("heading-twice", "表头“{heading}”出现了两次，读取的是第一列", "请删去多余的一列"),
    ("row-id-twice", "事项编号 {row_ids} 出现了不止一次，{rows}没有读取", "请删去复制出来的行，在原行填写"),
    (
        "row-id-lost",
        "{rows}的事项编号被删改，责任事项文字也对不上，没有读取",
        "请从下发的填报表中恢复；是另外粘贴进来的，请删去",
    ),
    ("row-lost", "缺少事项 {number}“{text}”", "请从下发的填报表中恢复这一行"),
    ("two-leaders", "事项 {number} 有 {count} 个牵头（A）：{names}", "每个事项只留一个 A"),
)

_SCORE_ERRORS = entries(
    Severity.ERROR,
    ("score-range", "评分 {score} 不在 0 到 {full} 之间，没有采用", "请改成 0 到满分之间的数"),
    ("score-too-fine", "评分 {score} 的小数超过两位，没有采用", "请改成最多两位小数"),
    ("score-row-twice", "“{items}”出现了不止一次，{rows}没有读取", "请删去复制出来的行，在原行评分"),
    ("score-row-unknown", "“{items}”不是发给这位评委评的，{rows}没有读取", "请在发出的评分表的原行评分"),
    ("score-row-lost", "缺少“{item}”这一行，按未评处理", "请从发出的评分表中恢复这一行"),
)

_SCORE_WARNINGS = entries(
    Severity.WARNING,
    ("score-row-id-missing", "{rows}的评分编号不见了，已凭单位和项目认出", "请勿删改隐藏的评分编号列"),
    (
        "score-row-moved",
        "{rows}的评分编号与单位、项目错位，已以看得见的单位和项目为准",
        "请勿只挪动其中几列，要在原行评分",
    ),
    ("score-row-edited", "本行的{headings}被改动，仍以发出的评分表为准", "如确需修改，请告知发表的人"),
    ("scores-blank", "未评 {count} 项（{names}），不当作 0 分", "请补评后再交一次；确实不评的不用处理"),
)

_RETURN_WARNINGS = entries(
    Severity.WARNING,
    ("other-format", "文件是{kind}，已按内容读取", "请用 .xlsx 格式报送"),
    ("foreign-parts", "文件带有{what}，没有运行也没有打开", "请删去后报送"),
    ("identity-lost", "文件的{lost}不在了，已凭其余标识认出", "请勿删改隐藏的工作表、列和文件属性"),
    ("older-version", "用的是较早下发的填报表（{found}），已对应到最新一批（{expected}）", "请改用最新下发的填报表"),
    (
        "row-retired",
        "事项“{text}”已不在最新下发的清单中，所填内容留存，但不计入",
        "请按最新下发的填报表填写；清单再列入这一事项时自动恢复",
    ),
    ("row-id-missing", "{rows}的事项编号不见了，已凭责任事项文字认出", "请勿删改隐藏的事项编号列"),
    ("row-id-moved", "{rows}的事项编号与责任事项文字错位，已以文字为准", "排序时请选中整个表，勿遗漏隐藏列"),
    ("text-edited", "责任事项文字被改动（{difference}），仍以下发的文字为准", "如确需修改，请向下发单位提出"),
    (
        "due-changed",
        "完成时限是清单定的 {issued}，改填成了 {found}，仍按原定日期统计",
        "请恢复原定日期；确需调整时限的，请向下发单位提出",
    ),
    (
        "other-unit-name",
        "文件名写的是 {named}，内容是 {owner} 的填报表，已作为 {owner} 的收下",
        "请核对是不是该单位自己填的；它另外报来的，以另报的为准",
    ),
    (
        "unknown-person",
        "“{heading}”填的“{name}”不在本单位人员名单中{hint}",
        "请从下拉列表中选择，或请下发单位补入花名册",
    ),
    ("unknown-label", "“关联事项”填的“{text}”不是本单位的事项，这条记录不计入任何事项", "请从下拉列表中选择"),
    (
        "label-retired",
        "“关联事项”选的“{text}”已不在最新下发的清单中，这条记录不计入任何事项",
        "请按最新下发的填报表改选，或者清空",
    ),
    (
        "done-without-date",
        "有 {count} 个事项状态是“{status}”，看不出是哪天完成的（序号 {numbers}）",
        "请填完成时限，或者在工作纪实登记，“关联事项”选该事项",
    ),
    ("done-without-evidence", "状态是“{status}”，但没有佐证材料", "请补填佐证材料，或在工作纪实中登记"),
    (
        "odd-characters",
        "“{heading}”中有看不见的字符，或者文字超过 32767 个，已去掉多余部分后采用",
        "请重新输入这个单元格，勿从网页或聊天软件直接粘贴",
    ),
    ("date-outside-year", "日期 {date} 不在 {year} 年内，不计入本年度", "请核对日期"),
    (
        "two-hosts",
        "“主持人”填了 {count} 人（{names}），个人清单只计一人主持的活动，这条记录不计入个人清单",
        "请只填一位主持人；各自主持过的，请分行登记",
    ),
    (
        "no-host",
        "有 {count} 条记录没有填主持人（第 {rows} 行），不计入个人清单",
        "个人清单只计本人主持的活动，请补填主持人",
    ),
    (
        "date-to-come",
        "“{heading}”填的 {date} 还没有到（核对日 {as_of}）",
        "请核对日期；还没有做的，做了以后再填",
    ),
    (
        "deadline-passed",
        "完成时限 {due} 已过，状态还是“{status}”",
        "已经完成的请改状态、补佐证；没有完成的请抓紧办理",
    ),
    (
        "rectification-overdue",
        "整改时限 {deadline} 已过，状态还是“{status}”",
        "已经整改的请改状态、填整改成效；没有整改的请抓紧整改",
    ),
    (
        "newest-not-counted",
        "后收到的这一份保存时间（{saved}）早于已采用的 {other}（{other_saved}），没有采用",
        "请与该单位核对以哪一份为准；应以这一份为准的，请该单位打开后另存一次，再报来",
    ),
    (
        "same-bytes-other-name",
        "文件名写的是 {named}，内容却与 {owner} 的 {first} 完全相同，没有作为 {named} 的收下",
        "请文件名上的单位用自己的填报表填写后报送",
    ),
    ("nothing-filled", "交回的填报表和下发时一样，什么也没有填", "请单位填好后重新交来"),
    ("closed-without-date", "状态为“{status}”，没有填销号日期", "请补填销号日期，或改状态"),
    ("not-filled", "有 {count} 个事项没有填写状态（序号 {numbers}）", "请补填"),
    ("self-score-range", "自评分 {score} 不在 0 到 100 之间", "请按百分制填写"),
    (
        "no-responsible",
        "有 {count} 个事项没有主责（R）（序号 {numbers}）",
        "每个事项请指定至少一个 R；牵头的人自己承担的，填 AR",
    ),
    ("no-leader", "有 {count} 个事项没有牵头（A）（序号 {numbers}）", "每个事项请指定一个 A"),
)

_RETURN_NOTES = entries(
    Severity.INFO,
    ("same-bytes", "与已收到的 {first} 内容完全相同，不再读取", "无需处理"),
    ("newer-file", "同一单位有更新的一份：{newer}，以更新的为准", "无需处理"),
    ("cannot-annotate", "没有写出标注副本（{why}）", "请按问题清单通知该单位修改"),
    ("not-a-return", "临时文件或系统文件，已忽略", "无需处理"),
    (
        "demand-short",
        "截至 {as_of}，工作纪实里的次数不符合量化要求：{short}",
        "开展过的请在工作纪实补登（类别、日期、主持人都要对）；没有开展的请抓紧补上",
    ),
    (
        "blanks-around",
        "“{heading}”有 {count} 格前后有空格，或者只有空格（第 {rows} 行），表内公式可能不计，汇总已计",
        "请删去空格，或从下拉列表中重新选择",
    ),
    (
        "date-as-text",
        "“{heading}”有 {count} 格的日期是文本，或 20260301 那样的数（第 {rows} 行），表内公式不计，汇总已计",
        "请把单元格格式改为日期，重新输入，如 2026-3-1",
    ),
    ("late", "收到时已过报送期限 {deadline}", "请尽早报送"),
    (
        "no-year-folder",
        "不在年度文件夹内检查：没有核对是不是下发给本单位的最新一份",
        "到年度文件夹内运行可全面检查",
    ),
)

ENTRIES = (*_REFUSALS, *_RETURN_ERRORS, *_SCORE_ERRORS, *_SCORE_WARNINGS, *_RETURN_WARNINGS, *_RETURN_NOTES)
