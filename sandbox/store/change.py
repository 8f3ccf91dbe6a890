"""What units of work changed: in memory, as a line of JSON, and by revision."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, Final, NamedTuple

import msgspec

from sandbox.model import Record
from sandbox.store.encoding import encoded
from sandbox.store.memory import Memory
from sandbox.store.protocol import Key
from sandbox.store.tables import TABLES

REMEMBERED_KEYS: Final = 10_000

_DECODERS: Final[dict[type[Record], msgspec.json.Decoder[Any]]] = {
    table.kind: msgspec.json.Decoder(table.kind) for table in TABLES
}
_KINDS: Final = {table.name: table.kind for table in TABLES}
_NAMES: Final = {table.kind: table.name for table in TABLES}


class Change(NamedTuple):
    """One record put (with its number in the TinyDB file) or, without a record, deleted."""

    key: Key
    doc_id: int
    record: Record | None


class Commit(NamedTuple):
    """A unit of work that is to be kept, or was: what it changed, and the revision it made."""

    revision: int
    changes: Sequence[Change]


class _Unit(msgspec.Struct, frozen=True):
    revision: int
    put: list[tuple[str, int, Record]]
    deleted: list[tuple[str, int, str]]


class _Line(msgspec.Struct, frozen=True):
    revision: int
    put: list[tuple[str, int, msgspec.Raw]]
    deleted: list[tuple[str, int, str]]


_LINE_DECODER: Final = msgspec.json.Decoder(_Line)


def check(record: Record) -> None:
    """Make sure that a record will be read back as it is now.

    Structs do not check their fields, so a wrong value would be kept, acknowledged, and then stop the store
    from opening. Raises TypeError.
    """
    kind = type(record)
    try:
        same = _DECODERS[kind].decode(encoded(record)) == record
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise TypeError(f"{kind.__name__} {record.id} cannot be kept: {error}") from error
    if not same:
        raise TypeError(f"{kind.__name__} {record.id} cannot be kept: it would be read back differently")


def encode(commit: Commit) -> bytes:
    """One unit of work as a JSON object without line breaks: revision, put, deleted."""
    put = [(_NAMES[c.key.kind], c.doc_id, c.record) for c in commit.changes if c.record is not None]
    deleted = [(_NAMES[c.key.kind], c.doc_id, c.key.id) for c in commit.changes if c.record is None]
    return encoded(_Unit(commit.revision, put, deleted))


def decode(body: bytes) -> Commit:
    """The unit of work that `encode` made a line of. Raises msgspec.MsgspecError, KeyError."""
    line = _LINE_DECODER.decode(body)
    changes = [Change(Key(_KINDS[name], id), doc_id, None) for name, doc_id, id in line.deleted]
    for name, doc_id, raw in line.put:
        record = _DECODERS[_KINDS[name]].decode(raw)
        changes.append(Change(Key(_KINDS[name], record.id), doc_id, record))
    return Commit(line.revision, changes)


def apply(commit: Commit, memory: Memory) -> None:
    """Bring memory to where this unit of work left the records."""
    for change in commit.changes:
        table = memory.writable(change.key.kind)
        if change.record is None:
            table.delete(change.key.id)
        else:
            if table.doc_ids.get(change.key.id, change.doc_id) != change.doc_id:
                table.delete(change.key.id)  # and put again, as it is here at once
            table.put(change.record, change.doc_id)
    memory.revision = commit.revision


class _Changed(NamedTuple):
    """What a unit of work changed, and what of it there was not before."""

    revision: int
    keys: frozenset[Key]
    made: frozenset[Key]


class RecentChanges:
    """The keys of the records that the latest units of work changed, as many as are worth remembering."""

    def __init__(self, revision: int) -> None:
        self._known_since = revision  # everything changed after this revision is remembered
        self._units: deque[_Changed] = deque()  # oldest first
        self._count = 0  # how many keys they have together

    def add(self, commit: Commit, before: Memory) -> None:
        """Remember what a unit of work changes in these records, in place of the oldest."""
        keys = frozenset(change.key for change in commit.changes)
        made = frozenset(key for key in keys if key.id not in before.tables[key.kind].records)
        self._units.append(_Changed(commit.revision, keys, made))
        self._count += len(keys)
        while self._count > REMEMBERED_KEYS:
            forgotten = self._units.popleft()
            self._known_since = forgotten.revision
            self._count -= len(forgotten.keys)

    def since(self, revision: int) -> frozenset[Key] | None:
        """What was changed after a revision; None when that is too long ago to know."""
        if revision < self._known_since:
            return None
        return frozenset().union(*(unit.keys for unit in self._after(revision)))

    def made_since(self, revision: int) -> frozenset[Key]:
        """What there was not at a revision, as far as that is not too long ago to know."""
        return frozenset().union(*(unit.made for unit in self._after(revision)))

    def _after(self, revision: int) -> Iterator[_Changed]:
        """The units of work after a revision, latest first."""
        return takewhile(lambda unit: unit.revision > revision, reversed(self._units))
