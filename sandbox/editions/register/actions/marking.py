"""What else changes with an act: when people, and schools in their cohorts, were last updated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from sandbox.editions.register.actions.call import Moment
from sandbox.model import (
    ContractPeriod,
    InductionPeriod,
    Mentorship,
    Partnership,
    SchoolCohort,
    Teacher,
    TrainingPeriod,
)
from sandbox.rules.rule import rule
from sandbox.store.protocol import Reader, Unit


@rule("updated.participant")
def mark_teacher(unit: Unit, moment: Moment, teacher_id: str) -> None:
    """Something that is shown of a person has changed (updated.participant)."""
    teacher = unit.get(Teacher, teacher_id)
    if teacher is not None:
        unit.put(replace(teacher, updated_at=max(teacher.updated_at, moment.now)))


@rule("updated.unfunded-mentor")
def mark_mentor(unit: Unit, moment: Moment, teacher_id: str) -> None:
    """What is shown of someone as an unfunded mentor has changed (updated.unfunded-mentor)."""
    teacher = unit.get(Teacher, teacher_id)
    if teacher is not None:
        unit.put(replace(teacher, mentor_updated_at=moment.now))


def save_teacher(unit: Unit, moment: Moment, teacher: Teacher) -> Teacher:
    """Keep a person of whom something that is shown has changed."""
    saved = replace(teacher, updated_at=max(teacher.updated_at, moment.now))
    unit.put(saved)
    return saved


def save_training(unit: Unit, moment: Moment, training: TrainingPeriod) -> TrainingPeriod:
    """Keep a training that has begun or changed, with all that follows for its person and school."""
    unit.put(training)
    mark_teacher(unit, moment, training.teacher_id)
    refresh_school(unit, moment, training.school_id)
    return training


def delete_training(unit: Unit, moment: Moment, training: TrainingPeriod) -> None:
    """Have a training never have been."""
    unit.delete(TrainingPeriod, training.id)
    mark_teacher(unit, moment, training.teacher_id)
    refresh_school(unit, moment, training.school_id)


def save_mentorship(unit: Unit, moment: Moment, mentorship: Mentorship) -> Mentorship:
    """Keep a mentorship that has begun or changed: the ECT changes if another mentor is shown of them now."""
    with _another_mentor(unit, moment, mentorship):
        unit.put(mentorship)
    return mentorship


def delete_mentorship(unit: Unit, moment: Moment, mentorship: Mentorship) -> None:
    """Have a mentorship never have been."""
    with _another_mentor(unit, moment, mentorship):
        unit.delete(Mentorship, mentorship.id)


@contextmanager
def _another_mentor(unit: Unit, moment: Moment, mentorship: Mentorship) -> Iterator[None]:
    """The ECT of a mentorship changes if another mentor is shown of them after something than before it."""
    before = _shown_mentor(unit, moment, mentorship.ect_period_id)
    yield
    if _shown_mentor(unit, moment, mentorship.ect_period_id) != before:
        mark_teacher(unit, moment, mentorship.ect_id)


def _shown_mentor(reader: Reader, moment: Moment, period_id: str) -> str | None:
    shown = moment.rules.showing.mentorship(reader.find(Mentorship, ect_period_id=period_id), moment.now)
    return shown.mentor_period_id if shown is not None else None


def save_induction(unit: Unit, moment: Moment, induction: InductionPeriod) -> None:
    """Keep an induction that has begun or ended."""
    unit.put(induction)
    mark_teacher(unit, moment, induction.teacher_id)


@rule("updated.school")
def refresh_school(unit: Unit, moment: Moment, school_id: str) -> None:
    """Note what has changed of a school in any cohort, and when (updated.school)."""
    trainings = unit.find(TrainingPeriod, school_id=school_id)
    rules = moment.rules.schools
    for period in unit.all(ContractPeriod):
        known = school_cohort(unit, school_id, period.id)
        partnerships = unit.find(Partnership, school_id=school_id, cohort=period.id)
        now = SchoolCohort(
            id=f"{period.id}/{school_id}",
            school_id=school_id,
            cohort=period.id,
            in_partnership=rules.in_partnership(partnerships),
            programme=rules.programme(trainings, period),
            interested=rules.interested(trainings, period.id),
            updated_at=known.updated_at if known else moment.now,
        )
        if now != known:
            latest = moment.now if known is None else max(known.updated_at, moment.now)
            if known is not None or (now.in_partnership, now.programme) != (False, "not_yet_known") or now.interested:
                unit.put(replace(now, updated_at=latest))


def school_cohort(reader: Reader, school_id: str, cohort: str) -> SchoolCohort | None:
    """What has been noted of a school in a cohort; None where nothing ever happened."""
    return reader.get(SchoolCohort, f"{cohort}/{school_id}")
