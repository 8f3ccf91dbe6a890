"""A world as it is served: who comes in, at what time, by which rules, and into which unit of work."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import lru_cache, reduce
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from msgspec.structs import replace

from sandbox.actions.call import CallBy, MomentBy
from sandbox.actions.provider_indexes import ProviderIndexes
from sandbox.actors.settling import Settled, settle
from sandbox.edition import Defect, Edition
from sandbox.model import CONDUCT, ORDINARY, ApiToken, Behaviour, Conduct, Fault, LeadProvider, World
from sandbox.rules.access import is_accepted
from sandbox.rules.book import Book
from sandbox.rules.rule import Breach, Refused, rule_id_of
from sandbox.store.protocol import Reader, Store, StoreProblem, Unit
from sandbox.worlds.answer_cache import AnswerCache
from sandbox.worlds.asked import Asked
from sandbox.worlds.faults import Strike, met
from sandbox.worlds.rate_limit import RateLimit
from sandbox.worlds.under_way import Writes

SERVER_DATE: Final = "x-with-server-date"


class ServedWorld:
    """One world's records, which hold its clock, its behaviour and its conduct, and what there is of it beside them.

    `wall_clock` tells the machine's time, in UTC; `owner` is the id of the invitation by which it was made.
    """

    def __init__(
        self,
        id: str,
        store: Store,
        edition: Edition,
        wall_clock: Callable[[], datetime],
        asked: Asked | None = None,
        owner: str | None = None,
    ) -> None:
        self.id = id
        self.store = store
        self.edition = edition
        self.wall_clock = wall_clock
        self.answers: AnswerCache[Any] = AnswerCache()
        self.owner = owner
        self.asked, self._tally, self.log = asked or Asked.in_memory()
        self.writes = Writes(store)
        self._limit = RateLimit(lambda: self.wall_clock().timestamp(), self._tally)
        self._began_with = ORDINARY
        self._indexes: Any = edition.own.indexes(store) if edition.own else ProviderIndexes(store)
        self._settle = edition.own.settle if edition.own else settle
        self._defects: tuple[Defect, ...] = ()
        self._named: tuple[str, ...] = ()  # what the defects are of
        self._rules: dict[Behaviour, Any] = dict(edition.rules)
        self._presentation: dict[Any, Any] = dict(edition.presentation)
        self._settled_at: datetime | None = None
        self._settled: tuple[World, Hashable] | None = None

    @property
    def record(self) -> World:
        """What the world was made of. Raises StoreProblem when the records do not say."""
        return world_in(self.store.read())

    def now(self) -> datetime:
        """The world's time, in UTC."""
        return self.record.time(self.wall_clock())

    @property
    def conduct(self) -> Conduct:
        """What goes wrong here on purpose. Raises StoreProblem."""
        return self.store.read().get(Conduct, CONDUCT) or ORDINARY

    @property
    def rules(self) -> Book:
        """The rule book that judges here: its behaviour's, in which every defect has replaced a part."""
        rules: Book = self._books()[self.record.behaviour]
        return rules

    @property
    def presentation(self) -> Any:
        """How answers look here: as its edition and its behaviour have it, but for its defects."""
        self._books()
        return self._presentation[self.record.behaviour]

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What it does wrongly."""
        self._books()
        return self._defects

    @property
    def indexes(self) -> Any:
        """What is kept ready for reads; None in a world that does things wrongly: what is wrong would be kept too."""
        return None if self.defects else self._indexes

    @property
    def rate_limit(self) -> RateLimit | None:
        """What limits how often each token may ask; None when nothing does."""
        return self._limit if self.conduct.rate_limit else None

    def begin(self, *, rate_limit: bool = False, defects: Iterable[str] = ()) -> None:
        """Limit the rate, and do things wrongly, as from its beginning. Raises KeyError for an unknown defect."""
        self._began_with = replace(ORDINARY, rate_limit=rate_limit, defects=self._known(defects))
        self._conduct_itself(self._began_with)

    def begin_again(self) -> None:
        """Be as from the beginning in what goes wrong on purpose, which a scenario does not say."""
        self._conduct_itself(self._began_with)

    async def forget_requests(self) -> None:
        """Have nothing been asked. Raises StoreProblem."""
        for kept in (self.log, self.asked, self._tally):
            await kept.clear()

    async def count_anew(self) -> None:
        """Have nothing been counted that the rate limit counts. Raises StoreProblem."""
        await self._tally.clear()

    def limit_rate(self, on: bool) -> None:
        """Allow each token a thousand requests in five minutes, or as many as it likes."""
        self._conduct_itself(replace(self.conduct, rate_limit=on))

    def give_defects(self, names: Iterable[str]) -> None:
        """Have the world do these things wrongly, and no others. Raises KeyError for a name that is not known."""
        self._conduct_itself(replace(self.conduct, defects=self._known(names)))

    def give_faults(self, faults: Iterable[Fault]) -> None:
        """Have these things go wrong on the way, and no others."""
        self._conduct_itself(replace(self.conduct, faults=tuple(faults)))

    def struck(self, operation: str) -> Strike | None:
        """What the next request meets, if anything: it is asked about once, by that request."""
        strike, left = met(self.conduct.faults, operation)
        self.give_faults(left)
        return strike

    def provider(self, token: str) -> LeadProvider | None:
        """The lead provider that a bearer token belongs to; None when the token is not accepted."""
        known = self.store.read().get(ApiToken, hashed(token))
        if known is None or not is_accepted(known):
            return None
        return self.store.read().get(LeadProvider, known.lead_provider_id)

    def call(self, provider: LeadProvider, headers: Mapping[str, str]) -> CallBy[Any]:
        """A call of this provider, at the world's time or at the one a header names. Raises Refused."""
        moment = self.moment(headers)
        return CallBy(now=moment.now, rules=moment.rules, new_id=new_id, provider=provider)

    def settled_call(self, provider: LeadProvider, headers: Mapping[str, str]) -> CallBy[Any] | None:
        """The same; None when something may have fallen due, so that even who reads has to take a turn at writing."""
        rules, world_time, is_settled = self._time()
        if not is_settled:
            return None
        return CallBy(now=_named_by(headers, rules, world_time), rules=rules, new_id=new_id, provider=provider)

    def moment(self, headers: Mapping[str, str]) -> MomentBy[Any]:
        """The world's time, or the one a header names. Raises Refused."""
        rules, world_time, is_settled = self._time()
        if not is_settled:
            self.settle(self._settled_at if self.edition.own else None)
        return MomentBy(now=_named_by(headers, rules, world_time), rules=rules, new_id=new_id)

    def _time(self) -> tuple[Any, datetime, bool]:
        """The rule book that judges here, what time it is, and whether all has happened that falls due by then."""
        world = self.record
        rules, world_time = self._books()[world.behaviour], world.time(self.wall_clock())
        return rules, world_time, self._settled == (world, rules.span_of(world_time))

    def settle(self, since: datetime | None = None) -> Sequence[Settled]:
        """Let happen what has fallen due by now; what it was, earliest first. Of comings and goings: after `since`."""
        with self.store.exclusive():
            world = self.record
            rules = self._books()[world.behaviour]
            moment = MomentBy(now=world.time(self.wall_clock()), rules=rules, new_id=new_id)
            with self.store.write() as unit:
                settled: Sequence[Settled] = self._settle(unit, moment, since)
        self._settled, self._settled_at = (world, rules.span_of(moment.now)), moment.now
        return settled

    def reading(self) -> Reader:
        """The records, to look at."""
        return self.store.read()

    def writing(self) -> AbstractContextManager[Unit]:
        """A unit of work: kept when the block ends, dropped whole when it raises."""
        return self.store.write()

    def _known(self, names: Iterable[str]) -> tuple[str, ...]:
        """Names of defects, each once. Raises KeyError for one that is not known."""
        return tuple(self.edition.defects[name].name for name in dict.fromkeys(names))

    def _conduct_itself(self, conduct: Conduct) -> None:
        if conduct != self.conduct:
            with self.store.write() as unit:
                unit.put(conduct)

    def _books(self) -> Mapping[Behaviour, Any]:
        """The rule book of each behaviour, right but for the defects of the world."""
        names = self.conduct.defects
        if names != self._named:
            known = self.edition.defects
            self._named = names
            self._defects = tuple(known[name] for name in names if name in known)  # others knew more
            self._rules = {
                behaviour: reduce(lambda book, defect: defect.rules(book), self._defects, right)
                for behaviour, right in self.edition.rules.items()
            }
            self._presentation = {
                behaviour: reduce(lambda presentation, defect: defect.presentation(presentation), self._defects, right)
                for behaviour, right in self.edition.presentation.items()
            }
            self.answers = AnswerCache()
        return self._rules


def world_in(reader: Reader) -> World:
    """What the world was made of whose records these are. Raises StoreProblem when they do not say."""
    world = reader.get(World, "world")
    if world is None:
        raise StoreProblem("The data do not say which scenario they began with. Run `ecf-sandbox reset`.")
    return world


def _named_by(headers: Mapping[str, str], rules: Any, world_time: datetime) -> datetime:
    """The time that a header names, or else the world's. Raises Refused."""
    server_date = headers.get(SERVER_DATE)
    if rules.spelling.is_no_server_date(server_date):
        raise Refused(Breach(rule_id_of(rules.spelling.is_no_server_date)))
    now: datetime = rules.spelling.time_of_request(server_date, world_time)
    return now


@lru_cache(128)
def hashed(token: str) -> str:
    """What is kept of a bearer token."""
    return sha256(token.encode("latin-1", "replace")).hexdigest()


def new_id() -> str:
    """A new record's id."""
    return str(uuid4())
