"""The command line: one thin command a verb."""

import sys

_STOPPED = "已中止。\n"

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C ends it with a sentence also while it is still being loaded (exit code 1)."""
    try:
        from qingdan_xl.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write(_STOPPED)
        sys.exit(1)
