"""What is kept of what was asked of one world."""

from __future__ import annotations

from typing import NamedTuple

from sandbox.worlds.rate_limit import MemoryTally, Tally
from sandbox.worlds.remembered import MemoryRemembered, Remembered
from sandbox.worlds.request_log import RequestLog, Requests


class Asked(NamedTuple):
    """Its requests: to be told one by one, counted by who sent them, and as they show what clients can do."""

    remembered: Remembered
    tally: Tally
    log: Requests

    @classmethod
    def in_memory(cls) -> Asked:
        """Nothing yet, for this process alone."""
        return cls(MemoryRemembered(), MemoryTally(), RequestLog())
