"""qingdan_xl: run responsibility lists (责任清单) in Excel for a whole year."""

__version__ = "0.1.0"
