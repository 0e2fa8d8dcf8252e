"""Duties that come back after a unit has sent a newer file without them: what it wrote earlier is told."""

from collections import defaultdict
from collections.abc import Iterator

from qingdan_xl.issuing.plan import Batch
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem
from qingdan_xl.store import Store
from qingdan_xl.verbs.reissue import Earlier

_SHOWN = 24


def told_again(store: Store, before: Earlier, batch: Batch) -> Iterator[Problem]:
    """`answers-in-older-file`, once a file, where a superseded return says something about duties that come back.

    What the return that counts says about them comes back by itself.
    """
    older, there = store.gone_answers(), store.gone_rows()
    asked = before.of(unit for unit in batch.roster.units if unit.id in older)
    for line in asked.lines(batch):
        unit, again = line.next.unit, line.successors()
        texts = {row.id: row.duty.text for _, row in line.next.rows()}
        by_file: dict[str, list[str]] = defaultdict(list)
        for name, path in older[unit.id].items():
            if name in again and name not in there.get(unit.id, ()):
                by_file[path].append(texts[again[name]])
        for path, told in by_file.items():
            context = {"name": unit.name, "count": len(told), "text": told[0][:_SHOWN]}
            yield problem("answers-in-older-file", Origin(path), unit.name, **context)
