"""Changing schedule, and with it perhaps the cohort."""

from __future__ import annotations

import pytest

from tests.rules.marks import accepts, refuses

from .world import COURSES, IN_2025, Provider, Refusal, Reply, World, over

STANDARD = "ecf-standard-september"
EXTENDED = "ecf-extended-september"


def change(provider: Provider, person: str, to: str | None = EXTENDED, **others: object) -> Reply:
    """Put an ECT on another schedule."""
    attributes = {"schedule_identifier": to, "course_identifier": "ecf-induction"} | others
    given = {name: value for name, value in attributes.items() if value is not None}
    return provider.put(f"/participants/{person}/change-schedule", **given)


@pytest.mark.parametrize("to", [None, "", "ecf-standard-spring", "extended-september", 3])
@refuses("sched.identifier")
def test_a_schedule_is_one_of_those_there_are(world: World, northgate: Provider, to: str) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: change(northgate, ect, to)) == over("schedule_identifier", "sched.identifier")


@refuses("participant.course-matches", "sched.identifier")
def test_without_the_course_there_is_no_cohort_to_look_in(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    refused = northgate.refused(lambda: change(northgate, ect, course_identifier="ecf-mentor"))
    assert refused.titles == ["course_identifier", "schedule_identifier"]
    alone = northgate.refused(lambda: change(northgate, ect, course_identifier="ecf-mentor", cohort="2025"))
    assert alone == over("course_identifier", "participant.course-matches")


@refuses("sched.different")
@accepts("sched.different", "sched.identifier", "sched.not-left", "sched.not-withdrawn", "sched.not-completed")
@accepts("sched.no-later-training", "sched.effect", "sched.course", "sched.partnership")
def test_a_schedule_is_another_one(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    same = over("schedule_identifier", "sched.different")
    assert northgate.refused(lambda: change(northgate, ect, STANDARD)) == same
    assert change(northgate, ect).status == 200
    assert northgate.enrolment(ect)["schedule_identifier"] == EXTENDED
    assert northgate.refused(lambda: change(northgate, ect)) == same


@refuses("sched.course")
@accepts("sched.course")
def test_some_schedules_are_for_one_role_only(world: World, northgate: Provider) -> None:
    ect, mentor = world.trainee(), world.person("mentor", "2025-09-03T09:00:00Z")
    wrong = over("schedule_identifier", "sched.course")
    reduced, replacement, course = "ecf-reduced-september", "ecf-replacement-september", COURSES["mentor"]
    assert northgate.refused(lambda: change(northgate, ect, replacement)) == wrong
    assert northgate.refused(lambda: change(northgate, mentor, reduced, course_identifier=course)) == wrong
    assert change(northgate, ect, reduced).status == 200
    assert change(northgate, mentor, replacement, course_identifier=course).status == 200


@refuses("sched.fits-declarations")
@accepts("sched.fits-declarations", "sched.history")
def test_only_training_that_begins_today_has_to_fit_what_was_declared(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    first_day = northgate.at("2025-09-02T12:00:00Z")
    first_day.declare(ect, dated="2025-09-02T11:00:00Z")
    january = "ecf-standard-january"
    refused = first_day.refused(lambda: change(first_day, ect, january))
    assert refused == over("schedule_identifier", "sched.fits-declarations")
    assert change(northgate, ect, january).status == 200


@refuses("sched.statement-clash")
@accepts("sched.statement-clash")
def test_the_cohort_stays_under_what_is_on_a_statement(world: World, northgate: Provider) -> None:
    world.partnership("2026")
    world.partnership("2025")
    claimed = world.person(at="2026-09-15T08:00:00Z", induction_starts_on="2026-09-15")
    submitted = world.person(at="2026-09-15T08:00:01Z")
    for person in (claimed, submitted):
        assert northgate.declare(person, dated="2026-09-15T08:30:00Z").status == 200
    refused = northgate.refused(lambda: change(northgate, claimed, STANDARD, cohort="2025"))
    assert refused == over("schedule_identifier", "sched.statement-clash")
    assert change(northgate, submitted, STANDARD, cohort="2025").status == 200
    assert northgate.enrolment(submitted)["cohort"] == "2025"


@refuses("sched.partnership")
def test_another_cohort_needs_a_partnership(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    refused = northgate.refused(lambda: change(northgate, ect, STANDARD, cohort="2026"))
    assert refused == over("cohort", "sched.partnership")


@pytest.mark.parametrize("cohort", ["1999", "", "99999999999999999999"])
@accepts("sched.partnership", "sched.identifier")
def test_a_cohort_that_there_is_not_is_the_present_one(world: World, northgate: Provider, cohort: str) -> None:
    ect = world.trainee()
    assert change(northgate, ect, cohort=cohort).status == 200
    assert northgate.enrolment(ect)["cohort"] == "2025"


@accepts("sched.partnership-choice", "sched.effect")
def test_another_cohort_is_under_the_partnership_with_the_same_partner(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    partner = northgate.enrolment(ect)["delivery_partner_id"]
    world.partnership("2026")
    assert change(northgate, ect, STANDARD, cohort=2026).status == 200
    shown = northgate.enrolment(ect)
    assert (shown["cohort"], shown["delivery_partner_id"]) == ("2026", partner)


@refuses("sched.not-into-frozen")
@accepts("sched.not-into-frozen", "sched.frozen-cohort")
def test_a_frozen_cohort_is_left_and_only_come_back_to(world: World, northgate: Provider) -> None:
    ect = world.trainee(cohort="2022")
    frozen = over("cohort", "sched.not-into-frozen")
    assert northgate.refused(lambda: change(northgate, ect)) == frozen
    world.partnership("2021")
    assert northgate.refused(lambda: change(northgate, ect, STANDARD, cohort="2021")) == frozen
    world.partnership("2024")
    assert change(northgate, ect, STANDARD, cohort="2024").status == 200
    assert northgate.enrolment(ect)["cohort_changed_after_payments_frozen"] is True
    assert change(northgate, ect, STANDARD, cohort="2022").status == 200
    assert northgate.enrolment(ect)["cohort_changed_after_payments_frozen"] is False


@refuses("sched.not-completed")
@accepts("sched.not-completed")
def test_who_has_completed_may_only_be_put_on_a_reduced_schedule(world: World, northgate: Provider) -> None:
    ect = world.trainee(induction_starts_on="2025-09-02")
    world.control("PUT", f"/participants/{ect}/induction-end", on="2026-09-10", outcome="pass")
    assert northgate.refused(lambda: change(northgate, ect)) == over("participant_id", "sched.not-completed")
    assert change(northgate, ect, "ecf-reduced-september").status == 200


@refuses("sched.not-left", "sched.not-withdrawn")
def test_who_has_left_or_is_withdrawn_stays_on_a_schedule(world: World, northgate: Provider) -> None:
    gone, leaving = world.trainee(), world.person(at="2025-09-03T09:00:00Z")
    world.control("POST", f"/participants/{gone}/leave", on="2026-09-10")
    assert northgate.refused(lambda: change(northgate, gone)) == over("participant_id", "sched.not-left")
    both = northgate.refused(lambda: change(northgate, gone, STANDARD))
    assert both == Refusal(422, ["schedule_identifier", "participant_id"], ["sched.different", "sched.not-left"])
    withdrawn = {"reason": "other", "course_identifier": "ecf-induction"}
    northgate.put(f"/participants/{leaving}/withdraw", **withdrawn)
    yesterday = northgate.at("2026-09-14T09:00:00Z")
    refused = yesterday.refused(lambda: change(yesterday, leaving))
    assert refused == over("participant_id", "sched.not-withdrawn")


@refuses("sched.no-later-training")
def test_who_trains_with_another_later_stays_on_a_schedule(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    world.partnership("2025", provider="harbour", urn="900204")
    world.control("POST", f"/participants/{ect}/join", IN_2025, urn="900204", on="2026-11-02", provider="harbour")
    assert northgate.enrolment(ect)["participant_status"] == "leaving"
    assert northgate.refused(lambda: change(northgate, ect)) == over("participant_id", "sched.no-later-training")
