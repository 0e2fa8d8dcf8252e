"""What 工作台.xlsm calls the verbs and their options: the words of its buttons and settings, declared once."""

import re

CAPTIONS = {
    "init": "新建年度",
    "parse": "解析清单",
    "issue": "下发",
    "collect": "收取",
    "summarize": "汇总",
    "remind": "催办",
    "assess": "考核",
    "report": "报告",
    "status": "刷新",
}
SETTINGS = {
    "-C": "年度文件夹",
    "--as-of": "截至哪一天",
    "--period": "时段",
    "--year": "新年度",
    "--carry": "带入已填内容",
    "--zip": "打成压缩包",
    "--return": "写退改副本",
}
# with the words before it, and what it is run on or for; a verb with an option that has no setting stays a command
_COMMAND = re.compile(
    rf"(?:进入该文件夹，)?(?:运行|用)? ?qingdan (?P<verb>{'|'.join(CAPTIONS)})(?! --)"
    r"(?: (?!后|时|可|或|和)[^\s，。；：、（）]+)?"
)
_OPTION = re.compile(rf" ?(?:'-C' / '--dir'|'?(?P<option>{'|'.join(SETTINGS)})\b'?) ?")
_INSTEAD = {"加 --help 查看用法": "请核对“设置”", "加 --json 查看全部；": ""}


def in_buttons(told: str) -> str:
    """What the program says for a command line, with the buttons to press and the settings to fill instead.

    “请运行 qingdan issue 下发” becomes “请点“下发””, `--as-of` becomes “设置”的“截至哪一天”. What has no button stays.
    """
    pressed = _COMMAND.sub(lambda found: f"点“{CAPTIONS[found['verb']]}”", told)
    for command, button in _INSTEAD.items():
        pressed = pressed.replace(command, button)
    return _OPTION.sub(lambda found: f"“设置”的“{SETTINGS[found['option'] or '-C']}”", pressed)
