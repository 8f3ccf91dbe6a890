"""What is served beside the API itself: its documents, a page to read and try them, and the sandbox's health."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.documents import CONTROL
from sandbox.edge.docs import Shown, docs_routes
from sandbox.edge.forms import form_routes
from sandbox.edge.guide import guide_routes
from sandbox.edge.metrics import Metrics
from sandbox.edge.spec_app import base_path
from sandbox.edge.wellbeing import wellbeing_routes
from sandbox.edition import Document, Edition
from sandbox.worlds.worlds import Worlds


def pages(worlds: Worlds, control: Document, metrics: Metrics, console: ASGIApp) -> ASGIApp:
    """`/docs`, how the sandbox is, every document under `/openapi/`, and that of the control API under its own path.

    What else there is, or is not, `console` answers.
    """
    main = worlds.main.edition.name
    shown = []
    routes: list[BaseRoute] = []
    for name, edition in worlds.editions.items():
        tokens = _tokens(worlds, edition)
        for version, document in edition.documents().items():
            path = f"/openapi/{name}/{version}"
            shown.append(Shown(version if name == main else f"{name} {version}", path, tokens))
            routes += form_routes(path, document, f"{name}/{version}", next(iter(tokens.values()), ""))
    path = f"{base_path(control)}/openapi"
    shown.append(Shown(CONTROL, path, {}))
    routes += [
        *form_routes(path, control, CONTROL),
        *docs_routes(shown),
        *guide_routes(),
        *wellbeing_routes(worlds.main, metrics),
    ]
    return Router(routes, redirect_slashes=False, default=console)


def document_pages(edition: Edition) -> ASGIApp:
    """`/api/vN/openapi.json` (`.yaml`) of each document of an edition."""
    routes = [
        route
        for version, document in edition.documents().items()
        for route in form_routes(f"{base_path(document)}/openapi", document, f"{edition.name}/{version}", "")
    ]
    return Router(routes, redirect_slashes=False, default=_nothing)


def _tokens(worlds: Worlds, edition: Edition) -> Mapping[str, str]:
    """The tokens that everybody knows of an edition, by the names of their providers, if a world knows them."""
    if edition.tokens is None or edition not in worlds.standing.values():
        return {}
    return edition.tokens()


async def _nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise HTTPException(404)
