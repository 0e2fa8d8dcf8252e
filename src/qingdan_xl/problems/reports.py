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
            "模板{place}：{why}，从“{name}”起没有写",
            "请在 Word 里改正这一处；写法见说明文档 reports.md，要恢复原来的样板，把它移走再运行",
        ),
        (
            "report-no-template",
            "没有这份情况报告的模板，没有写",
            "请再次运行 qingdan parse 原文件，会重新放一份到 报告模板/；改过的母表不会被覆盖",
        ),
        (
            "report-kind",
            "没有“{name}”这种报告{hint}",
            "可写述责报告、通报、整改通知、考核结果告知书，或 清单/ 里情况报告母表的文件名",
        ),
    ),
)
