"""Changing schedule, and with it perhaps the cohort: what is refused, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.editions.register.rules.check import check
from sandbox.editions.register.rules.days import DAY, day_of
from sandbox.model import (
    ContractPeriod,
    Declaration,
    Partnership,
    Schedule,
    SchoolPeriod,
    TeacherRole,
    TrainingPeriod,
)
from sandbox.model.people import ParticipantType
from sandbox.rules.requests import ScheduleRequest
from sandbox.rules.rule import Rules, rule

COURSE: Final = "course_identifier"
SCHEDULE: Final = "schedule_identifier"
COHORT: Final = "cohort"
PARTICIPANT: Final = "participant_id"


class ScheduleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at when a provider changes someone's schedule.

    `training` is the provider's latest of the role that the course names, `target_cohort` where it is to be,
    `target` the schedule asked for there. `declarations` are those of the training, voided ones too.
    """

    request: ScheduleRequest
    now: datetime
    today: date
    role: ParticipantType | None
    teacher_role: TeacherRole | None
    training: TrainingPeriod | None
    participant_status: str | None
    training_status: str | None
    target_cohort: ContractPeriod | None
    target: Schedule | None
    partnership: Partnership | None
    declarations: Sequence[Declaration]
    has_completed: bool
    has_later_training: bool

    @property
    def is_in_place(self) -> bool:
        """True when the training itself is changed, and no other begins."""
        return self.training is not None and changes_in_place(self.training, self.role, self.has_completed, self.today)

    @property
    def changes_cohort(self) -> bool:
        """True when the cohort changes, too."""
        return (
            self.training is not None
            and self.target_cohort is not None
            and self.target_cohort.id != self.training.cohort
        )


def changes_in_place(training: TrainingPeriod, role: ParticipantType | None, has_completed: bool, today: date) -> bool:
    """True for a training that begins today or later, or of an ECT who has completed (sched.effect)."""
    return training.starts_on >= today or (role == "ect" and has_completed)


@check("participant.course-matches", COURSE)
def takes_no_such_course(facts: ScheduleFacts) -> bool:
    """True when the provider has never trained them for the course."""
    return facts.training is None


@check("sched.identifier", SCHEDULE, SCHEDULE)
def names_no_schedule(facts: ScheduleFacts) -> bool:
    """True when the cohort has no such schedule, or there is no cohort to look in."""
    return facts.target is None


@check("sched.different", SCHEDULE, SCHEDULE, COURSE)
def is_on_it_already(facts: ScheduleFacts) -> bool:
    """True when the training is on that schedule, of that cohort."""
    return facts.training is not None and facts.target is not None and facts.training.schedule_id == facts.target.id


@check("sched.course", SCHEDULE, SCHEDULE, COURSE)
def is_for_the_other_role(facts: ScheduleFacts) -> bool:
    """True for an ECT on a replacement schedule, and for a mentor on a reduced one."""
    identifier = facts.request.schedule_identifier or ""
    return ("replacement" if facts.role == "ect" else "reduced") in identifier


@check("sched.fits-declarations", SCHEDULE, SCHEDULE, COURSE)
def leaves_declarations_out(facts: ScheduleFacts) -> bool:
    """True when a declaration would lie outside the milestone of its type, where the training is changed itself."""
    if facts.training is None or facts.target is None or facts.training.starts_on < facts.today:
        return False
    target = facts.target
    return any(_lies_outside(declaration, target) for declaration in facts.declarations)


def _lies_outside(declaration: Declaration, schedule: Schedule) -> bool:
    day = day_of(declaration.declaration_date)
    milestones = (each for each in schedule.milestones if each.declaration_type == declaration.declaration_type)
    return any(day < each.starts or (each.ends is not None and day > each.ends) for each in milestones)


@check("sched.statement-clash", SCHEDULE, SCHEDULE, COURSE)
def leaves_a_statement_behind(facts: ScheduleFacts) -> bool:
    """True when the cohort changes under a declaration that a statement holds."""
    return (
        facts.is_in_place
        and facts.changes_cohort
        and any(declaration.statement_id is not None for declaration in facts.declarations)
    )


@check("sched.partnership", COHORT, COHORT, COURSE)
def lacks_a_partnership(facts: ScheduleFacts) -> bool:
    """True when the provider has no partnership with the school in the cohort to change to."""
    return facts.changes_cohort and facts.partnership is None


@check("sched.not-into-frozen", COHORT, COHORT, COURSE)
def goes_into_a_frozen_cohort(facts: ScheduleFacts) -> bool:
    """True when the cohort, be it the present one, is frozen, and is not the one that they once came out of."""
    cohort, role = facts.target_cohort, facts.teacher_role
    if cohort is None or not cohort.frozen_at(facts.now):
        return False
    return role is None or role.frozen_cohort != cohort.id


@check("sched.not-completed", PARTICIPANT, PARTICIPANT, COURSE)
def has_completed(facts: ScheduleFacts) -> bool:
    """True when they have completed; but an ECT may still change to a reduced schedule."""
    is_reduced = facts.role == "ect" and "reduced" in (facts.request.schedule_identifier or "")
    return facts.has_completed and not is_reduced


@check("sched.not-left", PARTICIPANT, PARTICIPANT, COURSE)
def has_left(facts: ScheduleFacts) -> bool:
    """True when they have left, as who was deferred has."""
    return facts.participant_status == "left"


@check("sched.not-withdrawn", PARTICIPANT, PARTICIPANT, COURSE)
def is_withdrawn(facts: ScheduleFacts) -> bool:
    """True when they were withdrawn and are still leaving."""
    return facts.training_status == "withdrawn" and facts.participant_status == "leaving"


@check("sched.no-later-training", PARTICIPANT, PARTICIPANT, COURSE)
def trains_later(facts: ScheduleFacts) -> bool:
    """True when another training of the role begins after this one, whoever's it is."""
    return facts.has_later_training


CHANGING_SCHEDULE: Final[Rules] = (
    takes_no_such_course,
    names_no_schedule,
    is_on_it_already,
    is_for_the_other_role,
    leaves_declarations_out,
    leaves_a_statement_behind,
    lacks_a_partnership,
    goes_into_a_frozen_cohort,
    has_completed,
    has_left,
    is_withdrawn,
    trains_later,
)


@rule("sched.partnership-choice")
def partnership_for(
    partnerships: Iterable[Partnership], cohort: str, present: Partnership | None
) -> Partnership | None:
    """The partnership to train through: the present one in its cohort, else one with its partner, else the newest."""
    if present is not None and present.cohort == cohort:
        return present
    partner = present.delivery_partner_id if present else None
    return max(partnerships, key=lambda each: (each.delivery_partner_id == partner, each.created_at), default=None)


@rule("sched.effect")
def rescheduled(
    training: TrainingPeriod,
    school_period: SchoolPeriod,
    target: Schedule,
    partnership: Partnership,
    facts: ScheduleFacts,
    id: str,
) -> tuple[TrainingPeriod, ...]:
    """The training on another schedule: changed itself, or ended yesterday, with one after it that begins today."""
    changed = replace(
        training,
        schedule_id=target.id,
        cohort=target.cohort,
        partnership_id=partnership.id,
        lead_provider_id=partnership.lead_provider_id,
        interest_id=training.interest_id if target.cohort == training.cohort else None,
    )
    if facts.is_in_place:
        return (changed,)
    yesterday = facts.today - DAY
    ahead = [day for day in (training.ends_on, school_period.ends_on) if day is not None and day >= facts.today]
    ended = training
    if training.ends_on is None or training.ends_on > yesterday:
        ended = replace(training, ends_on=yesterday, moved_at=facts.now)
    begun = replace(
        changed,
        id=id,
        starts_on=facts.today,
        ends_on=min(ahead, default=None),
        withdrawn_at=None,
        withdrawn_reason=None,
        deferred_at=None,
        deferred_reason=None,
        created_at=facts.now,
        moved_at=facts.now,
    )
    return ended, begun


@rule("sched.frozen-cohort")
def remembered(role: TeacherRole, left: ContractPeriod | None, target: str, now: datetime) -> TeacherRole:
    """What is remembered once someone is in another cohort: the frozen one they came out of, until they go back."""
    if target == role.frozen_cohort:
        return replace(role, frozen_cohort=None)
    if left is not None and left.id != target and left.frozen_at(now):
        return replace(role, frozen_cohort=left.id)
    return role
