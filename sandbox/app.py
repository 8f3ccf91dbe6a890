"""The only place where parts are wired: documents, door, and the layers a request passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from connexion.middleware.security import SecurityMiddleware
from connexion.resolver import RelativeResolver
from starlette.types import ASGIApp

from sandbox import documents as bundles
from sandbox.defects import DEFECTS
from sandbox.edge.answering import Answering, Methods
from sandbox.edge.auth import BearerTokens
from sandbox.edge.catalogue import Catalogue
from sandbox.edge.control.endpoint import ControlEndpoint
from sandbox.edge.documents import Documented
from sandbox.edge.endpoint import Endpoint, EndpointMiddleware
from sandbox.edge.pages import pages
from sandbox.edge.routing import Routing
from sandbox.edge.worlds import Worlds

VERSIONS = ("v1", "v2", "v3")


def build_app(worlds: Worlds, *, control_token: str | None = None) -> ASGIApp:
    """The whole sandbox as an ASGI application, serving these worlds.

    connexion routes each request by the documents and asks for its token; an endpoint compiled from the operation
    reads it and has it answered. Without `control_token` the control API answers on this machine only. Raises
    SpecProblem when a document cannot be bundled.
    """
    documents = {name: bundles.document(f"ecf/{name}") for name in VERSIONS}
    documents[bundles.CONTROL] = bundles.document(bundles.CONTROL)
    catalogue = Catalogue(bundles.rules("ecf"))
    endpoints: dict[str, Callable[[Any], ASGIApp]] = {_path(documents[name]): Endpoint for name in VERSIONS}
    endpoints[_path(documents["control"])] = partial(
        ControlEndpoint,
        worlds=worlds,
        catalogue=catalogue,
        operations=[f"{name}.{id}" for name in VERSIONS for id in _operation_ids(documents[name])],
        defects=DEFECTS,
        token=control_token,
    )
    answering = partial(Answering, catalogue=catalogue, methods=Methods(documents.values()), worlds=worlds)
    app = Documented(
        pages(worlds.main, documents),
        middlewares=[answering, Routing, SecurityMiddleware, partial(EndpointMiddleware, endpoints=endpoints)],
        security_map={"bearer": BearerTokens},
    )
    for name, document in documents.items():
        app.add_document(document, base_path=_path(document), resolver=RelativeResolver(f"sandbox.edge.{name}"))
    return app


def _operation_ids(document: dict[str, Any]) -> Iterator[str]:
    """What the operations of a document are called."""
    return (operation["operationId"] for path in document["paths"].values() for operation in path.values())


def _path(document: dict[str, Any]) -> str:
    """Where the operations of a document are served."""
    return str(document["servers"][0]["url"])
