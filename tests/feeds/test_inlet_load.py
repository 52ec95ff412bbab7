"""A minute at 5 000 records a second with a burst of 20 000: nothing is lost, and what is held does not grow."""

from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.record import Record
from liveshop_desk.model.seen import WINDOW
from liveshop_desk.ops import show

TICK_MS = 200


def records(first, n, at):
    return [
        Record(at + place * TICK_MS // n, "enter", "relay", id=f"r{first + place}")
        if (first + place) % 50
        else Record(at, "order", "relay", sku="x", quantity=1, amount=100, order=str(first + place))
        for place in range(n)
    ]


def test_nothing_is_lost_and_nothing_piles_up(store, clock):
    session = show.create_session(store, "场")
    show.go_live(store, session)
    inlet, sent = Inlet(store, session, moves_stock=True), 0
    for tick in range(150):
        n = 4_000 if 60 <= tick < 65 else 1_000  # 5 000 a second; one second of 20 000
        inlet.receive(records(sent, n, clock.now()))
        sent += n
        clock.advance(TICK_MS / 1000)
        inlet.pump()
        if tick % 2:
            inlet.flush(wait=True)
            assert len(inlet._received) == len(inlet._unwritten) == inlet.waiting == 0
    inlet.close()
    figures = inlet.figures
    assert figures.total("entered") + figures.total("orders") == sent
    assert inlet.lost == inlet.unrecorded == 0
    assert len(figures._seen._keys) == WINDOW
    assert store.row("SELECT sum(n) AS n FROM recordings")["n"] == sent
    assert store.row("SELECT sum(length(lines)) AS n FROM recordings")["n"] < 12 * sent  # bytes a record
