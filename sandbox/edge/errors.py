"""The outermost layer: whatever is raised inside becomes an answer in the API's own shape."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from connexion.exceptions import OAuthProblem
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.edge.answer import FAILED, JSON_API, Answer, unavailable
from sandbox.edge.arrival import Arrivals, arrival_of, headers_of, raise_problem, rules_of
from sandbox.edge.body import Gone
from sandbox.edge.control import refusals
from sandbox.edge.control.request import JSON
from sandbox.edge.faults import drop_connection, truncated
from sandbox.edge.hints import HINT_HEADER, hint
from sandbox.edge.methods import Methods
from sandbox.edge.provider.authentication import authenticated, identified
from sandbox.edge.remembering import remember
from sandbox.edge.wording import LINK_HEADER, RULE_HEADER, link_header, rule_header
from sandbox.readiness.points.spelling import has_token
from sandbox.rules.access import token_in
from sandbox.rules.http import Entering
from sandbox.rules.rule import Breach, Refused, judge, rule, rule_id_of
from sandbox.store.protocol import StoreProblem, Unavailable
from sandbox.worlds.faults import DROP, TRUNCATE
from sandbox.worlds.world import SERVER_DATE, ServedWorld
from sandbox.worlds.worlds import Worlds

API: Final = "/api/"
CONTROL: Final = "/sandbox/"
CSV: Final = ".csv"
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
        world, logged = await self._arrivals.receive(scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                logged.status = message["status"]
                await remember(world, logged)
                message["headers"] = [*message["headers"], (b"x-request-id", logged.id.encode())]
            if logged.fault == TRUNCATE:
                message = truncated(message)
            await send(message)

        try:
            await self._hand_on(scope, receive, sending, world)
        except Gone:
            return
        except Exception as error:
            if logged.status is not None:
                raise
            error = self._to_a_stranger(error, scope)
            logged.breaches = breaches_of(error, world)
            if logged.breaches and scope["path"].startswith(API):
                logged.hint = hint(scope, self._methods)
            await self.answer_to(error, scope).send(sending)
        if logged.fault in (DROP, TRUNCATE):
            await remember(world, logged)
            await drop_connection(scope, receive)

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send, world: ServedWorld) -> None:
        """Hand a request on to what answers it, by the way that the rule book of its world has it go."""
        raise_problem(scope)
        http = rules_of(scope).http
        scope["method"], scope["path"] = method, path = http.routed(scope["method"], scope["path"])
        if path.startswith(API):
            if http.entering:
                judge(http.entering, Entering(scope["query_string"], headers_of(scope).get(SERVER_DATE)))
            if identified(scope):
                world.log.append(arrival_of(scope).logged)
            else:  # of whoever else comes nothing is kept but how often
                world.log.note_stranger(has_token=has_token(scope["query_string"]))
            limit = world.rate_limit
            if limit is not None:
                address = scope["client"][0] if http.limits_addresses and scope.get("client") else None
                await limit.count(headers_of(scope).get("authorization"), address)
            if http.is_private(method, path):
                authenticated(scope)
                raise Refused(Breach(rule_id_of(http.is_private)))
        await self._app(scope, receive, send)

    def _to_a_stranger(self, error: Exception, scope: Scope) -> Exception:
        """What is wrong with a request whose token opens no world: the token, if any edition has what it asks for."""
        arrival = arrival_of(scope)
        is_unknown = isinstance(error, HTTPException) and error.status_code == 404
        if not is_unknown or arrival.logged.provider is not None:
            return error
        method, path = scope["method"], scope["path"]
        is_anywhere = any(method in methods.of(path) for methods in self._methods.values())
        return OAuthProblem(detail="no token of a lead provider") if is_anywhere else error

    @rule("never.500")
    def answer_to(self, error: Exception, scope: Scope) -> Answer:
        """What a request is told that ended in an error: 500 only for a fault of the sandbox itself, or of its disk.

        What a database or whoever else uses it has us wait for too long may be asked again: 503.
        """
        path, world = scope["path"], arrival_of(scope).world
        if isinstance(error, Unavailable):
            _LOG.warning("%s %s is not done: %s", scope["method"], path, error)
            return unavailable(JSON if path.startswith(CONTROL) else JSON_API, error.told)
        if path.startswith(CONTROL):
            answer = refusals.answer_to(error, path, self._allowed(self._control_methods, path, error), world)
        else:
            answer = self._refusal(world, path, error, arrival_of(scope).logged.hint)
        if answer.status == 500:
            if isinstance(error, StoreProblem):
                _LOG.error("%s %s failed: %s", scope["method"], path, error)
            else:
                _LOG.error("%s %s failed", scope["method"], path, exc_info=error)
        return answer

    def _refusal(self, world: ServedWorld, path: str, error: Exception, hint: str | None) -> Answer:
        breaches = breaches_of(error, world)
        if not breaches:
            return FAILED
        refusal = world.presentation.refusal(world.edition.catalogue(), breaches)
        if path.endswith(CSV):
            refusal = world.presentation.refused_csv(refusal)
        http = world.rules.http
        headers = {RULE_HEADER: rule_header(breaches), LINK_HEADER: link_header(world.edition.name, breaches)}
        headers |= http.refusal
        if hint is not None:
            headers[HINT_HEADER] = hint.encode("ascii", "replace")
        match error:
            case OAuthProblem() if http.challenges:
                headers |= _AUTHENTICATE
            case HTTPException(status_code=405) if refusal.status == 405:
                methods = self._allowed(self._methods[world.edition.name], path, error)
                headers[b"allow"] = ", ".join(methods).encode()
        return Answer(refusal.status, refusal.media_type, refusal.body, headers)

    def _allowed(self, methods: Methods, path: str, error: Exception) -> list[str]:
        """The methods of a path; of one that no document has, those that Starlette knows."""
        headers = error.headers if isinstance(error, HTTPException) else None
        return methods.of(path) or (headers or {}).get("Allow", "").split(", ")


def breaches_of(error: Exception, world: ServedWorld) -> Sequence[Breach]:
    """The rules of its world that a request broke which ended in an error; none, if the fault is the sandbox's own."""
    match error:
        case Refused():
            return error.breaches
        case OAuthProblem():
            return (Breach(rule_id_of(token_in)),)
        case HTTPException(status_code=405):
            return (Breach(world.rules.http.unknown_method),)
        case HTTPException(status_code=404):
            return (Breach(world.rules.http.unknown_path),)
    return ()
