"""What is served beside the API itself: its documents, a page to read and try them, and the sandbox's health."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from swagger_ui_bundle import swagger_ui_path

from openapi.bundling import as_json, as_yaml
from sandbox import __version__
from sandbox.edge.asked import not_found
from sandbox.edge.door import Door
from sandbox.store.protocol import StoreProblem

_DOCS: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ECF sandbox: the API for lead providers</title>
<link rel="stylesheet" href="docs/assets/swagger-ui.css">
<link rel="icon" href="docs/assets/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/assets/swagger-ui-bundle.js"></script>
<script src="docs/assets/swagger-ui-standalone-preset.js"></script>
<script>
SwaggerUIBundle({
  dom_id: "#swagger-ui",
  urls: %s,
  "urls.primaryName": "v3",
  deepLinking: true,
  persistAuthorization: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout"
})
</script>
</body>
</html>
"""


def pages(door: Door, documents: Mapping[str, dict[str, Any]]) -> ASGIApp:
    """`/docs`, `/health` and `/api/vN/openapi.json` (`.yaml`), `/sandbox/…`; `documents` are the bundles by name."""
    at = {name: f"{document['servers'][0]['url']}/openapi" for name, document in documents.items()}
    urls = [{"name": name, "url": f"{path}.json"} for name, path in at.items()]
    docs = _DOCS % orjson.dumps(urls).decode()
    routes: list[BaseRoute] = [
        Route("/", lambda _: RedirectResponse("/docs")),
        Route("/docs", lambda _: HTMLResponse(docs)),
        Mount("/docs/assets", StaticFiles(directory=swagger_ui_path)),
        Route("/health", _health(door)),
    ]
    for name, document in documents.items():
        for path, written, media_type in (("json", as_json, "application/json"), ("yaml", as_yaml, "application/yaml")):
            routes.append(Route(f"{at[name]}.{path}", _written(partial(written, document), media_type)))
    return Router(routes, redirect_slashes=False, default=_nothing)


def _written(write: Callable[[], bytes], media_type: str) -> Any:
    """A document, written down when it is first asked for."""
    content = cache(write)

    async def endpoint(_: Request) -> Response:
        return Response(content(), media_type=media_type)

    return endpoint


def _health(door: Door) -> Any:
    async def endpoint(_: Request) -> Response:
        """Well while what was committed reaches the disk, and a database answers."""
        try:
            door.store.refresh()
            await door.store.durable()
        except StoreProblem as problem:
            return _json({"status": "failing", "problem": str(problem)}, 503)
        about = {"behaviour": door.world.behaviour, "now": door.now()}
        return _json({"status": "ok", "version": __version__, **about}, 200)

    return endpoint


def _json(content: dict[str, Any], status: int) -> Response:
    option = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
    return Response(orjson.dumps(content, option=option), status, media_type="application/json")


async def _nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    not_found()
