"""The door of a world: who comes in, at what time, and into which unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4

from sandbox.actions.call import Call, Moment
from sandbox.actors.dfe import settle
from sandbox.clock import Clock
from sandbox.edge.kept import KeptAnswers
from sandbox.model import ApiToken, Behaviour, LeadProvider
from sandbox.rules.access import is_accepted, token_in
from sandbox.rules.rule import Breach, Refused, rule_id_of
from sandbox.rules.times import is_no_server_date, time_of_request
from sandbox.store.protocol import Reader, Store, Unit

SERVER_DATE = "x-with-server-date"


class Door:
    """Opens calls into one world: its records, its clock and its behaviour."""

    def __init__(self, store: Store, clock: Clock, behaviour: Behaviour) -> None:
        self.store = store
        self.clock = clock
        self.behaviour = behaviour
        self.kept = KeptAnswers()
        self._settled_on: date | None = None

    def provider(self, authorization: str | None) -> LeadProvider | None:
        """The lead provider that a bearer token belongs to; None when the token is not accepted."""
        token = token_in(authorization)
        if token is None:
            return None
        known = self.store.read().get(ApiToken, sha256(token.encode("latin-1", "replace")).hexdigest())
        if known is None or not is_accepted(known):
            return None
        return self.store.read().get(LeadProvider, known.lead_provider_id)

    def call(self, provider: LeadProvider, headers: Mapping[str, str]) -> Call:
        """A call of this provider, at the world's time or at the one a header names. Raises Refused."""
        world_time = self.clock.now()
        self._settle(world_time)
        server_date = headers.get(SERVER_DATE)
        if is_no_server_date(server_date):
            raise Refused(Breach(rule_id_of(is_no_server_date)))
        now = time_of_request(server_date, world_time)
        return Call(now=now, behaviour=self.behaviour, new_id=new_id, provider=provider)

    def _settle(self, now: datetime) -> None:
        """Let the DfE do what has fallen due, once for each of the world's days: statements payable, then paid."""
        if self._settled_on != now.date():
            with self.store.write() as unit:
                settle(unit, Moment(now=now, behaviour=self.behaviour, new_id=new_id))
            self._settled_on = now.date()

    def reading(self) -> Reader:
        """The records, to look at."""
        return self.store.read()

    def writing(self) -> AbstractContextManager[Unit]:
        """A unit of work: kept when the block ends, dropped whole when it raises."""
        return self.store.write()


def new_id() -> str:
    """A new record's id."""
    return str(uuid4())
