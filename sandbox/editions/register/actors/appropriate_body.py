"""What appropriate bodies do: claim ECTs for their induction, and say how it ends."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.marking import save_induction
from sandbox.editions.register.actions.people import school_periods_of
from sandbox.editions.register.actors.eligibility import become_eligible
from sandbox.editions.register.actors.leaving import delete_school_period, end_school_period
from sandbox.model import InductionPeriod, Teacher
from sandbox.model.register import InductionOutcome
from sandbox.store.protocol import Unit


def claim(unit: Unit, moment: Moment, teacher: Teacher, starts_on: date) -> InductionPeriod:
    """Begin an ECT's induction, who is eligible from now on if it covers today. Raises Impossible."""
    if any(each.ends_on is None for each in unit.find(InductionPeriod, teacher_id=teacher.id)):
        raise Impossible(f"the induction of {teacher.full_name} goes on already")
    induction = InductionPeriod(id=moment.new_id(), teacher_id=teacher.id, starts_on=starts_on, created_at=moment.now)
    save_induction(unit, moment, induction)
    if starts_on <= moment.today and school_periods_of(unit, teacher.id, "ect"):
        become_eligible(unit, moment, teacher.id, "ect")
    return induction


def close(unit: Unit, moment: Moment, teacher: Teacher, on: date, outcome: InductionOutcome | None) -> None:
    """End a running induction. With an outcome the ECT's time at the school ends today. Raises Impossible."""
    running = [each for each in unit.find(InductionPeriod, teacher_id=teacher.id) if each.ends_on is None]
    if not running:
        raise Impossible(f"no induction of {teacher.full_name} goes on: validate them first")
    if on > moment.today:
        raise Impossible("an induction does not end in the future")
    if on < running[0].starts_on:
        raise Impossible(f"the induction began on {running[0].starts_on}")
    save_induction(unit, moment, replace(running[0], ends_on=on, outcome=outcome))
    if outcome is None:
        return
    for period in school_periods_of(unit, teacher.id, "ect"):
        if period.starts_on >= moment.today:
            delete_school_period(unit, moment, period)
        elif period.ends_on is None:
            end_school_period(unit, moment, period, moment.today)
