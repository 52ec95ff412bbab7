"""Small order files, made up: 抖店, TikTok and a shop's own, and an evening whose orders came in live."""

from datetime import datetime

from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.clock import from_datetime
from liveshop_desk.model.record import Record
from liveshop_desk.ops import show

DOUYIN = [
    "主订单编号", "子订单编号", "选购商品", "商品规格", "商品数量", "商品ID", "商家编码", "商品金额", "订单应付金额",
    "收件人", "收件人手机号", "详细地址", "订单提交时间", "支付完成时间", "订单状态", "售后状态", "达人ID",
]  # fmt: skip
PERSON = ("张三丰", "13812345678", "杭州市某路8号")
START = from_datetime(datetime(2026, 11, 21, 20, 0))  # noqa: DTZ001 - local, as files mean it
HOUR = 3_600_000


def douyin(number, code, amount, minute, *, units="1", status="已发货", after="-", paid=True):
    """One row of a 抖店 export; ids carry the TAB the platform puts before them."""
    when = f"2026/11/21 {20 + minute // 60:02}:{minute % 60:02}:00"
    return [
        f"\t{number}", f"\t{number}", "商品", "默认", units, "\t345678901234567890", code, amount, amount,
        *PERSON, when, when if paid else "", status, after, "",
    ]  # fmt: skip


def evening(store, clock, *orders, end=True, at=START):
    """A show of two hours whose orders a relay told without amount: (number, SKU, minute)."""
    clock.instant = at
    session = show.create_session(store, "秋冬专场", anchor="小林", planned_start=at)
    show.go_live(store, session)
    inlet = Inlet(store, session, moves_stock=True)
    inlet.receive([told(number, sku, minute, at) for number, sku, minute in orders])
    clock.instant = at + 2 * HOUR
    inlet.close()
    if end:
        show.end_show(store, session)
    return session


def told(number, sku, minute, at=START, **more):
    """A relay's word that an order is paid."""
    return Record(
        at + minute * 60_000, "order", "oba", sku=sku, order=number, id=f"{number}#已付款", status="paid", **more
    )
