"""Whom a run may act on where no sandbox makes people for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, cast

import pytest

from contract_tests.api import Api
from contract_tests.config import RunConfig
from contract_tests.errors import Unavailable
from contract_tests.lists import live
from contract_tests.target.backstage import Person
from contract_tests.target.clock import Clock
from contract_tests.target.deployment_backstage import DeploymentBackstage
from contract_tests.target.found import Found, training_in
from contract_tests.target.sandbox_backstage import SandboxBackstage

from .bent import BentWire
from .inside import URL, Inside

EXTENDED = "ecf-extended-september"

Act = Callable[[Api, Person], object]


class Listing:
    """An API that lists one person for each status."""

    def every(self, _path: str) -> list[Any]:
        """All of them."""
        statuses = ("joining", "active", "leaving", "left", "withdrawn")
        return [{"id": each, "attributes": {"ecf_enrolments": [{"participant_status": each}]}} for each in statuses]


def test_those_are_acted_on_first_who_are_at_a_school() -> None:
    first, *_ = [id for id, _ in Found(cast(Api, Listing())).enrolments]
    assert first == "active"


@pytest.fixture(scope="module")
def inside() -> Iterator[Inside]:
    inside = Inside()
    yield inside
    inside.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scene(inside: Inside, clock: Clock) -> SandboxBackstage:
    wire = BentWire(RunConfig(base_url=URL), heard=clock.heard)
    wire.line = inside
    return SandboxBackstage(wire, RunConfig(), "deployed")


@pytest.fixture
def found(scene: SandboxBackstage, clock: Clock) -> Found:
    return Found(scene.provider(), clock=clock)


ACTS: dict[str, tuple[list[str], Act]] = {
    "deferred": ([], lambda api, person: api.defer(person.id)),
    "withdrawn": (["started"], lambda api, person: api.withdraw(person.id)),
    "put on another schedule": ([], lambda api, person: api.change_schedule(person.id, EXTENDED)),
    "taken back": (["started"], lambda api, person: api.void(live(api, person.id)[0]["id"])),
}


def acted_on(found: Found, act: Act, **about: Any) -> Person:
    """Somebody on whom a scenario acts, which is over then."""
    scenario = DeploymentBackstage(found, "deployed", writes=True)
    person = scenario.person(**about)
    training = training_in(found.api.enrolment(person.id))
    act(found.api, person)
    assert not found.is_still(person, training, {*about.get("declared", ())})
    scenario.done()
    return person


def the_others(found: Found, **about: Any) -> set[str]:
    """All whom scenarios may have that ask for somebody like that."""
    others: set[str] = set()
    with suppress(Unavailable):
        while True:
            others.add(DeploymentBackstage(found, "deployed", writes=True).person(**about).id)
    return others


@pytest.mark.parametrize("what", ACTS)
def test_who_was_acted_on_is_put_back_and_had_only_where_a_past_does_not_matter(found: Found, what: str) -> None:
    declared, act = ACTS[what]
    person = acted_on(found, act, declared=declared)
    assert person.id not in the_others(found, declared=declared)
    assert DeploymentBackstage(found, "deployed", writes=True).anyone(declared=declared) == person
    with pytest.raises(Unavailable):
        DeploymentBackstage(found, "deployed", writes=True).anyone(declared=declared)


@pytest.mark.parametrize("status", ["deferred", "withdrawn"])
def test_who_was_not_in_training_is_not_again_once_they_were_called_back(found: Found, status: str) -> None:
    somebody = DeploymentBackstage(found, "deployed", writes=True).person(declared=["started"])
    ACTS[status][1](found.api, somebody)
    again = Found(found.api)
    person = acted_on(again, lambda api, person: api.resume(person.id), status=status, declared=["started"])
    assert person.id == somebody.id in again.put_back


def test_to_whom_nothing_was_done_is_had_by_the_next(found: Found) -> None:
    scenario, next_one = (DeploymentBackstage(found, "deployed", writes=True) for _ in range(2))
    person = scenario.person()
    found.api.declare(person.id, "started", person.milestone().middle).is_accepted()
    scenario.done()
    assert next_one.person() == person


def test_who_was_told_to_change_at_another_time_is_had_by_nobody_again(found: Found) -> None:
    acted_on(found, lambda api, person: api.at("2025-01-15T09:00:00Z").defer(person.id))
    the_others(found)
    with pytest.raises(Unavailable):
        DeploymentBackstage(found, "deployed", writes=True).anyone()


def test_who_cannot_be_put_back_is_had_by_nobody_again(found: Found, scene: SandboxBackstage) -> None:
    def validate(_: Api, person: Person) -> object:
        return scene.act("POST", f"/participants/{person.id}/validate", status="checking_qts")

    acted_on(found, validate)
    the_others(found)
    with pytest.raises(Unavailable):
        DeploymentBackstage(found, "deployed", writes=True).anyone()
