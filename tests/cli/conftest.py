"""The command line as a user meets it: argv in; exit status, stdout and stderr out."""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from liveshop_desk import cli
from liveshop_desk.desk import Desk
from liveshop_desk.feeds.record import encode
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.model.record import Record
from liveshop_desk.paths import default_shop


@dataclass
class Done:
    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@dataclass
class Program:
    """Calls ``cli.run`` and notes how the window was opened."""

    capsys: object
    windows: list = field(default_factory=list)

    def __call__(self, *argv) -> Done:
        def window(shop=None, *, demo=False, language=""):
            self.windows.append((shop, demo, language))
            return 0

        status = cli.run([str(word) for word in argv], window)
        out, err = self.capsys.readouterr()
        return Done(status, out, err)


@pytest.fixture
def program(capsys):
    return Program(capsys)


@pytest.fixture
def shop():
    """The shop file that opens when none is named."""
    return default_shop()


@pytest.fixture
def desk(shop):
    """Another desk's look into the shop file."""
    opened = []

    def look():
        opened.append(Desk.open(shop))
        return opened[-1]

    yield look
    for each in opened:
        each.close()


HEADER = ["链接号", "品名", "商家编码", "类型", "日常价", "直播价", "库存", "机制", "讲解时长", "预估销量"]


@pytest.fixture
def own_table(tmp_path):
    """Write a shop's own 排品表 and return its path."""

    def write(*rows, name="排品表.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return path

    return write


COAT = ["1", "长款鹅绒羽绒服", "Y9981", "主推", "899", "399", "200", "赠围巾", "7", "180"]
VEST = ["2", "轻薄羽绒马甲", "W2103", "引流", "129", "59", "70", "", "7", "200"]
BAD = ["3", "羊毛围巾", "S207", "利润", "259", "一百多", "300", "", "7", "120"]


@pytest.fixture
def live(program, desk, own_table):
    """A shop with two products and a session on air; returns its id."""
    from liveshop_desk.ops import show

    assert program("import", "products", own_table(COAT, VEST)).status == 0
    opened = desk()
    session = show.create_session(opened.store, "秋冬羽绒专场", anchor="小林")
    show.go_live(opened.store, session)
    return session


@pytest.fixture
def recording(tmp_path):
    """Write a recording: online every second and an order every five, from an evening long ago."""

    def write(*extra: str, seconds=60, start=1_700_000_000_000) -> Path:
        path = tmp_path / "evening.jsonl"
        lines = []
        for second in range(seconds):
            at = start + second * 1000
            lines.append(encode(Record(at, "sample", "douyin", "online", 1000 + second)))
            if second % 5 == 0:
                order = Record(at, "order", "manual", sku="Y9981", quantity=1, amount=39_900, order=f"No{second}")
                lines.append(encode(order))
        path.write_text("\n".join([*lines, *extra]) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def system_clock():
    return SystemClock()
