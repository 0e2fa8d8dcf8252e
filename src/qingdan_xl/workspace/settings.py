"""qingdan.toml: what one institution does its own way."""

import json
import tomllib
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qingdan_xl.counting.periods import Calendar
from qingdan_xl.model import Origin
from qingdan_xl.problems import UnusableError, problem
from qingdan_xl.sheets.choices import CATEGORIES

# pydantic's error types → what people read
_WHY = {
    "missing": "没有填写",
    "extra_forbidden": "没有这一项设置",
    "int_type": "应填整数",
    "int_parsing": "应填整数",
    "string_type": "应填文字（加引号）",
    "date_type": "应填日期，如 2026-12-20",
    "date_from_datetime_parsing": "应填日期，如 2026-12-20",
    "list_type": '应填列表，如 ["会议"]',
    "tuple_type": '应填列表，如 ["会议"]',
    "greater_than_equal": "数太小",
    "less_than_equal": "数太大",
}


class Lights(BaseModel):
    """[预警]: thresholds in days."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    near_days: Annotated[int, Field(alias="临近天数", ge=0, le=365)] = 30
    about_days: Annotated[int, Field(alias="约数宽限天数", ge=0, le=365)] = 30


class Settings(BaseModel):
    """The whole of qingdan.toml, keys in Chinese."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    year: Annotated[int, Field(alias="年度", ge=2000, le=2099)]
    title: Annotated[str, Field(alias="名称", min_length=1)]
    deadline: Annotated[date, Field(alias="报送期限")]
    lights: Annotated[Lights, Field(alias="预警")] = Lights()
    categories: Annotated[dict[str, tuple[str, ...]], Field(alias="活动类别")] = Field(
        default_factory=lambda: dict(CATEGORIES)
    )

    def calendar(self, as_of: date) -> Calendar:
        """The year with these thresholds, looked at on a day."""
        return Calendar(self.year, as_of, self.lights.about_days, self.lights.near_days)


def read_settings(text: str, file: str) -> Settings:
    """Read qingdan.toml; UnusableError with one `bad-settings` a fault, each naming its key."""
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise UnusableError(problem("bad-settings", Origin(file), key="（全文）", why=f"写法不对：{fault}")) from fault
    except ValidationError as fault:
        raise UnusableError(
            *(
                problem("bad-settings", Origin(file), key=".".join(map(str, error["loc"])), why=_why(error))
                for error in fault.errors()
            )
        ) from fault


def _why(error: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    return _WHY.get(error["type"], f"不能填“{error['input']}”")


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

["预警"]
"临近天数" = 30      # 离期限不超过这么多天，预警显示“临近”
"约数宽限天数" = 30  # “年初”“七一前后”这类约数期限，过后再宽限多少天

# 工作纪实的活动类别 = 归入该类的词；解析清单时按先后次序取第一个相符的类别
["活动类别"]
{categories}
"""
