"""定稿: what keeps a result from being sealed, and what is other now than when it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qingdan_xl.assessment.comparing import Move, compare, reason, signed
from qingdan_xl.assessment.digests import APPEALS, OF_ONE, Made
from qingdan_xl.assessment.result import Assessment
from qingdan_xl.assessment.seals import Seal
from qingdan_xl.assessment.verdicts import Verdict, verdicts
from qingdan_xl.model import Origin
from qingdan_xl.problems import Problem, problem

PROGRAM = "程序版本"
_OWN = "本单位的填报、数据或评分"
_OTHERS = "同组其他单位"
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Open:
    """What of a result is still open: lines that wait for a person, subjects without a score, grades not settled.

    `raters` is how many raters still owe ratings, whether or not others of their group gave any.
    """

    lines: int
    unscored: tuple[str, ...]
    grades: tuple[str, ...]
    raters: int = 0

    @property
    def count(self) -> int:
        """How many points are open: a subject of which nothing can be judged is one."""
        return self.lines + len(self.unscored) + len(self.grades) + self.raters


def open_points(assessment: Assessment) -> Open:
    """Everything of units and persons that is not settled."""
    everyone = (*assessment.results, *assessment.people)
    lines = [entry for item in everyone for entry in item.score.trail if entry.open]
    silent = (item for item in everyone if item.score.points is None and not any(e.open for e in item.score.trail))
    return Open(
        len(lines),
        tuple(item.score.subject.label for item in silent),
        tuple(item.score.subject.label for item in everyone if item.open),
        sum(fault.code == "rating-missing" for fault in assessment.problems),
    )


def open_problem(found: Open) -> Problem:
    """`seal-open`, which says how much of what is open."""
    parts = [f"{found.lines} 处待人评定"] if found.lines else []
    parts += [f"{len(found.unscored)} 个没有得分（{_names(found.unscored)}）"] if found.unscored else []
    parts += [f"{len(found.grades)} 个等次待定（{_names(found.grades)}）"] if found.grades else []
    parts += [f"{found.raters} 位评委没有评全"] if found.raters else []
    return problem("seal-open", count=found.count, parts="、".join(parts))


def _names(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _MOST_NAMES else ""
    return f"{'、'.join(names[:_MOST_NAMES])}{more}"


@dataclass(frozen=True, slots=True)
class Drift:
    """How a result of now stands to the seal: the inputs that changed, and who moves, the worst first."""

    seal: Seal
    changed: tuple[str, ...]
    moves: tuple[Move, ...]
    own: frozenset[str]

    def causes(self, move: Move) -> tuple[str, ...]:
        """Why a subject moves: its own inputs, what holds for all, or only the others of its group."""
        shared = [name for name in self.changed if name not in OF_ONE and (name != APPEALS or _appealed(move))]
        own = [_OWN] if {move.verdict.id, move.verdict.unit_id} & self.own else []
        return (*own, *shared) or (_OTHERS,)

    def why(self, move: Move) -> str:
        """By which items a subject moves, and what changed."""
        return f"{reason(move)}；因{'、'.join(self.causes(move))}变动"

    @property
    def problem(self) -> Problem:
        """`seal-differs`, or `seal-agrees` where nobody moves."""
        origin, changed = Origin(self.seal.file), "、".join(self.changed)
        if not self.moves:
            note = f"，{changed}有变动，但不影响结果" if changed else ""
            return problem("seal-agrees", origin, version=self.seal.version, note=note)
        worst = max(self.moves, key=lambda move: abs(move.change or Decimal(0)))
        return problem(
            "seal-differs",
            origin,
            version=self.seal.version,
            count=len(self.moves),
            worst=f"{worst.verdict.label} {side_by_side(worst)}",
            changed=changed or "没有发现输入变动",
        )


def _appealed(move: Move) -> bool:
    return any(shift.rule == APPEALS for item in move.items for shift in item.shifts)


def drift(seal: Seal, assessment: Assessment, made: Made) -> Drift:
    """Compare a result of now, made of these inputs, with a sealed one."""
    moves = tuple(move for move in compare(seal.verdicts, verdicts(assessment)) if move.moves)
    changed = [name for name in dict.fromkeys((*made.inputs, *seal.made.inputs)) if _differs(name, seal.made, made)]
    if made.program != seal.made.program:
        changed.append(PROGRAM)
    own = {key for key in {*made.own, *seal.made.own} if made.own.get(key) != seal.made.own.get(key)}
    return Drift(seal, tuple(changed), moves, frozenset(own))


def _differs(name: str, old: Made, new: Made) -> bool:
    return old.inputs.get(name) != new.inputs.get(name)


def side_by_side(move: Move) -> str:
    """Score and grade before and after, in a few words."""
    old, new = _told(move.before), _told(move.after)
    change = f"（{signed(move.change)}）" if move.change else ""
    return f"{old} → {new}{change}"


def _told(verdict: Verdict | None) -> str:
    if verdict is None:
        return "无"
    score = "未评" if verdict.points is None else f"{verdict.points} 分"
    place = f"、第 {verdict.rank} 名" if verdict.rank is not None else ""
    return f"{score}{place}" if verdict.points is None else f"{score}{place}、{verdict.grade}"
