"""The first page: what this is, which worlds there are, and with which tokens to begin."""

from __future__ import annotations

from starlette.responses import Response

from sandbox.edge.console.provider_tokens import well_known
from sandbox.edge.console.visit import Visit, found
from sandbox.model import LeadProvider


async def show(visit: Visit) -> Response:
    """The page."""
    listed = found(await visit.control("GET", "/worlds"))["worlds"]
    tokens = []
    for id in (each["id"] for each in listed if each["id"] in visit.worlds.standing):
        world = await visit.worlds.reach(id)
        if world is None:
            continue
        names = {each.id: each.name for each in world.reading().all(LeadProvider)}
        known = {names[provider]: token for provider, token in well_known(visit.worlds, world).items()}
        tokens.append((id, world.edition, known))
    return visit.show("home.html", worlds=listed, tokens=tokens, base=str(visit.request.base_url).rstrip("/"))
