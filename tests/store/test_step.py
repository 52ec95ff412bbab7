"""What a step leaves in the journal."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liveshop_desk.store import journal, queries
from liveshop_desk.store.step import RowChange

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
PRICE = st.none() | st.integers(0, 2**62)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT, spec=TEXT, price=PRICE)
def test_any_text_and_number_is_read_back_and_undone_as_it_was(store, title, spec, price):
    row = {"id": "s", "product_id": "p", "spec": "红", "live_price": 36_900}
    with store.step("Clear") as step:
        for table in ("skus", "products"):
            for held in store.rows(f"SELECT id FROM {table}"):
                step.delete(table, held["id"])
    with store.step("Make") as step:
        step.insert("products", {"id": "p", "title": title, "rank": 1})
        step.insert("skus", row)
    with store.step("Edit {item}", item=title) as step:
        changed = step.update("skus", "s", spec=spec, live_price=price)
    if not changed:
        return
    entry = journal.entries(store, 1)[0]
    fields = {"spec": spec, "live_price": price}
    after = {name: value for name, value in fields.items() if row[name] != value}
    assert entry.label == f"Edit {title}"
    assert journal.row_changes(store, entry.id) == [RowChange("skus", "s", {name: row[name] for name in after}, after)]
    journal.undo(store)
    sku = queries.sku(store, "s")
    assert (sku.spec, sku.live_price) == ("红", 36_900)
