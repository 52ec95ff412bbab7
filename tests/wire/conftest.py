"""What every test of the link to OBS needs."""

import asyncio
import threading

import pytest


@pytest.fixture(scope="module")
def loop():
    """An event loop that runs in a thread of its own, as the desk's network loop does."""
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join(10)
    made.close()
