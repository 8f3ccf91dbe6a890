"""The sandbox without a network: each request reaches the application as the server would hand it over."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from starlette.types import ASGIApp

from sandbox.app import build_app
from sandbox.clock import wall_clock
from sandbox.edge.wording import RULE_HEADER
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.worlds.worlds import Worlds


class Answer(NamedTuple):
    """What came back; `rules` are those by which a sandbox says it refused."""

    status: int
    type: str
    text: str
    rules: str = ""


class Service:
    """One application with worlds to make, whose main one is of an edition.

    The path of a request is handed over as it stands, bent or not.
    """

    def __init__(self, edition: str = "ecf") -> None:
        creation = Creation(ALL)
        main = creation.fresh(creation.editions[edition].empty_scenario, "deployed", wall_clock(), edition=edition)
        self._app: ASGIApp = build_app(Worlds(main, creation, wall_clock))

    async def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """What the application answers to a request."""
        begun: dict[str, Any] = {}
        content = bytearray()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body or b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                begun.update(message)
            elif method != "HEAD":
                content.extend(message.get("body", b""))

        await self._app(_scope(method, path, body, headers or {}), receive, send)
        received = {name.lower(): value.decode("latin-1") for name, value in begun["headers"]}
        text = content.decode("utf-8", "replace")
        return Answer(begun["status"], received.get(b"content-type", ""), text, received.get(RULE_HEADER, ""))


def _scope(method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> dict[str, Any]:
    raw_path, _, query = path.partition("?")
    sent = {"Host": "localhost", "Accept-Encoding": "identity", **headers}
    if body is not None:
        sent["Content-Length"] = str(len(body))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path),
        "raw_path": raw_path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": ("sandbox", 80),
        "extensions": {},
    }
