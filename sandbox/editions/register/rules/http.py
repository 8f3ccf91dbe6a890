"""How a request reaches what answers it in Register."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import Final
from urllib.parse import parse_qsl

from sandbox.editions.register.rules.spelling import is_no_server_date
from sandbox.rules.access import named_token_in
from sandbox.rules.http import Entering, HttpRules
from sandbox.rules.rule import rule

_SLASHES: Final = re.compile("//+")
_DOCUMENT: Final = re.compile(r"/api/v\d/openapi\.\w+")
_EXTENSION: Final = re.compile(r"(?<=[^/])\.[^/.]+$")
_STEPS: Final = re.compile(r"\[([^\[\]]*)\]")
_BROKEN_ESCAPE: Final = re.compile(rb"%(?![0-9a-fA-F]{2})")
_ONE_PARTNERSHIP: Final = re.compile(r"/api/v3/partnerships/[^/]+")

_FOR_NO_ROBOT: Final = {b"x-robots-tag": b"none"}


@rule("route.unknown")
def routed(method: str, path: str) -> tuple[str, str]:
    """The method and the path that a request is routed by.

    However many slashes count as one, and none at the end; an extension says nothing. `PATCH` is `PUT` where there is a
    partnership to change.
    """
    if "//" in path:
        path = _SLASHES.sub("/", path)
    if path.endswith("/"):
        path = path.removesuffix("/") or "/"
    if "." in path and path.startswith("/api/") and not _DOCUMENT.fullmatch(path):
        path = _EXTENSION.sub("", path)
    if method == "PATCH" and _ONE_PARTNERSHIP.fullmatch(path):
        method = "PUT"
    return method, path


@rule("clock.header-bad")
def bears_no_time(entering: Entering) -> bool:
    """True for a server date that is none: the service looks at it before all else, and falls over it."""
    return is_no_server_date(entering.server_date)


@rule("fragile.query")
def cannot_be_read(entering: Entering) -> bool:
    """True for a query string that is no UTF-8, or in which a name has a value first and members or a list then."""
    return bool(entering.query_string) and _is_broken(entering.query_string)


@lru_cache(128)
def _is_broken(query: bytes) -> bool:
    if _BROKEN_ESCAPE.search(query):
        return True
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        return True
    kinds: dict[str, type] = {}
    return any(_is_at_odds(name, kinds) for name, _ in pairs)


def _is_at_odds(name: str, kinds: dict[str, type]) -> bool:
    """True for a name with members, `a[b]`, or a list, `a[]`, that has been the other, or a value. Notes its kinds."""
    outer, _, _ = name.partition("[")
    steps, whole = [outer, *_STEPS.findall(name, len(outer))], ""
    for step, following in zip_longest(steps, steps[1:]):
        whole += f"[{step}]"
        kind = str if following is None else dict if following else list
        if kind is not str and kinds.get(whole, kind) is not kind:
            return True
        kinds[whole] = kind
        if kind is list:
            break
    return False


HTTP: Final = HttpRules(
    entering=(bears_no_time, cannot_be_read),
    routed=routed,
    token_in=named_token_in,
    json_types=frozenset(
        {"application/json", "text/x-json", "application/jsonrequest", "application/problem+json"},
    ),
    unknown_path="route.unknown",
    unknown_method="route.unknown",
    challenges=False,
    limits_addresses=True,
    bodies_first=True,
    charset=b"; charset=utf-8",
    success={b"cache-control": b"max-age=0, private, must-revalidate", **_FOR_NO_ROBOT},
    refusal={b"cache-control": b"no-cache", **_FOR_NO_ROBOT},
)
