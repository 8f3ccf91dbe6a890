"""Worlds: made, listed, reset, written to a file, read from one, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

import orjson

from sandbox.edge.answer import Answer
from sandbox.edge.control import defects
from sandbox.edge.control.request import JSON, ControlRequest, Declined
from sandbox.edition import Edition
from sandbox.model import (
    Conduct,
    Declaration,
    DeliveryPartner,
    LeadProvider,
    Participant,
    Partnership,
    ProviderRelationship,
    Record,
    School,
    Teacher,
    World,
)
from sandbox.seeding.creation import exported
from sandbox.seeding.files import SeedProblem
from sandbox.seeding.scenarios import scenarios
from sandbox.store.protocol import Reader, StoreProblem
from sandbox.worlds.world import ServedWorld

Json = dict[str, Any]

SUCCESSOR: Final = "register"
"""The edition that worlds of ECF are carried over into."""

COUNTED: Final[dict[str, tuple[type[Record], ...]]] = {
    "schools": (School,),
    "partnerships": (Partnership,),
    "participants": (Participant, Teacher),
    "declarations": (Declaration,),
}


async def create_world(request: ControlRequest) -> Json:
    """`POST /worlds`."""
    body = request.body
    edition, scenario = _beginning(request, body.get("edition"), body.get("scenario"))
    behaviour = body.get("behaviour")
    if behaviour not in (None, *edition.rules):
        known = " and ".join(edition.rules)
        raise Declined(422, ("behaviour", f"{edition.name} has no behaviour {behaviour}. It has {known}."))
    id, tokens = await request.worlds.make(
        body.get("id"),
        scenario,
        behaviour,
        edition.name,
        frozen=body.get("frozen", False),
        owner=request.owner,
        rate_limit=body.get("rate_limit", False),
        defects=dict.fromkeys(defects.chosen(request, edition)),
    )
    return await _begun(request, id, tokens)


async def import_world(request: ControlRequest) -> Json:
    """`POST /worlds/import`."""
    try:
        content = orjson.dumps(request.body)
        id, tokens = await request.worlds.bring_in(request.query.get("id"), content, owner=request.owner)
    except StoreProblem as problem:
        raise Declined(422, ("body", str(problem))) from problem
    return await _begun(request, id, tokens)


async def migrate_world(request: ControlRequest) -> Json:
    """`POST /worlds/{id}/migrate`."""
    edition = _edition(request, request.body.get("edition", SUCCESSOR))
    try:
        new, tokens, migration = await request.worlds.migrate(
            request.world.id, request.body.get("id"), edition.name, owner=request.owner
        )
    except StoreProblem as problem:
        raise Declined(422, ("Impossible", str(problem))) from problem
    return {"world": await _begun(request, new, tokens), "migration": migration.told()}


async def list_worlds(request: ControlRequest) -> Json:
    """`GET /worlds`."""
    at = request.worlds.wall_clock()
    return {
        "worlds": [
            _line(id, world, world.time(at), conduct, owner)
            for id, world, conduct, owner in await request.worlds.glimpses(request.owner)
        ]
    }


def get_world(request: ControlRequest) -> Json:
    """`GET /worlds/{id}`."""
    return _presented(request.world, facts=True)


async def change_world(request: ControlRequest) -> Json:
    """`PATCH /worlds/{id}`."""
    world = request.world
    wrong = defects.chosen(request, world.edition)
    if "rate_limit" in request.body:
        await world.count_anew()
    async with request.turn():
        if "rate_limit" in request.body:
            world.limit_rate(request.body["rate_limit"])
        if "defects" in request.body:
            world.give_defects(wrong)
    return _presented(world)


async def reset_world(request: ControlRequest) -> Json:
    """`POST /worlds/{id}/reset`."""
    try:
        await request.worlds.reset(request.world.id)
    except SeedProblem as problem:  # a scenario that is not there any more
        raise Declined(422, ("scenario", str(problem))) from problem
    return _presented(request.world)


def export_world(request: ControlRequest) -> Answer:
    """`GET /worlds/{id}/export`, which a browser keeps as a file."""
    name = f'attachment; filename="{request.world.id}.json"'
    content = exported(request.world.store, request.world.now())
    return Answer(200, JSON, content, {b"content-disposition": name.encode()})


async def delete_world(request: ControlRequest) -> None:
    """`DELETE /worlds/{id}`."""
    await request.worlds.end(request.world.id)


async def _begun(request: ControlRequest, id: str, tokens: Mapping[str, str]) -> Json:
    """A new world, with the tokens that nobody is told again."""
    world = await request.worlds.reach(id)
    assert world is not None
    presented = _presented(world, facts=True)
    for provider in presented["providers"]:
        provider["token"] = tokens[provider["id"]]
    return presented


def _beginning(request: ControlRequest, name: str | None, scenario: str | None) -> tuple[Edition, str]:
    """Of which edition a new world is, and with which scenario it begins. Raises Declined."""
    if scenario is None:
        edition = _edition(request, name or request.worlds.main.edition.name)
        return edition, edition.scenario if name is None else edition.empty_scenario
    if scenario not in scenarios():
        raise Declined(422, ("scenario", f"There is no scenario {scenario}. There are: {', '.join(scenarios())}."))
    edition = _edition(request, name or scenarios()[scenario].edition)
    if not request.worlds.creation.plays(edition, scenario):
        theirs = ", ".join(each for each in scenarios() if request.worlds.creation.plays(edition, each))
        raise Declined(422, ("scenario", f"{edition.name} has no scenario {scenario}. It has: {theirs}."))
    return edition, scenario


def _edition(request: ControlRequest, name: str) -> Edition:
    editions = request.worlds.editions
    if name not in editions:
        raise Declined(422, ("edition", f"There is no edition {name}. There are: {', '.join(editions)}."))
    return editions[name]


def _presented(world: ServedWorld, *, facts: bool = False) -> Json:
    """A world as it is shown; with what is in it, if that is asked for."""
    line = _line(world.id, world.record, world.now(), world.conduct, world.owner)
    return line | _facts(world.reading()) if facts else line


def _line(id: str, record: World, now: datetime, conduct: Conduct, owner: str | None) -> Json:
    """A world as it is listed."""
    line = {
        "id": id,
        "scenario": record.scenario,
        "edition": record.edition,
        "behaviour": record.behaviour,
        "now": now,
        "frozen": record.frozen,
        "rate_limit": conduct.rate_limit,
        "defects": list(conduct.defects),
    }
    return line if owner is None else line | {"invitation": owner}


def _facts(reader: Reader) -> Json:
    """Who provides training in a world, with whom, and how much there is."""
    partners = {partner.id: partner.name for partner in reader.all(DeliveryPartner)}
    return {
        "providers": [
            {"id": provider.id, "name": provider.name, "delivery_partners": _relationships(reader, provider, partners)}
            for provider in reader.all(LeadProvider)
        ],
        "counts": {name: sum(map(reader.count, kinds)) for name, kinds in COUNTED.items()},
    }


def _relationships(reader: Reader, provider: LeadProvider, names: Mapping[str, str]) -> list[Json]:
    """The delivery partners that a provider works with, and in which cohorts."""
    cohorts: dict[str, list[str]] = {}
    for relationship in sorted(
        reader.find(ProviderRelationship, lead_provider_id=provider.id), key=attrgetter("cohort")
    ):
        cohorts.setdefault(relationship.delivery_partner_id, []).append(relationship.cohort)
    return [{"id": id, "name": names[id], "cohorts": years} for id, years in cohorts.items()]
