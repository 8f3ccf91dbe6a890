"""`/docs`: a page to read the documents on, and to try them. It is Swagger UI 5.35.0, as `swagger_ui/` has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

import msgspec
import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sandbox.edge.forms import FORMS

FOLDER: Final = Path(__file__).parent / "swagger_ui"
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ECF sandbox: the API for lead providers</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="stylesheet" href="/docs/assets/page.css">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<script src="/docs/assets/swagger-ui-bundle.js" defer></script>
<script src="/docs/assets/swagger-ui-standalone-preset.js" defer></script>
<script src="/docs/assets/start.js" defer></script>
</head>
<body>
<p class="beside"><a href="/">Console</a> · <a href="/docs/guide/">Guide</a></p>
<details class="beside">
<summary>Tokens, and the documents in other forms</summary>
%s
</details>
<div id="swagger-ui"></div>
<noscript>To read and try the documents this page needs JavaScript.</noscript>
</body>
</html>
"""
_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
SECURITY: Final[Mapping[str, str]] = {
    "content-security-policy": _POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


class Shown(msgspec.Struct, frozen=True):
    """A document to show: its name, the path of its forms without their endings, and the tokens of its providers."""

    name: str
    path: str
    tokens: Mapping[str, str]


def docs_routes(shown: Sequence[Shown]) -> list[BaseRoute]:
    """The page, with or without a slash at its end, and what belongs to it."""
    documents = orjson.dumps(
        [
            {"name": each.name, "url": f"{each.path}.json", "token": next(iter(each.tokens.values()), None)}
            for each in shown
        ]
    )
    content = _PAGE % "\n".join(_beside(each) for each in shown)

    async def page(_: Request) -> Response:
        return HTMLResponse(content, headers=SECURITY)

    async def named(_: Request) -> Response:
        return Response(documents, media_type="application/json", headers=SECURITY)

    return [
        Route("/docs", page),
        Route("/docs/", page),
        Route("/docs/assets/documents.json", named),
        Mount("/docs/assets", Assets(directory=FOLDER)),
    ]


class Assets(StaticFiles):
    """Files that are what they say, and nothing else."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One of them."""
        response = await super().get_response(path, scope)
        response.headers.update(SECURITY)
        return response


def _beside(shown: Shown) -> str:
    """What there is of a document besides what the page makes of it."""
    forms = ", ".join(f'<a href="{shown.path}.{form}">{form}</a>' for form in FORMS)
    tokens = "".join(f"<li>{escape(name)}: <code>{escape(token)}</code></li>" for name, token in shown.tokens.items())
    return f"<h2>{escape(shown.name)}</h2>\n<p>{forms}</p>\n<ul>{tokens}</ul>"
