"""One operation of a document, made ready at start-up: what it reads of a request, and which function answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connexion.operations import AbstractOperation
from starlette.types import Receive, Scope, Send

from sandbox.edge.answer import Answer
from sandbox.edge.arrival import arrival_of, headers_of, rules_of
from sandbox.edge.faults import faulty_answer, struck
from sandbox.edge.keeping import durable, turn
from sandbox.edge.provider import body
from sandbox.edge.provider.authentication import authenticated
from sandbox.edge.provider.query import QueryReader
from sandbox.edge.provider.representation import Content, answer_with, tagged
from sandbox.edge.provider.request import ReadRequest, WriteRequest
from sandbox.edition import Handler
from sandbox.worlds.logged_request import ATTRIBUTE, LoggedRequest
from sandbox.worlds.under_way import UnderWay
from sandbox.worlds.world import SERVER_DATE, ServedWorld

REMEMBERED = 16 << 10  # bytes of a body: a thousand larger ones would fill the memory


class Endpoint:
    """Answers one operation: reads the request as the document says, runs its handler, and waits for the disk.

    The faults of the world are met here.
    """

    def __init__(self, operation: AbstractOperation, *, version: str) -> None:
        self._id = str(operation.operation_id)
        self._name = f"{version}.{self._id}"
        self._handler: Handler = operation.function
        self._query = QueryReader(operation.parameters)
        self._writes = operation.method != "get"
        self._has_body = bool(operation.request_body)
        self._known = self._query.names | attributes_of(operation.request_body)
        (media_type,) = operation.responses["200"]["content"]
        self._media_type = media_type.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises OAuthProblem, Refused, StoreProblem."""
        world, logged = arrival_of(scope)
        authenticated(scope)
        logged.operation, logged.known = self._id, self._known
        strike = await struck(world, logged, self._name) if world.conduct.faults else None
        if strike is None:
            answer: Answer | None = await self._carried_out(scope, receive, world, logged)
        else:
            answer = await faulty_answer(strike, logged, lambda: self._carried_out(scope, receive, world, logged))
        if answer is not None:
            await answer.send(send)

    async def _carried_out(self, scope: Scope, receive: Receive, world: ServedWorld, logged: LoggedRequest) -> Answer:
        if not self._writes:
            return await self._kept(scope, receive, world, logged, None)
        async with world.writes.arriving() as under_way:
            return await self._kept(scope, receive, world, logged, under_way)

    async def _kept(
        self, scope: Scope, receive: Receive, world: ServedWorld, logged: LoggedRequest, under_way: UnderWay | None
    ) -> Answer:
        try:
            content = await self._content(scope, receive, world, logged, under_way)
        finally:
            # What was read, or refused, may stand on another request's change that is not on the disk yet.
            await durable(world, logged)
        http = rules_of(scope).http
        media_type = self._media_type + http.charset
        if isinstance(content, Content):
            return answer_with(content, media_type, headers_of(scope), http.success)
        return Answer(200, media_type, content, http.success)

    async def _content(
        self, scope: Scope, receive: Receive, world: ServedWorld, logged: LoggedRequest, under_way: UnderWay | None
    ) -> bytes | Content:
        """What a write, which is `under_way`, is answered with, or what a read is. Raises Refused, StoreProblem."""
        provider, headers, rules = logged.provider, headers_of(scope), rules_of(scope)
        spelling, bodies_first = rules.spelling, self._writes and rules.http.bodies_first
        assert provider is not None  # who it is was asked first
        id = spelling.id(scope["path_params"].get("id", ""))
        query = self._query.read(scope["query_string"], spelling)
        sent = await body.received(headers, receive) if self._has_body or bodies_first else body.NOTHING
        if bodies_first:
            sent.must_be_readable(rules.http.json_types)
        if self._has_body and len(sent.raw) <= REMEMBERED:
            logged.read_body = lambda: sent.attributes(world.rules)
        # From here on nothing is waited for but one's turn, so that times are written in the order in which changes are
        # kept. Faults make a request wait before this or after it.
        if under_way is not None:
            await turn(world, logged)
            with world.store.exclusive():
                call = world.call(provider, headers)
                logged.at = call.now
                presentation = world.presentation
                with world.writing() as unit:
                    request = WriteRequest(call, unit, presentation, id, sent, under_way)
                    return bytes(presentation.encoded(self._handler(request)))
        if world.store.is_stale:  # as of another request's change that could not be kept
            await world.store.look()
        settled = world.settled_call(provider, headers)
        if settled is not None:
            call = settled
        else:
            await turn(world, logged)
            with world.store.exclusive():  # be it that somebody else has settled it meanwhile
                call = world.call(provider, headers)
        logged.at = call.now
        # Reads depend on the day, for what statuses say, but not on the time of it, unless something falls due within,
        # or the request names a time, which may be one before the last act.
        span = call.now if SERVER_DATE in headers else call.rules.span_of(call.now)
        question = (self._name, provider.id, id, scope["query_string"], call.today, span, call.rules)
        content: Content | None = world.answers.get(question, world.store.revision)
        if content is None:
            presentation = world.presentation
            answered = self._handler(ReadRequest(call, world.reading(), presentation, id, query, world.indexes))
            content = tagged(bytes(presentation.encoded(answered)), answered)
            world.answers.keep(question, content)
        logged.records = content.records
        return content


def attributes_of(body: Mapping[str, Any]) -> frozenset[str]:
    """The attributes that a body may have, by the names under which the log knows them."""
    found: set[str] = set()
    for content in body.get("content", {}).values():
        schemas = [content.get("schema", {})]
        for name in ("data", "attributes"):
            schemas = [inner for each in schemas for inner in alternatives(each.get("properties", {}).get(name, {}))]
        found |= {ATTRIBUTE.format(name) for each in schemas for name in each.get("properties", {})}
    return frozenset(found)


def alternatives(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A schema and those of which it is made."""
    inner = [each for kind in ("oneOf", "anyOf", "allOf") for each in schema.get(kind, ())]
    return [schema, *(other for each in inner for other in alternatives(each))]
