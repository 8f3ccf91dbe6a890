"""A world beside the main one in a database: what it began with, which others share, and what differs from that.

`_origins` has the records of a scenario, or of a file that was imported, once for all worlds of it. A row of `_worlds`
says what such a world changed before it began, which is its tokens and its clock; `_world_records` has the records that
were put or, without a document, deleted since; `_world_changes` is its log. Whoever writes holds the row of `_worlds`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from threading import RLock
from typing import Any, Final

import msgspec
import psycopg

from sandbox.model import Record
from sandbox.store.change import Change, Commit, decode, encode
from sandbox.store.database import Everything
from sandbox.store.encoding import encoded
from sandbox.store.memory import Memory
from sandbox.store.origin import Origin
from sandbox.store.protocol import Gone, Key, StoreProblem
from sandbox.store.rows import SCHEMA
from sandbox.store.tables import TABLES

_AT_HAND: Final = 32  # origins
_NAMES: Final = {table.kind: table.name for table in TABLES}
_KINDS: Final = {table.name: table.kind for table in TABLES}
_DECODERS: Final[dict[str, msgspec.json.Decoder[Any]]] = {
    table.name: msgspec.json.Decoder(table.kind) for table in TABLES
}


def tables() -> Iterator[str]:
    """The statements that make what is not there yet."""
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._origins "
        "(digest text PRIMARY KEY, content text NOT NULL, made_at timestamptz NOT NULL DEFAULT now())"
    )
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._worlds (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        f"id text UNIQUE NOT NULL, origin text NOT NULL REFERENCES {SCHEMA}._origins, beginning json NOT NULL, "
        "owner text)"
    )
    yield f"CREATE INDEX IF NOT EXISTS _worlds_origin ON {SCHEMA}._worlds (origin)"
    yield f"CREATE INDEX IF NOT EXISTS _worlds_owner ON {SCHEMA}._worlds (owner) WHERE owner IS NOT NULL"
    whose = f"world bigint NOT NULL REFERENCES {SCHEMA}._worlds ON DELETE CASCADE"
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._world_changes "
        f"({whose}, revision bigint NOT NULL, unit json NOT NULL, PRIMARY KEY (world, revision))"
    )
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._world_records "
        f"({whose}, kind text NOT NULL, id text NOT NULL, number bigint NOT NULL, document json, "
        "PRIMARY KEY (world, kind, id))"
    )


class Origins:
    """The origins that this process has at hand. `content` finds that of one which it does not."""

    def __init__(self, content: Callable[[str], str | None]) -> None:
        self._content = content
        self._at_hand: OrderedDict[str, Origin] = OrderedDict()
        self._lock = RLock()  # as worlds are read in several threads

    def __getitem__(self, digest: str) -> Origin:
        """The one with a digest. Raises Gone, StoreProblem."""
        with self._lock:
            if digest not in self._at_hand:
                content = self._content(digest)
                if content is None:
                    raise Gone("what this world began with is there no more")
                self._keep(digest, Origin.loaded(content.encode()))
            self._at_hand.move_to_end(digest)
            return self._at_hand[digest]

    def note(self, origin: Origin) -> None:
        """Have one at hand."""
        with self._lock:
            self._keep(origin.digest, origin)

    def _keep(self, digest: str, origin: Origin) -> None:
        """Under the digest that it was stored with, whatever another version of this code would make of it."""
        self._at_hand[digest] = origin
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)


class SharedLayout:
    """How one world lies there: that with this number."""

    def __init__(self, number: int, origins: Origins) -> None:
        self._number = number
        self._origins = origins
        self.held = f"SELECT number FROM {SCHEMA}._worlds WHERE number = {number}"
        self.log = f"{SCHEMA}._world_changes WHERE world = {number}"

    def make(self, _connection: psycopg.Connection[Any], _name: str) -> None:
        """Nothing: a world is made by putting it on a shelf."""

    def write(self, cursor: psycopg.Cursor[Any], commit: Commit) -> None:
        """Keep a unit of work, and log it."""
        if commit.changes:
            self._put(cursor, commit)
        cursor.execute(
            f"INSERT INTO {SCHEMA}._world_changes VALUES (%s, %s, %s)",
            (self._number, commit.revision, encode(commit).decode()),
        )

    def replace(self, cursor: psycopg.Cursor[Any], memory: Memory) -> None:
        """Put these records in place of all that there are."""
        origin, beginning = self._begun(cursor.connection)
        cursor.execute(f"DELETE FROM {SCHEMA}._world_records WHERE world = %s", (self._number,))
        start = Origin(origin.with_changes(beginning))
        if (commit := start.difference(memory)).changes:
            self._put(cursor, commit)

    def everything(self, connection: psycopg.Connection[Any], name: str) -> Everything:
        """Every record, and the revision. Raises StoreProblem, Gone."""
        origin, beginning = self._begun(connection)
        rows = connection.execute(
            f"SELECT kind, id, number, document::text FROM {SCHEMA}._world_records WHERE world = %s "
            "ORDER BY document IS NOT NULL, number",
            (self._number,),
        )
        ((revision,),) = connection.execute(f"SELECT max(revision) FROM {self.log}")
        try:
            since = Commit(revision or 0, [_change(*row) for row in rows])
        except (KeyError, msgspec.MsgspecError) as error:
            raise StoreProblem(
                f"{name} cannot be used: a record of the world {self._number} is broken: {error}."
            ) from error
        return lambda: origin.with_changes(beginning, since)

    def beginning(self, connection: psycopg.Connection[Any]) -> Everything:
        """What it began with. Raises StoreProblem, Gone."""
        origin, beginning = self._begun(connection)
        return lambda: origin.with_changes(beginning)

    def _begun(self, connection: psycopg.Connection[Any]) -> tuple[Origin, Commit]:
        found = connection.execute(
            f"SELECT origin, beginning::text FROM {SCHEMA}._worlds WHERE number = %s", (self._number,)
        ).fetchone()
        if found is None:
            raise Gone(f"the world {self._number} is there no more")
        return self._origins[found[0]], decode(found[1].encode())

    def _put(self, cursor: psycopg.Cursor[Any], commit: Commit) -> None:
        cursor.executemany(
            f"INSERT INTO {SCHEMA}._world_records VALUES (%s, %s, %s, %s, %s) ON CONFLICT (world, kind, id) "
            "DO UPDATE SET number = excluded.number, document = excluded.document",
            [
                (self._number, _NAMES[change.key.kind], change.key.id, change.doc_id, _document(change.record))
                for change in commit.changes
            ],
        )


def _document(record: Record | None) -> str | None:
    return None if record is None else encoded(record).decode()


def _change(kind: str, id: str, number: int, document: str | None) -> Change:
    record = None if document is None else _DECODERS[kind].decode(document)
    return Change(Key(_KINDS[kind], id), number, record)
