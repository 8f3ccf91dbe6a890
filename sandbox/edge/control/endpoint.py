"""One operation of the control API: read as its document says, carried out in one world."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Final

import orjson
from connexion.operations import AbstractOperation
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from sandbox.actors.impossible import Impossible
from sandbox.edge.answer import Answer, encoded
from sandbox.edge.arrival import arrival_of
from sandbox.edge.body import whole
from sandbox.edge.control.access import Door
from sandbox.edge.control.acts import not_in
from sandbox.edge.control.processes import refuse_what_one_process_keeps
from sandbox.edge.control.request import JSON, ControlRequest, Declined, no_world
from sandbox.edge.control.schema import Body, Query
from sandbox.edge.keeping import durable, turn
from sandbox.edition import Handler
from sandbox.store.protocol import Conflict
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import MAIN, Worlds

LARGEST: Final = 64 << 20  # bytes: a whole world can be sent
DEEPEST: Final = 100
NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
FOR_ALL: Final = frozenset({"worlds", "time", "requests", "readiness", "migration", "faults", "defects", "tokens"})
"""The modules whose operations are the same in every edition."""


def handler(operation_id: str) -> Handler:
    """What answers an operation such as `worlds.create_world`. Raises LookupError when nothing does."""
    module, _, name = operation_id.partition(".")
    try:
        found: Handler = getattr(import_module(f"sandbox.edge.control.{module}"), name)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"the control API has no handler of {operation_id}, which its document promises") from error
    return found


class ControlEndpoint:
    """Answers one operation. Its handler is a function of `ControlRequest`."""

    def __init__(self, operation: AbstractOperation, *, worlds: Worlds, door: Door) -> None:
        self._worlds = worlds
        self._door = door
        self._id = str(operation.operation_id)
        self._handler: Callable[[ControlRequest], Any] = operation.function
        self._query = Query(operation.parameters)
        body = operation.request_body
        self._body = Body(body["content"]["application/json"]["schema"]) if body else None
        self._status = next(int(status) for status in operation.responses if status.startswith("2"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Declined, Refused."""
        self._door.admit(scope)
        if self._worlds.processes > 1:
            refuse_what_one_process_keeps(self._handler)
        headers, query = Headers(scope=scope), self._query.read(scope["query_string"])
        body, world = await self._read(headers, receive), self._world(query)
        logged = arrival_of(scope).logged
        logged.operation, logged.world = self._id, world.id
        if self._body is not None:
            self._body.check_edition(body, world.edition)
        request = ControlRequest(
            worlds=self._worlds,
            world=world,
            headers=headers,
            ids=scope["path_params"],
            query=query,
            body=body,
        )
        try:
            try:
                await turn(request.world, logged)
                with request.world.store.exclusive():
                    content = self._handler_in(request.world)(request)
            finally:
                # What was refused may stand on another request's change that is not on the disk yet.
                await durable(request.world, logged)
        except (Impossible, Conflict) as error:
            raise Declined(422, ("Impossible", f"{str(error)[:1].upper()}{str(error)[1:]}.")) from error
        if not isinstance(content, Answer):
            content = Answer(self._status, JSON, b"" if content is None else encoded(content), {})
        await content.send(send)

    def _handler_in(self, world: ServedWorld) -> Callable[[ControlRequest], Any]:
        """What carries the operation out in a world: its edition's, where schools and the DfE act otherwise there."""
        own = world.edition.own
        if own is None or self._id.partition(".")[0] in FOR_ALL:
            return self._handler
        if self._id not in own.acts:
            raise not_in(world.edition)
        return own.acts[self._id]

    def _world(self, query: Mapping[str, Any]) -> ServedWorld:
        id = query.get("world", MAIN)
        world = self._worlds.get(id)
        if world is None:
            raise no_world(self._worlds, id, "world")
        return world

    async def _read(self, headers: Mapping[str, str], receive: Receive) -> Mapping[str, Any]:
        """The body, which counts as empty when nothing is sent. Raises Declined."""
        raw = await whole(receive, LARGEST)
        if raw is None:
            raise Declined(413, ("body", f"A body may have {LARGEST >> 20} megabytes."))
        if self._body is None:
            return {}
        if raw and headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Declined(415, ("Content-Type", "Send the body as application/json."))
        try:
            body = orjson.loads(raw) if raw.strip() else {}
        except orjson.JSONDecodeError as error:
            raise Declined(400, ("body", f"This is no JSON: {error}.")) from error
        if _is_deeper(body, DEEPEST):
            raise Declined(400, ("body", f"Nothing here is nested more than {DEEPEST} deep."))
        if NUL.search(raw):
            raise Declined(422, ("body", "No text may hold the character U+0000: databases do not keep it."))
        self._body.check(body)
        return dict(body)


def _is_deeper(value: Any, most: int) -> bool:
    """True for lists and objects that stand more than so many deep inside each other."""
    level = [value]
    for _ in range(most):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return any(isinstance(inner, (dict, list)) for inner in level)


def _inside(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
    return ()
