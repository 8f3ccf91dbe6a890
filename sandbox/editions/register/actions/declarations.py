"""Declaring, and taking a declaration back."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from sandbox.editions.register.actions.call import Call, Moment
from sandbox.editions.register.actions.marking import save_teacher, save_training
from sandbox.editions.register.actions.people import school_of, school_period_of, teacher_of, trainings_of
from sandbox.editions.register.rules.check import judge
from sandbox.editions.register.rules.dates import written
from sandbox.editions.register.rules.days import day_of
from sandbox.editions.register.rules.declarations import DeclarationFacts
from sandbox.editions.register.rules.payments import VoidingFacts, uplifts_of
from sandbox.editions.register.rules.periods import overlap
from sandbox.editions.register.rules.training import COURSES
from sandbox.model import (
    ContractPeriod,
    Declaration,
    IdChange,
    Mentorship,
    ParticipantType,
    Partnership,
    Schedule,
    SchoolFunding,
    Statement,
    Teacher,
    TrainingPeriod,
)
from sandbox.rules.requests import DeclarationRequest
from sandbox.rules.rule import Breach, Refused, rule
from sandbox.store.protocol import Reader, Unit

COURSE_OF: dict[ParticipantType, str] = {"ect": "ecf-induction", "mentor": "ecf-mentor"}


def record(
    unit: Unit, call: Call, request: DeclarationRequest, date_sent: Any, *, beside: Container[str] = ()
) -> Declaration:
    """A provider declares that somebody reached a milestone. Raises Refused (decl.*).

    What was made `beside` it, at the same moment, stands for both where it is the same.
    """
    facts = recording_facts(unit, call, request, date_sent, beside)
    judge(call.rules.recording, facts)
    if facts.twin is not None:
        return facts.twin
    declaration = _declaration(unit, call, facts)
    unit.put(declaration)
    _follow_completion(unit, call, declaration)
    return declaration


def void(unit: Unit, call: Call, declaration_id: str) -> Declaration:
    """A provider takes one of its declarations back. Raises Refused (void.*, path.unknown)."""
    declaration = unit.get(Declaration, declaration_id)
    if declaration is None or declaration.lead_provider_id != call.provider.id:
        raise Refused(Breach("path.unknown"))
    payments = call.rules.payments
    statement = payments.next_due(statements_of(unit, declaration), call.today)
    judge(call.rules.voiding, VoidingFacts(declaration=declaration, next_statement=statement))
    if declaration.state == "paid" and statement is not None:
        after = payments.to_be_clawed_back(declaration, statement, call.now)
    else:
        after = payments.voided(declaration, call.now)
    unit.put(after)
    _follow_completion(unit, call, after)
    return after


def join_statements(unit: Unit, moment: Moment, teacher_id: str, role: ParticipantType) -> bool:
    """Have what was declared of somebody in a role become eligible. False, and nothing has changed, where it cannot."""
    submitted = [each for each in declared_of(unit, teacher_id, role) if each.state == "submitted"]
    payments = moment.rules.payments
    found = [payments.next_due(statements_of(unit, declaration), moment.today) for declaration in submitted]
    if None in found:
        return False
    for declaration, statement in zip(submitted, found, strict=True):
        if statement is not None:
            unit.put(payments.joined(declaration, statement, moment.now))
    return True


def statements_of(reader: Reader, declaration: Declaration) -> Iterable[Statement]:
    """The statements of a declaration's provider and cohort."""
    return reader.find(Statement, lead_provider_id=declaration.lead_provider_id, cohort=declaration.cohort)


@rule("sched.history")
def declared_of(reader: Reader, teacher_id: str, role: ParticipantType) -> list[Declaration]:
    """What was declared of somebody in a role, by whomever, in whatever state and of whichever training."""
    declared = reader.find(Declaration, participant_id=teacher_id)
    return [each for each in declared if each.course_identifier == COURSE_OF[role]]


def recording_facts(
    reader: Reader, call: Call, request: DeclarationRequest, date_sent: Any, beside: Container[str] = ()
) -> DeclarationFacts:
    """What the checks look at when this is declared."""
    teacher = _known(reader, request.participant_id)
    role = COURSES.get(request.course_identifier, "mentor")
    everything = trainings_of(reader, teacher.id) if teacher is not None else []
    trainings = [each for each in everything if each.role == role]
    training = call.rules.showing.latest(trainings, call.provider.id, role)
    current = next((each for each in trainings if each.covers(call.today) and each.partnership_id), None)
    period = _period(reader, training)
    due = reader.find(Statement, lead_provider_id=call.provider.id, cohort=period.id) if period else ()
    payments = call.rules.payments
    declared = declared_of(reader, teacher.id, role) if teacher is not None else []
    live = [each for each in declared if not payments.frees_its_milestone(each)]
    twin = payments.twin_of(live, beside, training, request.declaration_type)
    return DeclarationFacts(
        request=request,
        date_sent=date_sent,
        written=written(request.declaration_date, call.now),
        now=call.now,
        today=call.today,
        teacher=teacher,
        role=role,
        training=training,
        trains_in_other_role=any(each.lead_provider_id == call.provider.id for each in everything if each.role != role),
        period=period,
        schedule=reader.get(Schedule, training.schedule_id) if training and training.schedule_id else None,
        current_period=_period(reader, current),
        open_statement=payments.next_open(due, call.today),
        live=[each for each in live if each is not twin],
        twin=twin,
    )


def _known(reader: Reader, id: str | None) -> Teacher | None:
    """The person with an id; nobody has one that was retired."""
    if id is None or reader.find(IdChange, from_participant_id=id):
        return None
    return reader.get(Teacher, id)


def _period(reader: Reader, training: TrainingPeriod | None) -> ContractPeriod | None:
    """The contract period of the partnership that a training is under."""
    partnership = reader.get(Partnership, training.partnership_id) if training and training.partnership_id else None
    return reader.get(ContractPeriod, partnership.cohort) if partnership is not None else None


def _declaration(reader: Reader, call: Call, facts: DeclarationFacts) -> Declaration:
    """What is kept of a declaration that has passed."""
    training, period, teacher, type = facts.training, facts.period, facts.teacher, facts.request.declaration_type
    assert training is not None
    assert training.partnership_id is not None
    assert period is not None
    assert teacher is not None
    assert type is not None
    assert facts.written is not None
    partnership = reader.get(Partnership, training.partnership_id)
    assert partnership is not None
    payments = call.rules.payments
    state = payments.first_state(facts.is_eligible)
    pupil_premium, sparsity = uplifts_of(type, _funding(reader, period, training))
    return Declaration(
        id=call.new_id(),
        participant_id=teacher.id,
        training_record_id=teacher.as_role(facts.role).record_id,
        training_period_id=training.id,
        lead_provider_id=call.provider.id,
        declaration_type=type,
        declaration_date=facts.written.kept.replace(microsecond=0),
        course_identifier=COURSE_OF[facts.role],
        cohort=period.id,
        evidence_held=facts.evidence_kept,
        delivery_partner_id=partnership.delivery_partner_id,
        mentor_id=_mentor_id(reader, call, facts, training),
        pupil_premium_uplift=pupil_premium,
        sparsity_uplift=sparsity,
        state=state,
        statement_id=facts.open_statement.id if state == "eligible" and facts.open_statement else None,
        created_at=call.now,
        updated_at=call.now,
    )


def _mentor_id(reader: Reader, call: Call, facts: DeclarationFacts, training: TrainingPeriod) -> str | None:
    """Who mentors an ECT, at the school where the training is, about the date of a declaration."""
    if facts.role == "mentor" or facts.written is None:
        return None
    there = reader.find(Mentorship, ect_period_id=training.school_period_id)
    return call.rules.payments.mentor_at(there, day_of(facts.written.kept))


def _funding(reader: Reader, period: ContractPeriod, training: TrainingPeriod) -> SchoolFunding | None:
    """What the school gets on top, in a cohort that has such fees."""
    if not period.uplift_fees:
        return None
    return reader.get(SchoolFunding, f"{period.id}/{school_of(reader, training.school_id).urn}")


def _follow_completion(unit: Unit, call: Call, declaration: Declaration) -> None:
    """What a mentor's `completed`, made or taken back, does to their funding and to their training."""
    if (declaration.course_identifier, declaration.declaration_type) != ("ecf-mentor", "completed"):
        return
    payments = call.rules.payments
    teacher = teacher_of(unit, declaration.participant_id)
    declared = declared_of(unit, teacher.id, "mentor")
    completed = [
        each for each in declared if each.declaration_type == "completed" and not payments.frees_its_milestone(each)
    ]
    after = payments.mentor_funded(teacher, completed)
    if after == teacher:
        return
    save_teacher(unit, call, after)
    training = call.rules.showing.latest(trainings_of(unit, teacher.id, "mentor"), call.provider.id, "mentor")
    if training is None:
        return
    if after.mentor.ineligible_from is not None:
        ended = payments.ended_by_completion(training, after.mentor.ineligible_from, call.today, call.now)
        save_training(unit, call, ended)
        return
    period = school_period_of(unit, training)
    again = payments.reopened(training, period, call.new_id(), call.today, call.now)
    if again is not None and not _overlaps(unit, again):
        save_training(unit, call, again)


def _overlaps(reader: Reader, training: TrainingPeriod) -> bool:
    """True for a training in which others of the role lie."""
    return any(overlap(training, other) for other in trainings_of(reader, training.teacher_id, training.role))
