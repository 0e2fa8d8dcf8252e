"""What arrives in the inbox, and when: mostly good workbooks on time, and everything that goes wrong every year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from random import Random

from qingdan_xl.demo.staff import Habit, fill
from qingdan_xl.issuing.plan import UnitPlan

CAREFUL = Habit()
LAX = Habit(diligence=0.6)


@dataclass(frozen=True, slots=True)
class Sent:
    """A workbook as one unit was sent it."""

    plan: UnitPlan
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """The files that came on one day, by name."""

    received: datetime
    what: str
    files: dict[str, bytes]


def deliveries(sent: Sequence[Sent], year: int) -> tuple[Delivery, ...]:
    """The year's post for at least 14 units, in three deliveries; the same for the same workbooks."""
    units = [_Unit(item, number) for number, item in enumerate(sent)]
    habits = {1: LAX, 2: Habit(text_dates=True), 4: Habit(edits_duty=True), 11: LAX}
    first, second, late = {}, {}, {}
    for number, unit in enumerate(units):
        good = unit.filled(habits.get(number, CAREFUL))
        match number:
            case 3 | 13:
                late[unit.name] = good
            case 5:
                first[unit.name] = unit.filled(LAX)
                second[unit.renamed("修改稿")] = unit.filled(CAREFUL)  # saved after the one that it corrects
            case 6:
                continue
            case 8:
                first[unit.name] = first[unit.renamed("副本")] = good
            case 9:
                first[unit.name] = good[: len(good) // 2]
                late[unit.renamed("重发")] = good
            case _:
                first[unit.name] = good
    return (
        Delivery(datetime(year, 12, 11, 9, 0), "大多数单位按时交来", first),  # noqa: DTZ001 - local office hours
        Delivery(datetime(year, 12, 17, 15, 0), "一个单位交来修改稿", second),  # noqa: DTZ001
        Delivery(datetime(year, 12, 24, 16, 30), "过期后又交来几份", late),  # noqa: DTZ001
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    sent: Sent
    number: int

    @property
    def name(self) -> str:
        return self.sent.name

    def renamed(self, mark: str) -> str:
        path = PurePath(self.sent.name)
        return f"{path.stem}（{mark}）{path.suffix}"

    def filled(self, habit: Habit) -> bytes:
        return fill(self.sent.data, self.sent.plan, habit, Random(self.number))
