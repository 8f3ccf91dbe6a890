"""What the rest of the sandbox asks of a store, whichever engine is underneath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import NamedTuple, Protocol, Self, TypeVar

from sandbox.model import Record

R = TypeVar("R", bound=Record)


class Key(NamedTuple):
    """Names one record: its type and its id."""

    kind: type[Record]
    id: str


class Reader(Protocol):
    """Looks records up. What it returns is frozen and safe to keep."""

    def get(self, kind: type[R], id: str) -> R | None:
        """The record with this id, or None."""

    def find(self, kind: type[R], **equal: str | None) -> Sequence[R]:
        """The records whose fields equal these values, in the order they were first put.

        An index may be of some records only: that of declarations by participant, course and type is of live ones.
        Raises LookupError when the table declares no index on exactly these fields.
        """

    def all(self, kind: type[R]) -> Iterable[R]:
        """Every record of one kind, in the order they were first put."""

    def count(self, kind: type[R]) -> int:
        """How many records of one kind there are."""


class Unit(Reader, Protocol):
    """One unit of work: it reads its own writes, and all of them are kept or none."""

    def put(self, record: Record) -> None:
        """Keep this record in place of the one with its id, if there is one.

        Raises Conflict at once when a unique index holds another record with the same values.
        """

    def delete(self, kind: type[Record], id: str) -> None:
        """Forget a record; nothing happens when there is none."""


class Conflict(Exception):
    """A unique index already holds another record with these values."""


class StoreProblem(Exception):
    """The store cannot go on; the message names the file and says what to do."""


class Unavailable(StoreProblem):
    """The store cannot go on now, and may when it is asked again. `told` is what strangers may know of it."""

    told = (
        "The database cannot be reached. What was asked is not kept, unless the connection was lost as it was: "
        "ask again in a moment."
    )


class Gone(StoreProblem):
    """What is asked for is not kept any more, as somebody else has removed all of it."""


class Store(Protocol):
    """One world's records. A single event loop owns it; reads and units of work never interleave.

    Other processes may share the records with it: `refresh`, `exclusive` and `disconnect` are for them. It closes at
    the end of a `with`.
    """

    @property
    def revision(self) -> int:
        """Grows by one with every unit of work that changed something."""

    @property
    def is_empty(self) -> bool:
        """True when there is no record."""

    @property
    def problem(self) -> str | None:
        """Why the records could not be kept or read when that was last tried; None when they could."""

    @property
    def is_stale(self) -> bool:
        """True when `read` would have to wait for what keeps the records; after a `look` it does not."""

    def refresh(self) -> None:
        """Take in what other processes have committed, so that a reader finds it. Raises StoreProblem."""

    async def look(self) -> None:
        """The same, without keeping the event loop. Raises StoreProblem."""

    def exclusive(self) -> AbstractContextManager[None]:
        """A block in which no other process writes: times read in it are written in the order of revisions.

        Its units of work are committed even when it raises; one may stand inside another. Raises StoreProblem.
        """

    async def turn(self) -> None:
        """Wait until `exclusive` does not have to. It follows before anything else happens. Raises StoreProblem."""

    def read(self) -> Reader:
        """The records as they are now."""

    def write(self) -> AbstractContextManager[Unit]:
        """A unit of work: committed when the block ends, dropped whole when it raises."""

    def changed_since(self, revision: int) -> frozenset[Key] | None:
        """The records put or deleted after a revision; None when that is too long ago to know."""

    def made_since(self, revision: int) -> frozenset[Key]:
        """The records that there were not at a revision, whoever put them, as far as that is recent enough to know."""

    async def durable(self) -> None:
        """Returns when everything committed so far is on the disk."""

    def flush(self) -> None:
        """Put everything committed so far on the disk, without an event loop. Raises StoreProblem."""

    def fork(self) -> Self:
        """An independent copy of the records, kept in memory only."""

    def dumped(self) -> bytes:
        """Everything as TinyDB keeps it in a file."""

    def replace_with(self, other: Self) -> None:
        """Put a copy of the records of another store of this engine in place of all of this one's, and on the disk."""

    def disconnect(self) -> None:
        """Let go of what processes cannot share, as before this one divides; it comes back when it is needed."""

    def close(self) -> None:
        """Write what is pending and let go of what keeps it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
