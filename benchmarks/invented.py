"""A store of any size as collect would leave it: invented units, duties, answers and logs, the same on every run."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from qingdan_xl.issuing.batches import batch_json
from qingdan_xl.issuing.plan import Batch, plan_unit
from qingdan_xl.model import Checklist, Duty, Kind, Per, Person, Role, Roster, Section, Target, TargetKind, Unit
from qingdan_xl.sheets.choices import STATUSES
from qingdan_xl.sheets.declaration import Sheet
from qingdan_xl.sheets.reading import Row
from qingdan_xl.sheets.unit import DUTIES, LOG
from qingdan_xl.sheets.values import parse_value
from qingdan_xl.store import Entry, Issued, Outcome, Receipt, Store, packed

AS_OF = date(2026, 8, 15)
_NEW_YEAR = date(2026, 1, 1)
_CATEGORIES = ("会议", "学习", "党课", "谈话", "检查", "报告")
_PERS = (Per.YEAR, Per.HALF_YEAR, Per.QUARTER, Per.QUARTER, Per.MONTH)
_SECTIONS, _IN_SECTION, _LOGGED = 10, 6, 40
_MISSING_SHARE = 0.05


def invented_store(store: Store, units: int) -> None:
    """Fill an empty store with a batch of `units` units of 60 duties each, and the returns of 19 in 20."""
    dice = random.Random(2026)  # noqa: S311 - invented answers keep no secret
    batch = Batch(
        "2026-01",
        "2026年度责任清单",
        2026,
        date(2026, 8, 1),
        (Checklist("清单.txt", "责任清单", 2026, Kind.CHECKLIST, tuple(_roles())),),
        invented_roster(units),
    )
    issued = [Issued(batch.id, unit.id, unit.name, unit.kind, "", "", "") for unit in batch.roster.units]
    store.add_batch(batch.id, datetime(2026, 1, 5), batch_json(batch), issued)  # noqa: DTZ001 - naive as stored
    plans = [plan_unit(batch, unit) for unit in batch.roster.units[:1]]  # every unit has the same sheets
    rows = [row.id for plan in plans for _, row in plan.rows()]
    for number, unit in enumerate(batch.roster.units, 1):
        if dice.random() > _MISSING_SHARE:
            _receive(store, dice, unit, number, rows)


def invented_roster(units: int) -> Roster:
    """So many units with two people each."""
    return Roster(tuple(_units(units)), tuple(_people(units)))


def _roles() -> Iterator[Role]:
    for index, name in enumerate(("领导班子", "主要负责人")):
        sections = []
        for section in range(_SECTIONS // 2):
            duties = [_duty(index, section, place) for place in range(_IN_SECTION)]
            sections.append(Section(str(section + 1), f"{name}板块{section + 1}", tuple(duties)))
        yield Role(name, sections=tuple(sections))


def _duty(role: int, section: int, place: int) -> Duty:
    number = role * 100 + section * 10 + place
    text = f"第{number}项：按照年度安排研究部署、组织实施、督促检查并及时报告有关情况，做到有计划、有记录、有结果。"
    category, per = _CATEGORIES[number % len(_CATEGORIES)], _PERS[number % len(_PERS)]
    target = Target(f"至少1次{category}", category, TargetKind.COUNT, Decimal(1), "次", per, category=category)
    return Duty(f"d{number:03d}", str(section * _IN_SECTION + place + 1), text, targets=(target,) if place % 2 else ())


def _units(count: int) -> Iterator[Unit]:
    for number in range(1, count + 1):
        kind, group = ("乡镇", "机关部门", "事业单位")[number % 3], f"第{number % 8 + 1}组"
        yield Unit(f"U{number:05d}", f"单位{number:05d}", kind, "", group, f"联系人{number}", "555-0100")


def _people(count: int) -> Iterator[Person]:
    for number in range(1, count + 1):
        yield Person(f"干部{number % 997:03d}甲", f"单位{number:05d}", "书记")
        yield Person(f"干部{number % 991:03d}乙", f"单位{number:05d}", "副书记")


def _receive(store: Store, dice: random.Random, unit: Unit, number: int, rows: list[str]) -> None:
    people = (f"干部{number % 997:03d}甲", f"干部{number % 991:03d}乙")
    answers = [_answer(dice, row, people) for row in rows]
    log = [
        {
            "date": (_NEW_YEAR + timedelta(days=dice.randrange(226))).isoformat(),
            "category": dice.choice(_CATEGORIES),
            "topic": "例行活动",
            "host": dice.choice(people),
        }
        for _ in range(_LOGGED)
    ]
    rows_read = packed({DUTIES.key: _stored(DUTIES, answers), LOG.key: _stored(LOG, log)})
    receipt = Receipt(
        *(f"收件/{unit.name}.xlsx", unit.id, datetime(2026, 7, 20), Outcome.ACCEPTED),  # noqa: DTZ001 - naive as stored
        unit_id=unit.id,
        batch="2026-01",
    )
    store.record([Entry(receipt, rows_read)])


def _answer(dice: random.Random, row: str, people: tuple[str, str]) -> dict[str, str]:
    return {
        "row_id": row,
        "leader": people[0],
        "owner": dice.choice(people),
        "deadline": (_NEW_YEAR + timedelta(days=dice.randrange(120, 365))).isoformat(),
        "status": dice.choices(STATUSES, (1, 5, 8, 2, 1))[0],
        "progress": f"{dice.randrange(0, 101, 10)}%",
        "report": f"已开展{dice.randrange(1, 9)}次，形成记录{dice.randrange(1, 99)}份，正在按计划推进。",
        "evidence": f"台账{dice.randrange(1, 400)}号",
    }


def _stored(sheet: Sheet, rows: list[dict[str, str]]) -> list[Row]:
    letters = {"status": "N"}
    return [
        Row(
            number,
            {key: parse_value(sheet.column(key).type, value, AS_OF.year) for key, value in row.items()},
            letters,
            "",
            sheet.title,
        )
        for number, row in enumerate(rows, 4)
    ]
