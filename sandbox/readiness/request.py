"""A request, as far as it tells what a client can do."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import parse_qsl

from sandbox.readiness.masking import masked, masked_query

PER_PAGE: Final = 100
MOST_PER_PAGE: Final = 3000
PAGE: Final = "page[page]"
SIZE: Final = "page[per_page]"
SINCE: Final = "filter[updated_since]"
FAILED: Final = frozenset({429, 500, 502, 503, 504})
LOST: Final = frozenset({"drop", "truncate"})
TURNING: Final = frozenset({PAGE, SIZE})
"""What differs among the pages of one list."""
_VERSION: Final = re.compile(r"/api/(v\d+)(/|$)")


class Request(Protocol):
    """What is known of a request that is over. `at` is the world's time, `received_at` the machine's."""

    id: str
    method: str
    path: str
    query_string: bytes
    operation: str | None
    at: datetime | None
    received_at: datetime
    status: int | None
    fault: str | None
    records: int | None
    server_date: str | None
    content_type: str
    accept: str

    @property
    def rules(self) -> Sequence[str]:
        """The ids of the rules that it broke."""

    @property
    def sent(self) -> Mapping[str, Any]:
        """The attributes of its body."""

    @property
    def ignored(self) -> Sequence[str]:
        """What it sent that nothing reads."""


class Sample(NamedTuple):
    """One request, to be shown to somebody: nobody's name, address or number is in it, and no token."""

    id: str
    method: str
    path: str
    query: str
    sent: Mapping[str, Any]
    received_at: datetime
    at: datetime | None
    status: int | None
    rules: Sequence[str]


def sample(request: Request) -> Sample:
    """A request as a sample."""
    return Sample(
        id=request.id,
        method=request.method,
        path=request.path,
        query=masked_query(request.query_string),
        sent=masked(request.sent),
        received_at=request.received_at,
        at=request.at,
        status=request.status,
        rules=tuple(dict.fromkeys(request.rules)),
    )


def is_accepted(request: Request) -> bool:
    """True for what was answered as it was asked: with content, or that the client has it already."""
    if request.status is None or request.fault in LOST:
        return False
    return 200 <= request.status < 300 or request.status == 304


def has_failed(request: Request) -> bool:
    """True for what was neither accepted nor refused, as far as the client can know: it may have been carried out."""
    return request.status in FAILED or request.fault in LOST


@lru_cache(1024)
def query_of(query_string: bytes) -> Mapping[str, str]:
    """The members of a query string by their names, as they are written."""
    return dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, errors="replace"))


@lru_cache(1024)
def others_than(names: frozenset[str], query_string: bytes) -> Sequence[tuple[str, str]]:
    """The members of a query string that have none of these names, in order, so that two can be told apart by them."""
    return tuple(sorted(item for item in query_of(query_string).items() if item[0] not in names))


@lru_cache(1024)
def version_of(path: str) -> str | None:
    """The version that a path names."""
    found = _VERSION.match(path)
    return found[1] if found else None


def number(text: str | None, otherwise: int) -> int:
    """A number of a query, or what it is when it is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise


def fingerprint(request: Request) -> Hashable:
    """What two requests have in common that ask for the same: the same attributes at the same time's header."""
    return hash((request.method, request.path, request.query_string, repr(request.sent), request.server_date))
