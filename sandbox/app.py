"""The only place where parts are wired: editions, their documents, and the layers a request passes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox import documents
from sandbox.edge.arrival import arrival_of
from sandbox.edge.console.entrance import Console
from sandbox.edge.control.access import Door
from sandbox.edge.control.endpoint import ControlEndpoint, handler
from sandbox.edge.errors import API, ErrorMiddleware
from sandbox.edge.methods import Methods
from sandbox.edge.metrics import Metrics
from sandbox.edge.observing import Observing, RequestLog
from sandbox.edge.pages import document_pages, pages
from sandbox.edge.provider.endpoint import Endpoint
from sandbox.edge.spec_app import MakeEndpoint, SpecApp, base_path
from sandbox.edition import Edition
from sandbox.worlds.worlds import Worlds


def build_app(worlds: Worlds, *, control_token: str | None = None, host: str | None = None) -> ASGIApp:
    """The whole sandbox as an ASGI application, serving these worlds.

    Without `control_token` the control API answers on this machine only, to who names it localhost or `host`. Raises
    SpecProblem when a document cannot be bundled, LookupError when an operation has no handler.
    """
    editions = worlds.editions
    control = documents.document(documents.CONTROL)
    by_edition = {name: _edition_app(edition) for name, edition in editions.items()}
    metrics, door = Metrics(worlds), Door(control_token, host, worlds.invitations)
    console = Console(worlds, door)
    shown = pages(worlds, control, metrics, console)
    answering = ErrorMiddleware(
        _Front(by_edition, _control_app(worlds, control, door, shown), shown, base_path(control)),
        worlds=worlds,
        methods={name: Methods(edition.documents().values()) for name, edition in editions.items()},
        control_methods=Methods([control]),
    )
    console.acts_through(answering)
    return Observing(answering, [metrics, RequestLog(worlds.wall_clock)], worlds.wall_clock)


class _Front:
    """Takes what is asked of the API for lead providers to the edition of its world, and the rest where it belongs."""

    def __init__(self, editions: Mapping[str, ASGIApp], control: ASGIApp, shown: ASGIApp, control_path: str) -> None:
        self._editions = editions
        self._control = control
        self._shown = shown
        self._control_path = control_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        await self._app(scope)(scope, receive, send)

    def _app(self, scope: Scope) -> ASGIApp:
        path = scope["path"] if scope["type"] == "http" else ""
        if path.startswith(API):
            return self._editions[arrival_of(scope).world.edition.name]
        return self._control if path.startswith(self._control_path) else self._shown


def _edition_app(edition: Edition) -> ASGIApp:
    """connexion routes each request by the documents; an endpoint asks for its token, and has it answered."""
    by_version = edition.documents()
    endpoints: dict[str, MakeEndpoint] = {
        base_path(document): partial(Endpoint, version=version) for version, document in by_version.items()
    }
    app = SpecApp(document_pages(edition), endpoints)
    for version, document in by_version.items():
        app.add_document(document, partial(edition.handler, version))
    return app


def _control_app(worlds: Worlds, document: documents.Document, door: Door, rest: ASGIApp) -> ASGIApp:
    endpoint = partial(ControlEndpoint, worlds=worlds, door=door)
    app = SpecApp(rest, {base_path(document): endpoint})
    app.add_document(document, handler)
    return app
