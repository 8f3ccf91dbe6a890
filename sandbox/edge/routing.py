"""Routing by the documents: connexion's, without the redirects that its routers would answer with."""

from __future__ import annotations

from typing import Any

from connexion.middleware.routing import RoutingMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp


class Routing(RoutingMiddleware):  # type: ignore[misc]  # connexion is not typed
    """Finds the operation that a request is for. An unknown path is unknown with or without a slash at its end."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self.router.redirect_slashes = False

    def add_api(self, *args: Any, **kwargs: Any) -> None:
        """Route by one more document."""
        super().add_api(*args, **kwargs)
        for route in self.router.routes:
            if isinstance(route, Mount):
                route.app.redirect_slashes = False  # type: ignore[attr-defined]  # a mounted router
