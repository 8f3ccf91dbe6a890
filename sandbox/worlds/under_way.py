"""Writes that a world is at, so that what was made beside one can be told from what was made before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

TURNS: Final = 3  # of the event loop: one reads what has come, one starts on it, and one lets it arrive here


@dataclass(eq=False, slots=True)
class UnderWay:
    """A write from its arrival until it is answered. `beside` are the ids of what others made meanwhile."""

    beside: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    _others: set[UnderWay] = field(default_factory=set)

    def make(self, id: str) -> None:
        """Tell those that are under way as well that something was made."""
        self.made.add(id)
        for other in self._others:
            if other is not self:
                other.beside.add(id)


class Writes:
    """Those of one world that this process is at."""

    def __init__(self) -> None:
        self._under_way: set[UnderWay] = set()

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[UnderWay]:
        """One that has arrived, until the block ends. It lets in first who came at the same moment."""
        one = UnderWay({id for other in self._under_way for id in other.made}, _others=self._under_way)
        self._under_way.add(one)
        try:
            for _ in range(TURNS):
                await asyncio.sleep(0)
            yield one
        finally:
            self._under_way.remove(one)
