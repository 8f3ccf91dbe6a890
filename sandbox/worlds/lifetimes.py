"""How long worlds are left alone before they end."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

A_DAY: Final = timedelta(days=1)
REMEMBERED: Final = 1000  # worlds that have ended so


class Lifetimes:
    """When each world was last asked for anything, the longest idle first. `wall_clock` tells the machine's time."""

    def __init__(self, longest_idle: timedelta, wall_clock: Callable[[], datetime]) -> None:
        self.longest_idle = longest_idle
        self._wall_clock = wall_clock
        self._used: OrderedDict[str, datetime] = OrderedDict()
        self._ended: OrderedDict[str, None] = OrderedDict()

    def begin(self, id: str) -> None:
        """A world is there from now on, for as long as somebody asks for it."""
        self._used[id] = self._wall_clock()
        self._ended.pop(id, None)

    def use(self, id: str) -> None:
        """Somebody asks for a world; nothing happens for one that did not `begin`, as it does not end."""
        if id in self._used:
            self._used[id] = self._wall_clock()
            self._used.move_to_end(id)

    def end(self, id: str) -> None:
        """A world is no more."""
        self._used.pop(id, None)

    def overdue(self) -> Iterator[str]:
        """The worlds that nobody has asked for in too long, the longest idle first. They are at their end."""
        while self._used:
            id, used_at = next(iter(self._used.items()))
            if self._wall_clock() - used_at <= self.longest_idle:
                return
            self.end(id)
            self._ended[id] = None
            if len(self._ended) > REMEMBERED:
                self._ended.popitem(last=False)
            yield id

    def has_ended(self, id: str) -> bool:
        """True for a world that was left alone for too long."""
        return id in self._ended

    def __str__(self) -> str:
        """How long that is."""
        return spoken(self.longest_idle)


def spoken(span: timedelta) -> str:
    """A span of time in words: 90 minutes."""
    seconds = int(span.total_seconds())
    for name, length in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= length and seconds % length == 0:
            return f"{seconds // length} {name}{'s' if seconds != length else ''}"
    return f"{seconds} seconds"
