"""The body of a request, as it comes in."""

from __future__ import annotations

from starlette.types import Receive


class Gone(ConnectionError):
    """Raised when a client ends its connection before its request is whole: half a body may mean something else."""


async def whole(receive: Receive, largest: int) -> bytes | None:
    """The whole body of a request; None as soon as it has more than `largest` bytes. Raises Gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > largest:
            return None
        if not message.get("more_body", False):
            return bytes(body)
