"""Schools: who trains there in which cohort, and what they can decide."""

from __future__ import annotations

from itertools import islice
from typing import Final

from starlette.responses import Response

from sandbox.edge.console.pages.acts import acts_of
from sandbox.edge.console.views.schools import schools
from sandbox.edge.console.visit import Visit

MOST: Final = 30


async def show(visit: Visit) -> Response:
    """The first of those that are looked for."""
    reader, edition = await visit.reading(), visit.world.edition
    wanted = visit.query.get("search", "").strip()
    found = list(islice(schools(reader, wanted.lower()), MOST + 1))
    return visit.show(
        "schools.html",
        schools=found[:MOST],
        more=len(found) > MOST,
        search=wanted,
        acts=acts_of(edition, "schools"),
        partnership_acts=acts_of(edition, "partnerships"),
    )
