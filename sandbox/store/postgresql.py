"""The store that several processes share: records in the memory of each, kept in PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sandbox.store.change import Change
from sandbox.store.database import Database
from sandbox.store.documents import Documents
from sandbox.store.protocol import Conflict, Reader, StoreProblem, Unit
from sandbox.store.store import TinyStore
from sandbox.store.unit import UnitOfWork


class PostgresStore(TinyStore):
    """One world's records (see protocol.Store). Made by `connect`; a fork of it is in memory only.

    It finds and judges in memory, as every store does. What others committed is taken in by `refresh`, and before a
    block in which it is `alone`. So the rules hold for all processes together, and the unique indexes of the database
    stand behind them.

    Requests that an event loop has at hand at the same time share what takes a way to the database: one look at what
    is new, one turn at writing, one commit at its end, for which `settled` waits. Nobody else writes before that.
    """

    def __init__(self, documents: Documents, revision: int, database: Database | None) -> None:
        super().__init__(documents, revision, None)
        self._database = database
        self._our_turn = False  # true from when we begin to write until that is committed
        self._alone = False  # true inside a block
        self._astray = False  # true when memory may hold what the database does not
        self._fresh_in: asyncio.AbstractEventLoop | None = None  # where nobody has come since we looked at what is new
        self._end: asyncio.Future[None] | None = None  # of our turn

    @classmethod
    def connect(cls, url: str) -> PostgresStore:
        """The records in this database; an empty store when it holds none. Raises StoreProblem."""
        store = cls(Documents(), 0, Database(url))
        store._astray = True
        store.refresh()
        return store

    def read(self) -> Reader:
        """The records as they are now, and as they become: a reader may be kept. Raises StoreProblem."""
        if self._astray:
            self.refresh()
        return super().read()

    def refresh(self) -> None:
        """Take in what others have committed. Raises StoreProblem."""
        loop = _running_loop()
        if self._database is None or self._our_turn or (loop is not None and self._fresh_in is loop):
            return
        units = None if self._astray else self._database.since(self._revision)
        if units is None:
            with self.alone():
                return
        self._follow(units)
        if loop is not None:
            self._fresh_in = loop
            loop.call_soon(self._expect_news)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block in which nobody else writes, and which has seen all that they wrote. Raises StoreProblem.

        Its units are committed soon after; without an event loop at its end, which raises Conflict and StoreProblem
        when that fails: then none of them is kept.
        """
        if self._database is None or self._alone:
            yield
            return
        if not self._our_turn:
            self._catch_up(self._database)
            self._our_turn = True
        self._alone = True
        try:
            yield
        finally:
            self._alone = False
            self._end_turn()

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work: kept as `alone` says when the block ends, dropped whole when it raises.

        Raises StoreProblem when the store is closed or the database does not answer, RuntimeError inside another unit.
        """
        self._refuse_if_unable()
        with self.alone(), super().write() as unit:
            yield unit

    async def settled(self) -> None:
        """Returns when everything committed so far is on the database's disk. Raises Conflict, StoreProblem."""
        if self._end is not None:
            await asyncio.shield(self._end)

    def flush(self) -> None:
        """Put everything committed so far there, and end our turn. Raises Conflict, StoreProblem."""
        if self._database is not None and self._our_turn:
            self._our_turn, self._astray = False, True
            self._database.commit()
            self._astray = False

    def replace_with(self, other: TinyStore) -> None:
        """Put a copy of another store's records in place of all of this one's, as one change of revision.

        Raises StoreProblem, RuntimeError inside a unit of work.
        """
        self._refuse_if_unable()
        with self.alone():
            if self._database is not None:
                self._database.replace(other._documents, self._revision + 1)
            super().replace_with(other)

    def disconnect(self) -> None:
        """Let go of the connection, as before the process divides; the next to ask makes a new one."""
        if self._database is not None:
            self.flush()
            self._database.disconnect()

    def close(self) -> None:
        """Commit what is pending and let go of the database."""
        super().close()
        self.disconnect()

    def _commit(self, unit: UnitOfWork) -> None:
        changes = unit.changes()
        if changes:
            if self._database is not None:
                self._database.keep(self._revision + 1, changes)
            self._take(changes)

    def _end_turn(self) -> None:
        """End our turn: now, or once those that an event loop has at hand have had theirs in it."""
        loop = _running_loop()
        if loop is None:
            self.flush()
        elif self._end is None or self._end.get_loop() is not loop:
            self._end = loop.create_future()
            loop.call_soon(self._end_now, self._end)

    def _end_now(self, end: asyncio.Future[None]) -> None:
        """End our turn, and tell those who wait for it."""
        self._end = None
        try:
            self.flush()
        except (Conflict, StoreProblem) as problem:
            end.set_exception(problem)
            end.exception()  # nobody has to have waited
        else:
            end.set_result(None)

    def _expect_news(self) -> None:
        self._fresh_in = None

    def _catch_up(self, database: Database) -> None:
        """Begin to write, knowing all that has been written."""
        units = database.begin(None if self._astray else self._revision)
        if units is None:
            self._put_in_place(*database.load())
            self._astray = False
        else:
            self._follow(units)

    def _follow(self, units: Sequence[tuple[int, Sequence[Change]]]) -> None:
        for _, changes in units:
            self._take(changes)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
