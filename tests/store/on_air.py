"""The smallest shop that sells: one product of one SKU, and its session on air."""

from liveshop_desk.ops import show


def shop_with_stock(store, stock=20):
    """Return the id of the session on air."""
    with store.step("Sample") as step:
        step.insert("products", {"id": "p1", "title": "鹅绒", "code": "Y9981"})
        step.insert("skus", {"id": "s1", "product_id": "p1", "live_price": 36900, "stock": stock})
    session = show.create_session(store, "场")
    show.go_live(store, session)
    return session
