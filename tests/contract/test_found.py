"""Whom a run may act on where no sandbox makes people for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from contract_tests.api import Api
from contract_tests.config import RunConfig
from contract_tests.lists import live
from contract_tests.target.backstage import Person
from contract_tests.target.clock import Clock
from contract_tests.target.deployment_backstage import DeploymentBackstage
from contract_tests.target.found import Found, training_in
from contract_tests.target.sandbox_backstage import SandboxBackstage

from .bent import BentWire
from .inside import URL, Inside

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


ACTS: dict[str, Act] = {
    "deferred": lambda api, person: api.defer(person.id),
    "withdrawn": lambda api, person: api.withdraw(person.id),
    "put on another schedule": lambda api, person: api.change_schedule(person.id, "ecf-extended-september"),
    "declared of": lambda api, person: api.declare(person.id, "started", person.milestone().middle),
}


def had(found: Found, status: str, act: Act) -> tuple[Person, Person]:
    """Whom a scenario has that acts on them, and whom the next one has."""
    scenario, next_one = (DeploymentBackstage(found, "deployed", writes=True) for _ in range(2))
    person = scenario.person(status=status)
    training = training_in(found.api.enrolment(person.id))
    act(found.api, person)
    assert not found.is_still(person, training, set())
    scenario.done()
    assert found.is_still(person, training, set())
    return person, next_one.person(status=status)


@pytest.mark.parametrize("what", ACTS)
def test_who_was_in_training_is_again_and_may_be_had_by_the_next(found: Found, what: str) -> None:
    first, second = had(found, "active", ACTS[what])
    assert second == first


@pytest.mark.parametrize("status", ["deferred", "withdrawn"])
def test_who_was_not_in_training_and_was_called_back_is_not_again(found: Found, status: str) -> None:
    person = DeploymentBackstage(found, "deployed", writes=True).person()
    ACTS[status](found.api, person)
    first, second = had(Found(found.api, clock=found.clock), status, lambda api, person: api.resume(person.id))
    assert second == first == person


def test_what_was_declared_of_somebody_and_voided_is_declared_again(found: Found) -> None:
    scenario, next_one = (DeploymentBackstage(found, "deployed", writes=True) for _ in range(2))
    person = scenario.person(declared=["started"])
    training = training_in(found.api.enrolment(person.id))
    (made,) = live(found.api, person.id)
    found.api.void(made["id"]).is_accepted()
    scenario.done()
    assert found.is_still(person, training, {"started"})
    assert next_one.person(declared=["started"]) == person


def test_who_was_told_to_change_at_a_time_to_come_is_had_by_nobody_again(found: Found) -> None:
    scenario, next_one = (DeploymentBackstage(found, "deployed", writes=True) for _ in range(2))
    person = scenario.person()
    found.api.at("2025-01-15T09:00:00Z").defer(person.id).is_accepted()
    scenario.done()
    assert next_one.person() != person


def test_who_cannot_be_put_back_is_had_by_nobody_again(found: Found, scene: SandboxBackstage) -> None:
    scenario, next_one = (DeploymentBackstage(found, "deployed", writes=True) for _ in range(2))
    person = scenario.person()
    scene.act("POST", f"/participants/{person.id}/validate", status="checking_qts")
    scenario.done()
    assert next_one.person() != person
