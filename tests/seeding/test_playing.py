"""The seeds as a whole: they can be played, and come out the same every time."""

from __future__ import annotations

import shutil
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import get_args

import pytest

from sandbox.actions.call import Moment
from sandbox.actors.settling import settle
from sandbox.editions import ecf
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import (
    ApiToken,
    Behaviour,
    Declaration,
    DeclarationState,
    LeadProvider,
    Participant,
    Partnership,
    Placement,
    School,
    Statement,
    TrainingRecord,
    World,
)
from sandbox.rules.visibility import is_seen
from sandbox.seeding.files import SEEDS
from sandbox.seeding.scenarios import play, scenarios
from sandbox.store.protocol import Reader

from .played import BEGAN_AT, BEHAVIOURS, SCENARIOS, everything, played

COMBINATIONS = [(scenario, behaviour) for scenario in SCENARIOS for behaviour in BEHAVIOURS]


@pytest.mark.parametrize(("scenario", "behaviour"), COMBINATIONS)
def test_a_world_remembers_what_it_was_made_of(scenario: str, behaviour: Behaviour) -> None:
    (world,) = played(scenario, behaviour).read().all(World)
    assert (world.id, world.scenario, world.behaviour, world.began_at) == ("world", scenario, behaviour, BEGAN_AT)
    assert world.starts_at == scenarios()[scenario].starts_at


@pytest.mark.parametrize(("scenario", "behaviour"), COMBINATIONS)
def test_nothing_has_happened_after_the_clock_starts(scenario: str, behaviour: Behaviour) -> None:
    starts_at = scenarios()[scenario].starts_at
    reader = played(scenario, behaviour).read()
    for kind in (Participant, TrainingRecord, Placement, Declaration, Partnership, Statement, School):
        for record in reader.all(kind):
            assert getattr(record, "created_at", starts_at) <= starts_at
            assert getattr(record, "updated_at", starts_at) <= starts_at


@pytest.mark.parametrize(("scenario", "behaviour"), COMBINATIONS)
def test_nothing_is_left_to_settle(scenario: str, behaviour: Behaviour) -> None:
    store = played(scenario, behaviour)
    before = store.revision
    moment = Moment(now=scenarios()[scenario].starts_at, rules=BOOKS[behaviour], new_id=lambda: "unused")
    with store.write() as unit:
        settle(unit, moment)
    assert store.revision == before


@pytest.mark.parametrize(("scenario", "behaviour"), COMBINATIONS)
def test_every_record_a_record_names_is_there(scenario: str, behaviour: Behaviour) -> None:
    reader = played(scenario, behaviour).read()
    for placement in reader.all(Placement):
        record = reader.get(TrainingRecord, placement.training_record_id)
        assert record is not None
        assert record.participant_id == placement.participant_id
        assert reader.get(Participant, placement.participant_id)
        assert reader.get(School, placement.school_id)
        assert placement.mentor_id is None or reader.get(Participant, placement.mentor_id)
    for declaration in reader.all(Declaration):
        assert reader.get(Participant, declaration.participant_id)
        assert reader.get(TrainingRecord, declaration.training_record_id)
        assert declaration.mentor_id is None or reader.get(Participant, declaration.mentor_id)
        for statement_id in (declaration.statement_id, declaration.clawback_statement_id):
            statement = reader.get(Statement, statement_id) if statement_id else None
            assert statement is None or (statement.lead_provider_id, statement.cohort, statement.output) == (
                declaration.lead_provider_id,
                declaration.cohort,
                True,
            )


def test_playing_twice_gives_the_same_records() -> None:
    assert everything(play("main", ecf.EDITION, "documented", began_at=BEGAN_AT)) == everything(played())


def test_ids_are_the_same_in_every_scenario_and_behaviour() -> None:
    ids = {record.id for record in everything(played())}
    assert {record.id for record in everything(played(behaviour="deployed"))} == ids
    retired_since = {"439ac4fe-a003-417f-9694-07c45b3482f8"}
    assert {record.id for record in everything(played("first-cohort"))} <= ids | retired_since


def test_the_earlier_scenario_is_the_later_one_with_less_of_it() -> None:
    main, early = played().read(), played("first-cohort").read()
    for participant in early.all(Participant):
        later = main.get(Participant, participant.id)
        assert later is not None
        assert (later.full_name, later.created_at) == (participant.full_name, participant.created_at)
    assert early.count(Participant) < main.count(Participant)


def test_lives_go_on_after_the_last_scenario(tmp_path: Path) -> None:
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    (seeds / "scenarios.yaml").write_text("later: {starts_at: 2028-06-01T00:00:00Z, about: Everything is over.}\n")
    for behaviour in BEHAVIOURS:
        reader = play("later", ecf.EDITION, behaviour, began_at=BEGAN_AT, folder=seeds).read()
        assert reader.count(Declaration) > played().read().count(Declaration)


def test_the_example_that_the_readme_gives_can_be_played(tmp_path: Path) -> None:
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    example = (seeds / "README.md").read_text().split("```yaml\n")[1].split("```")[0]
    (seeds / "people" / "example.yaml").write_text(example)
    with_her = play("main", ecf.EDITION, "documented", began_at=BEGAN_AT, folder=seeds).read()
    assert with_her.count(Participant) == played().read().count(Participant) + 1


def test_there_are_about_three_hundred_people_and_sixty_schools() -> None:
    reader = played().read()
    assert 290 <= reader.count(Participant) <= 320
    assert reader.count(School) == 60
    assert reader.count(LeadProvider) == 3


def seen(reader: Reader, provider: LeadProvider) -> set[str]:
    return {
        placement.participant_id
        for placement in reader.find(Placement, lead_provider_id=provider.id)
        if is_seen(provider.id, placement, reader.get(Partnership, placement.partnership_id or ""))
    }


def test_every_provider_has_people_in_every_cohort() -> None:
    reader = played().read()
    for provider in reader.all(LeadProvider):
        assert len(seen(reader, provider)) >= 80
        cohorts = Counter(placement.cohort for placement in reader.find(Placement, lead_provider_id=provider.id))
        assert all(cohorts[cohort] >= 20 for cohort in ("2021", "2022", "2023", "2024"))


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_declarations_are_in_every_state(behaviour: Behaviour) -> None:
    reader = played(behaviour=behaviour).read()
    states = {declaration.state for declaration in reader.all(Declaration)}
    assert states == set(get_args(DeclarationState))
    (northgate,) = [provider for provider in reader.all(LeadProvider) if provider.name.startswith("Northgate")]
    assert {d.state for d in reader.find(Declaration, lead_provider_id=northgate.id)} == states


def test_every_provider_has_declarations_that_are_payable_and_that_await_clawback() -> None:
    reader = played().read()
    for provider in reader.all(LeadProvider):
        states = {declaration.state for declaration in reader.find(Declaration, lead_provider_id=provider.id)}
        assert states >= {"submitted", "eligible", "payable", "paid", "voided", "awaiting_clawback", "clawed_back"}


def test_the_first_cohort_has_been_declared_and_not_paid() -> None:
    for behaviour in BEHAVIOURS:
        reader = played("first-cohort", behaviour).read()
        assert {declaration.state for declaration in reader.all(Declaration)} == {"eligible"}
        assert {statement.state for statement in reader.all(Statement)} == {"open"}


def test_statements_are_in_every_state() -> None:
    assert {statement.state for statement in played().read().all(Statement)} == {"open", "payable", "paid"}


def test_only_the_hash_of_a_token_is_kept() -> None:
    reader = played().read()
    for name in ("northgate", "harbour", "meadow"):
        token = reader.get(ApiToken, sha256(f"{name}-sandbox-token".encode()).hexdigest())
        assert token is not None
        provider = reader.get(LeadProvider, token.lead_provider_id)
        assert provider is not None
        assert provider.name.lower().startswith(name)


def test_nobody_shares_an_address_and_only_a_duplicate_shares_a_trn() -> None:
    people = list(played().read().all(Participant))
    assert max(Counter(person.email for person in people).values()) == 1
    assert all(person.email.endswith(".example.com") for person in people)
    shared = {trn for trn, times in Counter(person.trn for person in people if person.trn).items() if times > 1}
    assert shared == {"2000401"}
