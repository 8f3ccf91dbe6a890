"""Indexes of one world, kept from one request to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from sandbox.actions.ordered_index import OrderedIndex
from sandbox.model import Record
from sandbox.store.protocol import Key, Reader, Store

T = TypeVar("T")

Concerned = Callable[[Reader, Any], Iterable[str] | None]
"""Of whom something that is shown changes with a record: their ids, or None when it may be anybody."""


def nobody(_reader: Reader, _record: Record) -> Iterable[str]:
    """Nothing of anybody changes."""
    return ()


def anybody(_reader: Reader, _record: Record) -> None:
    """Something of anybody may change."""
    return


class KeptIndexes:
    """Indexes, made when first asked for, then brought up to date by what has changed.

    `concerned` has every kind of record there is.
    """

    def __init__(self, store: Store, concerned: Mapping[type[Record], Concerned]) -> None:
        self._store = store
        self._concerned = concerned
        self._revision = store.revision
        self._kept: dict[Hashable, tuple[Any, OrderedIndex[Any]]] = {}

    def kept(self, whose: Hashable, make: Callable[[Reader], T], index_of: Callable[[T], OrderedIndex[Any]]) -> T:
        """What `make` makes of the records, now; `index_of` finds the index in it."""
        self._catch_up()
        if whose not in self._kept:
            made = make(self._store.read())
            self._kept[whose] = made, index_of(made)
        kept: T = self._kept[whose][0]
        return kept

    def _catch_up(self) -> None:
        if self._revision == self._store.revision:
            return
        changed = self._store.changed_since(self._revision)
        concerned = None if changed is None else whom_it_concerns(self._store.read(), changed, self._concerned)
        self._revision = self._store.revision
        if concerned is None:
            self._kept.clear()
            return
        for _, index in self._kept.values():
            index.look_again(concerned)


def whom_it_concerns(
    reader: Reader, changed: Iterable[Key], concerned: Mapping[type[Record], Concerned]
) -> set[str] | None:
    """The participants of whom something that is shown may have changed; None when it may be anybody.

    When one of their records is gone, ids were merged: whose the others were until then is not known any more.
    """
    found: set[str] = set()
    for kind, id in changed:
        about = concerned[kind]
        if about is nobody:
            continue
        record = reader.get(kind, id)
        of_them = None if record is None else about(reader, record)
        if of_them is None:
            return None
        found.update(of_them)
    return found
