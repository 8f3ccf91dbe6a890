"""Withdrawing, deferring and resuming: what is refused, and what comes of it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from msgspec.structs import replace

from sandbox.model import TrainingPeriod
from tests.rules.marks import accepts, refuses

from .world import COURSES, NOT_FOUND, Provider, Refusal, Reply, World, bad, over

ACTS = ("withdraw", "defer", "resume")
REASON = {"withdraw": "other", "defer": "other"}
LATER = "2026-03-02T10:00:00Z"


def act(provider: Provider, act: str, person: str, **others: object) -> Reply:
    """One of the three acts on an ECT, with a reason where it takes one."""
    attributes = {"course_identifier": "ecf-induction", "reason": REASON.get(act)} | others
    return provider.put(f"/participants/{person}/{act}", **{k: v for k, v in attributes.items() if v is not None})


@pytest.mark.parametrize("name", ACTS)
@refuses("path.unknown", "body.attributes")
@accepts("vis.participant")
def test_of_whom_a_provider_does_not_see_nothing_is_reported(world: World, harbour: Provider, name: str) -> None:
    ect = world.trainee()
    assert harbour.refused(lambda: act(harbour, name, ect)) == NOT_FOUND
    empty: dict[str, object] = {"data": {"attributes": {}}}
    refused = harbour.refused(lambda: harbour.send("PUT", f"/participants/{ect}/{name}", json=empty))
    assert refused == bad("body.attributes")


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("course", ["", "npq-headship", "ecf-mentor"])
@refuses("participant.course-matches")
def test_the_course_is_one_that_they_are_trained_for(world: World, northgate: Provider, name: str, course: str) -> None:
    ect = world.trainee()
    refused = northgate.refused(lambda: act(northgate, name, ect, course_identifier=course))
    assert refused == over("course_identifier", "participant.course-matches")


@pytest.mark.parametrize("reason", [None, "", "nothing", "left_teaching_profession", "school-left-fip", ["other"]])
@refuses("withdraw.reason", "defer.reason")
def test_a_reason_is_one_of_those_there_are(world: World, northgate: Provider, reason: object) -> None:
    ect = world.trainee()
    for name in ("withdraw", "defer"):
        refused = northgate.refused(lambda: act(northgate, name, ect, reason=reason))  # noqa: B023
        assert refused == over("reason", f"{name}.reason")


@pytest.mark.parametrize(
    "reason", ["left-teaching-profession", "moved-school", "switched-to-school-led", "changed-lead-provider", "other"]
)
@accepts("withdraw.reason", "withdraw.effect", "status.independent", "participant.course-matches")
@accepts("withdraw.not-withdrawn", "training.begun", "training.one-day")
def test_who_is_withdrawn_has_left(world: World, northgate: Provider, reason: str) -> None:
    ect = world.trainee()
    assert act(northgate.at(LATER), "withdraw", ect, reason=reason).status == 200
    shown = northgate.enrolment(ect)
    assert shown["withdrawal"] == {"reason": reason, "date": LATER}
    assert (shown["training_status"], shown["participant_status"]) == ("withdrawn", "left")


@pytest.mark.parametrize("reason", ["bereavement", "long-term-sickness", "parental-leave", "career-break", "other"])
@accepts("defer.reason", "defer.effect", "defer.not-deferred", "defer.not-withdrawn")
def test_who_is_deferred_has_left(world: World, northgate: Provider, reason: str) -> None:
    ect = world.trainee()
    assert act(northgate.at(LATER), "defer", ect, reason=reason).status == 200
    shown = northgate.enrolment(ect)
    assert shown["deferral"] == {"reason": reason, "date": LATER}
    assert (shown["training_status"], shown["participant_status"]) == ("deferred", "left")


@accepts("status.derive", "show.training-status")
def test_whose_end_lies_ahead_is_leaving(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    world.control("POST", f"/participants/{ect}/leave", on="2026-12-18")
    assert northgate.enrolment(ect)["participant_status"] == "leaving"
    assert northgate.at("2026-12-18T09:00:00Z").enrolment(ect)["participant_status"] == "left"
    assert northgate.enrolment(ect)["training_status"] == "active"


@refuses("withdraw.mentor-only-reason")
@accepts("withdraw.mentor-only-reason")
def test_only_a_mentor_is_no_longer_one(world: World, northgate: Provider) -> None:
    ect, mentor = world.trainee(), world.person("mentor")
    reason = {"reason": "mentor-no-longer-being-mentor"}
    refused = northgate.refused(lambda: act(northgate, "withdraw", ect, **reason))
    assert refused == over("reason", "withdraw.mentor-only-reason")
    today = northgate.at("2025-09-02T12:00:00Z")
    assert today.refused(lambda: act(today, "withdraw", ect, **reason)) == over("participant_id", "training.one-day")
    assert act(northgate, "withdraw", mentor, course_identifier=COURSES["mentor"], **reason).status == 200


@refuses("withdraw.not-withdrawn", "defer.not-withdrawn", "defer.not-deferred")
@accepts("withdraw.not-withdrawn")
def test_training_is_paused_once(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    act(northgate.at(LATER), "defer", ect)
    assert northgate.refused(lambda: act(northgate, "defer", ect)) == over("participant_id", "defer.not-deferred")
    assert act(northgate, "withdraw", ect).status == 200
    twice = northgate.refused(lambda: act(northgate, "withdraw", ect))
    assert twice == over("participant_id", "withdraw.not-withdrawn")
    assert northgate.refused(lambda: act(northgate, "defer", ect)) == over("participant_id", "defer.not-withdrawn")


@pytest.mark.parametrize("name", ["withdraw", "defer"])
@refuses("training.begun", "training.one-day")
@accepts("training.begun", "training.one-day")
def test_training_is_paused_from_its_second_day_on(world: World, northgate: Provider, name: str) -> None:
    world.partnership()
    ect = world.person(at="2025-09-02T09:00:00Z", starts_on="2025-10-06")
    for day, rule in [("2025-10-05", "training.begun"), ("2025-10-06", "training.one-day")]:
        on = northgate.at(f"{day}T09:00:00Z")
        assert on.refused(lambda: act(on, name, ect)) == over("participant_id", rule)  # noqa: B023
    bad_reason = northgate.at("2025-10-05T09:00:00Z")
    both = bad_reason.refused(lambda: act(bad_reason, name, ect, reason="nothing"))
    assert both == Refusal(422, ["reason", "participant_id"], [f"{name}.reason", "training.begun"])
    assert act(northgate.at("2025-10-07T09:00:00Z"), name, ect).status == 200


@refuses("resume.was-paused")
def test_who_was_not_paused_cannot_be_resumed(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    nothing = over("participant_id", "resume.was-paused")
    assert northgate.refused(lambda: act(northgate, "resume", ect)) == nothing
    world.control("POST", f"/participants/{ect}/leave", on="2026-09-10")
    assert northgate.refused(lambda: act(northgate, "resume", ect)) == nothing


@refuses("resume.not-same-day")
@accepts("resume.was-paused", "resume.not-same-day", "resume.not-elsewhere", "resume.still-at-school")
@accepts("resume.overlaps", "resume.effect", "decl.before-withdrawal")
def test_who_was_paused_trains_again_from_the_next_day_on(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    act(northgate.at(LATER), "withdraw", ect)
    same_day = northgate.at("2026-03-02T23:00:00Z")
    assert same_day.refused(lambda: act(same_day, "resume", ect)) == over("participant_id", "resume.not-same-day")
    before = northgate.enrolment(ect)
    assert act(northgate.at("2026-03-03T09:00:00Z"), "resume", ect).status == 200
    shown = northgate.enrolment(ect)
    assert (shown["training_status"], shown["participant_status"], shown["withdrawal"]) == ("active", "active", None)
    assert shown["schedule_identifier"] == before["schedule_identifier"]
    assert northgate.declare(ect, dated="2026-03-02T12:00:00Z").status == 200


@refuses("resume.still-at-school")
def test_who_has_left_the_school_cannot_be_resumed(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    act(northgate.at(LATER), "defer", ect)
    world.control("POST", f"/participants/{ect}/leave", on="2026-09-15")
    assert northgate.refused(lambda: act(northgate, "resume", ect)) == over("participant_id", "resume.still-at-school")


@refuses("resume.not-elsewhere")
def test_who_trains_with_another_at_the_school_cannot_be_resumed(
    world: World, northgate: Provider, harbour: Provider
) -> None:
    ect = world.trainee()
    act(northgate.at(LATER), "defer", ect)
    world.partnership(provider="harbour")
    world.control("POST", f"/participants/{ect}/provider", "2026-04-01T09:00:00Z", provider="harbour")
    assert northgate.refused(lambda: act(northgate, "resume", ect)) == over("participant_id", "resume.not-elsewhere")
    assert harbour.enrolment(ect)["participant_status"] == "active"
    assert northgate.enrolment(ect)["participant_status"] == "left"


@refuses("resume.overlaps")
def test_who_is_paused_from_a_later_day_on_cannot_be_resumed_before_it(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    act(northgate.at("2026-09-20T09:00:00Z"), "withdraw", ect)
    shown = northgate.enrolment(ect)
    assert (shown["training_status"], shown["participant_status"]) == ("withdrawn", "leaving")
    assert northgate.refused(lambda: act(northgate, "resume", ect)) == over("participant_id", "resume.overlaps")
    assert act(northgate.at("2026-09-21T09:00:00Z"), "resume", ect).status == 200


@refuses("resume.overlaps")
def test_who_will_train_otherwise_at_the_school_cannot_be_resumed(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    with world.store.write() as unit:
        (training,) = unit.find(TrainingPeriod, teacher_id=ect)
        later = {"lead_provider_id": None, "partnership_id": None, "interest_id": None}
        unit.put(replace(training, id=str(uuid4()), starts_on=date(2026, 12, 1), **later))
    act(northgate.at(LATER), "withdraw", ect)
    assert northgate.refused(lambda: act(northgate, "resume", ect)) == over("participant_id", "resume.overlaps")
