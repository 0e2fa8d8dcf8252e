"""占位: which signs are open places, what they may stand for, and how what is filled in reaches the texts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan_xl.documents import as_json, master_workbook, parse, read_master
from qingdan_xl.documents.blanks import context_of, guess_of, open_places
from qingdan_xl.documents.comparing.inheritance import inherit
from qingdan_xl.documents.filling import with_values, without_place
from qingdan_xl.model import Blank, Checklist, Part

LIST = """2026年XX县河长责任清单
一、*镇河长职责
（一）*河巡查
1.每月向**局报告巡河情况不少于1次，报*镇党委。
2.每年走访群众不少于X户。
"""


def shown(text: str) -> str:
    """The text with its open places in brackets."""
    made, end = "", 0
    for place in open_places(text):
        made += f"{text[end : place.start]}[{text[place.start : place.end]}]"
        end = place.end
    return made + text[end:]


@pytest.mark.parametrize(
    "text",
    [
        "[*]局党组书记与[**]镇长签订责任书",
        "向[XX]委报告，[xxx]同志负责，[××]科牵头",
        "[____]年[____]月[____]日前报送",
        "[X]月[X]日前召开[X]次会议",
        "[某]局和[某某]村结对，[某]单位配合",
        "[×]月[×]日，[×]镇[×]村",
        "根据县委发〔20[XX]〕[*]号和[〔  〕]号文件",
        "由[（　　）]负责，[○○]村配合",
        "7×24小时值班，5*8小时办公，面积3×4米",
        "得分=完成率×权重，完成数×10分，合计(A*B)=C",
        "某些同志、某项工作、某一方面、某种原因、某人某事",
        "二〇〇八年成立，二○○九年更名",
        "**重点工作**要抓紧，**底线**要守住",
        "* 注：带星号的为重点指标",
        "安全生产*、信访稳定*。\n注：*为一票否决指标",
        "穿XXL号工装，使用XX-1型之外的Xbox设备",
    ],
)
def test_open_places_are_told_from_signs_that_mean_something(text: str) -> None:
    """Stars, crosses, letters, lines and 某 are places where something is to be filled in, and nowhere else."""
    plain = text.replace("[", "").replace("]", "")
    expected = "穿XXL号工装，使用[XX]-1型之外的Xbox设备" if "XXL" in text else text

    assert shown(plain) == expected


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("向*局报告", "单位简称"),
        ("由*负责", "人名"),
        ("*书记带队", "人名"),
        ("每年不少于X次", "数字"),
        ("____年完成", "日期"),
        ("3月*日前", "日期"),
        ("按照《*办法》执行", "文件名"),
        ("县委办发〔2026〕*号文件", "文件名"),
        ("学习*精神", "看上下文"),
    ],
)
def test_guesses(text: str, guess: str) -> None:
    """The words beside a place say what it may stand for; where they do not, nothing is guessed."""
    assert [guess_of(text, place) for place in open_places(text)] == [guess]


def parsed(text: str = LIST) -> Checklist:
    """The list as the parser reads it."""
    return parse("清单.txt", text.encode())[0]


def filled(checklist: Checklist, **values: str) -> Checklist:
    """The list with values typed beside the places whose context holds these words."""
    blanks = tuple(
        replace(blank, value=next((value for words, value in values.items() if words in blank.context), blank.value))
        for blank in checklist.blanks
    )
    return replace(checklist, blanks=blanks)


def test_every_open_place_is_listed() -> None:
    """Title, role, section and duties: each place with where it stands, its context and a guess."""
    checklist = parsed()
    first, second = checklist.duties

    assert checklist.blanks == (
        Blank(Part.TITLE, "", "2026年【XX】县河长责任清单", "单位简称"),
        Blank(Part.ROLE, "*镇河长", "【*】镇河长", "单位简称"),
        Blank(Part.SECTION, first.id, "【*】河巡查", "看上下文"),
        Blank(Part.DUTY, first.id, "每月向【**】局报告巡河情况不少于1次", "单位简称"),
        Blank(Part.DUTY, first.id, "告巡河情况不少于1次，报【*】镇党委。", "单位简称"),
        Blank(Part.DUTY, second.id, "每年走访群众不少于【X】户。", "数字"),
    )
    assert [blank["context"] for blank in as_json([checklist])["documents"][0]["blanks"]] == [
        blank.context for blank in checklist.blanks
    ]


def test_open_counts_of_a_report_are_no_open_places() -> None:
    """What a report leaves open to be counted is listed as a metric; a name left open in it is a place."""
    text = (
        "2026年工作情况报告\n一、学习情况\n全年召开学习会*次，刊发信息XX篇。\n"
        "二、下一步\n向*局报告学习情况，开展调研*次。\n"
    )
    checklist = parsed(text)

    assert [metric.text for metric in checklist.metrics] == ["全年召开学习会*次", "刊发信息XX篇", "开展调研*次"]
    assert [(blank.id, blank.part, blank.context) for blank in checklist.blanks] == [
        ("空1", Part.TEXT, "向【*】局报告学习情况，开展调研")
    ]


def test_typed_values_reach_every_text() -> None:
    """Title, role, section, duty and the words of its demands; the rest stays open, its context as it is now."""
    made = with_values(filled(parsed(), 县河长="青禾", 镇河长="云溪", 河巡查="小清", 局报告="水务"))
    duty = made.duties[0]

    assert (made.title, made.roles[0].name) == ("2026年青禾县河长责任清单", "云溪镇河长")
    assert made.roles[0].sections[0].title == "小清河巡查"
    assert duty.text == "每月向水务局报告巡河情况不少于1次，报*镇党委。"
    assert [target.text for target in duty.targets] == ["每月向水务局报告巡河情况不少于1次"]
    assert duty.placeholders == 1
    assert [blank.context for blank in made.blanks] == [
        "告巡河情况不少于1次，报【*】镇党委。",
        "每年走访群众不少于【X】户。",
    ]
    assert [duty.id for duty in made.duties] == [duty.id for duty in parsed().duties]


def test_a_value_does_not_repeat_what_stands_behind_its_place() -> None:
    """水务局 in *局 is 水务局, not 水务局局; a name that would be too short is taken whole."""
    made = with_values(filled(parsed(), 局报告="水务局", 镇党委="云溪镇"))

    assert made.duties[0].text == "每月向水务局报告巡河情况不少于1次，报云溪镇党委。"
    assert with_values(filled(parsed(), 镇党委="镇")).duties[0].text.endswith("报镇镇党委。")


def test_what_was_filled_in_stays_with_its_place() -> None:
    """A text edited elsewhere keeps what was filled in; where the place itself is gone, that is told."""
    checklist = filled(parsed(), 局报告="水务", 镇党委="云溪")
    role = checklist.roles[0]
    section = role.sections[0]

    def with_text(text: str) -> Checklist:
        duties = (replace(section.duties[0], text=text), *section.duties[1:])
        sections = (replace(section, duties=duties),)
        return replace(checklist, roles=(replace(role, sections=sections),))

    longer = with_text("河长应当：每月向**局报告巡河情况不少于1次，报*镇党委。")
    shorter = with_text("每月报告巡河情况不少于1次，报*镇党委。")

    assert (
        with_values(with_text("每月向水务局报告巡河情况不少于1次，报*镇党委。"))
        .duties[0]
        .text.endswith("报云溪镇党委。")
    )
    assert with_values(longer).duties[0].text.endswith("报云溪镇党委。")
    assert [blank.value for blank in without_place(shorter)] == ["水务"]


def test_the_sheet_is_read_back_as_people_filled_it() -> None:
    """What is typed on 占位 comes back with its place."""
    checklist = filled(parsed(), 局报告="水务", 群众="20")

    assert read_master("母表.xlsx", master_workbook(checklist)) == (checklist, [])


@given(st.text("*XX某____×一二年月日局镇，。=3〔〕（） \n", max_size=40), st.data())
def test_filling_changes_nothing_but_open_places(text: str, data: st.DataObject) -> None:
    """Whatever a text looks like, taking its places out of it leaves the same words before and after it is filled."""
    duty = replace(parsed().duties[0], text=text, targets=())
    contexts = [context_of(text, place) for place in open_places(text)]
    values = [data.draw(st.sampled_from(("", "甲乙丙"))) for _ in contexts]
    blanks = tuple(
        Blank(Part.DUTY, duty.id, context, "", value) for context, value in zip(contexts, values, strict=True)
    )
    base = parsed()
    role = base.roles[0]
    section = replace(role.sections[0], title=None, duties=(duty,))
    made = with_values(replace(base, roles=(replace(role, sections=(section,)),), blanks=blanks))

    signs = [text[place.start : place.end] for place in open_places(text)]
    ends = [0, *(place.end for place in open_places(text))]
    starts = [*(place.start for place in open_places(text)), len(text)]
    rest = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    put = [value or sign for value, sign in zip(values, signs, strict=True)] + [""]
    assert made.duties[0].text == "".join(words + value for words, value in zip(rest, put, strict=True))


def test_next_years_list_starts_with_what_was_filled_in() -> None:
    """A list that gets the ids of an earlier one names its places by them, filled in as the same places were."""
    earlier = filled(parsed(), 局报告="水务", 群众="20")
    later = parsed(LIST.replace("2026", "2027").replace("每月向", "每月末前向").replace("巡查", "巡护"))
    made = inherit(later, earlier).checklist

    assert {blank.about for blank in made.blanks if blank.part is Part.DUTY} == {duty.id for duty in earlier.duties}
    assert [blank.value for blank in made.blanks if "群众" in blank.context] == ["20"]
    assert [blank.value for blank in made.blanks if "局报告" in blank.context] == [""]
