"""The templates that come with the program, in words of our own; the office edits them in Word."""

from collections.abc import Callable, Mapping

from qingdan_xl.reports.layout import BODY, HEAD, HEAD_2, SENT_TO, SUBTITLE, TITLE, Sheet

DUTY_REPORT, BULLETIN, NOTICE, RESULT = "述责报告", "通报", "整改通知", "考核结果告知书"
_LEGEND = "图中深绿为已完成，橙色为逾期和欠缺，浅灰为其余已交回的事项。"
_COUNTED = (
    "已完成{{ 完成 }}项，长期坚持{{ 长期 }}项，正常推进{{ 正常 }}项，临近时限{{ 临近 }}项，逾期{{ 逾期 }}项，"
    "次数欠缺{{ 欠缺 }}项，未填报{{ 未填报 }}项，不适用{{ 不适用 }}项，完成率{{ 完成率 }}。"
    "到期的量化要求应完成{{ 到期应完成次数 }}次，实际完成{{ 到期已完成次数 }}次，欠缺{{ 到期欠缺次数 }}次。"
)
_LOGGED = (
    "{% if 活动 %}从工作纪实看，共开展{% for 行 in 活动 %}{{ 行.类别 }}{{ 行.次数 }}次"
    "{% if not loop.last %}、{% endif %}{% endfor %}，合计{{ 活动总次数 }}次。"
    "{% elif 活动总次数 == 0 %}工作纪实没有可计数的记录。"
    "{% else %}从工作纪实看，共开展活动{{ 活动总次数 }}次。{% endif %}"
)
_ISSUES = (
    "问题整改台账登记问题{{ 问题总数 }}个，已整改{{ 问题已整改 }}个，未整改{{ 问题未整改 }}个，"
    "其中超过整改时限{{ 问题逾期 }}个。"
)


def templates() -> Mapping[str, Callable[[], bytes]]:
    """What makes the template of each kind of report."""
    return {DUTY_REPORT: _duty_report, BULLETIN: _bulletin, NOTICE: _notice, RESULT: _result}


def _sections(sheet: Sheet) -> None:
    sheet.table(
        ("板块", "事项", "完成", "滞后", "进度"),
        (60, 16, 16, 16, 48),
        (
            ("{%tr for 行 in 板块 %}",),
            ("{{ 行.名称 }}", "{{ 行.责任事项数 }}", "{{ 行.完成 }}", "{{ 行.滞后 }}", "{{ 行.图 }}"),
            ("{%tr endfor %}",),
        ),
    )
    sheet.add(BODY, _LEGEND)


def _duty_report() -> bytes:
    sheet = Sheet(DUTY_REPORT)
    sheet.add(TITLE, "{{ 年度 }}年度述责报告")
    sheet.add(SUBTITLE, "{{ 单位 }}{% if 姓名 %}　{{ 职务 }}　{{ 姓名 }}{% elif 负责人 %}　{{ 负责人 }}{% endif %}")
    sheet.add(BODY, "按照{{ 名称 }}的要求，现将截至{{ 截至 }}履行责任的情况报告如下。")
    sheet.add(HEAD, "一、总体情况")
    sheet.add(
        BODY,
        "{%p if 交回情况 == '未交回' %}",
        "本单位的填报表尚未交回，以下数字待补。",
        "{%p endif %}",
        f"承担责任事项{{{{ 责任事项数 }}}}项。{_COUNTED}",
        "各板块完成情况如下表。",
    )
    _sections(sheet)
    _work(sheet)
    _shortcomings(sheet)
    sheet.add(HEAD, "四、考核情况")
    sheet.add(
        BODY,
        "{% if 等次 and 等次 != '未评' %}考核得分{{ 得分 }}分（满分{{ 满分 }}分），在{{ 考核组 }}列第{{ 名次 }}名，"
        "等次为{{ 等次 }}（{{ 考核状态 }}）。{% else %}{{ 考核状态 }}。{% endif %}",
    )
    sheet.add(HEAD, "五、下一步打算")
    sheet.add(BODY, "对照上述问题，逐项列出措施，明确专人和时限，按季度核对进度。【请述责人补充具体打算】")
    sheet.sign("{% if 姓名 %}述责人：{{ 姓名 }}{% else %}{{ 单位 }}{% endif %}", "{{ 日期 }}")
    return sheet.to_bytes()


def _work(sheet: Sheet) -> None:
    sheet.add(HEAD, "二、主要工作")
    sheet.add(BODY, _LOGGED, "{%p for 行 in 板块 if 行.完成事项 %}")
    sheet.add(HEAD_2, "（{{ loop.index|汉字 }}）{{ 行.标题 }}")
    sheet.add(
        BODY,
        "{%p for 项 in 行.完成事项|unique(attribute='责任事项') %}",
        "{{ loop.index }}.{{ 项.责任事项|句号 }}{{ 项.进展情况|句号 }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )


def _shortcomings(sheet: Sheet) -> None:
    sheet.add(HEAD, "三、存在问题")
    sheet.add(
        BODY,
        "{%p if not 滞后事项 %}",
        "{% if 滞后 == 0 %}没有逾期和欠缺的事项。{% else %}逾期和欠缺的事项：{{ 滞后 }}项。{% endif %}",
        "{%p endif %}",
        "{%p for 项 in 滞后事项 %}",
        "{{ loop.index }}.{{ 项.责任事项|句号 }}（{{ 项.预警 }}{% if 项.逾期天数 %}{{ 项.逾期天数 }}天{% endif %}："
        "{{ 项.原因|replace('\\n', '；') }}）{% if 项.存在问题 %}{{ 项.存在问题|句号 }}{% endif %}",
        "{%p endfor %}",
        _ISSUES,
    )


def _bulletin() -> bytes:
    sheet = Sheet(BULLETIN)
    sheet.add(TITLE, "关于{{ 年度 }}年度责任落实情况的通报")
    sheet.add(SENT_TO, "各单位：")
    sheet.add(BODY, "根据各单位交回的填报表，现将截至{{ 截至 }}的责任落实情况通报如下。")
    sheet.add(HEAD, "一、总体情况")
    sheet.add(
        BODY,
        "共有{{ 单位总数 }}个单位承担责任事项{{ 责任事项数 }}项。已交回填报表的{{ 已交回单位数 }}个"
        "（其中迟交{{ 迟交单位数 }}个），未交回的{{ 未交回单位数 }}个。未交回的单位不计入以下完成情况。",
        f"交回的{{{{ 交回事项 }}}}项中，{_COUNTED}",
        _LOGGED,
    )
    _sections(sheet)
    _units(sheet)
    _units_behind(sheet)
    sheet.add(HEAD, "四、有关要求")
    sheet.add(
        BODY,
        "（一）未交回填报表的单位，请抓紧报送；交回后又有变化的，按原表更新后重新报送。",
        "（二）有逾期、欠缺事项的单位，请逐项说明原因、定出措施，明确责任人和完成时限。",
        "（三）各单位要如实记录工作纪实，次数以纪实为准，佐证材料留存备查。",
    )
    sheet.sign("【发文单位】", "{{ 日期 }}")
    return sheet.to_bytes()


def _units(sheet: Sheet) -> None:
    sheet.add(HEAD, "二、各单位完成情况")
    sheet.table(
        ("单位", "交回", "事项", "完成", "滞后", "完成率", "进度"),
        (36, 21, 13, 13, 13, 18, 48),
        (
            ("{%tr for 行 in 各单位 %}",),
            (
                *("{{ 行.单位 }}", "{{ 行.交回情况 }}", "{{ 行.责任事项数 }}", "{{ 行.完成 }}", "{{ 行.滞后 }}"),
                *("{{ 行.完成率 }}", "{{ 行.图 }}"),
            ),
            ("{%tr endfor %}",),
        ),
    )
    sheet.add(BODY, _LEGEND)


def _units_behind(sheet: Sheet) -> None:
    sheet.add(HEAD, "三、存在问题")
    sheet.add(
        BODY,
        "{%p if 未交回单位 and 报送期限已过 %}",
        "报送期限为{{ 报送期限 }}，截至统计日仍未交回的有：{% for 行 in 未交回单位 %}{{ 行.单位 }}"
        "{% if not loop.last %}、{% endif %}{% endfor %}。",
        "{%p endif %}",
        "{%p if 滞后单位 %}",
        "有逾期或欠缺事项的有：{% for 行 in 滞后单位 %}{{ 行.单位 }}（逾期{{ 行.逾期 }}项、欠缺{{ 行.欠缺 }}项）"
        "{% if not loop.last %}、{% endif %}{% endfor %}。",
        "{%p endif %}",
        _ISSUES,
    )


def _notice() -> bytes:
    sheet = Sheet(NOTICE)
    sheet.add(TITLE, "责任落实整改通知书")
    sheet.add(SENT_TO, "{{ 单位 }}{% if 姓名 %}{{ 姓名 }}{% endif %}：")
    sheet.add(
        BODY,
        "经核对{{ 名称 }}的落实情况，截至{{ 截至 }}，以下事项需要整改，请逐项办理。",
        "{%p if 交回情况 == '未交回' and 报送期限已过 %}",
        "填报表应于{{ 报送期限 }}前交回，至今没有收到，请立即报送；责任事项的完成情况待交回后核对。",
        "{%p endif %}",
    )
    _late_duties(sheet)
    _open_issues(sheet)
    sheet.add(
        BODY,
        "请于【整改期限】前完成整改，把结果填入填报表的“责任清单”和“问题整改台账”后重新报送；"
        "因客观原因不能按期完成的，请书面说明原因和新的完成时限。",
    )
    sheet.sign("【发文单位】", "{{ 日期 }}")
    sheet.add(BODY, "", "签收人：　　　　　　签收日期：　　年　　月　　日")
    return sheet.to_bytes()


def _late_duties(sheet: Sheet) -> None:
    sheet.add(BODY, "{%p if 滞后事项 %}")
    sheet.add(HEAD, "一、逾期和欠缺的责任事项（{{ 滞后 }}项）")
    sheet.table(
        ("序号", "责任事项", "责任人", "完成时限", "情况"),
        (13, 68, 20, 24, 31),
        (
            ("{%tr for 项 in 滞后事项 %}",),
            (
                *("{{ loop.index }}", "{{ 项.责任事项 }}", "{{ 项.责任人 }}", "{{ 项.完成时限 }}"),
                "{{ 项.预警 }}{% if 项.逾期天数 %}{{ 项.逾期天数 }}天{% endif %}\n{{ 项.原因 }}",
            ),
            ("{%tr endfor %}",),
        ),
    )
    sheet.add(BODY, "{%p endif %}")


def _open_issues(sheet: Sheet) -> None:
    sheet.add(BODY, "{%p if 整改事项 %}")
    sheet.add(HEAD, "{% if 滞后事项 %}二{% else %}一{% endif %}、尚未整改到位的问题（{{ 问题未整改 }}个）")
    sheet.table(
        ("序号", "问题", "整改措施", "责任人", "整改时限", "状态"),
        (13, 50, 36, 18, 22, 17),
        (
            ("{%tr for 项 in 整改事项 %}",),
            (
                *("{{ loop.index }}", "{{ 项.问题 }}", "{{ 项.整改措施 }}", "{{ 项.责任人 }}", "{{ 项.整改时限 }}"),
                "{{ 项.状态 }}{% if 项.预警 == '逾期' %}\n逾期{% endif %}",
            ),
            ("{%tr endfor %}",),
        ),
    )
    sheet.add(BODY, "{%p endif %}")


def _result() -> bytes:
    sheet = Sheet(RESULT)
    sheet.add(TITLE, "{{ 年度 }}年度考核结果告知书")
    sheet.add(SENT_TO, "{{ 单位 }}{% if 姓名 %}{{ 姓名 }}{% endif %}：")
    sheet.add(BODY, "现将{{ 名称 }}的考核结果告知如下。")
    sheet.add(HEAD, "一、考核结果")
    sheet.table(
        ("得分", "满分", "考核组", "名次", "等次"),
        (28, 28, 44, 28, 28),
        (
            (
                *("{{ 得分 }}", "{{ 满分 }}", "{{ 考核组 }}"),
                *("{{ 名次 }}{% if 组内个数 %}/{{ 组内个数 }}{% endif %}", "{{ 等次 }}"),
            ),
        ),
    )
    sheet.add(BODY, "结果状态：{{ 考核状态 }}。{% if 考核说明 %}{{ 考核说明 }}。{% endif %}")
    _parts(sheet)
    _losses(sheet)
    _gains(sheet)
    sheet.add(BODY, "对以上结果有异议的，请在收到本告知书后【几个工作日】内书面申请复核，写明项目、理由和依据。")
    sheet.sign("【告知单位】", "{{ 日期 }}")
    sheet.add(BODY, "", "签收人：　　　　　　签收日期：　　年　　月　　日")
    return sheet.to_bytes()


def _parts(sheet: Sheet) -> None:
    sheet.add(BODY, "{%p if 得分构成 %}")
    sheet.add(HEAD, "二、得分构成")
    sheet.table(
        ("项目", "得分", "说明"),
        (70, 26, 60),
        (("{%tr for 行 in 得分构成 %}",), ("{{ 行.项目 }}", "{{ 行.分数 }}", "{{ 行.原因 }}"), ("{%tr endfor %}",)),
    )
    sheet.add(BODY, "{%p endif %}")


def _losses(sheet: Sheet) -> None:
    sheet.add(BODY, "{%p if 失分 %}")
    sheet.add(HEAD, "{% if 得分构成 %}三{% else %}二{% endif %}、失分情况")
    sheet.table(
        ("项目", "失分", "原因", "出处"),
        (52, 16, 54, 34),
        (
            ("{%tr for 行 in 失分 %}",),
            ("{{ 行.项目 }}", "{{ 行.分数 }}", "{{ 行.原因 }}", "{{ 行.出处 }}"),
            ("{%tr endfor %}",),
        ),
    )
    sheet.add(BODY, "{%p endif %}")


def _gains(sheet: Sheet) -> None:
    sheet.add(BODY, "{%p if 加分 or 待评 or 复核 %}")
    sheet.add(HEAD, "{{ (2 + (1 if 得分构成 else 0) + (1 if 失分 else 0))|汉字 }}、加分、待评和复核")
    for name, words in (("加分", "加"), ("待评", "待评"), ("复核", "调整")):
        sheet.add(BODY, f"{{%p for 行 in {name} %}}")
        points = "" if name == "待评" else f"{words}{{{{ 行.分数 }}}}分，"
        sheet.add(BODY, f"{name}：{{{{ 行.项目 }}}}，{points}{{{{ 行.原因 }}}}。", "{%p endfor %}")
    sheet.add(BODY, "{%p endif %}")
