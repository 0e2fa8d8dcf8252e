"""Single number tokens as people type them: 3, ３, 2.5, 两, 十五, 二十, 半, 百分之三十."""

import unicodedata
from decimal import Decimal, InvalidOperation

DIGITS = {"零": 0, "〇": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "俩": 2, "贰": 2, "三": 3, "叁": 3, "四": 4, "五": 5,
          "六": 6, "七": 7, "八": 8, "九": 9}  # fmt: skip
STEPS = {"十": 10, "拾": 10, "百": 100, "千": 1000, "万": 10000}
CHINESE = "零〇一二三四五六七八九十百千两俩"
# One number token of running text; the reader below understands everything it matches.
NUMBER = rf"(?:[0-9０-９]{{1,9}}(?:[.．。][0-9０-９]{{1,6}})?|[{CHINESE}]{{1,9}}|半)"


def number(token: str) -> Decimal | None:
    """Read one number token (no sentence): 两 -> 2, 十五 -> 15, 半 -> 0.5, 2．5 -> 2.5; None if it is none."""
    plain = unicodedata.normalize("NFKC", token).strip().replace("。", ".")
    if plain == "半":
        return Decimal("0.5")
    if plain and plain[0] in "0123456789":
        return _arabic(plain)
    return _chinese(plain)


def _arabic(plain: str) -> Decimal | None:
    scale = 10000 if plain.endswith("万") else 1
    try:
        return Decimal(plain.removesuffix("万")) * scale
    except InvalidOperation:
        return None


def _chinese(plain: str) -> Decimal | None:
    if not plain or any(sign not in DIGITS and sign not in STEPS for sign in plain):
        return None
    if all(sign in DIGITS for sign in plain):
        return Decimal("".join(str(DIGITS[sign]) for sign in plain))
    total, section, digit = 0, 0, None
    for sign in plain:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign == "万":
            total, section, digit = (total + section + (digit or 0)) * STEPS[sign], 0, None
        else:
            section += (1 if digit is None else digit) * STEPS[sign]
            digit = None
    return Decimal(total + section + (digit or 0))
