"""What becomes of mentors when a school registers somebody whom they mentor."""

from __future__ import annotations

from msgspec.structs import replace

from sandbox.actions.call import Moment
from sandbox.actions.marking import save_record
from sandbox.actions.partnerships import live_partnership
from sandbox.actions.training import succeed
from sandbox.model import Cohort, Placement, Schedule, TrainingRecord
from sandbox.rules.visibility import newest_first
from sandbox.store.protocol import Reader, Unit


def come_out(unit: Unit, moment: Moment, mentor_id: str, cohort: str) -> None:
    """Have a mentor train on in the cohort of the ECT whom they are given, where that follows.

    They keep their schedule, and train through the partnership that their school has for that cohort.
    """
    placement = _newest(unit, mentor_id)
    if placement is None:
        return
    left, joined = unit.get(Cohort, placement.cohort), unit.get(Cohort, cohort)
    if left is None or joined is None or not moment.rules.consequences.comes_out(left, joined, moment.now):
        return
    record, present = unit.get(TrainingRecord, placement.training_record_id), unit.get(Schedule, placement.schedule_id)
    partnership = live_partnership(unit, placement.school_id, cohort)
    schedule = unit.get(Schedule, f"{cohort}/{present.identifier}") if present is not None else None
    if record is None or schedule is None or partnership is None:
        return
    succeed(
        unit,
        moment,
        placement,
        replace(
            placement,
            cohort=cohort,
            schedule_id=schedule.id,
            partnership_id=partnership.id,
            lead_provider_id=partnership.lead_provider_id,
        ),
    )
    save_record(unit, moment, replace(record, schedule_id=schedule.id))


def _newest(reader: Reader, mentor_id: str) -> Placement | None:
    """Where someone is as a mentor, or was last."""
    theirs = reader.find(TrainingRecord, participant_id=mentor_id)
    records = [record for record in theirs if record.participant_type == "mentor"]
    placements = [each for record in records for each in reader.find(Placement, training_record_id=record.id)]
    return next(iter(newest_first(placements)), None)
