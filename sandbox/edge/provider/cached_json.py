"""Records as JSON, cached for each view of them as long as they stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from sandbox.edge.answer import encoded

Cached = dict[Hashable, Any]


def cached_json(cached: Cached, view: Hashable, then: Hashable, make: Callable[[], Any]) -> bytes:
    """What `make` returns, as JSON: from `cached` if it was made before, and the time made it say the same.

    `then` is whatever it takes from the time: a day, or what follows from the moment. Only the last one is kept.
    """
    found: tuple[Hashable, bytes] | None = cached.get(view)
    if found is None or found[0] != then:
        # A copy: what the encoder returns lies in a larger piece of memory, the rest of which fits nothing.
        cached[view] = found = then, bytes(memoryview(encoded(make())))
    return found[1]


def one(resource: bytes) -> bytes:
    """An answer with one record."""
    return b'{"data":%b}' % resource


class Listed(bytes):
    """An answer with a list of records. Its `fingerprint` is made of theirs, which each of them keeps."""

    fingerprint: int
    records: int


def many(resources: Sequence[bytes]) -> Listed:
    """An answer with a list of records."""
    listed = Listed(b'{"data":[%b]}' % b",".join(resources))
    listed.fingerprint, listed.records = hash(tuple(resources)), len(resources)
    return listed
