"""The keeper of a database: one that several processes write to in turn, each with the records in its memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from sandbox.store.change import Commit
from sandbox.store.database import Database, Found
from sandbox.store.keeper import News
from sandbox.store.links import Links
from sandbox.store.memory import Memory
from sandbox.store.plain_layout import PlainLayout
from sandbox.store.protocol import Conflict, StoreProblem


class PostgresKeeper:
    """Keeps a store (see keeper.Keeper) in PostgreSQL, whose other processes' units of work are this one's news.

    So the rules hold for all processes together, and the unique indexes of the database stand behind them.

    Requests that an event loop has at hand at the same time share what they ask of the database: one look at what is
    new, one turn at writing, one commit at its end, for which `durable` waits. Nobody else writes before that. Threads
    wait for the database meanwhile, so that the event loop goes on with what does not need it; memory is the loop's.
    """

    def __init__(self, where: str | Database) -> None:
        """Take one world of a database, or the main one of that with this address, making the schema if need be.

        Raises StoreProblem when it cannot be used.
        """
        if isinstance(where, str):
            where = Database(Links(where), PlainLayout())
            where.make()
        self._database = where
        self.stale = True
        self._our_turn = False  # true from when we begin to write until that is handed over to be committed
        self._fresh_in: asyncio.AbstractEventLoop | None = None  # where nobody has come since we looked at what is new
        self._look: _Look | None = None  # that those at hand share
        self._beginning: Future[Found] | None = None  # while a thread waits for our turn, and until somebody takes it
        self._end: asyncio.Future[None] | None = None  # of our turn
        self._known: int | None = None  # what memory had when that thread began
        self._ending: asyncio.Future[None] | None = None  # of the one before, while a thread commits
        self._commit: Future[None] | None = None  # what that thread does

    @property
    def problem(self) -> str | None:
        """What the database last complained of; None when it did not."""
        return self._database.problem

    def news(self, revision: int, /) -> News:
        """What others have committed after this revision; everything when the store is stale. Raises StoreProblem."""
        loop = _running_loop()
        if self._our_turn or (loop is not None and self._fresh_in is loop):
            return ()
        self._await_commit()
        news = _taken(self._database.news(None if self.stale else revision))
        self.stale = False
        if loop is not None:
            self._fresh_in = loop
            loop.call_soon(self._expect_news)
        return news

    async def look(self, revision: Callable[[], int], /) -> News:
        """The same, without keeping the event loop."""
        while True:
            if self._ending is not None and not self._our_turn:
                await _over(self._ending)
                continue
            if self._our_turn:
                return ()
            loop = asyncio.get_running_loop()
            look = self._look
            if look is None or look.loop is not loop:
                look = self._look = _Look(loop)
                loop.call_soon(self._begin_look, look, revision)
            found = await asyncio.shield(look.found)
            if look.is_taken or self._our_turn:
                return ()
            now = revision()
            if callable(found):
                if now != look.known or (self.stale and not look.was_stale):
                    continue  # memory has gone on meanwhile
                look.is_taken, self.stale = True, False
                return found()
            if self.stale or now < look.known:
                continue
            look.is_taken = True
            return [commit for commit in found if commit.revision > now]

    def begin(self, revision: int, /) -> News:
        """Wait for our turn, unless it is; what others have committed until then. Raises StoreProblem."""
        if self._our_turn:
            return ()
        if self._beginning is not None:
            return self._turn_begun(revision)
        self._await_commit()
        return self._our_turn_with(self._database.begin(None if self.stale else revision))

    async def turn(self, revision: Callable[[], int], /) -> News:
        """The same, without keeping the event loop. Whoever calls this begins to write before anything else happens."""
        while not self._our_turn:
            if self._ending is not None:
                await _over(self._ending)
                continue
            if self._beginning is None:
                await self._database.links.room()
                if self._our_turn or self._beginning is not None or self._ending is not None:
                    continue
                self._await_commit()
                self._database.take_link()
                known = None if self.stale else revision()
                self._known, self._beginning = known, self._database.begin_in_thread(known)
            beginning = self._beginning
            await _over(asyncio.wrap_future(beginning))
            if self._beginning is beginning:
                return self._turn_begun(revision())
            if (problem := beginning.exception()) is not None:
                raise problem  # everybody who waited is told, and nobody waits once more
        return ()

    def _turn_begun(self, revision: int) -> News:
        """Our turn, for which a thread waits or has waited. Raises StoreProblem."""
        assert self._beginning is not None
        beginning, self._beginning = self._beginning, None
        found = beginning.result()
        if not callable(found):
            if self.stale or self._known is None or revision < self._known:
                found = self._database.everything_held()
            else:  # a look may have brought some of it meanwhile
                found = [commit for commit in found if commit.revision > revision]
        return self._our_turn_with(found)

    def _our_turn_with(self, found: Found) -> News:
        self.stale, self._our_turn = False, True
        return _taken(found)

    def append(self, commit: Commit) -> None:
        """Have a unit of work committed at the end of our turn."""
        self._database.append(commit)

    def replace(self, memory: Memory) -> None:
        """Have these records put in place of everything at the end of our turn, as they are now."""
        self._database.replace(memory.copy())

    def commit(self, _memory: Memory, /) -> None:
        """End our turn as `_end_turn` does."""
        self._end_turn()

    async def durable(self) -> None:
        """Returns when everything committed so far is on the database's disk. Raises Conflict, StoreProblem."""
        for end in (self._ending, self._end):
            if end is not None:
                await asyncio.shield(end)

    def flush(self) -> None:
        """Put everything committed so far there, and end our turn. Raises Conflict, StoreProblem."""
        self._await_commit()
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
        """Have a thread commit, and those who wait for the end of our turn be told of it then."""
        self._end = None
        if not self._our_turn:  # it was flushed
            end.set_result(None)
            return
        self._our_turn, self._ending = False, end
        self._commit = commit = self._database.links.writers.submit(self._database.commit)
        asyncio.wrap_future(commit).add_done_callback(lambda committed: self._tell(end, commit, committed.exception()))

    def _tell(self, end: asyncio.Future[None], commit: Future[None], problem: BaseException | None) -> None:
        """Tell those who wait for the end of our turn what came of it."""
        if self._commit is commit:
            self._await_commit()
        if self._ending is end:
            self._ending = None
        if problem is None:
            end.set_result(None)
        else:
            end.set_exception(problem)
            end.exception()  # nobody has to have waited

    def _await_commit(self) -> None:
        """Know what came of the commit that a thread was given, waiting for it if need be."""
        commit, self._commit = self._commit, None
        if commit is not None and commit.exception() is not None:
            self.stale = True

    def _begin_look(self, look: _Look, revision: Callable[[], int]) -> None:
        """Have a thread look at what is new, for all that have come by now."""
        if self._look is look:
            self._look = None
        look.known, look.was_stale = revision(), self.stale
        looking = self._database.links.readers.submit(self._database.news, None if self.stale else look.known)
        asyncio.wrap_future(looking).add_done_callback(look.end)

    def _expect_news(self) -> None:
        self._fresh_in = None


class _Look:
    """A look at what is new, that an event loop's requests at hand share; the first to go on takes what it found."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.found: asyncio.Future[Found] = loop.create_future()
        self.known = 0
        self.was_stale = False
        self.is_taken = False

    def end(self, looked: asyncio.Future[Found]) -> None:
        """Tell those who wait what was found."""
        if (problem := looked.exception()) is None:
            self.found.set_result(looked.result())
        else:
            self.found.set_exception(problem)
            self.found.exception()


async def _over(waited_for: asyncio.Future[Any]) -> None:
    """Return when something is over, whatever came of it."""
    with suppress(StoreProblem, Conflict):
        await asyncio.shield(waited_for)


def _taken(found: Found) -> News:
    """What was found, for the store whose memory it goes into."""
    return found() if callable(found) else found


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
