"""How a request reached what answered it in the deployed service."""

from __future__ import annotations

import re
from typing import Final

from sandbox.rules.access import named_token_in
from sandbox.rules.http import JSON, HttpRules
from sandbox.rules.rule import rule

_SLASHES: Final = re.compile("//+")
_BEARS_ITS_EXTENSION: Final = re.compile(
    r"/api/v[12]/(?:participants(?:/ecf)?|participant-declarations)\.csv|/api/v\d/openapi\.\w+"
)
_ONE_PARTNERSHIP: Final = re.compile(r"/api/v3/partnerships/ecf/[^/]+")
_PRIVATE: Final = frozenset(
    {
        ("GET", "/api/v1/data-studio/school-rollout"),
        *(
            (method, f"/api/{version}/{what}")
            for method in ("GET", "HEAD", "POST")
            for version in ("v1", "v2")
            for what in ("users", "ecf-users")
        ),
    }
)


def routed(method: str, path: str) -> tuple[str, str]:
    """The method and the path that a request is routed by (path.unknown, method.unknown).

    However many slashes count as one, and none at the end. An extension says nothing, but where there is CSV, or one of
    the sandbox's own documents. `PATCH` is `PUT` where there is a partnership to change.
    """
    if "//" in path:
        path = _SLASHES.sub("/", path)
    path = path.removesuffix("/") or "/"
    if path.startswith("/api/") and path.endswith((".json", ".csv")) and not _BEARS_ITS_EXTENSION.fullmatch(path):
        path = path.rpartition(".")[0]
    if method == "PATCH" and _ONE_PARTNERSHIP.fullmatch(path):
        method = "PUT"
    return method, path


@rule("auth.private-api")
def is_private(method: str, path: str) -> bool:
    """True for a path that is there, but not for lead providers."""
    return (method, path) in _PRIVATE


HTTP: Final = HttpRules(
    routed=routed,
    is_private=is_private,
    token_in=named_token_in,
    json_types=JSON | {"text/x-json"},
    unknown_method="path.unknown",
    bodies_first=True,
)
