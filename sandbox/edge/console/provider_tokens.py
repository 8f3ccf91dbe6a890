"""A token to act as a lead provider with: one that everybody knows, or one that the control API issues."""

from __future__ import annotations

from sandbox.edge.console.visit import Unavailable, Visit
from sandbox.model import LeadProvider
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import Worlds


def well_known(worlds: Worlds, world: ServedWorld) -> dict[str, str]:
    """The tokens of a world that stand in the README and that it still accepts, by the ids of their providers."""
    known = world.edition.tokens() if world.edition.tokens is not None else {}
    opening = [token for token in known.values() if worlds.id_behind(f"Bearer {token}") == world.id]
    found = {token: world.provider(token) for token in opening}
    return {provider.id: token for token, provider in found.items() if provider is not None}


async def token_of(visit: Visit, provider: LeadProvider) -> str:
    """A token of a lead provider's. One that had to be issued is kept for the next time. Raises Unavailable."""
    world = visit.world
    known = well_known(visit.worlds, world).get(provider.id)
    kept = visit.tokens.get((world.id, provider.id))
    if known is not None:
        return known
    if kept is not None and world.provider(kept) == provider:
        return kept
    issued = await visit.in_world("POST", "/tokens", body={"provider": provider.id})
    if not issued.is_done:
        raise Unavailable(422, f"No token for {provider.name}", *(fault.detail for fault in issued.faults))
    token = str(issued.json["token"])
    visit.tokens[world.id, provider.id] = token
    return token
