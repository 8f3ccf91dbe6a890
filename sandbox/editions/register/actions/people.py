"""People and their past: who somebody is, where they have been, who trains them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sandbox.actions.identity import resolve
from sandbox.editions.register.actions.call import Call, Moment
from sandbox.model import InductionPeriod, ParticipantType, School, SchoolPeriod, Teacher, TrainingPeriod
from sandbox.store.protocol import Reader

ROLES: tuple[ParticipantType, ...] = ("ect", "mentor")


def teacher_of(reader: Reader, id: str) -> Teacher:
    """The person with an id. Raises LookupError."""
    teacher = reader.get(Teacher, id)
    if teacher is None:
        raise LookupError(f"there is nobody with the id {id}")
    return teacher


def school_of(reader: Reader, id: str) -> School:
    """The school with an id. Raises LookupError."""
    school = reader.get(School, id)
    if school is None:
        raise LookupError(f"there is no school with the id {id}")
    return school


def school_period_of(reader: Reader, training: TrainingPeriod) -> SchoolPeriod:
    """The time at a school that a training lies in. Raises LookupError."""
    period = reader.get(SchoolPeriod, training.school_period_id)
    if period is None:
        raise LookupError(f"training {training.id} is of no time at a school")
    return period


def trainings_of(reader: Reader, teacher_id: str, role: ParticipantType | None = None) -> list[TrainingPeriod]:
    """Somebody's trainings, in a role if that is named, the earliest first."""
    theirs = (each for each in reader.find(TrainingPeriod, teacher_id=teacher_id) if role in (None, each.role))
    return in_time(theirs)


def school_periods_of(reader: Reader, teacher_id: str, role: ParticipantType | None = None) -> list[SchoolPeriod]:
    """Somebody's times at schools, in a role if that is named, the earliest first."""
    theirs = (each for each in reader.find(SchoolPeriod, teacher_id=teacher_id) if role in (None, each.role))
    return sorted(theirs, key=lambda period: (period.starts_on, period.created_at))


def trainings_in(reader: Reader, period: SchoolPeriod) -> list[TrainingPeriod]:
    """The trainings during a time at a school, the earliest first."""
    return in_time(reader.find(TrainingPeriod, school_period_id=period.id))


def in_time(trainings: Iterable[TrainingPeriod]) -> list[TrainingPeriod]:
    """Trainings in the order in which they begin."""
    return sorted(trainings, key=lambda training: (training.starts_on, training.created_at))


def latest_of_each(call: Call, trainings: Sequence[TrainingPeriod]) -> list[TrainingPeriod]:
    """A provider's latest training of each role that it trains somebody in, or has: the ECT's first."""
    latest = (call.rules.showing.latest(trainings, call.provider.id, role) for role in ROLES)
    return [training for training in latest if training is not None]


def sees(call: Call, trainings: Iterable[TrainingPeriod]) -> bool:
    """True for somebody whom the provider trains, or has trained, in whatever role."""
    return any(training.lead_provider_id == call.provider.id for training in trainings)


def completed_on(reader: Reader, moment: Moment, teacher: Teacher, role: ParticipantType) -> date | None:
    """When somebody completed what they were trained for, if they have."""
    if role == "mentor":
        return teacher.mentor.ineligible_from
    return moment.rules.showing.induction_end_date(reader.find(InductionPeriod, teacher_id=teacher.id))


def current_id(reader: Reader, id: str) -> str:
    """The id that somebody has now who may have had this one."""
    return resolve(reader, id)
