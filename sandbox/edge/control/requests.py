"""The requests that a world was asked last."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.worlds.remembered import Entry

Json = dict[str, Any]


async def list_requests(request: ControlRequest) -> Json:
    """`GET /requests`."""
    asked = await request.world.asked.all()
    wanted = (entry for entry in asked if _is_wanted(entry, request.query))
    return {"requests": [entry.show() for entry in islice(wanted, request.query["limit"])]}


async def get_request(request: ControlRequest) -> Json:
    """`GET /requests/{id}`."""
    id = request.ids["id"]
    entry = await request.world.asked.find(id)
    if entry is None:
        raise Declined(
            404, ("id", f"This world remembers no request {id}. GET /sandbox/requests lists those it remembers.")
        )
    return {"request": entry.show()}


def _is_wanted(entry: Entry, query: Mapping[str, Any]) -> bool:
    """True when the filters let a request through."""
    return (
        query.get("refused", entry.is_refused) == entry.is_refused
        and query.get("status", entry.status) == entry.status
        and ("provider" not in query or _is_named(entry, query["provider"]))
    )


def _is_named(entry: Entry, name: str) -> bool:
    """True for its provider's id, name, or the first word of that."""
    theirs = entry.provider_name.lower()
    return name.lower() in (entry.provider_id, theirs, theirs.partition(" ")[0])
