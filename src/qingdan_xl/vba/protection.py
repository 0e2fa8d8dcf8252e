"""The three encrypted values of the PROJECT stream that say a project is open to everybody: [MS-OVBA] §2.4.3."""

_VERSION = 2  # §2.4.3.2
_SEED = 0xA5  # §2.4.3.2: any byte; a fixed one gives the same project each time
_NOT_PROTECTED, _NO_PASSWORD, _VISIBLE = bytes(4), bytes(1), b"\xff"  # §2.3.1.15, §2.3.1.16, §2.3.1.17


def open_to_everybody(project_id: str) -> dict[str, str]:
    """CMG (protection), DPB (password) and GC (visibility) of a project that is neither locked nor hidden.

    `project_id` is the project's id in braces, whose letters are the key.
    """
    values = {"CMG": _NOT_PROTECTED, "DPB": _NO_PASSWORD, "GC": _VISIBLE}
    return {name: _encrypted(value, project_id).hex().upper() for name, value in values.items()}


def _encrypted(data: bytes, project_id: str) -> bytes:
    """Data Encryption (§2.4.3.2): each byte is hidden behind the two encrypted before it and the last plain one."""
    key = sum(project_id.encode("ascii")) & 0xFF
    plain = bytes((_SEED & 6) // 2) + len(data).to_bytes(4, "little") + data
    encrypted = bytearray((_SEED, _SEED ^ _VERSION, _SEED ^ key))
    last = key
    for byte in plain:
        encrypted.append(byte ^ (encrypted[-2] + last & 0xFF))
        last = byte
    return bytes(encrypted)
