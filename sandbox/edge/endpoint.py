"""One operation of a document, made ready at start-up: what it reads of a request, and which function answers."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import orjson
from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.operations import AbstractOperation
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.edge import body
from sandbox.edge.answer import Answer
from sandbox.edge.asked import Handler, Json, Read, Write
from sandbox.edge.auth import provider_of
from sandbox.edge.door import Door
from sandbox.edge.query import QueryReader

# As the service writes times: UTC, whole seconds, Z.
_WRITE_TIMES: Final = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


class Endpoint:
    """Answers one operation: reads the request as the document says, runs its handler, and waits for the disk."""

    def __init__(self, operation: AbstractOperation, door: Door) -> None:
        self._door = door
        self._handler: Handler = operation.function
        self._query = QueryReader(operation.parameters)
        self._writes = operation.method != "get"
        self._has_body = bool(operation.request_body)
        (media_type,) = operation.responses["200"]["content"]
        self._media_type = media_type.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Refused, StoreProblem."""
        try:
            content = await self._content(scope, receive)
        finally:
            # What was read, or refused, may stand on another request's change that is not on the disk yet.
            await self._door.store.settled()
        await Answer(200, self._media_type, content, {}).send(send)

    async def _content(self, scope: Scope, receive: Receive) -> bytes:
        headers = Headers(scope=scope)
        id = scope["path_params"].get("id", "")
        query = self._query.read(scope["query_string"])
        sent = await body.received(headers, receive) if self._has_body else body.NOTHING
        # From here on nothing is waited for, so that times are written in the order in which changes are kept.
        call = self._door.call(provider_of(scope), headers)
        if self._writes:
            with self._door.writing() as unit:
                return encoded(self._handler(Write(call, unit, id, sent)))
        # Reads depend on the day, for what statuses say, but not on the time of it.
        question = (self._handler, call.provider.id, id, scope["query_string"], call.today)
        content = self._door.kept.get(question, self._door.store.revision)
        if content is None:
            content = encoded(self._handler(Read(call, self._door.reading(), id, query)))
            self._door.kept.keep(question, content)
        return content


def encoded(content: Json | bytes) -> bytes:
    """What a handler returned, as bytes: a dict as JSON, bytes as they are."""
    return content if isinstance(content, bytes) else orjson.dumps(content, option=_WRITE_TIMES)


class EndpointAPI(RoutedAPI):  # type: ignore[misc]  # connexion is not typed
    """The operations of one document."""

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._door = door
        self.add_paths()

    def make_operation(self, operation: AbstractOperation) -> Endpoint:
        """An endpoint for one of them."""
        return Endpoint(operation, self._door)


class EndpointMiddleware(RoutedMiddleware):  # type: ignore[misc]  # connexion is not typed
    """Takes a request to the operation that connexion routed it to; on to `app` when it is none's."""

    def __init__(self, app: ASGIApp, *, door: Door) -> None:
        super().__init__(app)
        self.api_cls = partial(EndpointAPI, door=door)
