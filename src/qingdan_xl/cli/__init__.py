"""The command line: one thin command a verb."""

from qingdan_xl.cli.app import main

__all__ = ["main"]
