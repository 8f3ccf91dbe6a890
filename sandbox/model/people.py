"""People in training, what they train as, and where."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final, Literal

import msgspec

from sandbox.model.record import NEVER, Record

ParticipantType = Literal["ect", "mentor"]
TrainingStatus = Literal["active", "deferred", "withdrawn"]
InductionStatus = Literal["active", "leaving", "withdrawn", "changed", "completed"]
ValidationStatus = Literal[
    "contacted_for_information",
    "dfe_checking_eligibility",
    "checking_qts",
    "not_eligible_for_funded_training",
    "eligible_to_start",
]

UNVALIDATED: Final = frozenset({"contacted_for_information", "dfe_checking_eligibility"})
COURSES: Final[dict[ParticipantType, str]] = {"ect": "ecf-induction", "mentor": "ecf-mentor"}


class Participant(Record, frozen=True, kw_only=True):
    """A person in training. `updated_at` moves with everything that is shown of them.

    `identity_updated_at` is of how they were first registered, `identities_updated_at` of every address and id that
    they got later.
    """

    full_name: str
    email: str
    trn: str | None = None
    created_at: datetime
    updated_at: datetime
    identity_updated_at: datetime = NEVER
    identities_updated_at: datetime = NEVER


class IdChange(Record, frozen=True, kw_only=True):
    """The DfE retired one participant id in favour of another: the same person, registered twice."""

    from_participant_id: str
    to_participant_id: str
    changed_at: datetime


class TrainingRecord(Record, frozen=True, kw_only=True):
    """One person's training as an ECT or as a mentor; a person may have one of each.

    `schedule_id` is the schedule that a provider put it on last, whichever provider that was; None in a record that
    was written before this was kept. `withdrawn_by_school` is the school's word on it, wherever they are placed.
    `retired_id` is the id that it was registered under, if the DfE has retired that since.
    """

    participant_id: str
    participant_type: ParticipantType
    schedule_id: str | None = None
    withdrawn_by_school: bool = False
    retired_id: str | None = None
    validation_status: ValidationStatus = "dfe_checking_eligibility"
    trn_validated: bool = False
    pupil_premium_uplift: bool = False
    sparsity_uplift: bool = False
    induction_end_date: date | None = None
    mentor_funding_end_date: date | None = None
    mentor_ineligible_for_funding_reason: str | None = None
    cohort_changed_after_payments_frozen: bool = False
    created_at: datetime
    updated_at: datetime = NEVER

    @property
    def course_identifier(self) -> str:
        """The course this record is for."""
        return COURSES[self.participant_type]

    @property
    def is_validated(self) -> bool:
        """False while the DfE still waits for, or checks, the person's details."""
        return self.validation_status not in UNVALIDATED

    @property
    def eligible_for_funding(self) -> bool | None:
        """True, False, or None while the DfE does not know."""
        return {"eligible_to_start": True, "not_eligible_for_funded_training": False}.get(self.validation_status)


class TrainingState(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the provider last said of the training: deferred and withdrawn have a reason."""

    status: TrainingStatus = "active"
    reason: str | None = None
    at: datetime | None = None


class Placement(Record, frozen=True, kw_only=True):
    """A training record at a school, through a partnership if a lead provider trains there.

    Every act ends one and begins the next: together they are someone's past. `cohort` is the cohort of the school's
    programme; the schedule has its own. `induction_status` is the school's view, `training` the provider's: neither
    changes the other (status.independent). `began_at` and `ended_at` say when an act began or ended it on that day.
    """

    training_record_id: str
    participant_id: str
    school_id: str
    partnership_id: str | None = None
    lead_provider_id: str | None = None
    cohort: str
    schedule_id: str
    starts_on: date
    ends_on: date | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    induction_status: InductionStatus = "active"
    training: TrainingState = TrainingState()
    mentor_id: str | None = None
    email: str
    transfer: bool = False
    created_at: datetime
    updated_at: datetime = NEVER

    @property
    def starts_at(self) -> datetime:
        """The moment it begins: that of an act, or else its first day's."""
        return self.began_at or first_moment(self.starts_on)

    @property
    def ends_at(self) -> datetime | None:
        """The moment it ends: that of an act, or else its last day's first."""
        return self.ended_at or (first_moment(self.ends_on) if self.ends_on else None)

    def lasts_at(self, at: datetime) -> bool:
        """True from its first moment to its last, which are those of its first and last day where no act says more."""
        if self.starts_at > at:
            return False
        return at < self.ended_at if self.ended_at else self.ends_on is None or at.date() <= self.ends_on


def first_moment(day: date) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time.min, UTC)
