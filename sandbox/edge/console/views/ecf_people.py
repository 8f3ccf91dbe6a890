"""People of ECF: participants with their training records, and every placement these have had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sandbox.actions.identity import id_changes_of, resolve
from sandbox.edge.console.views.person import Listed, Person, Stay, Training, provider_name
from sandbox.model import (
    DeliveryPartner,
    Participant,
    Partnership,
    Placement,
    Schedule,
    School,
    TrainingRecord,
)
from sandbox.rules.status import participant_status
from sandbox.rules.visibility import newest_first
from sandbox.store.protocol import Reader


def rows(reader: Reader, now: datetime, _today: date) -> Iterator[Listed]:
    """Every training of everybody, in the order in which they were registered."""
    for record in reader.all(TrainingRecord):
        person = reader.get(Participant, record.participant_id)
        if person is None:
            continue
        newest = next(iter(newest_first(reader.find(Placement, training_record_id=record.id))), None)
        school = reader.get(School, newest.school_id) if newest else None
        yield Listed(
            id=person.id,
            name=person.full_name,
            trn=person.trn,
            role=record.participant_type,
            state=_state(record, newest, now),
            provider=provider_name(reader, newest.lead_provider_id) if newest else None,
            provider_id=newest.lead_provider_id if newest else None,
            cohort=newest.cohort if newest else None,
            school=school.name if school else None,
        )


def whole(reader: Reader, id: str, now: datetime, _today: date) -> Person | None:
    """Someone by their id, or by one that was retired in favour of it."""
    person = reader.get(Participant, resolve(reader, id.lower()))
    if person is None:
        return None
    records = reader.find(TrainingRecord, participant_id=person.id)
    placements = newest_first(reader.find(Placement, participant_id=person.id))
    roles = {record.id: record for record in records}
    mentored = {placement.participant_id for placement in reader.find(Placement, mentor_id=person.id)}
    return Person(
        id=person.id,
        name=person.full_name,
        trn=person.trn,
        email=person.email,
        former_ids=[change.from_participant_id for change in id_changes_of(reader, person.id)],
        trainings=[_training(record) for record in records],
        stays=[_stay(reader, roles[each.training_record_id], each, now) for each in placements],
        periods=[],
        mentees=[(mentee.id, mentee.full_name) for each in mentored if (mentee := reader.get(Participant, each))],
    )


def _state(record: TrainingRecord, newest: Placement | None, now: datetime) -> str:
    if not record.is_validated:
        return "not_validated"
    if newest is None:
        return "not_in_training"
    status = participant_status(newest, now)
    if record.withdrawn_by_school or status == "withdrawn":
        return "withdrawn_by_school"
    return status if status != "active" else newest.training.status


def _training(record: TrainingRecord) -> Training:
    facts = {
        "Training record id": record.id,
        "Checked by the DfE": record.validation_status,
        "Pupil premium uplift": "Yes" if record.pupil_premium_uplift else "No",
        "Sparsity uplift": "Yes" if record.sparsity_uplift else "No",
        "Induction ended on": record.induction_end_date,
        "Mentor funding ended on": record.mentor_funding_end_date,
        "Why a mentor is not funded": record.mentor_ineligible_for_funding_reason,
        "Registered under the id": record.retired_id,
    }
    return Training(
        role=record.participant_type,
        course=record.course_identifier,
        facts={name: value for name, value in facts.items() if value is not None},
    )


def _stay(reader: Reader, record: TrainingRecord, placement: Placement, now: datetime) -> Stay:
    school = reader.get(School, placement.school_id)
    partnership = reader.get(Partnership, placement.partnership_id) if placement.partnership_id else None
    partner = reader.get(DeliveryPartner, partnership.delivery_partner_id) if partnership else None
    schedule = reader.get(Schedule, placement.schedule_id)
    mentor = reader.get(Participant, placement.mentor_id) if placement.mentor_id else None
    return Stay(
        role=record.participant_type,
        school=school.name if school else "No school",
        urn=school.urn if school else "",
        provider=provider_name(reader, placement.lead_provider_id),
        provider_id=placement.lead_provider_id,
        delivery_partner=partner.name if partner else None,
        cohort=placement.cohort,
        schedule=schedule.identifier if schedule else None,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        state=_state(record, placement, now),
        reason=placement.training.reason,
        mentor_id=mentor.id if mentor else None,
        mentor=mentor.full_name if mentor else None,
    )
