"""Asks the control API why a request was answered as it was, and finds the answer to be as its document says."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import orjson

from tests.api import Reply, World
from tests.conformance import validator
from tests.openapi.documents import document, operations, resolved, responses

_LOOP = asyncio.new_event_loop()


def why(world: World, reply: Reply) -> dict[str, Any]:
    """What the world says of a request that it answered."""
    answer = asked(world, f"/requests/{request_id(reply)}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["request"])


def requests(world: World, **query: Any) -> list[dict[str, Any]]:
    """The requests that the world remembers, newest first."""
    answer = asked(world, "/requests", **query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["requests"])


def asked(world: World, path: str, /, **query: Any) -> httpx.Response:
    answer = _LOOP.run_until_complete(world.client.get(f"/sandbox{path}", params=query))
    is_as_described(answer, "/requests" if path == "/requests" else "/requests/{id}")
    return answer


def is_as_described(answer: httpx.Response, path: str) -> None:
    """Have an answer checked against the document of the control API."""
    says = document("control")
    (operation,) = [known for known in operations(says) if (known.method, known.path) == ("GET", path)]
    (content,) = resolved(says, responses(says, operation)[str(answer.status_code)])["content"].values()
    errors = validator(says, content["schema"]).iter_errors(orjson.loads(answer.content))
    assert [error.message for error in errors] == []


def request_id(reply: Reply) -> str:
    return str(reply.response.headers["X-Request-Id"])
