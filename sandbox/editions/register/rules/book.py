"""Register's rule book: every rule that a world of it goes by, as one value."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from sandbox.editions.register.rules import (
    bodies,
    days,
    declarations,
    http,
    partnerships,
    payments,
    periods,
    schedules,
    schools,
    spelling,
    training,
    transfers,
    visibility,
)
from sandbox.editions.register.rules.transfers import Move
from sandbox.model import (
    ContractPeriod,
    Declaration,
    DeclarationState,
    InductionPeriod,
    LeadProvider,
    Mentorship,
    Partnership,
    ProviderRelationship,
    School,
    SchoolCohort,
    SchoolPeriod,
    Statement,
    Teacher,
    TeacherRole,
    TrainingPeriod,
)
from sandbox.model.people import ParticipantType
from sandbox.rules import reading
from sandbox.rules.book import Book
from sandbox.rules.http import HttpRules
from sandbox.rules.rule import Rules
from sandbox.rules.spelling import SpellingRules


class ShowingRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What is shown of people, and whose training is seen."""

    latest: Callable[[Iterable[TrainingPeriod], str, ParticipantType], TrainingPeriod | None] = periods.latest
    training_status: Callable[[TrainingPeriod], str] = periods.training_status
    participant_status: Callable[[TrainingPeriod, date | None, date], str] = periods.participant_status
    eligible_for_funding: Callable[[Teacher, ParticipantType], bool | None] = periods.eligible_for_funding
    induction_end_date: Callable[[Iterable[InductionPeriod]], date | None] = periods.induction_end_date
    mentorship: Callable[[Iterable[Mentorship], datetime], Mentorship | None] = periods.shown_mentorship


class TrainingRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a training when its provider reports something."""

    withdrawn: Callable[[TrainingPeriod, str, datetime, date], TrainingPeriod] = training.withdrawn
    deferred: Callable[[TrainingPeriod, str, datetime, date], TrainingPeriod] = training.deferred
    resumed: Callable[[TrainingPeriod, date | None, str, datetime, date], TrainingPeriod] = training.resumed


class ScheduleRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a training when its schedule is changed."""

    partnership_for: Callable[[Iterable[Partnership], str, Partnership | None], Partnership | None] = (
        schedules.partnership_for
    )
    rescheduled: Callable[..., tuple[TrainingPeriod, ...]] = schedules.rescheduled
    remembered: Callable[[TeacherRole, ContractPeriod | None, str, datetime], TeacherRole] = schedules.remembered


class TransferRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Which moves there are, and who sees them."""

    moves: Callable[..., Iterable[Move]] = transfers.moves
    sees_move: Callable[[str, Move], bool] = transfers.sees_move
    transfer_type: Callable[[Move], str] = transfers.transfer_type
    transfer_status: Callable[[Move, date], str] = transfers.transfer_status
    moved_at: Callable[[Iterable[TrainingPeriod]], datetime] = transfers.moved_at


class PaymentRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a declaration: how it begins, what it keeps, and what voiding and paying make of it."""

    sees_declaration: Callable[[str, Declaration, TrainingPeriod | None], bool] = payments.sees_declaration
    twin_of: Callable[
        [Iterable[Declaration], Container[str], TrainingPeriod | None, str | None], Declaration | None
    ] = payments.twin_of
    first_state: Callable[[bool], DeclarationState] = payments.first_state
    next_open: Callable[[Iterable[Statement], date], Statement | None] = payments.next_open
    next_due: Callable[[Iterable[Statement], date], Statement | None] = payments.next_due
    mentor_at: Callable[[Iterable[Mentorship], date], str | None] = payments.mentor_at
    joined: Callable[[Declaration, Statement, datetime], Declaration] = payments.joined
    frees_its_milestone: Callable[[Declaration], bool] = payments.frees_its_milestone
    voided: Callable[[Declaration, datetime], Declaration] = payments.voided
    to_be_clawed_back: Callable[[Declaration, Statement, datetime], Declaration] = payments.to_be_clawed_back
    made_payable: Callable[[Declaration, datetime], Declaration] = payments.made_payable
    made_paid: Callable[[Declaration, datetime], Declaration] = payments.made_paid
    mentor_funded: Callable[[Teacher, Sequence[Declaration]], Teacher] = payments.mentor_funded
    ended_by_completion: Callable[[TrainingPeriod, date, date, datetime], TrainingPeriod] = payments.ended_by_completion
    reopened: Callable[[TrainingPeriod, SchoolPeriod, str, date, datetime], TrainingPeriod | None] = payments.reopened


class SchoolRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What follows for a school from who is registered there."""

    in_partnership: Callable[[Iterable[Partnership]], bool] = schools.in_partnership
    interested: Callable[[Iterable[TrainingPeriod], str], frozenset[str]] = schools.interested
    programme: Callable[[Sequence[TrainingPeriod], ContractPeriod], str] = schools.programme


class PartnershipRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of a partnership, and who sees it."""

    delivered_by: Callable[[Partnership, str, datetime], Partnership] = partnerships.delivered_by
    is_none_to_change: Callable[[str, Partnership], bool] = partnerships.is_none_to_change
    sees: Callable[[str, Partnership], bool] = partnerships.sees_partnership
    currently_training: Callable[[Sequence[TrainingPeriod], date], int] = partnerships.currently_training


class VisibilityRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Which schools, delivery partners and statements are seen."""

    sees_school: Callable[[School, bool], bool] = visibility.sees_school
    shows_tutor: Callable[[LeadProvider, SchoolCohort | None], bool] = visibility.shows_tutor
    cohorts_shared: Callable[[Iterable[ProviderRelationship]], dict[str, list[str]]] = visibility.cohorts_shared
    sees_statement: Callable[[str, Statement], bool] = visibility.sees_statement


class ListingRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Which records a list holds, and how it is cut into pages."""

    is_among: Callable[[str | None, frozenset[str] | None], bool] = reading.is_among
    changed_since: Callable[[datetime, datetime | None], bool] = reading.changed_since
    has_status: Callable[[Iterable[TrainingPeriod], str | None], bool] = periods.has_status
    page_of: Callable[[Sequence[Any], reading.Page], Sequence[Any]] = reading.page_of


class RegisterBook(Book, frozen=True, eq=False, kw_only=True):
    """What requests of Register are judged by, act by act, and what comes of them."""

    sending: Rules = bodies.READING_BODIES
    http: HttpRules = http.HTTP
    spelling: SpellingRules = spelling.SPELLING
    day_of: Callable[[datetime], date] = days.day_of
    span_of: Callable[[datetime], Hashable] = days.span_of
    recording: Rules = declarations.RECORDING
    voiding: Rules = payments.VOIDING
    withdrawing: Rules = training.WITHDRAWING
    deferring: Rules = training.DEFERRING
    resuming: Rules = training.RESUMING
    changing_schedule: Rules = schedules.CHANGING_SCHEDULE
    confirming: Rules = partnerships.CONFIRMING
    changing_delivery_partner: Rules = partnerships.CHANGING_DELIVERY_PARTNER
    payments: PaymentRules = PaymentRules()
    showing: ShowingRules = ShowingRules()
    training: TrainingRules = TrainingRules()
    scheduling: ScheduleRules = ScheduleRules()
    transfers: TransferRules = TransferRules()
    partnerships: PartnershipRules = PartnershipRules()
    visibility: VisibilityRules = VisibilityRules()
    schools: SchoolRules = SchoolRules()
    listing: ListingRules = ListingRules()
