"""People put into training: under a partnership, or in the hope of one."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.marking import save_teacher, save_training
from sandbox.editions.register.actions.people import teacher_of, trainings_of
from sandbox.editions.register.rules.days import day_of
from sandbox.editions.register.rules.placing import (
    AFTER_FROZEN,
    AFTER_FROZEN_SCHEDULE,
    earlier,
    is_frozen,
    running_on,
    season,
)
from sandbox.model import (
    ContractPeriod,
    Declaration,
    LeadProvider,
    Mentorship,
    Partnership,
    Schedule,
    SchoolPeriod,
    TrainingPeriod,
)
from sandbox.store.protocol import Reader, Unit


def begin_training(
    unit: Unit, moment: Moment, period: SchoolPeriod, provider: LeadProvider, starts_on: date
) -> TrainingPeriod | None:
    """Have someone train with a provider at a school, in the cohort and on the schedule that they belong to.

    A mentor of a frozen cohort is not trained any more. Raises Impossible.
    """
    before = earlier(trainings_of(unit, period.teacher_id, period.role))
    present = unit.get(ContractPeriod, before.cohort) if before is not None and before.cohort else None
    if is_frozen(present, moment.now):
        if period.role == "mentor":
            return None
        return _after_frozen(unit, moment, period, provider, starts_on)
    cohort = present or running_on(unit.all(ContractPeriod), moment.today, starts_on)
    if cohort is None:
        raise Impossible(f"no contract period runs on {moment.today}")
    identifier = _identifier(unit, before) if before is not None else _first_identifier(unit, moment, period, starts_on)
    return save_training(unit, moment, _training(unit, moment, period, provider, cohort.id, identifier, starts_on))


def _after_frozen(
    unit: Unit,
    moment: Moment,
    period: SchoolPeriod,
    provider: LeadProvider,
    starts_on: date,
) -> TrainingPeriod:
    """The training of an ECT out of a frozen cohort."""
    cohort = unit.get(ContractPeriod, AFTER_FROZEN)
    first_day = max(starts_on, cohort.starts) if cohort is not None else starts_on
    training = _training(unit, moment, period, provider, AFTER_FROZEN, AFTER_FROZEN_SCHEDULE, first_day)
    return save_training(unit, moment, training)


def train_with(
    unit: Unit, moment: Moment, before: TrainingPeriod, period: SchoolPeriod, provider: LeadProvider, starts_on: date
) -> TrainingPeriod:
    """A training with another provider: in the cohort and on the schedule of the one before.

    An ECT comes out of a frozen cohort by it, which is remembered.
    """
    present = unit.get(ContractPeriod, before.cohort) if before.cohort else None
    if present is not None and is_frozen(present, moment.now) and period.role == "ect":
        teacher = teacher_of(unit, period.teacher_id)
        save_teacher(unit, moment, replace(teacher, ect=replace(teacher.ect, frozen_cohort=present.id)))
        return _after_frozen(unit, moment, period, provider, starts_on)
    cohort, identifier = before.cohort, _identifier(unit, before)
    assert cohort is not None
    return save_training(unit, moment, _training(unit, moment, period, provider, cohort, identifier, starts_on))


def led_by(unit: Reader, training: TrainingPeriod, provider: LeadProvider) -> TrainingPeriod:
    """A training as it is with a provider: under its earliest partnership there, or else in the hope of one."""
    partnership = partnership_with(unit, training.school_id, training.cohort or "", provider.id)
    return replace(
        training,
        partnership_id=partnership.id if partnership else None,
        lead_provider_id=provider.id if partnership else None,
        interest_id=None if partnership else provider.id,
    )


def partnership_with(reader: Reader, school_id: str, cohort: str, provider_id: str) -> Partnership | None:
    """The earliest partnership that a provider made with a school in a cohort."""
    there = reader.find(Partnership, school_id=school_id, cohort=cohort)
    theirs = [each for each in there if each.lead_provider_id == provider_id]
    return min(theirs, key=lambda each: each.created_at, default=None)


def _training(
    unit: Unit,
    moment: Moment,
    period: SchoolPeriod,
    provider: LeadProvider,
    cohort: str,
    identifier: str,
    starts_on: date,
) -> TrainingPeriod:
    schedule = unit.get(Schedule, f"{cohort}/{identifier}")
    if schedule is None:
        raise Impossible(f"cohort {cohort} has no schedule {identifier}")
    return led_by(
        unit,
        TrainingPeriod(
            id=moment.new_id(),
            school_period_id=period.id,
            teacher_id=period.teacher_id,
            role=period.role,
            school_id=period.school_id,
            cohort=cohort,
            schedule_id=schedule.id,
            starts_on=starts_on,
            ends_on=period.ends_on,
            created_at=moment.now,
            moved_at=moment.now,
        ),
        provider,
    )


def _identifier(reader: Reader, training: TrainingPeriod) -> str:
    schedule = reader.get(Schedule, training.schedule_id) if training.schedule_id else None
    assert schedule is not None
    return schedule.identifier


def _first_identifier(reader: Reader, moment: Moment, period: SchoolPeriod, starts_on: date) -> str:
    """The schedule that someone new begins on: by the season and, for a mentor, by whether they replace another."""
    kind = "replacement" if period.role == "mentor" and _replaces_another(reader, period) else "standard"
    return f"ecf-{kind}-{season(max(starts_on, moment.today))}"


def _replaces_another(reader: Reader, period: SchoolPeriod) -> bool:
    """True for a mentor whose mentee had another before, for whom something was declared in that time."""
    for mentorship in reader.find(Mentorship, mentor_period_id=period.id):
        for other in reader.find(Mentorship, ect_period_id=mentorship.ect_period_id):
            if other.mentor_id != mentorship.mentor_id and _was_declared_within(reader, other):
                return True
    return False


def _was_declared_within(reader: Reader, mentorship: Mentorship) -> bool:
    declared = reader.find(Declaration, participant_id=mentorship.mentor_id)
    days = (
        day_of(each.declaration_date)
        for each in declared
        if each.state != "voided" and each.course_identifier == "ecf-mentor"
    )
    return any(
        mentorship.starts_on <= day and (mentorship.ends_on is None or day <= mentorship.ends_on) for day in days
    )
