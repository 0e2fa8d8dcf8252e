"""What readers of formats hand over: automatic numbers, heading styles, and tables whose merged cells are filled."""

from outlines import outline
from qingdan_xl.documents.parsing import parse_source
from qingdan_xl.documents.source import Grid, Paragraph, Row, Source


def grid(*rows: tuple[str, ...], name: str = "") -> Grid:
    """A table of these rows, the first on line 1."""
    return Grid(tuple(Row(at, cells) for at, cells in enumerate(rows, 1)), name)


def read(*parts: Paragraph | Grid) -> str:
    """The outline of a source made of these parts."""
    return outline(parse_source(Source("清单.docx", parts)))


def test_automatic_numbers_number_the_duties() -> None:
    """A number that Word sets counts as one that is typed, a figure at the text's head stays with the text."""
    found = read(
        Paragraph(1, "2026年青禾镇校车管理责任清单"),
        Paragraph(2, "校车司机职责", number="一、"),
        Paragraph(3, "2026年3月底前完成年检。", number="1."),
        Paragraph(4, "每日出车前检查车况。", number="2."),
        Paragraph(5, "随车照管员职责", number="二、"),
        Paragraph(6, "清点人数，每趟不少于2次。", number="1."),
    )

    assert found.splitlines() == [
        "# 2026年青禾镇校车管理责任清单 | 2026 | checklist",
        "@ 校车司机",
        "- 1 | 2026年3月底前完成年检。",
        "  > 1/none@2026-03",
        "- 2 | 每日出车前检查车况。",
        "  > 1/day",
        "@ 随车照管员",
        "- 1 | 清点人数，每趟不少于2次。",
        "  > >=2次/none",
    ]


def test_heading_styles_are_sections() -> None:
    """A paragraph with a heading style stands over what follows it."""
    found = read(
        Paragraph(1, "青禾镇敬老院工作责任清单"),
        Paragraph(2, "生活照料", level=2),
        Paragraph(3, "1.每周更换床单1次。"),
        Paragraph(4, "2.每日送餐3次。"),
        Paragraph(5, "医疗护理", level=2),
        Paragraph(6, "1.每月体检1次。"),
        Paragraph(7, "2.及时送医。"),
    )

    assert [line for line in found.splitlines() if line[0] == "="] == ["= None | 生活照料", "= None | 医疗护理"]


def test_filled_merged_cells_are_read_as_one() -> None:
    """What a merged cell repeats is said once: title, section, item with its points."""
    found = read(
        grid(
            ("2026年卫生检查评分表",) * 5,
            ("序号", "类别", "检查内容", "评分标准", "分值"),
            ("1", "环境", "每日清扫1次", "缺1次扣1分", "10"),
            ("1", "环境", "每日清扫1次", "有积水扣2分", "10"),
            ("2", "食堂", "餐具消毒", "未消毒不得分", "20"),
        )
    )

    assert found.splitlines() == [
        "# 2026年卫生检查评分表 | 2026 | rubric",
        "@ 卫生检查评分表",
        "= None | 环境",
        "- 1 | 每日清扫1次/缺1次扣1分 | 10分",
        "  > >=1次/day",
        "  ! deduct_each 1 次",
        "- 1 | 有积水扣2分",
        "  ! deduct 2",
        "= None | 食堂",
        "- 2 | 餐具消毒/未消毒不得分 | 20分",
        "  ! veto",
    ]


def test_sheets_with_titles_are_documents() -> None:
    """Each sheet that begins with its own title is a list of its own."""
    heading = ("序号", "工作任务", "完成时限")
    first = (("2026年门卫责任清单", "", ""), heading, ("1", "每日巡逻2次", "全年"), ("2", "登记来访", "全年"))
    second = (("2026年宿管责任清单", "", ""), heading, ("1", "每晚查寝1次", "全年"), ("2", "登记离校", "全年"))

    found = parse_source(Source("清单.xlsx", (grid(*first, name="门卫"), grid(*second, name="宿管"))))

    assert [document.title for document in found] == ["2026年门卫责任清单", "2026年宿管责任清单"]
    assert [len(document.duties) for document in found] == [2, 2]


def test_table_without_headings_goes_on_with_the_columns_before() -> None:
    """The second table under its own section has the columns of the first."""
    found = read(
        Paragraph(1, "2026年食堂检查评分表"),
        Paragraph(2, "一、采购（10分）"),
        grid(("序号", "检查内容", "分值"), ("1", "索证齐全", "5"), ("2", "台账完整", "5")),
        Paragraph(6, "二、加工（10分）"),
        grid(("3", "生熟分开", "4"), ("4", "留样规范", "6")),
    )

    assert [line for line in found.splitlines() if line.startswith(("=", "-"))] == [
        "= 一 | 采购（10分） | 10分",
        "- 1 | 索证齐全 | 5分",
        "- 2 | 台账完整 | 5分",
        "= 二 | 加工（10分） | 10分",
        "- 3 | 生熟分开 | 4分",
        "- 4 | 留样规范 | 6分",
    ]
