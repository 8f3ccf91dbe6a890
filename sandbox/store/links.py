"""One process's connections to a PostgreSQL database, and what is said when it complains."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from threading import Lock, RLock
from typing import Any, Final, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sandbox.store.protocol import Conflict, StoreProblem, Unavailable

T = TypeVar("T")

WRITERS: Final = 8  # transactions that one process has under way at once, each on a connection of its own
WAITERS: Final = 4  # transactions beside those that wait for a row which somebody else holds
ASIDE: Final = 4  # and what is asked beside the records of worlds
PATIENCE: Final = "5s"  # for how long somebody waits for a row
HASTE: Final = "50ms"  # for how long, where others would have to wait as well

# Nobody waits long for a database that is gone, or for a process that stands still while it holds a row.
_CONNECTION: Final[Mapping[str, Any]] = {
    "application_name": "ecf-sandbox",
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 10,
}
# Said anew in each transaction, as a pooler may have given the session to somebody else. Who is answered may rely on a
# commit.
_SAID: Final = (
    "SET LOCAL idle_in_transaction_session_timeout = '60s'; SET LOCAL lock_timeout = '{}'; "
    "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
)
_SAID_CARELESSLY: Final = "SET LOCAL lock_timeout = '{}'; SET LOCAL synchronous_commit = 'off'"
_WHAT_TO_DO: Final = {
    "opened": "Check --store, and that the database is up and lets this user make a schema in it.",
    "read": "The sandbox tries again with every request.",
    "written": "What was asked is not kept, unless the connection was lost as it was: ask again.",
}


class Held(Unavailable):
    """Somebody else writes."""

    told = "Somebody else is writing here, and did not end in time. Nothing is done: ask again in a moment."


class Link:
    """A connection, made when it is needed and made again when it was lost, that one thread uses at a time.

    What is written over a `careless` one may be lost when the database is killed within a second. While it `hurries`
    it waits for no row.
    """

    def __init__(self, address: str, *, careless: bool = False, hurries: bool = False) -> None:
        self.lock = RLock()
        self.hurries = hurries
        self._address = address
        self._careless = careless
        self._connection: psycopg.Connection[Any] | None = None

    def connected(self) -> psycopg.Connection[Any]:
        """The connection, made again when it was lost."""
        if self._connection is None or self._connection.closed:
            # Statements that were prepared might be another's behind a pooler.
            self._connection = psycopg.connect(self._address, autocommit=True, prepare_threshold=None)
        return self._connection

    def asked(self, statements: str | bytes, values: Sequence[Any] | None = None) -> list[Any]:
        """The rows of the last of these. They are asked again over a new connection when this one turns out lost."""
        connection = self.connected()
        try:
            return _rows(connection.execute(statements, values))
        except psycopg.OperationalError:
            if not connection.closed:
                raise
            return _rows(self.connected().execute(statements, values))

    @property
    def _said(self) -> str:
        return (_SAID_CARELESSLY if self._careless else _SAID).format(HASTE if self.hurries else PATIENCE)

    def begin(self, statements: str) -> list[Any]:
        """Begin a transaction with these; the rows of the last of them."""
        return self.asked(f"BEGIN; {self._said}; {statements}")

    def alone(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a statement that is a transaction of its own."""
        composed = psycopg.ClientCursor(self.connected()).mogrify(statement, values)
        return self.asked(f"{self._said}; {composed}".encode())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is asked in the block is kept whole; if it raises, who asked has the link end it."""
        self.begin("SELECT 1")
        yield
        self.asked("COMMIT")

    def end(self) -> None:
        """Take back what was begun over it."""
        try:
            self.connected().execute("ROLLBACK")
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Let go of it, and of what was begun over it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Links:
    """One to read what is new, one to note what may be lost, and others that are lent: for a turn, or to ask aside.

    Threads wait for them, so that an event loop does not: one for each of the first two, some for what is written, some
    for what is asked aside, and others for a row that somebody else holds.
    """

    def __init__(self, url: str) -> None:
        """Nothing is connected yet. Raises StoreProblem for an address that cannot be read."""
        try:
            given = conninfo_to_dict(url)
        except psycopg.ProgrammingError as error:
            wrong = first_line(error).replace(url, "it")  # which may hold a password
            raise StoreProblem(f"The address of the database cannot be read: {wrong}. Check --store.") from None
        self._address = make_conninfo("", **{**_CONNECTION, **given})
        self.name = _name(given)
        self.problem: str | None = None  # what it last complained of, until it did not
        self.reading = Link(self._address)
        self.noting = Link(self._address, careless=True, hurries=True)
        self._idle: list[Link] = []
        self._lent = 0
        self._lock = Lock()
        self._room: asyncio.Future[None] | None = None
        self._threads: dict[str, ThreadPoolExecutor] = {}

    def take(self) -> Link:
        """One to write over, for as long as nobody gives it back."""
        with self._lock:
            self._lent += 1
            return self._idle.pop() if self._idle else Link(self._address)

    def give_back(self, link: Link) -> None:
        """Let others write over it."""
        with self._lock:
            self._lent -= 1
            if len(self._idle) < WRITERS:
                self._idle.append(link)
            else:
                link.close()
        room, self._room = self._room, None
        if room is not None and not room.done():
            with suppress(RuntimeError):  # an event loop that is no more
                room.get_loop().call_soon_threadsafe(_tell, room)

    async def room(self) -> None:
        """Wait while as many are lent as there should be. Whoever comes back takes one before anything else happens."""
        while self._lent >= WRITERS + WAITERS:
            loop = asyncio.get_running_loop()
            if self._room is None or self._room.get_loop() is not loop:
                self._room = loop.create_future()
            await asyncio.shield(self._room)

    async def aside(self, what: str, do: Callable[[Link], T], *, patiently: bool = True) -> T:
        """What is done over a link that is lent for it, without keeping the event loop. `what` is as in `problems`.

        It is to leave nothing behind when it raises: when it meets a row that somebody holds, it is done once more
        where that keeps nobody else waiting, if `patiently`. Raises StoreProblem.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(
                self._pool("aside", ASIDE), partial(self.over_one, what, do, hurries=True)
            )
        except Held:
            if not patiently:
                raise
        return await loop.run_in_executor(self.waiters, partial(self.over_one, what, do))

    def over_one(self, what: str, do: Callable[[Link], T], *, hurries: bool = False) -> T:
        """The same, in a thread that may wait. Raises StoreProblem."""
        link = self.take()
        link.hurries = hurries
        try:
            with self.problems(what, link):
                return do(link)
        finally:
            link.hurries = False
            self.give_back(link)

    @property
    def readers(self) -> ThreadPoolExecutor:
        """The thread that reads. Processes that divide do not share threads."""
        return self._pool("reading", 1)

    @property
    def noters(self) -> ThreadPoolExecutor:
        """The thread that notes what may be lost."""
        return self._pool("noting", 1)

    @property
    def writers(self) -> ThreadPoolExecutor:
        """Threads that begin what nobody hinders, and commit."""
        return self._pool("writing", WRITERS)

    @property
    def waiters(self) -> ThreadPoolExecutor:
        """Threads that wait for a row which somebody else holds."""
        return self._pool("waiting", WAITERS)

    def disconnect(self) -> None:
        """Let go of all of them; the next to ask makes new ones."""
        while self._threads:
            self._threads.popitem()[1].shutdown()
        for link in (self.reading, self.noting, *self._idle):
            link.close()

    def _pool(self, name: str, threads: int) -> ThreadPoolExecutor:
        if name not in self._threads:
            self._threads[name] = ThreadPoolExecutor(threads, thread_name_prefix=f"database-{name}")
        return self._threads[name]

    @contextmanager
    def problems(self, what: str, link: Link) -> Iterator[None]:
        """What the database complains of in the block, as the store does. Nothing stays begun over this link then."""
        link.lock.acquire()
        try:
            yield
            self.problem = None
        except psycopg.errors.UniqueViolation as error:
            link.close()
            raise Conflict(f"{self.name} does not take this: {first_line(error)}") from error
        except psycopg.errors.LockNotAvailable as error:
            link.end()
            problem = f"{self.name} was held by somebody else for too long: {first_line(error)}. {_WHAT_TO_DO[what]}"
            raise Held(problem) from error
        except psycopg.Error as error:
            link.close()
            self.problem = f"{self.name} could not be {what}: {first_line(error)}. {_WHAT_TO_DO[what]}"
            raise Unavailable(self.problem) from error
        except BaseException:
            link.close()
            raise
        finally:
            link.lock.release()


def first_line(error: BaseException) -> str:
    """What is said in an error, in short."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


def _tell(room: asyncio.Future[None]) -> None:
    if not room.done():
        room.set_result(None)


def _rows(cursor: psycopg.Cursor[Any]) -> list[Any]:
    """The rows of the last of the statements that were sent together."""
    while cursor.nextset():
        pass
    return cursor.fetchall() if cursor.description else []


def _name(given: Mapping[str, Any]) -> str:
    """The database in words, without its password."""
    host = given.get("host") or given.get("hostaddr") or "its usual place"
    return f"The PostgreSQL database {given.get('dbname') or '(default)'} at {host}"
