"""One operation of the control API: read as its document says, carried out in one world."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from inspect import iscoroutinefunction
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
from sandbox.edge.control.request import JSON, ControlRequest, Declined, no_world
from sandbox.edge.control.schema import Body, Query
from sandbox.edge.keeping import durable, turn
from sandbox.edition import Handler
from sandbox.store.protocol import Conflict, Gone
from sandbox.worlds.invitations import Invitation
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import MAIN, Worlds

ENDING: Final = "worlds.delete_world"
"""The operation that has its turn by itself, as nothing is there to be written after it."""
LARGEST: Final = 64 << 20  # bytes: a whole world can be sent
DEEPEST: Final = 100
NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
FOR_ALL: Final = frozenset(
    {"worlds", "invitations", "time", "requests", "readiness", "migration", "faults", "defects", "tokens"}
)
"""The modules whose operations are the same in every edition."""
OPEN: Final = frozenset({"worlds.list_worlds", "worlds.create_world", "worlds.import_world", "defects.list_defects"})
"""The operations about no single world that are open to whoever is invited."""


def handler(operation_id: str) -> Handler:
    """What answers an operation such as `worlds.create_world`. Raises LookupError when nothing does."""
    module, _, name = operation_id.partition(".")
    try:
        found: Handler = getattr(import_module(f"sandbox.edge.control.{module}"), name)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"the control API has no handler of {operation_id}, which its document promises") from error
    return found


class ControlEndpoint:
    """Answers one operation. Its handler is a function of `ControlRequest`.

    Whoever is invited names the world that it is to be about, which has to be their own. One that waits for something
    takes its turn in the world by itself, if it needs one.
    """

    def __init__(self, operation: AbstractOperation, *, worlds: Worlds, door: Door) -> None:
        self._worlds = worlds
        self._door = door
        self._id = str(operation.operation_id)
        self._handler: Callable[[ControlRequest], Any] = operation.function
        self._waits = iscoroutinefunction(self._handler)
        self._query = Query(operation.parameters)
        body = operation.request_body
        self._body = Body(body["content"]["application/json"]["schema"]) if body else None
        self._names_world = any(each["name"] == "world" and each["in"] == "query" for each in operation.parameters)
        self._status = next(int(status) for status in operation.responses if status.startswith("2"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Declined, Refused."""
        owner, logged = await self._door.admit(scope), arrival_of(scope).logged
        logged.operation = self._id
        headers, query, ids = Headers(scope=scope), self._query.read(scope["query_string"]), scope["path_params"]
        self._refuse_what_is_not_theirs(owner)
        world, body = await self._world(query, ids, owner), await self._read(headers, receive)
        logged.world = (world or self._worlds.main).id
        if self._body is not None and world is not None:
            self._body.check_edition(body, world.edition)
        request = ControlRequest(
            worlds=self._worlds,
            owner=owner,
            world=world or self._worlds.main,
            headers=headers,
            ids=ids,
            query=query,
            body=body,
        )
        try:
            if world is None or self._id == ENDING:
                content = self._handler(request)
                if self._waits:
                    content = await content
            else:
                content = await self._done_in(world, request, logged)
        except (Impossible, Conflict) as error:
            raise Declined(422, ("Impossible", f"{str(error)[:1].upper()}{str(error)[1:]}.")) from error
        if not isinstance(content, Answer):
            content = Answer(self._status, JSON, b"" if content is None else encoded(content), {})
        await content.send(send)

    async def _done_in(self, world: ServedWorld, request: ControlRequest, logged: LoggedRequest) -> Any:
        """Have the operation carried out in a world, and what it did there be kept. Raises Declined, StoreProblem."""
        try:
            if self._waits:
                return await self._handler(request)
            await turn(world, logged)
            with world.store.exclusive():
                return self._handler_in(world)(request)
        except Gone:
            raise await no_world(self._worlds, world.id, "world", request.owner) from None
        finally:
            # What was refused may stand on another request's change that is not on the disk yet.
            await durable(world, logged)

    def _handler_in(self, world: ServedWorld) -> Callable[[ControlRequest], Any]:
        """What carries the operation out in a world: its edition's, where schools and the DfE act otherwise there."""
        own = world.edition.own
        if own is None or self._id.partition(".")[0] in FOR_ALL:
            return self._handler
        if self._id not in own.acts:
            raise not_in(world.edition)
        return own.acts[self._id]

    def _refuse_what_is_not_theirs(self, owner: Invitation | None) -> None:
        """Raises Declined for what an owner may not ask for, whichever world it is about."""
        if owner is not None and not self._is_of_one_world and self._id not in OPEN:
            raise Declined(403, ("Forbidden", "An invitation is to worlds of your own, and this is about all of them."))

    @property
    def _is_of_one_world(self) -> bool:
        """True when the path or the query names the world that it is about."""
        return self._names_world or (self._id.startswith("worlds.") and self._id not in OPEN)

    async def _world(
        self, query: Mapping[str, Any], ids: Mapping[str, str], owner: Invitation | None
    ) -> ServedWorld | None:
        """The world that a request is about; None when it is about no single one. Raises Declined, StoreProblem."""
        if not self._is_of_one_world:
            return None
        name = "world" if self._names_world else "id"
        id = query.get("world", MAIN) if self._names_world else ids["id"]
        if owner is not None and not await self._worlds.is_of(owner, id):
            raise await no_world(self._worlds, id, name, owner)
        world = await self._worlds.reach(id)
        if world is None:
            raise await no_world(self._worlds, id, name, owner)
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
