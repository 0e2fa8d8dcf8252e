"""What is wrong with a template, in Chinese."""

import re
from collections.abc import Mapping

from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup

_ENDS = {"for": "endfor", "if": "endif", "macro": "endmacro", "set": "endset", "with": "endwith", "filter": "endfilter"}
_SAID = (
    (r"No (?:filter|test) named '(.+?)'", "没有“{0}”这种处理方式"),
    (r"unknown tag '(end\w+)'.*innermost block that needs to be closed is '(\w+)'", "“{1}”还没有结束，不能写“{0}”"),
    (r"Encountered unknown tag '(end\w+|else|elif)'", "“{0}”前面没有对应的开头"),
    (r"Encountered unknown tag '(.+?)'", "不认识“{0}”"),
    (r"unexpected char '(.+?)'", "不能用“{0}”这个字符；引号、括号、逗号要用英文的"),
    (r"unexpected '(.+?)'", "多了或少了“{0}”"),
    (r"expected token '(.+?)', got '(.+?)'", "“{1}”的位置不对"),
)  # fmt: skip
_UNDEFINED = re.compile(r"'([^']+)' is undefined|no attribute '([^']+)'")
_RUN = {
    ZeroDivisionError: "除数是 0",
    TypeError: "文字和数字不能这样计算或比较",
    OverflowError: "数太大",
    RecursionError: "宏里又用到它自己，没有尽头",
    MemoryError: "写出来的太长",
}
_OPENED = re.compile(r"\{%[-+]?\s*(?:p |tr |tc |r )?\s*(\w+)([^%]*)")


def why_syntax(fault: TemplateSyntaxError) -> str:
    """Why Jinja does not understand a template."""
    message = fault.message or ""
    for pattern, words in _SAID:
        if found := re.search(pattern, message, re.DOTALL):
            return words.format(*found.groups())
    return "写法不对，请对照样板检查标点和括号"


def unclosed(source: str) -> tuple[int, str] | None:
    """The line of the innermost block that is never closed, and its words; None where all are."""
    opened: list[tuple[int, str, str]] = []
    for found in _OPENED.finditer(source):
        line, word, rest = source.count("\n", 0, found.start(1)) + 1, found[1], found[2]
        if word in _ENDS and not (word == "set" and "=" in rest):
            opened.append((line, word, f"{word}{rest}".strip()))
        elif opened and word == _ENDS[opened[-1][1]]:
            opened.pop()
    return (opened[-1][0], f"“{opened[-1][2]}”没有结束，少了“{_ENDS[opened[-1][1]]}”") if opened else None


def undefined_name(fault: Exception) -> str:
    """The variable or field that a template asked for in vain; '' for another fault."""
    found = _UNDEFINED.search(str(fault)) if isinstance(fault, UndefinedError) else None
    return (found[1] or found[2]) if found else ""


def why_run(fault: Exception) -> str:
    """Why a template that reads well cannot be filled in."""
    if name := undefined_name(fault):
        return f"没有“{name}”"
    return next((words for kind, words in _RUN.items() if isinstance(fault, kind)), "这里的写法不能计算")


def why_no_text(name: str, value: object) -> str:
    """Why this value of the variable `name` ('' for another one) cannot be written as text."""
    what = f"“{name}”" if name else "这里"
    if isinstance(value, Mapping):
        return f"{what}有几个值，要写明取哪一个：名称后面加英文句点和字段名"
    if isinstance(value, list | tuple):
        return f"{what}是逐项的，要写成循环"
    if isinstance(value, Markup):
        return "宏、set 块里写好的内容只能照写，不能再处理"
    return f"{what}不能写成文字，请写变量名或字段名"


def run_line(fault: BaseException) -> int:
    """The line of the template in which filling in stopped; 0 where it is not known."""
    line, step = 0, fault.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line
