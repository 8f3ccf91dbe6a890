"""Worlds: made, listed, reset, written to a file, read from one, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import orjson

from sandbox.edge.control import defects, time
from sandbox.edge.control.processes import kept_in_memory
from sandbox.edge.control.request import ControlRequest, Declined, no_world
from sandbox.edition import Edition
from sandbox.model import (
    Declaration,
    DeliveryPartner,
    LeadProvider,
    Participant,
    Partnership,
    ProviderRelationship,
    Record,
    School,
    Teacher,
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


@kept_in_memory("Worlds other than main are")
def create_world(request: ControlRequest) -> Json:
    """`POST /worlds`."""
    body = request.body
    edition, scenario = _beginning(request, body.get("edition"), body.get("scenario"))
    behaviour = body.get("behaviour")
    if behaviour not in (None, *edition.rules):
        known = " and ".join(edition.rules)
        raise Declined(422, ("behaviour", f"{edition.name} has no behaviour {behaviour}. It has {known}."))
    wrong = defects.chosen(request, edition)
    id, tokens = request.worlds.make(
        body.get("id"), scenario, behaviour, edition.name, frozen=body.get("frozen", False)
    )
    return _begun(request, id, tokens, wrong, rate_limit=body.get("rate_limit", False))


@kept_in_memory("Worlds other than main are")
def import_world(request: ControlRequest) -> Json:
    """`POST /worlds/import`."""
    try:
        id, tokens = request.worlds.bring_in(request.query.get("id"), orjson.dumps(request.body))
    except StoreProblem as problem:
        raise Declined(422, ("body", str(problem))) from problem
    return _begun(request, id, tokens)


@kept_in_memory("Worlds other than main are")
def migrate_world(request: ControlRequest) -> Json:
    """`POST /worlds/{id}/migrate`."""
    id, _ = _named(request)
    edition = _edition(request, request.body.get("edition", SUCCESSOR))
    try:
        new, tokens, migration = request.worlds.migrate(id, request.body.get("id"), edition.name)
    except StoreProblem as problem:
        raise Declined(422, ("Impossible", str(problem))) from problem
    return {"world": _begun(request, new, tokens), "migration": migration.told()}


def list_worlds(request: ControlRequest) -> Json:
    """`GET /worlds`."""
    return {"worlds": [_presented(id, world) for id, world in request.worlds]}


def get_world(request: ControlRequest) -> Json:
    """`GET /worlds/{id}`."""
    return _presented(*_named(request), facts=True)


@kept_in_memory("Whether a world limits the rate, and what it does wrongly, is")
def change_world(request: ControlRequest) -> Json:
    """`PATCH /worlds/{id}`."""
    id, world = _named(request)
    wrong = defects.chosen(request, world.edition)
    if "rate_limit" in request.body:
        world.limit_rate(request.body["rate_limit"])
    if "defects" in request.body:
        world.give_defects(wrong)
    return _presented(id, world)


def reset_world(request: ControlRequest) -> Json:
    """`POST /worlds/{id}/reset`."""
    id, world = _named(request)
    try:
        request.worlds.reset(id)
    except SeedProblem as problem:  # a scenario that is not there any more
        raise Declined(422, ("scenario", str(problem))) from problem
    return _presented(id, world)


def export_world(request: ControlRequest) -> bytes:
    """`GET /worlds/{id}/export`."""
    _, world = _named(request)
    return exported(world.store, world.now())


def delete_world(request: ControlRequest) -> None:
    """`DELETE /worlds/{id}`."""
    id, _ = _named(request)
    request.worlds.remove(id)


def _named(request: ControlRequest) -> tuple[str, ServedWorld]:
    """The world in the path. Raises Declined."""
    id = request.ids["id"]
    world = request.worlds.get(id)
    if world is None:
        raise no_world(request.worlds, id, "id")
    return id, world


def _begun(
    request: ControlRequest, id: str, tokens: Mapping[str, str], wrong: Sequence[str] = (), *, rate_limit: bool = False
) -> Json:
    """A new world, with the tokens that nobody is told again."""
    world = request.worlds.get(id)
    assert world is not None
    world.begin(rate_limit=rate_limit, defects=wrong)
    presented = _presented(id, world, facts=True)
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


def _presented(id: str, world: ServedWorld, *, facts: bool = False) -> Json:
    """A world as it is shown; with what is in it, if that is asked for."""
    record, reader = world.record, world.reading()
    presented = {
        "id": id,
        "scenario": record.scenario,
        "edition": record.edition,
        "behaviour": record.behaviour,
        **time.presented(world),
        "rate_limit": world.rate_limit is not None,
        "defects": [defect.name for defect in world.defects],
    }
    return presented | _facts(reader) if facts else presented


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
