"""A unit of work: changes laid over what has been committed, kept together or dropped together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sandbox.model import Record
from sandbox.store.change import Change, check
from sandbox.store.memory import Memory, MemoryTable
from sandbox.store.protocol import Conflict, Key

R = TypeVar("R", bound=Record)


class _Layer:
    """What a unit has done to one table: the ids it put or deleted, and the records it put."""

    __slots__ = ("put", "touched")

    def __init__(self, below: MemoryTable) -> None:
        self.touched: dict[str, None] = {}
        self.put = MemoryTable(below.definition)
        self.put.next_doc_id = below.next_doc_id


class UnitOfWork:
    """Reads through to the committed records, except where it has put or deleted one itself."""

    def __init__(self, below: Memory) -> None:
        self._below = below
        self._layers: dict[type[Record], _Layer] = {}
        self._ended = False

    def get(self, kind: type[R], id: str) -> R | None:
        """The record with this id, or None."""
        layer = self._layers.get(kind)
        if layer is not None and id in layer.touched:
            record: R | None = layer.put.records.get(id)
            return record
        return self._below.get(kind, id)

    def find(self, kind: type[R], **equal: str | None) -> Sequence[R]:
        """The records whose fields equal these values, in the order they were first put.

        Raises LookupError when the table declares no index on exactly these fields.
        """
        below = self._below.find(kind, **equal)
        layer = self._layers.get(kind)
        if layer is None:
            return below
        return self._merge(layer, below, layer.put.find(equal))

    def all(self, kind: type[R]) -> Iterable[R]:
        """Every record of one kind, in the order they were first put, as a new list."""
        below = self._below.all(kind)
        layer = self._layers.get(kind)
        if layer is None:
            return below
        return self._merge(layer, below, list(layer.put.records.values()))

    def count(self, kind: type[R]) -> int:
        """How many records of one kind there are."""
        below = self._below.count(kind)
        layer = self._layers.get(kind)
        if layer is None:
            return below
        hidden = sum(1 for id in layer.touched if self._below.get(kind, id) is not None)
        return below - hidden + len(layer.put.records)

    def put(self, record: Record) -> None:
        """Keep this record in place of the one with its id, if there is one.

        Raises Conflict when a unique index holds another record with the same values, TypeError when the
        record holds a value that its type does not allow, RuntimeError when the unit has ended.
        """
        self._refuse_when_ended()
        check(record)
        kind = type(record)
        committed = self._below.tables[kind]
        for index in committed.definition.indexes:
            if not index.unique or (index.where is not None and not index.where(record)):
                continue
            values = {field: getattr(record, field) for field in index.fields}
            for other in self.find(kind, **values):
                if other.id != record.id:
                    raise Conflict(f"{committed.definition.name}: {other.id} already has {values}")
        layer = self._layer(kind)
        layer.touched[record.id] = None
        layer.put.put(record, committed.doc_ids.get(record.id))

    def delete(self, kind: type[Record], id: str) -> None:
        """Forget a record; nothing happens when there is none. Raises RuntimeError when the unit has ended."""
        self._refuse_when_ended()
        layer = self._layer(kind)
        layer.touched[id] = None
        layer.put.delete(id)

    def changes(self) -> list[Change]:
        """What differs from the committed records: deletions, then what was put in the order it was."""
        changes: list[Change] = []
        for kind, layer in self._layers.items():
            below = self._below.tables[kind]
            changes += (
                Change(Key(kind, id), below.doc_ids[id], None)
                for id in layer.touched
                if id not in layer.put.records and id in below.records
            )
            changes += (
                Change(Key(kind, id), layer.put.doc_ids[id], record)
                for id, record in layer.put.records.items()
                if below.records.get(id) != record
            )
        return changes

    def end(self) -> None:
        """Refuse every further change: it would be lost without a word."""
        self._ended = True

    def _layer(self, kind: type[Record]) -> _Layer:
        layer = self._layers.get(kind)
        if layer is None:
            layer = self._layers[kind] = _Layer(self._below.tables[kind])
        return layer

    def _merge(self, layer: _Layer, below: Iterable[R], put: list[R]) -> list[R]:
        kept = [record for record in below if record.id not in layer.touched]
        if not put:
            return kept
        kept_ids, put_ids = self._below.tables[type(put[0])].doc_ids, layer.put.doc_ids
        return sorted(kept + put, key=lambda record: put_ids.get(record.id) or kept_ids[record.id])

    def _refuse_when_ended(self) -> None:
        if self._ended:
            raise RuntimeError("this unit of work has ended: its changes were kept or dropped already")
