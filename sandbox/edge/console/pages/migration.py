"""From ECF to Register: what a client would meet there, and the world carried over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.responses import Response

from sandbox.edge.console.asking import Fault
from sandbox.edge.console.visit import Visit, found, missing
from sandbox.edge.console.words import in_words

MOST: Final = 2000
"""Characters that are said of what came over: a browser brings them along."""


async def show(visit: Visit) -> Response:
    """What would be answered otherwise, and the form to carry the world over."""
    return await _page(visit)


async def carry_over(visit: Visit) -> Response:
    """Make the world of Register; its page tells its tokens, and what came over."""
    _of_ecf(visit)
    id = visit.sent("id")
    answered = await visit.control("POST", f"/worlds/{visit.world.id}/migrate", body={"id": id} if id else {})
    if not answered.is_done:
        return await _page(visit, answered.faults)
    made, account = answered.json["world"], answered.json["migration"]
    tokens = [[provider["name"], provider["token"]] for provider in made["providers"] if provider.get("token")]
    return visit.go(
        f"/worlds/{made['id']}", f"The world is carried over, as {made['id']}", text=_told(account), tokens=tokens
    )


async def _page(visit: Visit, faults: Sequence[Fault] = ()) -> Response:
    _of_ecf(visit)
    reports = found(await visit.in_world("GET", "/migration"))["reports"]
    return visit.show("migration.html", 422 if faults else 200, faults, reports=reports, id=visit.sent("id"))


def _of_ecf(visit: Visit) -> None:
    """Raises Unavailable in a world of Register."""
    if visit.world.edition.own is not None:
        missing("This world is of Register already", "Open a world of ECF, and look at its migration.")


def _told(account: Any) -> str:
    """What came over, what was left out and what is otherwise now, in sentences."""
    carried = ", ".join(f"{count} {in_words(kind).lower()}" for kind, count in account["carried"].items() if count)
    parts = [f"There are {carried}."]
    for heading, remarks in (("Left out", account["left_out"]), ("Otherwise now", account["altered"])):
        parts += [
            f"{heading}: {each['count']} {in_words(each['what']).lower()} ({each['reason']})." for each in remarks
        ]
    text = " ".join(parts)
    return text if len(text) <= MOST else f"{text[:MOST]}… ecf-sandbox migrate tells it whole."
