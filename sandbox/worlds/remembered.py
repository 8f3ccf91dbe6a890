"""The requests that a world can tell of, and what is to be told of each."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import msgspec

REMEMBERED: Final = 1000  # requests


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One request that is over. `show` is all there is to tell of it, worked out when it is asked for.

    `aside` is what else tells what a client can do, which the readiness of clients is judged by.
    """

    id: str
    status: int | None
    is_refused: bool
    provider_id: str
    provider_name: str
    show: Callable[[], Mapping[str, Any]]
    aside: Callable[[], Mapping[str, Any]] = dict


class Remembered(Protocol):
    """The last thousand requests of one world."""

    async def keep(self, entry: Entry) -> None:
        """Remember one more. Whoever asks after this returns is told of it. Raises StoreProblem."""

    async def all(self) -> Sequence[Entry]:
        """All of them, the latest first. Raises StoreProblem."""

    async def find(self, id: str) -> Entry | None:
        """The latest with this id. Raises StoreProblem."""

    async def clear(self) -> None:
        """Forget all of them. Raises StoreProblem."""


class MemoryRemembered:
    """Remembers them in the memory of this process."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=REMEMBERED)

    async def keep(self, entry: Entry) -> None:
        """Remember one more."""
        self._entries.append(entry)

    async def all(self) -> Sequence[Entry]:
        """All of them, the latest first."""
        return [*reversed(self._entries)]

    async def find(self, id: str) -> Entry | None:
        """The latest with this id."""
        return next((entry for entry in reversed(self._entries) if entry.id == id), None)

    async def clear(self) -> None:
        """Forget all of them."""
        self._entries.clear()
