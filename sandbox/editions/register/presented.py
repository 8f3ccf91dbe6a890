"""What a provider is shown of people: records brought together, before a view gives them their shape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from sandbox.model import DeliveryPartner, IdChange, Partnership, School, Teacher, TransferSide


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's latest training of one role. What only ECTs have, or only mentors, is None for the others."""

    training_record_id: str
    email: str | None
    mentor_id: str | None
    school_urn: str
    participant_type: str
    cohort: str
    training_status: str
    participant_status: str
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    schedule_identifier: str
    delivery_partner_id: str
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    deferred_at: datetime | None
    deferred_reason: str | None
    created_at: datetime
    induction_end_date: date | None
    most_recent_induction_period_end_date: date | None
    overall_induction_start_date: date | None
    mentor_funding_end_date: date | None
    cohort_changed_after_payments_frozen: bool
    mentor_ineligible_for_funding_reason: str | None
    working_pattern: str | None


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """A person with what the provider trains, or trained, them as: the ECT first. And the ids that they had before."""

    teacher: Teacher
    enrolments: Sequence[Enrolment]
    id_changes: Sequence[IdChange]


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """A move from one school to another; `joining` is None until that school has reported it."""

    training_record_id: str
    type: str
    status: str
    created_at: datetime
    updated_at: datetime
    leaving: TransferSide
    joining: TransferSide | None


class Mover(msgspec.Struct, frozen=True, kw_only=True):
    """A person with the transfers that the provider sees."""

    teacher: Teacher
    transfers: Sequence[Transfer]
    updated_at: datetime


class UnfundedMentor(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who mentors a provider's ECT and has never trained with it."""

    teacher: Teacher
    email: str | None


class PresentedPartnership(msgspec.Struct, frozen=True, kw_only=True):
    """A partnership with its school and delivery partner, and how many train through it now."""

    partnership: Partnership
    school: School
    delivery_partner: DeliveryPartner
    training: int


class PresentedSchool(msgspec.Struct, frozen=True, kw_only=True):
    """A school as it stands in one cohort. Its tutor is shown to those providers that it named."""

    school: School
    cohort: str
    in_partnership: bool
    programme: str
    interested: bool
    shows_tutor: bool
    updated_at: datetime
