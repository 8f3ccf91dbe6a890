"""How a request fares that meets a fault: it waits, is answered wrongly, or loses its connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.types import Message, Receive, Scope

from sandbox.edge.answer import FAILED, JSON_API, Answer
from sandbox.edge.keeping import durable, turn
from sandbox.rules.rule import Breach, Refused, rule_id_of
from sandbox.worlds.faults import DROP, Strike
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.rate_limit import is_too_often
from sandbox.worlds.world import ServedWorld

CLOSE: Final = "sandbox.close"
_FAILURES: Final[Mapping[str, Answer]] = {
    "500": FAILED,
    "503": Answer(503, JSON_API, b'{"error":"Service unavailable"}', {}),
}


class Dropped(ConnectionResetError):
    """Raised in place of closing a connection where there is none, as when the application is called in process."""


async def struck(world: ServedWorld, logged: LoggedRequest, operation: str) -> Strike | None:
    """What a request of this operation meets, which nobody else meets then. Raises StoreProblem."""
    await turn(world, logged)
    with world.store.exclusive():
        strike = world.struck(operation)
    await durable(world, logged)
    return strike


async def faulty_answer(
    strike: Strike, logged: LoggedRequest, carry_out: Callable[[], Awaitable[Answer]]
) -> Answer | None:
    """What a request that meets this is answered; None when it gets no answer at all. Raises Refused.

    Nobody else waits while it does: it has not begun to look at the records, or is done with them.
    """
    logged.fault = strike.kind
    outcome: Answer | Refused | None = None
    await asyncio.sleep(strike.before)
    if strike.is_carried_out:
        try:
            outcome = await carry_out()
        except Refused as refused:
            logged.breaches, outcome = refused.breaches, refused
    await asyncio.sleep(strike.after)
    if strike.kind == DROP:
        return None
    if strike.kind == "429":
        raise Refused(Breach(rule_id_of(is_too_often)))
    outcome = _FAILURES.get(strike.kind, outcome)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


async def drop_connection(scope: Scope, receive: Receive) -> None:
    """Close the connection of a request; what was written to it still leaves. Raises Dropped where there is none.

    A server that can do so puts what closes it into the scope: `extensions["sandbox.close"]["close"]`.
    """
    extension = (scope.get("extensions") or {}).get(CLOSE)
    if extension is None:
        raise Dropped("the connection was dropped, as a fault that was asked for")
    extension["close"]()
    while (await receive())["type"] != "http.disconnect":
        pass  # if the request ended before the connection did, the server would answer by itself


def truncated(message: Message) -> Message:
    """A message of an answer that is sent by half: the body, whole as it is announced to be."""
    if message["type"] != "http.response.body":
        return message
    body: bytes = message["body"]
    return {**message, "body": body[: len(body) // 2], "more_body": True}
