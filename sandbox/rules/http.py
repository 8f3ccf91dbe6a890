"""How a request reaches what answers it, before anything in it is looked at. A part of every rule book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import msgspec

from sandbox.rules.access import token_in
from sandbox.rules.rule import Rules

JSON: Final = frozenset({"application/json", "application/vnd.api+json"})


def as_asked(method: str, path: str) -> tuple[str, str]:
    """The method and the path that a request is routed by: its own, but for one slash at the end."""
    return method, path.removesuffix("/") or "/"


def nothing_is_private(_method: str, _path: str) -> bool:
    """False: whoever has a token may ask everything there is."""
    return False


class Entering(NamedTuple):
    """What a request bears that is looked at first of all: its query string, and the time it says it is."""

    query_string: bytes
    server_date: str | None


class HttpRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What is made of a request line and of two headers.

    `entering` are the rules that a request is judged by before its token is looked at, whoever sends it.
    `json_types` are the media types that are read as JSON. `unknown_path` and `unknown_method` are the ids of the rules
    that a path breaks which no document has, and a method that its path does not have. `challenges` says whether a
    refusal of a token tells what to send, `limits_addresses` whether those who ask from one address share a limit.
    `bodies_first` says whether a body that is no JSON is refused before anything else is looked into, wanted or not.
    `charset` is what the media type of a success says of its characters, `success` and `refusal` are the headers that
    answers of either kind have besides.
    """

    entering: Rules = ()
    routed: Callable[[str, str], tuple[str, str]] = as_asked
    is_private: Callable[[str, str], bool] = nothing_is_private
    token_in: Callable[[str | None], str | None] = token_in
    json_types: frozenset[str] = JSON
    unknown_path: str = "path.unknown"
    unknown_method: str = "method.unknown"
    challenges: bool = True
    limits_addresses: bool = False
    bodies_first: bool = False
    charset: bytes = b""
    success: Mapping[bytes, bytes] = msgspec.field(default_factory=dict)
    refusal: Mapping[bytes, bytes] = msgspec.field(default_factory=dict)


PLAIN_HTTP: Final = HttpRules()
