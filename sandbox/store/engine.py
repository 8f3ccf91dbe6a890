"""The engine of every store: records found and judged in memory, and a keeper beneath that makes them last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Final, Self

from sandbox.store import checkpoint
from sandbox.store.change import Commit, RecentChanges, apply
from sandbox.store.keeper import Keeper, News, Nothing
from sandbox.store.memory import Memory
from sandbox.store.origin import Origin
from sandbox.store.protocol import Key, Reader, StoreProblem, Unit
from sandbox.store.unit import UnitOfWork

_NOTHING: Final = Nothing()


class MemoryStore:
    """One world's records (see protocol.Store), kept by whatever is beneath: without a keeper, in memory only.

    A commit is seen by readers at once and is kept once `durable` or `flush` returns, so no answer may leave before
    that, be it to a read or a write.
    """

    def __init__(self, keeper: Keeper = _NOTHING, *, read: bool = True) -> None:
        """Begin with the records that are kept; without `read`, once they are asked for. Raises StoreProblem."""
        self._keeper = keeper
        self._memory = Memory()
        self._recent = RecentChanges(0)
        self._origin: Origin | None = None
        self._open = True
        self._depth = 0  # how many blocks stand inside each other in which nobody else writes
        self._writing = False
        if read:
            self.refresh()

    @classmethod
    def loaded(cls, content: bytes) -> Self:
        """The records in what `dumped` returned, in memory only. Raises StoreProblem when it is nothing of the kind."""
        memory = checkpoint.loaded(content)
        return cls._holding(memory, Origin(memory))

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """These records, in memory only."""
        return cls._holding(memory)

    @property
    def revision(self) -> int:
        """Grows by one with every unit of work that changed something."""
        return self._memory.revision

    @property
    def is_empty(self) -> bool:
        """True when no table holds a record."""
        return self._memory.is_empty()

    @property
    def problem(self) -> str | None:
        """Why the records could not be kept or read when that was last tried; None when they could."""
        return self._keeper.problem

    @property
    def is_stale(self) -> bool:
        """True when `read` would have to wait for what keeps the records; after a `look` it does not."""
        return self._keeper.stale

    def refresh(self) -> None:
        """Take in what other processes have committed. Raises StoreProblem."""
        self._take_in(self._keeper.news(self._memory.revision))

    async def look(self) -> None:
        """The same, without keeping the event loop. Raises StoreProblem."""
        self._take_in(await self._keeper.look(lambda: self._memory.revision))

    def exclusive(self) -> AbstractContextManager[None]:
        """A block in which nobody else writes, and which has seen all that they wrote. Raises StoreProblem.

        Its units of work are committed even when it raises, soon after its end or, without an event loop, at it: that
        raises Conflict and StoreProblem when it fails, and then none of them is kept.
        """
        return _Exclusive(self._begin, self._end)

    async def turn(self) -> None:
        """Wait until `exclusive` does not have to. It follows before anything else happens. Raises StoreProblem."""
        self._take_in(await self._keeper.turn(lambda: self._memory.revision))

    def read(self) -> Reader:
        """The records as they are now, and as they become: a reader may be kept. Raises StoreProblem."""
        if self._keeper.stale:
            self.refresh()
        return self._memory

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work: committed when the block ends, dropped whole when it raises.

        A unit that changed nothing leaves the revision and what is kept alone. Raises StoreProblem when the store
        is closed or its keeper cannot go on, RuntimeError inside another unit.
        """
        self._refuse_if_unable()
        self._begin()
        unit = UnitOfWork(self._memory)
        self._writing = True
        try:
            yield unit
            self._commit(unit)
        finally:
            unit.end()
            self._writing = False
            self._end()

    def changed_since(self, revision: int) -> frozenset[Key] | None:
        """The records put or deleted after a revision; None when that is too long ago to know."""
        return self._recent.since(revision)

    def made_since(self, revision: int) -> frozenset[Key]:
        """The records that there were not at a revision, whoever put them, as far as that is recent enough to know."""
        return self._recent.made_since(revision)

    async def durable(self) -> None:
        """Returns when everything committed so far is on the disk; free when it is. Raises Conflict, StoreProblem.

        When it could not be put there, nothing may be answered from what was in memory.
        """
        await self._keeper.durable()

    def flush(self) -> None:
        """Put everything committed so far on the disk, without an event loop. Raises Conflict, StoreProblem."""
        if self._open:
            self._keeper.flush()

    def fork(self) -> Self:
        """An independent copy of the records, kept in memory only."""
        return self._holding(self._memory.copy(), self._origin)

    def dumped(self) -> bytes:
        """Everything as TinyDB keeps it in a file."""
        return checkpoint.dumped(self._memory)

    def replace_with(self, other: Self) -> None:
        """Put a copy of another store's records in place of all of this one's, as one change of revision.

        A crash leaves the old records or the new ones. Raises StoreProblem (the disk may then hold either),
        RuntimeError inside a unit of work.
        """
        self._refuse_if_unable()
        with self.exclusive():
            memory = other._memory.copy()
            memory.revision = self._memory.revision + 1
            self._keeper.replace(memory)
            self._put_in_place(memory)

    def disconnect(self) -> None:
        """Let go of what processes cannot share, as before this one divides; it comes back when it is needed."""
        self._keeper.disconnect()

    def close(self) -> None:
        """Have what is pending kept, and let go of everything. Raises Conflict, StoreProblem."""
        if self._open:
            self._open = False
            self._keeper.close(self._memory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def difference(self) -> tuple[Origin, Commit]:
        """What it was loaded as, be it as a copy of another, and what has been changed since."""
        origin = self._origin or Origin(self._memory)
        return origin, origin.difference(self._memory)

    @classmethod
    def _holding(cls, memory: Memory, origin: Origin | None = None) -> Self:
        store = cls()
        store._put_in_place(memory)
        store._origin = origin
        return store

    def _begin(self) -> None:
        """Have nobody else write until the `_end` that goes with this, knowing all that they wrote."""
        if news := self._keeper.begin(self._memory.revision):
            self._take_in(news)
        self._depth += 1

    def _end(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._keeper.commit(self._memory)

    def _commit(self, unit: UnitOfWork) -> None:
        changes = unit.changes()
        if changes:
            commit = Commit(self._memory.revision + 1, changes)
            self._keeper.append(commit)
            self._apply(commit)

    def _take_in(self, news: News) -> None:
        if isinstance(news, Memory):
            self._put_in_place(news)
        else:
            for commit in news:
                self._apply(commit)

    def _apply(self, commit: Commit) -> None:
        """Bring memory to the next revision."""
        self._recent.add(commit, self._memory)
        apply(commit, self._memory)

    def _put_in_place(self, memory: Memory) -> None:
        """Have memory hold these records and no others."""
        self._memory.become(memory)
        self._recent = RecentChanges(memory.revision)

    def _refuse_if_unable(self) -> None:
        if self._writing:
            raise RuntimeError("a unit of work is open already: end it first")
        if not self._open:
            raise StoreProblem("the store is closed")


class _Exclusive(AbstractContextManager[None]):
    """A block with something before and after it: half as dear as a generator, and every request has one."""

    __slots__ = ("_begin", "_end")

    def __init__(self, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self._begin = begin
        self._end = end

    def __enter__(self) -> None:
        self._begin()

    def __exit__(self, *_: object) -> None:
        self._end()
