"""Participants and their training records, brought together to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sandbox.actions.call import Call
from sandbox.actions.identity import id_changes_of
from sandbox.actions.provider_view import ProviderView
from sandbox.model import (
    Enrolment,
    Participant,
    Partnership,
    Person,
    Placement,
    Schedule,
    School,
    TrainingRecord,
)
from sandbox.rules.identity import as_listed
from sandbox.rules.status import induction_status
from sandbox.store.protocol import Reader


def enrolment_in(reader: Reader, call: Call, record: TrainingRecord) -> Enrolment:
    """A training record as the placement that the provider acts on has it. Raises LookupError when it has none."""
    placements = ProviderView.of(reader, call).acted_on(record.participant_id)
    of_record = (placement for placement in placements if placement.training_record_id == record.id)
    placement = next(of_record, None)
    if placement is None:
        raise LookupError(f"training record {record.id} has no placement with {call.provider.id}")
    return enrolment_of(reader, call, placement)


def person_seen(reader: Reader, call: Call, participant_id: str) -> Person:
    """A participant with everything that the provider sees of them."""
    return person_of(reader, call, participant_id, ProviderView.of(reader, call).placements(participant_id))


def person_of(reader: Reader, call: Call, participant_id: str, placements: Sequence[Placement]) -> Person:
    """A participant with an enrolment for each training record that a provider has placements of.

    As an ECT first, then as a mentor; of several the newest first.
    """
    participant = participant_of(reader, participant_id)
    records = reader.find(TrainingRecord, participant_id=participant_id)
    everywhere = reader.find(Placement, participant_id=participant_id)
    enrolments = [enrolment_of(reader, call, placement) for placement in newest_of_each(placements)]
    enrolments.sort(key=lambda enrolment: (enrolment.record.created_at, enrolment.record.id), reverse=True)
    return Person(
        participant=participant,
        enrolments=sorted(enrolments, key=lambda enrolment: enrolment.record.participant_type),
        id_changes=as_listed(id_changes_of(reader, participant_id)),
        updated_at=call.rules.marking.shown_of_person(participant, records, everywhere),
    )


def enrolment_of(reader: Reader, call: Call, placement: Placement) -> Enrolment:
    """A training record as one placement has it."""
    record = reader.get(TrainingRecord, placement.training_record_id)
    school = reader.get(School, placement.school_id)
    schedule = reader.get(Schedule, placement.schedule_id)
    partnership = reader.get(Partnership, placement.partnership_id) if placement.partnership_id else None
    if record is None or school is None or schedule is None:
        raise LookupError(f"placement {placement.id} refers to a record, school or schedule that is not there")
    participant = participant_of(reader, placement.participant_id)
    return Enrolment(
        participant=participant,
        record=record,
        placement=placement,
        school_urn=school.urn,
        schedule_identifier=schedule.identifier,
        delivery_partner_id=partnership.delivery_partner_id if partnership else None,
        status=induction_status(placement),
        participant_status=call.rules.visibility.participant_status(placement, call.now),
        updated_at=call.rules.marking.shown_of_enrolment(participant, record, placement),
    )


def newest_of_each(placements: Iterable[Placement]) -> list[Placement]:
    """The first placement of each training record, in the order given."""
    newest: dict[str, Placement] = {}
    for placement in placements:
        newest.setdefault(placement.training_record_id, placement)
    return list(newest.values())


def participant_of(reader: Reader, participant_id: str) -> Participant:
    """Who has this id. Raises LookupError when nobody does, as no placement of theirs should then be there."""
    participant = reader.get(Participant, participant_id)
    if participant is None:
        raise LookupError(f"there are placements of participant {participant_id}, who is not there")
    return participant
