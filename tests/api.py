"""The sandbox under test, asked without a network. Every answer is checked against the document of its version."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import httpx
import orjson

from contract_tests.verbs import Verbs
from sandbox.app import build_app
from sandbox.editions import ALL, ecf
from sandbox.model import Behaviour
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import play, scenarios
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import Unit
from sandbox.worlds.worlds import Worlds

from .conformance import problems_with
from .in_process import Client

T = TypeVar("T")

_LOOP = asyncio.new_event_loop()

PROVIDERS = ("northgate", "harbour", "meadow")
JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
MENTOR = "bb36d74a-68a7-47b6-86b6-1fd0d141c590"


def at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns that has nothing to wait for."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    raise AssertionError("it waits for something")


class SetClock:
    """A clock on the wall that stands where a test puts it; a world's, which began when it did, shows the same."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class World:
    """One world, as fresh as its seeds: an application, its records and its clock."""

    def __init__(self, scenario: str = "main", behaviour: Behaviour = "documented") -> None:
        self.behaviour = behaviour
        self.clock, self.store, self.client = _served(scenario, behaviour)
        self.clock.at = scenarios()[scenario].starts_at
        self.store.replace_with(played(scenario, behaviour))
        self.api().get("/participants/ecf/nobody")  # it knows from now on that its day has come

    def api(self, version: str = "v3", provider: str = "northgate") -> Api:
        return Api(self, version, f"{provider}-sandbox-token")

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        with self.store.write() as unit:
            yield unit


@dataclass(frozen=True)
class Api(Verbs["Reply"]):
    """Asks one version as one provider."""

    world: World
    version: str
    token: str
    server_date: str | None = None

    def at(self, server_date: str) -> Api:
        """The same, with the time of every request set by its header."""
        return replace(self, server_date=server_date)

    def get(self, path: str, **query: str) -> Reply:
        return self.send("GET", path, params=query or None)

    def post(self, path: str, **attributes: Any) -> Reply:
        return self.send("POST", path, json={"data": {"attributes": attributes}})

    def put(self, path: str, **attributes: Any) -> Reply:
        return self.send("PUT", path, json={"data": {"attributes": attributes}} if attributes else None)

    def confirm_partnership(self, school_id: str, delivery_partner_id: str, cohort: str = "2025") -> Reply:
        return super().confirm_partnership(school_id, delivery_partner_id, cohort)

    def participant(self, participant_id: str) -> dict[str, Any]:
        """The attributes of a participant who can be seen."""
        return self.get(f"/participants/ecf/{participant_id}").attributes

    def enrolment(self, participant_id: str, participant_type: str = "ect") -> dict[str, Any]:
        """One of a participant's enrolments, as v3 shows them."""
        (found,) = [
            enrolment
            for enrolment in self.participant(participant_id)["ecf_enrolments"]
            if enrolment["participant_type"] == participant_type
        ]
        return dict(found)

    def declaration(self, declaration_id: str) -> dict[str, Any]:
        """The attributes of a declaration that can be seen."""
        return self.get(f"/participant-declarations/{declaration_id}").attributes

    def partnership(self, partnership_id: str) -> dict[str, Any]:
        """The attributes of a partnership that can be seen."""
        return self.get(f"/partnerships/ecf/{partnership_id}").attributes

    def send(self, method: str, path: str, headers: Mapping[str, str] | None = None, **content: Any) -> Reply:
        sent = {"Authorization": f"Bearer {self.token}"} | dict(headers or {})
        if self.server_date is not None:
            sent["X-With-Server-Date"] = self.server_date
        return answered(self.world.client.request(method, f"/api/{self.version}{path}", headers=sent, **content))


@dataclass(frozen=True)
class Reply:
    """An answer that is as its document says."""

    response: httpx.Response

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def json(self) -> Any:
        return orjson.loads(self.response.content)

    @property
    def rules(self) -> list[str]:
        """The rules that refused the request, as the header names them."""
        named = self.response.headers.get("X-Sandbox-Rule")
        return named.split(", ") if named else []

    @property
    def data(self) -> Any:
        assert self.status == 200, self.response.text
        return self.json["data"]

    @property
    def attributes(self) -> dict[str, Any]:
        return dict(self.data["attributes"])

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def ids(self) -> list[str]:
        """The ids of a list."""
        return [resource["id"] for resource in self.data]

    @property
    def titles(self) -> list[str]:
        """What is at fault, by the entries of a refusal."""
        return [error["title"] for error in self.json["errors"]]

    @property
    def detail(self) -> str:
        """What a refusal with one entry says."""
        (error,) = self.json["errors"]
        return str(error["detail"])


def answered(request: Coroutine[Any, Any, httpx.Response]) -> Reply:
    """The answer to a request, once it is found to be as its document says."""
    reply = Reply(_LOOP.run_until_complete(request))
    problems = problems_with(reply.response)
    assert not problems, problems
    return reply


@cache
def played(scenario: str, behaviour: Behaviour) -> MemoryStore:
    """The seeds, played once."""
    return play(scenario, ecf.EDITION, behaviour, began_at=scenarios()[scenario].starts_at)


@cache
def _served(scenario: str, behaviour: Behaviour) -> tuple[SetClock, MemoryStore, Client]:
    clock, store = SetClock(scenarios()[scenario].starts_at), played(scenario, behaviour).fork()
    return clock, store, Client(build_app(Worlds(store, Creation(ALL), clock)))
