"""下发清单: what was sent out in one batch."""

from qingdan_xl.sheets.declaration import Column, Sheet, Type

MANIFEST = Sheet(
    "manifest",
    "下发清单",
    "本批次下发的每个填报表一行；把“文件”发给“联系人”即可",
    (
        Column("unit_id", "单位编号", width=12),
        Column("unit", "单位", width=24),
        Column("kind", "类型", width=12),
        Column("parent", "上级单位", width=20),
        Column("file", "文件", Type.LONG, width=40),
        Column("sheets", "清单张数", Type.COUNT, width=10),
        Column("duties", "事项数", Type.COUNT, width=10),
        Column("contact", "联系人", width=12),
        Column("phone", "联系电话", width=16),
        Column("sha256", "文件指纹（SHA-256）", width=70),
    ),
)
