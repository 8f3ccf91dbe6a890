"""A world of Register to test in: what its control API has happen, and what its providers ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import httpx
import orjson

from sandbox.app import build_app
from sandbox.clock import wall_clock
from sandbox.editions import ALL, register
from sandbox.seeding.creation import Creation
from sandbox.store.protocol import Store
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import Worlds
from tests.api import at_once
from tests.conformance import problems_with
from tests.in_process import Client

LOOP = asyncio.new_event_loop()
RIVERBANK = "106286"
IN_2025 = "2025-09-02T09:00:00Z"
COURSES = {"ect": "ecf-induction", "mentor": "ecf-mentor"}


class Refusal(NamedTuple):
    """The status, what is at fault in the order said, and the rules that found it."""

    status: int
    titles: list[str]
    rules: list[str]


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
        return [record["id"] for record in self.data]

    @property
    def refusal(self) -> Refusal:
        named = self.response.headers.get("X-Sandbox-Rule", "")
        entries = self.json.get("errors", []) if self.status != 429 else []
        return Refusal(self.status, [entry["title"] for entry in entries], named.split(", ") if named else [])


@cache
def application() -> tuple[Worlds, Client]:
    creation = Creation(ALL)
    main = creation.fresh(register.EDITION.empty_scenario, None, wall_clock(), edition="register")
    worlds = Worlds(main, creation, wall_clock)
    return worlds, Client(build_app(worlds))


class World:
    """A world with its organisations, and nobody in it yet. It is the morning of 15 September 2026."""

    def __init__(self, **about: Any) -> None:
        self._worlds, self.client = application()
        made = self.control("POST", "/worlds", edition="register", **about)
        self.id = made["id"]
        self._tokens = {provider["name"].split()[0].lower(): provider["token"] for provider in made["providers"]}

    def close(self) -> None:
        self.control("DELETE", f"/worlds/{self.id}")

    @property
    def served(self) -> ServedWorld:
        """The world as the server has it."""
        world = at_once(self._worlds.reach(self.id))
        assert world is not None
        return world

    @property
    def store(self) -> Store:
        """Its records, to change by hand what nobody can bring about."""
        return self.served.store

    @property
    def revision(self) -> int:
        """How often anything has changed."""
        return self.store.revision

    def provider(self, name: str = "northgate") -> Provider:
        return Provider(self, self._tokens[name])

    def send(self, method: str, path: str, **content: Any) -> httpx.Response:
        return LOOP.run_until_complete(self.client.request(method, path, **content))

    def control(self, method: str, path: str, at: str | None = None, **body: Any) -> Any:
        """Have something happen, at a moment if one is named. It must be possible."""
        headers = {"X-With-Server-Date": at} if at else {}
        query = "" if path.startswith("/worlds") else f"?world={self.id}"
        response = self.send(method, f"/sandbox{path}{query}", headers=headers, json=body or None)
        assert response.is_success, response.text
        return orjson.loads(response.content) if response.content else None

    def partnership(self, cohort: str = "2025", provider: str = "northgate", urn: str = RIVERBANK) -> str:
        at = f"{cohort}-06-02T09:00:00Z"
        made = self.control("POST", "/partnerships", at, provider=provider, urn=urn, cohort=cohort)
        return str(made["partnership"]["id"])

    def person(self, participant_type: str = "ect", at: str = IN_2025, **about: Any) -> str:
        """Somebody whom a school registers on a day, to begin then."""
        known = {"urn": RIVERBANK, "provider": "northgate", "starts_on": at[:10]} | about
        made = self.control("POST", "/participants", at, participant_type=participant_type, **known)
        return str(made["participant"]["id"])

    def trainee(self, participant_type: str = "ect", cohort: str = "2025", **about: Any) -> str:
        """Somebody who trains under Northgate's partnership: an ECT whose induction is recorded is eligible."""
        self.partnership(cohort)
        return self.person(participant_type, f"{cohort}-09-02T09:00:00Z", **about)


@dataclass(frozen=True)
class Provider:
    """Asks as one provider, perhaps at a certain time. Every answer is checked against the document."""

    world: World
    token: str
    time: str | None = None

    def at(self, time: str) -> Provider:
        return replace(self, time=time)

    def send(self, method: str, path: str, headers: dict[str, str] | None = None, **content: Any) -> Reply:
        sent = {"Authorization": f"Bearer {self.token}"} | (headers or {})
        if self.time is not None:
            sent["X-With-Server-Date"] = self.time
        response = self.world.send(method, f"/api/v3{path}", headers=sent, **content)
        problems = problems_with(response, "register")
        assert not problems, problems
        return Reply(response)

    def get(self, path: str, **query: str) -> Reply:
        return self.send("GET", path, params=query or None)

    def post(self, path: str, **attributes: Any) -> Reply:
        return self.send("POST", path, json={"data": {"attributes": attributes}})

    def put(self, path: str, **attributes: Any) -> Reply:
        return self.send("PUT", path, json={"data": {"attributes": attributes}} if attributes else None)

    def declare(self, person: str, type: str = "started", dated: Any = "2025-10-10T09:00:00Z", **others: Any) -> Reply:
        """Declare of an ECT, with evidence that most types may have; None leaves something out."""
        attributes = {
            "participant_id": person,
            "declaration_type": type,
            "declaration_date": dated,
            "course_identifier": "ecf-induction",
            "evidence_held": "other",
        } | others
        return self.post("/participant-declarations", **{k: v for k, v in attributes.items() if v is not None})

    def void(self, declaration: str) -> Reply:
        return self.put(f"/participant-declarations/{declaration}/void")

    def declaration(self, id: str) -> dict[str, Any]:
        return self.get(f"/participant-declarations/{id}").attributes

    def enrolment(self, person: str) -> dict[str, Any]:
        """What somebody trains as, who has one role."""
        (found,) = self.get(f"/participants/{person}").attributes["ecf_enrolments"]
        return dict(found)

    def refused(self, ask: Callable[[], Reply]) -> Refusal:
        """How what is asked is refused. It must have changed nothing."""
        before = self.world.revision
        reply = ask()
        assert self.world.revision == before, f"answered {reply.status}, and something has changed"
        return reply.refusal


def over(title: str, rule: str) -> Refusal:
    """Refused over one thing, by one rule."""
    return Refusal(422, [title], [rule])


def bad(rule: str) -> Refusal:
    """Refused as no request that could be judged."""
    return Refusal(400, ["Bad request"], [rule])


NOT_FOUND = Refusal(404, ["Resource not found"], ["path.unknown"])
