"""The clock of a world: read, stopped, set, moved forward, and what fell due meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from starlette.responses import Response

from sandbox.edge.console import notices
from sandbox.edge.console.asking import Fault
from sandbox.edge.console.views.naming import name_of
from sandbox.edge.console.visit import Visit, found
from sandbox.store.protocol import Reader

UNITS: Final = ("days", "weeks", "hours")


async def show(visit: Visit) -> Response:
    """The page."""
    return await _page(visit)


async def change(visit: Visit) -> Response:
    """Move the clock as one of the forms says."""
    act = visit.sent("act")
    if act == "advance":
        amount = visit.sent("amount")
        unit = visit.sent("unit") if visit.sent("unit") in UNITS else UNITS[0]
        if not amount.isdecimal() or len(amount) > 6 or not int(amount):
            return await _page(visit, [Fault("amount", "Say how far, as a whole number such as 30.")])
        answered = await visit.in_world("POST", "/time/advance", body={unit: int(amount)})
        title = f"{amount} {unit} have passed"
    elif act == "to":
        if not visit.sent("to"):
            return await _page(visit, [Fault("to", "Say to which day to move.")])
        answered = await visit.in_world("POST", "/time/advance", body={"to": visit.sent("to")})
        title = "The day has come"
    elif act == "set":
        if not visit.sent("now"):
            return await _page(visit, [Fault("now", "Say which day it is to be.")])
        answered = await visit.in_world("PUT", "/time", body={"now": visit.sent("now")})
        title = "The clock is set"
    else:
        stop = act == "stop"
        answered = await visit.in_world("PUT", "/time", body={"frozen": stop})
        title = "The clock stands" if stop else "The clock runs"
    if not answered.is_done:
        return await _page(visit, answered.faults)
    settled = [
        (datetime.fromisoformat(each["at"]), each["event"], each["id"], len(each["declarations"]))
        for each in answered.json["settled"]
    ]
    return visit.go(visit.at("/clock"), title, settled=settled)


async def _page(visit: Visit, faults: Sequence[Fault] = ()) -> Response:
    time = found(await visit.in_world("GET", "/time"))
    notice = notices.left(visit.request, visit.path)
    return visit.show(
        "clock.html",
        422 if faults else 200,
        faults,
        time=time,
        settled=[_settled(visit.world.reading(), row) for row in notice.settled] if notice else [],
        units=UNITS,
        sent={name: visit.sent(name) for name in ("amount", "unit", "to", "now")},
    )


def _settled(reader: Reader, row: tuple[datetime, str, str, int]) -> dict[str, Any]:
    """One thing that fell due, with whom or what it is about."""
    at, event, id, count = row
    about, page = ("participants", "people") if event.startswith("participant_") else ("statements", "statements")
    return {"at": at, "event": event, "id": id, "count": count, "name": name_of(reader, about, id) or id, "page": page}
