"""One operation of the control API: read as its document says, carried out in one world."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import orjson
from connexion.operations import AbstractOperation
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from sandbox.actors.impossible import Impossible
from sandbox.edge.answer import Answer, encoded
from sandbox.edge.body import whole
from sandbox.edge.catalogue import Catalogue
from sandbox.edge.control.access import admit
from sandbox.edge.control.asked import JSON, Asked, Declined
from sandbox.edge.control.processes import refuse_what_one_process_keeps
from sandbox.edge.control.schema import Body, Query
from sandbox.edge.defects import Defects
from sandbox.edge.worlds import MAIN, Worlds
from sandbox.store.protocol import Conflict

LARGEST: Final = 64 << 20  # bytes: a whole world can be sent


class ControlEndpoint:
    """Answers one operation. Its handler is a function of `Asked`; `operations` are those that faults can strike."""

    def __init__(
        self,
        operation: AbstractOperation,
        *,
        worlds: Worlds,
        catalogue: Catalogue,
        operations: Sequence[str],
        defects: Defects,
        token: str | None,
    ) -> None:
        # connexion puts our module before it: "sandbox.edge.control.worlds.create_world".
        self._name = ".".join(str(operation.operation_id).split(".")[-2:])
        self._worlds = worlds
        self._catalogue = catalogue
        self._operations = operations
        self._defects = defects
        self._token = token
        self._handler: Callable[[Asked], Any] = operation.function
        self._query = Query(operation.parameters)
        body = operation.request_body
        self._body = Body(body["content"]["application/json"]["schema"]) if body else None
        self._status = next(int(status) for status in operation.responses if status.startswith("2"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises Declined, Refused."""
        admit(scope, self._token)
        if self._worlds.processes > 1:
            refuse_what_one_process_keeps(self._name)
        headers, query = Headers(scope=scope), self._query.read(scope["query_string"])
        body = await self._read(headers, receive)
        asked = Asked(
            worlds=self._worlds,
            catalogue=self._catalogue,
            operations=self._operations,
            defects=self._defects,
            door=self._door(query),
            headers=headers,
            ids=scope["path_params"],
            query=query,
            body=body,
        )
        try:
            try:
                with asked.door.store.exclusive():
                    content = self._handler(asked)
            finally:
                # What was refused may stand on another request's change that is not on the disk yet.
                await asked.door.store.durable()
        except (Impossible, Conflict) as error:
            raise Declined(422, ("Impossible", f"{str(error)[:1].upper()}{str(error)[1:]}.")) from error
        body_sent = b"" if content is None else encoded(content)
        await Answer(self._status, JSON, body_sent, {}).send(send)

    def _door(self, query: Mapping[str, Any]) -> Any:
        id = query.get("world", MAIN)
        door = self._worlds.get(id)
        if door is None:
            raise Declined(404, ("world", f"There is no world {id}. GET /sandbox/worlds lists those there are."))
        return door

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
        self._body.check(body)
        return dict(body)
