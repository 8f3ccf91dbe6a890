"""The body of a request, as it comes in."""

from __future__ import annotations

from starlette.types import Receive


async def whole(receive: Receive, largest: int) -> bytes | None:
    """The whole body of a request; None as soon as it has more than `largest` bytes."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > largest:
            return None
        if not message.get("more_body", False):
            return bytes(body)
