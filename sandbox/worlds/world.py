"""A world as it is served: who comes in, at what time, by which rules, and into which unit of work."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import reduce
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from sandbox.actions.call import CallBy, MomentBy
from sandbox.actions.provider_indexes import ProviderIndexes
from sandbox.actors.settling import Settled, settle
from sandbox.edition import Defect, Edition
from sandbox.model import ApiToken, Behaviour, LeadProvider, World
from sandbox.rules.access import is_accepted
from sandbox.rules.book import Book
from sandbox.rules.rule import Breach, Refused, rule_id_of
from sandbox.store.protocol import Reader, Store, StoreProblem, Unit
from sandbox.worlds.answer_cache import AnswerCache
from sandbox.worlds.faults import Faults
from sandbox.worlds.rate_limit import RateLimit
from sandbox.worlds.request_log import RequestLog

SERVER_DATE: Final = "x-with-server-date"


class ServedWorld:
    """One world's records, which hold its clock and its behaviour too, and what there is of it while it is served.

    `wall_clock` tells the machine's time, in UTC. Nothing but the records outlives the server.
    """

    def __init__(self, id: str, store: Store, edition: Edition, wall_clock: Callable[[], datetime]) -> None:
        self.id = id
        self.store = store
        self.edition = edition
        self.wall_clock = wall_clock
        self.answers: AnswerCache[Any] = AnswerCache()
        self.log = RequestLog()
        self.rate_limit: RateLimit | None = None
        self.faults = Faults()
        self.defects: tuple[Defect, ...] = ()
        self._beginning: tuple[bool, tuple[str, ...]] = (False, ())
        self._indexes: Any = edition.own.indexes(store) if edition.own else ProviderIndexes(store)
        self._settle = edition.own.settle if edition.own else settle
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
    def rules(self) -> Book:
        """The rule book that judges here: its behaviour's, in which every defect has replaced a part."""
        rules: Book = self._rules[self.record.behaviour]
        return rules

    @property
    def presentation(self) -> Any:
        """How answers look here: as its edition and its behaviour have it, but for its defects."""
        return self._presentation[self.record.behaviour]

    @property
    def indexes(self) -> Any:
        """What is kept ready for reads; None in a world that does things wrongly: what is wrong would be kept too."""
        return None if self.defects else self._indexes

    def begin(self, *, rate_limit: bool = False, defects: Iterable[str] = ()) -> None:
        """Limit the rate, and do things wrongly, as from its beginning. Raises KeyError for an unknown defect."""
        self._beginning = rate_limit, tuple(defects)
        self.begin_again()

    def begin_again(self) -> None:
        """Be as from the beginning in all that is not in the records: nothing was asked, and nothing is to fail."""
        rate_limit, defects = self._beginning
        self.limit_rate(rate_limit)
        self.give_defects(defects)
        self.log.clear()
        self.faults.clear()

    def limit_rate(self, on: bool) -> None:
        """Allow each token a thousand requests in five minutes, or as many as it likes."""
        self.rate_limit = RateLimit(lambda: self.wall_clock().timestamp()) if on else None

    def give_defects(self, names: Iterable[str]) -> None:
        """Have the world do these things wrongly, and no others. Raises KeyError for a name that is not known."""
        self.defects = tuple(self.edition.defects[name] for name in dict.fromkeys(names))
        self._rules = {
            behaviour: reduce(lambda book, defect: defect.rules(book), self.defects, right)
            for behaviour, right in self.edition.rules.items()
        }
        self._presentation = {
            behaviour: reduce(lambda presentation, defect: defect.presentation(presentation), self.defects, right)
            for behaviour, right in self.edition.presentation.items()
        }
        self.answers = AnswerCache()

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

    def moment(self, headers: Mapping[str, str]) -> MomentBy[Any]:
        """The world's time, or the one a header names. Raises Refused."""
        world = self.record
        world_time = world.time(self.wall_clock())
        rules, server_date = self._rules[world.behaviour], headers.get(SERVER_DATE)
        if self._settled != (world, rules.span_of(world_time)):
            self.settle(self._settled_at if self.edition.own else None)
        if rules.spelling.is_no_server_date(server_date):
            raise Refused(Breach(rule_id_of(rules.spelling.is_no_server_date)))
        now = rules.spelling.time_of_request(server_date, world_time)
        return MomentBy(now=now, rules=rules, new_id=new_id)

    def settle(self, since: datetime | None = None) -> Sequence[Settled]:
        """Let happen what has fallen due by now; what it was, earliest first. Of comings and goings: after `since`."""
        with self.store.exclusive():
            world = self.record
            rules = self._rules[world.behaviour]
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


def world_in(reader: Reader) -> World:
    """What the world was made of whose records these are. Raises StoreProblem when they do not say."""
    world = reader.get(World, "world")
    if world is None:
        raise StoreProblem("The data do not say which scenario they began with. Run `ecf-sandbox reset`.")
    return world


def hashed(token: str) -> str:
    """What is kept of a bearer token."""
    return sha256(token.encode("latin-1", "replace")).hexdigest()


def new_id() -> str:
    """A new record's id."""
    return str(uuid4())
