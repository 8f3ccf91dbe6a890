"""A PostgreSQL database, in whose schema `ecf_sandbox` the records of worlds are kept with a log of units of work.

How the records of a world lie there is a matter of its layout. Its log has the latest units of work by revision, as the
journal of files has them: processes learn from it what others committed. Whoever writes holds a row of the world until
it has committed, so units of work, and the times they write, follow each other as revisions do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, Final, Protocol, TypeAlias

import psycopg

from sandbox.store.change import Commit, decode
from sandbox.store.links import Held, Link, Links
from sandbox.store.memory import Memory

Everything: TypeAlias = Callable[[], Memory]
"""What makes memory of every record; to be called by who owns the memory with which that shares some."""
Found: TypeAlias = Sequence[Commit] | Everything

LOGGED: Final = 10_000  # units of work; who missed more reads everything anew
_SINCE: Final = "SELECT revision, CASE WHEN revision > {0} THEN unit::text END FROM {1} ORDER BY revision"


class Layout(Protocol):
    """How the records of one world lie in a database."""

    held: str
    """The statement that selects the row that a writer holds."""
    log: str
    """The table of its units of work, with its condition: "… WHERE …"."""

    def make(self, connection: psycopg.Connection[Any], name: str) -> None:
        """Make what it needs unless it is there. Raises StoreProblem, in which the database has this name."""

    def write(self, cursor: psycopg.Cursor[Any], commit: Commit) -> None:
        """Keep a unit of work, and log it."""

    def replace(self, cursor: psycopg.Cursor[Any], memory: Memory) -> None:
        """Put these records in place of all that there are."""

    def everything(self, connection: psycopg.Connection[Any], name: str) -> Everything:
        """What makes memory of every record, and the revision. Raises StoreProblem, Gone.

        The call may share with other memory, so it is of the thread that owns that; this may be of another.
        """


class Database:
    """One process's access to one world in it: a link to read what is new, and another to write, which is lent.

    Any thread may use it; from `begin` to `commit`, one after the other."""

    def __init__(self, links: Links, layout: Layout) -> None:
        """Nothing is asked yet."""
        self.links = links
        self._layout = layout
        self._writer: Link | None = None  # while something is begun, or waits to be
        self._begun: psycopg.Connection[Any] | None = None  # the connection over which this process began to write
        self._commits: list[Commit] = []  # what it is to keep
        self._replacement: Memory | None = None  # what it is to keep in place of everything, before those

    def make(self) -> None:
        """Make what is needed unless it is there. Raises StoreProblem when it cannot be used."""
        with self.links.problems("opened", self.links.reading):
            self._layout.make(self.links.reading.connected(), self.links.name)

    @property
    def problem(self) -> str | None:
        """What the database last complained of, until it did not."""
        return self.links.problem

    def since(self, revision: int) -> list[Commit] | None:
        """The units of work after this revision, oldest first; None when the log does not go on from there.

        Raises StoreProblem.
        """
        with self.links.problems("read", self.links.reading):
            return _following(self.links.reading.alone(self._since(revision)))

    def everything(self) -> Everything:
        """Every record as of one moment, for which nobody waits who writes. Raises StoreProblem, Gone."""
        link = self.links.reading
        with self.links.problems("read", link):
            link.asked("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            memory = self._layout.everything(link.connected(), self.links.name)
            link.asked("COMMIT")
        return memory

    def news(self, revision: int | None) -> Found:
        """The units of work after this revision; everything, when there is none or the log does not go on from it.

        Raises StoreProblem, Gone.
        """
        commits = None if revision is None else self.since(revision)
        return self.everything() if commits is None else commits

    def take_link(self) -> None:
        """Have a link to write over, for whoever begins to next."""
        if self._writer is None:
            self._writer = self.links.take()

    def begin(self, revision: int | None) -> Found:
        """Wait until nobody else writes, and begin to. What was committed after a revision, as `since` has it.

        Everything, without a revision or when the log does not go on from there. Raises StoreProblem, after some
        seconds as well.
        """
        with self._over_a_link("read") as link:
            return self._begin_with(link, "FOR UPDATE", revision)

    def begin_now(self, revision: int | None) -> Found | None:
        """The same, unless somebody else writes: then nothing is begun. Raises StoreProblem."""
        try:
            with self._over_a_link("read") as link:
                return self._begin_with(link, "FOR UPDATE NOWAIT", revision)
        except Held:
            return None

    def begin_in_thread(self, revision: int | None) -> Future[Found]:
        """`begin`, in a thread: one of few if somebody else writes, so that who is not hindered need not wait."""
        begun: Future[Found] = Future()

        def begin_now() -> None:
            try:
                found = self.begin_now(revision)
            except BaseException as problem:
                begun.set_exception(problem)
            else:
                if found is not None:
                    begun.set_result(found)
                else:
                    self.links.waiters.submit(begin)

        def begin() -> None:
            try:
                begun.set_result(self.begin(revision))
            except BaseException as problem:
                begun.set_exception(problem)

        begun.set_running_or_notify_cancel()
        self.links.writers.submit(begin_now)
        return begun

    def everything_held(self) -> Everything:
        """Every record, within what was begun. Raises StoreProblem."""
        with self._over_a_link("read"):
            return self._layout.everything(self._writing(), self.links.name)

    def append(self, commit: Commit) -> None:
        """Have a unit of work kept by the next `commit`."""
        self._commits.append(commit)

    def replace(self, memory: Memory) -> None:
        """Have these records put in place of everything by the next `commit`, which nobody changes before that.

        The log begins with their revision, so that everybody reads everything anew.
        """
        self._replacement, self._commits = memory, [Commit(memory.revision, ())]

    def commit(self) -> None:
        """End what was begun: when this returns, its units of work are on the disk.

        Raises Conflict when a unique index of the database forbids one, and StoreProblem. Then none of them is kept,
        unless the connection was lost at the very end: that nobody can know.
        """
        commits, self._commits = self._commits, []
        replacement, self._replacement = self._replacement, None
        with self._over_a_link("written"):
            connection, self._begun = self._writing(), None
            if not commits:
                with suppress(psycopg.OperationalError):  # what is lost is as good as taken back
                    connection.execute("ROLLBACK")
            else:
                if replacement is not None:
                    with connection.cursor() as cursor:
                        self._layout.replace(cursor, replacement)
                        cursor.execute(f"DELETE FROM {self._layout.log}")
                with connection.pipeline(), connection.cursor() as cursor:
                    for commit in commits:
                        self._layout.write(cursor, commit)
                    cursor.execute(
                        f"DELETE FROM {self._layout.log} AND revision <= %s", (commits[-1].revision - LOGGED,)
                    )
                    cursor.execute("COMMIT")
        self._release()

    def disconnect(self) -> None:
        """Let go of the connections, and of whatever was begun; the next to ask makes new ones."""
        if self._writer is not None:
            self._writer.close()
            self._release()
        self.links.disconnect()

    def _begin_with(self, link: Link, how: str, revision: int | None) -> Found:
        self._commits, self._replacement = [], None
        held = f"{self._layout.held} {how}"
        found = link.begin(held if revision is None else f"{held}; {self._since(revision)}")
        self._begun = link.connected()
        commits = None if revision is None else _following(found)
        return self._layout.everything(self._begun, self.links.name) if commits is None else commits

    def _since(self, revision: int) -> str:
        return _SINCE.format(revision, f"{self._layout.log} AND revision >= {revision}")

    def _writing(self) -> psycopg.Connection[Any]:
        """The connection over which this process began to write. It is closed when it was lost."""
        if self._begun is None:
            raise RuntimeError("nothing was begun")
        return self._begun

    @contextmanager
    def _over_a_link(self, what: str) -> Iterator[Link]:
        """The link that is written over: kept after the block, but given back when something goes wrong in it."""
        self.take_link()
        assert self._writer is not None
        try:
            with self.links.problems(what, self._writer):
                yield self._writer
        except BaseException:
            self._release()
            raise

    def _release(self) -> None:
        link, self._writer = self._writer, None
        if link is not None:
            self.links.give_back(link)


def _following(rows: Sequence[tuple[int, str | None]]) -> list[Commit] | None:
    """The units of work in rows of the log; the first row is of the revision that they are to follow."""
    if not rows or rows[0][1] is not None:
        return None
    return [decode(unit.encode()) for _, unit in rows[1:] if unit is not None]
