"""Connections that are closed in the middle of things, which ASGI has no way to ask for."""

from __future__ import annotations

from typing import Final

from starlette.types import Message, Receive, Scope

CUT: Final = "sandbox.cut"


class Cut(ConnectionResetError):
    """Raised in place of closing a connection where there is none, as when the application is called in process."""


async def cut(scope: Scope, receive: Receive) -> None:
    """Close the connection of a request; what was written to it still leaves. Raises Cut where there is none.

    A server that can do so puts what closes it into the scope: `extensions["sandbox.cut"]["close"]`.
    """
    extension = (scope.get("extensions") or {}).get(CUT)
    if extension is None:
        raise Cut("the connection was cut, as a fault that was asked for")
    extension["close"]()
    while (await receive())["type"] != "http.disconnect":
        pass  # if the request ended before the connection did, the server would answer by itself


def halved(message: Message) -> Message:
    """A message of an answer that is sent by half: the body, whole as it is announced to be."""
    if message["type"] != "http.response.body":
        return message
    body: bytes = message["body"]
    return {**message, "body": body[: len(body) // 2], "more_body": True}
