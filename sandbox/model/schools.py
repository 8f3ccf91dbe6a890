"""Schools, and their partnerships with lead providers."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sandbox.model.record import NEVER, Record


class School(Record, frozen=True, kw_only=True):
    """A school; `programmes` holds what it chose for each cohort it has decided on, `programmes_updated_at` when.

    `marked_as_eligible` is the DfE's word, whatever the register of schools says.
    """

    urn: str
    name: str
    eligible_for_funding: bool = True
    marked_as_eligible: bool = False
    school_led_only: bool = False
    pupil_premium: bool = False
    sparsity: bool = False
    induction_tutor_name: str | None = None
    induction_tutor_email: str | None = None
    programmes: dict[str, str] = msgspec.field(default_factory=dict)
    programmes_updated_at: dict[str, datetime] = msgspec.field(default_factory=dict)
    created_at: datetime
    updated_at: datetime

    def programme_updated_at(self, cohort: str) -> datetime:
        """When its programme for a cohort last changed."""
        return self.programmes_updated_at.get(cohort, NEVER)


class Partnership(Record, frozen=True, kw_only=True):
    """A school and a lead provider, with a delivery partner, for one cohort.

    `relationship` marks the extra partnership made for one person's transfer; it is never listed.
    """

    school_id: str
    cohort: str
    lead_provider_id: str
    delivery_partner_id: str
    relationship: bool = False
    challenged_reason: str | None = None
    challenged_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
