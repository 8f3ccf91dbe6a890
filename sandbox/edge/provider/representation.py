"""What a read is answered with: the same content for everybody, in the form that this client can make most of."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from sandbox.edge.answer import NOT_MODIFIED, Answer
from sandbox.edge.provider.cached_json import Listed
from sandbox.rules.rule import rule

_ACCEPTS_GZIP: Final = re.compile(
    r"(?:^|[\s,])(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)", re.IGNORECASE
)
_ALL_BITS: Final = 2**64 - 1
_QUICKLY: Final = 1  # the level of compression: what is served on the same machine is not worth more


class Content(msgspec.Struct, frozen=True):
    """What was answered, the tag by which a client says that it has that already, and of a list how many records."""

    body: bytes
    tag: str
    records: int | None = None

    def __len__(self) -> int:
        """How many bytes it has."""
        return len(self.body)


def tagged(body: bytes, answered: object) -> Content:
    """Content with its tag: a weak one, as compressed or not it is the same content.

    `answered` is what the handler returned: hashing a long list anew would take longer than answering with it.
    """
    fingerprint = answered.fingerprint if isinstance(answered, Listed) else hash(body)
    return Content(body, f'W/"{fingerprint & _ALL_BITS:016x}"', _records_in(answered))


def _records_in(answered: object) -> int | None:
    """How many records a list has; None of what is no list."""
    match answered:
        case Listed():
            return answered.records
        case {"data": list(records)}:
            return len(records)
    return None


def answer_with(
    content: Content, media_type: bytes, headers: Mapping[str, str], besides: Mapping[bytes, bytes]
) -> Answer:
    """The answer to a read, whose headers these are. It has headers `besides` its own."""
    sent = {b"etag": content.tag.encode(), **besides}
    if "if-none-match" in headers and is_known(content.tag, headers["if-none-match"]):
        return Answer(NOT_MODIFIED, media_type, b"", sent)
    if "accept-encoding" in headers and accepts_gzip(headers["accept-encoding"]):
        packed = gzip.compress(content.body, _QUICKLY, mtime=0)
        return Answer(200, media_type, packed, sent | {b"content-encoding": b"gzip", b"vary": b"accept-encoding"})
    return Answer(200, media_type, content.body, sent)


@rule("http.not-modified")
def is_known(tag: str, known: str) -> bool:
    """True when a client has just this content already, as its `If-None-Match` says."""
    return known.strip() == "*" or tag in (each.strip() for each in known.split(","))


@rule("http.gzip")
def accepts_gzip(accepted: str) -> bool:
    """True when a client's `Accept-Encoding` lets content be compressed."""
    return _ACCEPTS_GZIP.search(accepted) is not None
