"""The main world in a database: a table for each kind of record, to be read by people, and a log.

A row of a table is one record: its id, its number (the order in which records were first put), the JSON, and for each
unique index of the table the values that no other row may have. Whoever writes holds the one row of `_store`.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
import psycopg

from sandbox.store import rows
from sandbox.store.change import Commit
from sandbox.store.database import Everything
from sandbox.store.memory import Memory, MemoryTable, without_collecting
from sandbox.store.protocol import StoreProblem
from sandbox.store.rows import SCHEMA
from sandbox.store.tables import TABLES

FORMAT: Final = 1


class PlainLayout:
    """How the main world lies there."""

    held = f"SELECT format FROM {SCHEMA}._store"
    log = f"{SCHEMA}._changes WHERE true"

    def make(self, connection: psycopg.Connection[Any], name: str) -> None:
        """Make the schema unless it is there. Raises StoreProblem when it is of another format."""
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
                f"{name} cannot be used: its schema ecf_sandbox is of format "
                f"{', '.join(map(str, found)) or 'none'}, and this version knows format {FORMAT}. Nothing has been "
                "changed. Name another database, or rename the schema to start with fresh data."
            )

    def write(self, cursor: psycopg.Cursor[Any], commit: Commit) -> None:
        """Keep a unit of work, and log it."""
        rows.write(cursor, commit)

    def replace(self, cursor: psycopg.Cursor[Any], memory: Memory) -> None:
        """Put these records in place of all that there are."""
        for table in memory.tables.values():
            rows.replace(cursor, table)

    def everything(self, connection: psycopg.Connection[Any], name: str) -> Everything:
        """Every record, and the revision. Raises StoreProblem for a row that somebody has broken."""
        memory = Memory()
        with without_collecting():
            for table in memory.tables.values():
                _fill(table, connection, name)
            ((memory.revision,),) = connection.execute(f"SELECT max(revision) FROM {SCHEMA}._changes")
        return lambda: memory


def _fill(table: MemoryTable, connection: psycopg.Connection[Any], database: str) -> None:
    """Put all that a table of the database has into one in memory."""
    name, read = f"{SCHEMA}.{table.definition.name}", msgspec.json.Decoder(table.definition.kind).decode
    for number, document in connection.execute(f"SELECT number, document::text FROM {name} ORDER BY number"):
        try:
            table.put(read(document), number)
        except msgspec.MsgspecError as error:
            raise StoreProblem(
                f"{database} cannot be used: in {name}, number {number}: {error}. Nothing has been changed. "
                "Put the row right, or drop the schema to start with fresh data."
            ) from error


def _add_tables(connection: psycopg.Connection[Any]) -> None:
    """Make the tables that an earlier version did not have."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,))
    if {table.name for table in TABLES} - {name for (name,) in names}:
        for statement in rows.tables():
            connection.execute(statement)
