"""Lead providers, their tokens, and the delivery partners they work with."""

from __future__ import annotations

from datetime import datetime

from sandbox.model.record import Record


class LeadProvider(Record, frozen=True, kw_only=True):
    """An organisation paid to train teachers; each bearer token belongs to one."""

    name: str


class ApiToken(Record, frozen=True, kw_only=True):
    """A lead provider's bearer token. Its id is the SHA-256 of the token: the token itself is not kept."""

    lead_provider_id: str
    revoked_at: datetime | None = None


class DeliveryPartner(Record, frozen=True, kw_only=True):
    """An organisation that delivers training for a lead provider."""

    name: str
    created_at: datetime
    updated_at: datetime


class ProviderRelationship(Record, frozen=True, kw_only=True):
    """A lead provider works with a delivery partner in one cohort."""

    lead_provider_id: str
    delivery_partner_id: str
    cohort: str
