"""What the pages ask of the sandbox's own APIs, in the same process: nothing is done here that they would not do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote, urlencode

import orjson
from starlette.requests import Request
from starlette.types import ASGIApp, Message

from sandbox.edge.console.access import control_token
from sandbox.edge.faults import Dropped

Json = dict[str, Any]


class Fault(NamedTuple):
    """One thing that an API refuses: what is at fault, if it says so, and why."""

    title: str
    detail: str


class Answered(NamedTuple):
    """What was answered. Without a status nothing was: the connection was dropped, by a fault that was asked for."""

    status: int | None
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_done(self) -> bool:
        """True when what was asked for is done, or found."""
        return self.status is not None and self.status < 400

    @property
    def json(self) -> Any:
        """The content; None when it is no JSON, as half of it would be."""
        try:
            return orjson.loads(self.content)
        except orjson.JSONDecodeError:
            return None

    @property
    def faults(self) -> list[Fault]:
        """Why it was refused; nothing, if it was not."""
        if self.status is None:
            return [Fault("connection", "The connection was dropped, as a fault that was asked for.")]
        if self.is_done:
            return []
        content = self.json if isinstance(self.json, dict) else {}
        entries = [each for each in content.get("errors", []) if isinstance(each, dict)]
        said = str(content.get("error") or content.get("message") or self.content.decode(errors="replace")[:300])
        return [Fault(str(each.get("title")), str(each.get("detail"))) for each in entries] or [
            Fault("", f"{said or 'There is no more to it'} ({self.status}).")
        ]


class Asking:
    """Asks an application that is here, as if over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def control(
        self,
        request: Request,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Json | bytes | None = None,
        bearer: str | None = None,
    ) -> Answered:
        """What the control API answers whoever asks for a page: with their own token, unless another is to be tried."""
        token = bearer if bearer is not None else control_token(request)
        own = request.headers.get("authorization") if bearer is None else None
        given = own if own is not None else None if token is None else f"Bearer {token}"
        return await self._answered(request, method, f"/sandbox{path}", given, query, body)

    async def as_provider(
        self, request: Request, method: str, path: str, token: str, *, body: Json | None = None
    ) -> Answered:
        """What the API for lead providers answers to one of their tokens."""
        return await self._answered(request, method, path, f"Bearer {token}", None, body)

    async def _answered(
        self,
        request: Request,
        method: str,
        path: str,
        authorization: str | None,
        query: Mapping[str, str] | None,
        body: Json | bytes | None,
    ) -> Answered:
        content = b"" if body is None else body if isinstance(body, bytes) else orjson.dumps(body)
        headers = [(b"host", request.headers.get("host", "localhost").encode("latin-1"))]
        if authorization is not None:
            headers.append((b"authorization", authorization.encode("latin-1", "replace")))
        if content:
            headers += [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
        scope = {
            "type": "http",
            "asgi": request.scope["asgi"],
            "http_version": "1.1",
            "method": method,
            "scheme": request.scope.get("scheme", "http"),
            "path": unquote(path),
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": urlencode(query or {}).encode(),
            "headers": headers,
            "client": request.scope.get("client"),
            "server": request.scope.get("server"),
        }
        sent: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]
        messages: list[Message] = []

        async def receive() -> Message:
            return sent.pop() if sent else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            messages.append(message)

        try:
            await self._app(scope, receive, send)
        except Dropped:
            return Answered(None, {}, b"")
        start, *parts = messages
        answered = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
        return Answered(start["status"], answered, b"".join(part.get("body", b"") for part in parts))
