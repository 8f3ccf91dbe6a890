"""The control API of a world under test. Every answer is checked against its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sandbox.actions import partnerships
from sandbox.actions.call import Call
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import LeadProvider, School
from sandbox.rules.requests import PartnershipRequest
from sandbox.worlds.world import new_id
from tests.api import Api, Reply, World, answered

Json = dict[str, Any]


@dataclass(frozen=True)
class Console:
    """Asks the control API about one of the worlds that an application serves."""

    world: World
    id: str = "main"
    server_date: str | None = None

    def at(self, server_date: str) -> Console:
        """The same, with the time of every request set by its header."""
        return replace(self, server_date=server_date)

    def get(self, path: str, **query: str) -> Json:
        """What is answered to a question."""
        return self._done(self.ask("GET", path, query=query))

    def post(self, path: str, **body: Any) -> Json:
        """What is answered when something is done."""
        return self._done(self.ask("POST", path, body))

    def put(self, path: str, **body: Any) -> Json:
        return self._done(self.ask("PUT", path, body))

    def patch(self, path: str, **body: Any) -> Json:
        return self._done(self.ask("PATCH", path, body))

    def refused(self, status: int, path: str, body: Json | None = None, method: str = "POST") -> tuple[str, str]:
        """The title and the detail of the only fault of a request that is refused, and has changed nothing."""
        before = self.world.store.revision
        reply = self.ask(method, path, body)
        assert reply.status == status, reply.response.text
        assert self.world.store.revision == before
        (title,) = reply.titles
        return title, reply.detail

    def register(self, **body: Any) -> Json:
        """Somebody new."""
        return dict(self.post("/participants", **body)["participant"])

    def agree(self, urn: str, relationship: Json) -> None:
        """A school agrees to be trained by a provider through a delivery partner, in the cohort they work together."""
        with self.world.writing() as unit:
            (school,) = unit.find(School, urn=urn)
            provider = unit.get(LeadProvider, relationship["provider"]["id"])
            assert provider is not None
            call = Call(now=self.world.clock(), rules=BOOKS[self.world.behaviour], new_id=new_id, provider=provider)
            request = PartnershipRequest(
                cohort=relationship["cohort"],
                school_id=school.id,
                delivery_partner_id=relationship["delivery_partner"]["id"],
            )
            partnerships.confirm(unit, call, request)

    def ask(self, method: str, path: str, body: Json | None = None, query: Mapping[str, str] | None = None) -> Reply:
        headers = {} if self.server_date is None else {"X-With-Server-Date": self.server_date}
        params = dict(query or {}) if path.startswith("/worlds") else {"world": self.id} | dict(query or {})
        request = self.world.client.request(
            method, f"/sandbox{path}", params=params, json=body or None, headers=headers
        )
        return answered(request)

    @contextmanager
    def another(self, **body: Any) -> Iterator[tuple[Console, Api]]:
        """The control API of a world of one's own, and the API there as Northgate."""
        made = self.post("/worlds", **body)
        token = next(p["token"] for p in made["providers"] if p["name"].startswith("Northgate"))
        try:
            yield replace(self, id=made["id"]), Api(self.world, "v3", token)
        finally:
            assert self.ask("DELETE", f"/worlds/{made['id']}").status == 204

    def _done(self, reply: Reply) -> Json:
        assert reply.status in (200, 201), reply.response.text
        return dict(reply.json)
