"""A running desk without a window's layout: what every panel is given, over a small sample shop."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from PySide6.QtWidgets import QMainWindow

from liveshop_desk.desk import Desk
from liveshop_desk.model.clock import from_datetime
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, scripts, shelf, show
from liveshop_desk.settings import Settings
from liveshop_desk.store import queries
from tests.ui.numbers import on_air
from ui import theme
from ui.actions import Actions
from ui.bridge import Bridge
from ui.context import Chosen, Context
from ui.notices import Notices
from ui.prompter.frames import Frames

TONIGHT = from_datetime(datetime(2026, 11, 21, 18, 0))  # noqa: DTZ001 - local: the shop's own evening


@dataclass(frozen=True)
class SampleShop:
    """The ids a test needs: a draft session, six segments and three products (the last with three SKUs)."""

    session: str
    segments: tuple[str, ...]
    products: tuple[str, ...] = ("down", "vest", "coat")


@pytest.fixture
def shop(store, clock):
    """Three products, one draft session of six segments: opening, 3 pitches, lucky bag, closing."""
    clock.instant = TONIGHT
    with store.step("Sample") as step:
        _product(step, "down", "长款鹅绒羽绒服 Y9981", Role.HIT, 1, [("", 36900, 59900, 24000, 100)])
        _product(step, "vest", "轻薄羽绒马甲 W2103", Role.TRAFFIC, 2, [("", 5900, 12900, 3500, 300)])
        sizes = [(size, 29900, 49900, 18000, stock) for size, stock in (("S", 5), ("M", 30), ("L", 12))]
        _product(step, "coat", "断码清仓 毛呢大衣", Role.CLEARANCE, 3, sizes)
    session = show.create_session(
        store, "秋冬羽绒专场", anchor="小林", operator="阿杰", platforms=("douyin", "taobao"),
        planned_start=TONIGHT + 3_600_000, planned_end=TONIGHT + 4 * 3_600_000, goal_gmv=12_000_000,
    )  # fmt: skip
    opening = queue.add_segment(store, session, Kind.OPENING, "开场")
    pitches = queue.add_products(store, session, ["down", "vest", "coat"])
    bag = queue.add_segment(store, session, Kind.LUCKY_BAG, "福袋", planned_seconds=240)
    closing = queue.add_segment(store, session, Kind.CLOSING, "收尾")
    first_pitch = queries.segments(store, session)[1]
    scripts.save_script(
        store, queries.script_id(first_pitch), "今天直播间{直播价}，只有{库存}件。【举起衣服】", title=first_pitch.title
    )
    shelf.set_listed(store, session, "down", True)
    return SampleShop(session, (opening, *pitches, bag, closing))


def _product(step, product_id, title, role, rank, skus):
    step.insert("products", {"id": product_id, "title": title, "code": product_id.upper(), "role": role, "rank": rank})
    for number, (spec, live, listed, cost, stock) in enumerate(skus, 1):
        row = {"id": f"{product_id}-{number}", "product_id": product_id, "spec": spec, "rank": number}
        step.insert("skus", row | {"live_price": live, "list_price": listed, "cost": cost, "stock": stock})


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def context(qtbot, store, shop, window):
    """Everything a panel is given, with the sample shop's session chosen."""
    desk = Desk(store)
    notices = Notices()
    bridge = Bridge(desk)
    chosen = Chosen()
    chosen.choose(shop.session)
    yield Context(desk, bridge, Actions(window, Settings(), notices), notices, chosen, theme.DARK)
    bridge.close()


@pytest.fixture
def live(context):
    """The numbers of the sample session, gone live."""
    evening = on_air(context)
    yield evening
    evening.close()


@pytest.fixture
def opened(qtbot, context, window):
    """Open the import dialog on a file and wait for its preview (or its refusal)."""
    from ui.dialogs.import_dialog import ImportDialog  # most tests of this folder import no file

    made = []

    def open_file(what, path, **more):
        dialog = ImportDialog(context, what, path, parent=window, **more)
        qtbot.addWidget(dialog)
        made.append(dialog)
        qtbot.waitUntil(lambda: dialog._work is None)
        dialog.show()
        return dialog

    yield open_file
    for dialog in made:
        dialog.reject()


@pytest.fixture
def frames(context):
    """The prompter's frames, which the window's own work is done between."""
    made = Frames()
    context.gaps.follow(made)
    yield made
    made.stop()
