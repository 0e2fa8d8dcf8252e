"""One zip per parent unit, for whoever hands the workbooks on."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from qingdan_xl.issuing.issue import UnitFile
from qingdan_xl.workspace.files import appearing, distinct_names, safe_name

WITHOUT_PARENT = "无上级单位"


def pack(folder: Path, files: Iterable[UnitFile]) -> tuple[Path, ...]:
    """Pack the workbooks that lie in `folder` into <上级单位>.zip beside them; names are UTF-8; the packages' paths."""
    members: dict[str, list[str]] = defaultdict(list)
    for file in files:
        members[file.unit.parent or WITHOUT_PARENT].append(file.name)
    packages = []
    wished = ((safe_name(parent) or WITHOUT_PARENT, ".zip") for parent in members)
    for title, names in zip(distinct_names(wished), members.values(), strict=True):
        path = folder / title
        with appearing(path) as target, ZipFile(target, "w", ZIP_STORED) as package:  # workbooks are compressed already
            for name in names:
                package.write(folder / name, name)
        packages.append(path)
    return tuple(packages)
