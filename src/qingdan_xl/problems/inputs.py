"""Problems of the coordinator's own inputs: files, settings, tables and the roster."""

from qingdan_xl.problems.entry import Severity, entries

_INPUT = entries(
    Severity.ERROR,
    ("no-duties", "没有找到责任事项", "没有写母表；请确认文件是责任清单，正文应有编号（一、1. 第一， 等）"),
    ("no-year", "文件夹名里没有年份", "请写成 2026年度 的样子，或加 --year 2026"),
    ("wrong-usage", "不能运行：{why}", "加 --help 查看用法"),
    ("missing-folder", "找不到这个文件夹", "请核对年度文件夹的路径（-C），前后不要有引号和空格"),
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
        "newer-store",
        "年度数据库是更新版本的程序写的（格式 {found}，本程序认得到 {known}）",
        "请换用新版本的 qingdan；数据库没有改动",
    ),
    (
        "year-changed",
        "设置“年度”是 {year}，而已下发的批次是 {issued} 年的",
        "请把 qingdan.toml 的“年度”改回来；新的一年请用 qingdan init 另建年度文件夹",
    ),
    ("no-checklists", "清单文件夹里没有母表", "请先用 qingdan parse 解析清单文件，或把母表放进 清单/"),
    ("no-such-unit", "没有给“{name}”下发过填报表{hint}", "请写花名册里的单位名称或编号"),
    ("nothing-issued", "还没有下发过责任清单", "请先运行 qingdan issue 下发，收到填报表后再来"),
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
    (
        "no-such-list",
        "文件里有 {count} 份清单，没有第 {number} 份",
        "# 后面写第几份；不写 # 则自动找对应的一份",
    ),
    ("no-text", "文件里没有文字", "如是扫描件，请先用文字识别（OCR）转成 .docx，核对后重试"),
    (
        "own-workbook",
        "这是本程序的{what}，不是责任清单原文",
        "母表改好后直接运行 qingdan issue 下发，不必再解析；要解析请给清单原文",
    ),
    (
        "no-workspace",
        "这里不是年度文件夹（没有 qingdan.toml）",
        "请换到年度文件夹里（或用 -C 写明），还没有的先运行 qingdan init 2026年度",
    ),
    (
        "return-open",
        "打开的是单位的填报表，没有往里面写全年的数",
        "请换到自己的工作簿（如 工作台.xlsm）里再刷新",
    ),
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
        "请用 Excel 或 WPS 打开它，另存为名称里有“汇总”的 .xlsx 放回 成果/，再运行 qingdan summarize",
    ),
    (
        "remark-cell-unread",
        "这一格写的“{text}”没有读进来：{why}",
        "请写在有单位（事项）的行里，只写文字；原来的文件已移到 成果/旧版/，可从那里取回",
    ),
    (
        "locked-output",
        "成果文件正在 Excel、Word 或 WPS 中打开，已另存为 {saved}",
        "请关闭原文件；最新内容在另存的文件里",
    ),
    ("busy", "另一个程序正在使用本年度文件夹（{holder}）", "请等它结束后再运行"),
)

_ROSTER = entries(
    Severity.ERROR,
    ("unit-twice", "单位{label}“{value}”出现了不止一次", "请改成各不相同（编号不分大小写）"),
    ("unit-id-changed", "“{name}”的单位编号由 {old} 变成了 {new}，已交回的填报表会对不上", "请改回原来的单位编号"),
    ("unknown-unit", "“{name}”的单位“{named}”不在“单位”表中{hint}", "请改成“单位”表里的名称，或补上这个单位"),
    ("person-twice", "“{named}”的“{name}”出现了不止一次", "同名的两人请加以区别，如 张甲（办公室）；重复的请删去一行"),
)

_ROSTER_WARNINGS = entries(
    Severity.WARNING,
    (
        "unit-renamed",
        "“{name}”（单位编号 {id}）下发过填报表，花名册里没有它了，又新出现了 {count} 个单位（{new}）{hint}",
        "只是改了名称的，请在新名称那一行的“单位编号”填上原来的编号，否则已交回的内容接不上；确已撤并的，无需处理",
    ),
)

_NOTES = entries(
    Severity.INFO,
    ("remark-formula", "这一格写成了公式“{text}”，已按写的文字读入", "下次请在前面加一个单引号，或不以等号开头"),
)

ENTRIES = (*_INPUT, *_ROSTER, *_ROSTER_WARNINGS, *_NOTES)
