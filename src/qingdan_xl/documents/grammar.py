"""The grammar of quantified demands as one table: each row with the phrasings it reads, which are its tests too.

An example is written `text -> demands`, demands parted by blanks: `>=2次/year`, `<=3次/month`, `>=60%/year`;
`1/half_year` is an event without a number; a date is added behind @ (`1/year@12-31`); `-` demands nothing.
"""

import re
from dataclasses import dataclass

from qingdan_xl.documents.numerals import NUMBER

_N = NUMBER
_TO = "[-—–－~～至到]"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the grammar: `part` says what it reads, `means` what it stands for (a period, a bound, a date)."""

    part: str
    means: str
    regex: str
    examples: tuple[str, ...] = ()


# Units of what happens so many times; the lookaheads keep 场所, 期间, 轮岗 and the like out.
TIMES = (
    "次(?!序)|场次|场(?![所地景合馆内外])|期(?![间末限满内])|节课|节(?![假日点约能水])|堂课|堂|轮(?![岗换训流])|"
    "回(?![访复])|遍(?!布)|趟"
)
_OTHERS = (
    "人次|件次|家次|户次|批次|个百分点|百分点|个工作日|个小时|个学时|个课时|个月|分钟|小时|"
    "学时|课时|公里|千米|平方米|亿元|微克|毫克|千克|克|公斤|毫升|万元|万字|万亩|万人次|万人|万株|元|"
    "字|篇|份|条|件|项|个|名|人|家|户|支|所|处|例|批|起|组|本|部|册|张|块|台|套|门|幅|期|"
    "天|日|年|周|学分|村|校|点|棵|株|亩|吨|只|头|位|对|种|类"
)
UNITS = f"{TIMES}|万?(?:{_OTHERS})"

GRAMMAR: tuple[Pattern, ...] = (
    # The period a demand repeats in; the first that stands in a clause counts, else that of the clauses before it.
    Pattern(
        "period",
        "half_year",
        r"每(?:个)?(?:半年度?|学期)(?:或(?:每?一?年))?|(?:上半年|上、下半年|上下半年)(?:、|和|"
        r"及|与)?(?:下半年)?(?=各)|按半年|半年(?=至少|不少于|[一1两二2]次)|每(?:6|六)个月",
        (
            "党委每半年专题研究一次安全工作 -> >=1次/half_year",
            "每学期开展2次应急疏散演练 -> >=2次/half_year",
            "上半年和下半年各开展1次体检 -> >=1次/half_year",
        ),
    ),
    Pattern(
        "period",
        "quarter",
        r"每(?:个)?季度?(?:或(?:每)?(?:半年|年))?(?:度)?(?!节)|按季度?(?=[^节])|逐季|(?<![第一二三四1-4])一?季度(?=至少|"
        rf"不少于|{_N}次)|每(?:3|三)个月",
        (
            "每季度至少开展一次巡查 -> >=1次/quarter",
            "至少每季度一次 -> >=1次/quarter",
            "每季度或半年召开一次例会 -> >=1次/quarter",
            "按季度上报台账 -> 1/quarter",
        ),
    ),
    Pattern(
        "period",
        "none",
        r"每(?:隔)?(?:[两二三四五六七八九十]|[2-9２-９]|1[0-9])个?(?:年|季度|月|周|星期|天|日)|"
        r"每(?:个)?旬|每届|任期内|每(?:隔)?[0-9]+个?(?:小时|工作日)",
        ("每三年至少轮训1次 -> >=1次/none", "每两个月召开一次会议 -> >=1次/none", "任期内至少走访2次 -> >=2次/none"),
    ),
    Pattern(
        "period",
        "year",
        r"每(?:一)?(?:个)?(?:自然年|学年|年度?)(?!级)|按年度?(?=[^龄])|一年(?=至少|不少于|[一1两二2三3四4]次)",
        (
            "每年至少组织1次应急演练 -> >=1次/year",
            "每学年听课不少于20节 -> >=20节/year",
            "每年向理事会专题报告 -> 1/year",
            "每年级至少一个班 -> >=1个/none",
        ),
    ),
    Pattern(
        "period",
        "month",
        r"每(?:一)?(?:个)?月份?|按月|逐月|(?<![0-9０-９一二三四五六七八九十])一个?月(?=至少|不少于|"
        r"[一1两二2三3四4]次)|月均",
        (
            "每月巡河不少于4次 -> >=4次/month",
            "3月至12月每月开展1次集中学习 -> >=1次/month",
            "按月公示收支 -> 1/month",
            "每月5日前报送台账 -> 1/month",
        ),
    ),
    Pattern(
        "period",
        "week",
        r"每(?:一)?(?:个)?(?:周|星期)(?!岁)|一周(?=至少|不少于|[一1两二2三3四4]次)|按周",
        ("每周检查灭火器一次 -> >=1次/week",),
    ),
    Pattern(
        "period",
        "day",
        r"每(?:个)?(?:天|日|班次|工作日|晚|班)(?!常)|按日|日均",
        ("每日巡查不少于2次 -> >=2次/day", "每天测量体温 -> 1/day"),
    ),
    Pattern(
        "span",
        "year",
        r"全年(?!级)|(?<![一-龥0-9])年(?=培训|累计|参加|接待|开展|组织|检查|完成)|年度内|本年度内?|年内|今年内?|本年内?|当年|一年内|年均|(?<=本)年度(?=至少|"
        r"不少于)|年度(?=[^，。；]{0,6}(?:不少于|至少|不低于))",
        (
            "全年累计学习不少于12次 -> >=12次/year",
            "今年80%以上班组要达到标准 -> >=80%/year",
            "年内至少两次研究环保工作 -> >=2次/year",
        ),
    ),
    Pattern(
        "event",
        "none",
        r"每(?:次|场|期|节|堂|回|轮|餐|样|趟|批次?)",
        ("每月学习1次，每次不少于半天 -> >=1次/month >=0.5天/none", "每次不少于30分钟 -> >=30分钟/none"),
    ),
    # Dates. `{m}` and `{d}` are the month and the day; ~ says about.
    Pattern(
        "due",
        "month-day",
        rf"(?P<m>{_N})月(?:份)?(?P<d>{_N})[日号](?:之?前|以前|底?前|止)|(?P<m1>{_N})月(?P<d1>{_N})[日号](?=(?:之?前|"
        rf"以前)?(?:、|和|及|与)[^，。；]{{1,9}}[日号](?:之?前|以前))",
        ("每年1月31日前和7月31日前分别书面报告 -> 2/year@01-31,07-31", "12月20日前报送总结 -> 1/none@12-20"),
    ),
    Pattern(
        "due",
        "month-end",
        rf"(?P<m>{_N})月(?:份)?(?:月)?[底末](?:之?前|以前)?",
        ("四月底前完成排查 -> 1/none@04-30", "每年11月底前开展1次评议 -> >=1次/year@11-30"),
    ),
    Pattern(
        "due",
        "about-month",
        rf"(?:(?:{_N}){_TO})?(?P<m>{_N})月份?(?=[^日号0-9一二三四五六七八九十底末至到—-]{{0,1}}(?:开展|"
        rf"组织|召开|进行|举办|完成|报送|制定|启动|集中|对))|(?P<m1>{_N})月份?(?=(?:、|和|及|与){_N}月份?(?:各|分别))|"
        rf"(?P<m2>{_N})月份?(?=各|分别)",
        ("每年3-4月开展1次消防检查 -> >=1次/year@~04-30", "每年3月和9月各组织一次大检修 -> >=1次/year@~03-31,~09-30"),
    ),
    Pattern(
        "due",
        "third-of-month",
        rf"(?P<m>{_N})月(?:份)?(?P<t>[上中下])旬(?:之?前|以前)?",
        ("12月上旬完成考核 -> 1/none@~12-10",),
    ),
    Pattern(
        "due",
        "12-31",
        r"(?:每年)?(?:年|岁)[底末](?:之?前|以前)|年度结束前",
        ("每年年底前提交述职报告 -> 1/year@12-31", "年底前完成整改 -> 1/year@12-31"),
    ),
    Pattern(
        "due",
        "~12-31",
        r"年[终底末](?!总结报告|考核结果|奖|绩效|考核[不为])|岁末",
        ("年终形成分析报告 -> 1/year@~12-31",),
    ),
    Pattern(
        "due", "~01-01", r"(?<!上)年初(?!制定的|确定的|签订的|下达的)|岁初", ("年初制定工作计划 -> 1/year@~01-01",)
    ),
    Pattern("due", "~06-30", r"年中(?=[^心])", ("年中召开1次推进会 -> >=1次/year@~06-30",)),
    Pattern(
        "due",
        "06-30",
        r"上半年(?!(?:、|和|及|与)?下半年)(?=[^，。；]{0,8}(?:完成|开展|组织|召开|进行))(?:之?前|"
        r"以前|结束前|内)?",
        (),
    ),
    Pattern(
        "due",
        "quarter-end",
        r"(?:第(?P<q>[一二三四1-4])|(?<![每0-9一二三四])(?P<q1>[一二三四]))季度(?:末|结束)?(?:之?前|"
        r"以前|内|底前)?(?=[^，。；]{0,10}(?:完成|开展|组织|召开|进行|制定|报))",
        ("第一季度完成风险排查 -> 1/none@03-31",),
    ),
    Pattern(
        "due",
        "festival",
        r"[“\"「]?(?P<f>七一|八一|五四|三八|十一|元旦|国庆节?|五一|六一|教师节|护士节)[”\"」]?(?P<near>前后|"
        r"期间|前夕|前|之前)",
        ("“七一”前后，组织1次专题党课 -> >=1次/none@~07-01", "五四前后开展主题活动 -> 1/none@~05-04"),
    ),
    # Bounds: a word before the number, or behind it.
    Pattern(
        "at-least",
        "before",
        r"至少|不少于|不低于|不得少于|不得低于|不能少于|最少|最低|不小于|不短于|不得短于|应达|"
        r"达到|达|保持在|保证|确保|力争|≥|大于(?:等于)?|超过(?<!不超过)(?<!不得超过)(?<!不能超过)|"
        r"高于(?<!不高于)(?<!不得高于)",
        (
            "学习时间不少于30分钟 -> >=30分钟/none",
            "满意率达到95% -> >=95%/none",
            "每年至少主持召开2次会议 -> >=2次/year",
        ),
    ),
    Pattern(
        "at-least",
        "behind",
        r"(?:及|\(含\)|（含）|或)?以上",
        ("每年开展家访2次以上 -> >=2次/year", "全年60%以上村要达标 -> >=60%/year"),
    ),
    Pattern(
        "at-most",
        "before",
        r"不超过|不得超过|不能超过|不多于|不得多于|不大于|不高于|不得高于|至多|最多|最高|控制在|"
        r"≤|低于(?<!不低于)(?<!不得低于)|小于(?<!不小于)",
        ("全年会议不超过3次 -> <=3次/year", "投诉率控制在2%以内 -> <=2%/none"),
    ),
    Pattern("at-most", "behind", r"(?:及)?以[内下]", ("每月外出3次以内 -> <=3次/month",)),
    Pattern(
        "amount",
        "share",
        r"(?P<n>[0-9０-９]+(?:[.．][0-9０-９]+)?)[%％‰]|百分之(?P<c>[一二三四五六七八九十百零]+)|"
        r"(?P<w>百分百)",
        ("合格率不低于百分之三十 -> >=30%/none", "签订率100% -> >=100%/none"),
    ),
    Pattern(
        "amount",
        "count",
        rf"(?P<n>{_N})(?:{_TO}{_N})?余?(?P<u>{UNITS})(?![一-龥]*年级)",
        (
            "引进企业1家 -> >=1家/none",
            "落实例会制度，每月召开1次支委会、每季度上1次党课 -> >=1次/month >=1次/quarter",
            "原则上每年1次，一般安排在年底 -> >=1次/year@~12-31",
            "实行一年一考核、两年一轮岗制度 -> -",
            "每年甲不少于2次，乙不少于1次，丙不少于4次 -> >=2次/year >=1次/year >=4次/year",
            "每半年听取科室汇报；听取班组汇报 -> 1/half_year 1/half_year",
            "每季度走访10户 -> >=10户/quarter",
        ),
    ),
    # What holds a number or a period and yet demands nothing.
    Pattern(
        "not",
        "penalty",
        r"扣|不得分|不计分|[得计]满分|得\s*[0０零]\s*分|加\s*[0-9０-９.．]+\s*分|(?<!不)(?<!不得)(?<!不能)少于|"
        r"每(?:少|缺|漏|迟|逾期|超|低|高|下降|降低|提高|增加|上升|发现|发生|有|出现|再)|未达|达不到|"
        r"不足|不满|(?<!不)(?<!不得)(?<!不能)低于[^，。；]{1,8}的|罚款",
        ("少于4次扣1分 -> -", "每少一次扣0.5分 -> -", "全年不足6次的不得分 -> -"),
    ),
    Pattern(
        "not",
        "award",
        r"[得计记]\s*[0-9０-９.．]+\s*分",
        ("每季度开展义诊1次得10分 -> >=1次/quarter", "建档率达到90%得15分，80%以上得10分 -> >=90%/none"),
    ),
    Pattern(
        "not",
        "trigger",
        r"连续(?![^，。；]{0,10}不(?:得)?超过)|[一-龥%％\d][的者](?:[，,；;：:]|$)|造成|死亡|重伤|事故[^率，。]{0,4}$|处(?:以|"
        r"罚)|有期徒刑|工作(?:满|经历)|年龄|周岁|近[一二两三几\d]+年|过去|上一?年度?(?=受|被|获)",
        ("连续两年排名末位 -> -", "全年缺席3次以上的，通报批评 -> -"),
    ),
    Pattern(
        "not",
        "relative",
        r"内|之内|前|之前|后|之后|以后",
        ("事发后10日内报告 -> -", "自收到之日起十个工作日内办结 -> -"),
    ),
)


def regex_of(part: str, means: str | None = None) -> re.Pattern[str]:
    """One regular expression for all rows of a part (and meaning) of the table."""
    rows = [row.regex for row in GRAMMAR if row.part == part and means in {None, row.means}]
    return re.compile("|".join(f"(?:{row})" for row in rows))


def rows_of(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of a part as (meaning, regular expression), in the order of the table."""
    return tuple((row.means, re.compile(row.regex)) for row in GRAMMAR if row.part == part)
