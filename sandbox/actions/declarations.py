"""Declaring, and taking a declaration back."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.actions.call import Call, Moment
from sandbox.actions.marking import save_record
from sandbox.actions.participants import live_declarations
from sandbox.actions.provider_view import ProviderView
from sandbox.model import (
    Cohort,
    Declaration,
    DeclarationChange,
    Participant,
    Partnership,
    Schedule,
    Statement,
    TrainingRecord,
)
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.declarations import reason_when_ineligible
from sandbox.rules.payments import VoidingFacts, as_first_recorded
from sandbox.rules.requests import DeclarationRequest
from sandbox.rules.rule import Breach, Refused, judge, rule_id_of
from sandbox.store.protocol import Reader, Unit


def record(unit: Unit, call: Call, request: DeclarationRequest) -> Declaration:
    """A provider declares that a participant reached a milestone. Raises Refused (decl.*).

    In a world that follows the written guidance, an exact copy of a live declaration stores nothing and returns the
    first one as it was then (decl.idempotent).
    """
    facts = recording_facts(unit, call, request)
    if facts.rival and call.rules.declarations.is_repeat(facts, call.provider.id):
        return as_first_recorded(facts.rival)
    judge(call.rules.recording, facts)
    declaration = _declaration(unit, call, facts)
    unit.put(declaration)
    if facts.record is not None:
        _keep_training(unit, call, facts.record, call.rules.payments.mentor_completed(facts.record, declaration))
    return declaration


def void(unit: Unit, call: Call, declaration_id: str) -> Declaration:
    """A provider takes one of its declarations back. Raises Refused (void.*, path.unknown)."""
    declaration = unit.get(Declaration, declaration_id.lower())
    unknown = call.rules.visibility.is_no_declaration_of
    if declaration is None or unknown(call.provider.id, declaration):
        raise Refused(Breach(rule_id_of(unknown)))
    statement = open_statement(unit, call, call.provider.id, declaration.cohort)
    judge(call.rules.voiding, VoidingFacts(declaration=declaration, open_statement=statement))
    if declaration.state == "paid" and statement is not None:
        after = call.rules.payments.to_be_clawed_back(declaration, statement, call.now)
    else:
        after = call.rules.payments.voided(declaration, call.now)
    unit.put(after)
    training = unit.get(TrainingRecord, declaration.training_record_id)
    if training is not None:
        standing = live_declarations(unit, training)
        undone = call.rules.payments.mentor_completion_undone(training, declaration, standing)
        _keep_training(unit, call, training, undone)
    return after


def open_statement(reader: Reader, moment: Moment, provider_id: str, cohort: str) -> Statement | None:
    """The provider's next open output statement for a cohort; None when there is none left."""
    statements = reader.find(Statement, lead_provider_id=provider_id, cohort=cohort)
    return moment.rules.declarations.next_open(statements, reader.get(Cohort, cohort), moment.now)


def recording_facts(reader: Reader, call: Call, request: DeclarationRequest) -> DeclarationFacts:
    """What the rules of declaring look at when this is declared."""
    declaring = call.rules.declarations
    subject = ProviderView.of(reader, call).subject(
        request.participant_id, request.course_identifier, declaring.knows_participant
    )
    training = subject.record_for(request.course_identifier)
    placements = subject.placements_of(training)
    schedule_id = declaring.schedule_declared_by(training, placements) if training else None
    schedule = reader.get(Schedule, schedule_id) if schedule_id else None
    return DeclarationFacts(
        now=call.now,
        request=request,
        declared_at=declaring.date_in(request.declaration_date),
        withdrawn_at=declaring.withdrawn_at(placements),
        participant=subject.participant,
        awaiting_validation=subject.awaiting_validation,
        record=training,
        placements=placements,
        schedule=schedule,
        milestones=declaring.milestones(schedule) if schedule else (),
        cohort=reader.get(Cohort, schedule.cohort) if schedule else None,
        open_statement=open_statement(reader, call, call.provider.id, schedule.cohort) if schedule else None,
        rival=_live(reader, call, subject.participant, request),
        same_person=_live_under_another_id(reader, call, subject.participant, request),
    )


def _live(
    reader: Reader, call: Call, participant: Participant | None, request: DeclarationRequest
) -> Declaration | None:
    """The live declaration of the participant for the course and type asked for: there is one at the most."""
    if participant is None or request.course_identifier is None or request.declaration_type is None:
        return None
    found = reader.find(
        Declaration,
        participant_id=participant.id,
        course_identifier=request.course_identifier,
        declaration_type=request.declaration_type,
    )
    frees_its_milestone = call.rules.declarations.frees_its_milestone
    return next((declaration for declaration in found if not frees_its_milestone(declaration)), None)


def _live_under_another_id(
    reader: Reader, call: Call, participant: Participant | None, request: DeclarationRequest
) -> Declaration | None:
    """The like of another participant with the same TRN, if that is known to be theirs."""
    if participant is None or participant.trn is None:
        return None
    knows = call.rules.declarations.knows_trn
    same = [p for p in reader.find(Participant, trn=participant.trn) if knows(_training_of(reader, p))]
    if participant not in same:
        return None
    others = (other for other in same if other.id != participant.id)
    return next((found for other in others if (found := _live(reader, call, other, request))), None)


def _training_of(reader: Reader, participant: Participant) -> Iterable[TrainingRecord]:
    return reader.find(TrainingRecord, participant_id=participant.id)


def _declaration(unit: Unit, call: Call, facts: DeclarationFacts) -> Declaration:
    """What is stored of a declaration that the rules let through."""
    participant, training, schedule, declared_at = facts.participant, facts.record, facts.schedule, facts.declared_at
    assert participant is not None
    assert training is not None
    assert schedule is not None
    assert declared_at is not None
    assert facts.request.declaration_type is not None
    placement = call.rules.declarations.placement_at(facts.placements, declared_at)
    partnership = unit.get(Partnership, placement.partnership_id) if placement and placement.partnership_id else None
    state = call.rules.declarations.first_state(facts)
    statement_id = facts.open_statement.id if facts.open_statement and state == "eligible" else None
    return Declaration(
        id=call.new_id(),
        participant_id=participant.id,
        training_record_id=training.id,
        lead_provider_id=call.provider.id,
        declaration_type=facts.request.declaration_type,
        declaration_date=declared_at,
        course_identifier=training.course_identifier,
        cohort=schedule.cohort,
        evidence_held=facts.evidence_kept,
        delivery_partner_id=partnership.delivery_partner_id if partnership else None,
        mentor_id=placement.mentor_id if placement else None,
        pupil_premium_uplift=training.pupil_premium_uplift,
        sparsity_uplift=training.sparsity_uplift,
        state=state,
        statement_id=statement_id,
        ineligible_for_funding_reason=reason_when_ineligible(state),
        history=(DeclarationChange(state=state, at=call.now, statement_id=statement_id),),
        created_at=call.now,
        updated_at=call.now,
    )


def _keep_training(unit: Unit, call: Call, before: TrainingRecord, after: TrainingRecord) -> None:
    if after != before:
        save_record(unit, call, after)
