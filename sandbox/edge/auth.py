"""Bearer tokens, as connexion's security wants them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connexion.exceptions import OAuthProblem
from connexion.lifecycle import ConnexionRequest
from connexion.security import AbstractSecurityHandler
from starlette.types import Scope

from sandbox.edge.door import Door
from sandbox.model import LeadProvider


class BearerTokens(AbstractSecurityHandler):  # type: ignore[misc]  # connexion is not typed
    """Says whose a request is, by the token it bears."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def get_fn(
        self, _security_scheme: dict[str, Any], _required_scopes: list[str]
    ) -> Callable[[ConnexionRequest], dict[str, Any]]:
        """What connexion asks of every request. It raises OAuthProblem when the token is not accepted."""

        def whose(request: ConnexionRequest) -> dict[str, Any]:
            provider = self._door.provider(request.headers.get("authorization"))
            if provider is None:
                raise OAuthProblem(detail="no token of a lead provider")
            return {"sub": provider.id, "provider": provider}

        return whose


def provider_of(scope: Scope) -> LeadProvider:
    """The provider that connexion's security found."""
    provider: LeadProvider = scope["extensions"]["connexion_context"]["token_info"]["provider"]
    return provider
