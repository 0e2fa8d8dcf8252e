"""A VBA project from source text alone, the way Office reads it from a workbook: [MS-OVBA] §2.2."""

from collections.abc import Sequence
from uuid import NAMESPACE_OID, uuid5

from qingdan_xl.vba.compound import compound_file
from qingdan_xl.vba.compression import compress
from qingdan_xl.vba.dirstream import dir_stream
from qingdan_xl.vba.protection import open_to_everybody
from qingdan_xl.vba.sources import Document, Kind, Module, check_sources, document_module

_NAME = "VBAProject"
# §2.3.4.1: no version of the compiled form, so that Office compiles the sources when it loads them
_NOT_COMPILED = bytes.fromhex("CC61FFFF000000")
_EDITOR = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"  # §2.3.1.18


def vba_project(modules: Sequence[Module], documents: Sequence[Document]) -> bytes:
    """The bytes of vbaProject.bin, the same for the same sources.

    `documents` name the workbook and every sheet by the codeName they have in the workbook's parts.
    Raises ValueError for sources that are not plain ASCII, lines that are too long, and bad or repeated names.
    """
    everything = [*map(document_module, documents), *modules]
    check_sources(everything)
    streams = {module.name: compress(_stored(module)) for module in everything}
    return compound_file(
        {
            "VBA": {"dir": compress(dir_stream(_NAME, everything)), "_VBA_PROJECT": _NOT_COMPILED, **streams},
            "PROJECT": _project(everything),
            "PROJECTwm": _project_wm(everything),
        }
    )


def _stored(module: Module) -> bytes:
    """The text of a module's stream: lines end with CR LF (§2.3.4.3)."""
    return module.source.replace("\n", "\r\n").encode("ascii")


def _project(modules: Sequence[Module]) -> bytes:
    """The PROJECT stream (§2.3.1): modules by kind, no protection, no open windows."""
    project_id = f"{{{uuid5(NAMESPACE_OID, '/'.join(module.name for module in modules))}}}".upper()
    lines = [
        f'ID="{project_id}"',
        *(_declared(module) for module in modules),
        f'Name="{_NAME}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        *(f'{key}="{value}"' for key, value in open_to_everybody(project_id).items()),
        "",
        "[Host Extender Info]",
        _EDITOR,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def _declared(module: Module) -> str:
    """A module's line in the PROJECT stream (§2.3.1.3)."""
    version = "/&H00000000" if module.kind is Kind.DOCUMENT else ""
    return f"{module.kind.value}={module.name}{version}"


def _project_wm(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream (§2.3.3): each module's name in the code page and in UTF-16."""
    names = (f"{module.name}\0".encode("ascii") + f"{module.name}\0".encode("utf-16-le") for module in modules)
    return b"".join(names) + bytes(2)
