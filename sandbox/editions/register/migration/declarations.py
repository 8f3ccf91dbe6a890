"""Declarations: each with its state, its statements and its id, on the training that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from sandbox.editions.register.migration.account import Account
from sandbox.editions.register.rules.days import day_of
from sandbox.editions.register.rules.training import COURSES
from sandbox.model import Declaration, Partnership, Teacher, TrainingPeriod

INELIGIBLE: Final = "Register has no state ineligible: such a declaration is refused there instead"
NO_TRAINING: Final = "the person has no training with the provider that declared it in Register"
NO_PARTNER: Final = "it named no delivery partner: it has that of its training"
NO_MENTOR: Final = "its mentor is not carried over"
NO_STATEMENT: Final = "its statement is not carried over"


def declarations(
    made: Iterable[Declaration],
    trainings: Mapping[str, Sequence[TrainingPeriod]],
    partnerships: Mapping[str, Partnership],
    teachers: Mapping[str, Teacher],
    known: Collection[str],
    account: Account,
) -> Iterable[Declaration]:
    """The declarations that stay, by whose training they are. `known` are the ids of statements and of mentors."""
    for declaration in made:
        if declaration.state == "ineligible":
            account.leave("declarations", declaration.id, INELIGIBLE)
            continue
        training = _training(declaration, trainings.get(declaration.participant_id, ()))
        if training is None:
            account.leave("declarations", declaration.id, NO_TRAINING)
            continue
        if {declaration.statement_id, declaration.clawback_statement_id} - {None} - {*known}:
            account.leave("declarations", declaration.id, NO_STATEMENT)
            continue
        yield _carried(declaration, training, partnerships, teachers, known, account)


def _carried(
    declaration: Declaration,
    training: TrainingPeriod,
    partnerships: Mapping[str, Partnership],
    teachers: Mapping[str, Teacher],
    known: Collection[str],
    account: Account,
) -> Declaration:
    partner, mentor = declaration.delivery_partner_id, declaration.mentor_id
    if partner is None:
        account.alter("declarations", declaration.id, NO_PARTNER)
        partner = partnerships[training.partnership_id or ""].delivery_partner_id
    if mentor is not None and mentor not in known:
        account.alter("declarations", declaration.id, NO_MENTOR)
        mentor = None
    return replace(
        declaration,
        training_record_id=teachers[training.teacher_id].as_role(training.role).record_id,
        training_period_id=training.id,
        delivery_partner_id=partner,
        mentor_id=mentor,
        ineligible_for_funding_reason=None,
    )


def _training(declaration: Declaration, trainings: Sequence[TrainingPeriod]) -> TrainingPeriod | None:
    """The training with the declaring provider that a declaration is about: of its cohort and its day, if one is."""
    role, day = COURSES[declaration.course_identifier], day_of(declaration.declaration_date)
    theirs = [each for each in trainings if each.lead_provider_id == declaration.lead_provider_id and each.role == role]

    def nearness(training: TrainingPeriod) -> tuple[bool, bool, bool, str]:
        begun = training.starts_on <= day
        return training.cohort == declaration.cohort, training.covers(day), begun, str(training.starts_on)

    return max(theirs, key=nearness, default=None)
