"""What the duties add up to: by unit, by role, by duty, by person."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from qingdan_xl.counting.lights import OVERDUE, SHORT
from qingdan_xl.issuing.plan import UnitPlan
from qingdan_xl.sheets.choices import RACI
from qingdan_xl.sheets.summary import BY_DUTY, BY_PERSON, BY_ROLE, BY_UNIT, TALLY
from qingdan_xl.summary.duties import NOBODY
from qingdan_xl.summary.intake import UnitIntake
from qingdan_xl.summary.material import Material
from qingdan_xl.summary.remarks import KINDS, Placed
from qingdan_xl.summary.standing import StoredRow, people_named

SUMMED = [column.key for column in TALLY if column.key != "rate"]
_LETTERS = {"A": "accountable", "R": "responsible", "C": "consulted", "I": "informed"}
_MOST_NAMES = 8


def tally(duties: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The counts of each group in the order of appearance, indexed by `keys`; missing where nothing came back."""
    sums = duties.groupby(keys, sort=False, dropna=False)[SUMMED].sum(min_count=1)
    return sums.assign(rate=rate(sums))


def rate(sums: pd.DataFrame) -> "pd.Series[float]":
    """完成率: 完成 of 应办结 as a fraction; missing where nothing is to be finished."""
    return sums["complete"].astype("Float64") / sums["closable"].where(sums["closable"] > 0)


def by_unit(duties: pd.DataFrame, material: Material, placed: Placed, problems: Mapping[str, int]) -> pd.DataFrame:
    """按单位: every unit that was sent a workbook, in the order of the roster.

    `problems` are how many rows of 数据问题 name each unit.
    """
    signed = _signed(material.signatures)
    units = pd.DataFrame(
        [
            {
                **_unit(sent, problems.get(sent.unit.name, 0)),
                "signed": signed[sent.unit.id],
                **dict.fromkeys(KINDS, ""),
                **placed.standing.get((sent.unit.id, ""), {}),
            }
            for sent in material.intake.units
        ],
        dtype=object,
    )
    frame = units.join(tally(duties, ["unit_id"]), on="unit_id")
    return _with_zeros(frame)[list(BY_UNIT.keys)]


def _unit(sent: UnitIntake, problems: int) -> dict[str, object]:
    receipt = sent.receipt
    return {
        "unit_id": sent.unit.id,
        "unit": sent.unit.name,
        "kind": sent.unit.kind,
        "group": sent.unit.group,
        "state": sent.state,
        "received": receipt.received_at.date() if receipt else None,
        # of a unit whose files were all refused there are those of the files, of one that sent nothing none are known
        "problems": problems if receipt or problems else None,
    }


def _signed(signatures: Iterable[StoredRow]) -> Mapping[str, str]:
    """The periods that somebody signed, by name or date, of each unit id."""
    periods: dict[str, list[str]] = defaultdict(list)
    for row in signatures:
        if row["period"] and (row["signer"] or row["date"]):
            periods[str(row["unit_id"])].append(str(row["period"]))
    return defaultdict(str, {unit: "、".join(names) for unit, names in periods.items()})


def _with_zeros(frame: pd.DataFrame) -> pd.DataFrame:
    """Who has no duty at all has none issued and none back: that is known."""
    return frame.assign(issued=frame["issued"].fillna(0), back=frame["back"].fillna(0))


def by_role(duties: pd.DataFrame) -> pd.DataFrame:
    """按层级角色: every role that was issued, with how many units hold it."""
    frame = tally(duties, ["role"])
    frame["units"] = duties.groupby("role", sort=False)["unit_id"].nunique()
    return frame.reset_index()[list(BY_ROLE.keys)]


def by_duty(duties: pd.DataFrame, wording: Mapping[str, str]) -> pd.DataFrame:
    """按责任事项: every duty of every role in its list's words (by duty id), with the units that are behind on it."""
    keys = ["checklist", "role", "duty_id"]
    groups = duties.groupby(keys, sort=False)
    frame = tally(duties, keys).join(groups[["section", "number", "text"]].first())
    frame["units"] = groups["unit_id"].nunique()
    behind = duties.loc[duties["light"].isin([OVERDUE, SHORT]), [*keys, "unit"]]
    frame["behind"] = behind.groupby(keys, sort=False)["unit"].agg(_names)
    rows = frame.reset_index()
    # what is filled in for each unit differs: the words of one unit are not those of the duty
    texts = [wording.get(key, text) for key, text in zip(rows["duty_id"], rows["text"], strict=True)]
    return rows.assign(text=texts)[list(BY_DUTY.keys)]


def _names(units: "pd.Series[str]") -> str:
    names = list(dict.fromkeys(units))
    if len(names) <= _MOST_NAMES:
        return "、".join(names)
    return f"{'、'.join(names[:_MOST_NAMES])}等{len(names)}个单位"


def by_person(duties: pd.DataFrame, material: Material) -> pd.DataFrame:
    """按责任人: who has duties or a letter in the matrix, in the order of the roster, nobody last in each unit.

    A duty that several hold together counts for each of them.
    """
    named = duties[["unit_id", "person", *SUMMED]].assign(person=duties["person"].map(people_named))
    tallied = tally(named.explode("person"), ["unit_id", "person"]).join(_letters(material.assignments), how="outer")
    frame = _with_zeros(tallied).reset_index()
    keys = list(zip(frame["unit_id"], frame["person"], strict=True))
    place, titles = _places(material.plans), material.titles
    frame = frame.assign(
        unit=frame["unit_id"].map(material.intake.names),
        title=[titles.get(key, "") for key in keys],
    )
    return frame.iloc[sorted(range(len(keys)), key=lambda index: place(*keys[index]))][list(BY_PERSON.keys)]


def _letters(assignments: Iterable[StoredRow]) -> pd.DataFrame:
    """How many duties each person leads, carries, helps with and is told of, by unit id and name."""
    keys = ["unit_id", "person"]
    rows = [
        {key: row[key] for key in keys} | {_LETTERS[letter]: 1 for letter in str(row["raci"])}
        for row in assignments
        if row["raci"] in RACI
    ]
    frame = pd.DataFrame(rows, columns=[*keys, *_LETTERS.values()], dtype=object)
    return frame.astype(dict.fromkeys(_LETTERS.values(), "Int64")).groupby(keys).sum(min_count=1)


def _places(plans: Mapping[str, UnitPlan]) -> Callable[[str, str], tuple[int, int]]:
    """What to sort a unit id and a person by."""
    units = {key: number for number, key in enumerate(plans)}
    people = {(key, person.name): n for key, plan in plans.items() for n, person in enumerate(plan.people)}
    beyond = len(people)
    return lambda unit, person: (units[unit], people.get((unit, person), beyond + (person == NOBODY)))
