"""Routing by the documents: connexion's, without the redirects that its routers would answer with."""

from __future__ import annotations

from typing import Any, NamedTuple

from connexion.middleware.abstract import ROUTING_CONTEXT
from connexion.middleware.routing import RoutingMiddleware
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send


class Routing(RoutingMiddleware):  # type: ignore[misc]  # connexion is not typed
    """Finds the operation that a request is for. An unknown path is unknown with or without a slash at its end.

    connexion's routers try one pattern after the other. Here a path of a document is looked up, and only what is not
    found, as it is unknown or has no such method, is left to them.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self.router.redirect_slashes = False
        self._table = _Table()

    def add_api(self, *args: Any, **kwargs: Any) -> None:
        """Route by one more document."""
        super().add_api(*args, **kwargs)
        for mount in self.router.routes:
            if isinstance(mount, Mount):
                mount.app.redirect_slashes = False  # type: ignore[attr-defined]  # a mounted router
                for route in mount.routes:
                    assert isinstance(route, Route)
                    self._table.add(mount.path, route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        found = self._table.find(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await super().__call__(scope, receive, send)
            return
        operation, scope["path_params"] = found
        routing = {"api_base_path": operation.base_path, "operation_id": operation.id}
        scope["extensions"] = {**(scope.get("extensions") or {}), ROUTING_CONTEXT: routing}
        await self.app(scope, receive, send)


class _Operation(NamedTuple):
    base_path: str
    id: str
    parameter: str | None


class _Table:
    """Every operation by its method and path, in which a parameter, if there is one, stands as an empty segment."""

    def __init__(self) -> None:
        self._operations: dict[tuple[str, str], _Operation] = {}
        self._parameters_at: dict[int, set[int]] = {}  # by the number of segments, which of them may be parameters

    def add(self, base_path: str, route: Route) -> None:
        """Put in what connexion routes somewhere. What has several parameters is left to connexion."""
        segments = f"{base_path}{route.path}".split("/")
        places = [place for place, segment in enumerate(segments) if segment.startswith("{")]
        if len(places) > 1:
            return
        parameter = None
        for place in places:
            parameter, segments[place] = segments[place].strip("{}"), ""
            self._parameters_at.setdefault(len(segments), set()).add(place)
        endpoint: Any = route.endpoint
        operation = _Operation(base_path, endpoint.operation_id, parameter)
        for method in (route.methods or set()) - {"HEAD"}:
            self._operations[method, "/".join(segments)] = operation

    def find(self, method: str, path: str) -> tuple[_Operation, dict[str, str]] | None:
        """The operation that a request is for, and its parameters. A path without parameters goes first."""
        operation = self._operations.get((method, path))
        if operation is not None and operation.parameter is None:
            return operation, {}
        segments = path.split("/")
        for place in self._parameters_at.get(len(segments), ()):
            value, segments[place] = segments[place], ""
            operation = self._operations.get((method, "/".join(segments)))
            if operation is not None and operation.parameter is not None and value:
                return operation, {operation.parameter: value}
            segments[place] = value
        return None
