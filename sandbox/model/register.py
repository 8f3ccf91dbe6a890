"""The records that only the successor keeps, "Register early career teachers".

What it shares with ECF is shared: schools, partnerships, delivery partners, schedules, statements, declarations, id
changes. Its days are those of London.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from sandbox.model.people import ParticipantType
from sandbox.model.record import NEVER, Record

Programme = Literal["provider_led", "school_led"]
WorkingPattern = Literal["full_time", "part_time"]
InductionOutcome = Literal["pass", "fail"]


class ContractPeriod(Record, frozen=True, kw_only=True):
    """What a cohort is there: its id is the year, `ends` its last day. Closed ones are not `enabled`."""

    starts: date
    ends: date
    enabled: bool = True
    payments_frozen_at: datetime | None = None
    mentor_funding: bool = False
    detailed_evidence: bool = False
    uplift_fees: bool = False

    def frozen_at(self, now: datetime) -> bool:
        """True once the DfE has frozen its payments."""
        return self.payments_frozen_at is not None and self.payments_frozen_at <= now

    def covers(self, day: date) -> bool:
        """True for a day of it."""
        return self.starts <= day <= self.ends


class SchoolFunding(Record, frozen=True, kw_only=True):
    """What a school gets on top in one cohort; where there is no row, nothing. Its id is "2024/106286"."""

    pupil_premium: bool = False
    sparsity: bool = False


class SchoolCohort(Record, frozen=True, kw_only=True):
    """What is shown of a school in one cohort, and since when. Its id is "2025/" and the school's.

    `interested` are the lead providers whose interest in it is shown to them.
    """

    school_id: str
    cohort: str
    in_partnership: bool = False
    programme: str = "not_yet_known"
    interested: frozenset[str] = frozenset()
    updated_at: datetime


class TeacherRole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the two things that a person may train as: its id is there from the start.

    `frozen_cohort` is the frozen cohort that a change of schedule took them out of.
    """

    record_id: str
    became_eligible_at: datetime | None = None
    ineligible_from: date | None = None
    frozen_cohort: str | None = None


class Teacher(Record, frozen=True, kw_only=True):
    """A person. `corrected_name` is the school's word; `mentor_reason` says why a mentor is not funded any more.

    `updated_at` moves with what is shown of them as a participant, `mentor_updated_at` as an unfunded mentor.
    """

    trs_name: str | None = None
    corrected_name: str | None = None
    trn: str | None = None
    ect: TeacherRole
    mentor: TeacherRole
    mentor_reason: str | None = None
    created_at: datetime
    updated_at: datetime
    mentor_updated_at: datetime = NEVER

    @property
    def full_name(self) -> str:
        """The corrected name, or else the one that TRS has."""
        return self.corrected_name or self.trs_name or "Unknown"

    def as_role(self, role: ParticipantType) -> TeacherRole:
        """What there is of them as an ECT, or as a mentor."""
        return self.ect if role == "ect" else self.mentor


class SchoolPeriod(Record, frozen=True, kw_only=True):
    """Someone at a school, as an ECT or as a mentor: trained there by this provider or that, or by none."""

    teacher_id: str
    role: ParticipantType
    school_id: str
    email: str | None = None
    starts_on: date
    ends_on: date | None = None
    working_pattern: WorkingPattern | None = None
    created_at: datetime

    def runs_after(self, today: date) -> bool:
        """True when it has no end, or one in the future: today is none."""
        return self.ends_on is None or self.ends_on > today


class TrainingPeriod(Record, frozen=True, kw_only=True):
    """Training during a school period: through a partnership, or for now by a provider that the school hopes for.

    `lead_provider_id` is the partnership's, `interest_id` that of an expression of interest, `cohort` that of either.
    A school-led one has none of these. `moved_at` is when its days last changed.
    """

    school_period_id: str
    teacher_id: str
    role: ParticipantType
    school_id: str
    programme: Programme = "provider_led"
    cohort: str | None = None
    partnership_id: str | None = None
    lead_provider_id: str | None = None
    interest_id: str | None = None
    schedule_id: str | None = None
    starts_on: date
    ends_on: date | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None
    deferred_at: datetime | None = None
    deferred_reason: str | None = None
    created_at: datetime
    moved_at: datetime

    def runs_after(self, today: date) -> bool:
        """True when it has no end, or one in the future: today is none."""
        return self.ends_on is None or self.ends_on > today

    def covers(self, day: date) -> bool:
        """True from its first day to its last."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Mentorship(Record, frozen=True, kw_only=True):
    """A mentor of an ECT, at the school where both are. `changed_at` is when its days last changed."""

    ect_period_id: str
    ect_id: str
    mentor_period_id: str
    mentor_id: str
    starts_on: date
    ends_on: date | None = None
    created_at: datetime
    changed_at: datetime


class InductionPeriod(Record, frozen=True, kw_only=True):
    """An ECT's induction with one appropriate body. Without an outcome, its end only hands them on."""

    teacher_id: str
    starts_on: date
    ends_on: date | None = None
    outcome: InductionOutcome | None = None
    created_at: datetime
