"""What schools do."""

from __future__ import annotations

import pytest

from sandbox.actions.partnerships import live_partnership
from sandbox.actors import school
from sandbox.actors.impossible import Impossible
from sandbox.model import Participant, Partnership, TrainingRecord

from .town import (
    ANCHOR_STREET,
    ASHDOWN,
    BARLEY_LANE,
    HARBOUR,
    HILLTOP_VIEW,
    NORTHGATE,
    TIDEWAY,
    at,
    day,
    town,
)

LATER = at("2024-01-15T11:00:00")


def test_whoever_is_registered_begins_on_the_september_schedule_with_the_school_s_provider() -> None:
    with town() as there:
        record = there.register(validated=None, trn="7000001", mentor_id=None)
        placement = there.placement(record)
        assert there.participant(record.participant_id).full_name == "Ada Hart"
        assert (record.participant_type, record.validation_status) == ("ect", "dfe_checking_eligibility")
        assert placement.schedule_id == "2023/ecf-standard-september"
        assert placement.lead_provider_id == NORTHGATE
        assert placement.partnership_id == there.partnership(ASHDOWN).id
        assert placement.starts_on == day("2023-06-01")  # the first milestone's first day
        assert (placement.induction_status, placement.training.status, placement.transfer) == (
            "active",
            "active",
            False,
        )


def test_someone_may_be_registered_to_begin_on_a_later_day() -> None:
    with town() as there:
        assert there.placement(there.register(starts_on=day("2024-01-08"))).starts_on == day("2024-01-08")


def test_uplifts_are_the_school_s() -> None:
    with town() as there:
        assert there.school(BARLEY_LANE).pupil_premium
        record = there.register(urn=BARLEY_LANE)
        assert (record.pupil_premium_uplift, record.sparsity_uplift) == (True, False)


def test_without_a_partnership_a_placement_has_no_provider() -> None:
    with town() as there:
        placement = there.placement(there.register(urn=HILLTOP_VIEW))
        assert (placement.partnership_id, placement.lead_provider_id) == (None, None)


def test_ids_may_be_chosen() -> None:
    with town() as there:
        record = there.register(participant_id="somebody", training_record_id="something")
        assert (record.id, record.participant_id) == ("something", "somebody")


def test_an_ect_may_later_be_registered_as_a_mentor_and_is_the_same_person() -> None:
    with town() as there:
        ect = there.register(trn="7000001")
        mentor = there.register("mentor", urn=BARLEY_LANE, moment=LATER, participant_id=ect.participant_id)
        assert {r.id for r in there.unit.find(TrainingRecord, participant_id=ect.participant_id)} == {ect.id, mentor.id}
        person = there.participant(ect.participant_id)
        assert (person.trn, person.updated_at) == ("7000001", LATER.now)


def test_nobody_is_registered_as_the_same_twice() -> None:
    with town() as there:
        ect = there.register()
        with pytest.raises(Impossible, match="as ect already"):
            there.register(participant_id=ect.participant_id)


def test_nobody_is_registered_for_a_cohort_that_has_no_schedules() -> None:
    with town() as there, pytest.raises(Impossible, match="cohort 2031"):
        there.register(cohort="2031")


def test_a_mentor_has_no_mentor_and_an_ect_s_mentor_is_registered_as_one() -> None:
    with town() as there:
        mentor, ect = there.register("mentor"), there.register()
        assert there.placement(there.register(mentor_id=mentor.participant_id)).mentor_id == mentor.participant_id
        with pytest.raises(Impossible, match="no mentor"):
            there.register("mentor", mentor_id=mentor.participant_id)
        with pytest.raises(Impossible, match="not registered as a mentor"):
            there.register(mentor_id=ect.participant_id)


def test_a_mentor_is_assigned_and_taken_away() -> None:
    with town() as there:
        mentor, ect = there.register("mentor"), there.register()
        assigned = school.assign_mentor(there.unit, LATER, there.placement(ect), mentor.participant_id)
        assert assigned == there.placement(ect)
        assert assigned.mentor_id == mentor.participant_id
        assert there.participant(ect.participant_id).updated_at == LATER.now
        assert school.assign_mentor(there.unit, LATER, assigned, None).mentor_id is None
        with pytest.raises(Impossible):
            school.assign_mentor(there.unit, LATER, there.placement(ect), ect.participant_id)


def test_joining_another_school_ends_nothing_at_the_first() -> None:
    with town() as there:
        ect = there.register()
        first = there.placement(ect)
        joined = school.transfer_in(
            there.unit, LATER, first, there.school(ANCHOR_STREET), day("2024-02-01"), email="ada@anchor.example.com"
        )
        assert there.placements(ect) == [first, joined]
        assert joined.transfer
        assert (joined.lead_provider_id, joined.starts_on, joined.email) == (
            HARBOUR,
            day("2024-02-01"),
            "ada@anchor.example.com",
        )
        assert (joined.cohort, joined.schedule_id) == (first.cohort, first.schedule_id)
        assert there.participant(ect.participant_id).updated_at == LATER.now


def test_someone_who_keeps_the_provider_gets_a_partnership_of_their_own_where_the_school_has_another() -> None:
    with town() as there:
        ect = there.register()
        joined = school.transfer_in(
            there.unit,
            LATER,
            there.placement(ect),
            there.school(ANCHOR_STREET),
            day("2024-02-01"),
            keeps_provider=True,
        )
        extra = there.unit.get(Partnership, joined.partnership_id or "")
        assert extra is not None
        assert extra.relationship
        assert (extra.lead_provider_id, extra.delivery_partner_id) == (NORTHGATE, TIDEWAY)
        assert joined.lead_provider_id == NORTHGATE
        assert there.partnership(ANCHOR_STREET).lead_provider_id == HARBOUR


def test_keeping_the_provider_needs_nothing_where_the_school_has_the_same() -> None:
    with town() as there:
        joined = school.transfer_in(
            there.unit,
            LATER,
            there.placement(there.register()),
            there.school(BARLEY_LANE),
            day("2024-02-01"),
            keeps_provider=True,
        )
        assert joined.partnership_id == there.partnership(BARLEY_LANE).id


def test_nobody_joins_the_school_they_are_at() -> None:
    with town() as there:
        ect = there.register()
        with pytest.raises(Impossible, match="already"):
            school.transfer_in(there.unit, LATER, there.placement(ect), there.school(ASHDOWN), day("2024-02-01"))


def test_a_leaver_is_leaving_from_the_report_on() -> None:
    with town() as there:
        ect = there.register()
        left = school.report_leaving(there.unit, LATER, there.placement(ect), day("2024-03-28"))
        assert left == there.placement(ect)
        assert (left.induction_status, left.ends_on) == ("leaving", day("2024-03-28"))
        assert there.participant(ect.participant_id).updated_at == LATER.now


def test_a_school_s_withdrawal_leaves_the_provider_s_word_alone() -> None:
    with town() as there:
        ect = there.register()
        withdrawn = school.withdraw(there.unit, LATER, there.placement(ect))
        assert (withdrawn.induction_status, withdrawn.training.status) == ("withdrawn", "active")
        assert there.participant(ect.participant_id).updated_at == LATER.now


def test_challenging_a_partnership_touches_everyone_placed_through_it() -> None:
    with town() as there:
        here, elsewhere = there.register(), there.register(urn=BARLEY_LANE)
        challenged = school.challenge(there.unit, LATER, there.partnership(ASHDOWN), "mistake")
        assert (challenged.challenged_reason, challenged.challenged_at) == ("mistake", LATER.now)
        assert challenged.updated_at == LATER.now
        assert there.participant(here.participant_id).updated_at == LATER.now
        assert there.participant(elsewhere.participant_id).updated_at < LATER.now
        assert live_partnership(there.unit, challenged.school_id, "2023") is None


def test_a_partnership_can_be_challenged_again_for_another_reason() -> None:
    with town() as there:
        before = school.challenge(there.unit, at("2023-10-01"), there.partnership(ASHDOWN), "mistake")
        again = school.challenge(there.unit, LATER, before, "not_confirmed")
        assert (again.challenged_reason, again.challenged_at) == ("not_confirmed", LATER.now)


def test_a_challenge_needs_one_of_the_reasons() -> None:
    with town() as there, pytest.raises(Impossible, match="another_provider"):
        school.challenge(there.unit, LATER, there.partnership(ASHDOWN), "boredom")


def test_a_school_chooses_its_programme_for_a_cohort() -> None:
    with town() as there:
        chosen = school.choose_programme(there.unit, LATER, there.school(ASHDOWN), "2024", "school_led")
        assert chosen == there.school(ASHDOWN)
        assert chosen.programmes == {"2023": "provider_led", "2024": "school_led"}
        assert chosen.updated_at == LATER.now
        with pytest.raises(Impossible, match="provider_led"):
            school.choose_programme(there.unit, LATER, chosen, "2024", "full")


def test_what_is_impossible_leaves_nobody_behind() -> None:
    with town() as there:
        before = there.unit.count(Participant)
        with pytest.raises(Impossible):
            there.register(mentor_id="nobody")
        assert there.unit.count(Participant) == before
