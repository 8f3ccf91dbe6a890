"""Someone's training from act to act: placements follow one another, and what was stays known."""

from __future__ import annotations

from msgspec.structs import replace

from sandbox.actions.call import Moment
from sandbox.actions.marking import save_placement
from sandbox.model import Placement, Schedule, TrainingRecord
from sandbox.rules.visibility import newest_first
from sandbox.store.protocol import Reader, Unit


def succeed(unit: Unit, moment: Moment, before: Placement, after: Placement) -> Placement:
    """Keep what an act made of a placement: it ends now, and the next begins. Returns the next."""
    placements = moment.rules.training.succeeded(before, after, new_id=moment.new_id, at=moment.now)
    *_, newest = [save_placement(unit, moment, placement) for placement in placements]
    return newest


def lose_mentees(unit: Unit, moment: Moment, mentors: Placement) -> None:
    """Have nobody mentored any more by a mentor who is gone from their school, where that follows.

    `mentors` is the placement that the mentor had there.
    """
    record = unit.get(TrainingRecord, mentors.training_record_id)
    if record is None or record.participant_type != "mentor":
        return
    for placement in unit.find(Placement, mentor_id=mentors.participant_id):
        if moment.rules.consequences.loses_mentor(placement, mentors, moment.now):
            succeed(unit, moment, placement, replace(placement, mentor_id=None))


def schedule_of(reader: Reader, record: TrainingRecord) -> Schedule | None:
    """The schedule that a training record is on, whichever provider put it there."""
    if record.schedule_id is not None:
        return reader.get(Schedule, record.schedule_id)
    placements = newest_first(reader.find(Placement, training_record_id=record.id))
    return reader.get(Schedule, placements[0].schedule_id) if placements else None
