"""Cohorts that the DfE opens, with the calendar and the statements that each needs."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import msgspec

from sandbox.actions.call import Moment
from sandbox.actors.impossible import Impossible
from sandbox.model import Cohort, Milestone, Schedule, Statement
from sandbox.store.protocol import Reader, Unit


def open_cohort(unit: Unit, moment: Moment, year: str) -> Cohort:
    """Open a cohort: one that was closed for payments takes them again; one there was not yet is drawn up.

    Its dates, schedules and statements are those of the newest cohort before it, as many years later. Raises
    Impossible.
    """
    known = unit.get(Cohort, year)
    if known is not None:
        reopened = msgspec.structs.replace(known, payments_frozen_at=None)
        unit.put(reopened)
        return reopened
    model = _newest_before(unit, year)
    years = int(year) - int(model.id)
    cohort = msgspec.structs.replace(
        model,
        id=year,
        registration_opens=later(model.registration_opens, years),
        academic_year_starts=later(model.academic_year_starts, years),
        payments_frozen_at=None,
    )
    unit.put(cohort)
    for schedule in unit.find(Schedule, cohort=model.id):
        unit.put(_schedule(schedule, year, years))
    for statement in list(unit.all(Statement)):
        if statement.cohort == model.id:
            unit.put(_statement(moment, statement, year, years))
    return cohort


def later(day: date, years: int) -> date:
    """The same day so many years later; of the last day of February, the last one."""
    is_last = day.month == 2 and day.day == monthrange(day.year, 2)[1]
    last = monthrange(day.year + years, 2)[1]
    return date(day.year + years, day.month, last if is_last else day.day)


def _newest_before(reader: Reader, year: str) -> Cohort:
    """The cohort that a new one is modelled on."""
    before = [cohort for cohort in reader.all(Cohort) if cohort.id < year and reader.find(Schedule, cohort=cohort.id)]
    if not before:
        raise Impossible(f"cohort {year} would come before all others, so there is nothing to model it on")
    return max(before, key=lambda cohort: cohort.id)


def _schedule(schedule: Schedule, cohort: str, years: int) -> Schedule:
    milestones = tuple(_milestone(milestone, years) for milestone in schedule.milestones)
    return msgspec.structs.replace(schedule, id=f"{cohort}/{schedule.identifier}", cohort=cohort, milestones=milestones)


def _milestone(milestone: Milestone, years: int) -> Milestone:
    return msgspec.structs.replace(
        milestone,
        starts=later(milestone.starts, years),
        ends=later(milestone.ends, years) if milestone.ends else None,
        payment=later(milestone.payment, years) if milestone.payment else None,
    )


def _statement(moment: Moment, statement: Statement, cohort: str, years: int) -> Statement:
    return msgspec.structs.replace(
        statement,
        id=moment.new_id(),
        cohort=cohort,
        year=statement.year + years,
        deadline=later(statement.deadline, years),
        payment_date=later(statement.payment_date, years),
        state="open",
        created_at=moment.now,
        updated_at=moment.now,
    )
