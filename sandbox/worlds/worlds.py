"""The worlds that are served. They share nothing; a token says whose it opens."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.edition import Edition
from sandbox.model import ORDINARY, ApiToken, Behaviour, Conduct, LeadProvider
from sandbox.rules.access import named_token_in
from sandbox.seeding.carrying import Migration, migrated
from sandbox.seeding.creation import Creation, again
from sandbox.store.protocol import Gone, Store, StoreProblem, Unit
from sandbox.worlds.asked import Asked
from sandbox.worlds.invitations import Invitation, Invitations
from sandbox.worlds.lifetimes import A_DAY
from sandbox.worlds.shelf import Full, Glimpse, MemoryShelf, Opened, Shelf, Taken
from sandbox.worlds.world import ServedWorld, hashed, world_in

MAIN: Final = "main"


class Worlds:
    """Every world by its id. `main` is always there; a token of any other begins with the world's id and a dot.

    All but the main one are on the `shelf`: without one, in memory, so that they end with the server. `creation` knows
    the editions that worlds may be of; `wall_clock` tells the machine's time, in UTC. With `of_each`, every edition
    with well-known tokens has a world from the beginning, named after it, unless it is the main one's. Any other ends
    when nobody has asked for it in `longest_idle`.
    """

    def __init__(
        self,
        main: Store,
        creation: Creation,
        wall_clock: Callable[[], datetime],
        *,
        shelf: Shelf | None = None,
        of_each: bool = False,
        longest_idle: timedelta = A_DAY,
    ) -> None:
        self.creation = creation
        self.wall_clock = wall_clock
        self.longest_idle = longest_idle
        self._shelf: Shelf = MemoryShelf(longest_idle, wall_clock) if shelf is None else shelf
        self.main = self._world(MAIN, main, None, self._shelf.of_main())
        self._served: OrderedDict[str, ServedWorld] = OrderedDict()
        self.standing = {MAIN: self.main.edition, **(self._beside_main() if of_each else {})}
        """The worlds that are there from the beginning, by their ids: each with the edition that it is of."""
        self._well_known = {
            token: id for id, edition in self.standing.items() if id != MAIN for token in _tokens(edition)
        }

    @property
    def editions(self) -> Mapping[str, Edition]:
        """The editions that worlds may be of, by name."""
        return self.creation.editions

    @property
    def invitations(self) -> Invitations:
        """Who may have worlds of their own."""
        return self._shelf.invitations

    async def count(self) -> int:
        """How many worlds there are, with those that are there from the beginning. Raises StoreProblem."""
        there = [id for id in self.standing if id == MAIN or await self._shelf.open(id) is None]
        return await self._shelf.count() + len(there)

    async def glimpses(self, owner: Invitation | None = None) -> Sequence[Glimpse]:
        """What there is to see of every world at once, those first that are there from the beginning; or of an owner's.

        Raises StoreProblem.
        """
        if owner is not None:
            return await self._shelf.glimpses(owner.id)
        standing = [await self.reach(id) for id in self.standing]
        first = [Glimpse(world.id, world.record, world.conduct, None) for world in standing if world is not None]
        return first + [each for each in await self._shelf.glimpses() if each.id not in self.standing]

    async def reach(self, id: str) -> ServedWorld | None:
        """A world as it is now, if there is such a one, which has been asked for now. Raises StoreProblem."""
        if id == MAIN:
            await self.main.store.look()
            return self.main
        if not await self._shelf.use(id):
            self._served.pop(id, None)
            if id not in self.standing:
                return None
        for _ in range(2):  # it may have been made anew
            served = self._served.get(id)
            opened = await self._opened(id) if served is None else None
            store = served.store if served is not None else opened.store if opened is not None else None
            if store is None:
                return None
            try:
                await store.look()
            except Gone:
                self._served.pop(id, None)
                self._shelf.forget(id)
                continue
            if opened is not None and id not in self._served:
                served = self._world(id, *opened)
            elif opened is not None:  # by another request, meanwhile
                served = self._served[id]
                await served.store.look()
            assert served is not None
            return self._kept_ready(id, served)
        return None

    async def make(
        self,
        id: str | None,
        scenario: str,
        behaviour: Behaviour | None,
        edition: str | None = None,
        *,
        frozen: bool = False,
        owner: Invitation | None = None,
        rate_limit: bool = False,
        defects: Iterable[str] = (),
    ) -> tuple[str, Mapping[str, str]]:
        """Make a world from a scenario; its id, and the token of each lead provider by the provider's id.

        With `frozen` its clock stands. Raises Impossible, SeedProblem, StoreProblem.
        """
        store = self.creation.fresh(scenario, behaviour, self.wall_clock(), edition=edition)
        if frozen:
            with store.write() as unit:
                unit.put(replace(world_in(unit), frozen=True))
        return await self._add(id, store, owner, replace(ORDINARY, rate_limit=rate_limit, defects=tuple(defects)))

    async def bring_in(
        self, id: str | None, content: bytes, *, owner: Invitation | None = None
    ) -> tuple[str, Mapping[str, str]]:
        """Make a world from what an export answered; its id and its tokens. Raises Impossible, StoreProblem."""
        return await self._add(id, self.creation.from_file(content, self.wall_clock()), owner, ORDINARY)

    async def migrate(
        self, id: str, into: str | None, edition: str, *, owner: Invitation | None = None
    ) -> tuple[str, Mapping[str, str], Migration]:
        """Make a world of another edition from one with ECF's records, which stays; its id, its tokens, the account.

        Raises KeyError when there is no such world, Impossible, StoreProblem.
        """
        world = await self.reach(id)
        if world is None:
            raise KeyError(id)
        migration = migrated(world.store, self.editions[edition], self.wall_clock())
        return *await self._add(into, migration.store, owner, ORDINARY), migration

    async def reset(self, id: str) -> None:
        """Have a world be as it began: its records with their tokens, its defects, its rate limit; nothing was asked.

        Raises KeyError when there is no such world, SeedProblem when the main one's scenario is gone, StoreProblem.
        """
        world, wall_time = await self.reach(id), self.wall_clock()
        if world is None:
            raise KeyError(id)
        if id == MAIN:
            record = world.record
            fresh: Store = self.creation.fresh(record.scenario, record.behaviour, wall_time, edition=record.edition)
        else:
            fresh = again(await self._shelf.beginning(id), wall_time)
        await world.store.turn()
        with world.store.exclusive():
            world.store.replace_with(fresh)
            if id == MAIN:
                world.begin_again()
        await world.forget_requests()

    async def end(self, id: str) -> None:
        """End a world. Raises Impossible for the main one, StoreProblem."""
        if id == MAIN:
            raise Impossible("the main world is always there: reset it instead")
        await self._shelf.end(id)
        self._served.pop(id, None)

    async def reach_behind(self, authorization: str | None) -> ServedWorld:
        """The world that a token opens, or is refused at: the main one unless it begins with another world's id.

        Raises StoreProblem.
        """
        return await self.reach(self.id_behind(authorization)) or await self.reach(MAIN) or self.main

    def id_behind(self, authorization: str | None) -> str:
        """The id of the world that a token is of, whether there is one or not."""
        token = named_token_in(authorization) or ""
        id, dot, _ = token.partition(".")
        return id if dot else self._well_known.get(token, MAIN)

    async def is_of(self, owner: Invitation, id: str) -> bool:
        """True for a world that was made by whoever has this invitation, which is not asked for now.

        Raises StoreProblem.
        """
        return await self._shelf.owner(id) == owner.id

    async def has_ended(self, id: str) -> bool:
        """True for a world that nobody asked for in too long. Raises StoreProblem."""
        return await self._shelf.has_ended(id)

    def disconnect(self) -> None:
        """Let go of what processes cannot share, as before this one divides; it comes back when it is needed."""
        self.main.store.disconnect()
        self._shelf.disconnect()

    async def _opened(self, id: str) -> Opened | None:
        """A world that is not ready."""
        opened = await self._shelf.open(id)
        if opened is None and id in self.standing:
            edition = self.standing[id]
            fresh = self.creation.fresh(edition.scenario, None, self.wall_clock(), edition=edition.name)
            with suppress(Taken):  # by another request, just now
                await self._shelf.add(id, fresh, lasting=True)
            opened = await self._shelf.open(id)
        return opened

    def _kept_ready(self, id: str, served: ServedWorld) -> ServedWorld:
        """A world, one of those that were asked for last."""
        self._served[id] = served
        self._served.move_to_end(id)
        if len(self._served) > self._shelf.at_hand:
            self._served.popitem(last=False)
        return served

    def _beside_main(self) -> dict[str, Edition]:
        """The editions that have a world of their own from the beginning, by the name that it has as well."""
        others = {name: edition for name, edition in self.editions.items() if edition is not self.main.edition}
        return {name: edition for name, edition in others.items() if edition.tokens is not None}

    def _world(self, id: str, store: Store, owner: str | None, asked: Asked) -> ServedWorld:
        """Records as a world of their edition. Raises StoreProblem for one that is not there."""
        name = world_in(store.read()).edition
        if name not in self.editions:
            raise StoreProblem(f"The data are of the edition {name}. There are: {', '.join(self.editions)}.")
        return ServedWorld(id, store, self.editions[name], self.wall_clock, asked, owner)

    async def _add(
        self, id: str | None, store: Store, owner: Invitation | None, conduct: Conduct
    ) -> tuple[str, Mapping[str, str]]:
        id = id or f"w{secrets.token_hex(5)}"
        tokens = {provider.id: token_for(id, provider) for provider in store.read().all(LeadProvider)}
        with store.write() as unit:
            _give(unit, [ApiToken(id=hashed(token), lead_provider_id=whose) for whose, token in tokens.items()])
            if conduct != ORDINARY:
                unit.put(conduct)
        try:
            if id in self.standing:
                raise Taken(id)
            await self._shelf.add(id, store, owner=owner.id if owner else None, quota=owner.quota if owner else None)
        except Taken:
            raise Impossible(f"there is a world {id} already: delete it, or choose another id") from None
        except Full as full:
            raise Impossible(str(full)) from None
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
