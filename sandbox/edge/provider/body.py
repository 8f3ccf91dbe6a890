"""Request bodies: JSON, or the same names form-encoded."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Final, NamedTuple

import orjson
from starlette.types import Receive

from sandbox.edge.body import whole
from sandbox.edge.provider.nested import nested
from sandbox.rules.book import Book
from sandbox.rules.requests import SentBody, attributes_of, is_no_request
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

    def must_be_readable(self, json_types: Container[str]) -> None:
        """Raises Refused when its content type says that it is JSON, and it is not; whatever may be wanted of it."""
        if self.raw and media_type_of(self.content_type) in json_types and not is_json(self.raw):
            raise Refused(Breach(rule_id_of(is_no_request)))


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
    media_type = media_type_of(content_type)
    if media_type == FORM:
        return nested(raw.decode("utf-8", "replace"))
    if media_type in json_types:
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
    return None


def media_type_of(content_type: str) -> str:
    """The type that a `Content-Type` names, without what it says of it."""
    return content_type.partition(";")[0].strip().lower()


def is_json(raw: bytes) -> bool:
    """True for JSON of whatever kind."""
    try:
        orjson.loads(raw)
    except orjson.JSONDecodeError:
        return False
    return True


@rule("body.size")
def is_too_large(size: int) -> bool:
    """True for a body of more than a megabyte."""
    return size > LARGEST
