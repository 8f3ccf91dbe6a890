"""Changing schedule, and with it perhaps the cohort."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    COURSES,
    ELSEWHERE,
    EXTENDED,
    JANUARY,
    MENTOR,
    PARTICIPANTS,
    STANDARD,
    TOMORROW,
    act,
    change,
    declare,
    enrolment,
    not_found,
    partners,
    refused,
    shows,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage

SCHEDULE = "schedule_identifier"


@refuses("sched.identifier")
@pytest.mark.parametrize("to", [None, "", "ecf-standard-spring", "extended-september", 3])
def test_a_schedule_is_one_of_those_there_are(api: Api, backstage: Backstage, to: object) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: change(api, ect, to), SCHEDULE, of=ect)


@refuses("participant.course-matches", "sched.identifier")
def test_without_the_course_there_is_no_cohort_to_look_in(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    for course in (MENTOR, None):
        both = ("course_identifier", SCHEDULE)
        refused(api, lambda: change(api, ect, course_identifier=course), *both, of=ect)  # noqa: B023
        told = {"course_identifier": course, "cohort": "2025"}
        refused(api, lambda: change(api, ect, **told), "course_identifier", of=ect)  # noqa: B023


@refuses("path.unknown")
def test_of_whom_a_provider_does_not_see_no_schedule_is_changed(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    not_found(change(rival, ect))
    shows(api, ect, schedule_identifier=STANDARD)


@refuses("sched.different")
@accepts("sched.different", "sched.identifier", "sched.not-left", "sched.not-withdrawn", "sched.not-completed")
@accepts("sched.no-later-training", "sched.effect", "sched.course", "sched.partnership", "sched.not-into-frozen")
def test_a_schedule_is_another_one(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    before = enrolment(api, ect)
    refused(api, lambda: change(api, ect, STANDARD), SCHEDULE, of=ect)
    change(api, ect).is_accepted()
    shows(api, ect, **before | {"schedule_identifier": EXTENDED})
    refused(api, lambda: change(api, ect), SCHEDULE, of=ect)


@refuses("training.one-day")
@accepts("sched.effect")
def test_training_that_began_before_ends_and_another_begins_today(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    change(api, ect).is_accepted()
    shows(api.at("2026-09-14T12:00:00Z"), ect, participant_status="joining")
    refused(api, lambda: act(api, "defer", ect), "participant_id", of=ect)
    change(api, ect, JANUARY).is_accepted()
    act(api.at(TOMORROW), "defer", ect).is_accepted()


@accepts("sched.effect")
def test_training_that_is_to_end_still_ends_then(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act("POST", f"/participants/{ect}/leave", on="2026-12-18")
    change(api, ect).is_accepted()
    shows(api, ect, participant_status="leaving", schedule_identifier=EXTENDED)
    shows(api.at("2026-12-18T09:00:00Z"), ect, participant_status="left")


@accepts("sched.effect", "sched.no-later-training")
def test_training_that_is_to_begin_is_changed_as_it_is(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2026")
    ect = stage.registered(on="2026-09-02", starts_on="2026-10-05")
    change(api, ect).is_accepted()
    shows(api, ect, schedule_identifier=EXTENDED, participant_status="joining")
    shows(api.at("2026-10-05T09:00:00Z"), ect, participant_status="active")


@refuses("sched.course")
@accepts("sched.course")
def test_some_schedules_are_for_one_role_only(api: Api, stage: RegisterBackstage) -> None:
    ect, mentor = stage.person().id, stage.person("mentor").id
    reduced, replacement, course = "ecf-reduced-september", "ecf-replacement-september", COURSES["mentor"]
    refused(api, lambda: change(api, ect, replacement), SCHEDULE, of=ect)
    refused(api, lambda: change(api, mentor, reduced, course_identifier=course), SCHEDULE, of=mentor)
    change(api, ect, reduced).is_accepted()
    change(api, mentor, replacement, course_identifier=course).is_accepted()
    shows(api, mentor, "mentor", schedule_identifier=replacement)


@refuses("sched.fits-declarations")
@accepts("sched.fits-declarations", "sched.history")
def test_only_training_that_begins_today_has_to_fit_what_was_declared(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    first_day = api.at("2025-09-02T12:00:00Z")
    made = declare(first_day, ect, dated="2025-09-02T11:00:00Z").is_accepted()
    refused(first_day, lambda: change(first_day, ect, JANUARY), SCHEDULE, of=ect)
    first_day.void(made.id).is_accepted()
    refused(first_day, lambda: change(first_day, ect, JANUARY), SCHEDULE, of=ect)
    change(first_day, ect, EXTENDED).is_accepted()
    change(api, ect, JANUARY).is_accepted()


@refuses("sched.statement-clash")
@accepts("sched.statement-clash")
def test_the_cohort_stays_under_what_is_on_a_statement(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2026")
    stage.partnership("2025")
    about = {"at": "2026-09-15T08:00:00Z", "urn": "106286", "starts_on": "2026-09-15", "provider": "northgate"}
    claimed, submitted = (
        stage.act("POST", "/participants", participant_type="ect", **about, **more)["participant"]["id"]
        for more in ({"induction_starts_on": "2026-09-15"}, {})
    )
    for person in (claimed, submitted):
        declare(api, person, dated="2026-09-15T08:30:00Z").is_accepted()
    refused(api, lambda: change(api, claimed, STANDARD, cohort="2025"), SCHEDULE, of=claimed)
    change(api, submitted, STANDARD, cohort="2025").is_accepted()
    shows(api, submitted, cohort="2025")


@refuses("sched.partnership")
def test_another_cohort_needs_a_partnership(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    for cohort in ("2026", "2022"):
        refused(api, lambda: change(api, ect, STANDARD, cohort=cohort), "cohort", of=ect)  # noqa: B023
    stage.partnership("2026", provider="harbour")
    refused(api, lambda: change(api, ect, STANDARD, cohort="2026"), "cohort", of=ect)


@accepts("sched.partnership", "sched.identifier")
@pytest.mark.parametrize("cohort", ["1999", "", "99999999999999999999"])
def test_a_cohort_that_there_is_not_is_the_present_one(api: Api, stage: RegisterBackstage, cohort: str) -> None:
    ect = stage.person().id
    change(api, ect, cohort=cohort).is_accepted()
    shows(api, ect, cohort="2025", schedule_identifier=EXTENDED)


@accepts("sched.partnership-choice", "sched.effect", "sched.partnership", "sched.different")
@pytest.mark.parametrize("cohort", ["2026", 2026, "2026abc"])
def test_another_cohort_is_under_the_partnership_with_the_same_partner(
    api: Api, stage: RegisterBackstage, cohort: object
) -> None:
    ect = stage.person().id
    same, other = enrolment(api, ect)["delivery_partner_id"], partners(api, "2026")
    stage.partnership("2026", delivery_partner_id=same)
    stage.partnership("2026", delivery_partner_id=next(id for id in other if id != same), at="2026-07-01T09:00:00Z")
    change(api, ect, STANDARD, cohort=cohort).is_accepted()
    shows(api, ect, cohort="2026", delivery_partner_id=same)


@accepts("sched.partnership-choice")
def test_where_there_is_none_with_the_same_partner_it_is_the_newest(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2023", delivery_partner_id=partners(api, "2023")[2])
    before, after = (stage.registered(on="2023-09-02") for _ in range(2))
    first, second = partners(api, "2024")[:2]
    told = {"provider": "northgate", "delivery_partner_name": "Ferry Lane", "cohort": "2024"}
    third = stage.act("POST", "/relationships", **told)["relationship"]["delivery_partner"]["id"]
    older = stage.partnership("2024", delivery_partner_id=first)
    stage.partnership("2024", delivery_partner_id=second, at="2024-07-01T09:00:00Z")
    change(api, before, STANDARD, cohort="2024").is_accepted()
    api.change_delivery_partner(older, third).is_accepted()
    change(api, after, STANDARD, cohort="2024").is_accepted()
    for ect in (before, after):
        shows(api, ect, cohort="2024", delivery_partner_id=second)


@refuses("sched.not-into-frozen")
@accepts("sched.not-into-frozen", "sched.frozen-cohort")
def test_a_frozen_cohort_is_left_and_only_come_back_to(api: Api, stage: RegisterBackstage) -> None:
    other, ect = (stage.person(cohort="2022").id for _ in range(2))
    shows(api, ect, cohort_changed_after_payments_frozen=False)
    refused(api, lambda: change(api, ect), "cohort", of=ect)
    stage.partnership("2021")
    refused(api, lambda: change(api, ect, STANDARD, cohort="2021"), "cohort", of=ect)
    stage.partnership("2024")
    change(api, ect, STANDARD, cohort="2024").is_accepted()
    shows(api, ect, cohort="2024", cohort_changed_after_payments_frozen=True)
    trained = [(each["id"], each["attributes"]["ecf_enrolments"][0]) for each in api.get(PARTICIPANTS).data]
    moved = {id: each["cohort_changed_after_payments_frozen"] for id, each in trained}
    require_equal({other: False, ect: True}, moved)
    refused(api, lambda: change(api, ect, STANDARD, cohort="2021"), "cohort", of=ect)
    change(api, ect, STANDARD, cohort="2022").is_accepted()
    shows(api, ect, cohort="2022", cohort_changed_after_payments_frozen=False)


@accepts("sched.frozen-cohort")
def test_whoever_leaves_another_cohort_is_not_remembered(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.partnership("2026")
    change(api, ect, STANDARD, cohort="2026").is_accepted()
    shows(api, ect, cohort="2026", cohort_changed_after_payments_frozen=False)


@refuses("sched.not-completed")
@accepts("sched.not-completed")
def test_who_has_completed_may_only_be_put_on_a_reduced_schedule(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act("PUT", f"/participants/{ect}/induction-end", on="2026-09-10", outcome="pass")
    refused(api, lambda: change(api, ect), "participant_id", of=ect)
    change(api, ect, "ecf-reduced-september").is_accepted()


@refuses("sched.not-completed")
def test_a_mentor_who_has_completed_stays_on_a_schedule(api: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor").id
    evidence = {"evidence_held": "75-percent-engagement-met", "course_identifier": MENTOR}
    declare(api, mentor, "completed", "2026-07-03T09:00:00Z", **evidence).is_accepted()
    refused(api, lambda: change(api, mentor, course_identifier=MENTOR), "participant_id", of=mentor)


@refuses("sched.not-left", "sched.not-withdrawn", "sched.different", "sched.partnership", "sched.identifier")
def test_who_has_left_or_is_withdrawn_stays_on_a_schedule(api: Api, stage: RegisterBackstage) -> None:
    gone, leaving, deferred = (stage.person().id for _ in range(3))
    stage.act("POST", f"/participants/{gone}/leave", on="2026-09-10")
    refused(api, lambda: change(api, gone), "participant_id", of=gone)
    refused(api, lambda: change(api, gone, STANDARD), SCHEDULE, "participant_id", of=gone)
    all_of_it = (SCHEDULE, "cohort", "participant_id")
    refused(api, lambda: change(api, gone, "nothing", cohort="2026"), *all_of_it, of=gone)
    act(api, "withdraw", leaving).is_accepted()
    yesterday = api.at("2026-09-14T09:00:00Z")
    refused(yesterday, lambda: change(yesterday, leaving), "participant_id", of=leaving)
    act(api, "defer", deferred).is_accepted()
    refused(api, lambda: change(api, deferred), "participant_id", of=deferred)


@refuses("sched.no-later-training")
def test_who_trains_with_another_later_stays_on_a_schedule(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.partnership(provider="harbour", urn=ELSEWHERE)
    about = {"urn": ELSEWHERE, "on": "2026-11-02", "provider": "harbour"}
    stage.act("POST", f"/participants/{ect}/join", at="2025-09-02T09:00:00Z", **about)
    shows(api, ect, participant_status="leaving")
    refused(api, lambda: change(api, ect), "participant_id", of=ect)


@accepts("sched.no-later-training", "vis.participant")
def test_the_one_whom_they_are_going_to_join_may_change_it(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.partnership(provider="harbour", urn=ELSEWHERE)
    about = {"urn": ELSEWHERE, "on": "2026-11-02", "provider": "harbour"}
    stage.act("POST", f"/participants/{ect}/join", at="2025-09-02T09:00:00Z", **about)
    change(rival, ect).is_accepted()
    shows(rival, ect, schedule_identifier=EXTENDED, participant_status="joining")
    shows(api, ect, schedule_identifier=STANDARD, participant_status="leaving")
