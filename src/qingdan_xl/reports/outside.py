"""What a template would have its reports fetch from elsewhere, unasked, when somebody opens them."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

_RELATIONS = ".rels"
_LINK = "/hyperlink"  # nobody follows it without a click
_FIELD_WORDS = re.compile(r"<w:instrText\b[^>]*>([^<]*)</w:instrText>|\bw:instr=\"([^\"]*)\"")
_FETCHING = re.compile(r"^\s*(?:DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)


def fetched(parts: Mapping[str, bytes], texts: Mapping[str, str]) -> Iterator[str]:
    """The places that its relations lead out to, and the fields that fetch something.

    lxml's error where relations are no XML.
    """
    for name, data in parts.items():
        if name.endswith(_RELATIONS) and b"External" in data:
            for each in etree.fromstring(data):
                if each.get("TargetMode") == "External" and not (each.get("Type") or "").endswith(_LINK):
                    yield str(each.get("Target"))
    for text in texts.values():
        for words in _FIELD_WORDS.findall(text):
            yield from filter(_FETCHING.match, map(str.strip, words))
