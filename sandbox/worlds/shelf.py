"""Where worlds are kept beside the main one, with what was asked of each: a shelf, and the one in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol

from sandbox.model import CONDUCT, ORDINARY, Conduct, World
from sandbox.store.protocol import Store
from sandbox.worlds.asked import Asked
from sandbox.worlds.invitations import Invitations, MemoryInvitations
from sandbox.worlds.lifetimes import Lifetimes, spoken
from sandbox.worlds.world import world_in

MOST: Final = 20_000


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
            f"there are {most:,} worlds: delete those that nobody needs any more, or wait until some have been left "
            f"alone for {spoken(longest_idle)}, when they end, the longest idle first"
        )


class Glimpse(NamedTuple):
    """What there is to see of a world without opening it. `owner` is the id of an invitation."""

    id: str
    world: World
    conduct: Conduct
    owner: str | None


class Opened(NamedTuple):
    """A world that was opened. `owner` is the id of an invitation."""

    store: Store
    owner: str | None
    asked: Asked


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

    async def count(self) -> int:
        """How many worlds there are."""

    async def glimpses(self, owner: str | None = None) -> Sequence[Glimpse]:
        """Each of them, or of an owner's, in the order they were made."""

    async def add(
        self, id: str, beginning: Store, *, owner: str | None = None, quota: int | None = None, lasting: bool = False
    ) -> None:
        """Keep one more, that begins with these records. Raises Taken, Full when the owner has `quota` of them."""

    async def use(self, id: str) -> bool:
        """Somebody asks for a world; False when there is none, or none any more."""

    async def open(self, id: str) -> Opened | None:
        """A world. When its records are asked for, it may turn out to be gone."""

    async def beginning(self, id: str) -> Store:
        """A copy of what a world began with, in memory. Raises KeyError."""

    async def owner(self, id: str) -> str | None:
        """Whose a world is; None when it is nobody's, or is not there."""

    async def end(self, id: str) -> None:
        """End a world; nothing happens when there is none."""

    def forget(self, id: str) -> None:
        """Take a world for one that another process has ended: it may have been made anew."""

    async def has_ended(self, id: str) -> bool:
        """True for a world that was left alone for too long, and has not been made again."""

    def of_main(self) -> Asked:
        """What is kept of what was asked of the main world."""

    def disconnect(self) -> None:
        """Let go of what processes cannot share, as before this one divides."""


@dataclass(slots=True)
class _Kept:
    store: Store
    beginning: Store
    owner: str | None
    asked: Asked = field(default_factory=Asked.in_memory)


class MemoryShelf:
    """Keeps worlds in the memory of this process: they end with it. `wall_clock` tells the machine's time."""

    at_hand = MOST

    def __init__(self, longest_idle: timedelta, wall_clock: Callable[[], datetime]) -> None:
        self.invitations = MemoryInvitations()
        self._lifetimes = Lifetimes(longest_idle, wall_clock)
        self._kept: dict[str, _Kept] = {}

    async def count(self) -> int:
        """How many worlds there are."""
        self._end_overdue()
        return len(self._kept)

    async def glimpses(self, owner: str | None = None) -> Sequence[Glimpse]:
        """Each of them, or of an owner's, in the order they were made."""
        self._end_overdue()
        theirs = ((id, kept) for id, kept in self._kept.items() if owner in (None, kept.owner))
        readers = ((id, kept.store.read(), kept.owner) for id, kept in theirs)
        return [Glimpse(id, world_in(at), at.get(Conduct, CONDUCT) or ORDINARY, owner) for id, at, owner in readers]

    async def add(
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

    async def use(self, id: str) -> bool:
        """Somebody asks for a world; False when there is none, or none any more."""
        self._end_overdue()
        self._lifetimes.use(id)
        return id in self._kept

    async def open(self, id: str) -> Opened | None:
        """A world."""
        kept = self._kept.get(id)
        return Opened(kept.store, kept.owner, kept.asked) if kept is not None else None

    async def beginning(self, id: str) -> Store:
        """A copy of what a world began with. Raises KeyError."""
        return self._kept[id].beginning.fork()

    async def owner(self, id: str) -> str | None:
        """Whose a world is; None when it is nobody's, or is not there."""
        return self._kept[id].owner if id in self._kept else None

    async def end(self, id: str) -> None:
        """End a world; nothing happens when there is none."""
        self._kept.pop(id, None)
        self._lifetimes.end(id)

    def forget(self, id: str) -> None:
        """Nothing: no other process has worlds of it."""

    async def has_ended(self, id: str) -> bool:
        """True for a world that was left alone for too long, and has not been made again."""
        return self._lifetimes.has_ended(id)

    def of_main(self) -> Asked:
        """Nothing yet."""
        return Asked.in_memory()

    def disconnect(self) -> None:
        """Nothing is shared."""

    def _end_overdue(self) -> None:
        for id in self._lifetimes.overdue():
            del self._kept[id]
