"""connexion, given documents that need no looking over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from connexion.middleware import ConnexionMiddleware
from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.middleware.main import API
from connexion.operations import AbstractOperation
from connexion.resolver import Resolver
from connexion.spec import OpenAPISpecification
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.edge.routing import Routing
from sandbox.edition import Document, Handler

MakeEndpoint = Callable[[AbstractOperation], ASGIApp]


class SpecApp(ConnexionMiddleware):  # type: ignore[misc]  # connexion is not typed
    """An application that is routed by its documents; what is in none of them goes on to `app`.

    `endpoints` make what answers the operations of the documents, by the path that each is served under. Whom they
    answer is for them to say: the documents ask for a token in every operation.
    """

    def __init__(self, app: ASGIApp, endpoints: Mapping[str, MakeEndpoint]) -> None:
        super().__init__(app, middlewares=[Routing, partial(EndpointMiddleware, endpoints=endpoints)])
        self._to_add: list[tuple[Document, Resolver]] = []

    def add_document(self, document: Document, handler_of: Callable[[str], Handler]) -> None:
        """Serve the operations of one more document. Raises LookupError for one that nothing answers."""
        for operation_id in operation_ids(document):
            handler_of(operation_id)
        self._to_add.append((document, Resolver(handler_of)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection. Before the first connexion reads the documents, which no start waits for."""
        while self._to_add:
            document, resolver = self._to_add.pop(0)
            options = self.options.replace(resolver=resolver)
            self.apis.append(API(_Proven(document), base_path=base_path(document), **options.__dict__))
        await super().__call__(scope, receive, send)


class EndpointMiddleware(RoutedMiddleware):  # type: ignore[misc]  # connexion is not typed
    """Takes a request to the operation that connexion routed it to; on to `app` when it is none's."""

    def __init__(self, app: ASGIApp, *, endpoints: Mapping[str, MakeEndpoint]) -> None:
        super().__init__(app)
        self.api_cls = partial(EndpointAPI, endpoints=endpoints)


class EndpointAPI(RoutedAPI):  # type: ignore[misc]  # connexion is not typed
    """The operations of one document."""

    def __init__(self, *args: Any, endpoints: Mapping[str, MakeEndpoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._endpoint = endpoints[self.base_path]
        self.add_paths()

    def make_operation(self, operation: AbstractOperation) -> ASGIApp:
        """An endpoint for one of them."""
        return self._endpoint(operation)


class _Proven(OpenAPISpecification):  # type: ignore[misc]  # connexion is not typed
    """A document that the tests have proven right, so that no start of the server has to, which takes its time."""

    @classmethod
    def _validate_spec(cls, _spec: Mapping[str, Any]) -> None:
        pass


def base_path(document: Document) -> str:
    """The path that the operations of a document are served under."""
    return str(document["servers"][0]["url"])


def operation_ids(document: Document) -> list[str]:
    """What the operations of a document are called."""
    return [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
