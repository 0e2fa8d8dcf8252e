"""Figures as numbers: compared, added and subtracted; of what is not known nothing holds."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from operator import eq, ge, gt, le, lt

import pytest

from qingdan_xl.model import Origin
from qingdan_xl.reports.figures import Figure, Source
from qingdan_xl.reports.template import FillError
from qingdan_xl.reports.variables import Variable
from report_samples import constant, filled, lines, template

THREE, UNKNOWN = Figure("逾期", 3), Figure("欠缺", None, why="没有收到填报表")


@pytest.mark.parametrize("holds", [lt, le, gt, ge])
@pytest.mark.parametrize("other", [0, 5, Decimal("1.5"), 2.5, None, THREE, UNKNOWN])
def test_nothing_holds_of_what_is_not_known(holds: Callable[[object, object], bool], other: object) -> None:
    """Neither side of a comparison may be unknown for it to hold."""
    assert holds(UNKNOWN, other) is False
    assert holds(other, UNKNOWN) is False


def test_equal_is_only_what_is_known() -> None:
    """What is not known equals no number, and is no other number either."""
    assert not eq(UNKNOWN, 0)
    assert not UNKNOWN != 0  # noqa: SIM202 - both are asked
    assert UNKNOWN == None  # noqa: E711 - as a template asks
    assert THREE != 4
    assert not THREE != 3  # noqa: SIM202 - as above


def test_numbers_are_compared() -> None:
    """A figure stands for its number, on either side."""
    assert THREE < 4 < Figure("b", 5)
    assert Decimal(3) <= THREE <= 3.0
    assert THREE > 2.5
    assert THREE >= 3


@pytest.mark.parametrize("holds", [lt, le, gt, ge])
def test_text_is_no_number(holds: Callable[[object, object], bool]) -> None:
    """To compare a figure with text is a mistake of the template, known or not."""
    for figure in (THREE, UNKNOWN):
        with pytest.raises(TypeError):
            holds(figure, "0")


def test_a_template_that_compares_with_text_says_so() -> None:
    """The fault is told with its place."""
    with pytest.raises(FillError) as caught:
        filled(template("{% if 逾期 > '0' %}有{% endif %}"), constant("逾期", THREE))

    assert caught.value.why == "文字和数字不能这样计算或比较"


@pytest.mark.parametrize("value", [0, None, 3])
def test_a_condition_on_what_is_not_known_does_not_hold(value: int | None) -> None:
    """A unit that returned nothing has nothing overdue that a template could tell of."""
    text = template("{% if 逾期 > 0 %}有逾期{% else %}无{% endif %}")

    assert lines(filled(text, constant("逾期", Figure("逾期", value)))) == ["有逾期" if value else "无"]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("100 - 逾期", "97"),
        ("逾期 + 1", "4"),
        ("1 + 逾期", "4"),
        ("逾期 - 1.5", "1.5"),
        ("满分 - 得分", "7.5"),
        ("得分 - 满分", "-7.5"),
        ("板块|sum(attribute='完成')", "5"),
        ("率 - 上年率", "5%"),
        ("100 - 率", "20"),
    ],
)
def test_figures_add_up_in_a_template(expression: str, shown: str) -> None:
    """With numbers and with each other, either way round; a percentage stays one among its like."""
    done = Variable("完成", "完成", lambda number: Figure("完成", number))
    sections = replace(constant("板块", [2, 3]), fields=(done,))
    known = (
        constant("逾期", THREE),
        constant("得分", Figure("得分", Decimal("92.5"))),
        constant("满分", Decimal(100)),
        constant("率", Figure("率", Decimal(80), percent=True)),
        constant("上年率", Figure("上年率", Decimal(75), percent=True)),
        sections,
    )

    assert lines(filled(template(f"{{{{ {expression} }}}}"), *known)) == [shown]


def test_a_sum_names_its_rows() -> None:
    """What was added keeps the rows of both; what begins a sum adds no name."""
    one = Figure("甲", 1, lambda: (Source(Origin(), "甲"),))
    two = Figure("乙", 1, lambda: (Source(Origin(), "乙"),))

    made = sum([one, two])

    assert isinstance(made, Figure)
    assert (made.name, made.value, [row.what for row in made.rows()]) == ("甲＋乙", 2, ["甲", "乙"])


def test_what_is_added_to_the_unknown_is_unknown() -> None:
    """With the reason of what is not known."""
    made = 100 - UNKNOWN

    assert (made.value, made.why) == (None, "没有收到填报表")
