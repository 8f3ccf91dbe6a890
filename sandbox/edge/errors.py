"""The outermost layer: whatever is raised inside becomes an answer in the API's own shape."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from connexion.exceptions import OAuthProblem
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.edge.answer import FAILED, Answer
from sandbox.edge.catalogue import Catalogue
from sandbox.edge.control import refusals
from sandbox.edge.cutting import cut, halved
from sandbox.edge.faults import DROP, TRUNCATE
from sandbox.edge.visit import VISIT, visit_of
from sandbox.edge.worlds import Worlds
from sandbox.rules.access import token_in
from sandbox.rules.rule import Breach, Refused, rule, rule_id_of
from sandbox.store.protocol import StoreProblem

CONTROL: Final = "/sandbox/"
_LOG: Final = logging.getLogger(__name__)
_AUTHENTICATE: Final = {b"www-authenticate": b'Token realm="Application"'}


class Methods:
    """Which methods each path of the documents has."""

    def __init__(self, documents: Iterable[Mapping[str, Any]]) -> None:
        self._paths = [
            (
                re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(document["servers"][0]["url"] + path))),
                set(operations),
            )
            for document in documents
            for path, operations in document["paths"].items()
        ]

    @rule("method.unknown")
    def of(self, path: str) -> list[str]:
        """The methods of a path, as an `Allow` header lists them; HEAD goes where GET goes."""
        lower = {method for template, methods in self._paths if template.fullmatch(path) for method in methods}
        upper = {method.upper() for method in lower if method in ("get", "put", "post", "patch", "delete")}
        return sorted(upper | {"HEAD"} if "GET" in upper else upper)


class Answering:
    """Hands each request on and answers what comes of it, if it is not answered inside.

    Every answer bears an `X-Request-Id`, by which the log of the request's world knows it.
    """

    def __init__(self, app: ASGIApp, *, catalogue: Catalogue, methods: Methods, worlds: Worlds) -> None:
        self._app = app
        self._catalogue = catalogue
        self._methods = methods
        self._worlds = worlds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["app"] = self  # so that Starlette raises what it would otherwise answer itself
        scope["path"] = scope["path"].removesuffix("/") or "/"  # the service takes /participants/ecf/ as well
        scope[VISIT] = visit = self._worlds.visit(scope)
        if scope["path"].startswith("/api/"):
            visit.door.log.append(visit)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                visit.status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", visit.id.encode())]
            if visit.fault == TRUNCATE:
                message = halved(message)
            await send(message)

        try:
            if scope["path"].startswith(("/api/", CONTROL)):
                self._worlds.main.store.refresh()
            if visit.door.rate_limit is not None:
                visit.door.rate_limit.count(scope)
            await self._app(scope, receive, sending)
        except Exception as error:
            if visit.status is not None:
                raise
            visit.breaches = breaches_of(error)
            await self.answer_to(error, scope).send(sending)
        if visit.fault in (DROP, TRUNCATE):
            await cut(scope, receive)

    @rule("never.500")
    def answer_to(self, error: Exception, scope: Scope) -> Answer:
        """What a request is told that ended in an error: 500 only for a fault of the sandbox itself, or of its disk."""
        path = scope["path"]
        methods = self._methods.of(path) or _allowed(error)
        if path.startswith(CONTROL):
            answer = refusals.answer_to(error, path, methods, self._catalogue)
        else:
            with visit_of(scope).door.misbehaving():
                answer = self._refusal(error, methods)
        if answer.status == 500:
            if isinstance(error, StoreProblem):
                _LOG.error("%s %s failed: %s", scope["method"], path, error)
            else:
                _LOG.error("%s %s failed", scope["method"], path, exc_info=error)
        return answer

    def _refusal(self, error: Exception, methods: Sequence[str]) -> Answer:
        breaches = breaches_of(error)
        if not breaches:
            return FAILED
        match error:
            case OAuthProblem():
                return self._catalogue.refusal(breaches, _AUTHENTICATE)
            case HTTPException(status_code=405):
                return self._catalogue.refusal(breaches, {b"allow": ", ".join(methods).encode()})
        return self._catalogue.refusal(breaches)


def breaches_of(error: Exception) -> Sequence[Breach]:
    """The rules that a request broke which ended in an error; none, if the fault is the sandbox's own."""
    match error:
        case Refused():
            return error.breaches
        case OAuthProblem():
            return (Breach(rule_id_of(token_in)),)
        case HTTPException(status_code=405):
            return (Breach(rule_id_of(Methods.of)),)
        case HTTPException(status_code=404):
            return (Breach("path.unknown"),)
    return ()


def _allowed(error: Exception) -> list[str]:
    """The methods that Starlette knows of a path that no document has."""
    headers = error.headers if isinstance(error, HTTPException) else None
    return (headers or {}).get("Allow", "").split(", ")
