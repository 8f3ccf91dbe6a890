"""Training periods and what is shown of them: which is the latest, how it stands, who may be funded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter

from sandbox.editions.register.rules.days import day_of, refreshed_day
from sandbox.model import InductionPeriod, Mentorship, SchoolPeriod, Teacher, TrainingPeriod, TrainingStatus
from sandbox.model.people import ParticipantType
from sandbox.rules.rule import rule


@rule("vis.participant")
def latest(periods: Iterable[TrainingPeriod], provider_id: str, role: ParticipantType) -> TrainingPeriod | None:
    """The last training of a role under a partnership of a provider, one that is still to begin included."""
    theirs = (period for period in periods if period.role == role and period.lead_provider_id == provider_id)
    return max(theirs, key=attrgetter("starts_on", "created_at"), default=None)


@rule("show.training-status")
def training_status(period: TrainingPeriod) -> TrainingStatus:
    """The later of what a provider said: withdrawn, or deferred; active where it said neither."""
    withdrawn, deferred = period.withdrawn_at, period.deferred_at
    if withdrawn is not None and (deferred is None or withdrawn >= deferred):
        return "withdrawn"
    return "deferred" if deferred is not None else "active"


@rule("read.training-status")
def has_status(periods: Iterable[TrainingPeriod], status: str | None) -> bool:
    """True when one of them bears a stamp of this status, whatever the other stamp says; or none, for `active`."""
    return status is None or any(status in _statuses(period) for period in periods)


def _statuses(period: TrainingPeriod) -> set[str]:
    stamps = {"withdrawn": period.withdrawn_at, "deferred": period.deferred_at}
    return {name for name, at in stamps.items() if at is not None} or {"active"}


@rule("status.derive")
def participant_status(period: TrainingPeriod, completed_on: date | None, today: date) -> str:
    """How someone stands with a training on a day: joining, active, leaving or left. Who ends today has left."""
    leaving = period.ends_on is not None and period.ends_on > today
    if period.withdrawn_at is not None or period.deferred_at is not None:
        return "leaving" if leaving else "left"
    if completed_on is not None and (period.ends_on is None or completed_on <= period.ends_on):
        return "active"
    if period.ends_on is not None:
        return "leaving" if leaving else "left"
    return "joining" if period.starts_on > today else "active"


@rule("show.eligible")
def eligible_for_funding(teacher: Teacher, role: ParticipantType) -> bool | None:
    """Whichever came first decides: that they became eligible, or that they are not any more. None: neither has."""
    known = teacher.as_role(role)
    became = day_of(known.became_eligible_at) if known.became_eligible_at is not None else None
    if became is None:
        return None if known.ineligible_from is None else False
    return known.ineligible_from is None or became <= known.ineligible_from


@rule("show.induction")
def induction_end_date(inductions: Iterable[InductionPeriod]) -> date | None:
    """When the last induction with an outcome ended."""
    return max((each.ends_on for each in inductions if each.outcome and each.ends_on), default=None)


def overall_induction_start_date(inductions: Iterable[InductionPeriod]) -> date | None:
    """When the first induction began (show.induction)."""
    return min((each.starts_on for each in inductions), default=None)


def most_recent_induction_period_end_date(inductions: Iterable[InductionPeriod]) -> date | None:
    """When the induction that began last ended; None while it goes on (show.induction)."""
    newest = max(inductions, key=attrgetter("starts_on"), default=None)
    return newest.ends_on if newest is not None else None


@rule("show.mentor")
def shown_mentorship(mentorships: Iterable[Mentorship], now: datetime) -> Mentorship | None:
    """Of the mentorships of a school period the current one or, where there is none, the next."""
    day = refreshed_day(now)
    lasting = (each for each in mentorships if each.ends_on is None or each.ends_on >= day)
    return min(lasting, key=attrgetter("starts_on", "created_at"), default=None)


def overlap(one: SchoolPeriod | TrainingPeriod, other: SchoolPeriod | TrainingPeriod) -> bool:
    """True for two periods that have a day in common."""
    return (one.ends_on is None or other.starts_on <= one.ends_on) and (
        other.ends_on is None or one.starts_on <= other.ends_on
    )


def first_of(periods: Iterable[SchoolPeriod], role: ParticipantType) -> SchoolPeriod | None:
    """Someone's earliest school period of a role, whoever trained them there."""
    theirs = (period for period in periods if period.role == role)
    return min(theirs, key=attrgetter("starts_on", "created_at"), default=None)


def newest_of(periods: Iterable[SchoolPeriod], role: ParticipantType) -> SchoolPeriod | None:
    """Someone's newest school period of a role, whoever trains them there."""
    theirs = (period for period in periods if period.role == role)
    return max(theirs, key=attrgetter("starts_on", "created_at"), default=None)
