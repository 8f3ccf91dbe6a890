"""People as a provider is shown them: its latest training of each role, and all around it."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.people import (
    completed_on,
    latest_of_each,
    school_of,
    school_period_of,
    school_periods_of,
    trainings_of,
)
from sandbox.editions.register.presented import Enrolment, Participant
from sandbox.editions.register.rules.periods import (
    first_of,
    most_recent_induction_period_end_date,
    newest_of,
    overall_induction_start_date,
)
from sandbox.model import (
    ContractPeriod,
    IdChange,
    InductionPeriod,
    Mentorship,
    Partnership,
    Schedule,
    SchoolFunding,
    SchoolPeriod,
    Teacher,
    TrainingPeriod,
)
from sandbox.rules.rule import rule
from sandbox.store.protocol import Reader


def participant(reader: Reader, call: Call, teacher: Teacher, trainings: Sequence[TrainingPeriod]) -> Participant:
    """A person with these trainings, each the provider's latest of a role."""
    return Participant(
        teacher=teacher,
        enrolments=[enrolment(reader, call, teacher, training) for training in trainings],
        id_changes=reader.find(IdChange, to_participant_id=teacher.id),
    )


def participant_seen(reader: Reader, call: Call, teacher: Teacher) -> Participant:
    """A person as the provider that makes a call sees them now."""
    return participant(reader, call, teacher, latest_of_each(call, trainings_of(reader, teacher.id)))


def enrolment(reader: Reader, call: Call, teacher: Teacher, training: TrainingPeriod) -> Enrolment:
    """One training, and what is shown with it. Raises LookupError when it has no partnership."""
    role = teacher.as_role(training.role)
    is_ect = training.role == "ect"
    school, school_period = school_of(reader, training.school_id), school_period_of(reader, training)
    partnership = reader.get(Partnership, training.partnership_id) if training.partnership_id else None
    schedule = reader.get(Schedule, training.schedule_id) if training.schedule_id else None
    if partnership is None or schedule is None:
        raise LookupError(f"training {training.id} has no partnership, or no schedule")
    inductions = reader.find(InductionPeriod, teacher_id=teacher.id) if is_ect else ()
    periods = school_periods_of(reader, teacher.id, training.role)
    first, newest = first_of(periods, training.role), newest_of(periods, training.role)
    assert first is not None
    assert newest is not None
    showing = call.rules.showing
    completed = completed_on(reader, call, teacher, training.role)
    funding = _funding(reader, partnership.cohort, school.urn)
    return Enrolment(
        training_record_id=role.record_id,
        email=school_period.email,
        mentor_id=_mentor_id(reader, call, school_period) if is_ect else None,
        school_urn=school.urn,
        participant_type=training.role,
        cohort=partnership.cohort,
        training_status=showing.training_status(training),
        participant_status=showing.participant_status(training, completed, call.today),
        eligible_for_funding=showing.eligible_for_funding(teacher, training.role),
        pupil_premium_uplift=funding.pupil_premium,
        sparsity_uplift=funding.sparsity,
        schedule_identifier=schedule.identifier,
        delivery_partner_id=partnership.delivery_partner_id,
        withdrawn_at=training.withdrawn_at,
        withdrawn_reason=training.withdrawn_reason,
        deferred_at=training.deferred_at,
        deferred_reason=training.deferred_reason,
        created_at=first.created_at,
        induction_end_date=completed if is_ect else None,
        most_recent_induction_period_end_date=most_recent_induction_period_end_date(inductions),
        overall_induction_start_date=overall_induction_start_date(inductions),
        mentor_funding_end_date=None if is_ect else completed,
        cohort_changed_after_payments_frozen=role.frozen_cohort is not None,
        mentor_ineligible_for_funding_reason=None if is_ect else teacher.mentor_reason,
        working_pattern=newest.working_pattern if is_ect else None,
    )


def mentorship_shown(reader: Reader, call: Call, period: SchoolPeriod) -> Mentorship | None:
    """Who mentors an ECT at a school now or, if nobody does, will next."""
    return call.rules.showing.mentorship(reader.find(Mentorship, ect_period_id=period.id), call.now)


def _mentor_id(reader: Reader, call: Call, period: SchoolPeriod) -> str | None:
    mentorship = mentorship_shown(reader, call, period)
    return mentorship.mentor_id if mentorship is not None else None


@rule("show.uplifts")
def _funding(reader: Reader, cohort: str, urn: str) -> SchoolFunding:
    """What a school gets on top in a cohort that has uplifts (show.uplifts)."""
    period = reader.get(ContractPeriod, cohort)
    known = reader.get(SchoolFunding, f"{cohort}/{urn}") if period is not None and period.uplift_fees else None
    return known or SchoolFunding(id="none")
