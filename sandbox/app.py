"""The only place where parts are wired: documents, door, and the layers a request passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from connexion.middleware import ConnexionMiddleware
from connexion.middleware.security import SecurityMiddleware
from connexion.resolver import RelativeResolver
from starlette.types import ASGIApp

from sandbox import resources
from sandbox.defects import DEFECTS
from sandbox.edge.answering import Answering, Methods
from sandbox.edge.auth import BearerTokens
from sandbox.edge.catalogue import Catalogue
from sandbox.edge.control.endpoint import ControlEndpoint
from sandbox.edge.endpoint import Endpoint, EndpointMiddleware
from sandbox.edge.pages import pages
from sandbox.edge.routing import Routing
from sandbox.edge.spec import bundle
from sandbox.edge.worlds import Worlds

VERSIONS: Final = ("v1", "v2", "v3")


def build_app(worlds: Worlds, *, control_token: str | None = None) -> ASGIApp:
    """The whole sandbox as an ASGI application, serving these worlds.

    connexion routes each request by the documents and asks for its token; an endpoint compiled from the operation
    reads it and has it answered. Without `control_token` the control API answers on this machine only. Raises
    SpecProblem when a document cannot be bundled.
    """
    openapi = resources.folder("openapi")
    documents = {name: bundle(openapi / f"{name}.yaml") for name in (*VERSIONS, "control")}
    endpoints: dict[str, Callable[[Any], ASGIApp]] = {_path(documents[version]): Endpoint for version in VERSIONS}
    endpoints[_path(documents["control"])] = partial(
        ControlEndpoint,
        worlds=worlds,
        operations=[f"{version}.{id}" for version in VERSIONS for id in _operation_ids(documents[version])],
        defects=DEFECTS,
        token=control_token,
    )
    answering = partial(
        Answering,
        catalogue=Catalogue.read(openapi / "rules.yaml"),
        methods=Methods(documents.values()),
        worlds=worlds,
    )
    app = ConnexionMiddleware(
        pages(worlds.main, documents),
        middlewares=[answering, Routing, SecurityMiddleware, partial(EndpointMiddleware, endpoints=endpoints)],
        security_map={"bearer": BearerTokens},
    )
    for name, document in documents.items():
        app.add_api(document, base_path=_path(document), resolver=RelativeResolver(f"sandbox.edge.{name}"))
    return app  # type: ignore[no-any-return]  # connexion is not typed


def _operation_ids(document: dict[str, Any]) -> Iterator[str]:
    """What the operations of a document are called."""
    return (operation["operationId"] for path in document["paths"].values() for operation in path.values())


def _path(document: dict[str, Any]) -> str:
    """Where the operations of a document are served."""
    return str(document["servers"][0]["url"])
