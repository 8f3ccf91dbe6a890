"""A sandbox as it is after `ecf-sandbox serve`, with the worlds of both editions, brought back whenever it is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import httpx

from sandbox.app import build_app
from sandbox.documents.examples import ExampleRequest
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import Worlds
from tests.api import SetClock, at_once, played

from .documents import CONTROL, edition_of

TOKENS = {"ecf": "northgate-sandbox-token", "register": "northgate-register-token"}
URL = "http://127.0.0.1:8080"


class FreshSandbox:
    """It answers each request as if nobody had asked anything before."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._clock = SetClock(scenarios()["main"].starts_at)
        self._worlds = Worlds(played("main", "documented").fork(), Creation(ALL), self._clock, of_each=True)
        app = httpx.ASGITransport(app=build_app(self._worlds), client=("127.0.0.1", 1))
        self._client = httpx.AsyncClient(transport=app, base_url=URL)

    def answer(self, name: str, sent: ExampleRequest, *, after: timedelta = timedelta()) -> httpx.Response:
        """The answer to an example of a document, in worlds whose clocks have run for a while."""
        headers = dict(sent.headers)
        if name != CONTROL:
            headers["Authorization"] = f"Bearer {TOKENS[edition_of(name)]}"
        if sent.content_type is not None:
            headers["Content-Type"] = sent.content_type
        content = json.dumps(sent.body) if sent.content_type is not None else ""
        return self.ask(sent.method, sent.target, headers, content, after=after)

    def ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        content: str = "",
        *,
        after: timedelta = timedelta(),
    ) -> httpx.Response:
        """The answer to any request."""
        self._begin_again()
        self._clock.at += after
        asked = self._client.request(method, url, headers=dict(headers or {}), content=content or None)
        return self._loop.run_until_complete(asked)

    def _begin_again(self) -> None:
        self._clock.at = scenarios()["main"].starts_at
        for id in [world.id for world in at_once(self._worlds.glimpses())]:
            if id in self._worlds.standing:
                at_once(self._worlds.reset(id))
            else:
                at_once(self._worlds.end(id))
        for invitation in at_once(self._worlds.invitations.all()):
            at_once(self._worlds.invitations.revoke(invitation.id))


@cache
def fresh_sandbox() -> FreshSandbox:
    return FreshSandbox()
