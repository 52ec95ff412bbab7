"""Memory that a burst took goes back to the system: measured in a process of its own, as the system counts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BURST = """
import os
from ui.memory import keep_flat

def taken():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

keep_flat()
bytearray(30 * 2**20)  # one large block, freed at once
before = taken()
kept, burst = [], []
for _batch in range(200):
    burst.append(bytearray(300_000))
    kept.append(bytearray(2_000))  # what stays lies between
burst.clear()
print(taken() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="how the C library of Linux gives memory back")
def test_a_burst_leaves_nothing_behind():
    told = subprocess.run([sys.executable, "-c", BURST], cwd=ROOT, env=os.environ, capture_output=True, check=True)
    left = float(told.stdout)
    assert left < 10, f"{left} MB of 57 stay taken"
