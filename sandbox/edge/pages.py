"""What is served beside the API itself: its documents, a page to read and try them, and the sandbox's health."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, Final

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from swagger_ui_bundle import swagger_ui_path

from sandbox import __version__
from sandbox.documents.bundling import as_json, as_yaml
from sandbox.edge.spec_app import base_path
from sandbox.edition import Document
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import Worlds

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


def pages(worlds: Worlds, control: Document) -> ASGIApp:
    """`/docs`, `/health`, every document under `/openapi/`, and that of the control API under its own path."""
    main = worlds.main.edition.name
    urls = []
    routes: list[BaseRoute] = []
    for name, edition in worlds.editions.items():
        for version, document in edition.documents().items():
            path = f"/openapi/{name}/{version}"
            urls.append({"name": version if name == main else f"{name} {version}", "url": f"{path}.json"})
            routes += _routes(path, document)
    path = f"{base_path(control)}/openapi"
    urls.append({"name": "control", "url": f"{path}.json"})
    docs = _DOCS % orjson.dumps(urls).decode()
    routes += [
        *_routes(path, control),
        Route("/", lambda _: RedirectResponse("/docs")),
        Route("/docs", lambda _: HTMLResponse(docs)),
        Mount("/docs/assets", StaticFiles(directory=swagger_ui_path)),
        Route("/health", _health(worlds.main)),
    ]
    return Router(routes, redirect_slashes=False, default=_nothing)


def document_pages(documents: Iterable[Document]) -> ASGIApp:
    """`/api/vN/openapi.json` (`.yaml`) of each document."""
    routes = [route for document in documents for route in _routes(f"{base_path(document)}/openapi", document)]
    return Router(routes, redirect_slashes=False, default=_nothing)


def _routes(path: str, document: Document) -> list[BaseRoute]:
    forms = (("json", as_json, "application/json"), ("yaml", as_yaml, "application/yaml"))
    return [
        Route(f"{path}.{ending}", _written(partial(write, document), media_type)) for ending, write, media_type in forms
    ]


def _written(write: Callable[[], bytes], media_type: str) -> Any:
    """A document, written down when it is first asked for."""
    content = cache(write)

    async def endpoint(_: Request) -> Response:
        return Response(content(), media_type=media_type)

    return endpoint


def _health(world: ServedWorld) -> Any:
    async def endpoint(_: Request) -> Response:
        """Well while what was committed reaches the disk, and a database answers."""
        try:
            world.store.refresh()
            await world.store.durable()
        except StoreProblem as problem:
            return _json({"status": "failing", "problem": str(problem)}, 503)
        about = {"behaviour": world.record.behaviour, "now": world.now()}
        return _json({"status": "ok", "version": __version__, **about}, 200)

    return endpoint


def _json(content: dict[str, Any], status: int) -> Response:
    option = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
    return Response(orjson.dumps(content, option=option), status, media_type="application/json")


async def _nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise HTTPException(404)
