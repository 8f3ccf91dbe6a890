"""One person under two ids: one is retired, and everything is found under the other."""

from __future__ import annotations

import pytest

from sandbox.actions.identity import id_changes_of, resolve
from sandbox.actions.participants import defer, resume
from sandbox.actors.impossible import Impossible
from sandbox.actors.merging import retire_id, unite
from sandbox.model import Declaration, IdChange, Participant, Placement, TrainingRecord
from sandbox.rules.requests import ActionRequest

from .town import BARLEY_LANE, NORTHGATE, Town, at, town

LATER = at("2024-10-16T08:00:00")


def merge(there: Town, retired: TrainingRecord, remaining: TrainingRecord) -> IdChange:
    gone, stays = there.participant(retired.participant_id), there.participant(remaining.participant_id)
    return retire_id(there.unit, LATER, gone, stays)


def test_the_retired_id_leads_to_the_remaining_one() -> None:
    with town() as there:
        remaining, retired = there.register(), there.register("mentor")
        change = merge(there, retired, remaining)
        assert (change.from_participant_id, change.to_participant_id) == (
            retired.participant_id,
            remaining.participant_id,
        )
        assert change.changed_at == LATER.now
        assert there.unit.get(Participant, retired.participant_id) is None
        assert resolve(there.unit, retired.participant_id) == remaining.participant_id
        assert there.participant(remaining.participant_id).updated_at == LATER.now


def test_training_placements_and_declarations_come_along() -> None:
    with town() as there:
        remaining, retired = there.register(), there.register("mentor")
        made = there.declare(retired, "started", "2023-10-02")
        merge(there, retired, remaining)
        id = remaining.participant_id
        assert {record.id for record in there.unit.find(TrainingRecord, participant_id=id)} == {
            remaining.id,
            retired.id,
        }
        assert {placement.training_record_id for placement in there.unit.find(Placement, participant_id=id)} == {
            remaining.id,
            retired.id,
        }
        moved = there.declaration(made.id)
        assert (moved.participant_id, moved.training_record_id) == (id, retired.id)
        assert moved.updated_at == LATER.now


def test_two_records_of_one_kind_stay_side_by_side() -> None:
    with town() as there:
        remaining, retired = there.register(), there.register(urn=BARLEY_LANE)
        there.declare(remaining, "started", "2023-10-02")
        there.declare(retired, "retained-1", "2024-02-06")
        merge(there, retired, remaining)
        kept = there.unit.find(TrainingRecord, participant_id=remaining.participant_id)
        assert {(record.id, record.retired_id) for record in kept} == {
            (remaining.id, None),
            (retired.id, retired.participant_id),
        }
        declared = there.unit.find(Declaration, participant_id=remaining.participant_id)
        assert {(d.declaration_type, d.training_record_id) for d in declared} == {
            ("started", remaining.id),
            ("retained-1", retired.id),
        }


def test_what_is_reported_of_two_of_one_kind_is_of_the_one_placed_last_however_often_it_is_acted_on() -> None:
    with town() as there:
        remaining, retired = there.register(), there.register(urn=BARLEY_LANE)
        merge(there, retired, remaining)
        reported = ActionRequest(course_identifier=remaining.course_identifier, reason="other")
        call = there.call(LATER, NORTHGATE)
        deferred = defer(there.unit, call, remaining.participant_id, reported)
        assert resume(there.unit, call, remaining.participant_id, reported).id == deferred.id


def test_who_was_mentored_by_the_retired_id_is_mentored_by_the_remaining_one() -> None:
    with town() as there:
        remaining, retired = there.register(), there.register("mentor")
        ect = there.register(mentor_id=retired.participant_id)
        made = there.declare(ect, "started", "2023-10-02")
        assert made.mentor_id == retired.participant_id
        merge(there, retired, remaining)
        assert there.placement(ect).mentor_id == remaining.participant_id
        assert there.participant(ect.participant_id).updated_at == LATER.now
        assert there.declaration(made.id).mentor_id == remaining.participant_id


def test_in_the_deployed_service_what_was_declared_of_them_names_the_mentor_of_its_day() -> None:
    with town() as there:
        remaining, retired = there.register(), there.register("mentor")
        ect = there.register(mentor_id=retired.participant_id)
        made, before = there.declare(ect, "started", "2023-10-02"), there.participant(ect.participant_id)
        gone, stays = there.participant(retired.participant_id), there.participant(remaining.participant_id)
        retire_id(there.unit, at("2024-10-16T08:00:00", "deployed"), gone, stays)
        assert there.placement(ect).mentor_id == remaining.participant_id
        assert there.declaration(made.id) == made
        assert there.participant(ect.participant_id) == before


def test_an_id_retired_earlier_leads_to_whoever_remains_last() -> None:
    with town() as there:
        first, second, last = there.register(), there.register(), there.register()
        earlier, later = merge(there, first, second), merge(there, second, last)
        assert resolve(there.unit, first.participant_id) == last.participant_id
        assert id_changes_of(there.unit, last.participant_id) == [later, earlier]
        under = {r.retired_id for r in there.unit.find(TrainingRecord, participant_id=last.participant_id)}
        assert under == {first.participant_id, second.participant_id, None}


def test_the_same_milestone_declared_under_both_ids_stands_in_the_way() -> None:
    with town() as there:
        remaining, retired = there.register(), there.register()
        there.declare(remaining, "started", "2023-10-02")
        there.declare(retired, "started", "2023-10-03")
        with pytest.raises(Impossible, match="started of ecf-induction"):
            merge(there, retired, remaining)


def test_nobody_is_retired_in_favour_of_themselves() -> None:
    with town() as there:
        record = there.register()
        with pytest.raises(Impossible, match="itself"):
            merge(there, record, record)


def test_validating_the_second_of_one_trn_retires_its_id_in_the_deployed_service() -> None:
    with town() as there:
        older, newer = there.register(trn="7654321"), there.register("mentor", trn="7654321")
        unite(there.unit, at("2024-10-16T08:00:00", "deployed"), newer)
        assert resolve(there.unit, newer.participant_id) == older.participant_id
        assert there.record(newer.id).retired_id == newer.participant_id


def test_validating_the_first_leaves_both() -> None:
    with town() as there:
        older, newer = there.register(trn="7654321"), there.register("mentor", trn="7654321")
        unite(there.unit, at("2024-10-16T08:00:00", "deployed"), older)
        assert there.unit.get(Participant, newer.participant_id) is not None


def test_an_older_one_whose_trn_was_only_typed_is_somebody_else() -> None:
    with town() as there:
        there.register(trn="7654321", validated=None)
        newer = there.register("mentor", trn="7654321")
        unite(there.unit, at("2024-10-16T08:00:00", "deployed"), newer)
        assert there.unit.get(Participant, newer.participant_id) is not None


def test_as_documented_they_stay_two() -> None:
    with town() as there:
        there.register(trn="7654321")
        newer = there.register("mentor", trn="7654321")
        unite(there.unit, LATER, newer)
        assert there.unit.get(Participant, newer.participant_id) is not None
