"""Request bodies: JSON, or the same names form-encoded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import orjson
from starlette.types import Receive

from sandbox.edge.body import whole
from sandbox.edge.provider.nested import nested
from sandbox.rules.requests import attributes_of, is_no_request
from sandbox.rules.rule import Breach, Refused, rule, rule_id_of

LARGEST: Final = 1 << 20  # bytes
JSON: Final = frozenset({"application/json", "application/vnd.api+json"})
FORM: Final = "application/x-www-form-urlencoded"


class Body(NamedTuple):
    """What was sent with a request, and has not been looked into yet."""

    content_type: str
    raw: bytes

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Its `data.attributes`. Raises Refused when it is no proper request."""
        body = parse(self.content_type, self.raw)
        if is_no_request(body):
            raise Refused(Breach(rule_id_of(is_no_request)))
        return attributes_of(body)


NOTHING: Final = Body("", b"")


async def received(headers: Mapping[str, str], receive: Receive) -> Body:
    """The body of a request. Raises Refused when it is too large."""
    if is_too_large(int(length) if (length := headers.get("content-length", "")).isdecimal() else 0):
        raise Refused(Breach(rule_id_of(is_too_large)))
    raw = await whole(receive, LARGEST)
    if raw is None:
        raise Refused(Breach(rule_id_of(is_too_large)))
    return Body(headers.get("content-type", ""), raw)


def parse(content_type: str, raw: bytes) -> Any:
    """What a body says; None when it is not what its content type promises, or promises nothing we read."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == FORM:
        return nested(raw.decode("utf-8", "replace"))
    if media_type in JSON:
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
    return None


@rule("body.size")
def is_too_large(size: int) -> bool:
    """True for a body of more than a megabyte."""
    return size > LARGEST
