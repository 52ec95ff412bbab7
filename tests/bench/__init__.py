"""How fast, how even, how much memory: each bench measures in a process of its own."""

import os

os.environ["PYTHONFAULTHANDLER"] = "1"  # one that crashes says where
