"""Withdrawing, deferring and resuming: what is refused, and what comes of it."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    IN_APRIL,
    IN_MARCH,
    MENTOR,
    PARTICIPANTS,
    PARTNERSHIPS,
    THE_NEXT_DAY,
    act,
    bad,
    declare,
    enrolment,
    not_found,
    refused,
    shows,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage

ACTS = ("withdraw", "defer", "resume")
WITHDRAWING = (
    "left-teaching-profession",
    "moved-school",
    "switched-to-school-led",
    "changed-lead-provider",
    "other",
)
DEFERRING = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")


@refuses("path.unknown", "body.attributes")
@accepts("vis.participant")
@pytest.mark.parametrize("name", ACTS)
def test_of_whom_a_provider_does_not_see_nothing_is_reported(
    api: Api, rival: Api, stage: RegisterBackstage, name: str
) -> None:
    ect = stage.person().id
    before = enrolment(api, ect)
    for id in (ect, NOBODY, "abc"):
        not_found(act(rival, name, id))
    bad(rival, lambda: rival.send("PUT", f"{PARTICIPANTS}/{ect}/{name}", json={"data": {"attributes": {}}}))
    require_equal(before, enrolment(api, ect))


@refuses("participant.course-matches")
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("course", ["", "npq-headship", MENTOR])
def test_the_course_is_one_that_they_are_trained_for(api: Api, backstage: Backstage, name: str, course: str) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: act(api, name, ect, course_identifier=course), "course_identifier", of=ect)


@refuses("withdraw.reason", "defer.reason")
@pytest.mark.parametrize("name", ["withdraw", "defer"])
@pytest.mark.parametrize("reason", [None, "", "nothing", "left_teaching_profession", "school-left-fip", ["other"]])
def test_a_reason_is_one_of_those_there_are(api: Api, backstage: Backstage, name: str, reason: object) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: act(api, name, ect, reason=reason), "reason", of=ect)


@refuses("withdraw.reason", "defer.reason", "participant.course-matches")
@pytest.mark.parametrize(("name", "others"), [("withdraw", "career-break"), ("defer", "moved-school")])
def test_a_reason_for_one_is_none_for_the_other(api: Api, backstage: Backstage, name: str, others: str) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: act(api, name, ect, reason=others), "reason", of=ect)
    wrong = {"reason": others, "course_identifier": MENTOR}
    refused(api, lambda: act(api, name, ect, **wrong), "course_identifier", "reason", of=ect)


@accepts("withdraw.reason", "withdraw.effect", "status.independent", "participant.course-matches")
@accepts("withdraw.not-withdrawn", "training.begun", "training.one-day", "show.training-status")
@pytest.mark.parametrize("reason", WITHDRAWING)
def test_who_is_withdrawn_has_left(api: Api, stage: RegisterBackstage, reason: str) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "withdraw", ect, reason=reason).is_accepted()
    shows(
        api,
        ect,
        withdrawal={"reason": reason, "date": IN_MARCH},
        deferral=None,
        training_status="withdrawn",
        participant_status="left",
    )


@accepts("defer.reason", "defer.effect", "defer.not-deferred", "defer.not-withdrawn", "status.independent")
@pytest.mark.parametrize("reason", DEFERRING)
def test_who_is_deferred_has_left(api: Api, stage: RegisterBackstage, reason: str) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "defer", ect, reason=reason).is_accepted()
    shows(
        api,
        ect,
        deferral={"reason": reason, "date": IN_MARCH},
        withdrawal=None,
        training_status="deferred",
        participant_status="left",
    )


@accepts("withdraw.effect", "defer.effect", "status.independent")
@pytest.mark.parametrize("name", ["withdraw", "defer"])
def test_the_training_ends_today_and_not_the_time_at_the_school(api: Api, stage: RegisterBackstage, name: str) -> None:
    ect = stage.person().id
    act(api, name, ect).is_accepted()
    shows(api, ect, participant_status="left")
    shows(api.at("2026-09-14T12:00:00Z"), ect, participant_status="leaving")
    act(api.at("2026-09-16T12:00:00Z"), "resume", ect).is_accepted()


@accepts("withdraw.effect")
@pytest.mark.parametrize("name", ["withdraw", "defer"])
def test_an_end_that_lies_before_today_stays(api: Api, stage: RegisterBackstage, name: str) -> None:
    ect = stage.person().id
    stage.act("POST", f"/participants/{ect}/leave", on="2026-06-30")
    act(api, name, ect).is_accepted()
    shows(api.at("2026-06-30T12:00:00Z"), ect, participant_status="left")
    shows(api.at("2026-06-29T12:00:00Z"), ect, participant_status="leaving")


@accepts("status.derive")
def test_whose_end_lies_ahead_is_leaving(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    shows(api, ect, participant_status="active")
    stage.act("POST", f"/participants/{ect}/leave", on="2026-12-18")
    shows(api, ect, participant_status="leaving", training_status="active")
    shows(api.at("2026-12-17T23:59:59Z"), ect, participant_status="leaving")
    shows(api.at("2026-12-18T00:00:00Z"), ect, participant_status="left")


@accepts("status.derive")
def test_whose_training_is_to_begin_is_joining(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2026")
    ect = stage.registered(on="2026-09-02", starts_on="2026-10-05")
    shows(api, ect, participant_status="joining")
    shows(api.at("2026-10-04T22:59:59Z"), ect, participant_status="joining")
    shows(api.at("2026-10-04T23:00:00Z"), ect, participant_status="active")
    stage.act("POST", f"/participants/{ect}/leave", on="2026-12-18")
    shows(api, ect, participant_status="leaving")


@refuses("training.one-day")
@refuses("withdraw.mentor-only-reason")
@accepts("withdraw.mentor-only-reason")
def test_only_a_mentor_is_no_longer_one(api: Api, stage: RegisterBackstage) -> None:
    ect, mentor = stage.person().id, stage.person("mentor").id
    reason = {"reason": "mentor-no-longer-being-mentor"}
    refused(api, lambda: act(api, "withdraw", ect, **reason), "reason", of=ect)
    today = api.at("2025-09-02T12:00:00Z")
    refused(today, lambda: act(today, "withdraw", ect, **reason), "participant_id", of=ect)
    act(api, "withdraw", mentor, course_identifier=MENTOR, **reason).is_accepted()


@refuses("withdraw.not-withdrawn", "defer.not-withdrawn", "defer.not-deferred")
@accepts("withdraw.not-withdrawn", "show.training-status")
def test_training_is_paused_once(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "defer", ect).is_accepted()
    refused(api, lambda: act(api, "defer", ect), "participant_id", of=ect)
    act(api.at(IN_APRIL), "withdraw", ect).is_accepted()
    shows(api, ect, training_status="withdrawn", deferral=None, withdrawal={"reason": "other", "date": IN_APRIL})
    refused(api, lambda: act(api, "withdraw", ect), "participant_id", of=ect)
    refused(api, lambda: act(api, "defer", ect), "participant_id", of=ect)


@refuses("training.begun", "training.one-day", "withdraw.reason", "defer.reason")
@accepts("training.begun", "training.one-day")
@pytest.mark.parametrize("name", ["withdraw", "defer"])
def test_training_is_paused_from_its_second_day_on(api: Api, stage: RegisterBackstage, name: str) -> None:
    stage.partnership()
    ect = stage.registered(starts_on="2025-10-06")
    for moment in ("2025-10-05T09:00:00Z", "2025-10-05T23:00:00Z", "2025-10-06T22:59:59Z"):
        on = api.at(moment)
        refused(on, lambda: act(on, name, ect), "participant_id", of=ect)  # noqa: B023
    early = api.at("2025-10-05T09:00:00Z")
    both = ("reason", "participant_id")
    refused(early, lambda: act(early, name, ect, reason="nothing"), *both, of=ect)
    act(api.at("2025-10-06T23:00:00Z"), name, ect).is_accepted()


@refuses("resume.was-paused")
def test_who_was_not_paused_cannot_be_resumed(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    refused(api, lambda: act(api, "resume", ect), "participant_id", of=ect)
    stage.act("POST", f"/participants/{ect}/leave", on="2026-09-10")
    refused(api, lambda: act(api, "resume", ect), "participant_id", of=ect)


@refuses("training.one-day")
@refuses("resume.not-same-day")
@accepts("resume.was-paused", "resume.not-same-day", "resume.not-elsewhere", "resume.still-at-school")
@accepts("resume.overlaps", "resume.effect", "decl.before-withdrawal", "participant.course-matches")
@pytest.mark.parametrize("name", ["withdraw", "defer"])
def test_who_was_paused_trains_again_from_the_next_day_on(api: Api, stage: RegisterBackstage, name: str) -> None:
    ect = stage.person().id
    before = enrolment(api, ect)
    act(api.at(IN_MARCH), name, ect).is_accepted()
    same_day = api.at("2026-03-02T23:59:59Z")
    refused(same_day, lambda: act(same_day, "resume", ect), "participant_id", of=ect)
    act(api.at(THE_NEXT_DAY), "resume", ect).is_accepted()
    same = ("schedule_identifier", "cohort", "delivery_partner_id", "school_urn", "training_record_id", "email")
    shows(
        api,
        ect,
        training_status="active",
        participant_status="active",
        withdrawal=None,
        deferral=None,
        **{each: before[each] for each in same},
    )
    shows(api.at("2026-03-02T09:00:00Z"), ect, participant_status="joining")
    declare(api, ect, dated="2026-03-02T12:00:00Z").is_accepted()
    again = api.at("2026-03-03T12:00:00Z")
    refused(again, lambda: act(again, name, ect), "participant_id", of=ect)


@accepts("resume.effect")
def test_who_comes_back_stays_as_long_as_at_the_school(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act("POST", f"/participants/{ect}/leave", on="2026-12-18")
    act(api.at(IN_MARCH), "defer", ect).is_accepted()
    shows(api, ect, participant_status="left")
    act(api.at(THE_NEXT_DAY), "resume", ect).is_accepted()
    shows(api, ect, participant_status="leaving")
    shows(api.at("2026-12-18T09:00:00Z"), ect, participant_status="left")


@refuses("resume.still-at-school")
def test_who_has_left_the_school_cannot_be_resumed(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "defer", ect).is_accepted()
    stage.act("POST", f"/participants/{ect}/leave", on="2026-09-15")
    refused(api, lambda: act(api, "resume", ect), "participant_id", of=ect)


@refuses("resume.not-elsewhere")
def test_who_trains_with_another_at_the_school_cannot_be_resumed(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "defer", ect).is_accepted()
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", at="2026-04-01T09:00:00Z", provider="harbour")
    refused(api, lambda: act(api, "resume", ect), "participant_id", of=ect)
    shows(rival, ect, participant_status="active", training_status="active")
    shows(api, ect, participant_status="left", training_status="deferred")


@refuses("resume.overlaps")
def test_who_is_going_to_train_with_another_at_the_school_cannot_be_resumed(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "withdraw", ect).is_accepted()
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", at="2026-12-01T09:00:00Z", provider="harbour")
    shows(rival, ect, participant_status="joining")
    refused(api, lambda: act(api, "resume", ect), "participant_id", of=ect)


@accepts("part.training-count", "withdraw.effect")
def test_who_was_withdrawn_today_is_counted_until_midnight(api: Api, stage: RegisterBackstage) -> None:
    ect, _ = stage.person().id, stage.person("mentor").id
    act(api, "withdraw", ect).is_accepted()
    for at, count in [("2026-09-15T22:00:00Z", 2), ("2026-09-15T23:00:00Z", 1)]:
        (shown,) = api.at(at).get(PARTNERSHIPS).data
        require_equal(count, shown["attributes"]["participants_currently_training"])
