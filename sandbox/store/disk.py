"""The disk: forcing files onto it, and keeping a folder to one process."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from sandbox.store.protocol import StoreProblem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

BYTES: Final[int] = getattr(os, "O_BINARY", 0)
"""A file to be opened with this holds what is written to it: Windows would end lines its own way."""


def sync_file(descriptor: int) -> None:
    """Return once everything written to this file is on the disk. Raises OSError."""
    # macOS and Windows have no fdatasync.
    getattr(os, "fdatasync", os.fsync)(descriptor)


def sync_folder(folder: Path) -> None:
    """Return once the names in this folder (new, renamed, removed) are on the disk. Raises OSError."""
    if sys.platform == "win32":
        return  # a folder cannot be opened there, and needs no syncing
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: one call of the system may take only some. Raises OSError."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


class FolderLock:
    """Held by the one process that may use a store's files; the system lets go of it when the process ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock kept at `path`. Raises StoreProblem when another process, or this one, holds it."""
        try:
            # For appending, as that makes the file without emptying one that is there: it names the holder.
            self._file = path.open("a+b", buffering=0)
        except OSError as error:
            raise StoreProblem(
                f"{path} could not be opened: {error.strerror}. The sandbox needs to write to this folder: "
                "choose another one, or allow it."
            ) from error
        try:
            _lock(self._file.fileno())
        except OSError as error:
            self._file.seek(0)
            holder = (self._file.read(20) or b"").decode("ascii", "replace").strip()
            self._file.close()
            process = f"process {holder}" if holder.isdigit() else "another process"
            raise StoreProblem(
                f"{path} is held by {process}, which is using the data in {path.parent}. "
                "Stop it first, or choose another folder."
            ) from error
        with suppress(OSError):  # on a full disk the lock holds all the same, without its holder's number
            self._file.truncate(0)
            self._file.write(b"%d\n" % os.getpid())

    def release(self) -> None:
        """Let the next process in. The lock file stays: removing it would let two in."""
        self._file.close()


def _lock(descriptor: int) -> None:
    """Lock this file for this process alone. Raises OSError when it is locked already."""
    if sys.platform == "win32":
        # Locked bytes cannot be read there, so the lock lies beyond the holder's number.
        os.lseek(descriptor, 1024, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
