"""Shop files to open a desk on, made through the ops as another front end would."""

from __future__ import annotations

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, scripts, shelf, show
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store

TITLES = ("长款鹅绒羽绒服", "轻薄羽绒马甲", "羊毛围巾", "断码毛呢大衣")
PRICE, STOCK = 36_900, 100
SCRIPT = "欢迎来到直播间，这一件今天只要{直播价}，还剩{库存}件。" + "摸一下这个面料，又轻又暖，洗了也不变形。" * 60


def make_shop(path, *, theme="秋冬羽绒专场", anchor="小林", operator="阿杰") -> str:
    """Make four products (the last with two sizes), a draft of six segments, a long script; return the session's id."""
    store = Store.open(path, SystemClock())
    try:
        with store.step("Sample") as step:
            for rank, title in enumerate(TITLES, 1):
                sizes = ("S", "M") if rank == len(TITLES) else ("",)
                add_product(step, f"p{rank}", title, rank, sizes)
        now = store.clock.now()
        session = show.create_session(
            store, theme, anchor=anchor, operator=operator, platforms=("douyin", "taobao"),
            planned_start=now, planned_end=now + 3 * 3_600_000, goal_gmv=12_000_000,
        )  # fmt: skip
        queue.add_segment(store, session, Kind.OPENING, "开场")
        queue.add_products(store, session, [f"p{rank}" for rank in range(1, len(TITLES) + 1)])
        queue.add_segment(store, session, Kind.CLOSING, "收尾")
        for segment in queries.segments(store, session)[1:5]:
            scripts.save_script(store, queries.script_id(segment), SCRIPT, title=segment.title)
        shelf.set_listed(store, session, "p1", True)
        return session
    finally:
        store.close()


def make_on_air(path) -> str:
    """Leave a show on air behind, as a crash does, its second segment taken; return its id."""
    session = make_shop(path)
    store = Store.open(path, SystemClock())
    show.go_live(store, session)
    show.take(store, session, queries.segments(store, session)[1].id)
    store.close()
    return session


def add_product(step, product_id, title, rank, sizes=("",)):
    """Add one product with a SKU for each size."""
    role = list(Role)[rank % len(Role)]
    step.insert("products", {"id": product_id, "title": title, "code": f"Y{rank:05}", "role": role, "rank": rank})
    for place, size in enumerate(sizes):
        sku = {"id": f"{product_id}-{place}", "product_id": product_id, "spec": size, "rank": place}
        step.insert("skus", sku | {"live_price": PRICE, "list_price": 59_900, "cost": 100, "stock": STOCK})


def read(path, question):
    """Ask the file itself, past any window."""
    store = Store.open(path, SystemClock())
    try:
        return question(store)
    finally:
        store.close()
