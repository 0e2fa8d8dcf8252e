"""What the operating system and SQLite say when they refuse, in Chinese."""

import errno
import sqlite3

_SYSTEM = {
    errno.EACCES: "权限不够，或正被别的程序使用",
    errno.EPERM: "权限不够",
    errno.EROFS: "这个位置只能读、不能写",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "找不到文件或文件夹",
    errno.EEXIST: "同名的文件或文件夹已经存在",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被别的程序使用",
    errno.ELOOP: "链接绕成了圈",
    errno.EXDEV: "不能跨磁盘移动",
    errno.EINVAL: "文件名或路径不合规定",
    errno.ENOMEM: "内存不足",
    errno.ETIMEDOUT: "连接超时",
    errno.ESTALE: "网络文件夹已断开",
}
# what Windows tells more exactly than the number of POSIX that Python makes of it
_WINDOWS = {
    32: "正被别的程序使用",
    33: "正被别的程序使用",
    53: "找不到网络路径",
    59: "网络出错",
    64: "网络连接已断开",
    67: "找不到网络路径",
    121: "网络连接超时",
    123: "文件名或路径不合规定",
    206: "路径太长，请把年度文件夹移到靠近盘符的位置",
    225: "被杀毒软件拦下了",
    1224: "正被别的程序使用",
}
_SQLITE = {
    sqlite3.SQLITE_READONLY: "没有写入权限",
    sqlite3.SQLITE_PERM: "权限不够",
    sqlite3.SQLITE_CANTOPEN: "打不开，权限不够或正被别的程序使用",
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_BUSY: "正被别的程序使用",
    sqlite3.SQLITE_LOCKED: "正被别的程序使用",
}
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY = 0xFF  # SQLite's extended codes carry the plain one in their last byte


def os_reason(fault: OSError) -> str:
    """Why the operating system refused; its number where we have no words for it."""
    windows = getattr(fault, "winerror", None)
    if windows in _WINDOWS:
        return _WINDOWS[windows]
    if fault.errno is None:
        return "原因不明"
    return _SYSTEM.get(fault.errno, f"系统错误 {fault.errno}")


def store_reason(fault: sqlite3.Error) -> str:
    """Why the database could not be opened or written; '' where that is no matter of the disk, but a fault of ours."""
    return _SQLITE.get(_code(fault), "")


def is_damaged(fault: sqlite3.Error) -> bool:
    """Whether the file of the database is no database, or not whole."""
    return _code(fault) in _DAMAGED


def _code(fault: sqlite3.Error) -> int:
    return getattr(fault, "sqlite_errorcode", 0) & _PRIMARY
