"""Faults: what is to go wrong on the way to a world, asked for and ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from starlette.responses import Response

from sandbox.edge.console.asking import Fault
from sandbox.edge.console.visit import Visit, found
from sandbox.edge.console.words import in_words
from sandbox.edge.spec_app import operation_ids

KINDS: Final = ("latency", "429", "500", "503", "drop", "truncate")
NUMBERS: Final = ("milliseconds", "requests")


async def show(visit: Visit) -> Response:
    """The page."""
    return await _page(visit)


async def change(visit: Visit) -> Response:
    """Have something go wrong, or end it."""
    match visit.sent("act"):
        case "end":
            found(await visit.in_world("DELETE", f"/faults/{quote(visit.sent('id'), safe='')}"))
            return visit.go(visit.at("/faults"), "This fault is over")
        case "end_all":
            found(await visit.in_world("DELETE", "/faults"))
            return visit.go(visit.at("/faults"), "Nothing goes wrong any more")
    body: dict[str, Any] = {name: visit.sent(name) for name in ("kind", "operation") if visit.sent(name)}
    for name in NUMBERS:
        if text := visit.sent(name):
            body[name] = int(text) if text.isdecimal() and len(text) < 10 else text
    if body.get("kind") != "latency":
        body.pop("milliseconds", None)
    if visit.sent("after"):
        body["after"] = True
    answered = await visit.in_world("POST", "/faults", body=body)
    if not answered.is_done:
        return await _page(visit, answered.faults)
    return visit.go(visit.at("/faults"), "The next requests will meet this fault")


async def _page(visit: Visit, faults: Sequence[Fault] = ()) -> Response:
    listed = found(await visit.in_world("GET", "/faults"))["faults"]
    documents = visit.world.edition.documents()
    names = [
        f"{version}.{id}" for version in sorted(documents, reverse=True) for id in operation_ids(documents[version])
    ]
    return visit.show(
        "faults.html",
        422 if faults else 200,
        faults,
        listed=listed,
        kinds=[(kind, in_words(kind)) for kind in KINDS],
        operations=[(name, name) for name in names],
        sent={name: visit.sent(name) for name in ("kind", "operation", "after", *NUMBERS)},
    )
