"""What the control API shows of records."""

from __future__ import annotations

from typing import Any

from sandbox.edge.control.request import found
from sandbox.model import (
    DeliveryPartner,
    LeadProvider,
    Participant,
    Partnership,
    Placement,
    Schedule,
    School,
    TrainingRecord,
)
from sandbox.store.protocol import Reader

Json = dict[str, Any]


def training(reader: Reader, placement: Placement) -> Json:
    """Someone's training, as one placement has it."""
    record = found(reader, TrainingRecord, placement.training_record_id, "training_record_id")
    return {
        **person(found(reader, Participant, placement.participant_id, "participant_id")),
        "email": placement.email,
        "training_record_id": record.id,
        "participant_type": record.participant_type,
        "cohort": placement.cohort,
        "school": school(found(reader, School, placement.school_id, "school_id")),
        "provider": provider(reader, placement.lead_provider_id),
        "schedule_identifier": found(reader, Schedule, placement.schedule_id, "schedule_id").identifier,
        "validation_status": record.validation_status,
        "mentor_id": placement.mentor_id,
    }


def person(participant: Participant) -> Json:
    """Who someone is."""
    return {
        "id": participant.id,
        "full_name": participant.full_name,
        "email": participant.email,
        "trn": participant.trn,
    }


def school(school: School) -> Json:
    """A school, to be told from others."""
    return {"id": school.id, "urn": school.urn, "name": school.name}


def provider(reader: Reader, id: str | None) -> Json | None:
    """A lead provider, to be told from others."""
    if id is None:
        return None
    known = found(reader, LeadProvider, id, "provider")
    return {"id": known.id, "name": known.name}


def delivery_partner(reader: Reader, id: str) -> Json:
    """A delivery partner, to be told from others."""
    known = found(reader, DeliveryPartner, id, "delivery_partner_id")
    return {"id": known.id, "name": known.name}


def partnership(reader: Reader, partnership: Partnership) -> Json:
    """A partnership, and whether the school challenged it."""
    return {
        "id": partnership.id,
        "cohort": partnership.cohort,
        "school": school(found(reader, School, partnership.school_id, "school_id")),
        "provider": provider(reader, partnership.lead_provider_id),
        "delivery_partner": delivery_partner(reader, partnership.delivery_partner_id),
        "status": "active" if partnership.challenged_at is None else "challenged",
        "challenged_reason": partnership.challenged_reason,
        "challenged_at": partnership.challenged_at,
    }
