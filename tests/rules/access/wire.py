"""Requests as bytes on the wire: also those that no client would send, and answers that no document describes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote, unquote_to_bytes

import httpx
from starlette.types import Message

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.store.engine import MemoryStore
from sandbox.worlds.worlds import Worlds
from tests.api import Reply, SetClock, played

_LOOP = asyncio.new_event_loop()

NORTHGATE = {"Authorization": "Bearer northgate-sandbox-token"}


class Wire:
    """Leads to an application that serves the seeds of `main`. What comes back is not checked against a document."""

    def __init__(self, *, rate_limit: bool = False) -> None:
        self.store = MemoryStore()
        self.renew()
        self.clock = SetClock(scenarios()["main"].starts_at)
        worlds = Worlds(self.store, Creation(ALL), self.clock)
        worlds.main.limit_rate(rate_limit)
        self._app = build_app(worlds)

    def renew(self) -> None:
        """Bring the seeds back."""
        self.store.replace_with(played("main", "documented"))

    def send(
        self, method: str, path: str, headers: Mapping[str, str] = NORTHGATE, *, query: bytes = b"", body: bytes = b""
    ) -> Reply:
        """Send a request. `path` may be percent-encoded; headers are written as latin-1."""
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        return Reply(_LOOP.run_until_complete(self._answer(method, path, raw, query, body)))

    async def _answer(
        self, method: str, path: str, headers: list[tuple[bytes, bytes]], query: bytes, body: bytes
    ) -> httpx.Response:
        decoded = unquote_to_bytes(path).decode("utf-8", "replace")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "root_path": "",
            "path": decoded,
            "raw_path": path.encode(),
            "query_string": query,
            "headers": headers,
            "client": ("127.0.0.1", 50000),
            "server": ("sandbox", 80),
        }
        arriving: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        messages: list[Message] = []

        async def receive() -> Message:
            return arriving.pop() if arriving else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, send)
        start, *rest = messages
        return httpx.Response(
            start["status"],
            headers=start["headers"],
            content=b"".join(message.get("body", b"") for message in rest),
            request=httpx.Request(method, f"http://sandbox{quote(decoded)}"),
        )


@cache
def wire() -> Wire:
    """A wire that tests share: whoever changes something through it brings the seeds back first."""
    return Wire()
