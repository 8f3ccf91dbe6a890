"""Register's rule book: every rule that a world of it goes by, as one value."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sandbox.editions.register.rules import (
    bodies,
    days,
    http,
    periods,
    schedules,
    schools,
    spelling,
    training,
    transfers,
)
from sandbox.editions.register.rules.transfers import Move
from sandbox.model import (
    ContractPeriod,
    InductionPeriod,
    Mentorship,
    Partnership,
    SchoolPeriod,
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


@dataclass(frozen=True, eq=False, kw_only=True)
class ShowingRules:
    """What is shown of people, and whose training is seen."""

    latest: Callable[[Iterable[TrainingPeriod], str, ParticipantType], TrainingPeriod | None] = periods.latest
    training_status: Callable[[TrainingPeriod], str] = periods.training_status
    participant_status: Callable[[TrainingPeriod, date | None, date], str] = periods.participant_status
    eligible_for_funding: Callable[[Teacher, ParticipantType], bool | None] = periods.eligible_for_funding
    induction_end_date: Callable[[Iterable[InductionPeriod]], date | None] = periods.induction_end_date
    mentorship: Callable[[Iterable[Mentorship], datetime], Mentorship | None] = periods.shown_mentorship


@dataclass(frozen=True, eq=False, kw_only=True)
class TrainingRules:
    """What becomes of a training when its provider reports something."""

    withdrawn: Callable[[TrainingPeriod, str, datetime, date], TrainingPeriod] = training.withdrawn
    deferred: Callable[[TrainingPeriod, str, datetime, date], TrainingPeriod] = training.deferred
    resumed: Callable[[TrainingPeriod, date | None, str, datetime, date], TrainingPeriod] = training.resumed


@dataclass(frozen=True, eq=False, kw_only=True)
class ScheduleRules:
    """What becomes of a training when its schedule is changed."""

    partnership_for: Callable[[Iterable[Partnership], str, Partnership | None], Partnership | None] = (
        schedules.partnership_for
    )
    rescheduled: Callable[..., tuple[TrainingPeriod, ...]] = schedules.rescheduled
    remembered: Callable[[TeacherRole, ContractPeriod | None, str, datetime], TeacherRole] = schedules.remembered


@dataclass(frozen=True, eq=False, kw_only=True)
class TransferRules:
    """Which moves there are, and who sees them."""

    moves: Callable[..., Iterable[Move]] = transfers.moves
    sees_move: Callable[[str, Move], bool] = transfers.sees_move
    transfer_type: Callable[[Move], str] = transfers.transfer_type
    transfer_status: Callable[[Move, date], str] = transfers.transfer_status
    moved_at: Callable[[Iterable[TrainingPeriod]], datetime] = transfers.moved_at


@dataclass(frozen=True, eq=False, kw_only=True)
class SchoolRules:
    """What follows for a school from who is registered there."""

    in_partnership: Callable[[Iterable[Partnership]], bool] = schools.in_partnership
    interested: Callable[[Iterable[TrainingPeriod], str], frozenset[str]] = schools.interested
    programme: Callable[[Sequence[TrainingPeriod], Iterable[SchoolPeriod], ContractPeriod], str] = schools.programme


@dataclass(frozen=True, eq=False, kw_only=True)
class ListingRules:
    """Which records a list holds, and how it is cut into pages."""

    changed_since: Callable[[datetime, datetime | None], bool] = reading.changed_since
    has_status: Callable[[Iterable[TrainingPeriod], str | None], bool] = periods.has_status
    page_of: Callable[[Sequence[Any], reading.Page], Sequence[Any]] = reading.page_of


@dataclass(frozen=True, eq=False, kw_only=True)
class RegisterBook(Book):
    """What requests of Register are judged by, act by act, and what comes of them."""

    sending: Rules = bodies.READING_BODIES
    http: HttpRules = http.HTTP
    spelling: SpellingRules = spelling.SPELLING
    day_of: Callable[[datetime], date] = days.day_of
    span_of: Callable[[datetime], Hashable] = days.span_of
    withdrawing: Rules = training.WITHDRAWING
    deferring: Rules = training.DEFERRING
    resuming: Rules = training.RESUMING
    changing_schedule: Rules = schedules.CHANGING_SCHEDULE
    showing: ShowingRules = ShowingRules()
    training: TrainingRules = TrainingRules()
    scheduling: ScheduleRules = ScheduleRules()
    transfers: TransferRules = TransferRules()
    schools: SchoolRules = SchoolRules()
    listing: ListingRules = ListingRules()
