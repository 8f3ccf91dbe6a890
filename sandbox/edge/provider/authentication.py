"""Whose a request is, by the bearer token that the documents ask for."""

from __future__ import annotations

from connexion.exceptions import OAuthProblem
from starlette.types import Scope

from sandbox.edge.arrival import arrival_of, headers_of, rules_of
from sandbox.model import LeadProvider


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
