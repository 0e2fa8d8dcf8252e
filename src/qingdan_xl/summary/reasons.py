"""Why a duty is late or about to be, in words."""

from qingdan_xl.counting.lights import NEAR, OVERDUE, SHORT
from qingdan_xl.counting.progress import TargetProgress, labels, shortage
from qingdan_xl.summary.standing import Standing


def reason(standing: Standing, near_days: int) -> str:
    """What the light of a duty is for: the date or the periods behind it; '' where nothing is late or near."""
    if standing.light == OVERDUE:
        return "完成时限已过，尚未完成"
    if standing.light == SHORT:
        return "\n".join(shortage(target) for target in standing.targets if target.short)
    if standing.light == NEAR:
        windows = [_near(target, near_days) for target in standing.targets if target.near(near_days)]
        return "\n".join(windows) or "完成时限将到，尚未完成"
    return ""


def _near(target: TargetProgress, near_days: int) -> str:
    windows = target.near(near_days)
    left = sum(window.required - window.done for window in windows)
    return f"{target.target.category}：{labels([near.window for near in windows])}将到期，还差{left}次"
