"""The store that several processes share: records in the memory of each, kept in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.store.change import Change
from sandbox.store.database import Database
from sandbox.store.documents import Documents
from sandbox.store.protocol import Reader, Unit
from sandbox.store.store import TinyStore
from sandbox.store.unit import UnitOfWork


class PostgresStore(TinyStore):
    """One world's records (see protocol.Store). Made by `connect`; a fork of it is in memory only.

    It finds and judges in memory, as every store does. What others committed is taken in by `refresh`, and at the
    beginning of every block in which it is `alone`; what is done in such a block is on the database's disk at its
    end. So the rules hold for all processes together, and the unique indexes of the database stand behind them.
    """

    def __init__(self, documents: Documents, revision: int, database: Database | None) -> None:
        super().__init__(documents, revision, None)
        self._database = database
        self._alone = False
        self._astray = False  # true when memory may hold what the database does not

    @classmethod
    def connect(cls, url: str) -> PostgresStore:
        """The records in this database; an empty store when it holds none. Raises StoreProblem."""
        store = cls(Documents(), 0, Database(url))
        store._astray = True
        store.refresh()
        return store

    @property
    def name(self) -> str:
        """The database, in words."""
        return self._database.name if self._database is not None else "A copy in memory"

    def read(self) -> Reader:
        """The records as they are now, and as they become: a reader may be kept. Raises StoreProblem."""
        if self._astray:
            self.refresh()
        return super().read()

    def refresh(self) -> None:
        """Take in what others have committed. Raises StoreProblem."""
        if self._database is None or self._alone:
            return
        units = None if self._astray else self._database.since(self._revision)
        if units is None:
            with self.alone():
                return
        self._follow(units)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block in which nobody else writes, and which has seen all that they wrote. Its units are kept at its end.

        Raises Conflict and StoreProblem when they cannot be: then it is as if none had been there.
        """
        if self._database is None or self._alone:
            yield
            return
        self._catch_up(self._database)
        self._alone = True
        try:
            yield
        finally:
            self._alone = False
            self._astray = True
            self._database.commit()
            self._astray = False

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work: kept when the block ends (that of `alone`, inside one), dropped whole when it raises.

        Raises StoreProblem when the store is closed or the database does not answer, RuntimeError inside another unit.
        """
        self._refuse_if_unable()
        with self.alone(), super().write() as unit:
            yield unit

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
            self._database.disconnect()

    def close(self) -> None:
        """Let go of the database: it has everything."""
        super().close()
        self.disconnect()

    def _commit(self, unit: UnitOfWork) -> None:
        changes = unit.changes()
        if changes:
            if self._database is not None:
                self._database.keep(self._revision + 1, changes)
            self._take(changes)

    def _catch_up(self, database: Database) -> None:
        """Begin to write, knowing all that has been written."""
        units = database.begin(None if self._astray else self._revision)
        if units is None:
            self._put_in_place(*database.load())
            self._astray = False
        else:
            self._follow(units)

    def _follow(self, units: list[tuple[int, list[Change]]]) -> None:
        for _, changes in units:
            self._take(changes)
