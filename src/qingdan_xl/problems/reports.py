"""Problems of Word reports and their templates."""

from qingdan_xl.problems.entry import Severity, entries

ENTRIES = (
    *entries(
        Severity.ERROR,
        (
            "report-not-word",
            "模板不是 Word 文档（.docx）或已损坏，这一种报告没有写",
            "请用 Word 或 WPS 另存为 .docx；要恢复原来的样板，把它移走再运行，会重新放一份",
        ),
        (
            "report-template",
            "模板{place}：{why}，这一种报告没有写",
            "请在 Word 里改正这一处；写法见说明文档 reports.md，要恢复原来的样板，把它移走再运行",
        ),
        (
            "report-variable",
            "模板{place}用的{sort}“{name}”不存在{hint}，这一种报告没有写",
            "请改成说明文档 reports.md 里列的名称",
        ),
        (
            "report-unfilled",
            "模板{place}：{why}，{names}没有写",
            "请在 Word 里改正这一处；写法见说明文档 reports.md，要恢复原来的样板，把它移走再运行",
        ),
        (
            "report-no-template",
            "没有这份情况报告的模板，没有写",
            "请再次运行 qingdan parse 原文件，会重新放一份到 报告模板/；改过的母表不会被覆盖",
        ),
        (
            "report-strict",
            "模板存成了“Strict Open XML 文档”，这一种报告没有写",
            "请用 Word 打开它，另存为“Word 文档（*.docx）”，不要选带 Strict（严格）的那一种",
        ),
        (
            "template-format",
            "只有 {names}，没有 {wanted}，这一种报告没有写",
            "请用 Word 或 WPS 打开它，另存为“Word 文档（*.docx）”，文件名不变；不用它的，移走再运行，会重新放样板",
        ),
        (
            "report-kind",
            "没有“{name}”这种报告{hint}；现在能写的有：{names}",
            "请写其中的名称；写“情况报告”就是 清单/ 里的全部情况报告",
        ),
    ),
    *entries(
        Severity.INFO,
        (
            "templates-unused",
            "没有用到的文件：{names}",
            "文件名要和报告种类一样（如 述责报告.docx），要用的请改名或另存为 .docx；备份请移到子文件夹里",
        ),
        (
            "roster-moved-on",
            "下发以后花名册改了：{changes}",
            "报告按下发时的单位名称和清单的承担人写；要按现在的写，请给这些单位重新下发，收回后再写报告",
        ),
    ),
    *entries(
        Severity.WARNING,
        (
            "count-without-row",
            "报告模板“{template}”里用到的“{name}”，这张表里没有这个编号的行，报告里空着",
            "误删的，请照别的行补上这一行，“编号”照模板里的填；不再要的，请在模板里删去",
        ),
        (
            "scores-of-other-day",
            "考核结果是截至{day}的，和 考核.xlsx 一致；报告的其他数字截至{as_of}",
            "考核也要用报告的日期，请先以 --as-of 写上这一天运行 qingdan assess，再写报告",
        ),
        (
            "scores-differ",
            "考核.xlsx 写好以后，数据、花名册或考核办法变了，报告里截至{day}的考核结果和它不同",
            "请先运行 qingdan assess（日期和原来的一样）更新 考核.xlsx，再写报告",
        ),
        (
            "report-fetches",
            "模板里有打开文档时从外面取内容的链接或域（{what}），写好的报告里也有",
            "请在 Word 里把外部图片、对象改成直接插入，不要的链接和域删去；确实需要的，可以不改",
        ),
    ),
)
