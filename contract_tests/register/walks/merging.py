"""The DfE finds on a walk that two people are one: when it may be, and what is noted of it."""

from __future__ import annotations

from datetime import date
from itertools import product

from contract_tests.register.asking import PARTICIPANTS
from contract_tests.register.model import dfe
from contract_tests.register.model.known import Known
from contract_tests.register.model.records import ROLES, Person, Role
from contract_tests.register.walks.world import World
from contract_tests.walking.walk import Impossible


def merge(world: World, who: str, into: str) -> None:
    """Have somebody be another. Raises Impossible."""
    known, retired, remaining = world.known, world.person(who), world.person(into)
    told = {each.role for each in known.trainings_of(retired) if each.provider}
    untold = {each.role for each in known.stays_of(retired)} - told
    if (
        retired is remaining
        or untold
        or any(_trained_at_once(known, role, retired, remaining) for role in ROLES)
        or _inducted_at_once(retired, remaining)
        or _declared_twice(known, retired, remaining)
    ):
        raise Impossible
    world.act("POST", f"/participants/{retired.id}/merge", into=remaining.id)
    dfe.merge(known, retired, remaining)
    _note_records(world, remaining)


def _trained_at_once(known: Known, role: Role, one: Person, other: Person) -> bool:
    """True for two who were in training on the same day in a role, or who were at the same school."""
    stays = product(known.stays_of(one, role), known.stays_of(other, role))
    trainings = product(known.trainings_of(one, role), known.trainings_of(other, role))
    return any(first.school is second.school for first, second in stays) or any(
        first.starts <= (second.ends or first.starts) and second.starts <= (first.ends or second.starts)
        for first, second in trainings
    )


def _inducted_at_once(one: Person, other: Person) -> bool:
    """True for two whose inductions have a day in common, as of one person they have none."""
    inductions = product(one.inductions, other.inductions)
    return any(
        first.starts <= (second.ends or date.max) and second.starts <= (first.ends or date.max)
        for first, second in inductions
    )


def _declared_twice(known: Known, one: Person, other: Person) -> bool:
    """True for two of whom the same counts, in the same role: of one person it would be declared twice."""
    first, second = (
        {(each.role, each.type) for each in known.declarations if each.person is person and each.live}
        for person in (one, other)
    )
    return not first.isdisjoint(second)


def _note_records(world: World, person: Person) -> None:
    """Both records of somebody were there from the start: which they are is told with the first training of each."""
    for provider, api in zip(world.known.providers, world.apis, strict=True):
        if world.known.sees(provider, person):
            for each in api.get(f"{PARTICIPANTS}/{person.id}").attributes["ecf_enrolments"]:
                funding = person.funding[each["participant_type"]]
                funding.record_id = funding.record_id or each["training_record_id"]
