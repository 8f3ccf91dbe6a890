"""The worlds that are served, each behind a door of its own. They share nothing; a token says whose door it opens."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Final

from starlette.types import Scope

from sandbox.actors.impossible import Impossible
from sandbox.edge.door import Door, hashed
from sandbox.edge.visit import Visit, headers_of
from sandbox.model import ApiToken, Behaviour, LeadProvider
from sandbox.rules.access import token_in
from sandbox.seeding.creation import Creation, again
from sandbox.store.protocol import Store, Unit

MAIN: Final = "main"
MOST: Final = 1000
_REQUEST_ID: Final = re.compile(r"[\w.:-]{1,100}", re.ASCII)


class Worlds:
    """Every world by its id. `main` is always there; a token of any other begins with the world's id and a dot.

    All but the main one are in memory only, and end with the server. `wall_clock` tells the machine's time, in UTC.
    `processes` says how many serve the main one.
    """

    def __init__(
        self,
        main: Store,
        wall_clock: Callable[[], datetime],
        creation: Creation | None = None,
        *,
        processes: int = 1,
    ) -> None:
        self.processes = processes
        self.main = Door(main, wall_clock)
        self.creation = creation or Creation()
        self._wall_clock = wall_clock
        self._doors = {MAIN: self.main}
        self._origins: dict[str, Store] = {}
        self._numbers = itertools.count(1)

    @cached_property
    def _begun(self) -> str:
        """What the ids of requests begin with here. Not known before the first: processes that divide differ in it."""
        return secrets.token_hex(4)

    def __iter__(self) -> Iterator[tuple[str, Door]]:
        """Every world's id and door."""
        return iter(list(self._doors.items()))

    def get(self, id: str) -> Door | None:
        """The door of a world, if there is such a world."""
        return self._doors.get(id)

    def make(self, id: str | None, scenario: str, behaviour: Behaviour) -> tuple[str, Mapping[str, str]]:
        """Make a world from a scenario; its id, and the token of each lead provider by the provider's id.

        Raises Impossible, SeedProblem.
        """
        return self._add(id, self.creation.fresh(scenario, behaviour, self._wall_clock()))

    def bring_in(self, id: str | None, content: bytes) -> tuple[str, Mapping[str, str]]:
        """Make a world from what an export answered; its id and its tokens. Raises Impossible, StoreProblem."""
        return self._add(id, self.creation.from_file(content, self._wall_clock()))

    def reset(self, id: str) -> None:
        """Bring back what a world began with, and forget what it was asked and what was to fail; its tokens stay.

        Raises KeyError when there is no such world, SeedProblem when the main one's scenario is gone, StoreProblem.
        """
        door, wall_time = self._doors[id], self._wall_clock()
        tokens = list(door.store.read().all(ApiToken))
        if id in self._origins:
            fresh = again(self._origins[id], wall_time)
        else:
            fresh = self.creation.fresh(door.world.scenario, door.world.behaviour, wall_time)
        with fresh.write() as unit:
            _give(unit, tokens)
        door.store.replace_with(fresh)
        door.log.clear()
        door.faults.clear()

    def remove(self, id: str) -> None:
        """End a world. Raises Impossible for the main one, KeyError when there is no such world."""
        if id == MAIN:
            raise Impossible("the main world is always there: reset it instead")
        del self._doors[id], self._origins[id]

    def behind(self, authorization: str | None) -> Door:
        """The door that a token opens, or is refused at: the main one's unless it begins with another world's id."""
        id, dot, _ = (token_in(authorization) or "").partition(".")
        return self._doors.get(id, self.main) if dot else self.main

    def visit(self, scope: Scope) -> Visit:
        """What a request begins with. It keeps the `X-Request-Id` it brings, if that is a plain one."""
        headers = headers_of(scope)
        brought = headers.get("x-request-id", "")
        return Visit(
            id=brought if _REQUEST_ID.fullmatch(brought) else f"{self._begun}-{next(self._numbers)}",
            door=self.behind(headers.get("authorization")),
            method=scope["method"],
            path=scope["path"],
            query_string=scope["query_string"],
        )

    def _add(self, id: str | None, store: Store) -> tuple[str, Mapping[str, str]]:
        id = id or f"w{secrets.token_hex(5)}"
        if id in self._doors:
            raise Impossible(f"there is a world {id} already: delete it, or choose another id")
        if len(self._doors) > MOST:
            raise Impossible(f"there are {MOST} worlds: delete those that nobody needs any more")
        tokens = {provider.id: token_for(id, provider) for provider in store.read().all(LeadProvider)}
        with store.write() as unit:
            _give(unit, [ApiToken(id=hashed(token), lead_provider_id=whose) for whose, token in tokens.items()])
        self._doors[id], self._origins[id] = Door(store, self._wall_clock), store.fork()
        return id, tokens


def token_for(world: str, provider: LeadProvider) -> str:
    """A new token: it begins with its world's id, unless that is the main one, and names its provider to be read."""
    name = re.sub(r"[^a-z0-9]+", "-", provider.name.lower()).strip("-")
    secret = secrets.token_urlsafe(12)
    return f"{name}-{secret}" if world == MAIN else f"{world}.{name}-{secret}"


def _give(unit: Unit, tokens: list[ApiToken]) -> None:
    """Have a world know these tokens and no others."""
    for token in unit.all(ApiToken):
        unit.delete(ApiToken, token.id)
    for token in tokens:
        unit.put(token)
