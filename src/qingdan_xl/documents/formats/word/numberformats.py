"""How a number of a list is written (ECMA-376 Part 1 §17.18.59, ST_NumberFormat)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEPS = ("", "十", "百", "千")
_FORMAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LARGEST = 9999
_TENS = 10
_TEENS = range(10, 20)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CIRCLED_CHINESE = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LONGEST_LETTERS = 30


def written(count: int, style: str) -> str:
    """`count` as the number format `style` writes it; '' for bullets and none, Arabic digits for formats not known."""
    return _FORMATS.get(style, str)(count)


def enclosed(text: str) -> str:
    r"""What Word draws into a circle (the field EQ \o\ac(○,1)), as one sign where there is one, else in brackets."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:3]) <= len(_CIRCLED):
        return _CIRCLED[int(text) - 1]
    signs = [*_DIGITS[1:], "十"]
    return _CIRCLED_CHINESE[signs.index(text)] if text in signs else f"（{text}）"


def _signs(row: str) -> Callable[[int], str]:
    """One sign a number; Arabic digits where the row has no more."""
    return lambda count: row[count - 1] if 1 <= count <= len(row) else str(count)


def _counted(count: int) -> str:
    """三百零五: places are named."""
    if not 0 < count <= _LARGEST:
        return _spelled(count)
    if count in _TEENS:
        return "十" + (_DIGITS[count % _TENS] if count % _TENS else "")
    text, gap = "", False
    for place in reversed(range(len(str(count)))):
        digit = count // _TENS**place % _TENS
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + _STEPS[place]
        gap = not digit and bool(text)
    return text


def _spelled(count: int) -> str:
    """三〇五: digit by digit."""
    return "".join(_DIGITS[int(sign)] if sign.isdigit() else sign for sign in str(count))


def _counted_or_spelled(count: int) -> str:
    """九十九, then 一〇〇."""
    return _counted(count) if 0 < count < _TENS * _TENS else _spelled(count)


def _formal(count: int) -> str:
    """壹拾: the sums on a cheque, which leave nothing to be put before them."""
    text = _counted(count).translate(_FORMAL)
    return f"壹{text}" if text.startswith("拾") else text


def _letters(count: int) -> str:
    """From a to z, then aa, bb and so on."""
    times, at = divmod(count - 1, 26)
    return chr(ord("a") + at) * (times + 1) if 0 <= times < _LONGEST_LETTERS else str(count)


def _roman(count: int) -> str:
    if not 0 < count <= _LARGEST:
        return str(count)
    text = ""
    for size, signs in _ROMAN:
        text += signs * (count // size)
        count %= size
    return text


def _padded(width: int) -> Callable[[int], str]:
    return lambda count: f"{count:0{width}d}"


def _nothing(_count: int) -> str:
    return ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "bullet": _nothing,
    "none": _nothing,
    "decimalZero": _padded(2),
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _signs(_CIRCLED),
    "decimalEnclosedCircleChinese": _signs(_CIRCLED),
    "decimalEnclosedParen": _signs(_BRACKETED),
    "decimalEnclosedFullstop": _signs(_DOTTED),
    "ideographEnclosedCircle": _signs(_CIRCLED_CHINESE),
    "ideographTraditional": _signs(_STEMS),
    "ideographZodiac": _signs(_BRANCHES),
    "chineseCounting": _counted_or_spelled,
    "chineseCountingThousand": _counted,
    "taiwaneseCounting": _counted_or_spelled,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "koreanCounting": _counted,
    "ideographDigital": _spelled,
    "japaneseDigitalTenThousand": _spelled,
    "taiwaneseDigital": _spelled,
    "chineseLegalSimplified": _formal,
    "japaneseLegal": _formal,
    "ideographLegalTraditional": _formal,
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
