"""The bearer tokens of lead providers: issued, and revoked. Only their hashes are kept."""

from __future__ import annotations

import msgspec

from sandbox.actors.impossible import Impossible
from sandbox.edge.control import lookups, presented
from sandbox.edge.control.presented import Json
from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.model import ApiToken, LeadProvider
from sandbox.store.protocol import Unit
from sandbox.worlds.world import hashed
from sandbox.worlds.worlds import MAIN, token_for


def issue(request: ControlRequest) -> Json:
    """`POST /tokens`."""
    if "token" in request.body and request.query["world"] != MAIN:
        raise Declined(422, ("token", "Only the main world's can be chosen: others begin with their world's id."))
    with request.acting() as (unit, _):
        provider = lookups.provider(unit, request.body.get("provider"))
        token = issued(unit, request, provider)
        return {"provider": presented.provider(unit, provider.id), "token": token}


def revoke(request: ControlRequest) -> Json:
    """`POST /tokens/revoke`."""
    with request.acting() as (unit, moment):
        token = unit.get(ApiToken, hashed(request.body["token"]))
        if token is None:
            raise Declined(404, ("token", "This world has never issued that token."))
        if token.revoked_at is None:
            token = msgspec.structs.replace(token, revoked_at=moment.now)
            unit.put(token)
        return {"provider": presented.provider(unit, token.lead_provider_id), "revoked_at": token.revoked_at}


def issued(unit: Unit, request: ControlRequest, provider: LeadProvider) -> str:
    """A token from now on of this provider: the one that the body gives, or a new one. Raises Impossible."""
    token: str = request.body.get("token") or token_for(request.query["world"], provider)
    if unit.get(ApiToken, hashed(token)) is not None:
        raise Impossible("that token has been issued before: choose another one")
    unit.put(ApiToken(id=hashed(token), lead_provider_id=provider.id))
    return token
