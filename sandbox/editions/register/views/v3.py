"""How v3 shows people: attributes in the service's own order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sandbox.editions.register.presented import Enrolment, Mover, Participant, Transfer, UnfundedMentor
from sandbox.model import IdChange, TransferSide

Json = dict[str, Any]


def resource(kind: str, id: str, attributes: Json) -> Json:
    """A record of a kind, as each is shown."""
    return {"id": id, "type": kind, "attributes": attributes}


def participant(person: Participant) -> Json:
    """`GET /participants`."""
    teacher = person.teacher
    return resource(
        "participant",
        teacher.id,
        {
            "full_name": teacher.full_name,
            "teacher_reference_number": teacher.trn,
            "updated_at": teacher.updated_at,
            "ecf_enrolments": [_enrolment(enrolment) for enrolment in person.enrolments],
            "participant_id_changes": [_id_change(change) for change in person.id_changes],
        },
    )


def _enrolment(enrolment: Enrolment) -> Json:
    is_withdrawn, is_deferred = (enrolment.training_status == status for status in ("withdrawn", "deferred"))
    return {
        "training_record_id": enrolment.training_record_id,
        "email": enrolment.email,
        "mentor_id": enrolment.mentor_id,
        "school_urn": enrolment.school_urn,
        "participant_type": enrolment.participant_type,
        "cohort": enrolment.cohort,
        "training_status": enrolment.training_status,
        "participant_status": enrolment.participant_status,
        "eligible_for_funding": enrolment.eligible_for_funding,
        "pupil_premium_uplift": enrolment.pupil_premium_uplift,
        "sparsity_uplift": enrolment.sparsity_uplift,
        "schedule_identifier": enrolment.schedule_identifier,
        "delivery_partner_id": enrolment.delivery_partner_id,
        "withdrawal": _stamp(enrolment.withdrawn_reason, enrolment.withdrawn_at) if is_withdrawn else None,
        "deferral": _stamp(enrolment.deferred_reason, enrolment.deferred_at) if is_deferred else None,
        "created_at": enrolment.created_at,
        "induction_end_date": enrolment.induction_end_date,
        "most_recent_induction_period_end_date": enrolment.most_recent_induction_period_end_date,
        "overall_induction_start_date": enrolment.overall_induction_start_date,
        "mentor_funding_end_date": enrolment.mentor_funding_end_date,
        "cohort_changed_after_payments_frozen": enrolment.cohort_changed_after_payments_frozen,
        "mentor_ineligible_for_funding_reason": enrolment.mentor_ineligible_for_funding_reason,
        "working_pattern": enrolment.working_pattern,
    }


def _stamp(reason: str | None, at: datetime | None) -> Json:
    return {"reason": reason, "date": at}


def _id_change(change: IdChange) -> Json:
    return {
        "from_participant_id": change.from_participant_id,
        "to_participant_id": change.to_participant_id,
        "changed_at": change.changed_at,
    }


def transfers(mover: Mover) -> Json:
    """`GET /participants/transfers`."""
    shown = [_transfer(transfer) for transfer in mover.transfers]
    return resource("participant-transfer", mover.teacher.id, {"updated_at": mover.updated_at, "transfers": shown})


def _transfer(transfer: Transfer) -> Json:
    return {
        "training_record_id": transfer.training_record_id,
        "transfer_type": transfer.type,
        "status": transfer.status,
        "created_at": transfer.created_at,
        "leaving": _side(transfer.leaving),
        "joining": _side(transfer.joining) if transfer.joining else None,
    }


def _side(side: TransferSide) -> Json:
    return {"school_urn": side.school_urn, "provider": side.provider_name, "date": side.date}


def unfunded_mentor(mentor: UnfundedMentor) -> Json:
    """`GET /unfunded-mentors`."""
    teacher = mentor.teacher
    return resource(
        "unfunded-mentor",
        teacher.id,
        {
            "full_name": teacher.full_name,
            "email": mentor.email,
            "teacher_reference_number": teacher.trn,
            "created_at": teacher.created_at,
            "updated_at": teacher.mentor_updated_at,
        },
    )
