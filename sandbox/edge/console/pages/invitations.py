"""Invitations to worlds of one's own: listed, made, revoked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from sandbox.edge.console.asking import Fault
from sandbox.edge.console.forms import number_of
from sandbox.edge.console.visit import Visit, found

PATH = "/invitations"


async def show(visit: Visit) -> Response:
    """The list, and the form for another."""
    return await _page(visit)


async def change(visit: Visit) -> Response:
    """Invite somebody, or revoke an invitation."""
    if visit.sent("act") == "revoke":
        found(await visit.control("DELETE", f"{PATH}/{quote(visit.sent('id'), safe='')}"))
        return visit.go(
            PATH, "The invitation is revoked", text="The worlds made by it stay until nobody asks for them."
        )
    if not visit.sent("name"):
        return await _page(visit, [Fault("name", "Say whom it is for.")])
    body: dict[str, Any] = {"name": visit.sent("name")}
    if quota := visit.sent("quota"):
        body["quota"] = number_of(quota)
    answered = await visit.control("POST", PATH, body=body)
    if not answered.is_done:
        return await _page(visit, answered.faults)
    made = answered.json
    return visit.go(PATH, f"{made['name']} may make worlds now: {made['quota']} at once", token=made["token"])


async def _page(visit: Visit, faults: Sequence[Fault] = ()) -> Response:
    invitations = found(await visit.control("GET", PATH))["invitations"]
    sent = {name: visit.sent(name) for name in ("name", "quota")}
    return visit.show("invitations.html", 422 if faults else 200, faults, invitations=invitations, sent=sent)
