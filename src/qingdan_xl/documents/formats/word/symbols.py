"""Signs that Word takes from picture fonts (§17.3.3.30 sym), as the characters people read in them."""

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0xA1: "○", 0xA2: "○", 0xA6: "○",
    0xA7: "■", 0xA8: "□", 0xD8: "➢", 0xE8: "→", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + at: "⓪①②③④⑤⑥⑦⑧⑨⑩"[at] for at in range(11)},
    **{0x8B + at: "⓪①②③④⑤⑥⑦⑧⑨⑩"[at] for at in range(11)},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0xA3: "□", 0x97: "●", 0xA2: "■"} | {
    0x69 + at: "⓪①②③④⑤⑥⑦⑧⑨⑩"[at] for at in range(11)
}
_SYMBOL = {0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB7: "·", 0xB9: "≠", 0xAE: "→", 0xB8: "÷"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = range(0xF000, 0xF100)  # where picture fonts keep their signs
_UNKNOWN = "□"
_LONGEST = 4


def symbol(font: str, code: str) -> str:
    """The character for the sign `code` (hexadecimal) of `font`; □ where it is not known."""
    try:
        point = int(code[:_LONGEST], 16)
    except ValueError:
        return _UNKNOWN
    if point in _PRIVATE:
        point -= _PRIVATE.start
    known = _FONTS.get(font.casefold())
    if known is not None:
        return known.get(point, _UNKNOWN)
    return chr(point) if chr(point).isprintable() else _UNKNOWN
