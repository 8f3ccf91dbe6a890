"""Cohorts, schedules with their milestones, and statements: the dates of the programme."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from sandbox.model.record import Behaviour, Record

StatementState = Literal["open", "payable", "paid"]


class Cohort(Record, frozen=True, kw_only=True):
    """The people who begin in one academic year; its id is the start year."""

    registration_opens: date
    academic_year_starts: date
    payments_frozen_at: datetime | None = None
    mentor_funding: bool = False
    detailed_evidence: bool = False

    @property
    def year_before(self) -> str:
        """The cohort before this one, whether or not there is one."""
        return str(int(self.id) - 1)

    def frozen_at(self, now: datetime) -> bool:
        """True once the DfE has closed this cohort for payments."""
        return self.payments_frozen_at is not None and self.payments_frozen_at <= now


class Milestone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a declaration of one type may be dated. Without `ends` there is no last day."""

    declaration_type: str
    starts: date
    ends: date | None = None
    payment: date | None = None
    behaviour: Behaviour | None = None


class Schedule(Record, frozen=True, kw_only=True):
    """A training calendar of one cohort. Its id is "2021/ecf-standard-september"."""

    identifier: str
    cohort: str
    courses: tuple[str, ...]
    milestones: tuple[Milestone, ...]

    @property
    def is_standard(self) -> bool:
        """Only schedules named "standard" have a last day for their milestones."""
        return "standard" in self.identifier

    def milestones_in(self, behaviour: Behaviour) -> tuple[Milestone, ...]:
        """The milestones of one behaviour: those of both, and its own."""
        return tuple(milestone for milestone in self.milestones if milestone.behaviour in (None, behaviour))

    def milestone(self, declaration_type: str | None, behaviour: Behaviour) -> Milestone | None:
        """The milestone a declaration of this type belongs to, if the schedule has one."""
        for milestone in self.milestones:
            if milestone.declaration_type == declaration_type and milestone.behaviour in (None, behaviour):
                return milestone
        return None


class Statement(Record, frozen=True, kw_only=True):
    """What the DfE pays one provider for one cohort in one month."""

    lead_provider_id: str
    cohort: str
    year: int
    month: int
    deadline: date
    payment_date: date
    output: bool
    state: StatementState = "open"
    created_at: datetime
    updated_at: datetime
