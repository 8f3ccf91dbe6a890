"""What one unit of work changed, in memory and as a line of JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from sandbox.model import Record
from sandbox.store.documents import Documents
from sandbox.store.protocol import Key
from sandbox.store.tables import TABLES

_ENCODER: Final = msgspec.json.Encoder()
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
        same = _DECODERS[kind].decode(_ENCODER.encode(record)) == record
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise TypeError(f"{kind.__name__} {record.id} cannot be kept: {error}") from error
    if not same:
        raise TypeError(f"{kind.__name__} {record.id} cannot be kept: it would be read back differently")


def encode(revision: int, changes: Sequence[Change]) -> bytes:
    """One unit of work as a JSON object without line breaks: revision, put, deleted."""
    put = [(_NAMES[c.key.kind], c.doc_id, c.record) for c in changes if c.record is not None]
    deleted = [(_NAMES[c.key.kind], c.doc_id, c.key.id) for c in changes if c.record is None]
    return _ENCODER.encode({"revision": revision, "put": put, "deleted": deleted})


def decode(body: bytes) -> tuple[int, list[Change]]:
    """The revision and the changes of one unit of work. Raises msgspec.MsgspecError, KeyError."""
    line = _LINE_DECODER.decode(body)
    changes = [Change(Key(_KINDS[name], id), doc_id, None) for name, doc_id, id in line.deleted]
    for name, doc_id, raw in line.put:
        record = _DECODERS[_KINDS[name]].decode(raw)
        changes.append(Change(Key(_KINDS[name], record.id), doc_id, record))
    return line.revision, changes


def apply(changes: Sequence[Change], documents: Documents) -> None:
    """Bring the documents to where this unit of work left them."""
    for change in changes:
        shelf = documents.shelves[change.key.kind]
        if change.record is None:
            shelf.delete(change.key.id)
        else:
            shelf.put(change.record, change.doc_id)
