"""Request bodies: JSON, or the same names form-encoded."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Final, NamedTuple

import orjson
from starlette.types import Receive

from sandbox.edge.body import whole
from sandbox.edge.provider.nested import nested
from sandbox.rules.book import Book
from sandbox.rules.requests import SentBody, attributes_of
from sandbox.rules.rule import Breach, Refused, judge, rule, rule_id_of

LARGEST: Final = 1 << 20  # bytes
FORM: Final = "application/x-www-form-urlencoded"


class Body(NamedTuple):
    """What was sent with a request, and has not been looked into yet."""

    content_type: str
    raw: bytes

    def attributes(self, rules: Book) -> Mapping[str, Any]:
        """Its `data.attributes`. Raises Refused when it is no proper request."""
        body = SentBody(parse(self.content_type, self.raw, rules.http.json_types))
        judge(rules.sending, body)
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


def parse(content_type: str, raw: bytes, json_types: Container[str]) -> Any:
    """What a body says; None when it is not what its content type promises, or promises nothing that is read."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == FORM:
        return nested(raw.decode("utf-8", "replace"))
    if media_type in json_types:
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
    return None


@rule("body.size")
def is_too_large(size: int) -> bool:
    """True for a body of more than a megabyte."""
    return size > LARGEST
