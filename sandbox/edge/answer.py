"""What goes back over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import orjson
from starlette.types import Send

JSON_API: Final = b"application/vnd.api+json"
NO_CONTENT: Final = 204
NOT_MODIFIED: Final = 304

# As the service writes times: UTC, whole seconds, Z.
_WRITE_TIMES: Final = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


class Answer(NamedTuple):
    """A whole response. A body without a media type is an empty one."""

    status: int
    media_type: bytes
    body: bytes
    headers: Mapping[bytes, bytes]

    async def send(self, send: Send) -> None:
        """Send it as ASGI has it."""
        headers = [*self.headers.items()]
        if self.status not in (NO_CONTENT, NOT_MODIFIED):
            headers += [(b"content-type", self.media_type), (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


FAILED: Final = Answer(500, JSON_API, b'{"error":"Internal server error"}', {})
RETRY_AFTER: Final = {b"retry-after": b"5"}  # seconds


def unavailable(media_type: bytes, why: str) -> Answer:
    """What is answered when something cannot be done now, but may be soon."""
    errors = {"errors": [{"title": "Service unavailable", "detail": why}]}
    return Answer(503, media_type, orjson.dumps(errors), RETRY_AFTER)


def encoded(content: dict[str, Any] | bytes) -> bytes:
    """What a handler returned, as bytes: a dict as JSON, bytes as they are."""
    return content if isinstance(content, bytes) else orjson.dumps(content, option=_WRITE_TIMES)
