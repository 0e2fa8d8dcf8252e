"""The formats a document may come in: `read_source` takes a file's name and bytes and gives its `Source`."""

from qingdan_xl.documents.formats.reading import read_source

__all__ = ["read_source"]
