"""Bearer tokens, as connexion's security wants them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connexion.exceptions import OAuthProblem
from connexion.lifecycle import ConnexionRequest
from connexion.security import AbstractSecurityHandler
from starlette.types import Scope

from sandbox.edge.arrival import arrival_of, headers_of, rules_of
from sandbox.model import LeadProvider


class BearerTokens(AbstractSecurityHandler):  # type: ignore[misc]  # connexion is not typed
    """Says whose a request is, by the token it bears."""

    def get_fn(
        self, security_scheme: dict[str, Any], _required_scopes: list[str]
    ) -> Callable[[ConnexionRequest], dict[str, Any]]:
        """What connexion asks of every request. It raises OAuthProblem when the token is not accepted.

        The control API, whose scheme says so, looks at its token itself: it may need none.
        """
        return _anybody if security_scheme.get("x-checked-by") == "operation" else _provider


def _anybody(_request: ConnexionRequest) -> dict[str, Any]:
    return {"sub": "anybody"}


def _provider(request: ConnexionRequest) -> dict[str, Any]:
    return {"sub": authenticated(request.scope).id}


def identified(scope: Scope) -> LeadProvider | None:
    """The lead provider that a request comes from; None when its token is not accepted."""
    world, logged = arrival_of(scope)
    token = rules_of(scope).http.token_in(headers_of(scope).get("authorization"))
    logged.provider = world.provider(token) if token else None
    return logged.provider


def authenticated(scope: Scope) -> LeadProvider:
    """The lead provider that `identified` found. Raises OAuthProblem when it found none."""
    provider = arrival_of(scope).logged.provider
    if provider is None:
        raise OAuthProblem(detail="no token of a lead provider")
    return provider
