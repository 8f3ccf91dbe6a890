"""A PostgreSQL database with one world's records: a table for each kind, and a log of the units of work.

Everything lies in the schema `ecf_sandbox`. A row of a table is one record: its id, its number (the order in which
records were first put), the JSON, and for each unique index of the table the values that no other row may have. The
log has the latest units of work by revision, as the journal of files has them: processes learn from it what others
committed. Whoever writes holds the one row of `_store` until it has committed, so units of work, and the times they
write, follow each other as revisions do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sandbox.store import rows
from sandbox.store.change import Commit, decode
from sandbox.store.keeper import News
from sandbox.store.memory import Memory, MemoryTable, without_collecting
from sandbox.store.protocol import Conflict, StoreProblem
from sandbox.store.rows import SCHEMA
from sandbox.store.tables import TABLES

FORMAT: Final = 1
LOGGED: Final = 10_000  # units of work; who missed more reads everything anew

# Nobody waits long for a database that is gone, or for a process that stands still while it holds the row.
_CONNECTION: Final[Mapping[str, Any]] = {
    "application_name": "ecf-sandbox",
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 10,
}
# Said after connecting, as a pooler may refuse to be told so at once. Whoever is answered may rely on a commit.
_SESSION: Final = (
    "SET idle_in_transaction_session_timeout = '60s'; SET lock_timeout = '5s'; "
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
_WHAT_TO_DO: Final = {
    "opened": "Check --store, and that the database is up and lets this user make a schema in it.",
    "read": "The sandbox tries again with every request.",
    "written": "What was asked is not kept, unless the connection was lost as it was: ask again.",
}
_BEGIN: Final = "BEGIN; SELECT format FROM ecf_sandbox._store FOR UPDATE"
_BEGIN_NOW: Final = f"{_BEGIN} NOWAIT"
_SINCE: Final = (
    "SELECT revision, CASE WHEN revision > {0} THEN unit::text END FROM ecf_sandbox._changes "
    "WHERE revision >= {0} ORDER BY revision"
)


class Database:
    """One process's access to it: a connection to read what is new, and another to write, for which it may wait."""

    def __init__(self, url: str) -> None:
        """Make the schema unless it is there. Raises StoreProblem when it cannot be used, or is of another format."""
        try:
            given = conninfo_to_dict(url)
        except psycopg.ProgrammingError as error:
            wrong = _first_line(error).replace(url, "it")  # which may hold a password
            raise StoreProblem(f"The address of the database cannot be read: {wrong}. Check --store.") from None
        address = make_conninfo("", **{**_CONNECTION, **given})
        self.name = _name(given)
        self.problem: str | None = None  # what it last complained of, until it did not
        self._reading = _Link(address)
        self._writer = _Link(address)
        self._begun: psycopg.Connection[Any] | None = None  # the connection over which this process began to write
        self._commits: list[Commit] = []  # what it is to keep
        with self._problems("opened", self._writer):
            self._make_schema()

    def since(self, revision: int) -> list[Commit] | None:
        """The units of work after this revision, oldest first; None when the log does not go on from there.

        Raises StoreProblem.
        """
        with self._problems("read", self._reading):
            return _following(self._reading.asked(_SINCE.format("%(revision)s"), {"revision": revision}))

    def begin(self, revision: int | None) -> News:
        """Wait until nobody else writes, and begin to. What was committed after a revision, as `since` has it.

        Everything, without a revision or when the log does not go on from there. Raises StoreProblem, after some
        seconds as well.
        """
        with self._problems("read", self._writer):
            return self._begin_with(_BEGIN, revision)

    def begin_now(self, revision: int | None) -> News | None:
        """The same, unless somebody else writes: then nothing is begun. Raises StoreProblem."""
        try:
            with self._problems("read", self._writer):
                return self._begin_with(_BEGIN_NOW, revision)
        except _Held:
            return None

    def hold(self) -> None:
        """Wait until nobody else writes, and have nobody write until `begin_held`, in whichever thread.

        Raises StoreProblem.
        """
        with self._problems("read", self._writer):
            self._writer.asked(_BEGIN)

    def begin_held(self, revision: int | None) -> News:
        """Begin to write after `hold`; as `begin`. Raises StoreProblem."""
        with self._problems("read", self._writer):
            return self._begin_with("SELECT 1", revision)

    def append(self, commit: Commit) -> None:
        """Have a unit of work kept by the next `commit`."""
        self._commits.append(commit)

    def replace(self, memory: Memory) -> None:
        """Put these records in place of everything, within what was begun. Raises StoreProblem.

        The log begins with their revision, so that everybody reads everything anew.
        """
        with self._problems("written", self._writer):
            cursor = self._writing().cursor()
            for table in memory.tables.values():
                rows.replace(cursor, table)
            cursor.execute("DELETE FROM ecf_sandbox._changes")
        self.append(Commit(memory.revision, ()))

    def commit(self) -> None:
        """End what was begun: when this returns, its units of work are on the disk.

        Raises Conflict when a unique index of the database forbids one, and StoreProblem. Then none of them is kept,
        unless the connection was lost at the very end: that nobody can know.
        """
        commits, self._commits = self._commits, []
        with self._problems("written", self._writer):
            connection, self._begun = self._writing(), None
            if not commits:
                with suppress(psycopg.OperationalError):  # what is lost is as good as taken back
                    connection.execute("ROLLBACK")
                return
            with connection.pipeline(), connection.cursor() as cursor:
                for commit in commits:
                    rows.write(cursor, commit)
                cursor.execute(
                    "DELETE FROM ecf_sandbox._changes WHERE revision <= %s", (commits[-1].revision - LOGGED,)
                )
                cursor.execute("COMMIT")

    def disconnect(self) -> None:
        """Let go of the connections, and of whatever was begun; the next to ask makes new ones."""
        self._reading.close()
        self._writer.close()

    def _begin_with(self, statements: str, revision: int | None) -> News:
        self._commits = []
        asked = statements if revision is None else f"{statements}; {_SINCE.format(revision)}"
        found = self._writer.asked(asked)
        self._begun = self._writer.connected()
        commits = None if revision is None else _following(found)
        return self._everything() if commits is None else commits

    def _make_schema(self) -> None:
        connection = self._writer.connected()
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('ecf_sandbox'))")  # two may come at once
            ((there,),) = connection.execute("SELECT to_regclass('ecf_sandbox._store') IS NOT NULL")
            if not there:
                for statement in rows.schema(FORMAT):
                    connection.execute(statement)
            found = [format for (format,) in connection.execute(f"SELECT format FROM {SCHEMA}._store")]
            if there and found == [FORMAT]:
                _add_tables(connection)
        if found != [FORMAT]:
            raise StoreProblem(
                f"{self.name} cannot be used: its schema ecf_sandbox is of format "
                f"{', '.join(map(str, found)) or 'none'}, and this version knows format {FORMAT}. Nothing has been "
                "changed. Name another database, or rename the schema to start with fresh data."
            )

    def _writing(self) -> psycopg.Connection[Any]:
        """The connection over which this process began to write. It is closed when it was lost."""
        if self._begun is None:
            raise RuntimeError("nothing was begun")
        return self._begun

    def _everything(self) -> Memory:
        """Every record, within what was begun."""
        memory = Memory()
        with without_collecting():
            for table in memory.tables.values():
                self._fill(table)
            ((memory.revision,),) = self._writing().execute("SELECT max(revision) FROM ecf_sandbox._changes")
        return memory

    def _fill(self, table: MemoryTable) -> None:
        """Put all that a table of the database has into one in memory."""
        name, read = f"{SCHEMA}.{table.definition.name}", msgspec.json.Decoder(table.definition.kind).decode
        for number, document in self._writing().execute(f"SELECT number, document::text FROM {name} ORDER BY number"):
            try:
                table.put(read(document), number)
            except msgspec.MsgspecError as error:
                raise StoreProblem(
                    f"{self.name} cannot be used: in {name}, number {number}: {error}. Nothing has been changed. "
                    "Put the row right, or drop the schema to start with fresh data."
                ) from error

    @contextmanager
    def _problems(self, what: str, link: _Link) -> Iterator[None]:
        """What the database complains of in the block, as the store does. Nothing stays begun over this link then."""
        try:
            yield
            self.problem = None
        except psycopg.errors.UniqueViolation as error:
            link.close()
            raise Conflict(f"{self.name} does not take this: {_first_line(error)}") from error
        except psycopg.errors.LockNotAvailable as error:
            link.end()
            problem = f"{self.name} was held by somebody else for too long: {_first_line(error)}. {_WHAT_TO_DO[what]}"
            raise _Held(problem) from error
        except psycopg.Error as error:
            link.close()
            self.problem = f"{self.name} could not be {what}: {_first_line(error)}. {_WHAT_TO_DO[what]}"
            raise StoreProblem(self.problem) from error
        except BaseException:
            link.close()
            raise


class _Held(StoreProblem):
    """Somebody else writes."""


class _Link:
    """A connection, made when it is needed and made again when it was lost."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection: psycopg.Connection[Any] | None = None

    def connected(self) -> psycopg.Connection[Any]:
        """The connection, made again when it was lost."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._address, autocommit=True)
            self._connection.execute(_SESSION)
        return self._connection

    def asked(self, statements: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows of the last of these. They are asked again over a new connection when this one turns out lost."""
        connection = self.connected()
        try:
            return _rows(connection.execute(statements, values))
        except psycopg.OperationalError:
            if not connection.closed:
                raise
            return _rows(self.connected().execute(statements, values))

    def end(self) -> None:
        """Take back what was begun over it."""
        try:
            self.connected().execute("ROLLBACK")
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Let go of it, and of what was begun over it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _following(rows: Sequence[tuple[int, str | None]]) -> list[Commit] | None:
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


def _add_tables(connection: psycopg.Connection[Any]) -> None:
    """Make the tables that an earlier version did not have."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,))
    if {table.name for table in TABLES} - {name for (name,) in names}:
        for statement in rows.tables():
            connection.execute(statement)
