"""People: found, filtered, and one of them with everything there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
from starlette.responses import Response

from sandbox.edge.console.choices import lists_of
from sandbox.edge.console.pages.acts import acts_of
from sandbox.edge.console.pages.provider_acts import acts_of_providers, milestones_of
from sandbox.edge.console.views import ecf_people, register_people
from sandbox.edge.console.views.bars import Line
from sandbox.edge.console.views.person import Listed, Person, declarations_about
from sandbox.edge.console.visit import Visit, missing
from sandbox.edge.provider.query import EVERYTHING
from sandbox.edge.provider.request import ReadRequest
from sandbox.model import LeadProvider
from sandbox.rules.rule import Refused
from sandbox.worlds.world import ServedWorld

AT_ONCE: Final = 25
STATES: Final = (
    "active",
    "deferred",
    "withdrawn",
    "joining",
    "leaving",
    "left",
    "withdrawn_by_school",
    "not_validated",
    "not_in_training",
)


async def show_all(visit: Visit) -> Response:
    """Everybody who is looked for, a page at a time."""
    reader, world = await visit.reading(), visit.world
    moment = world.moment({})
    view = register_people if world.edition.own else ecf_people
    found = [row for row in view.rows(reader, moment.now, moment.today) if _is_wanted(row, visit.query)]
    number = _page(visit.query.get("page", "1"), len(found))
    lists = lists_of(reader)
    filters = {name: value for name, value in visit.query.items() if name != "page"}
    return visit.show(
        "people.html",
        people=found[(number - 1) * AT_ONCE : number * AT_ONCE],
        count=len(found),
        number=number,
        pages=-(-len(found) // AT_ONCE) or 1,
        filters=filters,
        states=STATES,
        providers=lists.get("provider", []),
        cohorts=lists.get("cohort", []),
        acts=acts_of(world.edition),
    )


async def show(visit: Visit) -> Response:
    """One person: what they are, where they have been, what was declared, and what each provider sees."""
    reader, world = await visit.reading(), visit.world
    moment = world.moment({})
    view = register_people if world.edition.own else ecf_people
    person = view.whole(reader, visit.ids["id"], moment.now, moment.today)
    if person is None:
        missing("There is nobody of this id", "Look for them by name in the list of people.")
    declarations = declarations_about(reader, person.id)
    days = [day for each in [*person.stays, *person.periods] for day in (each.starts_on, each.ends_on)]
    line = Line.of([*days, *(each.declaration.declaration_date.date() for each in declarations)], moment.today)
    return visit.show(
        "person.html",
        person=person,
        declarations=declarations,
        line=line,
        today=moment.today,
        seen=_seen(world, person),
        acts=acts_of(world.edition, "participants"),
        provider_acts=acts_of_providers(world.edition, "participants"),
        milestones=milestones_of(reader, world, person, moment.today),
    )


def _seen(world: ServedWorld, person: Person) -> Mapping[str, Any]:
    """What the newest version shows each lead provider of someone; None where it says that there is nobody."""
    version = world.edition.versions[-1]
    handler = world.edition.handlers[version].get("get_participant")
    shown: dict[str, Any] = {}
    if handler is None:
        return shown
    for provider in world.reading().all(LeadProvider):
        call = world.call(provider, {})
        presentation = world.presentation
        request: Any = ReadRequest(call, world.reading(), presentation, person.id, EVERYTHING, world.indexes)
        try:
            shown[provider.name] = orjson.loads(presentation.encoded(handler(request)))
        except Refused:
            shown[provider.name] = None
    return shown


def _is_wanted(row: Listed, query: Mapping[str, str]) -> bool:
    """True when someone is among those looked for."""
    text = query.get("search", "").lower().strip()
    return (
        (not text or any(text in (value or "").lower() for value in (row.name, row.trn, row.id, row.school)))
        and query.get("role", row.role) == row.role
        and query.get("state", row.state) == row.state
        and query.get("provider", row.provider_id) == row.provider_id
        and query.get("cohort", row.cohort) == row.cohort
    )


def _page(text: str, count: int) -> int:
    """Which page is asked for, of those there are."""
    number = int(text) if text.isdecimal() and len(text) < 7 else 1
    return max(1, min(number, -(-count // AT_ONCE) or 1))
