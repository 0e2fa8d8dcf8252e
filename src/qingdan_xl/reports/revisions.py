"""Changes that Word tracks in a template, taken as accepted: reports say nothing of what a template once said."""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = tuple(f"{_W}{tag}" for tag in ("del", "moveFrom", "rPrChange"))
_OF_ROW = f"{_W}trPr"


def settled(xml: str) -> str:
    """A part without its deleted text and rows, and without the looks from before; lxml's error where it is no XML."""
    if not any(f"<w:{tag.removeprefix(_W)}" in xml for tag in _GONE):
        return xml
    tree = etree.fromstring(xml.encode())
    for mark in list(tree.iter(*_GONE)):
        gone = mark.getparent().getparent() if mark.getparent().tag == _OF_ROW else mark
        gone.getparent().remove(gone)
    return str(etree.tostring(tree, encoding="unicode"))
