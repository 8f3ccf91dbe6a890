"""Worlds: listed, made, looked at, reset, written to a file, read from one, ended."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from sandbox.edge.console.asking import Fault
from sandbox.edge.console.pages.acts import acts_of
from sandbox.edge.console.provider_tokens import well_known
from sandbox.edge.console.visit import Visit, found
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import MAIN


async def show_all(visit: Visit) -> Response:
    """The list."""
    return visit.show("worlds.html", worlds=found(await visit.control("GET", "/worlds"))["worlds"])


async def show(visit: Visit) -> Response:
    """One world: what is in it, its tokens, and what can be done with it."""
    world = visit.world
    shown = found(await visit.control("GET", f"/worlds/{world.id}"))
    return visit.show(
        "world.html",
        shown=shown,
        scenario=scenarios().get(shown["scenario"]),
        tokens=well_known(visit.worlds, world),
        acts=[each for each in acts_of(world.edition) if each.id != "registration.register"],
        is_main=world.id == MAIN,
    )


async def show_form(visit: Visit) -> Response:
    """The form for a new world."""
    return _new(visit)


async def make(visit: Visit) -> Response:
    """Make a world; its page tells its tokens, once."""
    body: dict[str, Any] = {name: visit.sent(name) for name in ("id", "scenario", "behaviour") if visit.sent(name)}
    if visit.sent("rate_limit"):
        body["rate_limit"] = True
    answered = await visit.control("POST", "/worlds", body=body)
    if not answered.is_done:
        return _new(visit, answered.faults)
    return _begun(visit, answered.json)


async def show_import(visit: Visit) -> Response:
    """The form for a world from a file."""
    return visit.show("world_import.html", id="")


async def bring_in(visit: Visit) -> Response:
    """Make a world from a file."""
    file, id = visit.form.get("file"), visit.sent("id")
    content = await file.read() if isinstance(file, UploadFile) else b""
    if not content:
        nothing = Fault("file", "Choose a file that was exported from a world.")
        return visit.show("world_import.html", 422, [nothing], id=id)
    answered = await visit.control("POST", "/worlds/import", query={"id": id} if id else None, body=content)
    if not answered.is_done:
        return visit.show("world_import.html", 422, answered.faults, id=id)
    return _begun(visit, answered.json)


async def export(visit: Visit) -> Response:
    """The world as a file."""
    world = visit.world
    answered = await visit.control("GET", f"/worlds/{world.id}/export")
    found(answered)
    headers = {"content-disposition": f'attachment; filename="{world.id}.json"'}
    return Response(answered.content, media_type="application/json", headers=headers)


async def ask_reset(visit: Visit) -> Response:
    """Whether it is meant."""
    return visit.show("world_reset.html", scenario=visit.world.record.scenario)


async def reset(visit: Visit) -> Response:
    """Bring the world's seed data back."""
    found(await visit.control("POST", f"/worlds/{visit.world.id}/reset"))
    return visit.go(visit.at(), "The world is as it began")


async def ask_delete(visit: Visit) -> Response:
    """Whether it is meant."""
    return visit.show("world_delete.html")


async def delete(visit: Visit) -> Response:
    """End the world."""
    id = visit.world.id
    found(await visit.control("DELETE", f"/worlds/{id}"))
    return visit.go("/worlds", f"The world {id} is no more")


async def limit_rate(visit: Visit) -> Response:
    """Limit the rate, or do not."""
    on = visit.sent("rate_limit") == "on"
    found(await visit.control("PATCH", f"/worlds/{visit.world.id}", body={"rate_limit": on}))
    return visit.go(visit.at(), "The rate is limited now" if on else "The rate is not limited any more")


def _new(visit: Visit, faults: Any = ()) -> Response:
    begun = [(name, scenario) for name, scenario in scenarios().items()]
    return visit.show(
        "world_new.html",
        422 if faults else 200,
        faults,
        scenarios=begun,
        sent={name: visit.sent(name) for name in ("id", "scenario", "behaviour", "rate_limit")},
    )


def _begun(visit: Visit, made: Any) -> Response:
    tokens = [[provider["name"], provider["token"]] for provider in made["providers"] if provider.get("token")]
    return visit.go(f"/worlds/{made['id']}", f"The world {made['id']} is made", tokens=tokens)
