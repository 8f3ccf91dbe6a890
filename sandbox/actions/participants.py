"""What a provider tells the DfE of someone's training: deferred, resumed, withdrawn, on another schedule."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sandbox.actions.call import Call
from sandbox.actions.marking import save_record
from sandbox.actions.provider_view import ProviderView
from sandbox.actions.training import schedule_of, succeed
from sandbox.model import (
    Cohort,
    Declaration,
    Partnership,
    Placement,
    Schedule,
    TrainingRecord,
)
from sandbox.rules.participants import ActionFacts
from sandbox.rules.requests import ActionRequest, ScheduleRequest
from sandbox.rules.rule import Rules, judge
from sandbox.rules.schedules import ScheduleFacts
from sandbox.store.protocol import Reader, Unit


def defer(unit: Unit, call: Call, participant_id: str, request: ActionRequest) -> TrainingRecord:
    """A participant takes a break. Returns their training record. Raises Refused (defer.*)."""
    record, placement = _judged(unit, call, participant_id, request, call.rules.deferring)
    succeed(unit, call, placement, call.rules.training.deferred(placement, request.reason or "", call.now))
    return record


def resume(unit: Unit, call: Call, participant_id: str, request: ActionRequest) -> TrainingRecord:
    """A participant is back. Returns their training record. Raises Refused (resume.*)."""
    record, placement = _judged(unit, call, participant_id, request, call.rules.resuming)
    succeed(unit, call, placement, call.rules.training.resumed(placement))
    return record


def withdraw(unit: Unit, call: Call, participant_id: str, request: ActionRequest) -> TrainingRecord:
    """A participant leaves training. Returns their training record. Raises Refused (withdraw.*)."""
    record, placement = _judged(unit, call, participant_id, request, call.rules.withdrawing)
    succeed(unit, call, placement, call.rules.training.withdrawn(placement, request.reason or "", call.now))
    return record


def change_schedule(unit: Unit, call: Call, participant_id: str, request: ScheduleRequest) -> TrainingRecord:
    """A participant moves to another schedule, perhaps of another cohort. Raises Refused (sched.*).

    Returns their training record, with `cohort_changed_after_payments_frozen` toggled by sched.frozen-cohort.
    """
    facts = schedule_facts(unit, call, participant_id, request)
    judge(call.rules.changing_schedule, facts)
    record, placement, target, partnership = facts.record, facts.placement, facts.target, facts.partnership
    assert record is not None
    assert placement is not None
    assert target is not None
    assert partnership is not None
    record = msgspec.structs.replace(record, schedule_id=target.id)
    if call.rules.training.moves_between_frozen_cohorts(facts):
        toggled = not record.cohort_changed_after_payments_frozen
        record = msgspec.structs.replace(record, cohort_changed_after_payments_frozen=toggled)
    save_record(unit, call, record)
    training = call.rules.training
    if target.cohort == placement.cohort:
        succeed(unit, call, placement, training.rescheduled(placement, target))
    else:
        succeed(unit, call, placement, training.moved(placement, target, partnership))
    return record


def _judged(
    unit: Unit, call: Call, participant_id: str, request: ActionRequest, rules: Rules
) -> tuple[TrainingRecord, Placement]:
    """The training record and placement that a request is about, once the rules allow it. Raises Refused."""
    facts = action_facts(unit, call, participant_id, request)
    judge(rules, facts)
    assert facts.record is not None
    assert facts.placement is not None
    return facts.record, facts.placement


def action_facts(reader: Reader, call: Call, participant_id: str, request: ActionRequest) -> ActionFacts:
    """What the rules of deferring, resuming and withdrawing look at when this is asked for."""
    known = call.rules.training.knows_participant
    subject = ProviderView.of(reader, call).subject(participant_id, request.course_identifier, known)
    record = subject.record_for(request.course_identifier)
    return ActionFacts(
        request=request,
        participant=subject.participant,
        awaiting_validation=subject.awaiting_validation,
        record=record,
        placement=subject.placement_of(record),
        has_started=any(d.declaration_type == "started" for d in live_declarations(reader, record)),
    )


def live_declarations(reader: Reader, record: TrainingRecord | None) -> list[Declaration]:
    """The live declarations for a training record's course, whichever provider made them."""
    if record is None:
        return []
    declarations = reader.find(Declaration, participant_id=record.participant_id)
    return [d for d in declarations if d.is_live and d.course_identifier == record.course_identifier]


def schedule_facts(reader: Reader, call: Call, participant_id: str, request: ScheduleRequest) -> ScheduleFacts:
    """What the rules of changing schedule look at when this is asked for."""
    known = call.rules.training.knows_participant
    subject = ProviderView.of(reader, call).subject(participant_id, request.course_identifier, known)
    record = subject.record_for(request.course_identifier)
    placement = subject.placement_of(record)
    current = reader.get(Schedule, placement.schedule_id) if placement else None
    assigned = schedule_of(reader, record) if record else None
    cohort = request.cohort or (placement.cohort if placement else assigned.cohort if assigned else None)
    declarations = live_declarations(reader, record)
    target = reader.get(Schedule, f"{cohort}/{request.schedule_identifier}")
    return ScheduleFacts(
        now=call.now,
        request=request,
        participant=subject.participant,
        awaiting_validation=subject.awaiting_validation,
        record=record,
        placement=placement,
        current=current,
        current_cohort=reader.get(Cohort, current.cohort) if current else None,
        target_cohort=cohort,
        destination=reader.get(Cohort, cohort) if cohort else None,
        target=target,
        milestones=call.rules.declarations.milestones(target) if target else (),
        partnership=_partnership_in(reader, call, placement, cohort),
        declarations=declarations,
        assigned=assigned,
        closed_cohorts=_closed_among(reader, call, {declaration.cohort for declaration in declarations}),
    )


def _closed_among(reader: Reader, call: Call, cohorts: Iterable[str]) -> set[str]:
    """The cohorts that are closed for payments."""
    found = (reader.get(Cohort, cohort) for cohort in cohorts)
    return {cohort.id for cohort in found if cohort is not None and cohort.frozen_at(call.now)}


def _partnership_in(reader: Reader, call: Call, placement: Placement | None, cohort: str | None) -> Partnership | None:
    """The provider's partnership with a placement's school in a cohort: the placement's own if that cohort is its own.

    One made for a single person's transfer comes last.
    """
    if placement is None or cohort is None:
        return None
    if placement.cohort == cohort and placement.partnership_id is not None:
        return reader.get(Partnership, placement.partnership_id)
    theirs = [
        partnership
        for partnership in reader.find(Partnership, school_id=placement.school_id, cohort=cohort)
        if partnership.lead_provider_id == call.provider.id and partnership.challenged_at is None
    ]
    return min(theirs, key=lambda partnership: partnership.relationship, default=None)
