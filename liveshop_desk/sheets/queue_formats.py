"""Header names of a 排品表, the shop's own table of an evening."""

from __future__ import annotations

from liveshop_desk.i18n import mark
from liveshop_desk.sheets.headers import Format
from liveshop_desk.sheets.products_formats import LABELS, OWN_NAMES
from liveshop_desk.sheets.wordlists import names

NAMES = (
    OWN_NAMES
    | {"title": (*OWN_NAMES["title"], "内容", "环节内容", "流程内容", "环节名称", "主题", "name")}
    | names(
        """
        number: 顺序 | 序号 | 排序 | 次序 | 讲解顺序 | no | no. | # | order | seq | number
        segment: 环节 | 环节类型 | 流程 | 板块 | 流程环节 | 阶段 | segment | segment type | kind | part
        slot: 时间段 | 时间 | 起止时间 | 时段 | 开始时间 | 计划开始 | 计划时间 | 预计时间 | 开始 | start |
            start time | time | time slot
        script: 话术 | 话术要点 | 台词 | 讲解话术 | 主播话术 | 口播 | 口播稿 | script | talking points | lines
        note: 备注 | 说明 | 注意事项 | remark | remarks | note | notes
        """
    )
)

QUEUE = Format(
    "own",
    NAMES,
    (("title", "product_code", "product_id", "sku_code", "segment"),),
    LABELS | {"segment": mark("segment"), "number": mark("place in the queue"), "slot": mark("time")},
    loose=True,
)
