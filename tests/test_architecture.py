"""What no linter sees: what an import really loads, where ``ui`` comes from, where SQL stands, which Qt is safe."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "liveshop_desk"
WINDOW = {"PySide6", "shiboken6", "pyqtgraph", "ui"}
SQL = re.compile(
    r"\b(SELECT\b.+\bFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b"
    r"|CREATE\s+(TABLE|INDEX|TRIGGER)\b|PRAGMA\s+\w+)",
    re.DOTALL,
)


def modules():
    """Return the name of every module of the core."""
    for path in sorted(CORE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run(script, *words):
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_core_loads_no_window():
    script = (
        "import importlib, json, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    assert WINDOW.isdisjoint(run(script, *modules()))


def test_the_way_to_a_verb_loads_no_window():
    script = (
        "import json, sys, io, contextlib\n"
        "import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    assert main.main(['--help']) == 0\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    assert WINDOW.isdisjoint(run(script))


def test_the_way_to_a_window_loads_nothing_that_can_wait():
    """Each of these takes longer than the desk's own module that would want it."""
    script = "import json, sys, liveshop_desk.desk, ui.window\nprint(json.dumps(sorted(sys.modules)))"
    late = {"_hashlib", "_ssl", "asyncio", "socket", "aiohttp", "simpleobsws", "numpy", "pyqtgraph", "openpyxl"}
    assert late.isdisjoint(run(script))


def test_no_modules_source_is_read_and_kept():
    """PySide does with every module imported behind it: 20 MB of a desk, and a tenth of a second of its start."""
    kept = run("import json, linecache, ui.window\nprint(json.dumps(sorted(linecache.cache)))")
    assert [path for path in kept if (ROOT / "ui") in Path(path).parents or CORE in Path(path).parents] == []


def test_ui_is_this_projects_own():
    import ui

    assert Path(ui.__file__).parent == ROOT / "ui"


@pytest.mark.parametrize("package", ["liveshop_desk", "ui"])
def test_sql_stands_only_in_the_store(package):
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        if CORE / "store" in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


# PySide6 6.12 on Python 3.11 loses a reference to True at every emit and one to None at every void call: such a
# program dies after minutes. Measured in a process of its own, so that a bad version fails this test and no other.
COUNTING = """
import json, sys
from PySide6.QtCore import QObject, QTimer, Signal

class Source(QObject):
    fired = Signal()

def counts():
    return sys.getrefcount(True), sys.getrefcount(None)

source, timer = Source(), QTimer()
source.fired.connect(lambda: None)
source.fired.emit(); timer.setInterval(1)
before = counts()
for _ in range(EMITS):
    source.fired.emit()
for _ in range(CALLS):
    timer.setInterval(1)
after = counts()
print(json.dumps([after[0] - before[0], after[1] - before[1]]))
"""


def test_this_qt_keeps_its_references():
    script = COUNTING.replace("EMITS", "2_000").replace("CALLS", "100_000")
    lost_true, lost_none = run(script)
    assert abs(lost_true) < 50
    assert abs(lost_none) < 50
