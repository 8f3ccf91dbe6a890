"""Defects: wrong behaviours to switch on, to see whether one's own tests notice."""

from __future__ import annotations

from starlette.responses import Response

from sandbox.edge.console.visit import Visit, found


async def show(visit: Visit) -> Response:
    """The page."""
    world = visit.world
    return visit.show(
        "defects.html", listed=list(world.edition.defects.values()), chosen=[defect.name for defect in world.defects]
    )


async def change(visit: Visit) -> Response:
    """Have the world do just these things wrongly."""
    chosen = [str(name) for name in visit.form.getlist("defects")]
    found(await visit.control("PATCH", f"/worlds/{visit.world.id}", body={"defects": chosen}))
    count = f"{len(chosen)} {'defect is' if len(chosen) == 1 else 'defects are'}"
    return visit.go(visit.at("/defects"), f"{count} on" if chosen else "Nothing is done wrongly any more")
