"""Worlds: made, listed, reset, written to a file, read from one, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import orjson

from sandbox.edge.control import defects, time
from sandbox.edge.control.asked import Asked, Declined
from sandbox.edge.door import Door
from sandbox.edge.worlds import MAIN
from sandbox.model import (
    Declaration,
    DeliveryPartner,
    LeadProvider,
    Participant,
    Partnership,
    ProviderRelationship,
    Record,
    School,
)
from sandbox.seeding.creation import exported
from sandbox.seeding.files import SeedProblem
from sandbox.seeding.scenarios import scenarios
from sandbox.store.protocol import Reader, StoreProblem

Json = dict[str, Any]

COUNTED: Final[dict[str, type[Record]]] = {
    "schools": School,
    "partnerships": Partnership,
    "participants": Participant,
    "declarations": Declaration,
}


def create_world(asked: Asked) -> Json:
    """`POST /worlds`."""
    body = asked.body
    scenario = body.get("scenario", MAIN)
    if scenario not in scenarios():
        raise Declined(422, ("scenario", f"There is no scenario {scenario}. There are: {', '.join(scenarios())}."))
    wrong = defects.chosen(asked)
    id, tokens = asked.worlds.make(body.get("id"), scenario, body.get("behaviour", "documented"))
    return _begun(asked, id, tokens, wrong, rate_limit=body.get("rate_limit", False))


def import_world(asked: Asked) -> Json:
    """`POST /worlds/import`."""
    try:
        id, tokens = asked.worlds.bring_in(asked.query.get("id"), orjson.dumps(asked.body))
    except StoreProblem as problem:
        raise Declined(422, ("body", str(problem))) from problem
    return _begun(asked, id, tokens)


def list_worlds(asked: Asked) -> Json:
    """`GET /worlds`."""
    return {"worlds": [_world(id, door) for id, door in asked.worlds]}


def get_world(asked: Asked) -> Json:
    """`GET /worlds/{id}`."""
    return _world(*_named(asked), facts=True)


def change_world(asked: Asked) -> Json:
    """`PATCH /worlds/{id}`."""
    id, door = _named(asked)
    wrong = defects.chosen(asked)
    if "rate_limit" in asked.body:
        door.limit_rate(asked.body["rate_limit"])
    if "defects" in asked.body:
        door.give_defects(wrong, asked.defects)
    return _world(id, door)


def reset_world(asked: Asked) -> Json:
    """`POST /worlds/{id}/reset`."""
    id, door = _named(asked)
    try:
        asked.worlds.reset(id)
    except SeedProblem as problem:  # a scenario that is not there any more
        raise Declined(422, ("scenario", str(problem))) from problem
    return _world(id, door)


def export_world(asked: Asked) -> bytes:
    """`GET /worlds/{id}/export`."""
    _, door = _named(asked)
    return exported(door.store, door.now())


def delete_world(asked: Asked) -> None:
    """`DELETE /worlds/{id}`."""
    id, _ = _named(asked)
    asked.worlds.remove(id)


def _named(asked: Asked) -> tuple[str, Door]:
    """The world in the path. Raises Declined."""
    id = asked.ids["id"]
    door = asked.worlds.get(id)
    if door is None:
        raise Declined(404, ("id", f"There is no world {id}. GET /sandbox/worlds lists those there are."))
    return id, door


def _begun(
    asked: Asked, id: str, tokens: Mapping[str, str], wrong: Sequence[str] = (), *, rate_limit: bool = False
) -> Json:
    """A new world, with the tokens that nobody is told again."""
    door = asked.worlds.get(id)
    assert door is not None
    door.limit_rate(rate_limit)
    door.give_defects(wrong, asked.defects)
    world = _world(id, door, facts=True)
    for provider in world["providers"]:
        provider["token"] = tokens[provider["id"]]
    return world


def _world(id: str, door: Door, *, facts: bool = False) -> Json:
    """A world as it is shown; with what is in it, if that is asked for."""
    world, reader = door.world, door.reading()
    shown = {
        "id": id,
        "scenario": world.scenario,
        "behaviour": world.behaviour,
        **time.shown(door),
        "rate_limit": door.rate_limit is not None,
        "defects": door.defects,
    }
    return shown | _facts(reader) if facts else shown


def _facts(reader: Reader) -> Json:
    """Who provides training in a world, with whom, and how much there is."""
    partners = {partner.id: partner.name for partner in reader.all(DeliveryPartner)}
    return {
        "providers": [
            {"id": provider.id, "name": provider.name, "delivery_partners": _relationships(reader, provider, partners)}
            for provider in reader.all(LeadProvider)
        ],
        "counts": {name: reader.count(kind) for name, kind in COUNTED.items()},
    }


def _relationships(reader: Reader, provider: LeadProvider, names: Mapping[str, str]) -> list[Json]:
    """The delivery partners that a provider works with, and in which cohorts."""
    cohorts: dict[str, list[str]] = {}
    for relationship in sorted(
        reader.find(ProviderRelationship, lead_provider_id=provider.id), key=attrgetter("cohort")
    ):
        cohorts.setdefault(relationship.delivery_partner_id, []).append(relationship.cohort)
    return [{"id": id, "name": names[id], "cohorts": years} for id, years in cohorts.items()]
