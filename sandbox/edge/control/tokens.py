"""The bearer tokens of lead providers: issued, and revoked. Only their hashes are kept."""

from __future__ import annotations

import msgspec

from sandbox.actors.impossible import Impossible
from sandbox.edge.control import named, shown
from sandbox.edge.control.asked import Asked, Declined
from sandbox.edge.control.shown import Json
from sandbox.edge.door import hashed
from sandbox.edge.worlds import MAIN, token_for
from sandbox.model import ApiToken, LeadProvider
from sandbox.store.protocol import Unit


def issue(asked: Asked) -> Json:
    """`POST /tokens`."""
    if "token" in asked.body and asked.query["world"] != MAIN:
        raise Declined(422, ("token", "Only the main world's can be chosen: others begin with their world's id."))
    with asked.acting() as (unit, _):
        provider = named.provider(unit, asked.body.get("provider"))
        token = issued(unit, asked, provider)
        return {"provider": shown.provider(unit, provider.id), "token": token}


def revoke(asked: Asked) -> Json:
    """`POST /tokens/revoke`."""
    with asked.acting() as (unit, moment):
        token = unit.get(ApiToken, hashed(asked.body["token"]))
        if token is None:
            raise Declined(404, ("token", "This world has never issued that token."))
        if token.revoked_at is None:
            token = msgspec.structs.replace(token, revoked_at=moment.now)
            unit.put(token)
        return {"provider": shown.provider(unit, token.lead_provider_id), "revoked_at": token.revoked_at}


def issued(unit: Unit, asked: Asked, provider: LeadProvider) -> str:
    """A token from now on of this provider: the one that the body gives, or a new one. Raises Impossible."""
    token: str = asked.body.get("token") or token_for(asked.query["world"], provider)
    if unit.get(ApiToken, hashed(token)) is not None:
        raise Impossible("that token has been issued before: choose another one")
    unit.put(ApiToken(id=hashed(token), lead_provider_id=provider.id))
    return token
