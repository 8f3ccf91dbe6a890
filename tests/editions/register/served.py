"""Both editions on one server, as `ecf-sandbox serve` has them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import Worlds
from tests.api import SetClock
from tests.in_process import Client

NORTHGATE = "northgate-register-token"
HARBOUR = "harbour-register-token"
MEADOW = "meadow-register-token"
ECF_NORTHGATE = "northgate-sandbox-token"


class Server:
    """Serves a main world of one edition, and one of the other beside it."""

    def __init__(self, edition: str = "ecf") -> None:
        creation = Creation(ALL)
        scenario = creation.editions[edition].scenario
        self.clock = SetClock(scenarios()[scenario].starts_at)
        main = creation.fresh(scenario, None, self.clock())
        self.worlds = Worlds(main, creation, self.clock, of_each=True)
        self._client = Client(build_app(self.worlds), "http://127.0.0.1")
        self._loop = asyncio.new_event_loop()

    def send(self, method: str, path: str, token: str | None = None, **content: Any) -> httpx.Response:
        """What is answered to a request, of whoever has this token."""
        headers = ({"Authorization": f"Bearer {token}"} if token else {}) | content.pop("headers", {})
        return self._loop.run_until_complete(self._client.request(method, path, headers=headers, **content))

    def get(self, path: str, token: str = NORTHGATE) -> Any:
        """What is shown under a path of v3."""
        answer = self.send("GET", f"/api/v3{path}", token)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def put(self, path: str, attributes: dict[str, Any], token: str = NORTHGATE) -> httpx.Response:
        """What is answered to an act on somebody."""
        return self.send("PUT", f"/api/v3{path}", token, json={"data": {"attributes": attributes}})

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """What the control API answers."""
        return self.send(method, f"/sandbox{path}", None, **({} if body is None else {"json": body}))

    def close(self) -> None:
        """Let go of it."""
        self._loop.close()
