"""Placements become times at schools and trainings: one for each run with one provider, until that pauses it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from sandbox.editions.register.migration.account import Account
from sandbox.editions.register.migration.stays import stays
from sandbox.editions.register.migration.trainings import trainings
from sandbox.model import ParticipantType, Partnership, Placement, TrainingPeriod, TrainingState

TODAY = date(2024, 11, 15)
BEGAN = datetime(2023, 9, 1, tzinfo=UTC)
SCHEDULES = {f"{year}/ecf-{kind}-september" for year in (2023, 2024) for kind in ("standard", "reduced", "replacement")}


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def partnership(id: str, cohort: str = "2023") -> Partnership:
    provider = id.partition(" ")[0]
    return Partnership(
        id=id,
        school_id="the school",
        cohort=cohort,
        lead_provider_id=provider,
        delivery_partner_id="partner",
        created_at=BEGAN,
        updated_at=BEGAN,
    )


PARTNERSHIPS = {
    each.id: each for each in (partnership("harbour"), partnership("meadow"), partnership("harbour 2024", "2024"))
}


def placement(starts: str, ends: str | None = None, through: str | None = "harbour", **details: Any) -> Placement:
    """Training from a day on; to another day, if that is said."""
    made = Placement(
        id=f"from {starts} {through}",
        training_record_id="record",
        participant_id="somebody",
        school_id="the school",
        partnership_id=through,
        lead_provider_id=PARTNERSHIPS[through].lead_provider_id if through else None,
        cohort="2023",
        schedule_id="2023/ecf-standard-september",
        starts_on=date.fromisoformat(starts),
        ends_on=date.fromisoformat(ends) if ends else None,
        email="somebody@example.com",
        created_at=at(starts),
    )
    return replace(made, **details)


def paused(status: str, day: str, reason: str = "other") -> TrainingState:
    return TrainingState(status=status, reason=reason, at=at(day))  # type: ignore[arg-type]


def carried(
    *placements: Placement, role: ParticipantType = "ect", account: Account | None = None
) -> Sequence[TrainingPeriod]:
    """What somebody's placements come to."""
    noted = account or Account()
    return [
        training
        for stay in stays(placements, role, TODAY)
        for training in trainings(stay, PARTNERSHIPS, SCHEDULES, TODAY, noted)
    ]


def days(found: Sequence[TrainingPeriod]) -> list[tuple[str, str | None, str | None]]:
    """The provider, the first day and the last of each training."""
    return [
        (each.lead_provider_id or each.programme, str(each.starts_on), str(each.ends_on) if each.ends_on else None)
        for each in found
    ]


def test_placements_with_one_provider_are_one_training_and_keep_the_first_ones_id() -> None:
    found = carried(
        placement("2023-09-01", "2024-01-10"), placement("2024-01-10", mentor_id="another"), placement("2024-02-01")
    )
    assert days(found) == [("harbour", "2023-09-01", None)]
    assert found[0].id == "from 2023-09-01 harbour"


def test_another_provider_is_another_training_from_the_day_on_which_it_takes_over() -> None:
    found = carried(placement("2023-09-01", "2024-01-10"), placement("2024-01-10", through="meadow"))
    assert days(found) == [("harbour", "2023-09-01", "2024-01-09"), ("meadow", "2024-01-10", None)]


def test_another_cohort_is_another_training() -> None:
    found = carried(placement("2023-09-01"), placement("2024-09-01", through="harbour 2024"))
    assert [(each.cohort, each.schedule_id) for each in found] == [
        ("2023", "2023/ecf-standard-september"),
        ("2024", "2024/ecf-standard-september"),
    ]


def test_a_deferral_in_place_stamps_the_training_and_ends_it_on_its_day() -> None:
    (found,) = carried(placement("2023-09-01", training=paused("deferred", "2024-03-05", "career-break")))
    assert (found.deferred_at, found.deferred_reason) == (at("2024-03-05"), "career-break")
    assert str(found.ends_on) == "2024-03-05"


def test_a_deferral_a_resumption_and_a_withdrawal_are_two_trainings_of_which_both_are_stamped() -> None:
    found = carried(
        placement("2023-09-01", "2024-03-05"),
        placement("2024-03-05", "2024-05-01", training=paused("deferred", "2024-03-05")),
        placement("2024-05-01", "2024-06-01"),
        placement("2024-06-01", training=paused("withdrawn", "2024-06-01", "moved-school")),
    )
    assert days(found) == [("harbour", "2023-09-01", "2024-03-05"), ("harbour", "2024-05-01", "2024-06-01")]
    assert [(each.deferred_at, each.withdrawn_reason) for each in found] == [
        (at("2024-03-05"), None),
        (None, "moved-school"),
    ]


def test_what_was_deferred_and_then_withdrawn_is_one_training_with_both_stamps() -> None:
    (found,) = carried(
        placement("2023-09-01", "2024-03-05"),
        placement("2024-03-05", "2024-05-01", training=paused("deferred", "2024-03-05")),
        placement("2024-05-01", training=paused("withdrawn", "2024-05-01")),
    )
    assert (found.deferred_at, found.withdrawn_at) == (at("2024-03-05"), at("2024-05-01"))
    assert str(found.ends_on) == "2024-03-05"


def test_reasons_that_register_does_not_have_become_those_that_it_has() -> None:
    reasons = {"school-left-fip": "switched-to-school-led", "moved-school": "moved-school", "gone-fishing": "other"}
    for reason, expected in {**reasons, "mentor-no-longer-being-mentor": "other"}.items():
        (found,) = carried(placement("2023-09-01", training=paused("withdrawn", "2024-03-05", reason)))
        assert found.withdrawn_reason == expected


def test_training_that_has_not_begun_is_not_paused_which_is_told() -> None:
    account = Account()
    (found,) = carried(placement("2025-01-06", training=paused("deferred", "2024-10-01")), account=account)
    assert (found.deferred_at, found.ends_on) == (None, None)
    assert [remark.kind for remark in account.altered] == ["training periods"]


def test_an_ect_without_a_provider_is_trained_by_the_school_and_a_mentor_is_not() -> None:
    assert days(carried(placement("2023-09-01", through=None))) == [("school_led", "2023-09-01", None)]
    assert carried(placement("2023-09-01", through=None), role="mentor") == []


def test_what_lasted_no_day_is_left_out_and_told_unless_its_provider_would_not_see_them_any_more() -> None:
    account = Account()
    same_day = placement("2023-09-01", through=None), placement("2023-09-01", began_at=at("2023-09-01"))
    assert days(carried(*same_day, account=account)) == [("harbour", "2023-09-01", None)]
    assert [remark.id for remark in account.left_out] == ["from 2023-09-01 None"]
    rivals = placement("2023-09-01", through="meadow"), placement("2023-09-01", began_at=at("2023-09-01"))
    assert days(carried(*rivals)) == [("meadow", "2023-09-01", "2023-09-01"), ("harbour", "2023-09-01", None)]


def test_an_ects_time_at_a_school_ends_before_the_next_begins_and_a_mentors_goes_on() -> None:
    there = placement("2024-01-10", through="meadow", school_id="another school")
    assert [stay.ends_on for stay in stays([placement("2023-09-01"), there], "ect", TODAY)] == [date(2024, 1, 9), None]
    assert [stay.ends_on for stay in stays([placement("2023-09-01"), there], "mentor", TODAY)] == [None, None]


def test_coming_back_to_a_school_is_another_time_there() -> None:
    elsewhere = placement("2024-01-10", "2024-04-01", through="meadow", school_id="another school")
    found = stays([placement("2023-09-01", "2024-01-10"), elsewhere, placement("2024-04-01")], "ect", TODAY)
    assert [stay.school_id for stay in found] == ["the school", "another school", "the school"]


def test_whom_the_school_withdrew_has_left_when_it_said_so() -> None:
    (stay,) = stays([placement("2023-09-01", induction_status="withdrawn", updated_at=at("2024-02-02"))], "ect", TODAY)
    assert stay.ends_on == date(2024, 2, 2)


def test_schedules_are_of_the_trainings_cohort_and_such_as_its_role_may_have() -> None:
    account = Account()
    on = "2023/ecf-replacement-september"
    (ect,) = carried(placement("2023-09-01", schedule_id=on), account=account)
    (mentor,) = carried(placement("2023-09-01", schedule_id=on), role="mentor")
    (elsewhere,) = carried(placement("2023-09-01", schedule_id="2024/ecf-reduced-september"))
    assert ect.schedule_id == "2023/ecf-standard-september"
    assert mentor.schedule_id == on
    assert elsewhere.schedule_id == "2023/ecf-reduced-september"
    assert [remark.kind for remark in account.altered] == ["schedules"]
