"""How somebody stands with their training, in words: one for each thing that a rule may look at."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.model.records import (
    BILLABLE,
    Partnership,
    Placement,
    Provider,
    Training,
    newest_first,
)
from contract_tests.model.register import Register


def of_training(register: Register, training: Training) -> Iterator[str]:
    """All that is so of a training, whoever reports of it."""
    person = training.person
    yield f"role {training.role}"
    yield f"validation {training.validation}"
    yield f"trn validated {training.trn_validated}"
    yield f"schedule {training.schedule.identifier}"
    yield f"in cohort {training.schedule.cohort}"
    yield f"closed {register.is_closed(training.schedule.cohort)}"
    yield f"changed cohort {training.cohort_changed}"
    yield f"withdrawn by school {training.withdrawn_by_school}"
    yield f"induction end {training.induction_end is not None}"
    yield f"funding end {training.funding_end_reason}"
    yield f"id retired {training.registered_as != person.id}"
    yield f"readdressed {person.readdressed > person.addressed}"
    yield f"changed this second {training.updated == register.now}"
    mentees = sum(each.newest.mentor is person for each in register.trainings)
    yield f"mentees {min(mentees, 2)}"
    yield from _others(register, training)
    yield from _placements(register, training)
    yield from _declared(register, training)


def to_provider(register: Register, training: Training, by: Provider) -> Iterator[str]:
    """How somebody stands with whoever reports of them."""
    own = [each for each in newest_first(training.placements) if each.provider is by]
    yield f"theirs {'newest' if training.newest in own else 'former' if own else 'never'}"
    if own:
        yield f"their said {own[0].said.status} view {own[0].view} through {through(own[0].partnership)}"
        yield f"their schedule {own[0].schedule == training.schedule}"
        yield f"their ended {own[0].ends_at is not None and own[0].ends_at <= register.now}"
    declared = [each for each in register.declarations if each.training is training and each.provider is by]
    yield f"they declared {min(len(declared), 2)}"


def briefly(register: Register, training: Training) -> Iterator[str]:
    """How somebody stands whom an act names beside whom it is about."""
    yield f"role {training.role}"
    yield f"validation {training.validation}"
    yield f"trainings {len(register.trainings_of(training.person))}"
    yield f"said {training.newest.said.status} {training.newest.view} stays {training.newest.stays}"
    yield f"declared {any(each.training is training for each in register.declarations)}"
    yield f"retired {training.registered_as != training.person.id}"


def through(partnership: Partnership | None) -> str:
    """What a placement is through."""
    if partnership is None:
        return "none"
    whose = "own" if partnership.provider.id else "another's"
    return f"{whose}{' extra' * partnership.relationship}{' challenged' * (not partnership.stands)}"


def _others(register: Register, training: Training) -> Iterator[str]:
    others = [each for each in register.trainings_of(training.person) if each is not training]
    yield f"trainings {len(others) + 1}"
    for each in others:
        yield f"as well {'alike' if each.role == training.role else 'other'} {each.newest.said.status} {each.validated}"
        yield f"as well {'older' if each.created < training.created else 'younger'}"
        yield f"as well with the same {each.newest.provider is training.newest.provider}"


def _placements(register: Register, training: Training) -> Iterator[str]:
    placements, newest = newest_first(training.placements), training.newest
    schools = {each.school.urn for each in placements}
    providers = {each.provider for each in placements}
    yield f"placements {min(len(placements), 4)}"
    yield f"schools {len(schools)} providers {len(providers)}"
    yield f"here before {any(each.school is newest.school for each in placements[2:])}"
    yield f"transfers {sum(each.transfer for each in placements)}"
    yield f"said {newest.said.status} view {newest.view}"
    yield f"said ever {sorted({each.said.status for each in placements})}"
    yield f"begun {newest.starts_at <= register.now}"
    yield f"ends {'never' if newest.ends_at is None else 'past' if newest.ends_at <= register.now else 'to come'}"
    yield f"through {through(newest.partnership)}"
    yield f"mentor {_mentor(register, newest)}"
    for before in placements[1:2]:
        yield f"before said {before.said.status} view {before.view} through {through(before.partnership)}"


def _mentor(register: Register, placement: Placement) -> str:
    if placement.mentor is None:
        return "none"
    there = [
        each
        for training in register.trainings_of(placement.mentor)
        if training.role == "mentor"
        for each in training.placements
    ]
    here = any(each.school is placement.school and each.stays for each in there)
    return (
        f"{'here' if here else 'elsewhere'} with the same {any(each.provider is placement.provider for each in there)}"
    )


def _declared(register: Register, training: Training) -> Iterator[str]:
    declared = [each for each in register.declarations if each.training is training]
    yield f"declared {min(len(declared), 3)} by {len({each.provider for each in declared})}"
    yield from (f"declared {each.type} {each.state}" for each in declared)
    yield f"declared billable {any(each.state in BILLABLE for each in declared)}"
