"""The journal: every committed unit of work as one line, on the disk before anybody is told of it.

The lines lie in numbered segments, `main.journal-000001.jsonl` and so on; a checkpoint begins a new segment
and makes those before it needless. A line is a JSON array of a checksum and the unit of work:
`["5d41402a",{"revision":7,…}]`.

Many units share one sync: while one is under way in a thread, the lines that arrive wait and go together next.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import Final

from sandbox.store.checkpoint import damaged
from sandbox.store.disk import BYTES, sync_file, sync_folder, write_all
from sandbox.store.protocol import StoreProblem

_LOG: Final = logging.getLogger(__name__)
_NEVER_WRITTEN: Final = bytes(8)  # a file grows before its content comes
_PREFIX: Final = len('["12345678",')


def line(body: bytes) -> bytes:
    """A unit of work as a line of the journal."""
    return b'["%08x",%b]\n' % (zlib.crc32(body), body)


def _is_unfinished(text: bytes) -> bool:
    """True for what a crash may leave at the very end: a line that was not written whole, or a part that never came.

    Whatever else is wrong there was right once, and may have been acknowledged.
    """
    ends = text.endswith(b"\n") or body_of(text[:-1] + b"\n") is not None
    return not ends or _NEVER_WRITTEN in text


def body_of(line: bytes) -> bytes | None:
    """The unit of work in a line, or None when the line is torn or was altered."""
    if not (line.startswith(b'["') and line.endswith(b"]\n")):
        return None
    body = line[_PREFIX:-2]
    return body if line[2:10] == b"%08x" % zlib.crc32(body) else None


class Journal:
    """The segments of one store, and the units of work on their way to the disk."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._stem = f"{name}.journal-"
        segments = self.segments()
        self._segment = self._number(segments[-1]) if segments else 1
        self.size = sum(path.stat().st_size for path in segments)  # bytes since the last checkpoint
        self._torn: tuple[Path, int] | None = None  # the segment with an unfinished end, and its bytes before that
        self._file: tuple[int, int] | None = None  # the open segment: its number, its descriptor
        self.failure: str | None = None
        self._appended = 0  # units of work handed in since opening
        self._synced = 0  # and how many of them are on the disk
        self._lines: list[bytes] = []
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._syncing: tuple[Future[None], int, asyncio.AbstractEventLoop] | None = None
        self._waiters: deque[tuple[int, asyncio.Future[None]]] = deque()

    @property
    def failed(self) -> bool:
        """True once a line could not be put on the disk; nothing is written any more."""
        return self.failure is not None

    def segments(self) -> list[Path]:
        """The files of the journal, oldest first."""
        paths = (path for path in self._folder.glob(f"{self._stem}*.jsonl") if self._number(path) >= 0)
        return sorted(paths, key=self._number)

    def read(self) -> Iterator[tuple[Path, bytes]]:
        """Every unit of work with the segment it lies in, oldest first.

        What a crash left unfinished at the very end was never acknowledged: it is passed over, and noted for
        `cut`. Raises StoreProblem for any other line that is not as it was written.
        """
        segments = self.segments()
        for path in segments:
            good_bytes = 0
            torn_at: int | None = None
            torn = b""
            with path.open("rb") as file:
                for number, text in enumerate(file, 1):
                    body = body_of(text)
                    if body is None:
                        torn_at, torn = torn_at or number, torn + text
                    elif torn_at is not None:
                        raise damaged(path, f"line {torn_at} is damaged, and whole lines follow it")
                    else:
                        good_bytes += len(text)
                        yield path, body
            if torn_at is not None:
                if path != segments[-1]:
                    raise damaged(path, f"line {torn_at} is damaged, and another segment follows it")
                if not _is_unfinished(torn):
                    raise damaged(path, f"line {torn_at}, the last one, is whole, but not as it was written")
                self._torn = (path, good_bytes)

    def cut(self) -> None:
        """Cut off the unfinished end that `read` noted, if any, and keep it beside the file. Raises OSError."""
        if self._torn is None:
            return
        path, good_bytes = self._torn
        with path.open("r+b") as file:
            file.seek(good_bytes)
            torn = file.read()
            kept = _keep(torn, path)
            file.truncate(good_bytes)
            sync_file(file.fileno())
        _LOG.warning(
            "%s: cut off %d bytes at its end, left unfinished by a crash; they are in %s", path, len(torn), kept.name
        )
        self.size -= len(torn)
        self._torn = None

    def append(self, body: bytes) -> None:
        """Take a committed unit of work. It is on the disk once `durable` or `flush` returns."""
        text = line(body)
        self._lines.append(text)
        self._appended += 1
        self.size += len(text)

    def refuse_if_failed(self) -> None:
        """Raise StoreProblem when an earlier line could not be written: the disk may hold anything or nothing of it."""
        if self.failure is not None:
            raise StoreProblem(self.failure)

    async def durable(self) -> None:
        """Return when everything appended so far is on the disk. Raises StoreProblem when it cannot be put there."""
        self.refuse_if_failed()
        target = self._appended
        if self._synced >= target:
            return
        loop = asyncio.get_running_loop()
        if self._syncing is not None and self._syncing[2] is not loop:
            self.flush()  # begun under an event loop that has ended: nobody would tell us when it ends
            return
        if self._syncing is None:
            self._begin_sync(loop)
        waiter: asyncio.Future[None] = loop.create_future()
        self._waiters.append((target, waiter))
        await waiter

    def flush(self) -> None:
        """Put everything appended on the disk, now and in this thread. Raises StoreProblem when it cannot be."""
        if self._syncing is not None:
            wait([self._syncing[0]])
            self._end_sync(follow=False)
        self.refuse_if_failed()
        if self._lines:
            text, self._lines = b"".join(self._lines), []
            try:
                self._write(text, self._segment)
            except BaseException as error:
                self.fail(error)
                if isinstance(error, OSError):
                    raise StoreProblem(self.failure) from error
                raise
            self._synced = self._appended
            self._wake()

    def fail(self, error: BaseException, path: Path | None = None) -> None:
        """Take no more: after a failed sync nobody can know what the disk holds until it is read again.

        `path` is the file that was written, unless the error names it: by default, the open segment.
        """
        path, reason = path or self._path(self._segment), repr(error)
        if isinstance(error, OSError):
            path, reason = error.filename or path, error.strerror or reason
        self.failure = (
            f"{path} could not be written: {reason}. The latest changes may not be saved and no more are taken. "
            "Put this right, then start the sandbox again."
        )
        self._wake()

    def rotate(self) -> int:
        """Begin a new segment with what is written next; returns its number."""
        self._segment += 1
        self.size = 0
        return self._segment

    def remove_before(self, segment: int) -> None:
        """Remove the segments before this one: a checkpoint on the disk holds all that is in them. Raises OSError."""
        for path in self.segments():
            if self._number(path) < segment:
                path.unlink(missing_ok=True)
        sync_folder(self._folder)

    def close(self) -> None:
        """Let go of the thread and the open segment. What is not flushed is lost."""
        self._thread.shutdown()
        if self._file is not None:
            os.close(self._file[1])
            self._file = None

    def _begin_sync(self, loop: asyncio.AbstractEventLoop) -> None:
        """Send every waiting line to the disk, in the thread."""
        text, self._lines = b"".join(self._lines), []
        future = self._thread.submit(self._write, text, self._segment)
        self._syncing = (future, self._appended, loop)
        future.add_done_callback(lambda _: _call(loop, self._end_sync))

    def _end_sync(self, follow: bool = True) -> None:
        """Note what the sync achieved, tell those who wait for it, and send what arrived meanwhile after it."""
        if self._syncing is None or not self._syncing[0].done():
            return  # flush() was here first
        future, count, loop = self._syncing
        self._syncing = None
        error = future.exception()
        if error is not None:
            self.fail(error)
            return
        self._synced = count
        self._wake()
        if follow and self._lines and self._waiters:
            self._begin_sync(loop)

    def _wake(self) -> None:
        """Let go on whoever waits for lines that are on the disk by now; after a failure, everybody."""
        while self._waiters and (self.failure is not None or self._waiters[0][0] <= self._synced):
            _, waiter = self._waiters.popleft()
            if waiter.done():
                continue  # its request was cancelled
            if self.failure is not None:
                waiter.set_exception(StoreProblem(self.failure))
            else:
                waiter.set_result(None)

    def _write(self, text: bytes, segment: int) -> None:
        """Append lines to a segment and sync it. One call at a time, in whichever thread. Raises OSError."""
        if self._file is None or self._file[0] != segment:
            path = self._path(segment)
            descriptor = os.open(path, os.O_WRONLY | BYTES | os.O_CREAT | os.O_APPEND, 0o644)
            if self._file is not None:
                os.close(self._file[1])
            self._file = (segment, descriptor)
            sync_folder(self._folder)
        write_all(self._file[1], text)
        sync_file(self._file[1])

    def _path(self, segment: int) -> Path:
        return self._folder / f"{self._stem}{segment:06d}.jsonl"

    def _number(self, path: Path) -> int:
        number = path.name.removeprefix(self._stem).removesuffix(".jsonl")
        return int(number) if number.isdigit() else -1


def _keep(torn: bytes, path: Path) -> Path:
    """Put what is to be cut off a segment on the disk beside it, in a file of its own. Raises OSError."""
    names = (path.with_name(f"{path.name}.cut{number or ''}") for number in itertools.count())
    kept = next(name for name in names if not name.exists())
    with kept.open("xb") as file:
        file.write(torn)
        file.flush()
        sync_file(file.fileno())
    sync_folder(path.parent)
    return kept


def _call(loop: asyncio.AbstractEventLoop, function: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the event loop has ended: durable() and flush() look for themselves
        loop.call_soon_threadsafe(function)
