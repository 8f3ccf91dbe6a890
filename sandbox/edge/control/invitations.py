"""Invitations to worlds of one's own: made, listed, revoked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.worlds.invitations import MOST, Invitation, issued

Json = dict[str, Any]
QUOTA: Final = 10  # unless another is given


async def invite(request: ControlRequest) -> Json:
    """`POST /invitations`."""
    invitations = request.worlds.invitations
    if len(await invitations.all()) >= MOST:
        raise Declined(422, ("Impossible", f"There are {MOST} invitations: revoke those that nobody needs any more."))
    made_at = request.worlds.wall_clock().replace(microsecond=0)
    invitation, token = issued(request.body["name"], request.body.get("quota", QUOTA), made_at)
    await invitations.add(invitation)
    return _presented(invitation, []) | {"token": token}


async def list_invitations(request: ControlRequest) -> Json:
    """`GET /invitations`."""
    worlds: dict[str | None, list[str]] = {}
    for glimpse in await request.worlds.glimpses():
        worlds.setdefault(glimpse.owner, []).append(glimpse.id)
    invitations = await request.worlds.invitations.all()
    return {"invitations": [_presented(each, worlds.get(each.id, [])) for each in invitations]}


async def revoke_invitation(request: ControlRequest) -> None:
    """`DELETE /invitations/{id}`."""
    id = request.ids["id"]
    if not await request.worlds.invitations.revoke(id):
        raise Declined(404, ("id", f"There is no invitation {id}. GET /sandbox/invitations lists those there are."))


def _presented(invitation: Invitation, worlds: Sequence[str]) -> Json:
    return {
        "id": invitation.id,
        "name": invitation.name,
        "quota": invitation.quota,
        "made_at": invitation.made_at,
        "worlds": worlds,
    }
