"""The keeper of a folder: how a checkpoint and a journal together lose nothing.

In the folder lie `main.json` (the checkpoint), `main.journal-*.jsonl` (what was committed since) and `main.lock`.
The checkpoint says its revision, so lines of the journal up to there are passed over: it does not matter whether
a crash came before or after the segments it made needless were removed.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Final

import msgspec

from sandbox.store import checkpoint
from sandbox.store.change import Commit, apply, decode, encode
from sandbox.store.checkpoint import damaged
from sandbox.store.disk import FolderLock, sync_folder
from sandbox.store.journal import Journal
from sandbox.store.keeper import News
from sandbox.store.memory import Memory, without_collecting
from sandbox.store.protocol import StoreProblem

CHECKPOINT_AFTER: Final = 8 << 20  # bytes of journal; reading them back takes about 0.1 s

_LOG: Final = logging.getLogger(__name__)


class FolderKeeper:
    """Keeps a store (see keeper.Keeper) in the files of one folder, for one process at a time."""

    def __init__(self, folder: Path, name: str = "main", checkpoint_after: int = CHECKPOINT_AFTER) -> None:
        """Take hold of the folder, making it if need be. Raises StoreProblem when another process uses its files.

        `checkpoint_after` is the size of the journal, in bytes, at which a checkpoint is made.
        """
        try:
            if not folder.exists():
                folder.mkdir(parents=True)
                sync_folder(folder.parent)
        except OSError as error:
            raise StoreProblem(f"{folder} could not be made: {error.strerror}. Choose another folder.") from error
        if folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise StoreProblem(
                f"{folder} cannot be used: the sandbox needs to read this folder and to write to it. "
                "Choose another one, or allow it."
            )
        self._path = folder / f"{name}.json"
        self._lock = FolderLock(folder / f"{name}.lock")
        self._checkpoint_after = checkpoint_after
        self._checkpointed = 0  # the revision of the file at rest
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="checkpoint")
        self._background: Future[None] | None = None
        self.journal = Journal(folder, name)
        self.stale = True  # until the files have been read

    def news(self, _revision: int, /) -> News:
        """What is on the disk, the first time; nothing later, as nobody else writes there.

        Raises StoreProblem when the files are damaged or cannot be read, having changed nothing and let go of them.
        """
        if not self.stale:
            return ()
        try:
            with without_collecting():
                memory = self._load()
        except BaseException:
            self.release()
            raise
        self.stale = False
        return memory

    @property
    def problem(self) -> str | None:
        """Why no more is written to the folder; None while it is."""
        return self.journal.failure

    def begin(self, _revision: int, /) -> News:
        """Nothing: nobody else writes here. Raises StoreProblem when what was written before is not on the disk."""
        self.journal.refuse_if_failed()
        return ()

    async def turn(self, _revision: Callable[[], int], /) -> News:
        """Nothing: nobody else writes here."""
        return ()

    look = turn

    def append(self, commit: Commit) -> None:
        """Hand a unit of work to the journal. Raises before anything is handed over, or not at all."""
        self.journal.append(encode(commit))

    def commit(self, memory: Memory) -> None:
        """Begin a checkpoint in the background when the journal has grown enough. `memory` is copied first."""
        if self.journal.size < self._checkpoint_after or self.journal.failed:
            return
        if self._background is not None and not self._background.done():
            return
        self._background = self._thread.submit(self._checkpoint, memory.copy(), self.journal.rotate())

    async def durable(self) -> None:
        """Return when every unit of work is on the disk. Raises StoreProblem when one could not be put there."""
        await self.journal.durable()

    def flush(self) -> None:
        """Put every unit of work on the disk, without an event loop. Raises StoreProblem."""
        self.journal.flush()

    def replace(self, memory: Memory) -> None:
        """Put these records, as of a revision later than any before, in place of everything, before returning.

        A crash leaves the old records or the new ones. Raises StoreProblem; nothing can be written after that,
        as the disk may hold either.
        """
        self._end_background()
        self.journal.flush()
        try:
            checkpoint.write(self._path, memory)
            self._checkpointed = memory.revision
            self.journal.remove_before(self.journal.rotate())
        except OSError as error:
            self.journal.fail(error, self._path)
            self.journal.refuse_if_failed()

    def disconnect(self) -> None:
        """Keep hold of the files: they cannot be shared, so this process does not divide."""

    def close(self, memory: Memory) -> None:
        """Leave everything in the file at rest, and let go of the folder.

        Raises StoreProblem when units of work could not be written that nobody was told of yet.
        """
        self._end_background()
        try:
            if not self.journal.failed:
                self.journal.flush()
                if memory.revision > self._checkpointed:
                    self._checkpoint(memory, self.journal.rotate())
        finally:
            self.release()

    def release(self) -> None:
        """Let go of the folder and the threads, leaving the files as they are."""
        self._thread.shutdown()
        self.journal.close()
        self._lock.release()

    def _load(self) -> Memory:
        memory = checkpoint.read(self._path)
        self._checkpointed = memory.revision
        try:
            for path, body in self.journal.read():
                try:
                    commit = decode(body)
                except (msgspec.MsgspecError, KeyError) as error:
                    raise damaged(path, f"a unit of work is not of this version ({error})") from error
                if commit.revision <= self._checkpointed:
                    continue
                if commit.revision != memory.revision + 1:
                    raise damaged(
                        path,
                        f"it goes on with revision {commit.revision}, but {memory.revision} is the last known before "
                        "it: a file that came before it is missing or from another time",
                    )
                apply(commit, memory)
            if together := memory.duplicates():
                raise damaged(self._path, together)
            self.journal.cut()
            checkpoint.temporary(self._path).unlink(missing_ok=True)  # left by a crash
        except OSError as error:
            raise StoreProblem(
                f"{error.filename or self._path} could not be used: {error.strerror}. Nothing has been lost: put this "
                "right, then start the sandbox again."
            ) from error
        return memory

    def _checkpoint(self, memory: Memory, segment: int) -> None:
        """Write the file at rest, then remove the segments before `segment`, which hold nothing newer.

        When that fails nothing is lost: the journal still holds it all, and the next checkpoint tries again.
        """
        try:
            checkpoint.write(self._path, memory)
            self._checkpointed = memory.revision
            self.journal.remove_before(segment)
        except OSError as error:
            _LOG.warning("%s could not be brought up to date (%s); the journal is kept instead", self._path, error)

    def _end_background(self) -> None:
        if self._background is not None:
            wait([self._background])
            self._background = None
