"""May the schedule change? `PUT /api/v{n}/participants/ecf/{id}/change-schedule`."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import UTC, datetime, time
from typing import Final

import msgspec

from sandbox.model import (
    Cohort,
    Declaration,
    Milestone,
    Participant,
    Partnership,
    Placement,
    Schedule,
    TrainingRecord,
)
from sandbox.rules.participants import KNOWN_AND_PLACED
from sandbox.rules.requests import ScheduleRequest
from sandbox.rules.rule import GATE, Rules, rule

FROZEN_COHORTS_MOVE_TO: Final = "2024"


class ScheduleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the rules of changing schedule look at.

    `current` and `current_cohort` are where the provider's placement is now, `assigned` is the training record's own
    schedule, whichever provider set it; `target` is the schedule asked for, with its
    `milestones`, in the cohort `target_cohort` (the one given, or the placement's), of which `destination` is the
    record; `partnership` is the provider's with the school in that cohort. `declarations` are the live ones for the
    course, and `closed_cohorts` the cohorts closed for payments among theirs.
    """

    now: datetime
    request: ScheduleRequest
    participant: Participant | None = None
    awaiting_validation: bool = False
    record: TrainingRecord | None = None
    placement: Placement | None = None
    current: Schedule | None = None
    current_cohort: Cohort | None = None
    target_cohort: str | None = None
    destination: Cohort | None = None
    target: Schedule | None = None
    milestones: Sequence[Milestone] = ()
    partnership: Partnership | None = None
    declarations: Sequence[Declaration] = ()
    assigned: Schedule | None = None
    closed_cohorts: Container[str] = ()

    @property
    def binding(self) -> Sequence[Declaration]:
        """The live declarations that bind the schedule: once moved out of a closed cohort, those made there do not."""
        if self.record is None or not self.record.cohort_changed_after_payments_frozen:
            return self.declarations
        return [declaration for declaration in self.declarations if declaration.cohort not in self.closed_cohorts]

    @property
    def course_given(self) -> bool:
        """True when the request names a course."""
        return self.request.course_identifier is not None

    @property
    def changes_cohort(self) -> bool:
        """True when the schedule asked for belongs to another cohort than the current one."""
        return self.current is not None and self.target_cohort != self.current.cohort

    @property
    def declared_types(self) -> str:
        """The types of the live declarations, as a message lists them."""
        return ", ".join(declaration.declaration_type for declaration in self.declarations)


@rule("sched.not-withdrawn")
def is_withdrawn(facts: ScheduleFacts) -> bool:
    """True for a participant whom this provider has withdrawn."""
    return facts.placement is not None and facts.placement.training.status == "withdrawn"


@rule("sched.identifier")
def names_no_schedule(facts: ScheduleFacts) -> bool:
    """True when no schedule is named, or none that the cohort has."""
    return facts.request.schedule_identifier is None or (facts.placement is not None and facts.target is None)


@rule("sched.different")
def is_the_same_schedule(facts: ScheduleFacts) -> bool:
    """True when the participant is on that schedule already."""
    return facts.target is not None and facts.target == facts.current


@rule("sched.course")
def is_for_another_course(facts: ScheduleFacts) -> bool:
    """True when the schedule does not serve the participant's course."""
    if facts.target is None or facts.record is None:
        return False
    return facts.record.course_identifier not in facts.target.courses


@rule("sched.fits-declarations")
def does_not_fit_what_was_declared(facts: ScheduleFacts) -> bool:
    """True when a live declaration would lie outside the new schedule's milestone of its type, or have none.

    Unlike a new declaration, one dated 00:00 on the milestone's first day lies outside.
    """
    if facts.target is None or moves_between_frozen_cohorts(facts):
        return False
    return any(not fits(declaration, facts.milestones) for declaration in facts.declarations)


def fits(declaration: Declaration, milestones: Sequence[Milestone]) -> bool:
    """True when a declaration is dated inside the milestone of its type."""
    milestone = next((m for m in milestones if m.declaration_type == declaration.declaration_type), None)
    if milestone is None:
        return False
    opens = datetime.combine(milestone.starts, time.min, UTC)
    if declaration.declaration_date <= opens:
        return False
    return milestone.ends is None or declaration.declaration_date.date() <= milestone.ends


@rule("sched.frozen-cohort")
def moves_between_frozen_cohorts(facts: ScheduleFacts) -> bool:
    """True for an ECT who may move from a cohort closed for payments to 2024 in spite of declarations, or back again.

    Out: billable declarations, none of them `completed`, and no induction end date. Back: to a closed cohort in
    which every live declaration was made.
    """
    record, current_cohort = facts.record, facts.current_cohort
    if record is None or current_cohort is None or record.participant_type != "ect" or not facts.changes_cohort:
        return False
    if record.cohort_changed_after_payments_frozen:
        closed = facts.destination is not None and facts.destination.frozen_at(facts.now)
        made_there = all(declaration.cohort == facts.target_cohort for declaration in facts.declarations)
        return current_cohort.id == FROZEN_COHORTS_MOVE_TO and closed and made_there
    billable = [d for d in facts.declarations if d.is_billable]
    return (
        facts.target_cohort == FROZEN_COHORTS_MOVE_TO
        and current_cohort.frozen_at(facts.now)
        and record.induction_end_date is None
        and bool(billable)
        and all(d.declaration_type != "completed" for d in billable)
    )


@rule("sched.cohort-fixed")
def cohort_is_fixed_by_declarations(facts: ScheduleFacts) -> bool:
    """True when the cohort would change under live declarations, and no closed cohort excuses it."""
    return facts.changes_cohort and bool(facts.declarations) and not moves_between_frozen_cohorts(facts)


@rule("sched.partnership")
def has_no_partnership_there(facts: ScheduleFacts) -> bool:
    """True when the provider has no live partnership with the school in the target cohort.

    One made for a single person's transfer will do only while the cohort stays.
    """
    if facts.placement is None:
        return False
    partnership = facts.partnership
    if partnership is None or partnership.challenged_at is not None:
        return True
    return partnership.relationship and facts.changes_cohort


CHANGING_SCHEDULE: Final[Rules] = (
    *KNOWN_AND_PLACED,
    is_withdrawn,
    names_no_schedule,
    GATE,
    is_the_same_schedule,
    is_for_another_course,
    does_not_fit_what_was_declared,
    cohort_is_fixed_by_declarations,
    has_no_partnership_there,
)


@rule("sched.effect")
def rescheduled(placement: Placement, schedule: Schedule) -> Placement:
    """The placement on another schedule of its cohort; nothing else changes."""
    return msgspec.structs.replace(placement, schedule_id=schedule.id)


def moved(placement: Placement, schedule: Schedule, partnership: Partnership) -> Placement:
    """The placement after a change of cohort: the same school and provider, the other cohort's partnership.

    Who was to join or leave on a day still is.
    """
    return msgspec.structs.replace(
        placement, schedule_id=schedule.id, cohort=schedule.cohort, partnership_id=partnership.id
    )
