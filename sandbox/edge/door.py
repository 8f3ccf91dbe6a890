"""The door of a world: who comes in, at what time, and into which unit of work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import uuid4

from sandbox.actions.call import Call, Moment
from sandbox.actions.registers import Registers
from sandbox.actors.settling import Settled, settle
from sandbox.edge.defects import Defects
from sandbox.edge.faults import Faults
from sandbox.edge.kept import KeptAnswers
from sandbox.edge.ratelimit import RateLimit
from sandbox.edge.visit import Visit
from sandbox.model import ApiToken, LeadProvider, World
from sandbox.rules.access import is_accepted
from sandbox.rules.rule import Breach, Refused, rule_id_of
from sandbox.rules.times import is_no_server_date, time_of_request
from sandbox.store.protocol import Reader, Store, StoreProblem, Unit

SERVER_DATE = "x-with-server-date"
REMEMBERED: Final = 1000  # requests


class Door:
    """Opens calls into one world: its records, which hold its clock and its behaviour too.

    `wall_clock` tells the machine's time, in UTC. Nothing but the records outlives the server.
    """

    def __init__(self, store: Store, wall_clock: Callable[[], datetime]) -> None:
        self.store = store
        self.wall_clock = wall_clock
        self.kept = KeptAnswers()
        self._registers = Registers(store)
        self.log: deque[Visit] = deque(maxlen=REMEMBERED)
        self.rate_limit: RateLimit | None = None
        self.faults = Faults()
        self.defects: tuple[str, ...] = ()
        self._known_defects: Defects | None = None
        self._settled: tuple[World, date] | None = None

    @property
    def world(self) -> World:
        """What the world was made of. Raises StoreProblem when the records do not say."""
        world = self.store.read().get(World, "world")
        if world is None:
            raise StoreProblem("The data do not say which scenario they began with. Run `ecf-sandbox reset`.")
        return world

    def now(self) -> datetime:
        """The world's time, in UTC."""
        return self.world.time(self.wall_clock())

    def limit_rate(self, on: bool) -> None:
        """Allow each token a thousand requests in five minutes, or as many as it likes."""
        self.rate_limit = RateLimit(lambda: self.wall_clock().timestamp()) if on else None

    def give_defects(self, names: Iterable[str], known: Defects) -> None:
        """Have the world do these things wrongly, and no others. Raises KeyError for a name that is not known."""
        self.defects = tuple(known.known[name].name for name in dict.fromkeys(names))
        self._known_defects = known
        self.kept = KeptAnswers()

    def misbehaving(self) -> AbstractContextManager[None]:
        """A block in which the world's defects, if it has any, are what happens. Nothing may be waited for in it."""
        return self._known_defects.in_force(self.defects) if self.defects and self._known_defects else nullcontext()

    def provider(self, token: str) -> LeadProvider | None:
        """The lead provider that a bearer token belongs to; None when the token is not accepted."""
        known = self.store.read().get(ApiToken, hashed(token))
        if known is None or not is_accepted(known):
            return None
        return self.store.read().get(LeadProvider, known.lead_provider_id)

    def call(self, provider: LeadProvider, headers: Mapping[str, str]) -> Call:
        """A call of this provider, at the world's time or at the one a header names. Raises Refused."""
        moment = self.moment(headers)
        return Call(now=moment.now, behaviour=moment.behaviour, new_id=new_id, provider=provider)

    def moment(self, headers: Mapping[str, str]) -> Moment:
        """The world's time, or the one a header names. Raises Refused."""
        world = self.world
        world_time = world.time(self.wall_clock())
        if self._settled != (world, world_time.date()):
            self.settle()
        server_date = headers.get(SERVER_DATE)
        if is_no_server_date(server_date):
            raise Refused(Breach(rule_id_of(is_no_server_date)))
        return Moment(now=time_of_request(server_date, world_time), behaviour=world.behaviour, new_id=new_id)

    def settle(self, since: datetime | None = None) -> Sequence[Settled]:
        """Let happen what has fallen due by now; what it was, earliest first. Of comings and goings: after `since`."""
        with self.store.exclusive():
            world = self.world
            moment = Moment(now=world.time(self.wall_clock()), behaviour=world.behaviour, new_id=new_id)
            with self.misbehaving(), self.store.write() as unit:
                settled = settle(unit, moment, since)
        self._settled = world, moment.today
        return settled

    @property
    def registers(self) -> Registers | None:
        """What is kept ready for reads; None in a world that does things wrongly."""
        return None if self.defects else self._registers

    def reading(self) -> Reader:
        """The records, to look at."""
        return self.store.read()

    def writing(self) -> AbstractContextManager[Unit]:
        """A unit of work: kept when the block ends, dropped whole when it raises."""
        return self.store.write()


def hashed(token: str) -> str:
    """What is kept of a bearer token."""
    return sha256(token.encode("latin-1", "replace")).hexdigest()


def new_id() -> str:
    """A new record's id."""
    return str(uuid4())
