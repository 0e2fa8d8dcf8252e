"""The marked copies in a folder: named after their units, and taken away again when there is nothing left to mend."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from qingdan_xl.workspace.files import Saved, safe_name, save

_LIST = ".qingdan-copies.json"


class Copies:
    """What lies in a folder of marked copies by its owner: the file's name and the hash of what was written.

    What somebody has changed since is his: it is never taken away.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = _read(folder / _LIST)
        self._written = dict(self._list)

    def put(self, owner: str, name: str, data: bytes) -> Saved:
        """Write an owner's copy under a name of its own, in place of its last one."""
        stem = safe_name(name)
        others = {entry[0].casefold() for other, entry in self._list.items() if other != owner}
        if f"{stem}.xlsx".casefold() in others:
            stem = safe_name(f"{stem}（{owner}）")
        saved = save(self._folder / f"{stem}.xlsx", data)
        if self._list.get(owner, ("",))[0] != saved.path.name:
            self.take_away(owner)
        self._list[owner] = (saved.path.name, sha256(data).hexdigest())
        return saved

    def take_away(self, owner: str) -> None:
        """Take away an owner's copy as it was written, if there is one; one that is open stays until the next time."""
        if owner not in self._list:
            return
        name, written = self._list[owner]
        place = self._folder / name
        try:
            if place.exists() and sha256(place.read_bytes()).hexdigest() == written:
                place.unlink()
        except PermissionError:
            return
        del self._list[owner]

    def write_list(self) -> None:
        """Note for the next time what lies there now."""
        if self._list != self._written:
            save(self._folder / _LIST, json.dumps(self._list, ensure_ascii=False, indent=0).encode())


def _read(path: Path) -> dict[str, tuple[str, str]]:
    """The list of a folder; nothing where there is none, or none that can be read."""
    try:
        found: Mapping[str, tuple[str, str]] = json.loads(path.read_bytes())
        return {owner: (name, written) for owner, (name, written) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
