"""How v3 shows each record: one for each person, with their enrolments inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sandbox.editions.ecf.views.trn import is_validated, shown_trn
from sandbox.model import (
    Enrolment,
    IdChange,
    Mover,
    Person,
    PresentedDeclaration,
    PresentedDeliveryPartner,
    PresentedPartnership,
    PresentedSchool,
    Statement,
    TrainingState,
    Transfer,
    TransferSide,
    UnfundedMentor,
)

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def participant(person: Person) -> dict[str, Any]:
    """One person. The TRN is shown once the DfE has put it on them, verified or not."""
    found = any(enrolment.record.is_validated for enrolment in person.enrolments)
    return _participant(person, person.participant.trn if found else None, _enrolment)


def participant_with_validation(person: Person) -> dict[str, Any]:
    """One person as only the written guidance shows them: with how far the DfE has come in validating each training.

    The TRN is shown once it is verified.
    """
    verified = any(enrolment.record.trn_validated for enrolment in person.enrolments)
    return _participant(person, person.participant.trn if verified else None, _enrolment_with_validation)


def _participant(
    person: Person, trn: str | None, enrolment_of: Callable[[Enrolment], dict[str, Any]]
) -> dict[str, Any]:
    return {
        "id": person.participant.id,
        "type": "participant",
        "attributes": {
            "full_name": person.participant.full_name,
            "teacher_reference_number": trn,
            "updated_at": person.updated_at,
            "ecf_enrolments": [enrolment_of(enrolment) for enrolment in person.enrolments],
            "participant_id_changes": [_id_change(change) for change in person.id_changes],
        },
    }


def _enrolment_with_validation(enrolment: Enrolment) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in _enrolment(enrolment).items():
        fields[name] = value
        if name == "schedule_identifier":
            fields["validation_status"] = enrolment.record.validation_status
    return fields


def _enrolment(enrolment: Enrolment) -> dict[str, Any]:
    record, placement = enrolment.record, enrolment.placement
    return {
        "training_record_id": record.id,
        "email": placement.email,
        "mentor_id": placement.mentor_id,
        "school_urn": enrolment.school_urn,
        "participant_type": record.participant_type,
        "cohort": placement.cohort,
        "training_status": placement.training.status,
        "participant_status": enrolment.participant_status,
        "teacher_reference_number_validated": is_validated(enrolment.participant, record),
        "eligible_for_funding": record.eligible_for_funding,
        "pupil_premium_uplift": record.pupil_premium_uplift,
        "sparsity_uplift": record.sparsity_uplift,
        "schedule_identifier": enrolment.schedule_identifier,
        "delivery_partner_id": enrolment.delivery_partner_id,
        "withdrawal": _reported(placement.training, "withdrawn"),
        "deferral": _reported(placement.training, "deferred"),
        "created_at": record.created_at,
        "induction_end_date": record.induction_end_date,
        "mentor_funding_end_date": record.mentor_funding_end_date,
        "cohort_changed_after_payments_frozen": record.cohort_changed_after_payments_frozen,
        "mentor_ineligible_for_funding_reason": record.mentor_ineligible_for_funding_reason,
    }


def _reported(training: TrainingState, status: str) -> dict[str, Any] | None:
    """Why and when the provider reported this, if it is what it reported last."""
    return {"reason": training.reason, "date": training.at} if training.status == status else None


def _id_change(change: IdChange) -> dict[str, Any]:
    return {
        "from_participant_id": change.from_participant_id,
        "to_participant_id": change.to_participant_id,
        "changed_at": change.changed_at,
    }


def declaration(presented: PresentedDeclaration) -> dict[str, Any]:
    """One declaration, with who made it, its statements and its evidence."""
    made = presented.declaration
    was_paid = made.state in ("paid", "awaiting_clawback", "clawed_back")
    carries_uplift = made.course_identifier == "ecf-induction" and made.declaration_type == "started"
    return {
        "id": made.id,
        "type": "participant-declaration",
        "attributes": {
            "participant_id": made.participant_id,
            "declaration_type": made.declaration_type,
            "declaration_date": made.declaration_date,
            "course_identifier": made.course_identifier,
            "state": made.state.replace("_", "-"),
            "updated_at": made.updated_at,
            "created_at": made.created_at,
            "delivery_partner_id": made.delivery_partner_id,
            "statement_id": made.statement_id,
            "clawback_statement_id": made.clawback_statement_id,
            "ineligible_for_funding_reason": (
                made.ineligible_for_funding_reason if made.state == "ineligible" else None
            ),
            "mentor_id": made.mentor_id,
            "uplift_paid": was_paid and carries_uplift and (made.pupil_premium_uplift or made.sparsity_uplift),
            "evidence_held": made.evidence_held,
            "has_passed": None,
            "lead_provider_name": presented.lead_provider_name,
        },
    }


def transfers(mover: Mover) -> dict[str, Any]:
    """One person, with how they moved from school to school."""
    return {
        "id": mover.participant.id,
        "type": "participant-transfer",
        "attributes": {
            "updated_at": mover.updated_at,
            "transfers": [_transfer(transfer) for transfer in mover.transfers],
        },
    }


def _transfer(transfer: Transfer) -> dict[str, Any]:
    return {
        "training_record_id": transfer.training_record_id,
        "transfer_type": transfer.type,
        "status": transfer.status,
        "created_at": transfer.created_at,
        "leaving": _side(transfer.leaving),
        "joining": _side(transfer.joining) if transfer.joining else None,
    }


def _side(side: TransferSide) -> dict[str, Any]:
    return {"school_urn": side.school_urn, "provider": side.provider_name, "date": side.date}


def statement(statement: Statement) -> dict[str, Any]:
    """One statement: when it is drawn up, when it is paid, and whether it has been."""
    return {
        "id": statement.id,
        "type": "statement",
        "attributes": {
            "month": _MONTHS[statement.month - 1],
            "year": str(statement.year),
            "type": "ecf",
            "cohort": statement.cohort,
            "cut_off_date": statement.deadline,
            "payment_date": statement.payment_date,
            "paid": statement.state == "paid",
            "created_at": statement.created_at,
            "updated_at": statement.updated_at,
        },
    }


def school(presented: PresentedSchool) -> dict[str, Any]:
    """One school in one cohort. Until it has chosen a programme for that cohort, none is known."""
    return {
        "id": presented.school.id,
        "type": "school",
        "attributes": {
            "name": presented.school.name,
            "urn": presented.school.urn,
            "cohort": presented.cohort,
            "in_partnership": presented.in_partnership,
            "induction_programme_choice": presented.school.programmes.get(presented.cohort, "not_yet_known"),
            "created_at": presented.school.created_at,
            "updated_at": presented.updated_at,
        },
    }


def delivery_partner(presented: PresentedDeliveryPartner) -> dict[str, Any]:
    """One delivery partner, with every cohort that the provider shares with it."""
    return {
        "id": presented.delivery_partner.id,
        "type": "delivery-partner",
        "attributes": {
            "name": presented.delivery_partner.name,
            "cohort": presented.cohorts,
            "created_at": presented.delivery_partner.created_at,
            "updated_at": presented.delivery_partner.updated_at,
        },
    }


def unfunded_mentor(mentor: UnfundedMentor) -> dict[str, Any]:
    """One unfunded mentor. The TRN is the verified one, else the one the person gave."""
    person = mentor.participant
    return {
        "id": person.id,
        "type": "unfunded-mentor",
        "attributes": {
            "full_name": person.full_name,
            "email": mentor.email,
            "teacher_reference_number": shown_trn(person, mentor.record),
            "created_at": person.created_at,
            "updated_at": person.updated_at,
        },
    }


def partnership(presented: PresentedPartnership) -> dict[str, Any]:
    """One partnership. The time of a challenge is the only one that is shown with milliseconds."""
    made = presented.partnership
    return {
        "id": made.id,
        "type": "partnership",
        "attributes": {
            "cohort": made.cohort,
            "urn": presented.school.urn,
            "school_id": made.school_id,
            "delivery_partner_id": made.delivery_partner_id,
            "delivery_partner_name": presented.delivery_partner.name if presented.delivery_partner else None,
            "status": "active" if made.challenged_at is None else "challenged",
            "challenged_reason": made.challenged_reason,
            "challenged_at": None if made.challenged_at is None else _with_milliseconds(made.challenged_at),
            "induction_tutor_name": presented.school.induction_tutor_name,
            "induction_tutor_email": presented.school.induction_tutor_email,
            "updated_at": presented.updated_at,
            "created_at": made.created_at,
        },
    }


def _with_milliseconds(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
