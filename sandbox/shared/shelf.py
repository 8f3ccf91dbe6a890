"""Worlds beside the main one, kept in PostgreSQL: whichever process is asked for one has it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sandbox.shared import invitations, request_log, tally
from sandbox.shared.glimpses import LOOK, glimpses
from sandbox.shared.invitations import SharedInvitations
from sandbox.shared.request_log import Scribe, SharedLog
from sandbox.shared.sweeping import delete, sweep
from sandbox.shared.tally import SharedTally
from sandbox.store import shared_layout
from sandbox.store.change import Commit, encode
from sandbox.store.database import Database
from sandbox.store.engine import MemoryStore
from sandbox.store.links import Link, Links
from sandbox.store.postgresql import PostgresKeeper
from sandbox.store.protocol import Store
from sandbox.store.rows import SCHEMA
from sandbox.store.shared_layout import Origins, SharedLayout
from sandbox.worlds.shelf import Full, Glimpse, Taken

T = TypeVar("T")

MOST: Final = 20_000
MAIN: Final = 0  # the number of the main world, which is not on the shelf
_COARSE: Final = timedelta(minutes=1)  # what the time at which a world was used is known to, at best
_ID: Final = re.compile(r"[a-z0-9-]{1,40}")


def tables() -> Iterator[str]:
    """The statements that make what is not there yet."""
    yield from shared_layout.tables()
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._uses (world bigint PRIMARY KEY REFERENCES {SCHEMA}._worlds "
        "ON DELETE CASCADE, at timestamptz NOT NULL)"
    )
    yield f"CREATE INDEX IF NOT EXISTS _uses_at ON {SCHEMA}._uses (at)"
    yield f"CREATE TABLE IF NOT EXISTS {SCHEMA}._ended (id text PRIMARY KEY, at timestamptz NOT NULL)"
    yield from request_log.tables()
    yield from tally.tables()
    yield from invitations.tables()


class SharedShelf:
    """Keeps worlds in the database whose main world is in the schema already.

    Which world was used when is noted once a minute, or more often where they end soon: they may last so much longer.
    """

    at_hand = 256

    def __init__(self, url: str, longest_idle: timedelta, wall_clock: Callable[[], datetime]) -> None:
        """Make the tables unless they are there. Raises StoreProblem when the database cannot be used."""
        self._links = Links(url)
        self._longest_idle = longest_idle
        self._coarse = min(_COARSE, longest_idle / 20)
        self._wall_clock = wall_clock
        self._origins = Origins(self._content)
        self._scribe = Scribe(self._links)
        self._numbers: dict[str, int] = {}
        self._used: dict[str, datetime] = {}  # as this process has noted it, or found it noted
        self._swept_at: datetime | None = None
        self.invitations = SharedInvitations(self._links)
        link = self._links.reading
        with self._links.problems("opened", link), link.transaction():
            link.asked("SELECT pg_advisory_xact_lock(hashtext('ecf_sandbox'))")  # two may come at once
            for statement in tables():
                link.asked(statement)

    def __len__(self) -> int:
        """How many worlds there are."""
        self._end_overdue()
        ((count,),) = self._read(f"SELECT count(*) FROM {SCHEMA}._worlds")
        return int(count)

    def __contains__(self, id: str, /) -> bool:
        """True for a world that is there."""
        return self._number(id) is not None

    def __iter__(self) -> Iterator[Glimpse]:
        """Each of them, in the order they were made."""
        self._end_overdue()
        return glimpses(self._read(LOOK), self._origins)

    def add(
        self, id: str, beginning: Store, *, owner: str | None = None, quota: int | None = None, lasting: bool = False
    ) -> None:
        """Keep one more. Raises Taken, Full."""
        assert isinstance(beginning, MemoryStore)
        origin, changes = beginning.difference()
        now = self._wall_clock()
        self._end_overdue()
        link = self._links.take()
        try:
            with self._links.problems("written", link), link.transaction():
                if quota is not None:
                    self._refuse_more(link, owner, quota)
                if not lasting and link.asked(f"SELECT count(*) FROM {SCHEMA}._worlds")[0][0] >= MOST:
                    raise Full.of_all(MOST, self._longest_idle)
                if not link.asked(f"SELECT 1 FROM {SCHEMA}._origins WHERE digest = %s FOR KEY SHARE", (origin.digest,)):
                    link.asked(
                        f"INSERT INTO {SCHEMA}._origins VALUES (%s, %s) ON CONFLICT DO NOTHING",
                        (origin.digest, origin.content.decode()),
                    )
                made = link.asked(
                    f"INSERT INTO {SCHEMA}._worlds (id, origin, beginning, owner) VALUES (%s, %s, %s, %s) "
                    "ON CONFLICT (id) DO NOTHING RETURNING number",
                    (id, origin.digest, encode(changes).decode(), owner),
                )
                if not made:
                    raise Taken(id)
                ((number,),) = made
                link.asked(
                    f"INSERT INTO {SCHEMA}._world_changes VALUES (%s, 0, %s)", (number, encode(Commit(0, ())).decode())
                )
                if not lasting:
                    link.asked(f"INSERT INTO {SCHEMA}._uses VALUES (%s, %s)", (number, now))
                    self._used[id] = now
                link.asked(f"DELETE FROM {SCHEMA}._ended WHERE id = %s", (id,))
        finally:
            self._links.give_back(link)
        self._numbers[id] = number
        self._origins.note(origin)

    def is_in_use(self, id: str) -> bool:
        """True when it was used so lately that it need not be noted, and whoever opens it finds out if it is gone."""
        noted = self._used.get(id)
        return noted is not None and self._wall_clock() - noted < self._coarse

    async def begin_use(self, id: str) -> bool:
        """`use`, without keeping the event loop."""
        return self.is_in_use(id) or await self._in(self._links.readers, self.use, id)

    def use(self, id: str) -> bool:
        """Somebody asks for a world; False when there is none, or none any more."""
        if self.is_in_use(id):
            return True
        if not _ID.fullmatch(id):
            return False
        now = self._wall_clock()
        found = self._read(
            f"SELECT w.number, u.at FROM {SCHEMA}._worlds w LEFT JOIN {SCHEMA}._uses u ON u.world = w.number "
            "WHERE w.id = %s",
            (id,),
        )
        if not found:
            self._used.pop(id, None)
            return False
        ((number, used_at),) = found
        self._numbers[id] = number
        if used_at is not None and used_at < self._begin_of_rest():
            self._end_overdue(at_once=True)
            return False
        self._used[id] = now
        if used_at is not None:
            self._write(f"UPDATE {SCHEMA}._uses SET at = greatest(at, %s) WHERE world = %s", (now, number))
        return True

    def open(self, id: str) -> Store | None:
        """The records of a world, not read yet; it may turn out to be gone."""
        number = self._numbers.get(id) or self._number(id)
        if number is None:
            return None
        layout = SharedLayout(number, self._origins)
        return MemoryStore(PostgresKeeper(Database(self._links, layout)), read=False)

    def beginning(self, id: str) -> Store:
        """A copy of what a world began with. Raises KeyError."""
        number = self._number(id)
        if number is None:
            raise KeyError(id)
        link = self._links.reading
        with self._links.problems("read", link):
            return MemoryStore.of(SharedLayout(number, self._origins).beginning(link.connected()))

    def owner(self, id: str) -> str | None:
        """Whose a world is; None when it is nobody's, or is not there."""
        if not _ID.fullmatch(id):
            return None
        found = self._read(f"SELECT owner FROM {SCHEMA}._worlds WHERE id = %s", (id,))
        return found[0][0] if found else None

    def remove(self, id: str) -> None:
        """End a world; nothing happens when there is none. Waits for who writes in it."""
        number = self._number(id)
        if number is not None:
            link = self._links.take()
            try:
                with self._links.problems("written", link), link.transaction():
                    delete(link, [number])
            finally:
                self._links.give_back(link)
        self.forget(id)

    async def end(self, id: str) -> None:
        """`remove`, without keeping the event loop."""
        await self._in(self._links.waiters, self.remove, id)

    def has_ended(self, id: str) -> bool:
        """True for a world that was left alone for too long, and has not been made again."""
        return bool(_ID.fullmatch(id)) and bool(self._read(f"SELECT 1 FROM {SCHEMA}._ended WHERE id = %s", (id,)))

    def log(self, id: str) -> SharedLog:
        """What was asked of a world."""
        return SharedLog(self._links, self._scribe, self._numbers.get(id, MAIN))

    def tally(self, id: str) -> SharedTally:
        """How often a world was asked, and by whom."""
        return SharedTally(self._links, self._numbers.get(id, MAIN))

    def disconnect(self) -> None:
        """Let go of what processes that divide cannot share."""
        self._links.disconnect()

    def _number(self, id: str) -> int | None:
        """The number of a world, which no other has had."""
        found = self._read(f"SELECT number FROM {SCHEMA}._worlds WHERE id = %s", (id,)) if _ID.fullmatch(id) else []
        if not found:
            self.forget(id)
            return None
        ((self._numbers[id],),) = found
        return self._numbers[id]

    def _refuse_more(self, link: Link, owner: str | None, quota: int) -> None:
        """Raise Full when an owner has so many, whom nobody gives another one meanwhile."""
        link.asked(f"SELECT 1 FROM {SCHEMA}._invitations WHERE id = %s FOR UPDATE", (owner,))
        ((theirs,),) = link.asked(f"SELECT count(*) FROM {SCHEMA}._worlds WHERE owner = %s", (owner,))
        if theirs >= quota:
            raise Full.of_owner(quota)

    def _begin_of_rest(self) -> datetime:
        """Worlds that were used last before this have been left alone for too long."""
        return self._wall_clock() - self._longest_idle - self._coarse

    def _end_overdue(self, *, at_once: bool = False) -> None:
        """Now and then, end worlds that were left alone for too long, and forget what belongs to none."""
        now = self._wall_clock()
        if not at_once and self._swept_at is not None and now - self._swept_at < self._coarse:
            return
        self._swept_at = now
        link = self._links.reading
        with self._links.problems("written", link), link.transaction():
            ended = sweep(link, self._begin_of_rest(), now)
        for id in ended:
            self.forget(id)

    def forget(self, id: str) -> None:
        """Know nothing of a world that another process has ended."""
        self._numbers.pop(id, None)
        self._used.pop(id, None)

    def _content(self, digest: str) -> str | None:
        found = self._read(f"SELECT content FROM {SCHEMA}._origins WHERE digest = %s", (digest,))
        return found[0][0] if found else None

    async def _in(self, threads: ThreadPoolExecutor, do: Callable[[str], T], id: str) -> T:
        """Have something of a world done where an event loop does not wait for it."""
        return await asyncio.get_running_loop().run_in_executor(threads, do, id)

    def _read(self, statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._links.problems("read", self._links.reading):
            return self._links.reading.alone(statement, values)

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        """Note something that may be lost when the database is killed."""
        with self._links.problems("written", self._links.noting):
            self._links.noting.alone(statement, values)
