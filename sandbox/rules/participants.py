"""May training be deferred, resumed or withdrawn? `PUT /api/v{n}/participants/ecf/{id}/…`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Protocol

import msgspec

from sandbox.model import Participant, Placement, TrainingRecord, TrainingState
from sandbox.rules.requests import ActionRequest
from sandbox.rules.rule import Rules, rule

DEFERRAL_REASONS: Final = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")
WITHDRAWAL_REASONS: Final = (
    "left-teaching-profession",
    "moved-school",
    "mentor-no-longer-being-mentor",
    "switched-to-school-led",
    "other",
)
KNOWN_TO_RESUME: Final = ("course_identifier", "participant_id")
OLD_REASONS: Final = {"school-left-fip": "switched-to-school-led"}


class ActionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the rules of deferring, resuming and withdrawing look at.

    `participant`, `record` and `placement` are None when the provider sees no such participant, the course fits none
    of their training records, or that record is not placed with the provider.
    """

    request: ActionRequest
    participant: Participant | None = None
    awaiting_validation: bool = False
    record: TrainingRecord | None = None
    placement: Placement | None = None
    has_started: bool = False

    @property
    def course_given(self) -> bool:
        """True when the request names a course."""
        return self.request.course_identifier is not None

    @property
    def strangers(self) -> str:
        """The members sent that resuming does not know, as a message lists them."""
        return ", ".join(name for name in self.request.sent if name not in KNOWN_TO_RESUME)

    @property
    def deferral_reasons(self) -> str:
        """The reasons for deferring, as a message lists them."""
        return ", ".join(DEFERRAL_REASONS)

    @property
    def withdrawal_reasons(self) -> str:
        """The reasons for withdrawing, as a message lists them."""
        return ", ".join(WITHDRAWAL_REASONS)

    @property
    def training(self) -> TrainingState:
        """What the provider last said of the training."""
        return self.placement.training if self.placement else TrainingState()


class AboutParticipant(Protocol):
    """Facts that begin with a participant, a course and a placement: all four actions share these rules."""

    @property
    def participant(self) -> Participant | None:
        """The participant, if the provider sees one."""

    @property
    def awaiting_validation(self) -> bool:
        """True when it is only for want of validation that the provider sees none."""

    @property
    def course_given(self) -> bool:
        """True when the request names a course."""

    @property
    def record(self) -> TrainingRecord | None:
        """The training record for that course."""

    @property
    def placement(self) -> Placement | None:
        """Its latest placement with the provider."""


@rule("vis.participant")
def is_nobody_known(facts: AboutParticipant) -> bool:
    """True when the provider sees no participant with this id."""
    return facts.participant is None and not facts.awaiting_validation


@rule("participant.course-matches")
def course_does_not_match(facts: AboutParticipant) -> bool:
    """True when no course is named, or one that the participant has no training record for."""
    return not facts.course_given or (facts.participant is not None and facts.record is None)


@rule("participant.placed-with-provider")
def is_placed_with_another(facts: AboutParticipant) -> bool:
    """True when that training record has no placement with the provider."""
    return facts.record is not None and facts.placement is None


@rule("defer.reason")
def defers_without_a_proper_reason(facts: ActionFacts) -> bool:
    """True when the reason for deferring is missing or none of those allowed."""
    return facts.request.reason not in DEFERRAL_REASONS


@rule("defer.not-deferred")
def is_deferred_already(facts: ActionFacts) -> bool:
    """True for a participant whom this provider has deferred."""
    return facts.training.status == "deferred"


@rule("defer.not-withdrawn")
def is_withdrawn_and_cannot_defer(facts: ActionFacts) -> bool:
    """True for a participant whom this provider has withdrawn."""
    return facts.training.status == "withdrawn"


@rule("resume.was-paused")
def has_nothing_to_resume(facts: ActionFacts) -> bool:
    """True for a participant in active training: only a deferred or withdrawn one can resume."""
    return facts.placement is not None and facts.training.status == "active"


@rule("withdraw.reason")
def withdraws_without_a_proper_reason(facts: ActionFacts) -> bool:
    """True when the reason for withdrawing a known participant is missing or none of those allowed."""
    return facts.record is not None and facts.request.reason not in (*WITHDRAWAL_REASONS, *OLD_REASONS)


@rule("withdraw.not-withdrawn")
def is_withdrawn_already(facts: ActionFacts) -> bool:
    """True for a participant whom this provider has withdrawn."""
    return facts.training.status == "withdrawn"


KNOWN_AND_PLACED: Final[Rules] = (is_nobody_known, course_does_not_match, is_placed_with_another)
DEFERRING: Final[Rules] = (
    *KNOWN_AND_PLACED,
    defers_without_a_proper_reason,
    is_deferred_already,
    is_withdrawn_and_cannot_defer,
)
RESUMING: Final[Rules] = (*KNOWN_AND_PLACED, has_nothing_to_resume)
WITHDRAWING: Final[Rules] = (
    *KNOWN_AND_PLACED,
    withdraws_without_a_proper_reason,
    is_withdrawn_already,
)


def succeeded(before: Placement, after: Placement, *, new_id: Callable[[], str], at: datetime) -> tuple[Placement, ...]:
    """What an act leaves of a placement: it ends there and then, and the next, which has the changes, begins.

    One that has not begun yet is changed in place; one that has ended keeps its end. The newest comes last.
    """
    if before.starts_at > at:
        return (after,)
    return ended(before, at), msgspec.structs.replace(
        after, id=new_id(), starts_on=at.date(), began_at=at, ended_at=None, created_at=at
    )


def told(before: Placement, after: Placement, *, new_id: Callable[[], str], at: datetime) -> tuple[Placement, ...]:
    """What is told of a placement without its past: it has changed; only another partnership makes another one."""
    if before.partnership_id == after.partnership_id:
        return (after,)
    return succeeded(before, after, new_id=new_id, at=at)


def ended(placement: Placement, at: datetime) -> Placement:
    """The placement that an act ends, unless it has ended before."""
    if placement.ends_at is not None and placement.ends_at <= at:
        return msgspec.structs.replace(placement, induction_status="changed")
    return msgspec.structs.replace(placement, ends_on=at.date(), ended_at=at, induction_status="changed")


def address_on_joining(placements: Sequence[Placement]) -> str:
    """The address of whoever joins a school that gives none: the last they had.

    `placements` are those of the training, in the order in which they were made.
    """
    return placements[-1].email


def mentored(placement: Placement, mentor_id: str | None) -> Placement:
    """The placement with another mentor, or with none."""
    return msgspec.structs.replace(placement, mentor_id=mentor_id)


@rule("status.independent")
def in_training(placement: Placement, state: TrainingState) -> Placement:
    """The placement with the provider's word on the training changed, and the school's left alone."""
    return msgspec.structs.replace(placement, training=state)


@rule("defer.effect")
def deferred(placement: Placement, reason: str, at: datetime) -> Placement:
    """The placement once its provider has deferred the training."""
    return in_training(placement, TrainingState(status="deferred", reason=reason, at=at))


@rule("resume.effect")
def resumed(placement: Placement) -> Placement:
    """The placement in active training again: neither deferral nor withdrawal is shown any more."""
    return in_training(placement, TrainingState())


@rule("withdraw.effect")
def withdrawn(placement: Placement, reason: str, at: datetime) -> Placement:
    """The placement once its provider has withdrawn the participant; an old reason is kept under its new name."""
    return in_training(placement, TrainingState(status="withdrawn", reason=OLD_REASONS.get(reason, reason), at=at))
