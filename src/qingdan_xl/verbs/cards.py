"""The cards of an assessment in 成果/: one page for each unit and person."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from qingdan_xl.assessment.card_pages import card_batches, card_workbook
from qingdan_xl.assessment.cards import cards
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.verbs.remarks import put_into_old
from qingdan_xl.workspace.files import Saved, save
from qingdan_xl.workspace.folder import Workspace

_STEM = "考核卡"


def save_cards(workspace: Workspace, assessment: Assessment, as_of: date, result: str) -> tuple[Saved, ...]:
    """Write 考核卡.xlsx, or 考核卡-1.xlsx and so on where one workbook would hold too many; what was saved, in order.

    `result` is the file beside them with all lines.
    Cards of an earlier run that this one does not write again are put into 旧版/: they would tell other points.
    """
    batches = list(card_batches(cards(assessment)))
    names = [f"{_STEM}.xlsx"] if len(batches) == 1 else [f"{_STEM}-{n}.xlsx" for n in range(1, len(batches) + 1)]
    saved = tuple(
        save(workspace.results / name, card_workbook(batch, workspace.settings.title, as_of, result))
        for name, batch in zip(names, batches, strict=True)
    )
    _take_away(workspace.results, (each.path for each in saved))
    return saved


def _take_away(folder: Path, kept: Iterable[Path]) -> None:
    for path in {*folder.glob(f"{_STEM}.xlsx"), *folder.glob(f"{_STEM}-*.xlsx")} - set(kept):
        put_into_old(path)
