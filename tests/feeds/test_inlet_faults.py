"""What the writer does for others, and nobody waits for: a fault of the program in it stands in the log."""

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.ops import show


def test_a_fault_in_a_task_nobody_waits_for_is_logged_a_full_disk_is_not(store, caplog):
    session = show.create_session(store, "场")
    show.go_live(store, session)
    inlet = Inlet(store, session, moves_stock=False)

    def broken(_store):
        raise KeyError("pace")

    def refused(_store):
        raise UserError("the disk is full")

    inlet.write_beside(refused)
    inlet.write_beside(broken)
    inlet.close()
    records = dict.fromkeys(caplog.records)  # where the window's log was opened, it is given each record too
    assert [(record.name, record.exc_info[0]) for record in records] == [("liveshop_desk.feeds.inlet", KeyError)]
