"""remind: the store → 催办单.xlsx and 催办短信.txt."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from qingdan_xl.problems import Problem
from qingdan_xl.store import open_store
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.memory import Memory
from qingdan_xl.summary.rater_reminders import rater_rows, rater_texts
from qingdan_xl.summary.reminder_workbook import reminder_workbook
from qingdan_xl.summary.reminders import Reminders, person_rows, reminders, texts, unit_rows, week_of
from qingdan_xl.verbs.remarks import set_aside
from qingdan_xl.verbs.summarize import material_of
from qingdan_xl.workspace.files import Saved, save
from qingdan_xl.workspace.folder import Workspace

FILE, TEXTS = "催办单.xlsx", "催办短信.txt"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What is said now; the files are None where there is nothing new to say, and those of last time stay."""

    reminders: Reminders
    workbook: Saved | None
    texts: Saved | None

    @property
    def units(self) -> int:
        """How many units are reminded."""
        return len({item.unit.id for item in self.reminders.items})

    @property
    def people(self) -> int:
        """How many people are reminded by name."""
        return len({(item.unit.id, name) for item in self.reminders.items for name in item.people})

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why a file is not where it was meant to be."""
        return tuple(made.problem for made in (self.workbook, self.texts) if made and made.problem)

    def as_json(self) -> dict[str, Any]:
        """The object of `remind --json`."""
        return {
            "as_of": self.reminders.as_of.isoformat(),
            "workbook": str(self.workbook.path) if self.workbook else None,
            "texts": str(self.texts.path) if self.texts else None,
            "units": self.units,
            "people": self.people,
            "items": len(self.reminders.items),
            "raters": len(self.reminders.raters),
            "already": len(self.reminders.already) + len(self.reminders.raters_already),
        }


def remind_year(workspace: Workspace, as_of: date, *, again: bool = False) -> Reminded:
    """Write 成果/催办单.xlsx and 催办短信.txt, and keep what was said when.

    What was said since Monday is left out, unless `again`. UnusableError `nothing-issued` where no workbook was ever
    sent out. Problems: `locked-output`.
    """
    with workspace.lock(), closing(open_store(workspace)) as store:
        memory = Memory(store)
        material = material_of(workspace, store, as_of)
        said = {} if again else memory.reminded(week_of(as_of), as_of)
        found = reminders(material, said)
        if not (found.items or found.raters):
            return Reminded(found, None, None)
        path = workspace.results / FILE
        data = reminder_workbook(found, material.titles, material.lights)
        words = _texts(found, material)
        saved = save(path, data, partial(set_aside, memory=memory))
        made = Reminded(found, saved, save(workspace.results / TEXTS, words.encode("utf-8-sig")))
        memory.keep_file(sha256(data).hexdigest())
        memory.keep_reminded(found.keys, as_of)
    return made


def _texts(found: Reminders, material: Material) -> str:
    """催办短信.txt: the messages to units and people, and to raters."""
    blocks = [rater_texts(rater_rows(found.raters, found.title, found.as_of))] if found.raters else []
    if found.items:
        blocks.insert(0, texts(unit_rows(found), person_rows(found, material.titles)))
    return "\n".join(blocks)
