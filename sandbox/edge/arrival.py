"""A request that has come in: the world it came to, and what that will remember of it."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Mapping
from functools import cached_property
from typing import Final, NamedTuple

from starlette.types import Scope

from sandbox.rules.book import Book
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.world import SERVER_DATE, ServedWorld
from sandbox.worlds.worlds import Worlds

STORED: Final = ("api/", "sandbox/")  # what is answered from records, which another process may have changed
REMEMBERED: Final = 2000  # characters of a path, and of a query
SHORT: Final = 200  # characters of a header
_ARRIVAL: Final = "sandbox.arrival"
_PROBLEM: Final = "sandbox.problem"
_HEADERS: Final = "sandbox.headers"
_RULES: Final = "sandbox.rules"
_REQUEST_ID: Final = re.compile(r"[\w.:-]{1,100}", re.ASCII)


class Arrival(NamedTuple):
    """A request on its way through."""

    world: ServedWorld
    logged: LoggedRequest


class Arrivals:
    """Receives requests at the worlds that their tokens open."""

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds
        self._numbers = itertools.count(1)

    @cached_property
    def _begun(self) -> str:
        """What the ids of requests begin with here. Not known before the first: processes that divide differ in it."""
        return secrets.token_hex(4)

    async def receive(self, scope: Scope) -> Arrival:
        """What a request begins with: at the main world when its own cannot be looked for.

        It keeps the `X-Request-Id` it brings, if that is a plain one.
        """
        headers = headers_of(scope)
        brought = headers.get("x-request-id", "")
        world = self._worlds.main
        if scope["path"].lstrip("/").startswith(STORED):
            try:
                world = await self._worlds.reach_behind(headers.get("authorization"))
            except StoreProblem as error:
                scope[_PROBLEM] = error
        logged = LoggedRequest(
            id=brought if _REQUEST_ID.fullmatch(brought) else f"{self._begun}-{next(self._numbers)}",
            world=world.id,
            method=scope["method"],
            path=scope["path"][:REMEMBERED],
            query_string=scope["query_string"][:REMEMBERED],
            received_at=world.wall_clock(),
            content_type=headers.get("content-type", "")[:SHORT],
            accept=headers.get("accept", "")[:SHORT],
            server_date=headers.get(SERVER_DATE),
        )
        scope[_ARRIVAL] = arrival = Arrival(world, logged)
        return arrival


def arrival_of(scope: Scope) -> Arrival:
    """What `Arrivals.receive` made of a request."""
    arrival: Arrival = scope[_ARRIVAL]
    return arrival


def raise_problem(scope: Scope) -> None:
    """Raise the StoreProblem for which the world of a request could not be looked for, if there was one."""
    problem: StoreProblem | None = scope.get(_PROBLEM)
    if problem is not None:
        raise problem


def arrived(scope: Scope) -> Arrival | None:
    """The same; None of what never arrived anywhere."""
    arrival: Arrival | None = scope.get(_ARRIVAL)
    return arrival


def rules_of(scope: Scope) -> Book:
    """The rule book that a request is judged by: its world's, looked up once."""
    rules: Book | None = scope.get(_RULES)
    if rules is None:
        rules = scope[_RULES] = arrival_of(scope).world.rules
    return rules


def headers_of(scope: Scope) -> Mapping[str, str]:
    """The headers of a request by their names, in small letters; of two with one name the first counts."""
    headers: dict[str, str] | None = scope.get(_HEADERS)
    if headers is None:
        sent = reversed(scope["headers"])
        headers = scope[_HEADERS] = {name.decode("latin-1"): value.decode("latin-1") for name, value in sent}
    return headers
