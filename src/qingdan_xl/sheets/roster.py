"""花名册: the units and the people of one year."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

UNITS = Sheet(
    "units",
    "单位",
    "每个单位一行；类型决定下发哪些角色的清单，考核组决定与谁一起排名",
    (
        Column("id", "单位编号", width=12, editable=True, help="留空则按单位名称自动编号；一经下发请勿改动"),
        Column("name", "单位名称", width=26, aliases=("单位", "名称"), editable=True, required=True),
        Column("kind", "类型", width=14, aliases=("单位类型", "类别"), editable=True, required=True),
        Column("parent", "上级单位", width=22, editable=True),
        Column("group", "考核组", width=14, aliases=("分组",), editable=True),
        Column("contact", "联系人", width=12, editable=True),
        Column("phone", "联系电话", width=16, aliases=("电话",), editable=True),
    ),
    prepared=200,
)

PEOPLE = Sheet(
    "people",
    "人员",
    "每个人一行；角色名称与母表“角色”一致，担任多个角色用顿号分开",
    (
        Column("name", "姓名", width=12, editable=True, required=True),
        Column("unit", "单位", width=26, aliases=("单位名称", "所在单位"), editable=True, required=True),
        Column("title", "职务", width=22, editable=True),
        Column(
            "roles",
            "角色",
            width=34,
            editable=True,
            help="如：党委主要负责人；多个用顿号分开；没有则留空。领导班子等集体的清单按单位下发，不用填",
        ),
        Column("oversees", "分管", Type.LONG, width=34, aliases=("分管工作", "分管领域"), editable=True),
    ),
    prepared=500,
)

ROSTER = (UNITS, PEOPLE)
