"""What stores begin with that are copies of each other, and how one of them differs from it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256

from sandbox.model import World
from sandbox.store import checkpoint
from sandbox.store.change import Change, Commit, apply
from sandbox.store.memory import Memory, MemoryTable
from sandbox.store.protocol import Key


class Origin:
    """Records that nobody writes to, known by a digest of all of them."""

    def __init__(self, memory: Memory) -> None:
        """Take these as they are now."""
        self._memory = memory.copy()

    @classmethod
    def loaded(cls, content: bytes) -> Origin:
        """The one that had this content. Raises StoreProblem when it is nothing of the kind."""
        return cls(checkpoint.loaded(content))

    @property
    def content(self) -> bytes:
        """All of them, as a file has them."""
        return checkpoint.dumped(self._memory)

    @cached_property
    def digest(self) -> str:
        """What no other content has."""
        return sha256(self.content).hexdigest()

    @property
    def world(self) -> World:
        """What it says of the world that begins with it."""
        (world,) = self._memory.all(World)
        return world

    def with_changes(self, *commits: Commit) -> Memory:
        """A copy in which these units of work were done."""
        memory = self._memory.copy()
        for commit in commits:
            apply(commit, memory)
        return memory

    def difference(self, memory: Memory) -> Commit:
        """The unit of work that makes these records of it."""
        changes: list[Change] = []
        for kind, table in memory.tables.items():
            changes += _differences(self._memory.tables[kind], table)
        return Commit(memory.revision, changes)


def _differences(before: MemoryTable, after: MemoryTable) -> Iterator[Change]:
    """Deletions, then what was put; of tables that copies share, nothing."""
    if before is after:
        return
    kind = after.definition.kind
    for id in before.records.keys() - after.records.keys():
        yield Change(Key(kind, id), before.doc_ids[id], None)
    for id, record in after.records.items():
        if before.records.get(id) != record or before.doc_ids[id] != after.doc_ids[id]:
            yield Change(Key(kind, id), after.doc_ids[id], record)
