"""The worlds that are served. They share nothing; a token says whose it opens."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.edition import Edition
from sandbox.model import ApiToken, Behaviour, LeadProvider
from sandbox.rules.access import named_token_in
from sandbox.seeding.carrying import Migration, migrated
from sandbox.seeding.creation import Creation, again
from sandbox.store.protocol import Store, StoreProblem, Unit
from sandbox.worlds.lifetimes import A_DAY, Lifetimes
from sandbox.worlds.world import ServedWorld, hashed, world_in

MAIN: Final = "main"
MOST: Final = 1000


class Worlds:
    """Every world by its id. `main` is always there; a token of any other begins with the world's id and a dot.

    All but the main one are in memory only, and end with the server. `creation` knows the editions that worlds may be
    of; `wall_clock` tells the machine's time, in UTC. `processes` says how many serve the main one. With `of_each`,
    every edition with well-known tokens has a world from the beginning, named after it, unless it is the main one's.
    Any other ends when nobody has asked for it in `longest_idle`.
    """

    def __init__(
        self,
        main: Store,
        creation: Creation,
        wall_clock: Callable[[], datetime],
        *,
        processes: int = 1,
        of_each: bool = False,
        longest_idle: timedelta = A_DAY,
    ) -> None:
        self.processes = processes
        self.creation = creation
        self.wall_clock = wall_clock
        self.lifetimes = Lifetimes(longest_idle, wall_clock)
        self.main = self._served(MAIN, main)
        self._worlds = {MAIN: self.main}
        self._origins: dict[str, Store] = {}
        self.standing = {MAIN: self.main.edition, **(self._beside_main() if of_each and processes == 1 else {})}
        """The worlds that are there from the beginning, by their ids: each with the edition that it is of."""
        self._unopened = {id: edition for id, edition in self.standing.items() if id != MAIN}
        self._well_known = {token: name for name, edition in self._unopened.items() for token in _tokens(edition)}

    @property
    def editions(self) -> Mapping[str, Edition]:
        """The editions that worlds may be of, by name."""
        return self.creation.editions

    def __len__(self) -> int:
        """How many worlds there are."""
        return len(self._worlds) + len(self._unopened)

    def __iter__(self) -> Iterator[tuple[str, ServedWorld]]:
        """Every world's id and the world."""
        self._end_overdue()
        for id in list(self._unopened):
            self._open(id)
        return iter(sorted(self._worlds.items(), key=lambda world: world[0] not in self.standing))

    def get(self, id: str) -> ServedWorld | None:
        """A world, if there is such a one, which has been asked for now."""
        self._end_overdue()
        self.lifetimes.use(id)
        if id in self._unopened:
            self._open(id)
        return self._worlds.get(id)

    def make(
        self,
        id: str | None,
        scenario: str,
        behaviour: Behaviour | None,
        edition: str | None = None,
        *,
        frozen: bool = False,
    ) -> tuple[str, Mapping[str, str]]:
        """Make a world from a scenario; its id, and the token of each lead provider by the provider's id.

        With `frozen` its clock stands. Raises Impossible, SeedProblem.
        """
        store = self.creation.fresh(scenario, behaviour, self.wall_clock(), edition=edition)
        if frozen:
            with store.write() as unit:
                unit.put(replace(world_in(unit), frozen=True))
        return self._add(id, store)

    def bring_in(self, id: str | None, content: bytes) -> tuple[str, Mapping[str, str]]:
        """Make a world from what an export answered; its id and its tokens. Raises Impossible, StoreProblem."""
        return self._add(id, self.creation.from_file(content, self.wall_clock()))

    def migrate(self, id: str, into: str | None, edition: str) -> tuple[str, Mapping[str, str], Migration]:
        """Make a world of another edition from one with ECF's records, which stays; its id, its tokens, the account.

        Raises KeyError when there is no such world, Impossible, StoreProblem.
        """
        world = self.get(id)
        if world is None:
            raise KeyError(id)
        migration = migrated(world.store, self.editions[edition], self.wall_clock())
        return *self._add(into, migration.store), migration

    def reset(self, id: str) -> None:
        """Have a world be as it began: its records with their tokens, its defects, its rate limit; nothing was asked.

        Raises KeyError when there is no such world, SeedProblem when the main one's scenario is gone, StoreProblem.
        """
        world, wall_time = self.get(id), self.wall_clock()
        if world is None:
            raise KeyError(id)
        if id in self._origins:
            fresh = again(self._origins[id], wall_time)
        else:
            record = world.record
            fresh = self.creation.fresh(record.scenario, record.behaviour, wall_time, edition=record.edition)
        world.store.replace_with(fresh)
        world.begin_again()

    def remove(self, id: str) -> None:
        """End a world. Raises Impossible for the main one, KeyError when there is no such world."""
        if id == MAIN:
            raise Impossible("the main world is always there: reset it instead")
        if self.get(id) is None:
            raise KeyError(id)
        self._forget(id)

    def behind(self, authorization: str | None) -> ServedWorld:
        """The world that a token opens, or is refused at: the main one unless it begins with another world's id."""
        token = named_token_in(authorization) or ""
        id, dot, _ = token.partition(".")
        id = id if dot else self._well_known.get(token, MAIN)
        return self.main if id == MAIN else self.get(id) or self.main

    def _end_overdue(self) -> None:
        for id in self.lifetimes.overdue():
            self._forget(id)

    def _forget(self, id: str) -> None:
        del self._worlds[id], self._origins[id]
        self.lifetimes.end(id)

    def _beside_main(self) -> dict[str, Edition]:
        """The editions that have a world of their own from the beginning, by the name that it has as well."""
        others = {name: edition for name, edition in self.editions.items() if edition is not self.main.edition}
        return {name: edition for name, edition in others.items() if edition.tokens is not None}

    def _open(self, id: str) -> None:
        """Make one of the worlds that are there from the beginning, now that somebody asks for it."""
        edition = self._unopened.pop(id)
        store = self.creation.fresh(edition.scenario, None, self.wall_clock(), edition=edition.name)
        self._worlds[id], self._origins[id] = self._served(id, store), store.fork()

    def _served(self, id: str, store: Store) -> ServedWorld:
        """Records as a world of their edition. Raises StoreProblem for one that is not there."""
        name = world_in(store.read()).edition
        if name not in self.editions:
            raise StoreProblem(f"The data are of the edition {name}. There are: {', '.join(self.editions)}.")
        return ServedWorld(id, store, self.editions[name], self.wall_clock)

    def _add(self, id: str | None, store: Store) -> tuple[str, Mapping[str, str]]:
        self._end_overdue()
        id = id or f"w{secrets.token_hex(5)}"
        if id in self._worlds or id in self._unopened:
            raise Impossible(f"there is a world {id} already: delete it, or choose another id")
        if len(self._worlds) > MOST:
            raise Impossible(
                f"there are {MOST} worlds: delete those that nobody needs any more, or wait until some have been left "
                f"alone for {self.lifetimes}, when they end, the longest idle first"
            )
        tokens = {provider.id: token_for(id, provider) for provider in store.read().all(LeadProvider)}
        with store.write() as unit:
            _give(unit, [ApiToken(id=hashed(token), lead_provider_id=whose) for whose, token in tokens.items()])
        self._worlds[id], self._origins[id] = self._served(id, store), store.fork()
        self.lifetimes.begin(id)
        return id, tokens


def _tokens(edition: Edition) -> Iterable[str]:
    return edition.tokens().values() if edition.tokens is not None else ()


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
