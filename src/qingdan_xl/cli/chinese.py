"""Click's own words in Chinese.

Click looks every word up through the gettext function each of its modules imported; putting ours there needs neither
a compiled catalogue file nor a Chinese locale on the machine.
"""

import sys
from types import ModuleType

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本帮助。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s 版本 %(version)s",
    "Aborted!": "已中止。",
    "Missing command.": "缺少命令。",
    "default: {default}": "默认：{default}",
    "Got unexpected extra argument ({args})": "多出了参数（{args}）",
    "Got unexpected extra arguments ({args})": "多出了参数（{args}）",
    "Option {name!r} does not take a value.": "选项 {name} 后面不接内容。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要接内容。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要接 {nargs} 项内容。",
    "Error: {message}": "错误：{message}",
    "Invalid value: {message}": "内容不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的内容不对：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是：{possibilities}？）",
    "{name} {filename!r} does not exist.": "{name} {filename} 不存在。",
    "{name} {filename!r} is a file.": "{name} {filename} 是文件，不是文件夹。",
    "{name} {filename!r} is a directory.": "{name} {filename} 是文件夹，不是文件。",
    "{name} {filename!r} is not readable.": "{name} {filename} 没有读取权限。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{value!r} is not {choice}.": "{value} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value} 不在可选项内：{choices}。",
    "{value!r} does not match the format {format}.": "{value} 不是日期，请写成 2026-12-31 的样子。",
    "{value!r} does not match the formats {formats}.": "{value} 不是日期，请写成 2026-12-31 的样子。",
    "{value!r} is not a valid {number_type}.": "{value} 不是数字。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
}


def _translate(text: str) -> str:
    return _WORDS.get(text, text)


def _translate_plural(one: str, many: str, number: int) -> str:
    return _translate(one if number == 1 else many)


def speak_chinese(package: ModuleType) -> None:
    """Give every loaded module of click our words."""
    for name, module in list(sys.modules.items()):
        if name == package.__name__ or name.startswith(f"{package.__name__}."):
            for attribute, function in (("_", _translate), ("ngettext", _translate_plural)):
                if hasattr(module, attribute):
                    setattr(module, attribute, function)
