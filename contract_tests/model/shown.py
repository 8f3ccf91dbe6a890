"""How each version shows what is known: the attributes, name by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from contract_tests.model.moves import Move
from contract_tests.model.records import (
    Declaration,
    Partner,
    Partnership,
    Person,
    Placement,
    Provider,
    School,
    Statement,
    Training,
)
from contract_tests.model.register import Register

Attributes = dict[str, Any]

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def time(at: datetime | None) -> str | None:
    """A time as it is written."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _trn(training: Training) -> str | None:
    return None if training.validation == "contacted_for_information" else training.person.trn


def _status(placement: Placement) -> str:
    return "withdrawn" if placement.view in ("withdrawn", "changed") else "active"


def participant_status(register: Register, placement: Placement, now: datetime) -> str:
    """What the school's word on somebody comes to at a time."""
    if placement.ends_at is not None:
        return "leaving" if placement.ends_at > now else "left"
    began_by_act = placement.began_at is not None and not register.deployed
    if placement.starts_at > now and not began_by_act:
        return "joining"
    return _status(placement)


def _common(placement: Placement) -> Attributes:
    training = placement.training
    return {
        "training_record_id": training.id,
        "email": placement.email,
        "mentor_id": placement.mentor and placement.mentor.id,
        "school_urn": placement.school.urn,
        "participant_type": training.role,
        "cohort": placement.cohort,
        "training_status": placement.said.status,
        "teacher_reference_number_validated": None if _trn(training) is None else training.trn_validated,
        "eligible_for_funding": training.eligible,
        "pupil_premium_uplift": training.pupil_premium,
        "sparsity_uplift": training.sparsity,
        "schedule_identifier": placement.schedule.identifier,
    }


def flat(register: Register, placement: Placement) -> Attributes:
    """One training as v1 and v2 show it."""
    training, person = placement.training, placement.training.person
    times = [person.updated]
    if register.deployed:
        times += [person.addressed, training.updated, placement.updated]
    return {
        **_common(placement),
        "full_name": person.full_name,
        "status": _status(placement),
        "teacher_reference_number": _trn(training),
        "updated_at": time(max(times)),
    }


def person(register: Register, whom: Person, placements: list[Placement], now: datetime) -> Attributes:
    """Somebody as v3 shows them, by the newest placement of each training that a provider sees."""
    found = [each.training.validated if register.deployed else each.training.trn_validated for each in placements]
    times = [whom.updated]
    if register.deployed:
        trainings = register.trainings_of(whom)
        times += [whom.addressed, whom.readdressed, *(each.updated for each in trainings)]
        times += [each.updated for training in trainings for each in training.placements]
    newest = sorted(placements, key=lambda each: (each.training.created, each.training.id), reverse=True)
    return {
        "full_name": whom.full_name,
        "teacher_reference_number": whom.trn if any(found) else None,
        "updated_at": time(max(times)),
        "ecf_enrolments": [
            _enrolment(register, each, now) for each in sorted(newest, key=lambda each: each.training.role)
        ],
        "participant_id_changes": [
            {"from_participant_id": each.retired, "to_participant_id": each.remaining, "changed_at": time(each.at)}
            for each in sorted(_changes_of(register, whom.id), key=lambda each: each.at, reverse=True)
        ],
    }


def _changes_of(register: Register, id: str) -> list[Any]:
    found = [each for each in register.id_changes if each.remaining == id]
    return found + [earlier for each in found for earlier in _changes_of(register, each.retired)]


def _enrolment(register: Register, placement: Placement, now: datetime) -> Attributes:
    training, said = placement.training, placement.said
    reported = {"reason": said.reason, "date": time(said.at)}
    of_documented = {} if register.deployed else {"validation_status": training.validation}
    return {
        **_common(placement),
        **of_documented,
        "participant_status": participant_status(register, placement, now),
        "delivery_partner_id": placement.partnership and placement.partnership.partner.id,
        "withdrawal": reported if said.status == "withdrawn" else None,
        "deferral": reported if said.status == "deferred" else None,
        "created_at": time(training.created),
        "induction_end_date": _day(training.induction_end),
        "mentor_funding_end_date": _day(training.funding_end),
        "cohort_changed_after_payments_frozen": training.cohort_changed,
        "mentor_ineligible_for_funding_reason": training.funding_end_reason,
    }


def declaration(made: Declaration, version: str) -> Attributes:
    """A declaration."""
    shown = {
        "participant_id": made.person.id,
        "declaration_type": made.type,
        "course_identifier": made.course,
        "declaration_date": time(made.dated),
        "state": made.state.replace("_", "-"),
        "updated_at": time(made.updated),
        "has_passed": None,
    }
    if version == "v1":
        return shown | {"eligible_for_payment": made.state in ("eligible", "payable"), "voided": made.state == "voided"}
    if version == "v2":
        return shown
    was_paid = made.state in ("paid", "awaiting_clawback", "clawed_back")
    carries_uplift = made.course == "ecf-induction" and made.type == "started" and made.uplift
    return shown | {
        "created_at": time(made.created),
        "delivery_partner_id": made.partner_id,
        "statement_id": made.statement and made.statement.id,
        "clawback_statement_id": made.clawback and made.clawback.id,
        "ineligible_for_funding_reason": "duplicate_declaration" if made.state == "ineligible" else None,
        "mentor_id": made.mentor_id,
        "uplift_paid": was_paid and carries_uplift,
        "evidence_held": made.evidence,
        "lead_provider_name": made.provider.name,
    }


def as_first_shown(made: Declaration, version: str) -> Attributes:
    """A declaration as it was answered when it was made, whatever has become of it since."""
    state, statement = made.first
    then = replace(made, state=state, statement=statement, clawback=None, updated=made.created)
    return declaration(then, version)


def partnership(made: Partnership) -> Attributes:
    """A partnership."""
    school, challenged = made.school, made.challenged_at
    return {
        "cohort": made.cohort,
        "urn": school.urn,
        "school_id": school.id,
        "delivery_partner_id": made.partner.id,
        "delivery_partner_name": made.partner.name,
        "status": "active" if made.stands else "challenged",
        "challenged_reason": made.challenged_reason,
        "challenged_at": challenged and f"{challenged:%Y-%m-%dT%H:%M:%S}.000Z",
        "induction_tutor_name": school.tutor_name,
        "induction_tutor_email": school.tutor_email,
        "updated_at": time(max(made.updated, school.updated, made.partner.updated)),
        "created_at": time(made.created),
    }


def school(register: Register, known: School, cohort: str) -> Attributes:
    """A school in a cohort."""
    return {
        "name": known.name,
        "urn": known.urn,
        "cohort": cohort,
        "in_partnership": in_partnership(register, known, cohort),
        "induction_programme_choice": known.programmes.get(cohort, "not_yet_known"),
        "created_at": time(known.created),
        "updated_at": time(known.updated_in(cohort)),
    }


def in_partnership(register: Register, known: School, cohort: str) -> bool:
    """Whether anybody trains there; in the service a single person's provider does."""
    there = (each for each in register.partnerships if each.school is known and each.cohort == cohort)
    return any(each.stands and (register.deployed or not each.relationship) for each in there)


def partner(known: Partner, provider: Provider) -> Attributes:
    """A delivery partner, as one provider works with it."""
    return {
        "name": known.name,
        "cohort": sorted(known.works_with[provider.id]),
        "created_at": time(known.created),
        "updated_at": time(known.updated),
    }


def statement(known: Statement) -> Attributes:
    """A statement."""
    return {
        "month": MONTHS[known.month - 1],
        "year": str(known.year),
        "type": "ecf",
        "cohort": known.cohort,
        "cut_off_date": _day(known.deadline),
        "payment_date": _day(known.payment),
        "paid": known.state == "paid",
        "created_at": time(known.created),
        "updated_at": time(known.updated),
    }


def unfunded_mentor(whom: Person, training: Training) -> Attributes:
    """Somebody who mentors a provider's ECT, and trains with another or with nobody."""
    return {
        "full_name": whom.full_name,
        "email": training.newest.email,
        "teacher_reference_number": _trn(training),
        "created_at": time(whom.created),
        "updated_at": time(whom.updated),
    }


def transfers(register: Register, whom: Person, found: list[Move]) -> Attributes:
    """How somebody moved, as far as a provider sees it."""
    changed = max(move.changed for move in found) if register.deployed else whom.updated
    return {"updated_at": time(changed), "transfers": [_transfer(register, each) for each in found]}


def _transfer(register: Register, move: Move) -> Attributes:
    joining = move.joining
    return {
        "training_record_id": move.leaving.last.training.id,
        "transfer_type": move.type(),
        "status": move.status(register.today),
        "created_at": time(move.leaving.last.created),
        "leaving": _side(move.leaving.last, _day(move.leaves_on)),
        "joining": joining and _side(joining.first, _day(joining.first.starts_on)),
    }


def _side(last: Placement, on: str | None) -> Attributes:
    return {"school_urn": last.school.urn, "provider": last.provider and last.provider.name, "date": on}
