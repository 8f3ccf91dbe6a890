"""Writes that a world is at, so that what was made beside one can be told from what was made before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sandbox.store.protocol import Store

TURNS: Final = 3  # of the event loop: one reads what has come, one starts on it, and one lets it arrive here


class UnderWay:
    """A write from its arrival until it is answered."""

    def __init__(self, store: Store, unanswered: frozenset[str]) -> None:
        """One that arrives now, when what others made is still `unanswered`."""
        self.made: set[str] = set()
        self._store = store
        self._unanswered = unanswered
        self._arrived_at = store.revision  # which is as of a look at what other processes did: that comes first

    def beside(self) -> frozenset[str]:
        """The ids of what was made at the same moment: since it arrived, by whichever process, or not answered then."""
        return self._unanswered | {key.id for key in self._store.made_since(self._arrived_at)}


class Writes:
    """Those of one world that this process is at."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._under_way: set[UnderWay] = set()

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[UnderWay]:
        """One that has arrived, until the block ends. It lets in first who came at the same moment."""
        one = UnderWay(self._store, frozenset().union(*(other.made for other in self._under_way)))
        self._under_way.add(one)
        try:
            for _ in range(TURNS):
                await asyncio.sleep(0)
            yield one
        finally:
            self._under_way.remove(one)
