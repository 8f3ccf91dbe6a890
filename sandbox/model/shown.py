"""What a provider is shown: records brought together, before a version gives them its shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sandbox.model.declarations import Declaration
from sandbox.model.people import IdChange, Participant, Placement, TrainingRecord
from sandbox.model.providers import DeliveryPartner
from sandbox.model.schools import Partnership, School


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One training record as a provider's own placement has it.

    `status` is the school's view as v1 and v2 have it, `participant_status` as v3 has it on the day asked.
    """

    participant: Participant
    record: TrainingRecord
    placement: Placement
    school_urn: str
    schedule_identifier: str
    delivery_partner_id: str | None
    status: str
    participant_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A participant with every enrolment the provider sees, and the ids they had before, newest change first."""

    participant: Participant
    enrolments: Sequence[Enrolment]
    id_changes: Sequence[IdChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationShown:
    """A declaration, and the name of the lead provider that made it."""

    declaration: Declaration
    lead_provider_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipShown:
    """A partnership with its school, whose induction tutor is shown, and its delivery partner."""

    partnership: Partnership
    school: School
    delivery_partner: DeliveryPartner | None

    @property
    def updated_at(self) -> datetime:
        """When any of the three last changed."""
        parts = (self.partnership, self.school, self.delivery_partner)
        return max(part.updated_at for part in parts if part is not None)
