"""An application asked without a network, nor what a client does for one: connections, cookies, redirects."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import unquote

import httpx
from starlette.types import ASGIApp

HEADERS: Final = {"Accept": "*/*", "User-Agent": "tests"}


class Client:
    """Asks an application as the server would hand it over; what it raises is raised here."""

    def __init__(self, app: ASGIApp, base_url: str = "http://localhost", client: str = "127.0.0.1") -> None:
        self._app = app
        self._base_url = base_url
        self._client = client, 50000

    async def get(self, path: str, **content: Any) -> httpx.Response:
        """The answer to a reading request."""
        return await self.request("GET", path, **content)

    async def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx.Response:
        """The answer, whole. `content` is what httpx.Request takes: params, json, data, content."""
        request = httpx.Request(method, self._base_url + path, headers={**HEADERS, **(headers or {})}, **content)
        body = [request.read()]
        begun: MutableMapping[str, Any] = {}
        said: list[bytes] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body.pop()} if body else {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                begun.update(message)
            elif method != "HEAD":
                said.append(message.get("body", b""))

        await self._app(self._scope(request), receive, send)
        return httpx.Response(begun["status"], headers=begun["headers"], content=b"".join(said), request=request)

    def _scope(self, request: httpx.Request) -> dict[str, Any]:
        path, _, query = request.url.raw_path.partition(b"?")
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "scheme": request.url.scheme,
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "query_string": query,
            "server": (request.url.host, request.url.port),
            "client": self._client,
            "root_path": "",
        }
