"""Stable ids of duties: the same text under the same role of the same list has the same id, next year too."""

import base64
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from qingdan_xl.documents.words import fold_placeholders

_DIGITS = re.compile(r"[0-9一二三四五六七八九〇○零]+(?=年)|\d")


def normalised(text: str) -> str:
    """`text` as compared: NFKC, open places alike, no white space, no punctuation."""
    folded = unicodedata.normalize("NFKC", fold_placeholders(text))
    return "".join(sign for sign in folded if sign == "*" or unicodedata.category(sign)[0] in "LN")


def without_year(title: str) -> str:
    """A title as compared from year to year."""
    return _DIGITS.sub("", normalised(title))


class Identities:
    """Gives the ids of one list's duties; an equal text inside a role gets -2, -3 …, as does a `taken` id."""

    def __init__(self, title: str, taken: Iterable[str] = ()) -> None:
        self._title = without_year(title)
        self._taken = set(taken)
        self._seen: Counter[str] = Counter()

    def of(self, role: str, text: str) -> str:
        """The id of the next duty with this text under this role: 8 signs of base32, and a count from the second on."""
        key = "|".join((self._title, normalised(role), normalised(text)))
        digest = hashlib.blake2b(key.encode(), digest_size=5).digest()
        plain = base64.b32encode(digest).decode().lower()
        made = self._next(plain)
        while made in self._taken:
            made = self._next(plain)
        return made

    def _next(self, plain: str) -> str:
        self._seen[plain] += 1
        return plain if self._seen[plain] == 1 else f"{plain}-{self._seen[plain]}"
