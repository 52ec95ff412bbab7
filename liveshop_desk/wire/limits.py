"""How much of anything is taken, and how long something is waited for. Sizes in bytes, times in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults are what the desk runs with; tests use shorter times."""

    frame: int = 64 * 1024  # a longer text frame is counted and dropped
    hard_frame: int = 4 * 1024 * 1024  # one longer still ends the connection: it must not be held in memory
    body: int = 1024 * 1024  # of a POST, unpacked
    forward: int = 256 * 1024  # of what wxlivespy sends, unpacked
    slow: float = 10.0  # a body that takes longer to come: who dawdles must not hold a connection
    first: float = 10.0  # for a connection's first request: who says nothing must not hold one either
    header: int = 8 * 1024
    connections: int = 64
    sockets: int = 16  # WebSockets at a time
    behind: int = 20_000  # records waiting to be folded from which on a sender is read no faster than they are …
    catch_up: float = 2.0  # … unless none of them is for that long
    waiting: int = 180_000  # records waiting to be folded; beyond, all but orders are dropped and counted (feeds.inlet)
    stale: float = 15.0
    first_retry: float = 0.5
    last_retry: float = 10.0
    settled: float = 10.0  # connected for that long, or having told anything, a relay is tried soon again
    connect: float = 5.0
    hang_up: float = 0.3  # for a relay to say goodbye: one that only talks never does, and the desk wants to close
    poll: float = 5.0  # wxlivespy's status
    folder: float = 1.0
    report: float = 0.25
