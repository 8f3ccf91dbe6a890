"""How a request reaches what answers it in Register."""

from __future__ import annotations

import re
from typing import Final

from sandbox.rules.access import named_token_in
from sandbox.rules.http import HttpRules
from sandbox.rules.rule import rule

_SLASHES: Final = re.compile("//+")
_DOCUMENT: Final = re.compile(r"/api/v\d/openapi\.\w+")
_EXTENSION: Final = re.compile(r"\.[a-z]+$")
_ONE_PARTNERSHIP: Final = re.compile(r"/api/v3/partnerships/[^/]+")


@rule("route.unknown")
def routed(method: str, path: str) -> tuple[str, str]:
    """The method and the path that a request is routed by.

    However many slashes count as one, and none at the end; an extension says nothing. `PATCH` is `PUT` where there is a
    partnership to change.
    """
    if "//" in path:
        path = _SLASHES.sub("/", path)
    path = path.removesuffix("/") or "/"
    if path.startswith("/api/") and not _DOCUMENT.fullmatch(path):
        path = _EXTENSION.sub("", path)
    if method == "PATCH" and _ONE_PARTNERSHIP.fullmatch(path):
        method = "PUT"
    return method, path


HTTP: Final = HttpRules(
    routed=routed,
    token_in=named_token_in,
    json_types=frozenset(
        {"application/json", "text/x-json", "application/jsonrequest", "application/problem+json"},
    ),
    unknown_path="route.unknown",
    unknown_method="route.unknown",
    challenges=False,
    caching="max-age=0, private, must-revalidate",
)
