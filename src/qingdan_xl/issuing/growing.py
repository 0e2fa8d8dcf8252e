"""A worksheet whose rows grow when staff type more than they show."""

from collections.abc import Sequence
from typing import Any

from qingdan_xl.issuing.sharing import SharingSheet


class GrowingSheet(SharingSheet):
    """Rows state their height without the mark that it was set by hand: Excel shows it, and fits it on the next edit.

    XlsxWriter itself always writes that mark, and a row that has it never grows with its text.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        kept = [pair for pair in attributes if tag != "row" or pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)
