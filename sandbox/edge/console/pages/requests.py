"""The requests a world remembers: what was sent, which rules refused it, and what would have been accepted."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from sandbox.edge.console.choices import lists_of
from sandbox.edge.console.visit import Visit, found

FILTERS: Final = ("refused", "status", "provider")
AT_ONCE: Final = 50


async def show_all(visit: Visit) -> Response:
    """The list, newest first."""
    asked = {name: visit.query[name] for name in FILTERS if name in visit.query}
    listed = found(await visit.in_world("GET", "/requests", query=asked | {"limit": str(AT_ONCE)}))["requests"]
    providers = lists_of(await visit.reading()).get("provider", [])
    return visit.show("requests.html", requests=listed, most=AT_ONCE, providers=providers)


async def show(visit: Visit) -> Response:
    """One request, with everything there is to say of it."""
    request = found(await visit.in_world("GET", f"/requests/{quote(visit.ids['id'], safe='')}"))["request"]
    return visit.show("request.html", asked=request)
