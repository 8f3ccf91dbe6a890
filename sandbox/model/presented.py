"""What a provider is shown: records brought together, before a version gives them its shape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from sandbox.model.declarations import Declaration
from sandbox.model.people import IdChange, Participant, Placement, TrainingRecord
from sandbox.model.providers import DeliveryPartner
from sandbox.model.schools import Partnership, School


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """One training record as a provider's own placement has it.

    `status` is the school's view as v1 and v2 have it, `participant_status` as v3 has it when asked. `updated_at` is
    when something that this shows last changed.
    """

    participant: Participant
    record: TrainingRecord
    placement: Placement
    school_urn: str
    schedule_identifier: str
    delivery_partner_id: str | None
    status: str
    participant_status: str
    updated_at: datetime


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A participant with every enrolment the provider sees, and the ids they had before, newest change first.

    `updated_at` is when something last changed of them, whoever sees it.
    """

    participant: Participant
    enrolments: Sequence[Enrolment]
    id_changes: Sequence[IdChange]
    updated_at: datetime


class PresentedDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration, and the name of the lead provider that made it."""

    declaration: Declaration
    lead_provider_name: str


class TransferSide(msgspec.Struct, frozen=True, kw_only=True):
    """The school that someone leaves or joins, and the lead provider that trains there, if one does."""

    school_urn: str
    provider_name: str | None
    date: date


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """A move from one school to another; `joining` is None until that school has reported it."""

    training_record_id: str
    type: str
    status: str
    created_at: datetime
    leaving: TransferSide
    joining: TransferSide | None


class Mover(msgspec.Struct, frozen=True, kw_only=True):
    """A participant with the transfers that the provider sees."""

    participant: Participant
    transfers: Sequence[Transfer]
    updated_at: datetime


class PresentedSchool(msgspec.Struct, frozen=True, kw_only=True):
    """A school as it stands in one cohort. `updated_at` moves with all that is shown of it there."""

    school: School
    cohort: str
    in_partnership: bool
    updated_at: datetime


class PresentedDeliveryPartner(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery partner, and the cohorts in which a provider works with it, ascending."""

    delivery_partner: DeliveryPartner
    cohorts: Sequence[str]


class UnfundedMentor(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who mentors a provider's ECT without being in training with it: their own training as a mentor."""

    participant: Participant
    record: TrainingRecord
    email: str


class PresentedPartnership(msgspec.Struct, frozen=True, kw_only=True):
    """A partnership with its school, whose induction tutor is shown, and its delivery partner."""

    partnership: Partnership
    school: School
    delivery_partner: DeliveryPartner | None

    @property
    def updated_at(self) -> datetime:
        """When any of the three last changed."""
        parts = (self.partnership, self.school, self.delivery_partner)
        return max(part.updated_at for part in parts if part is not None)
