"""One line of the catalogue of problems."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error keeps something out, a warning wants a look, an info is for the record."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue: `what` is a format string for the problem's context, `advice` says what to do."""

    code: str
    severity: Severity
    what: str
    advice: str


def entries(severity: Severity, *rows: tuple[str, str, str]) -> list[Entry]:
    """Lines of one severity from rows of code, what and advice."""
    return [Entry(code, severity, what, advice) for code, what, advice in rows]
