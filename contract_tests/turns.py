"""Requests evenly apart, however many processes of a run send them: each waits for its turn, and none has a share."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LONGEST: Final = 64  # characters of a time


class Turns:
    """So many turns a second, in this process alone, or in all that have the `file`. Without a rate nobody waits."""

    def __init__(self, rate: float | None = None, file: Path | None = None) -> None:
        self._pause = 1 / rate if rate else 0.0
        self._file = file
        self._next = 0.0

    def take(self) -> float:
        """Take the next turn. Returns in how many seconds it is."""
        if not self._pause:
            return 0.0
        if self._file is not None:
            return self._take_of_all(self._file)
        now = time.monotonic()
        turn = max(self._next, now)
        self._next = turn + self._pause
        return turn - now

    def _take_of_all(self, file: Path) -> float:
        """The clock that is asked is the same for all processes of a machine."""
        held = os.open(file, os.O_RDWR | os.O_CREAT)
        try:
            _lock(held)
            now = time.monotonic()
            turn = max(float(os.read(held, LONGEST) or 0), now)
            os.lseek(held, 0, os.SEEK_SET)
            os.write(held, f"{turn + self._pause:<{LONGEST}.6f}".encode())
        finally:
            os.close(held)
        return turn - now


def _lock(held: int) -> None:
    """Wait until no other process has this file, and have it until it is closed."""
    if sys.platform == "win32":
        os.lseek(held, LONGEST, os.SEEK_SET)  # beyond what is read
        msvcrt.locking(held, msvcrt.LK_LOCK, 1)
        os.lseek(held, 0, os.SEEK_SET)
    else:
        fcntl.flock(held, fcntl.LOCK_EX)
