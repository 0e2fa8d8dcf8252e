"""The templates that come with the program, in words of our own; the office edits them in Word."""

from collections.abc import Callable, Mapping

from qingdan_xl.reports.layout import BODY, HEAD, HEAD_2, SENT_TO, SUBTITLE, TITLE, Sheet

DUTY_REPORT, BULLETIN, NOTICE, RESULT = "述责报告", "通报", "整改通知", "考核结果告知书"
_LEGEND = "图中深绿为已完成，橙色为逾期和欠缺，浅灰为其余已交回的事项。"
_RECEIVED = "签收人：　　　　　　签收日期：　　年　　月　　日"
_COUNTED = "{{ 进度 }}。{% if 量化情况 %}{{ 量化情况 }}。{% endif %}"
_IF_LOGGED = "{%p if not 活动总次数 == 0 %}"  # an unknown number is no zero: it is to be filled in
_LOGGED = (
    "从工作纪实看，共开展"
    "{% for 行 in 活动 %}{{ 行.类别 }}{{ 行.次数 }}次{% if not loop.last %}、{% endif %}{% endfor %}"
    "{% if 活动|length > 1 %}，合计{{ 活动总次数 }}次{% elif not 活动 %}活动{{ 活动总次数 }}次{% endif %}。"
)
_IF_RANKED = "{% if 名次 %}"


def templates() -> Mapping[str, Callable[[], bytes]]:
    """What makes the template of each kind of report."""
    return {DUTY_REPORT: _duty_report, BULLETIN: _bulletin, NOTICE: _notice, RESULT: _result}


def _sections(sheet: Sheet) -> None:
    sheet.table(
        ("板块", "事项", "完成", "滞后", "进度"),
        (60, 16, 16, 16, 48),
        (
            ("{%tr for 行 in 分表 %}",),
            ("{{ 行.名称 }}", "{{ 行.责任事项数 }}", "{{ 行.完成 }}", "{{ 行.滞后 }}", "{{ 行.图 }}"),
            ("{%tr endfor %}",),
        ),
    )
    sheet.add(BODY, _LEGEND)


def _duty_report() -> bytes:
    sheet = Sheet(DUTY_REPORT)
    sheet.add(TITLE, "{{ 年度 }}年度述责报告")
    sheet.add(SUBTITLE, "{{ 单位 }}{% if 职务 %}　{{ 职务 }}{% endif %}{% if 述责人 %}　{{ 述责人 }}{% endif %}")
    sheet.add(BODY, "按照{{ 名称 }}的要求，现将截至{{ 截至 }}履行责任的情况报告如下。")
    sheet.add(HEAD, "一、总体情况")
    sheet.add(
        BODY,
        "{%p if 交回情况 == '未交回' %}",
        "填报表尚未交回，以下数字待补。",
        "{%p endif %}",
        f"承担责任事项{{{{ 责任事项数 }}}}项，其中{_COUNTED}各板块完成情况如下表。",
    )
    _sections(sheet)
    _work(sheet)
    _shortcomings(sheet)
    _score(sheet)
    sheet.add(HEAD, f"{_IF_RANKED}五{{% else %}}四{{% endif %}}、下一步打算")
    sheet.add(
        BODY,
        "{% if 有问题 %}对照上述问题，逐项列出措施，明确专人和时限，按季度核对进度。{% endif %}"
        "【请述责人补充具体打算】",
    )
    sheet.sign("{% if 述责人 %}述责人：{{ 述责人 }}{% else %}{{ 单位 }}{% endif %}", "{{ 日期 }}")
    return sheet.to_bytes()


def _work(sheet: Sheet) -> None:
    """What was done, list by list; of lists that everybody has alone, the unit says how far each is."""
    sheet.add(HEAD, "二、主要工作")
    sheet.add(
        BODY,
        _IF_LOGGED,
        _LOGGED,
        "{%p endif %}",
        "{%p for 单 in 清单 if 单.合并完成事项 or 单.个人清单 and not 述责人 %}",
        "{%p if loop.length > 1 %}",
    )
    sheet.add(HEAD_2, "（{{ loop.index|汉字 }}）{{ 单.名称 }}")
    sheet.add(
        BODY,
        "{%p endif %}",
        "{%p if 单.个人清单 and not 述责人 %}",
        "{%p for 人 in 单.各人 %}",
        "{{ 人.姓名 }}承担责任事项{{ 人.责任事项数 }}项，其中{{ 人.进度 }}。",
        "{%p endfor %}",
        "{%p else %}",
        "{%p for 项 in 单.合并完成事项 %}",
        "{{ loop.index }}.{{ 项.概要|句号 }}{% if 项.进展情况 %}进展：{{ 项.进展情况|句号 }}{% endif %}",
        "{%p endfor %}",
        "{%p endif %}",
        "{%p endfor %}",
    )


def _shortcomings(sheet: Sheet) -> None:
    sheet.add(HEAD, "三、存在问题")
    sheet.add(
        BODY,
        "{%p if not 滞后事项 %}",
        "{% if 滞后 == 0 %}没有逾期和欠缺的事项。{% else %}逾期和欠缺的事项：{{ 滞后 }}项。{% endif %}",
        "{%p endif %}",
        "{%p for 项 in 合并滞后事项 %}",
        "{{ loop.index }}.{{ 项.概要|句号 }}{{ 项.滞后情况|句号 }}{{ 项.存在问题|句号 }}",
        "{%p endfor %}",
        "{%p if 整改情况 %}",
        "{{ 整改情况 }}。",
        "{%p endif %}",
        "{%p if not 有问题 %}",
        "【请述责人对照职责补充存在的问题】",
        "{%p endif %}",
    )


def _score(sheet: Sheet) -> None:
    sheet.add(BODY, _IF_RANKED.replace("{%", "{%p"))
    sheet.add(HEAD, "四、考核情况")
    sheet.add(
        BODY,
        "考核得分{{ 得分 }}分（满分{{ 满分 }}分），"
        "{% if 考核组 %}在{{ 考核组 }}{% else %}在未分组的{{ 组内个数 }}个考核对象中{% endif %}列第{{ 名次 }}名，"
        "等次为{{ 等次 }}（{{ 考核状态 }}）。",
        "{%p endif %}",
    )


def _bulletin() -> bytes:
    sheet = Sheet(BULLETIN)
    sheet.add(TITLE, "关于{{ 年度 }}年度责任落实情况的通报")
    sheet.add(SENT_TO, "各单位：")
    sheet.add(BODY, "根据各单位交回的填报表，现将截至{{ 截至 }}的责任落实情况通报如下。")
    sheet.add(HEAD, "一、总体情况")
    sheet.add(
        BODY,
        "共有{{ 单位总数 }}个单位承担责任事项{{ 责任事项数 }}项。"
        "{% if 未交回单位 %}已交回填报表的{{ 已交回单位数 }}个{% else %}填报表已全部交回{% endif %}"
        "{% if 迟交单位数 > 0 %}（其中迟交{{ 迟交单位数 }}个）{% endif %}"
        "{% if 未交回单位 %}，未交回的{{ 未交回单位数 }}个。未交回的单位不计入以下完成情况{% endif %}。",
        f"交回的{{{{ 交回事项 }}}}项中，{_COUNTED}",
        _IF_LOGGED,
        _LOGGED,
        "{%p endif %}",
        "各板块完成情况如下表。",
    )
    _sections(sheet)
    _units(sheet)
    _units_behind(sheet)
    sheet.add(HEAD, "{% if 有问题 or 整改情况 %}四{% else %}三{% endif %}、有关要求")
    sheet.add(
        BODY,
        "{% if 未交回单位 and 报送期限已过 %}未交回填报表的单位，请抓紧报送。{% endif %}"
        "{% if 滞后单位 %}有逾期、欠缺事项的单位，请逐项说明原因、定出措施，明确责任人和完成时限。{% endif %}"
        "各单位要如实记录工作纪实，次数以纪实为准，佐证材料留存备查；交回后又有变化的，按原表更新后重新报送。",
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


def _units_behind(sheet: Sheet) -> None:
    sheet.add(BODY, "{%p if 有问题 or 整改情况 %}")
    sheet.add(HEAD, "三、存在问题")
    sheet.add(
        BODY,
        "{%p if 未交回单位 and 报送期限已过 %}",
        "报送期限为{{ 报送期限 }}，截至统计日仍未交回的有：{% for 行 in 未交回单位 %}{{ 行.单位 }}"
        "{% if not loop.last %}、{% endif %}{% endfor %}。",
        "{%p endif %}",
        "{%p if 滞后单位 %}",
        "有逾期或欠缺事项的有：{% for 行 in 滞后单位 %}{{ 行.单位 }}（{{ 行.滞后情况 }}）"
        "{% if not loop.last %}、{% endif %}{% endfor %}。",
        "{%p endif %}",
        "{%p if 整改情况 %}",
        "{{ 整改情况 }}。",
        "{%p endif %}",
        "{%p endif %}",
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
        "{% if 滞后 == 0 and 问题未整改 == 问题未到期 %}请按所列整改时限完成整改"
        "{% else %}请于【整改期限】前完成整改{% if 问题未到期 > 0 %}，整改时限未到的问题按所列时限完成{% endif %}"
        "{% endif %}，把结果填入填报表后重新报送；因客观原因不能按期完成的，请书面说明原因和新的完成时限。",
    )
    sheet.sign("【发文单位】", "{{ 日期 }}")
    sheet.acknowledge(_RECEIVED)
    return sheet.to_bytes()


def _late_duties(sheet: Sheet) -> None:
    sheet.add(BODY, "{%p if 滞后事项 %}")
    sheet.add(HEAD, "一、逾期和欠缺的责任事项（{{ 滞后 }}项）")
    sheet.table(
        ("序号", "责任事项", "责任人", "应完成日", "情况"),
        (13, 68, 20, 24, 31),
        (
            ("{%tr for 项 in 滞后事项 %}",),
            (
                *("{{ loop.index }}", "{{ 项.责任事项 }}", "{{ 项.责任人 or 项.角色 }}", "{{ 项.应完成日 }}"),
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
                *("{{ 得分 }}", "{{ 满分 }}", "{{ 考核组 or '未分组' }}"),
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
    sheet.acknowledge(_RECEIVED)
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
