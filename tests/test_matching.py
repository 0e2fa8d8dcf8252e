"""Which duty is which: what keeps its id from list to list, what only looks alike, and that no id is given twice."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan_xl.documents import parse
from qingdan_xl.documents.comparing.inheritance import heirs, inherit
from qingdan_xl.documents.comparing.likeness import likeness, longest_common, wording
from qingdan_xl.documents.comparing.matching import match_duties
from qingdan_xl.model import Checklist, Duty, Kind, Role, Section
from qingdan_xl.samples import sample_documents

ROLES = ("党委领导班子", "主要负责人", "分管负责人")

# old text | new text | whether it is the same duty
PAIRS = """
每月召开一次工作例会。 | 每季度召开一次工作例会。 | same
每年讲党课不少于1次。 | 带头讲党课，每年不少于2次。 | same
每季度召开1次党建工作会议 | 每季度主持召开1次党的建设工作推进会议 | same
每月巡河不少于1次 | 每月巡查河道不少于2次 | same
向*报告安全工作 | 向青禾县应急管理局党委报告安全工作 | same
学习贯彻2026年防汛工作要点 | 学习贯彻2027年防汛工作要点 | same
落实食堂陪餐制度，签订食品安全责任书 | 签订食品安全责任书，落实食堂陪餐制度 | same
每周检查学生食堂卫生，查看留样台账 | 每周检查学生食堂卫生，查看留样台账，发现变质食材立即封存并上报，向家长说明 | same
每季度至少召开1次党建工作会议 | 每季度至少召开1次安全工作会议 | other
每季度至少召开1次党风廉政建设会议 | 每季度至少召开1次意识形态工作会议 | other
指导机关党委开展主题党日活动 | 指导机关党委开展警示教育活动 | other
每年讲党课不少于1次 | 每年讲廉政课不少于1次 | other
每月巡河不少于1次 | 每月巡林不少于1次 | other
每年听取人大工作汇报1次 | 每年听取政协工作汇报1次 | other
负责第一网格的日常巡查 | 负责第二网格的日常巡查 | other
每日检查3号泵房的运行记录 | 每日检查14号泵房的运行记录 | other
做好防汛工作 | 做好防火工作 | other
"""


def listed(*texts: str, role: str = ROLES[0], title: str = "青禾镇责任清单") -> Checklist:
    """A list of one role with these duties, numbered, with ids of their own."""
    duties = tuple(Duty(f"id{at}", str(at), text) for at, text in enumerate(texts, 1))
    return Checklist("清单.txt", title, 2026, Kind.CHECKLIST, (Role(role, sections=(Section(None, None, duties),)),))


def matched(old: Checklist, new: Checklist) -> list[tuple[int, int]]:
    """The places of the duties that are matched."""
    return [(match.old.at, match.new.at) for match in match_duties(old, new).matches]


def ids(checklist: Checklist) -> list[str]:
    """The ids in order."""
    return [duty.id for duty in checklist.duties]


@pytest.mark.parametrize("line", PAIRS.strip().splitlines())
def test_reworded_is_the_same_and_alike_is_another(line: str) -> None:
    """A duty whose number, wording or order of clauses changed is the same; one about something else is another."""
    old, new, wanted = (cell.strip() for cell in line.split("|"))

    found = matched(listed(old), listed(new))

    assert found == ([(0, 0)] if wanted == "same" else [])


def test_the_next_best_of_look_alikes_is_none() -> None:
    """Where one of many that are worded alike goes and another comes, they are not taken for each other."""
    villages = ["甲坪", "乙坝", "丙湾", "丁沟"]
    old = listed(*(f"联系{name}村，每月到村入户走访并召开座谈会不少于1次。" for name in villages))
    new = listed(*(f"联系{name}村，每月到村入户走访并召开座谈会不少于1次。" for name in (*villages[1:], "戊岭")))

    assert matched(old, new) == [(1, 0), (2, 1), (3, 2)]


def test_the_most_alike_comes_first() -> None:
    """Each of two reworded duties finds its own, whichever stands first."""
    old = listed("每季度听取意识形态工作汇报，分析研判形势。", "每季度听取党风廉政工作汇报，分析研判形势。")
    new = listed("每半年听取党风廉政工作情况汇报，分析研判形势。", "每半年听取意识形态工作情况汇报，分析研判形势。")

    assert matched(old, new) == [(1, 0), (0, 1)]


def test_equal_texts_find_each_other_by_their_place() -> None:
    """A text under several roles stays with each role, also when the roles change places."""
    text = "每年向上级党组织报告履责情况。"
    old = replace(listed(text), roles=(*listed(text, role=ROLES[1]).roles, *listed(text, role=ROLES[0]).roles))
    new = replace(old, roles=old.roles[::-1])

    assert matched(old, new) == [(1, 0), (0, 1)]


def test_one_of_two_equal_texts_may_be_reworded() -> None:
    """Where a text stood twice and one of them was reworded, both keep their id."""
    text = "每年向上级党组织书面报告履行责任的情况。"
    old = listed(text, "组织春季植树活动。", text)
    new = listed(text, "组织春季植树活动。", "每年向上级党组织书面报告履行主体责任的情况。")

    assert matched(old, new) == [(0, 0), (1, 1), (2, 2)]


@given(st.text("甲乙丙丁", max_size=40), st.text("甲乙丙丁", max_size=40))
def test_the_common_subsequence_is_the_longest(one: str, other: str) -> None:
    """The bit-parallel count is that of the textbook table."""
    row = [0] * (len(other) + 1)
    for sign in one:
        before = 0
        for at, there in enumerate(other, 1):
            before, row[at] = row[at], before + 1 if sign == there else max(row[at], row[at - 1])

    assert longest_common(one, other) == row[-1]


@given(st.text("每年月次不少于123巡河会议*，。", max_size=30), st.text("每年月次不少于123巡河会议*，。", max_size=30))
def test_likeness_is_symmetric_and_of_one_at_most(one: str, other: str) -> None:
    """Neither text comes first; a text is wholly like itself."""
    here, there = wording(one), wording(other)

    assert likeness(here, there) == likeness(there, here)
    assert 0 <= likeness(here, there) <= 1
    assert likeness(here, here) == 1


@cache
def distinct_texts() -> tuple[str, ...]:
    """The longer duty texts of the bundled samples, no two of them alike."""
    texts: list[str] = []
    for name, data in sample_documents().items():
        for duty in (duty for checklist in parse(name, data) for duty in checklist.duties):
            new = wording(duty.text)
            if len(new.whole) >= 24 and all(likeness(new, wording(text)) < 0.5 for text in texts):
                texts.append(duty.text)
    return tuple(texts)


@st.composite
def edits(draw: st.DrawFn, text: str) -> str:
    """The text with a tenth of its signs changed, cut or doubled, and its punctuation typed otherwise."""
    signs = list(text)
    for at in draw(st.lists(st.integers(0, len(signs) - 1), max_size=len(signs) // 10, unique=True)):
        signs[at] = draw(st.sampled_from(["", "某", "新", signs[at] * 2, f"{signs[at]}及", "职"]))
    return "".join(signs).replace("，", draw(st.sampled_from(["，", ",", "， ", "；"])))


@st.composite
def two_years(draw: st.DrawFn) -> tuple[Checklist, Checklist, dict[str, str]]:
    """A list, the next year's, and the id that each text of the latter has in the former."""
    pool = draw(st.permutations(range(len(distinct_texts()))))
    size, more = draw(st.integers(2, 14)), draw(st.integers(0, 4))
    old, new = pool[:size], pool[size : size + more]
    kept = draw(st.lists(st.sampled_from(old), unique=True, min_size=1))
    reworded = {draw(edits(distinct_texts()[at])): f"old{at}" for at in kept}
    texts = [*reworded, *(distinct_texts()[at] for at in new)]
    before = [Duty(f"old{at}", "1", distinct_texts()[at]) for at in old]
    after = [Duty(f"new{at}", "1", text) for at, text in enumerate(draw(st.permutations(texts)))]
    return draw(spread(before)), draw(spread(after)), reworded


@st.composite
def spread(draw: st.DrawFn, duties: Sequence[Duty]) -> Checklist:
    """The duties over up to three roles with up to two sections each, numbered at will."""
    places = [(draw(st.sampled_from(ROLES)), draw(st.sampled_from("一二"))) for _ in duties]
    numbers = [draw(st.sampled_from(("1", "2", "（三）"))) for _ in duties]
    placed = [
        (place, replace(duty, number=number)) for place, duty, number in zip(places, duties, numbers, strict=True)
    ]
    roles = tuple(
        Role(
            role,
            sections=tuple(
                Section(number, f"{number}类", tuple(duty for place, duty in placed if place == (role, number)))
                for number in "一二"
            ),
        )
        for role in ROLES
    )
    return Checklist("清单.txt", "青禾镇责任清单", None, Kind.CHECKLIST, roles)


@settings(deadline=None, max_examples=30)
@given(two_years())
def test_ids_survive_and_never_collide(years: tuple[Checklist, Checklist, dict[str, str]]) -> None:
    """Whatever moved, was renumbered or had up to a tenth of its signs changed keeps its id; nothing else gets one."""
    old, new, wanted = years

    found = inherit(new, old).checklist

    kept = {duty.text: duty.id for duty in found.duties if duty.id in set(ids(old))}
    assert kept == wanted
    assert len(set(ids(found))) == len(found.duties)
    assert [duty.text for duty in found.duties] == [duty.text for duty in new.duties]


@settings(deadline=None, max_examples=30)
@given(two_years())
def test_matching_is_the_same_from_either_side(years: tuple[Checklist, Checklist, dict[str, str]]) -> None:
    """Matching B with A gives the pairs of A with B, turned round."""
    old, new, _ = years

    assert sorted(matched(old, new)) == sorted((there, here) for here, there in matched(new, old))


_phrases = st.lists(
    st.sampled_from(
        ["每月", "每季度", "召开", "会议", "巡河", "巡林", "1次", "2次", "不少于", "党建", "安全", "*", "，"]
    ),
    max_size=7,
).map("".join)


@settings(deadline=None)
@given(st.lists(_phrases, max_size=9), st.lists(_phrases, max_size=9))
def test_look_alikes_never_share_an_id(old: list[str], new: list[str]) -> None:
    """Also where all duties are made of the same few phrases, and some are equal or empty, ids stay apart."""
    found = inherit(listed(*new), listed(*old)).checklist

    assert len(set(ids(found))) == len(new)
    assert sorted(matched(listed(*old), listed(*new))) == sorted(
        (there, here) for here, there in matched(listed(*new), listed(*old))
    )


def test_a_fresh_id_is_none_of_the_earlier_list() -> None:
    """A duty with the very words that another once had, and was named after, gets an id of its own."""
    text = "每年组织一次森林防火宣传活动。"
    first = parse("清单.txt", f"2025年青禾镇责任清单\n1.{text}\n2.每月巡查山塘水库不少于2次。\n".encode())[0]
    later = replace(
        listed("每年组织两次森林防火宣传进校园活动。", "每月巡查山塘水库不少于2次。", role=first.roles[0].name)
    )
    second = inherit(replace(later, title=first.title), first).checklist
    third = replace(second, roles=listed(second.duties[0].text, text, role=first.roles[0].name).roles)

    found = inherit(third, second).checklist

    assert ids(second)[0] == ids(first)[0]
    assert ids(found)[0] == ids(first)[0]
    assert ids(found)[1] == f"{ids(first)[0]}-2"


def test_an_id_that_stood_twice_is_kept_once() -> None:
    """Where the earlier list holds an id twice by mistake, the second of its duties gets one of its own."""
    old = listed("每月巡查山塘水库不少于2次。", "每年组织一次森林防火宣传活动。")
    duties = tuple(replace(duty, id="id1") for duty in old.duties)
    old = replace(old, roles=(replace(old.roles[0], sections=(Section(None, None, duties),)),))

    found = ids(inherit(old, old).checklist)

    assert found[0] == "id1"
    assert found[1] != "id1"


def test_lists_follow_their_own_earlier_version() -> None:
    """Of several lists each follows the one with its title and duties; one that is new follows none."""
    rivers = listed("每月巡河不少于1次。", "每年清淤1次。", title="2026年河长责任清单")
    schools = listed("每周检查食堂1次。", "每学期家访1次。", title="2026年校长责任清单")
    newer = replace(rivers, title="2027年河长责任清单")
    wards = listed("每日查房。", "每月召开医疗质量分析会。", title="2027年科主任责任清单")

    assert heirs([wards, newer], [schools, rivers]) == {1: rivers}


def test_a_thousand_duties_are_matched() -> None:
    """A list of a thousand, each reworded and in another order, is matched duty by duty."""
    signs = "".join(distinct_texts())
    texts = ["".join(signs[(at * 7919 + place * (at + 31)) % len(signs)] for place in range(50)) for at in range(1000)]
    reworded = [f"{text[:20]}同时{text[22:]}" for text in reversed(texts)]

    assert matched(listed(*texts), listed(*reworded)) == [(999 - at, at) for at in range(1000)]
