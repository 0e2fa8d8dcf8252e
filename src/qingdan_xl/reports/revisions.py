"""Changes that Word tracks in a template, taken as accepted, and comments: a report says nothing of either."""

from lxml import etree

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_SPACE}}}"


def _names(*tags: str) -> tuple[str, ...]:
    return tuple(f"{_W}{tag}" for tag in tags)


_PARAGRAPH, _LOOK, _ROW, _CELL, _TABLE, _RUN = _names("p", "pPr", "tr", "tc", "tbl", "r")
_DELETED = _names("del", "moveFrom")
_KEPT = _names("ins", "moveTo")
_OF_MARK, _OF_ROW = _names("rPr", "trPr")
_CELL_GONE = f"{_W}cellDel"
_BEFORE = _names(
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
    *("tblPrExChange", "numberingChange", "cellIns", "cellMerge"),
)
_RANGES = _names(
    *(
        f"{kind}Range{end}"
        for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
        for end in ("Start", "End")
    ),
    *("commentRangeStart", "commentRangeEnd", "annotationRef"),
)
_COMMENT = f"{_W}commentReference"
_SIGNS = tuple(f"<w:{tag.removeprefix(_W)}" for tag in (*_DELETED, *_KEPT, _CELL_GONE, *_BEFORE, *_RANGES, _COMMENT))


def settled(xml: str) -> str:
    """A part with its tracked changes accepted and without the marks of comments; lxml's error where it is no XML."""
    if not any(sign in xml for sign in _SIGNS):
        return xml
    tree = etree.fromstring(xml.encode())
    for mark in list(tree.iter(*_BEFORE, *_RANGES)):
        mark.getparent().remove(mark)
    for mark in list(tree.iter(_COMMENT)):
        _without_reference(mark)
    for mark in list(tree.iter(_CELL_GONE)):
        _take_out(mark, _CELL)
    for mark in list(tree.iter(*_DELETED)):
        _delete(mark)
    for mark in list(tree.iter(*_KEPT)):
        _unwrap(mark)
    for hollow in [each for each in tree.iter(_ROW, _TABLE) if next(each.iter(_CELL), None) is None]:
        hollow.getparent().remove(hollow)
    return str(etree.tostring(tree, encoding="unicode"))


def _without_reference(mark: etree._Element) -> None:
    """Take away the mark of a comment, and its run where nothing else stands in it."""
    run = mark.getparent()
    run.remove(mark)
    if run.tag == _RUN and all(inner.tag == _OF_MARK for inner in run):
        run.getparent().remove(run)


def _take_out(mark: etree._Element, tag: str) -> None:
    whole = next(mark.iterancestors(tag))
    whole.getparent().remove(whole)


def _delete(mark: etree._Element) -> None:
    """Take away what is marked as deleted: text, a row, or the end of a paragraph."""
    parent = mark.getparent()
    if parent.tag == _OF_ROW:
        _take_out(mark, _ROW)
    elif parent.tag == _OF_MARK:
        parent.remove(mark)
        if parent.getparent().tag == _LOOK:
            _run_on(next(mark_of for mark_of in parent.iterancestors(_PARAGRAPH)))
    else:
        parent.remove(mark)


def _run_on(paragraph: etree._Element) -> None:
    """Put what a paragraph holds before what the next one holds, where that follows directly."""
    following = paragraph.getnext()
    if following is None or following.tag != _PARAGRAPH:
        return
    at = 1 if len(following) and following[0].tag == _LOOK else 0
    following[at:at] = [inner for inner in paragraph if inner.tag != _LOOK]
    paragraph.getparent().remove(paragraph)


def _unwrap(mark: etree._Element) -> None:
    """Leave what is marked as inserted in the place of the mark."""
    for inner in list(mark):
        mark.addprevious(inner)
    mark.getparent().remove(mark)
