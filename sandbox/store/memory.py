"""The records in memory, and the indexes that they are found by."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter, itemgetter
from typing import Any, Final, TypeVar

from sandbox.model import Record
from sandbox.store.tables import TABLES, Index, Table

R = TypeVar("R", bound=Record)

_ABSENT: Final = object()


class MemoryIndex:
    """One index: the records under each combination of values.

    A bucket is a dict of id → record in the order the records were first put. A record that moves between
    buckets lands at the end of the new one, so that bucket is sorted again when it is next asked for. A copy shares
    its buckets with the original until either changes one.
    """

    __slots__ = ("_key_in", "_key_of", "_out_of_order", "_own", "_under", "_where")

    def __init__(self, index: Index, records: Iterable[Record]) -> None:
        self._key_of = attrgetter(*index.fields)
        self._key_in = itemgetter(*index.fields)
        self._where = index.where
        self._under: dict[Any, dict[str, Any]] = {}
        self._out_of_order: set[Any] = set()
        self._own: set[Any] | None = None  # the keys of the buckets that no copy shares; None: all of them
        for record in records:
            self.replace(None, record)

    def copy(self) -> MemoryIndex:
        """An independent copy."""
        copy = MemoryIndex.__new__(MemoryIndex)
        copy._key_of, copy._key_in, copy._where = self._key_of, self._key_in, self._where
        copy._under, copy._out_of_order = self._under.copy(), self._out_of_order.copy()
        copy._own, self._own = set(), set()
        return copy

    def replace(self, old: Record | None, new: Record | None) -> None:
        """Take `old` out and put `new`, a record with the same id, in; None stands for no record."""
        was, now = self._key(old), self._key(new)
        moved = was != now
        if old is not None and was is not _ABSENT and moved:
            bucket = self._own_bucket(was)
            del bucket[old.id]
            if not bucket:
                del self._under[was]
                self._out_of_order.discard(was)
        if new is not None and now is not _ABSENT:
            bucket = self._own_bucket(now)
            if old is not None and moved and bucket:
                self._out_of_order.add(now)
            bucket[new.id] = new

    def find(self, equal: Mapping[str, str | None], doc_ids: Mapping[str, int]) -> list[Any]:
        """The records with these values; `equal` names the fields of this index."""
        key = self._key_in(equal)
        bucket = self._under.get(key)
        if bucket is None:
            return []
        if key in self._out_of_order:
            bucket = {id: bucket[id] for id in sorted(bucket, key=doc_ids.__getitem__)}
            self._under[key] = bucket
            self._out_of_order.discard(key)
            if self._own is not None:
                self._own.add(key)
        return list(bucket.values())

    def shared(self) -> list[Any]:
        """The records of the first bucket that holds more than one, or none."""
        return next((list(bucket.values()) for bucket in self._under.values() if len(bucket) > 1), [])

    def _own_bucket(self, key: Any) -> dict[str, Any]:
        """The bucket under a key, to be changed; a new one if there is none."""
        bucket = self._under.get(key)
        if bucket is None or (self._own is not None and key not in self._own):
            bucket = self._under[key] = {} if bucket is None else bucket.copy()
            if self._own is not None:
                self._own.add(key)
        return bucket

    def _key(self, record: Record | None) -> Any:
        if record is None or (self._where is not None and not self._where(record)):
            return _ABSENT
        return self._key_of(record)


class MemoryTable:
    """One table's records, in the order they were first put, each with the number TinyDB knows it by.

    An index is built when it is first asked for: opening and copying a store then cost nothing for those
    nobody uses.
    """

    __slots__ = ("_built", "_declared", "definition", "doc_ids", "next_doc_id", "records")

    def __init__(self, definition: Table) -> None:
        self.definition = definition
        self.records: dict[str, Any] = {}
        self.doc_ids: dict[str, int] = {}
        self.next_doc_id = 1
        self._declared = {frozenset(index.fields): index for index in definition.indexes}
        if len(self._declared) != len(definition.indexes):
            raise ValueError(f"{definition.name} declares two indexes on the same fields")
        self._built: dict[frozenset[str], MemoryIndex] = {}

    def find(self, equal: Mapping[str, str | None]) -> list[Any]:
        """The records with these values, as a new list. Raises LookupError without an index on these fields."""
        fields = frozenset(equal)
        index = self._built.get(fields)
        if index is None:
            index = self._build(fields)
        return index.find(equal, self.doc_ids)

    def _build(self, fields: frozenset[str]) -> MemoryIndex:
        declared = self._declared.get(fields)
        if declared is None:
            raise LookupError(f"{self.definition.name} has no index on {', '.join(sorted(fields)) or 'nothing'}")
        index = self._built[fields] = MemoryIndex(declared, self.records.values())
        return index

    def put(self, record: Record, doc_id: int | None = None) -> None:
        """Keep a record; a new one gets this number in the file, or the next."""
        old = self.records.get(record.id)
        if old is None:
            number = self.next_doc_id if doc_id is None else doc_id
            self.doc_ids[record.id] = number
            self.next_doc_id = max(self.next_doc_id, number + 1)
        self.records[record.id] = record
        for index in self._built.values():
            index.replace(old, record)

    def delete(self, id: str) -> None:
        """Forget a record; nothing happens when there is none."""
        old = self.records.pop(id, None)
        if old is not None:
            del self.doc_ids[id]
            for index in self._built.values():
                index.replace(old, None)

    def duplicates(self) -> Sequence[Record]:
        """Records that a unique index should not hold together, or none."""
        for index in self.definition.indexes:
            if index.unique and (shared := MemoryIndex(index, self.records.values()).shared()):
                return shared
        return ()

    def copy(self) -> MemoryTable:
        """An independent copy. The records themselves are frozen, so both share them.

        Every index is built first, as building takes longer than copying, and others may be copied after this one.
        """
        for fields in self._declared.keys() - self._built.keys():
            self._build(fields)
        copy = MemoryTable(self.definition)
        copy.records = self.records.copy()
        copy.doc_ids = self.doc_ids.copy()
        copy.next_doc_id = self.next_doc_id
        copy._built = {fields: index.copy() for fields, index in self._built.items()}
        return copy


class Memory:
    """Every table's records as of a revision: the Reader of what has been committed.

    A copy shares its tables with the original until either writes to one.
    """

    __slots__ = ("_own", "revision", "tables")

    def __init__(self) -> None:
        self.revision = 0
        self.tables: dict[type[Record], MemoryTable] = {table.kind: MemoryTable(table) for table in TABLES}
        self._own = set(self.tables)  # those that no copy shares

    def get(self, kind: type[R], id: str) -> R | None:
        """The record with this id, or None."""
        record: R | None = self.tables[kind].records.get(id)
        return record

    def find(self, kind: type[R], **equal: str | None) -> Sequence[R]:
        """The records whose fields equal these values, in the order they were first put.

        Raises LookupError when the table declares no index on exactly these fields.
        """
        return self.tables[kind].find(equal)

    def all(self, kind: type[R]) -> Iterable[R]:
        """Every record of one kind, in the order they were first put, as a new list."""
        return list(self.tables[kind].records.values())

    def count(self, kind: type[R]) -> int:
        """How many records of one kind there are."""
        return len(self.tables[kind].records)

    def is_empty(self) -> bool:
        """True when no table holds a record."""
        return not any(table.records for table in self.tables.values())

    def duplicates(self) -> str | None:
        """Which records of a table a unique index should not hold together, in words; None when all is well."""
        for table in self.tables.values():
            if together := table.duplicates():
                ids = " and ".join(record.id for record in together)
                return f"in {table.definition.name}, {ids} may not exist together"
        return None

    def writable(self, kind: type[Record]) -> MemoryTable:
        """A table that may be written to: nobody else sees it."""
        if kind not in self._own:
            self.tables[kind] = self.tables[kind].copy()
            self._own.add(kind)
        return self.tables[kind]

    def copy(self) -> Memory:
        """An independent copy, at once: a table that is written to afterwards is copied then."""
        copy = Memory.__new__(Memory)
        copy.revision, copy.tables = self.revision, self.tables.copy()
        copy._own, self._own = set(), set()
        return copy

    def become(self, other: Memory) -> None:
        """Hold what `other` holds, in place of everything: whoever keeps this reader finds that from now on."""
        self.tables, self.revision = other.tables, other.revision
        self._own, other._own = other._own, set()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Nothing read into memory in the block becomes garbage; looking for some takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
