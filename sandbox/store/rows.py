"""Records as rows of PostgreSQL's tables, and a unit of work as the statements that keep it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import psycopg

from sandbox.model import Record
from sandbox.store.change import Commit, encode
from sandbox.store.encoding import encoded
from sandbox.store.memory import MemoryTable
from sandbox.store.tables import TABLES, Index, Table

SCHEMA: Final = "ecf_sandbox"


def schema(format: int) -> Iterator[str]:
    """The statements that make the schema, in this format."""
    yield f"CREATE SCHEMA {SCHEMA}"
    yield from tables()
    yield f"CREATE TABLE {SCHEMA}._changes (revision bigint PRIMARY KEY, unit json NOT NULL)"
    yield f"INSERT INTO {SCHEMA}._changes VALUES (0, '{encode(Commit(0, ())).decode()}')"
    yield f"CREATE TABLE {SCHEMA}._store (format integer NOT NULL)"
    yield f"INSERT INTO {SCHEMA}._store VALUES ({format})"


def tables() -> Iterator[str]:
    """The statements that make each table of records that is not there yet."""
    for table in TABLES:
        # A document is json and not jsonb, which refuses some characters.
        columns = ["id text PRIMARY KEY", "number bigint NOT NULL", "document json NOT NULL"]
        # Judged at the end of a transaction: within one, a record may take the place of another.
        columns += (f"{name} text[] UNIQUE DEFERRABLE INITIALLY DEFERRED" for name in _unique(table))
        yield f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{table.name} ({', '.join(columns)})"


def write(cursor: psycopg.Cursor[Any], commit: Commit) -> None:
    """Keep a unit of work, and log it."""
    for table in TABLES:
        of_this = [change for change in commit.changes if change.key.kind is table.kind]
        deleted = [(change.key.id,) for change in of_this if change.record is None]
        put = [_row(table, change.doc_id, change.record) for change in of_this if change.record is not None]
        if deleted:
            cursor.executemany(f"DELETE FROM {SCHEMA}.{table.name} WHERE id = %s", deleted)
        if put:
            columns = _columns(table)
            kept = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
            cursor.executemany(
                f"INSERT INTO {SCHEMA}.{table.name} ({', '.join(columns)}) "
                f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT (id) DO UPDATE SET {kept}",
                put,
            )
    cursor.execute(f"INSERT INTO {SCHEMA}._changes VALUES (%s, %s)", (commit.revision, encode(commit).decode()))


def replace(cursor: psycopg.Cursor[Any], table: MemoryTable) -> None:
    """Put these records in place of all that their table has."""
    definition = table.definition
    cursor.execute(f"DELETE FROM {SCHEMA}.{definition.name}")
    with cursor.copy(f"COPY {SCHEMA}.{definition.name} ({', '.join(_columns(definition))}) FROM STDIN") as copy:
        for record in table.records.values():
            copy.write_row(_row(definition, table.doc_ids[record.id], record))


def _row(table: Table, number: int, record: Record) -> list[Any]:
    document = encoded(record).decode()
    return [record.id, number, document, *(_held(index, record) for index in table.indexes if index.unique)]


def _columns(table: Table) -> list[str]:
    return ["id", "number", "document", *_unique(table)]


def _unique(table: Table) -> list[str]:
    """The column of each unique index of a table."""
    return ["unique_" + "_".join(index.fields) for index in table.indexes if index.unique]


def _held(index: Index, record: Record) -> list[str | None] | None:
    """The values that no other row may have; none, which are like no others', when the index is not of this record."""
    if index.where is not None and not index.where(record):
        return None
    return [getattr(record, field) for field in index.fields]
