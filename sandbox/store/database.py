"""A PostgreSQL database with one world's records: a table for each kind, and a log of the units of work.

Everything lies in the schema `ecf_sandbox`. A row of a table is one record: its id, its number (the order in which
records were first put), the JSON, and for each unique index of the table the values that no other row may have. The
log has the latest units of work by revision, as the journal of files has them: processes learn from it what others
committed. Whoever writes holds the one row of `_store` until it has committed, so units of work, and the times they
write, follow each other as revisions do.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sandbox.store import rows
from sandbox.store.change import Change, decode
from sandbox.store.documents import Documents, Shelf
from sandbox.store.protocol import Conflict, StoreProblem
from sandbox.store.rows import SCHEMA

FORMAT: Final = 1
LOGGED: Final = 10_000  # units of work; who missed more reads everything anew

# Nobody waits long for a database that is gone, or for a process that stands still while it holds the row.
_CONNECTION: Final[Mapping[str, Any]] = {
    "application_name": "ecf-sandbox",
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 10,
    "options": "-c idle_in_transaction_session_timeout=60s",
}
_WHAT_TO_DO: Final = {
    "opened": "Check --store, and that the database is up and lets this user make a schema in it.",
    "read": "The sandbox tries again with every request.",
    "written": "What was asked is not kept, unless the connection was lost as it was: ask again.",
}
_BEGIN: Final = "BEGIN; SELECT format FROM ecf_sandbox._store FOR UPDATE"
_SINCE: Final = (
    "SELECT revision, CASE WHEN revision > {0} THEN unit::text END FROM ecf_sandbox._changes "
    "WHERE revision >= {0} ORDER BY revision"
)

Unit = tuple[int, list[Change]]


class Database:
    """One process's way to it: a connection, made when it is needed and made again when it was lost."""

    def __init__(self, url: str) -> None:
        """Make the schema unless it is there. Raises StoreProblem when it cannot be used, or is of another format."""
        try:
            given = conninfo_to_dict(url)
        except psycopg.ProgrammingError as error:
            wrong = _first_line(error).replace(url, "it")  # which may hold a password
            raise StoreProblem(f"The address of the database cannot be read: {wrong}. Check --store.") from None
        self._address = make_conninfo("", **{**_CONNECTION, **given})
        self.name = _name(given)
        self._connection: psycopg.Connection[Any] | None = None
        self._begun: psycopg.Connection[Any] | None = None  # the connection over which this process began to write
        self._units: list[tuple[int, Sequence[Change]]] = []  # what it is to keep
        with self._problems("opened"):
            self._make_schema()

    def since(self, revision: int) -> list[Unit] | None:
        """The units of work after this revision, oldest first; None when the log does not go on from there.

        Raises StoreProblem.
        """
        with self._problems("read"):
            return _following(self._asked(_SINCE.format("%(revision)s"), {"revision": revision}))

    def begin(self, revision: int | None) -> list[Unit] | None:
        """Wait until nobody else writes, and begin to; what was committed after a revision, as `since` has it.

        Raises StoreProblem.
        """
        self._units = []
        with self._problems("read"):
            found = self._asked(f"{_BEGIN}; {_SINCE.format(revision)}" if revision is not None else _BEGIN)
            self._begun = self._connected()
            return None if revision is None else _following(found)

    def load(self) -> tuple[Documents, int]:
        """Every record, and the revision, within what was begun. Raises StoreProblem."""
        documents = Documents()
        with self._problems("read"), _without_collecting():
            for shelf in documents.shelves.values():
                self._fill(shelf)
            ((revision,),) = self._writing().execute("SELECT max(revision) FROM ecf_sandbox._changes")
        return documents, revision

    def keep(self, revision: int, changes: Sequence[Change]) -> None:
        """Have a unit of work kept by the next `commit`."""
        self._units.append((revision, changes))

    def replace(self, documents: Documents, revision: int) -> None:
        """Put these records, as of this revision, in place of everything, within what was begun. Raises StoreProblem.

        The log begins with this revision, so that everybody reads everything anew.
        """
        with self._problems("written"):
            cursor = self._writing().cursor()
            for shelf in documents.shelves.values():
                rows.replace(cursor, shelf)
            cursor.execute("DELETE FROM ecf_sandbox._changes")
        self.keep(revision, ())

    def commit(self) -> None:
        """End what was begun: when this returns, its units of work are on the disk.

        Raises Conflict when a unique index of the database forbids one, and StoreProblem. Then none of them is kept,
        unless the connection was lost at the very end: that nobody can know.
        """
        units, self._units = self._units, []
        with self._problems("written"):
            connection, self._begun = self._writing(), None
            if not units:
                with suppress(psycopg.OperationalError):  # what is lost is as good as taken back
                    connection.execute("ROLLBACK")
                return
            with connection.pipeline(), connection.cursor() as cursor:
                for revision, changes in units:
                    rows.write(cursor, revision, changes)
                cursor.execute("DELETE FROM ecf_sandbox._changes WHERE revision <= %s", (units[-1][0] - LOGGED,))
                cursor.execute("COMMIT")

    def disconnect(self) -> None:
        """Let go of the connection, and of whatever was begun over it; the next to ask makes a new one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _make_schema(self) -> None:
        connection = self._connected()
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('ecf_sandbox'))")  # two may come at once
            ((there,),) = connection.execute("SELECT to_regclass('ecf_sandbox._store') IS NOT NULL")
            if not there:
                for statement in rows.schema(FORMAT):
                    connection.execute(statement)
            found = [format for (format,) in connection.execute(f"SELECT format FROM {SCHEMA}._store")]
        if found != [FORMAT]:
            raise StoreProblem(
                f"{self.name} cannot be used: its schema ecf_sandbox is of format "
                f"{', '.join(map(str, found)) or 'none'}, and this version knows format {FORMAT}. Nothing has been "
                "changed. Name another database, or rename the schema to start with fresh data."
            )

    def _asked(self, statements: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows of the last of these. They are asked again over a new connection when this one turns out lost."""
        connection = self._connected()
        try:
            return _rows(connection.execute(statements, values))
        except psycopg.OperationalError:
            if not connection.closed:
                raise
            return _rows(self._connected().execute(statements, values))

    def _connected(self) -> psycopg.Connection[Any]:
        """The connection, made again when it was lost."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._address, autocommit=True)
            # Whoever is answered may rely on it.
            self._connection.execute(
                "SELECT set_config('synchronous_commit', 'on', false) "
                "WHERE current_setting('synchronous_commit') = 'off'"
            )
        return self._connection

    def _writing(self) -> psycopg.Connection[Any]:
        """The connection over which this process began to write. It is closed when it was lost."""
        if self._begun is None:
            raise RuntimeError("nothing was begun")
        return self._begun

    def _fill(self, shelf: Shelf) -> None:
        """Put all that its table has on a shelf."""
        name, read = f"{SCHEMA}.{shelf.table.name}", msgspec.json.Decoder(shelf.table.kind).decode
        for number, document in self._writing().execute(f"SELECT number, document::text FROM {name} ORDER BY number"):
            try:
                shelf.put(read(document), number)
            except msgspec.MsgspecError as error:
                raise StoreProblem(
                    f"{self.name} cannot be used: in {name}, number {number}: {error}. Nothing has been changed. "
                    "Put the row right, or drop the schema to start with fresh data."
                ) from error

    @contextmanager
    def _problems(self, what: str) -> Iterator[None]:
        """What the database complains of in the block, as the store does. Nothing stays begun then."""
        try:
            yield
        except psycopg.errors.UniqueViolation as error:
            self.disconnect()
            raise Conflict(f"{self.name} does not take this: {_first_line(error)}") from error
        except psycopg.Error as error:
            self.disconnect()
            raise StoreProblem(f"{self.name} could not be {what}: {_first_line(error)}. {_WHAT_TO_DO[what]}") from error
        except BaseException:
            self.disconnect()
            raise


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing read in the block becomes garbage; looking for some takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _following(rows: Sequence[tuple[int, str | None]]) -> list[Unit] | None:
    """The units of work in rows of the log; the first row is of the revision that they are to follow."""
    if not rows or rows[0][1] is not None:
        return None
    return [decode(unit.encode()) for _, unit in rows[1:] if unit is not None]


def _rows(cursor: psycopg.Cursor[Any]) -> list[Any]:
    """The rows of the last of the statements that were sent together."""
    while cursor.nextset():
        pass
    return cursor.fetchall()


def _name(given: Mapping[str, Any]) -> str:
    """The database in words, without its password."""
    host = given.get("host") or given.get("hostaddr") or "its usual place"
    return f"The PostgreSQL database {given.get('dbname') or '(default)'} at {host}"


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
