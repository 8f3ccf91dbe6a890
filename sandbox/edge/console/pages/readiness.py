"""What the requests of a world's lead providers show of their clients, where the control API says so."""

from __future__ import annotations

from functools import cache
from typing import Final

from starlette.responses import Response

from sandbox import documents
from sandbox.edge.console.visit import Visit, found, missing

PATH: Final = "/readiness"
PAGE: Final = "/readiness.html"


@cache
def is_there() -> bool:
    """True when the control API reports on it."""
    return PATH in documents.document(documents.CONTROL)["paths"]


async def show(visit: Visit) -> Response:
    """The report."""
    if not is_there():
        missing("There is no report on readiness here", "Look at the requests instead.")
    return visit.show("readiness.html", reports=found(await visit.in_world("GET", PATH))["reports"])


async def export(visit: Visit) -> Response:
    """The same as a file, to print or to hand on."""
    answered = await visit.in_world("GET", PAGE)
    found(answered)
    headers = {"content-disposition": f'attachment; filename="readiness-{visit.world.id}.html"'}
    return Response(answered.content, media_type="text/html", headers=headers)
