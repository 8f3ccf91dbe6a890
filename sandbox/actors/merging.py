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
    """Retire a participant's id in favour of another one: all training is the remaining one's, side by side.

    Raises Impossible when both have the same milestone declared.
    """
    if retired.id == remaining.id:
        raise Impossible(f"participant {retired.id} cannot be retired in favour of itself")
    _refuse_if_both_declared(unit, retired, remaining)
    for record in unit.find(TrainingRecord, participant_id=retired.id):
        registered_under = record.retired_id or retired.id
        unit.put(msgspec.structs.replace(record, participant_id=remaining.id, retired_id=registered_under))
    for placement in unit.find(Placement, participant_id=retired.id):
        unit.put(msgspec.structs.replace(placement, participant_id=remaining.id))
    _move_mentoring(unit, moment, retired.id, remaining.id)
    for declaration in unit.find(Declaration, participant_id=retired.id):
        unit.put(msgspec.structs.replace(declaration, participant_id=remaining.id, updated_at=moment.now))
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


def _move_mentoring(unit: Unit, moment: Moment, retired: str, remaining: str) -> None:
    """Whoever was mentored by the retired id is mentored by the remaining one."""
    placements = list(unit.find(Placement, mentor_id=retired))
    for placement in placements:
        unit.put(msgspec.structs.replace(placement, mentor_id=remaining))
    for id in moment.rules.marking.mentored(placements):
        mark_updated(unit, moment, id)
    for declaration in unit.all(Declaration):
        if declaration.mentor_id == retired:
            unit.put(moment.rules.marking.mentor_renamed(declaration, remaining, moment.now))


def unite(unit: Unit, moment: Moment, record: TrainingRecord) -> None:
    """Retire the id of somebody just validated, if they turn out to be registered before. Raises Impossible."""
    person = unit.get(Participant, record.participant_id)
    if person is None or person.trn is None or not record.is_validated:
        return
    same_trn = list(unit.find(Participant, trn=person.trn))
    records = {each.id: list(unit.find(TrainingRecord, participant_id=each.id)) for each in same_trn}
    older = moment.rules.older_record(person, same_trn, records)
    if older is not None:
        retire_id(unit, moment, person, older)


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
