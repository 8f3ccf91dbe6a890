"""How v1 shows each record, and v2 its participants: everything flat, one record for each training."""

from __future__ import annotations

from typing import Any

from sandbox.editions.ecf.views.trn import is_validated, shown_trn
from sandbox.model import Enrolment, PresentedDeclaration


def participant(enrolment: Enrolment) -> dict[str, Any]:
    """One training record. The TRN is the verified one, else the one the person gave."""
    person, record, placement = enrolment.participant, enrolment.record, enrolment.placement
    return {
        "id": person.id,
        "type": "participant",
        "attributes": {
            "email": placement.email,
            "full_name": person.full_name,
            "mentor_id": placement.mentor_id,
            "school_urn": enrolment.school_urn,
            "participant_type": record.participant_type,
            "cohort": placement.cohort,
            "status": enrolment.status,
            "teacher_reference_number": shown_trn(person, record),
            "teacher_reference_number_validated": is_validated(person, record),
            "eligible_for_funding": record.eligible_for_funding,
            "pupil_premium_uplift": record.pupil_premium_uplift,
            "sparsity_uplift": record.sparsity_uplift,
            "training_status": placement.training.status,
            "training_record_id": record.id,
            "schedule_identifier": enrolment.schedule_identifier,
            "updated_at": enrolment.updated_at,
        },
    }


def declaration(presented: PresentedDeclaration) -> dict[str, Any]:
    """One declaration."""
    made = presented.declaration
    return {
        "id": made.id,
        "type": "participant-declaration",
        "attributes": {
            "participant_id": made.participant_id,
            "declaration_type": made.declaration_type,
            "course_identifier": made.course_identifier,
            "eligible_for_payment": made.state in ("eligible", "payable"),
            "declaration_date": made.declaration_date,
            "updated_at": made.updated_at,
            "voided": made.state == "voided",
            "state": made.state.replace("_", "-"),
            "has_passed": None,
        },
    }
