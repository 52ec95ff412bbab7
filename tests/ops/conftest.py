"""A small shop on disk: three products, a draft session with a queue."""

import pytest

from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, show


@pytest.fixture
def shop(store):
    with store.step("Sample") as step:
        for number, (title, price, cost, stock) in enumerate(
            [("鹅绒羽绒服", 39900, 20000, 20), ("羊毛围巾", 12900, 6000, 300), ("打底裤", 7900, 3000, 143)], 1
        ):
            step.insert("products", {"id": f"p{number}", "title": title, "code": f"Y{number}", "rank": number})
            row = {"id": f"s{number}", "product_id": f"p{number}", "live_price": price, "cost": cost, "stock": stock}
            step.insert("skus", row | {"list_price": price * 2, "floor_price": price})
    return store


@pytest.fixture
def session(shop, clock):
    session_id = show.create_session(shop, "秋冬专场", planned_start=clock.now(), planned_end=clock.now() + 10_800_000)
    queue.add_segment(shop, session_id, Kind.OPENING, "开场", planned_seconds=300)
    queue.add_products(shop, session_id, ["p1", "p2", "p3"])
    queue.add_segment(shop, session_id, Kind.CLOSING, "收尾", planned_seconds=120)
    return session_id
