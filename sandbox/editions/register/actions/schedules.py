"""A provider puts someone on another schedule, perhaps of another cohort."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.marking import save_teacher, save_training
from sandbox.editions.register.actions.people import completed_on, school_period_of, teacher_of, trainings_of
from sandbox.editions.register.rules.check import judge
from sandbox.editions.register.rules.schedules import ScheduleFacts
from sandbox.editions.register.rules.training import COURSES
from sandbox.model import (
    ContractPeriod,
    Declaration,
    InductionPeriod,
    Partnership,
    Schedule,
    Teacher,
    TeacherRole,
    TrainingPeriod,
)
from sandbox.rules.requests import ScheduleRequest
from sandbox.store.protocol import Reader, Unit


def change_schedule(unit: Unit, call: Call, teacher: Teacher, request: ScheduleRequest) -> None:
    """Someone trains on another schedule. Raises Refused (sched.*)."""
    facts = schedule_facts(unit, call, teacher, request)
    judge(call.rules.changing_schedule, facts)
    training, target, partnership = facts.training, facts.target, facts.partnership
    assert training is not None
    assert target is not None
    assert partnership is not None
    school_period = school_period_of(unit, training)
    rules = call.rules.scheduling
    for each in rules.rescheduled(training, school_period, target, partnership, facts, call.new_id()):
        save_training(unit, call, each)
    if facts.is_in_place and facts.changes_cohort:
        _take_along(unit, facts.declarations, target.cohort)
    left = unit.get(ContractPeriod, training.cohort) if training.cohort else None
    role = rules.remembered(teacher.as_role(training.role), left, target.cohort, call.now)
    save_teacher(unit, call, with_role(teacher_of(unit, teacher.id), training, role))


def with_role(teacher: Teacher, training: TrainingPeriod, role: TeacherRole) -> Teacher:
    """A person of whom something has changed in the role of a training."""
    return replace(teacher, ect=role) if training.role == "ect" else replace(teacher, mentor=role)


def _take_along(unit: Unit, declarations: Sequence[Declaration], cohort: str) -> None:
    """What was declared of a training goes with it into another cohort."""
    for declaration in declarations:
        unit.put(replace(declaration, cohort=cohort))


def schedule_facts(reader: Reader, call: Call, teacher: Teacher, request: ScheduleRequest) -> ScheduleFacts:
    """What the rules of changing schedule look at."""
    role = COURSES.get(request.course_identifier)
    trainings = trainings_of(reader, teacher.id, role) if role else []
    training = call.rules.showing.latest(trainings, call.provider.id, role) if role else None
    cohort = reader.get(ContractPeriod, request.cohort) if request.cohort else None
    if cohort is None and training is not None and training.cohort is not None:
        cohort = reader.get(ContractPeriod, training.cohort)
    target = reader.get(Schedule, f"{cohort.id}/{request.schedule_identifier}") if cohort is not None else None
    completed = completed_on(reader, call, teacher, role) if role else None
    showing = call.rules.showing
    status = showing.participant_status(training, completed, call.today) if training else None
    return ScheduleFacts(
        request=request,
        now=call.now,
        today=call.today,
        role=role,
        teacher_role=teacher.as_role(role) if role else None,
        training=training,
        participant_status=status,
        training_status=showing.training_status(training) if training else None,
        target_cohort=cohort,
        target=target,
        partnership=_partnership(reader, call, training, cohort),
        declarations=reader.find(Declaration, training_period_id=training.id) if training else (),
        has_completed=_has_completed(reader, teacher, role == "ect"),
        has_later_training=any(training is not None and each.starts_on > training.starts_on for each in trainings),
    )


def _has_completed(reader: Reader, teacher: Teacher, is_ect: bool) -> bool:
    """True for an ECT with an outcome of their induction, and for a mentor who is not funded any more."""
    if is_ect:
        return any(each.outcome for each in reader.find(InductionPeriod, teacher_id=teacher.id))
    return teacher.mentor.ineligible_from is not None


def _partnership(
    reader: Reader, call: Call, training: TrainingPeriod | None, cohort: ContractPeriod | None
) -> Partnership | None:
    """The provider's partnership through which someone would train in a cohort."""
    if training is None or cohort is None:
        return None
    present = reader.get(Partnership, training.partnership_id) if training.partnership_id else None
    there = reader.find(Partnership, school_id=training.school_id, cohort=cohort.id)
    theirs = [each for each in there if each.lead_provider_id == call.provider.id]
    return call.rules.scheduling.partnership_for(theirs, cohort.id, present)
