"""Whose workbook a file is: properties, hidden sheet and row ids each say it, and any two suffice."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from qingdan_xl.collecting.form import Form, form_of_file, form_of_plan
from qingdan_xl.collecting.reading import Book
from qingdan_xl.counting.periods import ABOUT_DAYS
from qingdan_xl.issuing.plan import Batch, Planner, UnitPlan
from qingdan_xl.model import Origin, Unit
from qingdan_xl.packages.refusal import RefusedError
from qingdan_xl.problems import Problem, problem
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.sheets.identity import PROPERTIES, TEMPLATE, Identity, is_sealed, read_identity, workspace_mark
from qingdan_xl.sheets.values import as_text
from qingdan_xl.store import Issued, IssuedScores

_SHORTEST_NAME = 3  # a shorter unit name stands in too many file names by chance


@dataclass(frozen=True, slots=True)
class SentOut:
    """What the year folder sent out: its batches by id in order, and every workbook by batch and unit id.

    `key` is the secret that their identities are sealed with, `about_days` the grace of dates that are only about;
    `scores` are the score sheets by round and rater id, `categories` the kinds of activities that the settings name.
    """

    batches: Mapping[str, Batch]
    workbooks: Mapping[tuple[str, str], Issued]
    key: bytes = b""
    about_days: int = ABOUT_DAYS
    scores: Mapping[tuple[str, str], IssuedScores] = field(default_factory=dict)
    categories: tuple[str, ...] = tuple(CATEGORIES)
    newest: Mapping[str, str] = field(init=False)
    names: Mapping[str, str] = field(init=False)
    _units: Mapping[tuple[str, str], Unit] = field(init=False, repr=False)
    _planners: dict[str, Planner] = field(init=False, repr=False, default_factory=dict)
    _unit_names: frozenset[str] = field(init=False, repr=False)
    _lengths: frozenset[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        order = {batch: number for number, batch in enumerate(self.batches)}
        issued = sorted(self.workbooks.values(), key=lambda workbook: order[workbook.batch])
        object.__setattr__(self, "newest", {workbook.unit_id: workbook.batch for workbook in issued})
        object.__setattr__(self, "names", {workbook.unit_id: workbook.unit for workbook in issued})
        rosters = {name: batch.roster for name, batch in self.batches.items()}
        units = {(name, unit.id): unit for name, roster in rosters.items() for unit in roster.units}
        object.__setattr__(self, "_units", units)
        unit_names = frozenset(name for name in self.names.values() if len(name) >= _SHORTEST_NAME)
        object.__setattr__(self, "_unit_names", unit_names)
        object.__setattr__(self, "_lengths", frozenset(map(len, unit_names)))

    def plan(self, batch: str, unit_id: str) -> UnitPlan:
        """What a unit was sent in a batch; what its sheets share with other units' is worked out once."""
        if batch not in self._planners:
            self._planners[batch] = Planner(self.batches[batch])
        return self._planners[batch].outline(self._units[batch, unit_id]).plan()

    def form(self, batch: str, unit_id: str) -> Form:
        """The workbook that a unit was sent in a batch, as what comes back is held against it."""
        return form_of_plan(self.plan(batch, unit_id), self.categories, self.about_days)

    def units_named(self, text: str) -> frozenset[str]:
        """The units whose names stand in a text."""
        pieces = {text[at : at + length] for length in self._lengths for at in range(len(text) - length + 1)}
        return self._unit_names & pieces

    def other_unit(self, file: str, batch: str, unit_id: str) -> str:
        """The unit after which a file is named where that is not its own, under its name of then or of now; else ''."""
        named = self.units_named(PurePath(file).stem)
        own = {self.workbooks[batch, unit_id].unit, self.names[unit_id]}
        return min(named) if named and not named & own else ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The form a file is; `newest` is the form of a later batch where the unit was sent one.

    `named` is another unit after which the file is named, '' for none.
    """

    form: Form
    newest: Form | None = None
    problems: tuple[Problem, ...] = ()
    named: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place of the file says."""

    batch: str
    unit_id: str
    template: str
    workspace: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What properties (`stated`) and hidden sheet each say, None where they are gone, and what they say together."""

    stated: Claim | None
    hidden: Identity | None
    agreed: Claim

    @property
    def lost(self) -> str:
        """Which of the two is gone, in Chinese."""
        return "文件属性" if self.hidden else "隐藏的工作表"


def recognise(book: Book, sent: SentOut | None) -> Recognised:
    """Tell which form the workbook is; without `sent` by what the file says of itself.

    Raises RefusedError: `not-our-form`, `version`, `unit-mismatch`, `other-workspace`, `edited-identity`,
    `needs-year-folder`.
    """
    claims = claimed(book)
    stated, hidden, claim = claims.stated, claims.hidden, claims.agreed
    if claim.template != TEMPLATE:
        raise version(book, f"模板 {claim.template}", f"模板 {TEMPLATE}")
    if sent is None:
        if hidden is None or not hidden.year.isdecimal():
            raise RefusedError(problem("needs-year-folder", Origin(book.file)))
        note = problem("no-year-folder", Origin(book.file), hidden.unit)
        return Recognised(form_of_file(hidden, book.hidden), None, (note,))
    _check_sent(book, claim, hidden, sent)
    form = sent.form(claim.batch, claim.unit_id)
    unit, named = form.plan.unit.name, sent.other_unit(book.file, claim.batch, claim.unit_id)
    if not (stated and hidden):
        if named:
            raise mismatch(book, f"文件名中的 {named}", f"文件里的 {unit}")
        check_ids(book, form.rows.keys())
    doubts = [problem("other-unit-name", Origin(book.file), unit, named=named, owner=unit)] if named else []
    found = Recognised(form, None, (*lost_marks(book, claims), *doubts), named)
    return _with_newest(book, sent, claim, found)


def claimed(book: Book) -> Claims:
    """What a workbook says of itself; RefusedError `not-our-form`, `unit-mismatch`, `version`, `edited-identity`."""
    hidden, stated = read_identity(book.hidden), _stated(book)
    return Claims(stated, hidden, _agreed(book, stated, hidden))


def _stated(book: Book) -> Claim | None:
    """What the file's properties say; None where they are not whole."""
    said = {key: (book.properties or {}).get(name, "") for key, name in PROPERTIES.items()}
    return Claim(**said) if all(said.values()) else None


def _agreed(book: Book, stated: Claim | None, hidden: Identity | None) -> Claim:
    """What properties and hidden sheet say together."""
    if hidden is None:
        if stated is None:
            raise RefusedError(problem("not-our-form", Origin(book.file)))
        return stated
    written = Claim(hidden.batch, hidden.unit_id, hidden.template, hidden.workspace)
    if stated and stated.unit_id != written.unit_id:
        raise mismatch(book, f"隐藏工作表中的 {hidden.unit}（{hidden.unit_id}）", f"文件属性中的 {stated.unit_id}")
    if stated and (stated.batch, stated.template) != (written.batch, written.template):
        raise version(book, f"{written.batch} 模板 {written.template}", f"{stated.batch} 模板 {stated.template}")
    if stated and stated != written:
        raise RefusedError(problem("edited-identity", Origin(book.file)))
    return written


def _check_sent(book: Book, claim: Claim, hidden: Identity | None, sent: SentOut) -> None:
    """Refuse what was never sent out, or is not the workbook it says it is."""
    check_workspace(book, claim, sent)
    if claim.batch not in sent.batches:
        known = claim.unit_id in {unit_id for _, unit_id in sent.workbooks}
        raise version(book, claim.batch, ["（尚未下发）", *sent.batches][-1], claim.unit_id if known else "")
    issued = sent.workbooks.get((claim.batch, claim.unit_id))
    name = hidden.unit if hidden else claim.unit_id
    if issued is None:
        raise mismatch(book, f"文件中的 {name}（{claim.unit_id}）", "本批下发的单位")
    if hidden and (hidden.fingerprint != issued.fingerprint or hidden.unit != issued.unit):
        owner = next((w.unit for w in sent.workbooks.values() if w.fingerprint == hidden.fingerprint), "")
        if owner:
            raise mismatch(book, f"文件中的 {name}", f"下发给 {owner} 的填报表")
        raise version(book, "被改动过的填报表", f"{claim.batch} 下发给 {issued.unit} 的填报表", claim.unit_id)
    check_seal(book, hidden, sent)


def check_workspace(book: Book, claim: Claim, sent: SentOut) -> None:
    """Refuse what another year folder sent out (`other-workspace`)."""
    if claim.workspace != workspace_mark(sent.key):
        raise RefusedError(problem("other-workspace", Origin(book.file), batch=claim.batch, unit_id=claim.unit_id))


def check_seal(book: Book, hidden: Identity | None, sent: SentOut) -> None:
    """Refuse a hidden sheet that somebody wrote into (`edited-identity`)."""
    if hidden and not is_sealed(hidden, sent.key):
        raise RefusedError(problem("edited-identity", Origin(book.file)), hidden.unit_id)


def check_ids(book: Book, ids: AbstractSet[str]) -> None:
    """Where only one of properties and hidden sheet speaks, the row ids must bear it out (`not-our-form`)."""
    seen = {as_text(cell) for grid in book.pages.values() for cells in grid for cell in cells}
    if 2 * len(ids & seen) < len(ids):
        raise RefusedError(problem("not-our-form", Origin(book.file)))


def lost_marks(book: Book, claims: Claims) -> tuple[Problem, ...]:
    """A word where properties or hidden sheet are gone (`identity-lost`); not every format has properties."""
    if (claims.stated or book.properties is None) and claims.hidden:
        return ()
    return (problem("identity-lost", Origin(book.file), lost=claims.lost),)


def _with_newest(book: Book, sent: SentOut, claim: Claim, found: Recognised) -> Recognised:
    newest = sent.newest[claim.unit_id]
    if newest == claim.batch:
        return found
    unit = found.form.plan.unit.name
    note = problem("older-version", Origin(book.file), unit, found=claim.batch, expected=newest)
    return replace(found, newest=sent.form(newest, claim.unit_id), problems=(*found.problems, note))


def version(book: Book, found: str, expected: str, unit_id: str = "") -> RefusedError:
    """The refusal `version`: which form it is, and which it should be."""
    return RefusedError(problem("version", Origin(book.file), found=found, expected=expected), unit_id)


def mismatch(book: Book, found: str, expected: str) -> RefusedError:
    """The refusal `unit-mismatch`: whose it says it is, and whose it should be."""
    return RefusedError(problem("unit-mismatch", Origin(book.file), found=found, expected=expected))
