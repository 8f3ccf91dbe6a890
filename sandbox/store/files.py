"""The files of one store: how a checkpoint and a journal together lose nothing.

In the folder lie `main.json` (the checkpoint), `main.journal-*.jsonl` (what was committed since) and `main.lock`.
The checkpoint says its revision, so lines of the journal up to there are passed over: it does not matter whether
a crash came before or after the segments it made needless were removed.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Final

import msgspec

from sandbox.store import checkpoint
from sandbox.store.change import Change, apply, decode, encode
from sandbox.store.checkpoint import damaged
from sandbox.store.disk import FolderLock, sync_folder
from sandbox.store.documents import Documents
from sandbox.store.journal import Journal
from sandbox.store.protocol import StoreProblem

_LOG: Final = logging.getLogger(__name__)


class Files:
    """Keeps the documents of a store on the disk, in one folder, for one process."""

    def __init__(self, folder: Path, name: str, checkpoint_after: int) -> None:
        """Take hold of the folder, making it if need be.

        `checkpoint_after` is the size of the journal, in bytes, at which a checkpoint is made. Raises StoreProblem.
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

    def load(self) -> tuple[Documents, int]:
        """The records on the disk and their revision. Raises StoreProblem, having changed nothing."""
        collecting = gc.isenabled()
        gc.disable()  # nothing read here becomes garbage; looking for some takes a third of the time
        try:
            return self._load()
        finally:
            if collecting:
                gc.enable()

    def _load(self) -> tuple[Documents, int]:
        documents, revision = checkpoint.read(self._path)
        self._checkpointed = revision
        try:
            for path, body in self.journal.read():
                try:
                    unit_revision, changes = decode(body)
                except (msgspec.MsgspecError, KeyError) as error:
                    raise damaged(path, f"a unit of work is not of this version ({error})") from error
                if unit_revision <= self._checkpointed:
                    continue
                if unit_revision != revision + 1:
                    raise damaged(
                        path,
                        f"it goes on with revision {unit_revision}, but {revision} is the last known before it: "
                        "a file that came before it is missing or from another time",
                    )
                apply(changes, documents)
                revision = unit_revision
            if together := documents.duplicates():
                raise damaged(self._path, together)
            self.journal.cut()
            checkpoint.temporary(self._path).unlink(missing_ok=True)  # left by a crash
        except OSError as error:
            raise StoreProblem(
                f"{error.filename or self._path} could not be used: {error.strerror}. Nothing has been lost: put this "
                "right, then start the sandbox again."
            ) from error
        return documents, revision

    def append(self, revision: int, changes: Sequence[Change]) -> None:
        """Hand a unit of work to the journal. Raises before anything is handed over, or not at all."""
        self.journal.append(encode(revision, changes))

    def checkpoint_if_due(self, documents: Documents, revision: int) -> None:
        """Begin a checkpoint in the background when the journal has grown enough. `documents` is copied first."""
        if self.journal.size < self._checkpoint_after:
            return
        if self._background is not None and not self._background.done():
            return
        self._background = self._thread.submit(self._checkpoint, documents.copy(), revision, self.journal.rotate())

    def replace(self, documents: Documents, revision: int) -> None:
        """Put these records, as of a revision later than any before, in place of everything, before returning.

        A crash leaves the old records or the new ones. Raises StoreProblem; nothing can be written after that,
        as the disk may hold either.
        """
        self._end_background()
        self.journal.flush()
        try:
            checkpoint.write(self._path, documents, revision)
            self._checkpointed = revision
            self.journal.remove_before(self.journal.rotate())
        except OSError as error:
            self.journal.fail(error, self._path)
            self.journal.refuse_if_failed()

    def close(self, documents: Documents, revision: int) -> None:
        """Leave everything in the file at rest, and let go of the folder.

        Raises StoreProblem when units of work could not be written that nobody was told of yet.
        """
        self._end_background()
        try:
            if not self.journal.failed:
                self.journal.flush()
                if revision > self._checkpointed:
                    self._checkpoint(documents, revision, self.journal.rotate())
        finally:
            self.release()

    def release(self) -> None:
        """Let go of the folder and the threads, leaving the files as they are."""
        self._thread.shutdown()
        self.journal.close()
        self._lock.release()

    def _checkpoint(self, documents: Documents, revision: int, segment: int) -> None:
        """Write the file at rest, then remove the segments before `segment`, which hold nothing newer.

        When that fails nothing is lost: the journal still holds it all, and the next checkpoint tries again.
        """
        try:
            checkpoint.write(self._path, documents, revision)
            self._checkpointed = revision
            self.journal.remove_before(segment)
        except OSError as error:
            _LOG.warning("%s could not be brought up to date (%s); the journal is kept instead", self._path, error)

    def _end_background(self) -> None:
        if self._background is not None:
            wait([self._background])
            self._background = None
