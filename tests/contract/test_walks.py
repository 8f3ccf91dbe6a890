"""Walks find what is not as it has happened, name the rule for it and tell of few acts; a seed is always one walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import pytest

from contract_tests.config import BEHAVIOURS, Behaviour, RunConfig
from contract_tests.documents import rules
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.model.judgement import Ambiguous, subject
from contract_tests.model.records import (
    NEVER,
    Partner,
    Partnership,
    Person,
    Placement,
    Provider,
    Schedule,
    School,
    Training,
)
from contract_tests.model.register import Register
from contract_tests.target.sandbox_backstage import SandboxBackstage
from contract_tests.walking.walk import Step as AnyStep
from contract_tests.walks import naming, provider_acts
from contract_tests.walks.steps import Step
from contract_tests.walks.through_pasts import TOGETHER, ThroughPasts
from contract_tests.walks.walk import Walk
from contract_tests.walks.world import World

from .bent import BentWire, listed, rewritten, straight
from .inside import URL, Inside


class Proof(NamedTuple):
    """How answers are bent, and in whose name a walk finds it."""

    bend: Callable[[Exchange], Exchange]
    check: str


def showing(name: str, value: Any, *parts: str) -> Callable[[Exchange], Exchange]:
    """Every record of a list has this attribute."""

    def change(records: list[Any]) -> list[Any]:
        return [each | {"attributes": each["attributes"] | {name: value}} for each in records]

    return listed(change, *parts)


@dataclass
class Complete(ThroughPasts):
    """Notes which acts make no sense where they are told."""

    impossible: list[str] = field(default_factory=list)

    def take(self, step: AnyStep[World], world: World) -> bool:
        taken = super().take(step, world)
        self.impossible += [] if taken else [str(step)]
        return taken


PROOFS: Final = {
    "another time of change": Proof(
        showing("updated_at", "2024-11-15T09:00:00Z", "/participants/ecf?"), "read.updated-since"
    ),
    "nobody listed": Proof(listed(lambda _: [], "/participants/ecf?"), "vis.participant"),
    "no declarations": Proof(listed(lambda _: [], "/participant-declarations"), "vis.declaration"),
    "the newest first": Proof(listed(lambda found: found[::-1], "/partnerships/ecf"), "read.sort"),
    "never paid": Proof(showing("paid", False, "/statements"), "pay.paid"),
}
ASKED_AT_THE_END: Final = {
    "/participants/ecf?&filter[cohort]&filter[updated_since]": "read.updated-since",
    "/participants/ecf?&filter[training_status]&filter[cohort]": "read.training-status",
    "/delivery-partners?&filter[cohort]&sort=": "read.cohort-filter",
    "/partnerships/ecf?&page[page]=2": "read.page",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Inside]:
    session = Inside()
    yield session
    session.close()


@pytest.fixture
def worlds(sandbox: Inside) -> Callable[..., Callable[[], World]]:
    """Makes worlds of a sandbox whose answers may be bent, once they are made."""

    def bent(
        bend: Callable[[Exchange], Exchange] = straight, behaviour: Behaviour = "documented"
    ) -> Callable[[], World]:
        wire = BentWire(RunConfig(base_url=URL))
        wire.line = sandbox

        def begin() -> World:
            wire.bends = straight
            world = World.made(SandboxBackstage(wire, RunConfig(), behaviour), "v3")
            wire.bends = bend
            return world

        return begin

    return bent


@pytest.fixture
def walk(worlds: Callable[..., Callable[[], World]]) -> Callable[..., Walk]:
    """A walk through such worlds."""

    def through(
        seed: int = 1, length: int = 24, bend: Callable[[Exchange], Exchange] = straight, patience: float = 0
    ) -> Walk:
        return Walk(worlds(bend), seed, length, patience)

    return through


@pytest.mark.parametrize("wrong", PROOFS)
def test_what_is_not_as_it_has_happened_is_found_in_the_name_of_its_rule(walk: Callable[..., Walk], wrong: str) -> None:
    with pytest.raises(ContractBroken) as found:
        walk(bend=PROOFS[wrong].bend).go()
    assert (found.value.check, found.value.exchange is None) == (PROOFS[wrong].check, False)


@pytest.mark.parametrize("asked", ASKED_AT_THE_END)
def test_in_the_end_a_list_is_asked_for_in_every_way(walk: Callable[..., Walk], asked: str) -> None:
    nothing = listed(lambda _: [], *asked.split("&"))
    with pytest.raises(ContractBroken) as found:
        walk(length=4, bend=nothing).go()
    assert found.value.check == ASKED_AT_THE_END[asked]


def test_so_is_a_record_by_itself(walk: Callable[..., Walk]) -> None:
    def left_out(exchange: Exchange) -> Exchange:
        if exchange.status != 200 or "/participants/ecf/" not in exchange.url or "training_status" not in exchange.url:
            return exchange
        return replace(exchange, status=404, content=b'{"error":"Resource not found"}')

    with pytest.raises(ContractBroken) as found:
        walk(seed=5, length=4, bend=left_out).go()
    assert found.value.check == "read.training-status"


def test_a_refusal_over_something_else_is_found_in_the_name_of_the_rule_that_refuses(walk: Callable[..., Walk]) -> None:
    otherwise = rewritten(lambda _: {"errors": [{"title": "base", "detail": "That is not to be done."}]}, status=422)
    with pytest.raises(ContractBroken) as found:
        walk(bend=otherwise).go()
    assert rules()[found.value.check]["x-status"] == 422


def test_it_is_told_by_no_more_acts_than_show_it(walk: Callable[..., Walk]) -> None:
    wrong = walk(bend=showing("full_name", "Zoë", "/participants/ecf?"), patience=60)
    with pytest.raises(ContractBroken) as found:
        wrong.go()
    assert len(wrong.taken) > 10
    assert [found.value.received.count(f" {act} (") for act in ("confirm", "register")] == [1, 1]


def test_the_same_seed_is_the_same_walk_and_another_one_another(walk: Callable[..., Walk]) -> None:
    acts = []
    for seed in (3, 3, 4):
        walked = walk(seed, 3)
        walked.go()
        acts.append([str(step) for step in walked.taken])
    assert acts[0] == acts[1] != acts[2]


def test_providers_act_as_of_other_times_than_it_is(walk: Callable[..., Walk]) -> None:
    walked = walk(seed=2, length=40)
    walked.go()
    then = [step for step in walked.taken if isinstance(step, Step) and step.as_of]
    assert {step.act for step in then} <= {*provider_acts.ACTS}
    assert any(step.as_of and step.as_of < step.at for step in then)


def test_which_of_two_trainings_is_meant_that_changed_at_once_is_left_open() -> None:
    at, provider, partner = datetime(2024, 11, 15, 9, tzinfo=UTC), Provider("p", "P"), Partner("d", "D", NEVER, NEVER)
    school = School("s", "900001", "S", None, None, pupil_premium=False, sparsity=False, created=at, updated=at)
    through = Partnership("c", school, "2024", provider, partner, relationship=False, created=at, updated=at)
    register, whom = Register("deployed", at), Person("one", "One", "one@first.example", None, at, at)
    register.people.append(whom)
    schedule = Schedule("ecf-standard-september", "2024")
    for id in ("first", "second"):
        training = Training(id, whom, "one", "ect", schedule, False, False, at, at)
        about = (training, school, through, "2024", schedule, at.date(), whom.email)
        training.placements.append(Placement(*about, created=at, updated=at))
        register.trainings.append(training)
    with pytest.raises(Ambiguous):
        subject(register, provider, "one", "ecf-induction")
    training.placements[0].created += timedelta(seconds=1)
    assert subject(register, provider, "one", "ecf-induction").training is training


@pytest.mark.parametrize("versions", ["v1 v2 v3", "v1 v2", "v3"])
def test_every_rule_that_a_walk_shows_at_work_is_one_of_its_versions(versions: str) -> None:
    walked = {"v1 v2 v3": naming.EVERYWHERE, "v1 v2": naming.V1_AND_V2, "v3": naming.V3}[versions]
    assert [id for id in walked if not {*versions.split()} <= {*rules()[id]["x-versions"]}] == []


@pytest.mark.parametrize("part", range(len(TOGETHER)))
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_every_act_of_a_past_takes_place(
    worlds: Callable[..., Callable[[], World]], part: int, behaviour: Behaviour
) -> None:
    through = Complete(worlds(behaviour=behaviour), 0, 0, part=part)
    through.go()
    assert through.impossible == []


def test_what_a_past_does_not_come_to_is_found_in_the_name_of_its_rule(
    worlds: Callable[..., Callable[[], World]],
) -> None:
    at_once = showing("state", "eligible", "/participant-declarations?")
    with pytest.raises(ContractBroken) as found:
        ThroughPasts(worlds(at_once), 0, 0, 0).go()
    assert found.value.check == "decl.eligible"
