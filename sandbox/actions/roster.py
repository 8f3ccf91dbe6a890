"""Who is in training with a provider: what `GET /participants/ecf` shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sandbox.actions.call import Call
from sandbox.actions.sight import Sight
from sandbox.model import (
    Enrolment,
    IdChange,
    Participant,
    Partnership,
    Person,
    Placement,
    Schedule,
    School,
    TrainingRecord,
)
from sandbox.rules.reading import (
    Page,
    changed_since,
    has_training_status,
    in_cohorts,
    in_order,
    page_of,
    replaced,
)
from sandbox.rules.status import induction_status, participant_status
from sandbox.store.protocol import Reader

SORTED_BY: Final[dict[str, Callable[[Participant], Any]]] = {
    "created_at": lambda participant: participant.created_at,
    "updated_at": lambda participant: participant.updated_at,
    "id": lambda participant: participant.id,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantFilter:
    """Which participants are asked for; None filters nothing."""

    cohorts: frozenset[str] | None = None
    updated_since: datetime | None = None
    training_status: str | None = None
    from_participant_id: str | None = None


def enrolments(reader: Reader, call: Call, wanted: ParticipantFilter, page: Page | None) -> Sequence[Enrolment]:
    """One page of training records as v1 and v2 list them; all of them without a page.

    Of each the newest placement among those in the cohorts asked for (read.cohort-filter). The oldest participants
    first, or those that changed first when the filter asks for changes.
    """
    found = []
    for participant_id, placements in Sight.of(reader, call).all_placements().items():
        participant = _participant(reader, participant_id)
        if changed_since(participant.updated_at, wanted.updated_since):
            found += [(participant, placement) for placement in _newest_in_cohorts(reader, placements, wanted.cohorts)]
    if wanted.updated_since is None:
        found.sort(key=lambda pair: (pair[0].created_at, pair[0].id, pair[1].training_record_id))
    else:
        found.sort(key=lambda pair: (pair[0].updated_at, pair[0].id, pair[1].training_record_id))
    part = found if page is None else page_of(found, page)
    return [enrolment_of(reader, placement, call.today) for _, placement in part]


def enrolment(reader: Reader, call: Call, participant_id: str, wanted: ParticipantFilter) -> Enrolment | None:
    """A participant's training record as v1 and v2 show one: the ECT's, of someone who has been both."""
    placements = Sight.of(reader, call).placements(participant_id)
    if not placements or not changed_since(_participant(reader, participant_id).updated_at, wanted.updated_since):
        return None
    found = [
        enrolment_of(reader, placement, call.today)
        for placement in _newest_in_cohorts(reader, placements, wanted.cohorts)
    ]
    return min(found, key=lambda enrolment: enrolment.record.participant_type != "ect", default=None)


def people(
    reader: Reader, call: Call, wanted: ParticipantFilter, sort: str | None, page: Page | None
) -> Sequence[Person]:
    """One page of people as v3 lists them; all of them without a page."""
    placements = Sight.of(reader, call).all_placements()
    everyone = (_participant(reader, participant_id) for participant_id in placements)
    found = in_order((one for one in everyone if _is_wanted(reader, one, placements[one.id], wanted)), sort, SORTED_BY)
    return [person_of(reader, call, one.id, placements[one.id]) for one in (page_of(found, page) if page else found)]


def person(reader: Reader, call: Call, participant_id: str, wanted: ParticipantFilter) -> Person | None:
    """One person as v3 shows them, if the filter lets them through."""
    placements = Sight.of(reader, call).placements(participant_id)
    if not placements or not _is_wanted(reader, _participant(reader, participant_id), placements, wanted):
        return None
    return person_of(reader, call, participant_id, placements)


def enrolment_in(reader: Reader, call: Call, record: TrainingRecord) -> Enrolment:
    """A training record as the provider's newest placement of it has it. Raises LookupError when it has none."""
    placements = Sight.of(reader, call).placements(record.participant_id)
    of_record = (placement for placement in placements if placement.training_record_id == record.id)
    placement = next(of_record, None)
    if placement is None:
        raise LookupError(f"training record {record.id} has no placement with {call.provider.id}")
    return enrolment_of(reader, placement, call.today)


def person_seen(reader: Reader, call: Call, participant_id: str) -> Person:
    """A participant with everything that the provider sees of them."""
    return person_of(reader, call, participant_id, Sight.of(reader, call).placements(participant_id))


def person_of(reader: Reader, call: Call, participant_id: str, placements: Sequence[Placement]) -> Person:
    """A participant with an enrolment for each training record that a provider has placements of."""
    changes = reader.find(IdChange, to_participant_id=participant_id)
    return Person(
        participant=_participant(reader, participant_id),
        enrolments=sorted(
            (enrolment_of(reader, placement, call.today) for placement in newest_of_each(placements)),
            key=lambda enrolment: (enrolment.record.created_at, enrolment.record.id),
        ),
        id_changes=sorted(changes, key=lambda change: change.changed_at, reverse=True),
    )


def enrolment_of(reader: Reader, placement: Placement, today: date) -> Enrolment:
    """A training record as one placement has it."""
    record = reader.get(TrainingRecord, placement.training_record_id)
    school = reader.get(School, placement.school_id)
    schedule = reader.get(Schedule, placement.schedule_id)
    partnership = reader.get(Partnership, placement.partnership_id) if placement.partnership_id else None
    if record is None or school is None or schedule is None:
        raise LookupError(f"placement {placement.id} refers to a record, school or schedule that is not there")
    return Enrolment(
        participant=_participant(reader, placement.participant_id),
        record=record,
        placement=placement,
        school_urn=school.urn,
        schedule_identifier=schedule.identifier,
        delivery_partner_id=partnership.delivery_partner_id if partnership else None,
        status=induction_status(placement),
        participant_status=participant_status(placement, today),
    )


def newest_of_each(placements: Iterable[Placement]) -> list[Placement]:
    """The first placement of each training record, in the order given."""
    newest: dict[str, Placement] = {}
    for placement in placements:
        newest.setdefault(placement.training_record_id, placement)
    return list(newest.values())


def _newest_in_cohorts(
    reader: Reader, placements: Iterable[Placement], cohorts: frozenset[str] | None
) -> list[Placement]:
    return newest_of_each(p for p in placements if in_cohorts(_cohort(reader, p), cohorts))


def _is_wanted(
    reader: Reader, participant: Participant, placements: Sequence[Placement], wanted: ParticipantFilter
) -> bool:
    """True when the filter lets a person through."""
    return (
        changed_since(participant.updated_at, wanted.updated_since)
        and replaced(reader.find(IdChange, to_participant_id=participant.id), wanted.from_participant_id)
        and _has_wanted_training(reader, placements, wanted)
    )


def _has_wanted_training(reader: Reader, placements: Sequence[Placement], wanted: ParticipantFilter) -> bool:
    """True when the newest placement of one training record is of the cohorts asked for, and of the status too.

    An older placement's cohort counts for nothing, nor does the status of someone's other training.
    """
    in_them = [p for p in newest_of_each(placements) if in_cohorts(_cohort(reader, p), wanted.cohorts)]
    return bool(in_them) and has_training_status(in_them, wanted.training_status)


def _cohort(reader: Reader, placement: Placement) -> str:
    """The cohort that filters compare: the schedule's, not the school programme's."""
    schedule = reader.get(Schedule, placement.schedule_id)
    return schedule.cohort if schedule else placement.cohort


def _participant(reader: Reader, participant_id: str) -> Participant:
    participant = reader.get(Participant, participant_id)
    if participant is None:
        raise LookupError(f"there are placements of participant {participant_id}, who is not there")
    return participant
