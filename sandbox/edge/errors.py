"""The outermost layer: whatever is raised inside becomes an answer in the API's own shape."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from connexion.exceptions import OAuthProblem
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.edge.answer import FAILED, Answer
from sandbox.edge.arrival import Arrivals, arrival_of, headers_of
from sandbox.edge.control import refusals
from sandbox.edge.faults import drop_connection, truncated
from sandbox.edge.methods import Methods
from sandbox.edge.wording import RULE_HEADER, rule_header
from sandbox.rules.access import token_in
from sandbox.rules.rule import Breach, Refused, rule, rule_id_of
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.faults import DROP, TRUNCATE
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import Worlds

API: Final = "/api/"
CONTROL: Final = "/sandbox/"
_LOG: Final = logging.getLogger(__name__)
_AUTHENTICATE: Final = {b"www-authenticate": b'Token realm="Application"'}


class ErrorMiddleware:
    """Hands each request on and answers what comes of it, if it is not answered inside.

    Every answer bears an `X-Request-Id`, by which the log of the request's world knows it. `methods` are those of each
    edition, by its name; `control_methods` those of the control API.
    """

    def __init__(
        self, app: ASGIApp, *, worlds: Worlds, methods: Mapping[str, Methods], control_methods: Methods
    ) -> None:
        self._app = app
        self._worlds = worlds
        self._arrivals = Arrivals(worlds)
        self._methods = methods
        self._control_methods = control_methods

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
        world, logged = self._arrivals.receive(scope)
        is_api = scope["path"].startswith(API)
        if is_api:
            world.log.append(logged)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                logged.status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", logged.id.encode())]
            if logged.fault == TRUNCATE:
                message = truncated(message)
            await send(message)

        try:
            if is_api or scope["path"].startswith(CONTROL):
                self._worlds.main.store.refresh()
            if is_api and world.rate_limit is not None:
                world.rate_limit.count(headers_of(scope).get("authorization"))
            await self._app(scope, receive, sending)
        except Exception as error:
            if logged.status is not None:
                raise
            logged.breaches = breaches_of(error)
            await self.answer_to(error, scope).send(sending)
        if logged.fault in (DROP, TRUNCATE):
            await drop_connection(scope, receive)

    @rule("never.500")
    def answer_to(self, error: Exception, scope: Scope) -> Answer:
        """What a request is told that ended in an error: 500 only for a fault of the sandbox itself, or of its disk."""
        path, world = scope["path"], arrival_of(scope).world
        if path.startswith(CONTROL):
            answer = refusals.answer_to(error, path, self._allowed(self._control_methods, path, error), world)
        else:
            answer = self._refusal(world, error, self._allowed(self._methods[world.edition.name], path, error))
        if answer.status == 500:
            if isinstance(error, StoreProblem):
                _LOG.error("%s %s failed: %s", scope["method"], path, error)
            else:
                _LOG.error("%s %s failed", scope["method"], path, exc_info=error)
        return answer

    def _refusal(self, world: ServedWorld, error: Exception, methods: Sequence[str]) -> Answer:
        breaches = breaches_of(error)
        if not breaches:
            return FAILED
        refusal = world.presentation.refusal(world.edition.catalogue(), breaches)
        headers = {RULE_HEADER: rule_header(breaches)}
        match error:
            case OAuthProblem():
                headers |= _AUTHENTICATE
            case HTTPException(status_code=405):
                headers[b"allow"] = ", ".join(methods).encode()
        return Answer(refusal.status, refusal.media_type, refusal.body, headers)

    def _allowed(self, methods: Methods, path: str, error: Exception) -> list[str]:
        """The methods of a path; of one that no document has, those that Starlette knows."""
        headers = error.headers if isinstance(error, HTTPException) else None
        return methods.of(path) or (headers or {}).get("Allow", "").split(", ")


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
