"""Two ids for one person: the DfE retires one, and all that was under it is found under the other (id-change)."""

from __future__ import annotations

import msgspec

from sandbox.actions.call import Moment
from sandbox.actions.marking import mark_identity_updated, mark_updated
from sandbox.actors.impossible import Impossible
from sandbox.model import (
    Declaration,
    IdChange,
    Participant,
    Placement,
    TrainingRecord,
)
from sandbox.store.protocol import Reader, Unit


def retire_id(unit: Unit, moment: Moment, retired: Participant, remaining: Participant) -> IdChange:
    """Retire a participant's id in favour of another one.

    Where both were registered for the same course, the placements and declarations of the retired one go under the
    remaining one's training record. Raises Impossible when both have the same milestone declared.
    """
    if retired.id == remaining.id:
        raise Impossible(f"participant {retired.id} cannot be retired in favour of itself")
    _refuse_if_both_declared(unit, retired, remaining)
    records = _move_records(unit, retired.id, remaining.id)
    for placement in unit.find(Placement, participant_id=retired.id):
        record_id = records[placement.training_record_id]
        unit.put(msgspec.structs.replace(placement, participant_id=remaining.id, training_record_id=record_id))
    for declaration in unit.find(Declaration, participant_id=retired.id):
        unit.put(
            msgspec.structs.replace(
                declaration,
                participant_id=remaining.id,
                training_record_id=records[declaration.training_record_id],
                updated_at=moment.now,
            )
        )
    _move_mentoring(unit, moment, retired.id, remaining.id)
    for earlier in unit.find(IdChange, to_participant_id=retired.id):
        unit.put(msgspec.structs.replace(earlier, to_participant_id=remaining.id))
    change = IdChange(
        id=moment.new_id(),
        from_participant_id=retired.id,
        to_participant_id=remaining.id,
        changed_at=moment.now,
    )
    unit.put(change)
    unit.delete(Participant, retired.id)
    mark_identity_updated(unit, moment, remaining.id)
    return change


def _move_records(unit: Unit, retired: str, remaining: str) -> dict[str, str]:
    """Bring the training records together; returns which record each of the retired id's is now part of."""
    kept = {record.participant_type: record for record in unit.find(TrainingRecord, participant_id=remaining)}
    became = {}
    for record in unit.find(TrainingRecord, participant_id=retired):
        if (other := kept.get(record.participant_type)) is not None:
            became[record.id] = other.id
            unit.delete(TrainingRecord, record.id)
        else:
            became[record.id] = record.id
            unit.put(msgspec.structs.replace(record, participant_id=remaining))
    return became


def _move_mentoring(unit: Unit, moment: Moment, retired: str, remaining: str) -> None:
    """Whoever was mentored by the retired id is mentored by the remaining one."""
    for placement in unit.find(Placement, mentor_id=retired):
        unit.put(msgspec.structs.replace(placement, mentor_id=remaining))
        mark_updated(unit, moment, placement.participant_id)
    for declaration in unit.all(Declaration):
        if declaration.mentor_id == retired:
            unit.put(msgspec.structs.replace(declaration, mentor_id=remaining, updated_at=moment.now))


def _refuse_if_both_declared(reader: Reader, retired: Participant, remaining: Participant) -> None:
    both = _live(reader, retired.id) & _live(reader, remaining.id)
    if both:
        declared = ", ".join(f"{type} of {course}" for course, type in sorted(both))
        raise Impossible(f"both {retired.id} and {remaining.id} have {declared} declared: void one of them first")


def _live(reader: Reader, participant_id: str) -> set[tuple[str, str]]:
    return {
        (declaration.course_identifier, declaration.declaration_type)
        for declaration in reader.find(Declaration, participant_id=participant_id)
        if declaration.is_live
    }
