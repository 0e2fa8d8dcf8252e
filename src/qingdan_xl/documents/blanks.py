"""占位: the places a list leaves open (*, XX, 某, ____), found and told from signs that only look like them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qingdan_xl.documents.grammar import UNITS
from qingdan_xl.documents.words import PLACEHOLDER
from qingdan_xl.model import Blank, Part, Role

_AROUND = 12  # signs of context on either side
_NEAR = 40  # signs in which a formula or bold type is looked for
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_SHAPE = re.compile(
    r"某++(?!些|种|个|项|次|类|时|日|刻|天|一|方面|阶段|因|原因|环节|领域|问题|事(?!业)|物|人(?![民社大])|程度|地(?!区))|"
    rf"(?!某){PLACEHOLDER}|(?<![{_LETTER}0-9])[XxＸｘ](?=\s*(?:年|月|日|号|{UNITS}))|"
    r"〔[ \u3000]*〕|（[ \u3000]{2,}）|\([ \u3000]{2,}\)|□{2,}+"
)
_STAR, _CROSS, _RING, _LATIN = "*＊", "×✕╳", "○〇◯", "XxＸｘ"
_SIGN = re.compile(rf"[{_STAR}{_CROSS}{_RING}{_LATIN}_＿某〔（(□]")  # that a shape begins with: most texts have none
_TEXTS = 4096  # whose places are kept: a list is filled for one unit after the other
_NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十]")
_DIGIT_BEFORE, _DIGIT_AFTER = re.compile(r"[0-9０-９%％）)]\s*$"), re.compile(r"\s*[0-9０-９（(]")
_EQUALS = re.compile(r"[=＝÷]")
_STOP = re.compile(r"[，。；;\n]")
_EXPLAINED = r"\s*(?:注|说明|备注|表示|代表|号(?:为|项|表)|[:：])"
_NOTE, _NOTE_BEFORE = re.compile(_EXPLAINED), re.compile(r"(?:注|说明|备注)[:：]\s*[（(“]?$")
_NOTE_LINE = re.compile(rf"(?:^|\n)\s*[（(“]?[*＊]+{_EXPLAINED}|注[:：]\s*[（(“]?[*＊]")
_SEATED = re.compile(r"[一-龥）)》”]$")
_CLOSED = re.compile(r"\s*(?:[，。；;、）)\n]|$)")
_BOLD = re.compile(r"(?:^|(?<=[\s，。；：、（“]))\*\*(?=\S)(?P<said>[^*\n]{1,40})(?<=\S)\*\*(?=[^*]|$)")
BODIES = (
    "党支部|党总支|党委|党组|街道办?|社区|公司|集团|医院|学校|小学|中学|大学|学院|幼儿园|中心|委员会|办公室|支部|单位|部门|"
    "局(?!面)|委(?![托派])|办(?![法理事])|厅|镇|乡|村|县|市(?![级场])|区(?!域)|省|院|校|部(?![署分])|"
    "处(?![理置分罚])|科|所(?![有属])|站|厂|队(?!伍)|会(?!议)"
)
SUFFIX = re.compile(BODIES)
_TITLES = (
    "同志|书记|副?主任|副?局长|副?镇长|副?乡长|副?县长|副?市长|副?区长|副?校长|副?院长|副?部长|副?处长|副?科长|"
    "副?所长|副?站长|委员|老师|医生|先生|女士"
)
# what it stands for, what stands before it, what stands behind
_GUESSES: tuple[tuple[str, str, str], ...] = (
    ("人名", r"", rf"(?:{_TITLES})"),
    ("单位简称", r"", rf"(?:{BODIES})"),
    ("日期", r"(?:19|20)", r""),
    ("文件名", r"《[^》]{0,40}", r""),
    ("文件名", r"[发办函字]", r""),
    ("文件名", r"", r"[ \u3000]*号(?:文|）|\)|$)|[发函字]〔"),
    ("日期", r"", r"\s*年(?!级|度?考)|\s*月"),
    ("日期", r"月\s*", r"\s*[日号]"),
    ("数字", r"", rf"\s*(?:余|多)?(?:{UNITS}|分(?!管|工)|%|％)"),
    ("数字", r"(?:不少于|不低于|至少|达到|不超过)\s*", r""),
    ("人名", r"(?:由|同志|书记|主任|局长|[张王李赵刘陈])\s*", r""),
    ("人名", r"", r"\s*(?:负责|牵头|主持|审签|签字|担任|分管)"),
)
_READ = tuple((word, re.compile(f"(?:{before})$"), re.compile(behind)) for word, before, behind in _GUESSES)
_UNTOLD = "看上下文"


@dataclass(frozen=True, slots=True)
class Place:
    """One open place of a text: text[start:end] is the sign that stands there."""

    start: int
    end: int


@lru_cache(_TEXTS)
def open_places(text: str) -> tuple[Place, ...]:
    """Where `text` leaves something open, in order; signs of formulas, notes, bold type and years are none."""
    found = [Place(*hit.span()) for hit in _SHAPE.finditer(text)] if _SIGN.search(text) else []
    if not found:
        return ()
    bold, noted = _bold_signs(text), bool(_NOTE_LINE.search(text))
    return tuple(place for place in found if place.start not in bold and not _is_other(text, place, noted))


def _bold_signs(text: str) -> set[int]:
    hits = [hit for hit in _BOLD.finditer(text) if not SUFFIX.match(hit["said"])]
    return {at for hit in hits for at in (hit.start(), hit.end() - 2)}


def _is_other(text: str, place: Place, noted: bool) -> bool:
    """Whether the sign means something: times, a note (`noted` where one is explained), noughts, letters of a word."""
    sign = text[place.start]
    before, behind = text[max(0, place.start - _NEAR) : place.start], text[place.end : place.end + _NEAR]
    if sign in _RING:
        return bool(_NUMERAL.match(before[-1:]) or _NUMERAL.match(behind))
    if sign in _LATIN:
        beside = f"{before[-1:]}{behind[:1]}"
        return any(letter.isascii() and letter.isalpha() for letter in beside)
    if sign not in _STAR + _CROSS or place.end - place.start > 1:
        return False
    return _is_times(sign, before, behind) or (sign in _STAR and _is_note(before, behind, noted))


def _is_times(sign: str, before: str, behind: str) -> bool:
    left, right = _DIGIT_BEFORE.search(before), _DIGIT_AFTER.match(behind)
    if (left and right) or (sign in _CROSS and (left or right)):
        return True
    clause = _STOP.split(before)[-1] + _STOP.split(behind)[0]
    return bool(_EQUALS.search(clause))


def _is_note(before: str, behind: str, noted: bool) -> bool:
    if _NOTE_BEFORE.search(before) or (_NOTE.match(behind) and not _SEATED.search(before)):
        return True
    return noted and bool(_SEATED.search(before) and _CLOSED.match(behind))


def context_of(text: str, place: Place) -> str:
    """The words around an open place, the place in 【】: what tells it from the others of its text."""
    before = "".join(text[max(0, place.start - _AROUND) : place.start].split())
    behind = "".join(text[place.end : place.end + _AROUND].split())
    shown = f"{before}【{''.join(text[place.start : place.end].split())}】{behind}"
    return "".join(sign for sign in shown if sign.isprintable())


def guess_of(text: str, place: Place) -> str:
    """What a place stands for by the words beside it: 文件名, 日期, 数字, 人名, 单位简称, else to be seen from them."""
    before, behind = text[max(0, place.start - _NEAR) : place.start], text[place.end : place.end + _NEAR]
    return next((word for word, left, right in _READ if left.search(before) and right.match(behind)), _UNTOLD)


def blanks_of(title: str, roles: Sequence[Role]) -> tuple[Blank, ...]:
    """Every open place of a list in order: of its title, roles, sections and duties."""
    texts = ((Part.TITLE, "", title), *_texts(roles))
    return tuple(blank for part, about, text in texts for blank in _of_text(part, about, text))


def _texts(roles: Iterable[Role]) -> Iterator[tuple[Part, str, str]]:
    for role in roles:
        yield Part.ROLE, role.name, role.name
        for section in role.sections:
            if section.title and section.duties:
                yield Part.SECTION, section.duties[0].id, section.title
            for duty in section.duties:
                yield Part.DUTY, duty.id, duty.text


def _of_text(part: Part, about: str, text: str) -> Iterator[Blank]:
    for place in open_places(text):
        yield Blank(part, about, context_of(text, place), guess_of(text, place))
