"""What else a duty's text holds: named rules (《…》), soft words without a number, signs of what is left open."""

import re

_POLICY = re.compile(r"《[^《》]*(?:[《〈][^《》]*[》〉][^《》]*)*》")
_SOFT = re.compile(
    r"不定期|定期(?!存款)|经常(?!队伍|费|项目)|及时|适时|随时|按时|常态化|节假日期间|重要时间节点|重大节日前|第一时间"
)
# The lookbehinds keep a long run of stars from being tried from each of its signs.
PLACEHOLDER = (
    r"(?:(?<!\*)\*++|(?<![XxＸｘ])[XxＸｘ]{2,}+|(?<![×✕╳])[×✕╳]++|(?<![_＿])[_＿]{2,}+|(?<![○〇◯])[○〇◯]{2,}+|"
    r"某(?![些种个项次类时日刻天]))"
)
_PLACEHOLDER = re.compile(PLACEHOLDER)
# Typesetters put blanks around figures (不少于 2 次), scanners between any two signs; three and more part columns.
_WHITE = r" \t\u3000\xa0"
_BLANK = re.compile(
    rf"(?<![A-Za-z{_WHITE}])[{_WHITE}]{{1,2}}(?![{_WHITE}])|(?<=[A-Za-z])[{_WHITE}]{{1,2}}(?![A-Za-z{_WHITE}])"
)


def compact(text: str) -> str:
    """`text` without the blanks that part no words: those between Latin words and line ends stay."""
    return _BLANK.sub("", text)


def policies(text: str) -> tuple[str, ...]:
    """Every 《…》 in `text`, once, in order."""
    return tuple(dict.fromkeys(_POLICY.findall(compact(text))))


def soft_words(text: str) -> tuple[str, ...]:
    """The words that demand repetition without saying how often (定期, 及时 …), once, in order."""
    return tuple(dict.fromkeys(_SOFT.findall(text)))


def fold_placeholders(text: str) -> str:
    """`text` with every sign that may stand for an open place written the same way."""
    return _PLACEHOLDER.sub("*", text)
