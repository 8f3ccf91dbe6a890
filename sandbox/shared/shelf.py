"""Worlds beside the main one, kept in PostgreSQL: whichever process is asked for one has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sandbox.shared import invitations, request_log, tally
from sandbox.shared.glimpses import LOOK, ORDER, glimpses
from sandbox.shared.invitations import SharedInvitations
from sandbox.shared.request_log import Scribe, SharedLog
from sandbox.shared.requests import SharedRequests
from sandbox.shared.sweeping import delete, sweep
from sandbox.shared.tally import SharedTally
from sandbox.store import shared_layout
from sandbox.store.change import Commit, encode
from sandbox.store.database import Database
from sandbox.store.engine import MemoryStore
from sandbox.store.links import Held, Link, Links
from sandbox.store.postgresql import PostgresKeeper
from sandbox.store.protocol import Store
from sandbox.store.rows import SCHEMA
from sandbox.store.shared_layout import Origins, SharedLayout
from sandbox.worlds.asked import Asked
from sandbox.worlds.shelf import MOST, Full, Glimpse, Opened, Taken

MAIN: Final = 0  # the number of the main world, which is not on the shelf
_COARSE: Final = timedelta(minutes=1)  # what the time at which a world was used is known to, at best
_ID: Final = re.compile(r"[a-z0-9-]{1,40}")

_FIND: Final = (
    f"SELECT w.number, w.owner, u.at FROM {SCHEMA}._worlds w LEFT JOIN {SCHEMA}._uses u ON u.world = w.number "
    "WHERE w.id = %s"
)
_MAKE: Final = (
    f"INSERT INTO {SCHEMA}._worlds (id, origin, beginning, owner) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (id) DO NOTHING RETURNING number"
)
_USE: Final = (  # who holds the row just now notes the same
    f"UPDATE {SCHEMA}._uses SET at = greatest(at, %s) WHERE world IN "
    f"(SELECT world FROM {SCHEMA}._uses WHERE world = %s FOR UPDATE SKIP LOCKED)"
)


class _Kept(NamedTuple):
    """What is known of a world beside its records; its number no other has had."""

    number: int
    owner: str | None


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
        self._kept: dict[str, _Kept] = {}
        self._used: dict[str, datetime] = {}  # as this process has noted it, or found it noted
        self._swept_at: datetime | None = None
        self.invitations = SharedInvitations(self._links)
        link = self._links.reading
        with self._links.problems("opened", link), link.transaction():
            link.asked("SELECT pg_advisory_xact_lock(hashtext('ecf_sandbox'))")  # two may come at once
            for statement in tables():
                link.asked(statement)

    async def count(self) -> int:
        """How many worlds there are."""
        await self._end_overdue()
        ((count,),) = await self._read(f"SELECT count(*) FROM {SCHEMA}._worlds")
        return int(count)

    async def glimpses(self, owner: str | None = None) -> Sequence[Glimpse]:
        """Each of them, or of an owner's, in the order they were made."""
        await self._end_overdue()
        look, whose = (f"{LOOK} {ORDER}", ()) if owner is None else (f"{LOOK} WHERE w.owner = %s {ORDER}", (owner,))
        return await self._links.aside("read", lambda link: [*glimpses(link.alone(look, whose), self._origins)])

    async def add(
        self, id: str, beginning: Store, *, owner: str | None = None, quota: int | None = None, lasting: bool = False
    ) -> None:
        """Keep one more. Raises Taken, Full."""
        assert isinstance(beginning, MemoryStore)
        origin, changes = beginning.difference()
        row = id, origin.digest, encode(changes).decode(), owner
        now = self._wall_clock()
        await self._end_overdue()

        def add(link: Link) -> int:
            with link.transaction():
                if quota is not None:
                    _refuse_more(link, owner, quota)
                if not lasting and link.asked(f"SELECT count(*) FROM {SCHEMA}._worlds")[0][0] >= MOST:
                    raise Full.of_all(MOST, self._longest_idle)
                if not link.asked(f"SELECT 1 FROM {SCHEMA}._origins WHERE digest = %s FOR KEY SHARE", (origin.digest,)):
                    link.asked(
                        f"INSERT INTO {SCHEMA}._origins VALUES (%s, %s) ON CONFLICT DO NOTHING",
                        (origin.digest, origin.content.decode()),
                    )
                made = link.asked(_MAKE, row)
                if not made:
                    raise Taken(id)
                ((number,),) = made
                link.asked(
                    f"INSERT INTO {SCHEMA}._world_changes VALUES (%s, 0, %s)", (number, encode(Commit(0, ())).decode())
                )
                if not lasting:
                    link.asked(f"INSERT INTO {SCHEMA}._uses VALUES (%s, %s)", (number, now))
                link.asked(f"DELETE FROM {SCHEMA}._ended WHERE id = %s", (id,))
                return int(number)

        self._kept[id] = _Kept(await self._links.aside("written", add), owner)
        if not lasting:
            self._used[id] = now
        self._origins.note(origin)

    async def use(self, id: str) -> bool:
        """Somebody asks for a world; False when there is none, or none any more.

        One that was used so lately that it need not be noted is taken to be there: who opens it finds out.
        """
        now, noted = self._wall_clock(), self._used.get(id)
        if noted is not None and now - noted < self._coarse:
            return True
        found = await self._find(id)
        if found is None:
            return False
        kept, used_at = found
        if used_at is not None and used_at < self._begin_of_rest():
            await self._end_overdue(at_once=True)
            return False
        self._used[id] = now
        if used_at is not None:
            await self._links.aside("written", lambda link: link.alone(_USE, (now, kept.number)))
        return True

    async def open(self, id: str) -> Opened | None:
        """A world, its records not read yet; it may turn out to be gone."""
        kept = self._kept.get(id)
        if kept is None:
            found = await self._find(id)
            if found is None:
                return None
            kept, _ = found
        store = MemoryStore(PostgresKeeper(Database(self._links, SharedLayout(kept.number, self._origins))), read=False)
        return Opened(store, kept.owner, self._asked(kept.number, id))

    async def beginning(self, id: str) -> Store:
        """A copy of what a world began with. Raises KeyError."""
        found = await self._find(id)
        if found is None:
            raise KeyError(id)
        layout = SharedLayout(found[0].number, self._origins)
        begun = await self._links.aside("read", lambda link: layout.beginning(link.connected()))
        return MemoryStore.of(begun())

    async def owner(self, id: str) -> str | None:
        """Whose a world is; None when it is nobody's, or is not there."""
        found = await self._find(id)
        return found[0].owner if found is not None else None

    async def end(self, id: str) -> None:
        """End a world; nothing happens when there is none. Waits for who writes in it."""
        found = await self._find(id)
        if found is not None:
            numbers = [found[0].number]
            await self._links.aside("written", lambda link: _delete(link, numbers))
        self.forget(id)

    async def has_ended(self, id: str) -> bool:
        """True for a world that was left alone for too long, and has not been made again."""
        ended = f"SELECT 1 FROM {SCHEMA}._ended WHERE id = %s"
        return bool(_ID.fullmatch(id)) and bool(await self._read(ended, (id,)))

    def forget(self, id: str) -> None:
        """Know nothing of a world that another process has ended."""
        self._kept.pop(id, None)
        self._used.pop(id, None)

    def of_main(self) -> Asked:
        """What is kept of what was asked of the main world."""
        return self._asked(MAIN, "main")

    def disconnect(self) -> None:
        """Let go of what processes that divide cannot share."""
        self._links.disconnect()

    def _asked(self, number: int, id: str) -> Asked:
        return Asked(
            SharedLog(self._links, self._scribe, number),
            SharedTally(self._links, number),
            SharedRequests(self._links, self._scribe, number, id),
        )

    async def _find(self, id: str) -> tuple[_Kept, datetime | None] | None:
        """What there is to know of a world, and when it was used last, unless it lasts; None when it is not there."""
        found = await self._read(_FIND, (id,)) if _ID.fullmatch(id) else []
        if not found:
            self.forget(id)
            return None
        ((number, owner, used_at),) = found
        kept = self._kept[id] = _Kept(number, owner)
        return kept, used_at

    def _begin_of_rest(self) -> datetime:
        """Worlds that were used last before this have been left alone for too long."""
        return self._wall_clock() - self._longest_idle - self._coarse

    async def _end_overdue(self, *, at_once: bool = False) -> None:
        """Now and then, end worlds that were left alone for too long, and forget what belongs to none."""
        now, before = self._wall_clock(), self._begin_of_rest()
        if not at_once and self._swept_at is not None and now - self._swept_at < self._coarse:
            return
        self._swept_at = now

        def ended(link: Link) -> Sequence[str]:
            with link.transaction():
                return sweep(link, before, now)

        with suppress(Held):  # then later
            for id in await self._links.aside("written", ended, patiently=False):
                self.forget(id)

    def _content(self, digest: str) -> str | None:
        """What an origin has, for whichever thread wants it."""
        statement = f"SELECT content FROM {SCHEMA}._origins WHERE digest = %s"
        found = self._links.over_one("read", lambda link: link.alone(statement, (digest,)))
        return found[0][0] if found else None

    async def _read(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        return await self._links.aside("read", lambda link: link.alone(statement, values))


def _refuse_more(link: Link, owner: str | None, quota: int) -> None:
    """Raise Full when an owner has so many, whom nobody gives another one meanwhile."""
    link.asked(f"SELECT 1 FROM {SCHEMA}._invitations WHERE id = %s FOR UPDATE", (owner,))
    ((theirs,),) = link.asked(f"SELECT count(*) FROM {SCHEMA}._worlds WHERE owner = %s", (owner,))
    if theirs >= quota:
        raise Full.of_owner(quota)


def _delete(link: Link, numbers: Sequence[int]) -> None:
    with link.transaction():
        delete(link, numbers)
