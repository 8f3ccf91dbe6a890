"""Where worlds are kept beside the main one, with what was asked of each: a shelf, and the one in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol

from sandbox.model import CONDUCT, ORDINARY, Conduct, World
from sandbox.store.protocol import Store
from sandbox.worlds.invitations import Invitations, MemoryInvitations
from sandbox.worlds.lifetimes import Lifetimes, spoken
from sandbox.worlds.rate_limit import MemoryTally, Tally
from sandbox.worlds.remembered import MemoryRemembered, Remembered
from sandbox.worlds.world import world_in

MOST: Final = 1000


class Taken(Exception):
    """There is a world with this id already."""


class Full(Exception):
    """There are as many worlds as there may be, of everybody or of one owner."""

    @classmethod
    def of_owner(cls, quota: int) -> Full:
        """An owner has all that the invitation allows."""
        worlds = "one world" if quota == 1 else f"{quota} worlds"
        return cls(f"this invitation is to {worlds} at once, and has as many: delete one that is needed no more")

    @classmethod
    def of_all(cls, most: int, longest_idle: timedelta) -> Full:
        """There are as many as may be."""
        return cls(
            f"there are {most} worlds: delete those that nobody needs any more, or wait until some have been left "
            f"alone for {spoken(longest_idle)}, when they end, the longest idle first"
        )


class Glimpse(NamedTuple):
    """What there is to see of a world without opening it. `owner` is the id of an invitation."""

    id: str
    world: World
    conduct: Conduct
    owner: str | None


class Shelf(Protocol):
    """Keeps worlds by their ids, each with what it began with and, if it has an owner, the id of their invitation.

    One that is `lasting` does not end by itself; any other does when nobody has used it for too long. The world
    `main` is not on it, but what is asked of it is kept here too. Whatever cannot be done raises StoreProblem.
    """

    at_hand: int
    """How many worlds whoever opens them is to keep ready."""

    @property
    def invitations(self) -> Invitations:
        """Who may have worlds of their own."""

    def __len__(self) -> int:
        """How many worlds there are."""

    def __contains__(self, id: str, /) -> bool:
        """True for a world that is there."""

    def __iter__(self) -> Iterator[Glimpse]:
        """Each of them, in the order they were made."""

    def add(
        self, id: str, beginning: Store, *, owner: str | None = None, quota: int | None = None, lasting: bool = False
    ) -> None:
        """Keep one more, that begins with these records. Raises Taken, Full when the owner has `quota` of them."""

    def use(self, id: str) -> bool:
        """Somebody asks for a world; False when there is none, or none any more."""

    async def begin_use(self, id: str) -> bool:
        """`use`, without keeping the event loop."""

    def open(self, id: str) -> Store | None:
        """The records of a world. When they are asked for, it may turn out to be gone."""

    def beginning(self, id: str) -> Store:
        """A copy of what a world began with, in memory. Raises KeyError."""

    def owner(self, id: str) -> str | None:
        """Whose a world is; None when it is nobody's, or is not there."""

    def remove(self, id: str) -> None:
        """End a world; nothing happens when there is none."""

    async def end(self, id: str) -> None:
        """`remove`, without keeping the event loop."""

    def forget(self, id: str) -> None:
        """Take a world for one that another process has ended: it may have been made anew."""

    def has_ended(self, id: str) -> bool:
        """True for a world that was left alone for too long, and has not been made again."""

    def log(self, id: str) -> Remembered:
        """What was asked of a world."""

    def tally(self, id: str) -> Tally:
        """How often a world was asked, and by whom."""

    def disconnect(self) -> None:
        """Let go of what processes cannot share, as before this one divides."""


@dataclass(slots=True)
class _Kept:
    store: Store
    beginning: Store
    owner: str | None
    log: MemoryRemembered = field(default_factory=MemoryRemembered)
    tally: MemoryTally = field(default_factory=MemoryTally)


class MemoryShelf:
    """Keeps worlds in the memory of this process: they end with it. `wall_clock` tells the machine's time."""

    at_hand = MOST

    def __init__(self, longest_idle: timedelta, wall_clock: Callable[[], datetime]) -> None:
        self.invitations = MemoryInvitations()
        self._lifetimes = Lifetimes(longest_idle, wall_clock)
        self._kept: dict[str, _Kept] = {}
        self._main = MemoryRemembered(), MemoryTally()

    def __len__(self) -> int:
        """How many worlds there are."""
        self._end_overdue()
        return len(self._kept)

    def __contains__(self, id: str, /) -> bool:
        """True for a world that is there."""
        return id in self._kept

    def __iter__(self) -> Iterator[Glimpse]:
        """Each of them, in the order they were made."""
        self._end_overdue()
        for id, kept in list(self._kept.items()):
            reader = kept.store.read()
            yield Glimpse(id, world_in(reader), reader.get(Conduct, CONDUCT) or ORDINARY, kept.owner)

    def add(
        self, id: str, beginning: Store, *, owner: str | None = None, quota: int | None = None, lasting: bool = False
    ) -> None:
        """Keep one more. Raises Taken, Full."""
        self._end_overdue()
        if id in self._kept:
            raise Taken(id)
        if quota is not None and sum(kept.owner == owner for kept in self._kept.values()) >= quota:
            raise Full.of_owner(quota)
        if len(self._kept) >= MOST and not lasting:
            raise Full.of_all(MOST, self._lifetimes.longest_idle)
        self._kept[id] = _Kept(beginning.fork(), beginning, owner)
        if not lasting:
            self._lifetimes.begin(id)

    def use(self, id: str) -> bool:
        """Somebody asks for a world; False when there is none, or none any more."""
        self._end_overdue()
        self._lifetimes.use(id)
        return id in self._kept

    async def begin_use(self, id: str) -> bool:
        """The same."""
        return self.use(id)

    def open(self, id: str) -> Store | None:
        """The records of a world."""
        return self._kept[id].store if id in self._kept else None

    def beginning(self, id: str) -> Store:
        """A copy of what a world began with. Raises KeyError."""
        return self._kept[id].beginning.fork()

    def owner(self, id: str) -> str | None:
        """Whose a world is; None when it is nobody's, or is not there."""
        return self._kept[id].owner if id in self._kept else None

    def remove(self, id: str) -> None:
        """End a world; nothing happens when there is none."""
        self._kept.pop(id, None)
        self._lifetimes.end(id)

    async def end(self, id: str) -> None:
        """The same."""
        self.remove(id)

    def forget(self, id: str) -> None:
        """Nothing: no other process has worlds of it."""

    def has_ended(self, id: str) -> bool:
        """True for a world that was left alone for too long, and has not been made again."""
        return self._lifetimes.has_ended(id)

    def log(self, id: str) -> Remembered:
        """What was asked of a world."""
        return self._kept[id].log if id in self._kept else self._main[0]

    def tally(self, id: str) -> Tally:
        """How often a world was asked, and by whom."""
        return self._kept[id].tally if id in self._kept else self._main[1]

    def disconnect(self) -> None:
        """Nothing is shared."""

    def _end_overdue(self) -> None:
        for id in self._lifetimes.overdue():
            del self._kept[id]
