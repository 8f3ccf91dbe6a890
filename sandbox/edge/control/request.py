"""What a handler of the control API is given, and how it declines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime
from typing import Any, Final, TypeVar

import msgspec
import orjson

from sandbox.actions.call import Moment
from sandbox.edge.answer import Answer
from sandbox.model import Record
from sandbox.rules.times import instant
from sandbox.store.protocol import Reader, Unit
from sandbox.worlds.invitations import Invitation
from sandbox.worlds.lifetimes import spoken
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import Worlds

R = TypeVar("R", bound=Record)

JSON: Final = b"application/json"


class Declined(Exception):
    """A request of the control API that is not carried out: what is at fault, and why."""

    def __init__(self, status: int, *faults: tuple[str, str]) -> None:
        super().__init__(str(faults))
        self.status = status
        self.faults = faults

    def answer(self) -> Answer:
        """It, as it is answered."""
        errors = [{"title": title, "detail": detail} for title, detail in self.faults]
        return Answer(self.status, JSON, orjson.dumps({"errors": errors}), {})


class ControlRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request as read by the document: `world` is the one it is about, `ids` come from the path.

    `owner` is the invitation of whoever asks, None for those who may ask for everything.
    """

    worlds: Worlds
    owner: Invitation | None
    world: ServedWorld
    headers: Mapping[str, str]
    ids: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A block in which nobody else writes in the world, for who waits for something else as well."""
        await self.world.store.turn()
        with self.world.store.exclusive():
            yield

    def moment(self) -> Moment:
        """When what is asked for happens: at the world's time, or at the one a header names. Raises Refused."""
        return self.world.moment(self.headers)

    @contextmanager
    def acting(self) -> Iterator[tuple[Unit, Moment]]:
        """A unit of work in the world, and the moment it happens at. Raises Refused."""
        moment = self.moment()
        with self.world.writing() as unit:
            yield unit, moment

    def date(self, name: str) -> date | None:
        """A member of the body that is a day. Raises Declined for one that no calendar has, such as one in year 0."""
        text = self.body.get(name)
        try:
            return None if text is None else date.fromisoformat(text)
        except ValueError as error:
            raise Declined(422, (name, f"{text} is no day. Write it as 2024-11-15.")) from error

    def time(self, name: str) -> datetime | None:
        """A member of the body that is a time, or a day, which begins at midnight.

        Raises Declined for one that no calendar has, such as a leap second.
        """
        text = self.body.get(name)
        if text is None:
            return None
        at = instant(text if "T" in text.upper() else f"{text}T00:00:00Z")
        if at is None:
            raise Declined(422, (name, f"{text} is no time. Write it as 2024-11-15T09:00:00Z."))
        return at


def found(reader: Reader, kind: type[R], id: str, name: str, finder: Callable[[str], R | None] | None = None) -> R:
    """The record with an id that the path or the body names. Raises Declined when there is none."""
    record = reader.get(kind, id.lower()) or (finder(id) if finder else None)
    if record is None:
        raise Declined(404, (name, f"This world has no {name.replace('_id', '').replace('_', ' ')} {id}."))
    return record


async def no_world(worlds: Worlds, id: str, name: str, owner: Invitation | None) -> Declined:
    """What is said of a world that is not there, or not any more, or is none of the owner's who asks."""
    if owner is not None:
        return Declined(404, (name, f"No world {id} is yours. GET /sandbox/worlds lists those that are."))
    if await worlds.has_ended(id):
        gone = f"The world {id} has ended, as nobody asked for it in {spoken(worlds.longest_idle)}. Make another."
        return Declined(404, (name, gone))
    return Declined(404, (name, f"There is no world {id}. GET /sandbox/worlds lists those there are."))
