"""qingdan.toml: what one institution does its own way."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.sheets.choices import CATEGORIES
from qingdan_xl.sheets.declaration import Sheet, Type
from qingdan_xl.sheets.own import OWN_SHEETS, OWN_TYPES, OwnColumn
from qingdan_xl.sheets.styles import LIGHTS
from qingdan_xl.sheets.unit import DUTIES

# pydantic's error types → what people read
_WHY = {
    "missing": "没有填写",
    "extra_forbidden": "没有这一项设置",
    "int_type": "应填整数",
    "int_parsing": "应填整数",
    "bool_type": "应填 true 或 false",
    "string_type": "应填文字（加引号）",
    "date_type": "应填日期，如 2026-12-20",
    "date_from_datetime_parsing": "应填日期，如 2026-12-20",
    "too_short": "没有填写",
    "string_too_long": "太长",
    "list_type": '应填列表，如 ["会议"]',
    "tuple_type": '应填列表，如 ["会议"]',
    "greater_than_equal": "数太小",
    "less_than_equal": "数太大",
}


_LONGEST_HEADING = 20
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_OWN_SHEETS = {sheet.title: sheet for sheet in OWN_SHEETS}


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _one_of(words: Mapping[str, object]) -> Callable[[object], object]:
    """What the settings call by a word; ValueError in Chinese for another word."""

    def lookup(value: object) -> object:
        if value not in words:
            raise ValueError(f"“{value}”不在可填的范围内（{'、'.join(words)}）")
        return words[str(value)]

    return lookup


class Lights(BaseModel):
    """[预警]: thresholds in days, and the colours of the words."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    near_days: Annotated[int, Field(alias="临近天数", ge=0, le=365)] = 30
    about_days: Annotated[int, Field(alias="约数宽限天数", ge=0, le=365)] = 30
    colours: Annotated[dict[str, tuple[str, str]], Field(alias="颜色")] = {}

    @field_validator("colours")
    @classmethod
    def _check(cls, colours: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
        if unknown := [word for word in colours if word not in LIGHTS]:
            raise ValueError(f"没有“{unknown[0]}”这个预警（{'、'.join(LIGHTS)}）")
        if wrong := [colour for pair in colours.values() for colour in pair if not _COLOUR.fullmatch(colour)]:
            raise ValueError(f"“{wrong[0]}”不是颜色，应写成 #F6D5D1 的样子")
        return colours

    @property
    def shades(self) -> dict[str, tuple[str, str]]:
        """Fill and text of each word of 预警."""
        return LIGHTS | self.colours


class OwnColumns(BaseModel):
    """One [[自有列]]: a column of the institution's own, or several of one type."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    headings: Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(alias="列名", min_length=1)]
    type: Annotated[Type, BeforeValidator(_one_of(OWN_TYPES)), Field(alias="类型")] = Type.LONG
    choices: Annotated[tuple[str, ...], Field(alias="选项")] = ()
    sheet: Annotated[Sheet, BeforeValidator(_one_of(_OWN_SHEETS)), Field(alias="工作表")] = DUTIES
    help: Annotated[str, Field(alias="提示", max_length=120)] = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.type is Type.CHOICE) != bool(self.choices):
            raise ValueError("类型是“选项”的要列出“选项”，其他类型不用列")
        taken = {name for column in self.sheet for name in (column.heading, *column.aliases)}
        for heading in self.headings:
            if not heading.strip() or len(heading) > _LONGEST_HEADING or "\n" in heading:
                raise ValueError(f"列名“{heading}”应有 1 到 {_LONGEST_HEADING} 个字")
            if heading in taken:
                raise ValueError(f"“{self.sheet.title}”已有“{heading}”列，请换一个列名")
        return self

    @property
    def columns(self) -> tuple[OwnColumn, ...]:
        """The same as declared columns."""
        return tuple(
            OwnColumn(self.sheet.key, heading, self.type, self.choices, self.help) for heading in self.headings
        )


class Settings(BaseModel):
    """The whole of qingdan.toml, keys in Chinese."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    year: Annotated[int, Field(alias="年度", ge=2000, le=2099)]
    title: Annotated[str, Field(alias="名称", min_length=1)]
    deadline: Annotated[date, Field(alias="报送期限")]
    locked_structure: Annotated[bool, Field(alias="锁定工作簿结构", strict=True)] = True
    self_check: Annotated[bool, Field(alias="一键检查", strict=True)] = False
    lights: Annotated[Lights, Field(alias="预警")] = Lights()
    categories: Annotated[dict[str, tuple[str, ...]], Field(alias="活动类别")] = Field(
        default_factory=lambda: dict(CATEGORIES)
    )

    own_columns: Annotated[tuple[OwnColumns, ...], Field(alias="自有列")] = ()

    @field_validator("own_columns")
    @classmethod
    def _check_own(cls, groups: tuple[OwnColumns, ...]) -> tuple[OwnColumns, ...]:
        counted = Counter((column.sheet, column.heading) for group in groups for column in group.columns)
        if twice := [heading for (_, heading), number in counted.items() if number > 1]:
            raise ValueError(f"同一张表里“{twice[0]}”列设了不止一次")
        return groups

    @property
    def own(self) -> tuple[OwnColumn, ...]:
        """The institution's own columns in order."""
        return tuple(column for group in self.own_columns for column in group.columns)

    def calendar(self, as_of: date) -> Calendar:
        """The year with these thresholds, looked at on a day."""
        return Calendar(self.year, as_of, self.lights.about_days, self.lights.near_days)


def read_settings(text: str, file: str) -> Settings:
    """Read qingdan.toml; UnusableError with one `bad-settings` a fault, each naming its key."""
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise UnusableError(problem("bad-settings", Origin(file), key="（全文）", why=_place(fault))) from fault
    except ValidationError as fault:
        raise UnusableError(
            *(
                problem("bad-settings", Origin(file), key=_key(error["loc"]), why=_why(error))
                for error in fault.errors()
            )
        ) from fault


def _place(fault: tomllib.TOMLDecodeError) -> str:
    """Where TOML stopped understanding; it says so in its English message only."""
    found = re.search(r"at line (\d+), column (\d+)", str(fault))
    return f"第 {found[1]} 行第 {found[2]} 个字附近写法不对" if found else "文件末尾写法不对，可能少了引号或括号"


def _why(error: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return _WHY.get(error["type"], f"不能填“{error['input']}”")


def _key(path: Sequence[int | str]) -> str:
    """Where a setting stands, as people count: 自有列.第1组.类型."""
    return ".".join(f"第{part + 1}组" if isinstance(part, int) else part for part in path)


def settings_text(year: int) -> str:
    """A new year's qingdan.toml, every setting there with a word on what it does."""
    categories = "\n".join(
        f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(words, ensure_ascii=False)}"
        for name, words in CATEGORIES.items()
    )
    return f"""# {year}年度责任清单的设置；改后保存即可，下一条命令起生效
"年度" = {year}
"名称" = "{year}年度责任清单"
"报送期限" = {year}-12-20  # 各单位交回填报表的最后一天，之后交回记为迟报
"锁定工作簿结构" = true  # 各单位不能增删、改名工作表；改成 false 则可以
"一键检查" = false  # 改成 true，填报表带“一键检查”按钮（启用宏的 .xlsm），单位交表前可以自查；不启用宏也照样填

["预警"]
"临近天数" = 30      # 离期限不超过这么多天，预警显示“临近”
"约数宽限天数" = 30  # “年初”“七一前后”这类约数期限，过后再宽限多少天

# 预警的底色和字色，只写要改的
# ["预警"."颜色"]
# "完成" = ["#DCEBF7", "#1F4E79"]

# 工作纪实的活动类别 = 归入该类的词；解析清单时按先后次序取第一个相符的类别
["活动类别"]
{categories}

# 自有列：给填报表加本单位要的列，去掉行首的 # 即可；可写多组
# 类型：文本、日期、数字、选项、勾选；工作表：责任清单（默认）、工作纪实、问题整改台账、廉政风险防控台账、签字背书
# [["自有列"]]
# "列名" = ["有部署", "有要求", "有检查", "有督查", "有落实", "有成效"]
# "类型" = "勾选"
# [["自有列"]]
# "列名" = "完成质量"
# "类型" = "选项"
# "选项" = ["好", "较好", "一般"]
# "工作表" = "责任清单"
# "提示" = "由单位自评"
"""
