"""What a provider tells the DfE of someone's training: deferred, resumed, withdrawn, on another schedule."""

from __future__ import annotations

import msgspec

from sandbox.actions.call import Call
from sandbox.actions.sight import Sight
from sandbox.actions.touch import touch
from sandbox.model import (
    Cohort,
    Declaration,
    Partnership,
    Placement,
    Schedule,
    TrainingRecord,
)
from sandbox.rules.participants import (
    DEFERRING,
    RESUMING,
    WITHDRAWING,
    ActionFacts,
    deferred,
    resumed,
    withdrawn,
)
from sandbox.rules.requests import ActionRequest, ScheduleRequest
from sandbox.rules.rule import Stage, judge
from sandbox.rules.schedules import (
    CHANGING_SCHEDULE,
    ScheduleFacts,
    moved_in,
    moved_out,
    moves_between_frozen_cohorts,
    rescheduled,
)
from sandbox.store.protocol import Reader, Unit


def defer(unit: Unit, call: Call, participant_id: str, request: ActionRequest) -> TrainingRecord:
    """A participant takes a break. Returns their training record. Raises Refused (defer.*)."""
    record, placement = _judged(unit, call, participant_id, request, DEFERRING)
    return _kept(unit, call, record, deferred(placement, request.reason or "", call.now))


def resume(unit: Unit, call: Call, participant_id: str, request: ActionRequest) -> TrainingRecord:
    """A participant is back. Returns their training record. Raises Refused (resume.*)."""
    record, placement = _judged(unit, call, participant_id, request, RESUMING)
    return _kept(unit, call, record, resumed(placement))


def withdraw(unit: Unit, call: Call, participant_id: str, request: ActionRequest) -> TrainingRecord:
    """A participant leaves training. Returns their training record. Raises Refused (withdraw.*)."""
    record, placement = _judged(unit, call, participant_id, request, WITHDRAWING)
    return _kept(unit, call, record, withdrawn(placement, request.reason or "", call.now))


def change_schedule(unit: Unit, call: Call, participant_id: str, request: ScheduleRequest) -> TrainingRecord:
    """A participant moves to another schedule, perhaps of another cohort. Raises Refused (sched.*).

    Returns their training record, with `cohort_changed_after_payments_frozen` toggled by sched.frozen-cohort.
    """
    facts = schedule_facts(unit, call, participant_id, request)
    judge(CHANGING_SCHEDULE, facts)
    record, placement, target, partnership = facts.record, facts.placement, facts.target, facts.partnership
    assert record is not None
    assert placement is not None
    assert target is not None
    assert partnership is not None
    if moves_between_frozen_cohorts(facts):
        toggled = not record.cohort_changed_after_payments_frozen
        record = msgspec.structs.replace(record, cohort_changed_after_payments_frozen=toggled)
        unit.put(record)
    if target.cohort == placement.cohort:
        return _kept(unit, call, record, rescheduled(placement, target))
    unit.put(moved_out(placement, call.today))
    return _kept(unit, call, record, moved_in(placement, target, partnership, id=call.new_id(), at=call.now))


def _judged(
    unit: Unit, call: Call, participant_id: str, request: ActionRequest, stages: tuple[Stage, ...]
) -> tuple[TrainingRecord, Placement]:
    """The training record and placement that a request is about, once the rules allow it. Raises Refused."""
    facts = action_facts(unit, call, participant_id, request)
    judge(stages, facts)
    assert facts.record is not None
    assert facts.placement is not None
    return facts.record, facts.placement


def action_facts(reader: Reader, call: Call, participant_id: str, request: ActionRequest) -> ActionFacts:
    """What the rules of deferring, resuming and withdrawing look at when this is asked for."""
    subject = Sight.of(reader, call).subject(participant_id)
    record = subject.record_for(request.course_identifier)
    return ActionFacts(
        behaviour=call.behaviour,
        request=request,
        participant=subject.participant,
        awaiting_validation=subject.awaiting_validation,
        record=record,
        placement=subject.placement_of(record),
        has_started=any(d.declaration_type == "started" for d in live_declarations(reader, record)),
    )


def _kept(unit: Unit, call: Call, record: TrainingRecord, placement: Placement) -> TrainingRecord:
    unit.put(placement)
    touch(unit, record.participant_id, call.now)
    return record


def live_declarations(reader: Reader, record: TrainingRecord | None) -> list[Declaration]:
    """The live declarations for a training record's course, whichever provider made them."""
    if record is None:
        return []
    declarations = reader.find(Declaration, participant_id=record.participant_id)
    return [d for d in declarations if d.is_live and d.course_identifier == record.course_identifier]


def schedule_facts(reader: Reader, call: Call, participant_id: str, request: ScheduleRequest) -> ScheduleFacts:
    """What the rules of changing schedule look at when this is asked for."""
    subject = Sight.of(reader, call).subject(participant_id)
    record = subject.record_for(request.course_identifier)
    placement = subject.placement_of(record)
    current = reader.get(Schedule, placement.schedule_id) if placement else None
    cohort = request.cohort or (placement.cohort if placement else None)
    return ScheduleFacts(
        behaviour=call.behaviour,
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
        target=reader.get(Schedule, f"{cohort}/{request.schedule_identifier}"),
        partnership=_partnership_in(reader, call, placement, cohort),
        declarations=live_declarations(reader, record),
    )


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
