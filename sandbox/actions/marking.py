"""What moves the `updated_at` of records: one place for each thing that changes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sandbox.actions.call import Moment
from sandbox.model import Participant, Partnership, Placement, School, TrainingRecord
from sandbox.store.protocol import Reader, Unit


def mark_updated(unit: Unit, moment: Moment, participant_id: str | None) -> None:
    """Note that something about a person changed. Declarations are not shown of them, so they do not count."""
    participant = unit.get(Participant, participant_id) if participant_id else None
    if participant is not None:
        unit.put(replace(participant, updated_at=moment.now))


def mark_identity_updated(unit: Unit, moment: Moment, participant_id: str) -> None:
    """Note that a person got another address or id, and so changed."""
    participant = unit.get(Participant, participant_id)
    if participant is not None:
        unit.put(replace(participant, identities_updated_at=moment.now, updated_at=moment.now))


def save_record(unit: Unit, moment: Moment, record: TrainingRecord) -> TrainingRecord:
    """Keep a training record, and note that it and the person changed if it did."""
    before = unit.get(TrainingRecord, record.id)
    if before is not None and record == replace(before, updated_at=record.updated_at):
        return before
    return _touch_record(unit, moment, record)


def save_placement(unit: Unit, moment: Moment, placement: Placement) -> Placement:
    """Keep a placement that changed, and note that the training record and the person did."""
    changed = replace(placement, updated_at=moment.now)
    unit.put(changed)
    record = unit.get(TrainingRecord, placement.training_record_id)
    if record is not None:
        _touch_record(unit, moment, record)
    return changed


def mark_mentor_assigned(unit: Unit, moment: Moment, mentor_id: str | None) -> None:
    """Note that somebody became an ECT's mentor."""
    for id in moment.rules.marking.mentors_touched(mentor_id):
        mark_updated(unit, moment, id)


def mark_partnership_changed(unit: Unit, moment: Moment, partnership: Partnership) -> None:
    """Note that a partnership changed, or became one: so did its school, and whoever is there."""
    school = unit.get(School, partnership.school_id)
    if school is not None:
        unit.put(moment.rules.marking.school_after_partnership(school, partnership.cohort, moment.now))
    placements = _placements_of_all_at(unit, partnership.school_id)
    _mark_records(unit, moment, moment.rules.marking.touched_by_partnership(partnership, placements))


def mark_programme_changed(unit: Unit, moment: Moment, school: School, cohort: str) -> School:
    """Note that a school's programme for a cohort changed: so did whoever is there in that cohort."""
    changed = moment.rules.marking.school_after_programme(school, cohort, moment.now)
    unit.put(changed)
    placements = _placements_of_all_at(unit, school.id)
    _mark_records(unit, moment, moment.rules.marking.touched_by_programme(school, cohort, placements))
    return changed


def _placements_of_all_at(reader: Reader, school_id: str) -> list[Placement]:
    """Everything about whoever has been at a school, in the order in which it was made."""
    ids = dict.fromkeys(placement.training_record_id for placement in reader.find(Placement, school_id=school_id))
    return [placement for id in ids for placement in reader.find(Placement, training_record_id=id)]


def _mark_records(unit: Unit, moment: Moment, record_ids: Iterable[str]) -> None:
    for id in record_ids:
        record = unit.get(TrainingRecord, id)
        if record is not None:
            _touch_record(unit, moment, record)


def _touch_record(unit: Unit, moment: Moment, record: TrainingRecord) -> TrainingRecord:
    changed = replace(record, updated_at=moment.now)
    unit.put(changed)
    mark_updated(unit, moment, record.participant_id)
    return changed
