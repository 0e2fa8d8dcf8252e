"""The tags of a web page as a tree, closed where people forget to close them."""

import re
from dataclasses import dataclass, field
from html import unescape

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "select",
        "button",
        "svg",
        "iframe",
        "object",
        "nav",
        "aside",
        "footer",
    }
)
# A tag of the first kind ends an open one of the second, up to the nearest of the third.
_PARTS = {
    "li": (frozenset({"li"}), frozenset({"ol", "ul"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody", "tr", "td", "th"}), frozenset({"table"})),
}
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend",
        "li", "main", "ol", "p", "pre", "section", "table", "ul",
    }
)  # fmt: skip
_PARAGRAPH = frozenset({"p"})
_AROUND_PARAGRAPHS = BLOCKS - _PARAGRAPH | {"td", "th"}
_CELLS = frozenset({"table", "td", "th"})
_TABLE = frozenset({"table", "tr", "tbody", "thead"})
_DEEPEST = 100
# Comments, declarations, and what holds no text that is read; what is never closed goes on to the end.
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*(?::[A-Za-z0-9]+)?)(?P<rest>[^<>]*)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


@dataclass(slots=True)
class Element:
    """One tag: its name in small letters, its attributes, and what stands in it in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def style(self) -> str:
        """The style attribute in small letters without blanks."""
        return "".join(self.attributes.get("style", "").casefold().split())

    @property
    def is_shown(self) -> bool:
        """Whether a browser shows it as text."""
        hidden = "hidden" in self.attributes or "display:none" in self.style
        return self.tag not in _SKIPPED and not hidden


def web_tree(text: str) -> Element:
    """The root over all tags of a page; what cannot be read as a tag is text.

    Time grows with the length of the page and nothing else: the standard library's parser goes back over the rest of
    the page for each comment and each attribute that is not closed.
    """
    builder = _Builder()
    plain = _NO_TEXT.sub("", text)
    at = 0
    for tag in _TAG.finditer(plain):
        builder.say(plain[at : tag.start()])
        if tag["end"]:
            builder.end(tag["name"].lower())
        else:
            builder.start(tag["name"].lower(), _attributes(tag["rest"]))
        at = tag.end()
    builder.say(plain[at:])
    return builder.root


def _attributes(rest: str) -> dict[str, str]:
    found = reversed(list(_ATTRIBUTE.finditer(rest)))  # of two with one name the first counts
    return {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in found}


class _Builder:
    """Grows the tree; tags nested deeper than any page needs stand beside each other."""

    def __init__(self) -> None:
        self.root = Element("html")
        self._open = [self.root]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a tag where it belongs."""
        if tag in _PARTS:
            self._close(*_PARTS[tag])
        elif tag in BLOCKS:
            self._close(_PARAGRAPH, _AROUND_PARAGRAPHS)
        element = Element(tag, attributes)
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def end(self, tag: str) -> None:
        """Close the nearest open tag of this name; an end without a start says nothing."""
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return
            if self._open[at].tag in _CELLS and tag not in _TABLE:
                return

    def say(self, text: str) -> None:
        """Keep text where it stands."""
        if text:
            self._open[-1].children.append(unescape(text))

    def _close(self, tags: frozenset[str], within: frozenset[str]) -> None:
        found = None
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag in within:
                break
            if self._open[at].tag in tags:
                found = at
        if found is not None:
            del self._open[found:]
