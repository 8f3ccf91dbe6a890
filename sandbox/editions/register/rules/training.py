"""Withdrawing, deferring, resuming: what is refused, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.editions.register.rules.check import check
from sandbox.editions.register.rules.periods import overlap, training_status
from sandbox.model import SchoolPeriod, TrainingPeriod
from sandbox.model.people import ParticipantType
from sandbox.rules.requests import ActionRequest
from sandbox.rules.rule import Rules, rule

COURSES: Final[dict[str | None, ParticipantType]] = {"ecf-induction": "ect", "ecf-mentor": "mentor"}
WITHDRAWING_REASONS: Final = frozenset(
    {
        "left-teaching-profession",
        "moved-school",
        "mentor-no-longer-being-mentor",
        "switched-to-school-led",
        "changed-lead-provider",
        "other",
    }
)
DEFERRING_REASONS: Final = frozenset({"bereavement", "long-term-sickness", "parental-leave", "career-break", "other"})
MENTORS_REASON: Final = "mentor-no-longer-being-mentor"

COURSE: Final = "course_identifier"
REASON: Final = "reason"
PARTICIPANT: Final = "participant_id"


class TrainingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at when a provider reports something of a training.

    `training` is the provider's latest of the role that the course names, `others` are all other trainings of the
    person in that role, whoever's they are; `school_period` is where the training lies.
    """

    request: ActionRequest
    now: datetime
    today: date
    role: ParticipantType | None
    training: TrainingPeriod | None
    school_period: SchoolPeriod | None
    others: Sequence[TrainingPeriod]


@check("participant.course-matches", COURSE)
def takes_no_such_course(facts: TrainingFacts) -> bool:
    """True when the provider has never trained them for the course."""
    return facts.training is None


@check("withdraw.reason", REASON)
def withdraws_without_a_reason(facts: TrainingFacts) -> bool:
    """True when the reason for withdrawing is none of those there are."""
    return facts.request.reason not in WITHDRAWING_REASONS


@check("defer.reason", REASON)
def defers_without_a_reason(facts: TrainingFacts) -> bool:
    """True when the reason for deferring is none of those there are."""
    return facts.request.reason not in DEFERRING_REASONS


@check("withdraw.mentor-only-reason", REASON, COURSE, REASON, PARTICIPANT)
def is_no_mentor(facts: TrainingFacts) -> bool:
    """True when an ECT is withdrawn for a mentor's reason."""
    return facts.role == "ect" and facts.request.reason == MENTORS_REASON


@check("withdraw.not-withdrawn", PARTICIPANT, COURSE, PARTICIPANT)
def is_withdrawn_already(facts: TrainingFacts) -> bool:
    """True when they have been withdrawn. Who is deferred may be."""
    return facts.training is not None and training_status(facts.training) == "withdrawn"


@check("defer.not-deferred", PARTICIPANT, COURSE, PARTICIPANT)
def is_deferred_already(facts: TrainingFacts) -> bool:
    """True when they have been deferred."""
    return facts.training is not None and training_status(facts.training) == "deferred"


@check("defer.not-withdrawn", PARTICIPANT, COURSE, PARTICIPANT)
def is_withdrawn(facts: TrainingFacts) -> bool:
    """True when they have been withdrawn, so cannot be deferred."""
    return facts.training is not None and training_status(facts.training) == "withdrawn"


@check("training.begun", PARTICIPANT, COURSE, PARTICIPANT)
def has_not_begun(facts: TrainingFacts) -> bool:
    """True when the training begins in the future."""
    return facts.training is not None and facts.training.starts_on > facts.today


@check("training.one-day", PARTICIPANT, COURSE, PARTICIPANT)
def begins_today(facts: TrainingFacts) -> bool:
    """True when the training begins today, as after a change of schedule or a resumption."""
    return facts.training is not None and facts.training.starts_on == facts.today


@check("resume.was-paused", PARTICIPANT, COURSE, PARTICIPANT)
def was_not_paused(facts: TrainingFacts) -> bool:
    """True when they have been neither deferred nor withdrawn, as whoever has only left."""
    return facts.training is not None and training_status(facts.training) == "active"


@check("resume.not-elsewhere", PARTICIPANT, COURSE, PARTICIPANT)
def trains_otherwise(facts: TrainingFacts) -> bool:
    """True when another training of theirs at the same school goes on today."""
    training = facts.training
    if training is None:
        return False
    there = (other for other in facts.others if other.school_period_id == training.school_period_id)
    return any(other.covers(facts.today) for other in there)


@check("resume.not-same-day", PARTICIPANT, COURSE, PARTICIPANT)
def ended_today(facts: TrainingFacts) -> bool:
    """True when the training ended today: it can be resumed tomorrow."""
    return facts.training is not None and facts.training.ends_on == facts.today


@check("resume.still-at-school", PARTICIPANT, COURSE, PARTICIPANT)
def is_at_school_no_longer(facts: TrainingFacts) -> bool:
    """True when they have left the school, or do today."""
    return facts.school_period is not None and not facts.school_period.runs_after(facts.today)


@check("resume.overlaps", PARTICIPANT, COURSE, PARTICIPANT)
def would_overlap(facts: TrainingFacts) -> bool:
    """True when training of the role goes on, or will, within what would be resumed: even what was paused for later."""
    if facts.training is None or facts.school_period is None:
        return False
    again = replace(facts.training, starts_on=facts.today, ends_on=facts.school_period.ends_on)
    return any(overlap(again, each) for each in (facts.training, *facts.others))


WITHDRAWING: Final[Rules] = (
    takes_no_such_course,
    withdraws_without_a_reason,
    is_withdrawn_already,
    has_not_begun,
    begins_today,
    is_no_mentor,
)
DEFERRING: Final[Rules] = (
    takes_no_such_course,
    defers_without_a_reason,
    is_withdrawn,
    is_deferred_already,
    has_not_begun,
    begins_today,
)
RESUMING: Final[Rules] = (
    takes_no_such_course,
    was_not_paused,
    trains_otherwise,
    ended_today,
    is_at_school_no_longer,
    would_overlap,
)


@rule("withdraw.effect")
def withdrawn(training: TrainingPeriod, reason: str, now: datetime, today: date) -> TrainingPeriod:
    """A training that its provider has withdrawn someone from: it ends today, unless it has ended before."""
    return replace(_ended(training, now, today), withdrawn_at=now, withdrawn_reason=reason)


@rule("defer.effect")
def deferred(training: TrainingPeriod, reason: str, now: datetime, today: date) -> TrainingPeriod:
    """A training that its provider has deferred: it ends today, unless it has ended before."""
    return replace(_ended(training, now, today), deferred_at=now, deferred_reason=reason)


@rule("resume.effect")
def resumed(training: TrainingPeriod, ends_on: date | None, id: str, now: datetime, today: date) -> TrainingPeriod:
    """The training that follows one which was paused: from today to the end of the time at the school."""
    return replace(
        training,
        id=id,
        starts_on=today,
        ends_on=ends_on,
        withdrawn_at=None,
        withdrawn_reason=None,
        deferred_at=None,
        deferred_reason=None,
        created_at=now,
        moved_at=now,
    )


def _ended(training: TrainingPeriod, now: datetime, today: date) -> TrainingPeriod:
    if training.ends_on is not None and training.ends_on <= today:
        return training
    return replace(training, ends_on=today, moved_at=now)
