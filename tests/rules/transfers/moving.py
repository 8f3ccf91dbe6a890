"""People who move from one school to another, and how their transfers are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from sandbox.actors import dfe, school
from sandbox.model import LeadProvider, Placement, School
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.reading.mergers import moment

TRANSFERS = "/participants/ecf/transfers"
ALL = {"page[per_page]": "3000"}
YESTERDAY, TODAY, TOMORROW = date(2024, 11, 14), date(2024, 11, 15), date(2024, 11, 16)
FAIRFIELD = "900407"  # trains its own people


def school_of(world: World, urn: str) -> School:
    (found,) = world.store.read().find(School, urn=urn)
    return found


def person_at(world: World, place: School, **registration: Any) -> str:
    """The id of somebody new at a school, validated."""
    details = {"full_name": "Ada Hart", "email": "ada.hart@example.com", "trn": "7000001"} | registration
    with world.writing() as unit:
        wanted = school.Registration(participant_type="ect", cohort="2024", **details)
        record = school.register(unit, moment(world), place, wanted)
        dfe.validate(unit, moment(world), record, "eligible_to_start")
    return record.participant_id


def leave(world: World, placement: Placement, on: date) -> None:
    """The school reports that they leave."""
    with world.writing() as unit:
        found = unit.get(Placement, placement.id)
        assert found is not None
        school.report_leaving(unit, moment(world), found, on)


def join(world: World, participant_id: str, to: School, on: date, **others: Any) -> Placement:
    """Another school reports that they join it."""
    with world.writing() as unit:
        current = Backstage(world).placement(participant_id)
        return school.transfer_in(unit, moment(world), current, to, on, **others)


def seen(api: Api, participant_id: str) -> list[dict[str, Any]]:
    """A person's transfers as the list shows them, and the look-up just so; nothing if neither knows them."""
    listed = [each for each in api.get(TRANSFERS, **ALL).data if each["id"] == participant_id]
    found = api.get(f"/participants/ecf/{participant_id}/transfers")
    if not listed:
        assert (found.status, found.rules) == (404, ["path.unknown"])
        return []
    assert listed == [found.data]
    return list(found.attributes["transfers"])


def the_one(api: Api, participant_id: str) -> dict[str, Any]:
    """Someone's only transfer."""
    (found,) = seen(api, participant_id)
    return found


def urns(api: Api, participant_id: str) -> list[tuple[str, str | None]]:
    """From which school to which each transfer leads."""
    return [
        (each["leaving"]["school_urn"], each["joining"] and each["joining"]["school_urn"])
        for each in seen(api, participant_id)
    ]


def name_of(world: World, provider: str) -> str:
    (found,) = [each.name for each in world.store.read().all(LeadProvider) if each.name.lower().startswith(provider)]
    return found
