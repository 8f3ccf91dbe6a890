"""What is served beside the API itself: its documents, a page to read and try them, and the sandbox's health."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.documents.bundling import as_json, as_yaml
from sandbox.documents.publishing import published
from sandbox.edge.docs import docs_routes
from sandbox.edge.guide import guide_routes
from sandbox.edge.metrics import Metrics
from sandbox.edge.spec_app import base_path
from sandbox.edge.wellbeing import wellbeing_routes
from sandbox.edition import Document
from sandbox.worlds.worlds import Worlds


def pages(worlds: Worlds, control: Document, metrics: Metrics, console: ASGIApp) -> ASGIApp:
    """`/docs`, how the sandbox is, every document under `/openapi/`, and that of the control API under its own path.

    What else there is, or is not, `console` answers.
    """
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
    routes += [
        *_routes(path, control),
        *docs_routes(urls),
        *guide_routes(),
        *wellbeing_routes(worlds.main, metrics),
    ]
    return Router(routes, redirect_slashes=False, default=console)


def document_pages(documents: Iterable[Document]) -> ASGIApp:
    """`/api/vN/openapi.json` (`.yaml`) of each document."""
    routes = [route for document in documents for route in _routes(f"{base_path(document)}/openapi", document)]
    return Router(routes, redirect_slashes=False, default=_nothing)


def _routes(path: str, document: Document) -> list[BaseRoute]:
    forms = (("json", as_json, "application/json"), ("yaml", as_yaml, "application/yaml"))
    return [
        Route(f"{path}.{ending}", _written(partial(_as_published, write, document), media_type))
        for ending, write, media_type in forms
    ]


def _as_published(write: Callable[[Document], bytes], document: Document) -> bytes:
    return write(published(document))


def _written(write: Callable[[], bytes], media_type: str) -> Any:
    """A document, written down when it is first asked for."""
    content = cache(write)

    async def endpoint(_: Request) -> Response:
        return Response(content(), media_type=media_type)

    return endpoint


async def _nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise HTTPException(404)
