"""What there is to see of worlds in PostgreSQL without opening them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

import msgspec

from sandbox.model import CONDUCT, ORDINARY, Conduct, Record, World
from sandbox.store.change import Commit, decode
from sandbox.store.protocol import Key
from sandbox.store.rows import SCHEMA
from sandbox.store.shared_layout import Origins
from sandbox.worlds.shelf import Glimpse

R = TypeVar("R", bound=Record)

LOOK: Final = (
    f"SELECT w.id, w.owner, w.origin, w.beginning::text, world.document::text, "
    f"conduct.id IS NOT NULL, conduct.document::text FROM {SCHEMA}._worlds w "
    f"LEFT JOIN {SCHEMA}._world_records world ON (world.world, world.kind) = (w.number, 'world') "
    f"LEFT JOIN {SCHEMA}._world_records conduct ON (conduct.world, conduct.kind) = (w.number, 'conduct') "
)
"""The statement whose rows they are made of."""
ORDER: Final = "ORDER BY w.number"
"""And how it goes on, if of all of them."""


def glimpses(rows: Iterable[Any], origins: Origins) -> Iterator[Glimpse]:
    """Those of these rows. Raises StoreProblem."""
    for id, owner, origin, beginning, world, is_changed, conduct in rows:
        began_with = _Beginning(decode(beginning.encode()))
        if world is not None:
            record = msgspec.json.decode(world, type=World)
        else:
            record = began_with.get(World, "world") or origins[origin].world
        if is_changed:
            said = msgspec.json.decode(conduct, type=Conduct) if conduct is not None else None
        else:
            said = began_with.get(Conduct, CONDUCT)
        yield Glimpse(id, record, said or ORDINARY, owner)


class _Beginning:
    """What a world changed before it began."""

    def __init__(self, changes: Commit) -> None:
        self._records: dict[Key, Any] = {change.key: change.record for change in changes.changes}

    def get(self, kind: type[R], id: str) -> R | None:
        """The record with this id that it put, or None."""
        record: R | None = self._records.get(Key(kind, id))
        return record
