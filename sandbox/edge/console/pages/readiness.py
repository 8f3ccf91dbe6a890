"""What the requests of a world's lead providers show of their clients."""

from __future__ import annotations

from starlette.responses import Response

from sandbox.edge.console.visit import Visit, found


async def show(visit: Visit) -> Response:
    """The report."""
    return visit.show("readiness.html", reports=found(await visit.in_world("GET", "/readiness"))["reports"])


async def export(visit: Visit) -> Response:
    """The same as a file, to print or to hand on."""
    answered = await visit.in_world("GET", "/readiness.html")
    found(answered)
    headers = {"content-disposition": f'attachment; filename="readiness-{visit.world.id}.html"'}
    return Response(answered.content, media_type="text/html", headers=headers)
