"""How a provider is shown what is known."""

from __future__ import annotations

from calendar import month_name
from datetime import date, datetime
from typing import Any, Final

from contract_tests.register.model.known import Known
from contract_tests.register.model.moves import Move
from contract_tests.register.model.records import (
    COURSES,
    Declaration,
    Partner,
    Partnership,
    Person,
    Provider,
    School,
    Stamp,
    Statement,
    Stay,
    Training,
)
from contract_tests.register.model.standing import eligible, participant_status

Json = dict[str, Any]
UPLIFTED_UP_TO: Final = "2024"


def time(at: datetime | None) -> str | None:
    """A time as it is written."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def participant(known: Known, person: Person, latest: list[Training]) -> Json:
    """Somebody with the latest training of each role."""
    changes = [each for each in known.id_changes if each.remaining is person]
    return {
        "full_name": person.name,
        "teacher_reference_number": person.trn,
        "updated_at": time(person.updated),
        "ecf_enrolments": [_enrolment(known, each) for each in latest],
        "participant_id_changes": [
            {"from_participant_id": each.retired, "to_participant_id": person.id, "changed_at": time(each.at)}
            for each in changes
        ],
    }


def _enrolment(known: Known, training: Training) -> Json:
    person, role, partnership = training.person, training.role, training.partnership
    assert partnership is not None
    ect, funding = role == "ect", person.funding[role]
    stays = known.stays_of(person, role)
    shown = known.mentorship_shown(training.stay) if ect else None
    newest = max(person.inductions, key=lambda each: each.starts, default=None)
    began = min((each.starts for each in person.inductions), default=None)
    premium, sparsity = training.stay.school.uplifts if partnership.cohort <= UPLIFTED_UP_TO else (False, False)
    return {
        "training_record_id": funding.record_id,
        "email": training.stay.email,
        "mentor_id": shown.mentor.person.id if shown else None,
        "school_urn": training.stay.school.urn,
        "participant_type": role,
        "cohort": partnership.cohort,
        "training_status": training.status,
        "participant_status": participant_status(training, known.today),
        "eligible_for_funding": eligible(person, role),
        "pupil_premium_uplift": premium,
        "sparsity_uplift": sparsity,
        "schedule_identifier": training.schedule,
        "delivery_partner_id": partnership.partner.id,
        "withdrawal": _stamp(training.withdrawn) if training.status == "withdrawn" else None,
        "deferral": _stamp(training.deferred) if training.status == "deferred" else None,
        "created_at": time(stays[0].created),
        "induction_end_date": _day(person.inducted_on) if ect else None,
        "most_recent_induction_period_end_date": _day(newest.ends) if newest and ect else None,
        "overall_induction_start_date": _day(began) if ect else None,
        "mentor_funding_end_date": None if ect else _day(funding.ineligible_from),
        "cohort_changed_after_payments_frozen": funding.frozen is not None,
        "mentor_ineligible_for_funding_reason": None if ect else person.reason,
        "working_pattern": stays[-1].pattern if ect else None,
    }


def _stamp(stamp: Stamp | None) -> Json | None:
    return {"reason": stamp.reason, "date": time(stamp.at)} if stamp else None


def declaration(made: Declaration) -> Json:
    """A declaration."""
    uplifted = made.type == "started" and made.cohort <= UPLIFTED_UP_TO and any(made.training.stay.school.uplifts)
    return {
        "participant_id": made.person.id,
        "declaration_type": made.type,
        "course_identifier": COURSES[made.role],
        "declaration_date": time(made.dated),
        "mentor_id": made.mentor.id if made.mentor else None,
        "state": made.state,
        "updated_at": time(made.updated),
        "created_at": time(made.created),
        "delivery_partner_id": made.partner.id,
        "statement_id": made.statement.id if made.statement else None,
        "clawback_statement_id": made.clawback.id if made.clawback else None,
        "ineligible_for_funding_reason": None,
        "uplift_paid": uplifted and made.state in ("paid", "awaiting-clawback", "clawed-back"),
        "evidence_held": made.evidence,
        "lead_provider_name": made.provider.name,
    }


def transfers(known: Known, moves: list[Move]) -> Json:
    """Somebody's moves."""
    return {
        "updated_at": time(max(each.updated for each in moves)),
        "transfers": [
            {
                "training_record_id": each.left.person.funding[each.left.role].record_id,
                "transfer_type": each.type,
                "status": each.status(known.today),
                "created_at": time(each.left.created),
                "leaving": _side(each.left, each.left.ends),
                "joining": _side(each.joined, each.joined.starts) if each.joined else None,
            }
            for each in moves
        ],
    }


def _side(training: Training, day: date | None) -> Json:
    provider = training.provider
    return {
        "school_urn": training.stay.school.urn,
        "provider": provider.name if provider else None,
        "date": _day(day),
    }


def partnership(known: Known, made: Partnership) -> Json:
    """A partnership."""
    in_training = [each for each in known.trainings if each.partnership is made and each.covers(known.today)]
    return {
        "cohort": made.cohort,
        "urn": made.school.urn,
        "school_id": made.school.id,
        "delivery_partner_id": made.partner.id,
        "delivery_partner_name": made.partner.name,
        "induction_tutor_name": made.school.tutor_name,
        "induction_tutor_email": made.school.tutor_email,
        "participants_currently_training": len(in_training),
        "created_at": time(made.created),
        "updated_at": time(made.updated),
    }


def school(provider: Provider, there: School, cohort: str) -> Json:
    """A school in a cohort: its tutor is shown to whom it has named."""
    partnered, programme, interested = there.standings[cohort]
    named = provider.id in interested
    return {
        "name": there.name,
        "urn": there.urn,
        "cohort": cohort,
        "in_partnership": partnered,
        "induction_programme_choice": programme,
        "expression_of_interest": named,
        "induction_tutor_name": there.tutor_name if named else None,
        "induction_tutor_email": there.tutor_email if named else None,
        "created_at": time(there.created),
        "updated_at": time(there.updated_in(cohort)),
    }


def partner(known: Partner, provider: Provider) -> Json:
    """A delivery partner, with the provider's own years."""
    return {
        "name": known.name,
        "created_at": time(known.created),
        "updated_at": time(known.updated),
        "cohort": sorted(known.works_with[provider]),
    }


def statement(due: Statement) -> Json:
    """A statement."""
    return {
        "month": month_name[due.month],
        "year": str(due.year),
        "cohort": due.cohort,
        "cut_off_date": _day(due.deadline),
        "payment_date": _day(due.payment),
        "paid": due.state == "paid",
        "created_at": time(due.created),
        "updated_at": time(due.updated),
    }


def unfunded_mentor(stay: Stay) -> Json:
    """Somebody who mentors an ECT of a provider that never trained them."""
    person = stay.person
    return {
        "full_name": person.name,
        "email": stay.email,
        "teacher_reference_number": person.trn,
        "created_at": time(person.created),
        "updated_at": time(person.mentor_updated),
    }
