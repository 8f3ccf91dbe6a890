"""May this be declared, and what becomes of it? `POST /api/v{n}/participant-declarations`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sandbox.model import DeclarationState, Placement
from sandbox.rules import evidence
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.rule import GATE, Rules, rule


@rule("decl.npq-retired")
def is_for_a_retired_course(facts: DeclarationFacts) -> bool:
    """True for an NPQ course: they left this API."""
    return (facts.request.course_identifier or "").startswith("npq-")


@rule("decl.participant-known")
def names_nobody_known(facts: DeclarationFacts) -> bool:
    """True when no participant is named, or none that the provider sees."""
    return facts.participant is None and not facts.awaiting_validation


@rule("decl.before-withdrawal")
def dated_after_withdrawal(facts: DeclarationFacts) -> bool:
    """True when the declaration is not dated before the moment the provider withdrew the participant.

    Someone who came back, at another of the provider's schools, can be declared from the day they came.
    """
    declared_at, withdrawn_at = facts.declared_at, facts.withdrawn_at
    if declared_at is None or withdrawn_at is None or facts.trains_that_day:
        return False
    return declared_at >= withdrawn_at


@rule("decl.date-given")
def has_no_date(facts: DeclarationFacts) -> bool:
    """True when there is no declaration date."""
    return facts.request.declaration_date is None


@rule("decl.type-given")
def has_no_type(facts: DeclarationFacts) -> bool:
    """True when there is no declaration type."""
    return facts.request.declaration_type is None


@rule("decl.date-format")
def date_is_no_time(facts: DeclarationFacts) -> bool:
    """True when the declaration date is not an RFC 3339 date and time."""
    return facts.request.declaration_date is not None and facts.declared_at is None


@rule("decl.date-not-future")
def dated_in_the_future(facts: DeclarationFacts) -> bool:
    """True when the declaration is dated after now."""
    return facts.declared_at is not None and facts.declared_at > facts.now


@rule("decl.milestone-start")
def dated_before_the_milestone_opens(facts: DeclarationFacts) -> bool:
    """True when the declaration is dated before its milestone's first day."""
    declared_at, milestone = facts.declared_at, facts.milestone
    return declared_at is not None and milestone is not None and declared_at.date() < milestone.starts


@rule("decl.milestone-end")
def dated_after_the_milestone_closes(facts: DeclarationFacts) -> bool:
    """True when, on a standard schedule, the declaration is dated after its milestone's last day.

    When it is submitted does not matter, only what day it is dated.
    """
    declared_at, milestone, schedule = facts.declared_at, facts.milestone, facts.schedule
    if declared_at is None or milestone is None or milestone.ends is None or schedule is None:
        return False
    return schedule.is_standard and declared_at.date() > milestone.ends


@rule("decl.cohort-open")
def cohort_takes_no_more(facts: DeclarationFacts) -> bool:
    """True when the declaration would be payable, but the cohort has no output statement left to put it on."""
    if facts.record is None or facts.cohort is None:
        return False
    return facts.record.eligible_for_funding is True and facts.open_statement is None


@rule("decl.milestone-exists")
def schedule_has_no_such_milestone(facts: DeclarationFacts) -> bool:
    """True when the participant's schedule has no milestone of the declaration type."""
    return facts.request.declaration_type is not None and facts.schedule is not None and facts.milestone is None


@rule("decl.one-per-milestone")
def already_declared(facts: DeclarationFacts) -> bool:
    """True when someone's live declaration for the same participant, course and type exists."""
    return facts.rival is not None


@rule("decl.mentor-types")
def mentors_are_not_retained(facts: DeclarationFacts) -> bool:
    """True for anything but `started` and `completed` for a mentor in a cohort with mentor funding."""
    if facts.record is None or facts.cohort is None or facts.request.declaration_type is None:
        return False
    return (
        facts.cohort.mentor_funding
        and facts.record.participant_type == "mentor"
        and facts.request.declaration_type not in ("started", "completed")
    )


@rule("decl.course-matches")
def is_not_on_the_course(facts: DeclarationFacts) -> bool:
    """True when the participant has no training record for the course."""
    return facts.record is None


@rule("decl.placed-with-provider")
def is_placed_elsewhere(facts: DeclarationFacts) -> bool:
    """True when that training record never had a placement with the provider."""
    return facts.placement is None


@rule("decl.evidence")
def evidence_does_not_do(facts: DeclarationFacts) -> bool:
    """True when the evidence is missing where it is needed, or is none of those allowed."""
    if not facts.allowed_evidence or facts.request.declaration_type is None:
        return False
    if facts.request.evidence_held is None:
        return evidence.needed(facts.request.declaration_type)
    return facts.request.evidence_held not in facts.allowed_evidence


RECORDING: Final[Rules] = (
    is_for_a_retired_course,
    GATE,
    names_nobody_known,
    dated_after_withdrawal,
    has_no_date,
    has_no_type,
    date_is_no_time,
    dated_in_the_future,
    dated_before_the_milestone_opens,
    dated_after_the_milestone_closes,
    cohort_takes_no_more,
    schedule_has_no_such_milestone,
    already_declared,
    mentors_are_not_retained,
    GATE,
    is_not_on_the_course,
    GATE,
    is_placed_elsewhere,
    GATE,
    evidence_does_not_do,
)


@rule("decl.duplicate-person")
def is_declared_under_another_id(facts: DeclarationFacts) -> bool:
    """True when another participant with the same TRN has a live declaration of the same course and type."""
    return facts.same_person is not None


@rule("decl.eligible")
def first_state(facts: DeclarationFacts) -> DeclarationState:
    """The state a new declaration begins in."""
    if is_declared_under_another_id(facts):
        return "ineligible"
    return "eligible" if facts.record is not None and facts.record.eligible_for_funding else "submitted"


def reason_when_ineligible(state: DeclarationState) -> str | None:
    """Why a declaration begins as ineligible: there is only the one reason (decl.duplicate-person)."""
    return "duplicate_declaration" if state == "ineligible" else None


@rule("decl.records-context")
def placement_at(placements: Sequence[Placement], declared_at: datetime) -> Placement | None:
    """The placement whose delivery partner and mentor a declaration stores: the newest begun by its date, if any.

    `placements` are the training record's with this provider, newest first.
    """
    return next((placement for placement in placements if placement.starts_at <= declared_at), None)


def withdrawn_at(placements: Sequence[Placement]) -> datetime | None:
    """When the provider withdrew the participant, if it has: the last time, at whichever school.

    Of a school only the newest placement counts: what an act ended is past. `placements` are newest first.
    """
    newest: dict[str, Placement] = {}
    for placement in placements:
        newest.setdefault(placement.school_id, placement)
    withdrawals = (placement.training.at for placement in newest.values() if placement.training.status == "withdrawn")
    return max((at for at in withdrawals if at is not None), default=None)
