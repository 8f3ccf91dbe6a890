"""How a request is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.api import Api, Reply


class Refusal(NamedTuple):
    """The status, what is at fault in the order said, and the rules that found it."""

    status: int
    titles: list[str]
    rules: list[str]


def refusal(api: Api, ask: Callable[..., Reply], *sent: Any, **named: Any) -> Refusal:
    """How what is asked is refused: `refusal(api, Api.void, id)`. It must have changed nothing in the world."""
    before = api.world.store.revision
    reply = ask(api, *sent, **named)
    assert api.world.store.revision == before, f"answered {reply.status}, and something has changed"
    return Refusal(reply.status, [error["title"] for error in reply.json.get("errors", [])], reply.rules)


def over(title: str, *rules: str) -> Refusal:
    """Refused over one thing, by these rules."""
    return Refusal(422, [title], [*rules])


NOT_FOUND = Refusal(404, [], ["path.unknown"])
