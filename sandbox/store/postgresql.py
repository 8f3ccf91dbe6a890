"""The keeper of a database: one that several processes write to in turn, each with the records in its memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from sandbox.store.change import Commit
from sandbox.store.database import Database
from sandbox.store.keeper import News
from sandbox.store.links import Links
from sandbox.store.memory import Memory
from sandbox.store.plain_layout import PlainLayout
from sandbox.store.protocol import Conflict, StoreProblem


class PostgresKeeper:
    """Keeps a store (see keeper.Keeper) in PostgreSQL, whose other processes' units of work are this one's news.

    So the rules hold for all processes together, and the unique indexes of the database stand behind them.

    Requests that an event loop has at hand at the same time share what they ask of the database: one look at what is
    new, one turn at writing, one commit at its end, for which `durable` waits. Nobody else writes before that.
    """

    def __init__(self, where: str | Database) -> None:
        """Take one world of a database, or the main one of that with this address, making the schema if need be.

        Raises StoreProblem when it cannot be used.
        """
        self._database = Database(Links(where), PlainLayout()) if isinstance(where, str) else where
        self.stale = True
        self._our_turn = False  # true from when we begin to write until that is committed
        self._fresh_in: asyncio.AbstractEventLoop | None = None  # where nobody has come since we looked at what is new
        self._end: asyncio.Future[None] | None = None  # of our turn
        self._held: Future[None] | None = None  # while a thread waits for it, and until somebody takes it

    @property
    def problem(self) -> str | None:
        """What the database last complained of; None when it did not."""
        return self._database.problem

    def news(self, revision: int, /) -> News:
        """What others have committed after this revision; everything when the store is stale. Raises StoreProblem."""
        loop = _running_loop()
        if self._our_turn or (loop is not None and self._fresh_in is loop):
            return ()
        commits = None if self.stale else self._database.since(revision)
        if commits is None:
            news = self._database.everything()
            self.stale = False
            return news
        if loop is not None:
            self._fresh_in = loop
            loop.call_soon(self._expect_news)
        return commits

    def begin(self, revision: int, /) -> News:
        """Wait for our turn, unless it is; what others have committed until then. Raises StoreProblem."""
        if self._our_turn:
            return ()
        if self._held is not None:
            return self._turn_that_is_held(revision)
        return self._our_turn_with(self._database.begin(None if self.stale else revision))

    async def turn(self, revision: Callable[[], int], /) -> News:
        """The same, without keeping the event loop. Whoever calls this begins to write before anything else happens."""
        while not self._our_turn:
            if self._held is None:
                await self._database.links.room()
                if self._our_turn or self._held is not None:
                    continue
                news = self._database.begin_now(None if self.stale else revision())
                if news is not None:
                    return self._our_turn_with(news)
                self._held = self._database.links.waiters.submit(self._database.hold)
            held = self._held
            with suppress(StoreProblem):
                await asyncio.wrap_future(held)
            if self._held is held:  # others that wait have not been here yet
                return self._turn_that_is_held(revision())
        return ()

    def _turn_that_is_held(self, revision: int) -> News:
        """Our turn, for which a thread waits or has waited. Raises StoreProblem."""
        assert self._held is not None
        held, self._held = self._held, None
        held.result()
        return self._our_turn_with(self._database.begin_held(None if self.stale else revision))

    def _our_turn_with(self, news: News) -> News:
        self.stale, self._our_turn = False, True
        return news

    def append(self, commit: Commit) -> None:
        """Have a unit of work committed at the end of our turn."""
        self._database.append(commit)

    def replace(self, memory: Memory) -> None:
        """Have these records put in place of everything at the end of our turn. Raises StoreProblem."""
        self._database.replace(memory)

    def commit(self, _memory: Memory, /) -> None:
        """End our turn as `_end_turn` does."""
        self._end_turn()

    async def durable(self) -> None:
        """Returns when everything committed so far is on the database's disk. Raises Conflict, StoreProblem."""
        if self._end is not None:
            await asyncio.shield(self._end)

    def flush(self) -> None:
        """Put everything committed so far there, and end our turn. Raises Conflict, StoreProblem."""
        if self._our_turn:
            self._our_turn, self.stale = False, True
            self._database.commit()
            self.stale = False

    def disconnect(self) -> None:
        """Commit what is pending and let go of the connections; the next to ask makes new ones."""
        self.flush()
        self._database.disconnect()

    def close(self, _memory: Memory, /) -> None:
        """Commit what is pending and let go of the database."""
        self.disconnect()

    def _end_turn(self) -> None:
        """End our turn: now, or once those that an event loop has at hand have had theirs in it."""
        loop = _running_loop()
        if loop is None:
            self.flush()
        elif self._end is None or self._end.get_loop() is not loop:
            self._end = loop.create_future()
            loop.call_soon(self._end_now, self._end)

    def _end_now(self, end: asyncio.Future[None]) -> None:
        """End our turn, and tell those who wait for it."""
        self._end = None
        try:
            self.flush()
        except (Conflict, StoreProblem) as problem:
            end.set_exception(problem)
            end.exception()  # nobody has to have waited
        else:
            end.set_result(None)

    def _expect_news(self) -> None:
        self._fresh_in = None


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
