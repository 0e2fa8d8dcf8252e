"""A checklist as a few lines of text, so that an expectation can be read and a failure reads as a diff."""

from collections.abc import Iterable, Iterator

from qingdan_xl.model import Checklist, Duty, Per, Rule, Target

_SHOWN = 24


def shown_target(target: Target) -> str:
    """One demand: >=2次/year, <=3次/month, 1/half_year@12-31; once and no period are both none."""
    per = "none" if target.per in {None, Per.ONCE} else str(target.per)
    per += f"({target.months[0]}-{target.months[1]})" if target.months else ""
    bound = ("<=" if target.at_most else ">=") if target.unit else ""
    due = f"@{','.join(target.due)}" if target.due else ""
    return f"{bound}{target.number:f}{target.unit or ''}/{per}{due}"


def shown_rule(rule: Rule) -> str:
    """One scoring rule: deduct_each 0.5 次 floor, veto, bonus 2 cap 5; a judgement range as 1-3."""
    points = rule.points if rule.low is None else f"{rule.low}-{rule.points}"
    cap = None if rule.cap is None else f"cap {rule.cap}"
    said = (rule.kind.value, points, rule.per, "floor" if rule.floor else None, cap)
    return " ".join(str(part) for part in said if part is not None)


def outline(checklists: Iterable[Checklist]) -> str:
    """The titles (#), roles (@), sections (=), duties (-), demands (>), rules (!), open counts (~) and doubts (?)."""
    return "".join(f"{line}\n" for checklist in checklists for line in _checklist(checklist))


def _checklist(checklist: Checklist) -> Iterator[str]:
    yield f"# {checklist.title} | {checklist.year} | {checklist.kind}"
    for role in checklist.roles:
        yield f"@ {role.name}" + (f" <- {role.inherits}" if role.inherits else "")
        for section in role.sections:
            if section.title:
                yield f"= {section.number} | {section.title}" + (f" | {section.points}分" if section.points else "")
            for duty in section.duties:
                yield from _duty(duty)
    yield from (f"~ {metric.text}" for metric in checklist.metrics)
    yield from (f"? {doubt.code} {doubt.line}" for doubt in checklist.warnings)


def _duty(duty: Duty) -> Iterator[str]:
    text = duty.text.replace("\n", "/")
    short = text if len(text) <= _SHOWN else f"{text[:12]}…{text[-8:]}"
    marks = [f"{duty.points}分" if duty.points else "", duty.department or "", "general" if duty.general else ""]
    yield " | ".join(part for part in (f"- {duty.number} | {short}", *marks) if part)
    yield from (f"  > {shown_target(target)}" for target in duty.targets)
    yield from (f"  ! {shown_rule(rule)}" for rule in duty.rules)
