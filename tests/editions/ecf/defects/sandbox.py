"""Worlds side by side in one process, some of them given defects; nobody checks here whether answers conform."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import httpx

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.model import Behaviour
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.store.engine import MemoryStore
from sandbox.worlds.worlds import MAIN, Worlds
from tests import api
from tests.api import Reply, SetClock, at_once, played
from tests.backstage import Backstage
from tests.in_process import Client

T = TypeVar("T")

_LOOP = asyncio.new_event_loop()


def ran(request: Coroutine[Any, Any, T]) -> T:
    return _LOOP.run_until_complete(request)


class World(api.World):
    """One of the worlds that a sandbox serves, as providers and the control API reach it."""

    def __init__(self, sandbox: Sandbox, id: str, tokens: Mapping[str, str]) -> None:
        door = at_once(sandbox.worlds.reach(id))
        assert door is not None
        assert isinstance(door.store, MemoryStore)
        self.id, self.sandbox, self.tokens = id, sandbox, tokens
        self.behaviour, self.clock = sandbox.behaviour, sandbox.clock
        self.store, self.client = door.store, sandbox.client

    def api(self, version: str = "v3", provider: str = "northgate") -> Api:
        return Api(self, version, self.tokens[provider])

    @property
    def backstage(self) -> Backstage:
        return Backstage(self)

    def becomes(self, *defects: str) -> None:
        """Give it these defects and no others."""
        changed = self.sandbox.control("PATCH", f"/worlds/{self.id}", json={"defects": defects})
        assert changed.json()["defects"] == list(defects)

    def acts(self, path: str, method: str = "POST", **body: Any) -> Any:
        """Have a school or the DfE do something there, and what it answers."""
        done = self.sandbox.control(method, f"{path}?world={self.id}", json=body)
        assert done.status_code in (200, 201), done.text
        return done.json()

    def passes_to(self, now: str) -> None:
        """Let time pass there."""
        assert self.sandbox.control("POST", f"/time/advance?world={self.id}", json={"to": now}).status_code == 200


@dataclass(frozen=True)
class Api(api.Api):
    """Asks as one provider, and takes whatever it is answered."""

    def send(self, method: str, path: str, headers: Mapping[str, str] | None = None, **content: Any) -> Reply:
        return Reply(ran(self.sending(method, path, headers, **content)))

    async def sending(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx.Response:
        sent = {"Authorization": f"Bearer {self.token}"} | dict(headers or {})
        if self.server_date is not None:
            sent["X-With-Server-Date"] = self.server_date
        return await self.world.client.request(method, f"/api/{self.version}{path}", headers=sent, **content)


class Sandbox:
    """Worlds of the scenario main and of one behaviour, in which the clock stands."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        store = played("main", behaviour).fork()
        self.clock = SetClock(scenarios()["main"].starts_at)
        self.worlds = Worlds(store, Creation(ALL), self.clock)
        self.client = Client(build_app(self.worlds))

    def control(self, method: str, path: str, **content: Any) -> httpx.Response:
        return ran(self.client.request(method, f"/sandbox{path}", **content))

    @property
    def main(self) -> World:
        return World(self, MAIN, {name: f"{name}-sandbox-token" for name in api.PROVIDERS})

    def world(self, defects: Sequence[str] = (), **wanted: str) -> World:
        """A new one."""
        asked = {"behaviour": self.behaviour, "defects": defects, **wanted}
        made = self.control("POST", "/worlds", json=asked).json()
        assert made["defects"] == list(defects)
        tokens = {provider["name"].split()[0].lower(): provider["token"] for provider in made["providers"]}
        return World(self, made["id"], tokens)


@cache
def _sandbox(behaviour: Behaviour) -> Sandbox:
    return Sandbox(behaviour)


def fresh_sandbox(behaviour: Behaviour) -> Sandbox:
    """The one there is of a behaviour, with its main world as it was and no other."""
    sandbox = _sandbox(behaviour)
    for glimpse in at_once(sandbox.worlds.glimpses()):
        if glimpse.id != MAIN:
            at_once(sandbox.worlds.end(glimpse.id))
    at_once(sandbox.worlds.reset(MAIN))
    sandbox.main.becomes()
    return sandbox
