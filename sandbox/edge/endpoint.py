"""One operation of a document, made ready at start-up: what it reads of a request, and which function answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.operations import AbstractOperation
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.edge import body
from sandbox.edge.answer import Answer, encoded
from sandbox.edge.asked import Handler, Read, Write
from sandbox.edge.query import QueryReader
from sandbox.edge.striking import struck
from sandbox.edge.visit import Visit, headers_of, visit_of
from sandbox.store.protocol import Conflict, StoreProblem

Endpoints = Mapping[str, Callable[[AbstractOperation], ASGIApp]]


class Endpoint:
    """Answers one operation: reads the request as the document says, runs its handler, and waits for the disk.

    The faults of the world are met here, and its defects.
    """

    def __init__(self, operation: AbstractOperation) -> None:
        # connexion puts our module before it: "sandbox.edge.v3.list_participants".
        self._name = ".".join(str(operation.operation_id).split(".")[-2:])
        self._handler: Handler = operation.function
        self._query = QueryReader(operation.parameters)
        self._writes = operation.method != "get"
        self._has_body = bool(operation.request_body)
        (media_type,) = operation.responses["200"]["content"]
        self._media_type = media_type.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Refused, StoreProblem."""
        visit = visit_of(scope)
        visit.operation = self._name.partition(".")[2]
        faults = visit.door.faults
        strike = faults.strike(self._name) if faults else None
        if strike is None:
            answer: Answer | None = await self._carried_out(scope, receive, visit)
        else:
            answer = await struck(strike, visit, lambda: self._carried_out(scope, receive, visit))
        if answer is not None:
            await answer.send(send)

    async def _carried_out(self, scope: Scope, receive: Receive, visit: Visit) -> Answer:
        try:
            content = await self._content(scope, receive, visit)
        finally:
            # What was read, or refused, may stand on another request's change that is not on the disk yet.
            await self._durable(visit)
        return Answer(200, self._media_type, content, {})

    async def _durable(self, visit: Visit) -> None:
        """Return when what the answer stands on will stay. Raises Conflict, StoreProblem."""
        try:
            await visit.door.store.durable()
        except (Conflict, StoreProblem):
            visit.door.kept.clear()  # some of it may never have been
            raise

    async def _content(self, scope: Scope, receive: Receive, visit: Visit) -> bytes:
        door, provider, headers = visit.door, visit.provider, headers_of(scope)
        assert provider is not None  # the document asks for a token
        id = scope["path_params"].get("id", "")
        query = self._query.read(scope["query_string"])
        sent = await body.received(headers, receive) if self._has_body else body.NOTHING
        visit.remember(sent)
        # From here on nothing is waited for, so that times are written in the order in which changes are kept, and
        # nobody else meets what this world does wrongly. Faults make a request wait before this or after it.
        if self._writes:
            with door.store.exclusive():
                call = door.call(provider, headers)
                visit.at = call.now
                with door.misbehaving(), door.writing() as unit:
                    return encoded(self._handler(Write(call, unit, id, sent)))
        call = door.call(provider, headers)
        visit.at = call.now
        # Reads depend on the day, for what statuses say, but not on the time of it.
        question = (self._handler, provider.id, id, scope["query_string"], call.today)
        content = door.kept.get(question, door.store.revision)
        if content is None:
            with door.misbehaving():
                content = encoded(self._handler(Read(call, door.reading(), id, query, door.registers)))
            door.kept.keep(question, content)
        return content


class EndpointAPI(RoutedAPI):  # type: ignore[misc]  # connexion is not typed
    """The operations of one document."""

    def __init__(self, *args: Any, endpoints: Endpoints, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._endpoint = endpoints[self.base_path]
        self.add_paths()

    def make_operation(self, operation: AbstractOperation) -> ASGIApp:
        """An endpoint for one of them."""
        return self._endpoint(operation)


class EndpointMiddleware(RoutedMiddleware):  # type: ignore[misc]  # connexion is not typed
    """Takes a request to the operation that connexion routed it to; on to `app` when it is none's.

    `endpoints` has, by the base path of each document, what makes endpoints of its operations.
    """

    def __init__(self, app: ASGIApp, *, endpoints: Endpoints) -> None:
        super().__init__(app)
        self.api_cls = partial(EndpointAPI, endpoints=endpoints)
