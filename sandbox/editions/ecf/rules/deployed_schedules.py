"""What the deployed service said to a change of schedule: nearly everything at once, an unknown name last."""

from __future__ import annotations

from typing import Final

from sandbox.model import COURSES
from sandbox.rules import schedules
from sandbox.rules.participants import KNOWN_AND_PLACED
from sandbox.rules.rule import GATE, Rules, rule
from sandbox.rules.schedules import ScheduleFacts


@rule("sched.frozen-cohort")
def moves_between_frozen_cohorts(facts: ScheduleFacts) -> bool:
    """True for an ECT who may move out of a closed cohort, or back as long as something there is billable.

    Without that, going back is a change like others.
    """
    goes_back = facts.record is not None and facts.record.cohort_changed_after_payments_frozen
    billable = any(declaration.is_billable for declaration in facts.declarations)
    return schedules.moves_between_frozen_cohorts(facts) and (billable or not goes_back)


@rule("sched.fits-declarations")
def does_not_fit_what_was_declared(facts: ScheduleFacts) -> bool:
    """True when a live declaration that binds would lie outside the new schedule's milestone of its type.

    Once somebody has moved out of a closed cohort, what was declared there does not bind.
    """
    if facts.target is None or moves_between_frozen_cohorts(facts):
        return False
    return any(not schedules.fits(declaration, facts.milestones) for declaration in facts.binding)


@rule("sched.declared-milestone")
def lacks_a_declared_milestone(facts: ScheduleFacts) -> bool:
    """True when the new schedule has no milestone of a type that is declared and binds."""
    if facts.target is None or facts.placement is None or moves_between_frozen_cohorts(facts):
        return False
    types = {milestone.declaration_type for milestone in facts.milestones}
    return any(declaration.declaration_type not in types for declaration in facts.binding)


@rule("sched.identifier")
def names_no_schedule(facts: ScheduleFacts) -> bool:
    """True when no schedule is named."""
    return not facts.request.schedule_identifier


@rule("sched.different")
def is_the_same_schedule(facts: ScheduleFacts) -> bool:
    """True when both the training record and the provider's own placement, if there is one, are on that schedule."""
    if facts.target is None or facts.target != facts.assigned:
        return False
    return facts.placement is None or facts.target == facts.current


@rule("sched.course")
def is_for_another_course(facts: ScheduleFacts) -> bool:
    """True when the schedule does not serve the course, as none serves one that there is not."""
    return facts.request.course_identifier not in COURSES.values() or schedules.is_for_another_course(facts)


@rule("sched.partnership")
def has_no_partnership_there(facts: ScheduleFacts) -> bool:
    """True when the provider has no live partnership there: above all of somebody who is not its own."""
    if facts.placement is None:
        return facts.record is not None
    return facts.destination is not None and schedules.has_no_partnership_there(facts)


@rule("sched.cohort")
def names_no_cohort(facts: ScheduleFacts) -> bool:
    """True when there is no cohort of the year named."""
    return facts.placement is not None and facts.destination is None


@rule("sched.cohort-fixed")
def cohort_is_fixed_by_declarations(facts: ScheduleFacts) -> bool:
    """True when the cohort would change under live declarations, and there is one to change to."""
    if facts.destination is None or moves_between_frozen_cohorts(facts):
        return False
    return facts.changes_cohort and bool(facts.declarations)


@rule("sched.known")
def names_an_unknown_schedule(facts: ScheduleFacts) -> bool:
    """True when the cohort has no schedule of that name."""
    return facts.target is None


CHANGING_SCHEDULE: Final[Rules] = (
    lacks_a_declared_milestone,
    GATE,
    *KNOWN_AND_PLACED,
    schedules.is_withdrawn,
    names_no_schedule,
    is_the_same_schedule,
    is_for_another_course,
    does_not_fit_what_was_declared,
    names_no_cohort,
    cohort_is_fixed_by_declarations,
    has_no_partnership_there,
    GATE,
    names_an_unknown_schedule,
)
