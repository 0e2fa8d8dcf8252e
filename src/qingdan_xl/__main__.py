"""`python -m qingdan_xl`: the same as the command `qingdan`."""

from qingdan_xl.cli import main

main()
