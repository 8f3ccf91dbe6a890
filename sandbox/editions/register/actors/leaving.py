"""Times at schools that come to an end, with what lies in them."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.marking import (
    delete_mentorship,
    delete_training,
    mark_teacher,
    refresh_school,
    save_mentorship,
    save_training,
)
from sandbox.editions.register.actions.people import trainings_in
from sandbox.model import Declaration, Mentorship, SchoolPeriod, TrainingPeriod
from sandbox.store.protocol import Reader, Unit


def end_school_period(unit: Unit, moment: Moment, period: SchoolPeriod, last_day: date) -> None:
    """Have someone's time at a school end on a day; what begins on that day or after it vanishes."""
    for training in trainings_in(unit, period):
        if training.starts_on >= last_day:
            delete_training(unit, moment, training)
        else:
            end_training(unit, moment, training, last_day)
    for mentorship in mentorships_in(unit, period):
        end_mentorship(unit, moment, mentorship, last_day)
    if period.starts_on >= last_day:
        delete_school_period(unit, moment, period)
    elif period.ends_on is None or period.ends_on > last_day:
        unit.put(replace(period, ends_on=last_day))  # which alone is shown of nobody (updated.participant)


def delete_school_period(unit: Unit, moment: Moment, period: SchoolPeriod) -> None:
    """Have someone never have been at a school."""
    for training in trainings_in(unit, period):
        for declaration in unit.find(Declaration, training_period_id=training.id):
            unit.delete(Declaration, declaration.id)
        delete_training(unit, moment, training)
    for mentorship in mentorships_in(unit, period):
        delete_mentorship(unit, moment, mentorship)
    unit.delete(SchoolPeriod, period.id)
    mark_teacher(unit, moment, period.teacher_id)
    refresh_school(unit, moment, period.school_id)


def end_training(unit: Unit, moment: Moment, training: TrainingPeriod, last_day: date) -> None:
    """Have a training end on a day, unless it has ended before."""
    if training.ends_on is None or training.ends_on > last_day:
        save_training(unit, moment, replace(training, ends_on=last_day, moved_at=moment.now))


def end_mentorship(unit: Unit, moment: Moment, mentorship: Mentorship, last_day: date) -> None:
    """Have a mentorship end on a day, unless it has ended before; one that begins then or later vanishes."""
    if mentorship.starts_on >= last_day:
        delete_mentorship(unit, moment, mentorship)
    elif mentorship.ends_on is None or mentorship.ends_on > last_day:
        save_mentorship(unit, moment, replace(mentorship, ends_on=last_day, changed_at=moment.now))


def mentorships_in(reader: Reader, period: SchoolPeriod) -> list[Mentorship]:
    """The mentorships that lie in someone's time at a school, whichever of the two they are."""
    if period.role == "ect":
        return list(reader.find(Mentorship, ect_period_id=period.id))
    return list(reader.find(Mentorship, mentor_period_id=period.id))
