"""A rule book: every rule that a world goes by, as one value.

`Book` is what every edition's has, `RuleBook` is that of ECF and of editions that keep its records. An edition has a
book for each of its behaviours. A book that differs in a rule is the same one with that part
replaced: `replace(book, voiding=without(book.voiding, is_voided_already))`. Books are compared by
identity, so that they can be the keys of what is made by them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from sandbox.model import (
    Cohort,
    Declaration,
    DeclarationState,
    IdChange,
    Milestone,
    Participant,
    Partnership,
    Placement,
    PresentedPartnership,
    PresentedSchool,
    ProviderRelationship,
    Schedule,
    School,
    Statement,
    TrainingRecord,
)
from sandbox.rules import changes, identity, participants, reading, schedules, statements, status, transfers
from sandbox.rules import declarations as declaration_rules
from sandbox.rules import partnerships as partnership_rules
from sandbox.rules import payments as payment_rules
from sandbox.rules import visibility as visibility_rules
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.http import PLAIN_HTTP, HttpRules
from sandbox.rules.reading import Page
from sandbox.rules.requests import SENDING
from sandbox.rules.rule import Rules
from sandbox.rules.schedules import ScheduleFacts
from sandbox.rules.sorting import PARTNERSHIPS_BY, SCHOOLS_BY
from sandbox.rules.spelling import STRICT, SpellingRules
from sandbox.rules.transfers import Move


def utc_day(at: datetime) -> date:
    """The calendar day that it is at a moment, in UTC."""
    return at.date()


class Book(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What an edition's book has, whatever its records are: how requests are read, and what a day is.

    `day_of` is the day that it is at a moment; `span_of` stays the same while nothing falls due by time alone.
    """

    sending: Rules = SENDING
    http: HttpRules = PLAIN_HTTP
    spelling: SpellingRules = STRICT
    day_of: Callable[[datetime], date] = utc_day
    span_of: Callable[[datetime], Hashable] = utc_day


class DeclarationRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a declaration when it is made."""

    milestones: Callable[[Schedule], Sequence[Milestone]]
    is_repeat: Callable[[DeclarationFacts, str], bool]
    placement_at: Callable[[Sequence[Placement], datetime], Placement | None] = declaration_rules.placement_at
    next_open: Callable[[Iterable[Statement], Cohort | None, datetime], Statement | None] = statements.next_open
    withdrawn_at: Callable[[Sequence[Placement]], datetime | None] = declaration_rules.withdrawn_at
    first_state: Callable[[DeclarationFacts], DeclarationState] = declaration_rules.first_state
    knows_participant: Callable[[Sequence[Placement]], bool] = visibility_rules.is_placed_here
    schedule_declared_by: Callable[[TrainingRecord, Sequence[Placement]], str | None] = transfers.schedule_declared_by
    knows_trn: Callable[[Iterable[TrainingRecord]], bool] = identity.knows_any_trn
    frees_its_milestone: Callable[[Declaration], bool] = payment_rules.frees_its_milestone


class PaymentRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a declaration afterwards."""

    lacks_a_started: Callable[[frozenset[str]], bool]
    found_eligible: Callable[[Declaration, Statement | None, datetime], Declaration] = payment_rules.found_eligible
    made_payable: Callable[[Declaration, datetime], Declaration] = payment_rules.made_payable
    made_paid: Callable[[Declaration, datetime], Declaration] = payment_rules.made_paid
    voided: Callable[[Declaration, datetime], Declaration] = payment_rules.voided
    to_be_clawed_back: Callable[[Declaration, Statement, datetime], Declaration] = payment_rules.to_be_clawed_back
    mentor_completed: Callable[[TrainingRecord, Declaration], TrainingRecord] = payment_rules.mentor_completed
    mentor_completion_undone: Callable[[TrainingRecord, Declaration, Iterable[Declaration]], TrainingRecord] = (
        payment_rules.mentor_completion_undone
    )


class TrainingRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a placement when its provider reports something, and of its past with whatever happens."""

    succeeded: Callable[..., tuple[Placement, ...]] = participants.succeeded
    knows_participant: Callable[[Sequence[Placement]], bool] = visibility_rules.is_placed_here
    deferred: Callable[[Placement, str, datetime], Placement] = participants.deferred
    resumed: Callable[[Placement], Placement] = participants.resumed
    withdrawn: Callable[[Placement, str, datetime], Placement] = participants.withdrawn
    rescheduled: Callable[[Placement, Schedule], Placement] = schedules.rescheduled
    moved: Callable[[Placement, Schedule, Partnership], Placement] = schedules.moved
    address_on_joining: Callable[[Sequence[Placement]], str] = participants.address_on_joining
    mentored: Callable[[Placement, str | None], Placement] = participants.mentored
    moves_between_frozen_cohorts: Callable[[ScheduleFacts], bool] = schedules.moves_between_frozen_cohorts


class PartnershipRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a partnership."""

    revived: Callable[[Partnership, str, datetime], Partnership] = partnership_rules.revived
    delivered_by: Callable[[Partnership, str, datetime], Partnership] = partnership_rules.delivered_by
    challenged: Callable[[Partnership, str, datetime], Partnership] = partnership_rules.challenged
    is_none_to_change: Callable[[str, Partnership], bool] = partnership_rules.is_none_to_change


def nothing_follows(*_facts: object) -> bool:
    """False, whatever is asked: a report says what it says, and no more."""
    return False


class ConsequenceRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What follows for people from what a school reports of others, or a provider confirms.

    Each is asked of somebody's placement. `comes_along`: when a provider confirms a partnership of their school and
    cohort, they train through it, who trained through none or through another. `trains_otherwise`: they begin anew when
    the school chooses another programme for their cohort. `is_left_for_another`: they leave a school because another
    reports that they join it. `loses_mentor`: nobody mentors them any more once their mentor, whose own placement is
    given too, is gone from the school. `says_nobody_trains`: this reason for a challenge decides the programme.
    `comes_out`: a mentor leaves the first cohort for the second, that of an ECT who is registered with them.
    """

    comes_along: Callable[[Placement, Partnership | None, datetime], bool] = nothing_follows
    trains_otherwise: Callable[[Placement, str, datetime], bool] = nothing_follows
    is_left_for_another: Callable[[Placement], bool] = nothing_follows
    loses_mentor: Callable[[Placement, Placement, datetime], bool] = nothing_follows
    says_nobody_trains: Callable[[str], bool] = nothing_follows
    comes_out: Callable[[Cohort, Cohort, datetime], bool] = nothing_follows


class MarkingRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What an act on one thing changes of others, and which of their times are shown and compared."""

    touched_by_partnership: Callable[[Partnership, Iterable[Placement]], set[str]] = changes.touched_by_partnership
    touched_by_programme: Callable[[School, str, Iterable[Placement]], set[str]] = changes.touched_by_programme
    school_after_partnership: Callable[[School, str, datetime], School] = changes.school_after_partnership
    school_after_programme: Callable[[School, str, datetime], School] = changes.school_after_programme
    mentors_touched: Callable[[str | None], set[str]] = changes.no_mentors_touched
    shown_of_enrolment: Callable[[Participant, TrainingRecord, Placement], datetime] = changes.shown_of_enrolment
    mentored: Callable[[Iterable[Placement]], set[str]] = changes.mentored
    mentor_renamed: Callable[[Declaration, str, datetime], Declaration] = changes.mentor_renamed
    shown_of_person: Callable[[Participant, Iterable[TrainingRecord], Iterable[Placement]], datetime] = (
        changes.shown_of_person
    )
    shown_of_transfers: Callable[[Participant, Iterable[Move]], datetime] = changes.shown_of_transfers
    compared_of_school: Callable[[School, str], datetime] = changes.compared_of_school


class VisibilityRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Who sees what."""

    hides: Callable[[TrainingRecord], bool]
    goes_by: Callable[[TrainingRecord, str], bool] = identity.goes_by
    whose: Callable[[str], str | None] = visibility_rules.whose
    lists_participant: Callable[[str, Placement, Partnership | None], bool] = visibility_rules.is_seen
    shows_participant: Callable[[str, Placement, Partnership | None], bool] = visibility_rules.is_seen
    acts_on_participant: Callable[[str, Placement, Partnership | None], bool] = visibility_rules.is_seen
    acts_on_training: Callable[[TrainingRecord], bool] = visibility_rules.acts_on_training
    shows_transfer: Callable[[str, Placement, Partnership | None], bool] = visibility_rules.is_seen
    sees_declaration: Callable[..., bool] = visibility_rules.sees_declaration
    is_no_declaration_of: Callable[[str, Declaration], bool] = visibility_rules.is_no_declaration_of
    sees_statement: Callable[[str, Statement], bool] = visibility_rules.sees_statement
    lists_statement: Callable[[str, Statement], bool] = visibility_rules.lists_statement
    lists_school: Callable[..., bool] = visibility_rules.is_listed
    in_partnership: Callable[[Iterable[Partnership]], bool] = visibility_rules.in_partnership
    cohorts_shared: Callable[[Iterable[ProviderRelationship]], dict[str, list[str]]] = visibility_rules.cohorts_shared
    unfunded_mentors: Callable[[Iterable[Placement], Container[str]], set[str]] = visibility_rules.unfunded_mentors
    sees_partnership: Callable[[str, Partnership], bool] = visibility_rules.sees_partnership
    current_id: Callable[[str, Iterable[IdChange]], str] = identity.current_id
    participant_status: Callable[[Placement, datetime], str] = status.participant_status
    moves: Callable[[Iterable[Placement]], list[Move]] = transfers.moves
    transfer_type: Callable[[Move], str] = transfers.transfer_type
    transfer_status: Callable[[Move, date], str] = transfers.transfer_status
    sees_move: Callable[[Move, Sequence[Placement]], bool] = transfers.sees_move


class ReadingRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Which records a list holds, in what order, and how they are cut into pages."""

    in_cohorts: Callable[[str, frozenset[str] | None], bool] = reading.in_cohorts
    changed_since: Callable[[datetime, datetime | None], bool] = reading.changed_since
    changed_after: Callable[[datetime, datetime | None], bool] = reading.changed_after
    has_training_status: Callable[[Iterable[Placement], str | None], bool] = reading.has_training_status
    replaced: Callable[[Iterable[IdChange], str | None], bool] = reading.replaced
    is_among: Callable[[str | None, frozenset[str] | None], bool] = reading.is_among
    is_of_type: Callable[[str | None], bool] = statements.is_of_type
    in_order: Callable[[Iterable[Any], str | None, Mapping[str, Callable[[Any], Any]]], list[Any]] = reading.in_order
    page_of: Callable[[Sequence[Any], Page], Sequence[Any]] = reading.page_of
    partnerships_by: Mapping[str, Callable[[PresentedPartnership], Any]] = msgspec.field(
        default_factory=lambda: PARTNERSHIPS_BY
    )
    schools_by: Mapping[str, Callable[[PresentedSchool], Any]] = msgspec.field(default_factory=lambda: SCHOOLS_BY)


class RuleBook(Book, frozen=True, eq=False, kw_only=True):
    """What requests are judged by, act by act, and what comes of them."""

    recording: Rules
    declarations: DeclarationRules
    payments: PaymentRules
    visibility: VisibilityRules
    voiding: Rules = payment_rules.VOIDING
    deferring: Rules = participants.DEFERRING
    resuming: Rules = participants.RESUMING
    withdrawing: Rules = participants.WITHDRAWING
    changing_schedule: Rules = schedules.CHANGING_SCHEDULE
    confirming: Rules = partnership_rules.CONFIRMING
    changing_delivery_partner: Rules = partnership_rules.CHANGING_DELIVERY_PARTNER
    training: TrainingRules = TrainingRules()
    partnerships: PartnershipRules = PartnershipRules()
    consequences: ConsequenceRules = ConsequenceRules()
    reading: ReadingRules = ReadingRules()
    older_record: Callable[
        [Participant, Iterable[Participant], Mapping[str, Iterable[TrainingRecord]]], Participant | None
    ] = identity.nobody_else
    marking: MarkingRules = MarkingRules()
