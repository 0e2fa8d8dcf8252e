"""What a report says around an open count that no log can tell: 比去年, 未按期, 2027年计划, 到县外, 书记."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qingdan_xl.documents.spans import months_said, without_months

_VERBS = "[讲开召组举进作做上]"
_COMPARED = (
    rf"同比|环比|相比|比(?:上|去|往|前|同)|较(?:上|去|往|前|同)|去年|上一?年度?|往年|前年|"
    rf"增[加长至多]|减少|下降|提高|超过|[多少](?={_VERBS}|$)"
)
# what limits a count wherever it stands in the clause of the count
_OWN = (
    (
        "没有做的",
        r"未(?![来成])|没(?:有|能)|取消|缺[席课勤]|推迟|延期|逾期|漏[报开]|不(?:按|及时|到位|合格|规范|达标|足)",
    ),
    (
        "同别的时候比较的",
        _COMPARED,
    ),
    ("打算做的", r"计划|打算|拟(?![定订制])|将(?!军)|[明来]年|力争|争取|预[计期]|应当|须|不(?:少|低)于|至少|确保|目标"),
    ("别人对本单位做的", r"受(?!众|益)|接受|被|获(?:得|评|批)|迎接"),
    ("去参加的", r"参[加与]|[出列]席|观摩|旁听|选派|派员|应邀"),
    ("同别人一起做的", r"邀请|聘请|联合|会同|联同|协[助同]|配合|委托"),
    ("只在某个地方的", r"(?<![受达得做看直周感遇])到(?![位底期账会])|赴|前往|深入|走进|[县市省乡镇村校]外|外出|异地"),
    ("平均或者每个单位的", r"平均|均|每|逐|各(?![类种项])|人均"),
    ("其中一部分的", r"其他|部分|其余|另[有外]|首次|第[一二三]次"),
)
# what limits every count of the sentence behind it
_BEFORE = (
    ("同别的时候比较的", r"同比|环比|相比|比去年|较去年|比上年|较上年|比往年"),
    ("打算做的", r"(?:年|拟|将|还)计划|计划(?:全年|[开组召举])|打算|[明来]年|下一?步|力争|今后"),
)
# what limits the counts behind it where it stands in a clause without one
_LEADING = (("围绕一件事的", r"围绕|针对|聚焦|(?:^|[，,])就"), ("同别人一起做的", r"联合|会同|邀请"))
_SOME_DAYS = (
    r"期间|假期|节[前后]|前后|换届|春节|国庆|元旦|中秋|任期|任职以来|[“\"]?(?:七一|五一|十一(?!月))[”\"]?|大以来|"
    r"(?:近|过去|连续|这)?[两二三四五六七八九十0-9]+年(?:来|内|间|多)"
)
_EVENT = (
    "在某个时候的",
    _SOME_DAYS,
)
_POSTS = r"(?:副|第一)?书记|委员|(?:副)?(?:主任|总?经理|董事长|[局镇乡县市区校院部处科所站厂矿村队]长)|负责人"
_OTHERS = re.compile(rf"班子(?:成员)?|领导(?:干部)?|{_POSTS}|支部|总支|站所|[村居]委会|各单位|下属|同志|中层|成员")
_POST = re.compile(_POSTS)
_SELF = re.compile(
    r"本人|书记本人|我(?![们镇局县市区乡校院委省村国党军站所队厅处办]|单位|公司|社区|街道|中心|支部|党组)"
)
_POST_REPORTS = re.compile(rf"(?:{_POSTS}|责任人).{{0,24}}(?:履[行职]|述[职责廉])|个人述")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_AS_SELF = re.compile(r"主持|亲自|带队|带头|领学|领衔")
_OPENING = re.compile(
    r"(?:专[门题]|重点|主要|用于|就|围绕|针对|传达|研[究判讨]|学习|部署|分析|听取|讨论|审议|安排|推[动进]|解决|"
    r"进行|宣讲|贯彻)"
)
_PLANNED = re.compile(r"打算|计划|下[一]?步|今后|[明来]年|努力方向|工作安排|整改措施|目标")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
# of a time that is none of the named stretches of the year
_SOME_TIME = re.compile(r"季度|半年|[上中下]旬|周|[0-9*月]日|月(?!刊|报)")
_OTHER_TIME = re.compile(
    r"[0-9一二三四五六七八九十]+(?:个[多半]?)?(?:月|周|[日天号](?![常])|季度)|季度|半年|[0-9]月[上中下]旬|至今|[年月](?:初|底|末|中)"
)
_SHOWN = 8
_THIS_YEAR = re.compile(r"今年以来|一年来|年初以来|本年度?以?来?|今年|年内|全年|年度")


@dataclass(frozen=True, slots=True)
class Said:
    """The words around an open count: the sentence before it, the clause it stands in, what of it stands behind.

    `remark` is what stands in brackets right behind it. `leading` are the clauses before it without a count of their
    own, `section` is the title above it, `year` that of the report, `personal` whether one person writes it.
    """

    before: str
    leading: str
    clause: str
    behind: str
    remark: str
    section: str
    year: int | None
    personal: bool


def is_personal(title: str, text: str) -> bool:
    """Whether a report is what one person writes of own work, by its title (书记履行…情况报告) or its words (本人)."""
    return bool(_POST_REPORTS.search(title) or _SELF.search(_QUOTED.sub("", text)))


def posts_in(text: str) -> frozenset[str]:
    """The posts that a title names, of a report or of a person: 书记, 镇长; a deputy's is another one."""
    return frozenset(hit[0] for hit in _POST.finditer(text))


def speaks_of_person(said: Said) -> bool:
    """Whether the count is that of the one who writes the report."""
    whole = _QUOTED.sub("", said.before + said.clause)
    actors = [*_SELF.finditer(whole), *_OTHERS.finditer(whole)]
    if actors:
        return _SELF.match(max(actors, key=lambda hit: hit.start())[0]) is not None
    return said.personal and bool(_AS_SELF.search(said.clause))


def limit_of(said: Said) -> str:
    """What a count is limited to in a way that no log can tell, in words; '' where it is not."""
    return next(_limits(said), "")


def _limits(said: Said) -> Iterator[str]:
    whole = said.before + said.clause
    if any(int(hit[1]) != said.year for hit in _YEAR.finditer(whole + said.section)):
        yield "另一个年度的"
    if _PLANNED.search(said.section):
        yield "打算做的"
    for text, limits in ((said.clause, _OWN), (said.before, _BEFORE), (said.leading, _LEADING), (whole, (_EVENT,))):
        for what, words in limits:
            if hit := re.search(words, text):
                yield f"{what}（“{hit[0].strip('，,')}”）"
    yield from _times(said)
    if not speaks_of_person(said) and (hit := _OTHERS.search(said.clause)):
        yield f"别人的（“{hit[0]}”）"
    if _OPENING.match(said.behind):
        yield f"其中一类（“{said.behind[:_SHOWN]}”）"


def _times(said: Said) -> Iterator[str]:
    """The stretches of time that nobody can count by: none of the named ones, or told behind the count."""
    for words, text in ((_SOME_TIME, said.clause), (_OTHER_TIME, "" if months_said(said.clause) else said.before)):
        if hit := words.search(without_months(_THIS_YEAR.sub("", text))):
            yield f"程序看不懂的期间（“{hit[0]}”）"
    if _SOME_TIME.search(said.remark) or months_said(said.remark):
        yield f"后面注明的期间的（“{said.remark}”）"
