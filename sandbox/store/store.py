"""The store built on TinyDB: records in memory, units of work, and the files that keep them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sandbox.store import checkpoint
from sandbox.store.change import Change, apply
from sandbox.store.documents import Documents
from sandbox.store.files import Files
from sandbox.store.protocol import Key, Reader, StoreProblem, Unit
from sandbox.store.unit import UnitOfWork

CHECKPOINT_AFTER: Final = 8 << 20  # bytes of journal; reading them back takes about 0.1 s
REMEMBERED_KEYS: Final = 10_000


class TinyStore:
    """One world's records (see protocol.Store). Made by `open` or `in_memory`.

    A commit is seen by readers at once and is on the disk once `settled` or `flush` returns, so no answer may
    leave before that, be it to a read or a write.
    """

    def __init__(self, documents: Documents, revision: int, files: Files | None) -> None:
        self._documents = documents
        self._revision = revision
        self._files = files
        self._open = True
        self._writing = False
        self._changed: deque[tuple[int, frozenset[Key]]] = deque()  # by revision, oldest first
        self._changed_keys = 0  # how many keys these hold together
        self._known_since = revision  # everything changed after this revision is in them

    @classmethod
    def open(cls, folder: Path, name: str = "main", checkpoint_after: int = CHECKPOINT_AFTER) -> TinyStore:
        """The records kept in `folder/name.json` and its journal; an empty store when there are none.

        `checkpoint_after` is the size of the journal, in bytes, at which the file is brought up to date. Raises
        StoreProblem when another process uses the files, or they are damaged or cannot be reached.
        """
        files = Files(folder, name, checkpoint_after)
        try:
            documents, revision = files.load()
        except BaseException:
            files.release()
            raise
        return cls(documents, revision, files)

    @classmethod
    def in_memory(cls) -> TinyStore:
        """An empty store without files; settling it is free."""
        return cls(Documents(), 0, None)

    @classmethod
    def loaded(cls, content: bytes) -> TinyStore:
        """The records in what `dumped` returned, in memory only. Raises StoreProblem when it is nothing of the kind."""
        return cls(checkpoint.loaded(content), 0, None)

    @property
    def revision(self) -> int:
        """Grows by one with every unit of work that changed something."""
        return self._revision

    @property
    def is_empty(self) -> bool:
        """True when no table holds a record."""
        return self._documents.is_empty()

    def read(self) -> Reader:
        """The records as they are now, and as they become: a reader may be kept."""
        return self._documents

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work: committed when the block ends, dropped whole when it raises.

        A unit that changed nothing leaves the revision and the files alone. Raises StoreProblem when the store
        is closed or could not write before, RuntimeError inside another unit.
        """
        self._refuse_if_unable()
        unit = UnitOfWork(self._documents)
        self._writing = True
        try:
            yield unit
            self._commit(unit)
        finally:
            unit.end()
            self._writing = False

    def refresh(self) -> None:
        """Nothing: no other process writes to these files."""

    def alone(self) -> AbstractContextManager[None]:
        """A block like any other: no other process writes to these files."""
        return nullcontext()

    def disconnect(self) -> None:
        """Nothing: files cannot be shared, so this process does not divide."""

    def changed_since(self, revision: int) -> frozenset[Key] | None:
        """The records put or deleted after a revision; None when that is too long ago to know."""
        if revision < self._known_since:
            return None
        keys: set[Key] = set()
        for changed_at, changed in reversed(self._changed):
            if changed_at <= revision:
                break
            keys |= changed
        return frozenset(keys)

    async def settled(self) -> None:
        """Returns when everything committed so far is on the disk; free when it is.

        Raises StoreProblem when it could not be put there: then nothing may be answered from what is in memory.
        """
        if self._files is not None:
            await self._files.journal.settled()

    def flush(self) -> None:
        """Put everything committed so far on the disk, without an event loop. Raises StoreProblem."""
        if self._files is not None and self._open:
            self._files.journal.flush()

    def fork(self) -> Self:
        """An independent copy of the records, kept in memory only."""
        return type(self)(self._documents.copy(), self._revision, None)

    def dumped(self) -> bytes:
        """Everything as TinyDB keeps it in a file."""
        return checkpoint.dumped(self._documents, self._revision)

    def replace_with(self, other: TinyStore) -> None:
        """Put a copy of another store's records in place of all of this one's, as one change of revision.

        It is on the disk when this returns; a crash leaves the old records or the new ones. Raises StoreProblem
        (the disk may then hold either, and the store takes nothing more), RuntimeError inside a unit of work.
        """
        self._refuse_if_unable()
        documents = other._documents.copy()
        if self._files is not None:
            self._files.replace(documents, self._revision + 1)
        self._put_in_place(documents, self._revision + 1)

    def close(self) -> None:
        """Write what is pending, bring the file up to date and let go of it. Raises StoreProblem."""
        if self._open:
            self._open = False
            if self._files is not None:
                self._files.close(self._documents, self._revision)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _commit(self, unit: UnitOfWork) -> None:
        changes = unit.changes()
        if not changes:
            return
        if self._files is not None:
            self._files.append(self._revision + 1, changes)
        self._take(changes)
        if self._files is not None:
            self._files.checkpoint_if_due(self._documents, self._revision)

    def _take(self, changes: Sequence[Change]) -> None:
        """Bring memory to the next revision."""
        apply(changes, self._documents)
        self._revision += 1
        self._remember(frozenset(change.key for change in changes))

    def _put_in_place(self, documents: Documents, revision: int) -> None:
        """Have memory hold these records and no others."""
        self._documents.shelves = documents.shelves  # whoever holds a reader sees the new records
        self._revision = revision
        self._changed.clear()
        self._changed_keys = 0
        self._known_since = revision

    def _remember(self, keys: frozenset[Key]) -> None:
        self._changed.append((self._revision, keys))
        self._changed_keys += len(keys)
        while self._changed_keys > REMEMBERED_KEYS:
            self._known_since, forgotten = self._changed.popleft()
            self._changed_keys -= len(forgotten)

    def _refuse_if_unable(self) -> None:
        if self._writing:
            raise RuntimeError("a unit of work is open already: end it first")
        if not self._open:
            raise StoreProblem("the store is closed")
        if self._files is not None:
            self._files.journal.refuse_if_failed()
