"""What is refused when something is declared: by which check, and in which order."""

from __future__ import annotations

import pytest

from tests.rules.marks import accepts, refuses

from .world import COURSES, Provider, World, bad, over

NOBODY = "00000000-0000-4000-8000-000000000000"
MENTOR = "ecf-mentor"


@accepts("decl.participant-known", "decl.course-given", "decl.date-given", "decl.type-given", "decl.type-known")
@accepts("decl.course-matches", "decl.placed-with-provider")
def test_a_milestone_of_a_trainee_is_declared(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    declared = northgate.declare(ect).attributes
    assert declared["participant_id"] == ect
    assert (declared["declaration_type"], declared["declaration_date"]) == ("started", "2025-10-10T09:00:00Z")
    assert northgate.get("/participant-declarations").data[0]["attributes"] == declared


@pytest.mark.parametrize("id", [NOBODY, "abc", "", 1, ["x"], None])
@refuses("decl.participant-known")
def test_of_nobody_nothing_is_declared(northgate: Provider, id: object) -> None:
    refused = northgate.refused(lambda: northgate.declare(NOBODY, participant_id=id))
    assert refused == over("participant_id", "decl.participant-known")


@refuses("decl.participant-known")
@accepts("id-change")
def test_a_retired_id_is_nobodys_any_more(world: World, northgate: Provider) -> None:
    ect, twin = world.trainee(), world.person("mentor")
    world.control("POST", f"/participants/{twin}/merge", into=ect)
    refused = northgate.refused(lambda: northgate.declare(twin, course_identifier=MENTOR))
    assert refused == over("participant_id", "decl.participant-known")
    assert northgate.declare(ect, course_identifier=MENTOR).attributes["participant_id"] == ect


@pytest.mark.parametrize("spelt", [str.upper, lambda id: id.replace("-", ""), lambda id: f"{{{id}}}"])
@accepts("decl.participant-known")
def test_an_id_may_be_spelt_otherwise(world: World, northgate: Provider, spelt: type[str]) -> None:
    ect = world.trainee()
    assert northgate.declare(spelt(ect)).attributes["participant_id"] == ect


@pytest.mark.parametrize("course", [None, "", "npq-headship", "ECF-INDUCTION", 5])
@refuses("decl.course-given")
def test_a_course_is_one_of_two(world: World, northgate: Provider, course: object) -> None:
    ect = world.trainee()
    refused = northgate.refused(lambda: northgate.declare(ect, course_identifier=course))
    assert refused == over("course_identifier", "decl.course-given")


@refuses("decl.course-given")
def test_the_course_is_looked_at_before_date_and_type(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    refused = northgate.refused(lambda: northgate.declare(ect, None, None, course_identifier=None))  # type: ignore[arg-type]
    assert refused == over("course_identifier", "decl.course-given")


@pytest.mark.parametrize("who", COURSES)
@refuses("decl.course-matches")
def test_the_course_is_that_of_their_role(world: World, northgate: Provider, who: str) -> None:
    person = world.trainee(who)
    other = next(course for role, course in COURSES.items() if role != who)
    refused = northgate.refused(lambda: northgate.declare(person, course_identifier=other))
    assert refused == over("course_identifier", "decl.course-matches")


@pytest.mark.parametrize("date", [None, "", "  ", ["2025-10-10T09:00:00Z"], {}])
@refuses("decl.date-given")
def test_a_date_has_to_be_there(world: World, northgate: Provider, date: object) -> None:
    ect = world.trainee()
    refused = northgate.refused(lambda: northgate.declare(ect, dated=date))
    assert refused == over("declaration_date", "decl.date-given")


@pytest.mark.parametrize("type", [None, "", " ", ["started"]])
@refuses("decl.type-given")
def test_a_type_has_to_be_there(world: World, northgate: Provider, type: str) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, type)) == over("declaration_type", "decl.type-given")


@pytest.mark.parametrize("type", ["retained-5", "retained_1", "Started", 1])
@refuses("decl.type-known")
def test_a_type_is_one_of_nine(world: World, northgate: Provider, type: str) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, type)) == over("declaration_type", "decl.type-known")


@refuses("decl.one-per-milestone")
@accepts("decl.one-per-milestone", "void.frees-milestone")
def test_a_type_is_declared_once_until_that_is_voided(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    first = northgate.declare(ect)
    again = over("declaration_type", "decl.one-per-milestone")
    assert northgate.refused(lambda: northgate.declare(ect)) == again
    assert northgate.refused(lambda: northgate.declare(ect, dated="2025-11-10T09:00:00Z")) == again
    northgate.void(first.id)
    assert northgate.declare(ect).id != first.id


@refuses("decl.one-per-milestone")
def test_what_an_earlier_provider_declared_counts(world: World, northgate: Provider, harbour: Provider) -> None:
    ect = world.trainee()
    northgate.declare(ect)
    world.partnership(provider="harbour")
    world.control("POST", f"/participants/{ect}/provider", provider="harbour")
    assert harbour.refused(lambda: harbour.declare(ect)) == over("declaration_type", "decl.one-per-milestone")


@refuses("decl.placed-with-provider")
def test_of_another_providers_people_nothing_is_declared(world: World, harbour: Provider) -> None:
    ect = world.trainee()
    assert harbour.refused(lambda: harbour.declare(ect)) == over("participant_id", "decl.placed-with-provider")


@refuses("decl.placed-with-provider")
def test_of_people_without_a_partnership_nothing_is_declared(world: World, northgate: Provider) -> None:
    hoped_for = world.person()
    refused = northgate.refused(lambda: northgate.declare(hoped_for))
    assert refused == over("participant_id", "decl.placed-with-provider")


def test_two_things_may_be_at_fault_in_the_order_in_which_they_were_found(world: World, harbour: Provider) -> None:
    ect = world.trainee()
    future = harbour.refused(lambda: harbour.declare(ect, dated="2027-01-01T00:00:00Z"))
    assert future.titles == ["declaration_date", "participant_id"]
    assert future.rules == ["decl.date-not-future", "decl.placed-with-provider"]
    bare = harbour.refused(lambda: harbour.declare(NOBODY, dated="2025-10-10"))
    assert bare.titles == ["participant_id", "declaration_date"]
    assert bare.rules == ["decl.participant-known", "decl.date-format"]


def test_of_all_that_is_blank_only_the_person_is_said(northgate: Provider) -> None:
    refused = northgate.refused(lambda: northgate.declare("", "", "", course_identifier="", evidence_held=""))
    assert refused == over("participant_id", "decl.participant-known")


@refuses("decl.mentor-types")
@accepts("decl.mentor-types")
def test_mentors_from_2025_on_begin_and_complete(world: World, northgate: Provider) -> None:
    mentor = world.trainee("mentor")
    retained = northgate.refused(lambda: northgate.declare(mentor, "retained-1", course_identifier=MENTOR))
    assert retained == over("declaration_type", "decl.mentor-types")
    assert northgate.declare(mentor, course_identifier=MENTOR).status == 200


@accepts("decl.mentor-types")
def test_mentors_before_2025_are_declared_as_ects_are(world: World, northgate: Provider) -> None:
    mentor = world.trainee("mentor", "2024")
    declared = northgate.declare(mentor, "retained-1", "2025-02-10T09:00:00Z", course_identifier=MENTOR)
    assert declared.attributes["declaration_type"] == "retained-1"


@refuses("decl.before-withdrawal")
@accepts("decl.before-withdrawal")
def test_who_is_withdrawn_is_declared_of_for_the_time_before(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    about = {"reason": "moved-school", "course_identifier": "ecf-induction"}
    northgate.at("2026-03-02T10:00:00Z").put(f"/participants/{ect}/withdraw", **about)
    at_once = northgate.refused(lambda: northgate.declare(ect, dated="2026-03-02T10:00:00Z"))
    assert at_once == over("participant_id", "decl.before-withdrawal")
    assert northgate.declare(ect, dated="2026-03-02T09:59:59Z").status == 200


@refuses("decl.withdrawal-undated")
@accepts("decl.withdrawal-undated")
def test_without_a_date_it_cannot_be_told_whether_they_were_withdrawn(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, dated=None)).rules == ["decl.date-given"]
    about = {"reason": "moved-school", "course_identifier": "ecf-induction"}
    northgate.put(f"/participants/{ect}/withdraw", **about)
    assert northgate.refused(lambda: northgate.declare(ect, dated=None)) == bad("decl.withdrawal-undated")


@refuses("decl.cohort-not-frozen")
def test_nothing_is_declared_of_who_trains_in_a_frozen_cohort(world: World, northgate: Provider) -> None:
    ect = world.trainee(cohort="2022")
    refused = northgate.refused(lambda: northgate.declare(ect, dated="2022-10-10T09:00:00Z"))
    assert refused == over("cohort", "decl.cohort-not-frozen")


@accepts("decl.cohort-not-frozen", "pay.frozen-cohort")
def test_who_has_left_a_frozen_cohort_is_declared_of(world: World, northgate: Provider) -> None:
    ect = world.trainee(cohort="2022")
    world.control("POST", f"/participants/{ect}/leave", "2023-07-03T09:00:00Z", on="2023-07-03")
    assert northgate.declare(ect, dated="2022-10-10T09:00:00Z").attributes["state"] == "submitted"


@refuses("decl.cohort-open")
@accepts("decl.cohort-open")
def test_of_who_is_eligible_nothing_is_declared_without_an_open_statement(world: World, northgate: Provider) -> None:
    eligible = world.trainee(cohort="2023", induction_starts_on="2023-09-02")
    refused = northgate.refused(lambda: northgate.declare(eligible, dated="2023-10-10T09:00:00Z"))
    assert refused == over("cohort", "decl.cohort-open")
    unknown = world.person("ect", "2023-09-03T09:00:00Z")
    assert northgate.declare(unknown, dated="2023-10-10T09:00:00Z").attributes["state"] == "submitted"


@refuses("decl.milestone-exists")
@accepts("decl.milestone-exists")
def test_only_extended_schedules_have_the_extended_milestones(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    refused = northgate.refused(lambda: northgate.declare(ect, "extended-1"))
    assert refused == over("declaration_type", "decl.milestone-exists")
    about = {"schedule_identifier": "ecf-extended-september", "course_identifier": "ecf-induction"}
    northgate.put(f"/participants/{ect}/change-schedule", **about)
    assert northgate.declare(ect, "extended-1", "2026-03-10T09:00:00Z").status == 200


@refuses("decl.in-sequence")
@accepts("decl.in-sequence")
def test_from_2025_on_dates_follow_the_types(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    northgate.declare(ect, "retained-1", "2026-01-10T09:00:00Z")
    out_of_order = over("declaration_date", "decl.in-sequence")
    assert northgate.refused(lambda: northgate.declare(ect, dated="2026-01-10T09:00:01Z")) == out_of_order
    earlier = northgate.refused(lambda: northgate.declare(ect, "retained-3", "2026-01-10T08:59:59Z"))
    assert earlier == out_of_order
    assert northgate.declare(ect, dated="2026-01-10T09:00:00Z").status == 200


@accepts("decl.in-sequence")
def test_before_2025_dates_follow_nothing(world: World, northgate: Provider) -> None:
    ect = world.trainee(cohort="2024")
    northgate.declare(ect, "retained-1", "2025-01-10T09:00:00Z")
    assert northgate.declare(ect, "retained-2", "2025-04-10T09:00:00Z").status == 200
    assert northgate.declare(ect, dated="2024-12-10T09:00:00Z", evidence_held=None).status == 200
