"""The only place where parts are wired: documents, door, and the layers a request passes."""

from __future__ import annotations

import time
from functools import partial
from typing import Final

from connexion.middleware import ConnexionMiddleware
from connexion.middleware.security import SecurityMiddleware
from connexion.resolver import RelativeResolver
from starlette.types import ASGIApp

from sandbox import resources
from sandbox.clock import Clock
from sandbox.edge.answering import Answering, Methods
from sandbox.edge.auth import BearerTokens
from sandbox.edge.catalogue import Catalogue
from sandbox.edge.door import Door
from sandbox.edge.endpoint import EndpointMiddleware
from sandbox.edge.pages import pages
from sandbox.edge.ratelimit import RateLimit
from sandbox.edge.routing import Routing
from sandbox.edge.spec import bundle
from sandbox.model import Behaviour
from sandbox.store.protocol import Store

VERSIONS: Final = ("v1", "v2", "v3")


def build_app(store: Store, clock: Clock, behaviour: Behaviour, *, rate_limit: bool = False) -> ASGIApp:
    """The whole sandbox as an ASGI application, serving one world: its records, its clock, its behaviour.

    connexion routes each request by the documents and asks for its token; an endpoint compiled from the operation
    reads it and has it answered. Raises SpecProblem when a document cannot be bundled.
    """
    openapi = resources.folder("openapi")
    documents = {version: bundle(openapi / f"{version}.yaml") for version in VERSIONS}
    door = Door(store, clock, behaviour)
    answering = partial(
        Answering,
        catalogue=Catalogue.read(openapi / "rules.yaml"),
        methods=Methods(documents.values()),
        rate_limit=RateLimit(time.time) if rate_limit else None,
    )
    app = ConnexionMiddleware(
        pages(door, documents),
        middlewares=[answering, Routing, SecurityMiddleware, partial(EndpointMiddleware, door=door)],
        security_map={"bearer": partial(BearerTokens, door)},
    )
    for version, document in documents.items():
        app.add_api(
            document,
            base_path=document["servers"][0]["url"],
            resolver=RelativeResolver(f"sandbox.edge.{version}"),
        )
    return app  # type: ignore[no-any-return]  # connexion is not typed
