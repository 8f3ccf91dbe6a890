"""What keeps the records of a store beyond the memory of its process: nothing, a folder, or a database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from sandbox.store.change import Commit
from sandbox.store.memory import Memory

News: TypeAlias = Sequence[Commit] | Memory
"""What a store is to take in: the units of work after those it knows or, when these are not to be had, everything."""


class Keeper(Protocol):
    """Keeps the units of work of one store, and brings it those of other processes. MemoryStore is the one to call it.

    A store begins to write, hands over its units of work, and commits. Each is kept whole or not at all, and kept for
    certain once `flush` or `durable` has returned. Whatever cannot be done raises StoreProblem.
    """

    @property
    def stale(self) -> bool:
        """True when memory may not hold what is kept: at first, and after a commit that failed. Then ask for `news`."""

    @property
    def problem(self) -> str | None:
        """Why what was last tried could not be done; None when it could."""

    def news(self, revision: int, /) -> News:
        """What was committed after this revision and the store has not seen, to be read."""

    async def look(self, revision: Callable[[], int], /) -> News:
        """`news`, without keeping the event loop. They are to be taken in at once."""

    def begin(self, revision: int, /) -> News:
        """Have nobody else write until `commit`; the news that the store is to judge by. Nothing when it has begun."""

    async def turn(self, revision: Callable[[], int], /) -> News:
        """`begin`, having waited without keeping the event loop. Who calls this begins before anything else happens."""

    def append(self, commit: Commit) -> None:
        """Take a unit of work. Raises before it has taken anything, or not at all."""

    def replace(self, memory: Memory) -> None:
        """Keep these records, and their revision, in place of everything; old or new are kept after a crash."""

    def commit(self, memory: Memory, /) -> None:
        """End what was begun, soon or at once; `memory` has all of it. Raises Conflict when others do not allow it."""

    async def durable(self) -> None:
        """Return when everything committed is on the disk. Raises Conflict as `commit` does."""

    def flush(self) -> None:
        """Put everything committed on the disk, without an event loop. Raises Conflict as `commit` does."""

    def disconnect(self) -> None:
        """Let go of what processes cannot share, as before this one divides; it comes back when it is needed."""

    def close(self, memory: Memory, /) -> None:
        """Keep what is pending, and let go of everything. `memory` has all that was committed."""


class Nothing:
    """Keeps nothing: the records last as long as the store does, and nobody else can write."""

    stale = False
    problem = None

    def news(self, _revision: int, /) -> News:
        """None: nobody else writes."""
        return ()

    begin = news

    async def turn(self, _revision: Callable[[], int], /) -> News:
        """None: nobody else writes."""
        return ()

    look = turn

    def append(self, commit: Commit) -> None:
        """Forget it."""

    def replace(self, memory: Memory) -> None:
        """Forget them."""

    commit = close = replace

    async def durable(self) -> None:
        """Return: there is no disk to wait for."""

    def flush(self) -> None:
        """Return."""

    disconnect = flush
