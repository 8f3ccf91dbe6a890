"""What a declaration is refused for: by which check, and in which order."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY, live
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    COURSES,
    DECLARATIONS,
    IN_OCTOBER,
    MENTOR,
    change,
    declare,
    refused,
)
from contract_tests.register.backstage import RegisterBackstage, declared_of
from contract_tests.target.backstage import Backstage


@accepts("decl.participant-known", "decl.course-given", "decl.date-given", "decl.type-given", "decl.type-known")
@accepts("decl.course-matches", "decl.placed-with-provider", "decl.date-unreadable", "fragile.declaration-date")
@accepts("decl.milestone-exists", "decl.one-per-milestone")
def test_a_milestone_of_a_trainee_is_declared(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025")
    dated = f"{ect.milestone().middle:%Y-%m-%dT%H:%M:%SZ}"
    made = declared_of(api, ect).shows(
        participant_id=ect.id,
        declaration_type="started",
        declaration_date=dated,
        course_identifier=ect.course,
        evidence_held="other",
        clawback_statement_id=None,
        ineligible_for_funding_reason=None,
        uplift_paid=False,
    )
    require_equal([made.id], [each["id"] for each in live(api, ect.id)])
    api.void(made.id).is_accepted()


@refuses("decl.participant-known")
@pytest.mark.parametrize("id", [NOBODY, "abc", "", 1, ["x"], None])
def test_of_nobody_nothing_is_declared(api: Api, backstage: Backstage, id: object) -> None:
    backstage.may_write()
    refused(api, lambda: declare(api, NOBODY, participant_id=id), "participant_id")


@refuses("decl.participant-known")
def test_of_all_that_is_blank_only_the_person_is_said(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    refused(api, lambda: declare(api, "", "", "", course_identifier="", evidence_held=""), "participant_id")


@refuses("decl.participant-known")
@accepts("id-change")
def test_a_retired_id_is_nobodys_any_more(api: Api, stage: RegisterBackstage) -> None:
    ect, twin = stage.person().id, stage.registered("mentor")
    stage.act("POST", f"/participants/{twin}/merge", into=ect)
    refused(api, lambda: declare(api, twin, course_identifier=MENTOR), "participant_id", of=ect)
    declare(api, ect, course_identifier=MENTOR).shows(participant_id=ect)


@accepts("decl.participant-known")
@pytest.mark.parametrize("spelt", ["in capitals", "without hyphens", "in braces"])
def test_an_id_may_be_spelt_otherwise(api: Api, backstage: Backstage, spelt: str) -> None:
    id = backstage.person(cohort="2025").id
    written = {"in capitals": id.upper(), "without hyphens": id.replace("-", ""), "in braces": f"{{{id}}}"}[spelt]
    made = declare(api, written).shows(participant_id=id)
    api.void(made.id).is_accepted()


@refuses("decl.course-given")
@pytest.mark.parametrize("course", [None, "", "npq-headship", "ECF-INDUCTION", 5])
def test_a_course_is_one_of_two(api: Api, backstage: Backstage, course: object) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: declare(api, ect, course_identifier=course), "course_identifier", of=ect)


@refuses("decl.course-given")
def test_the_course_is_looked_at_before_date_and_type(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: declare(api, ect, None, None, course_identifier=None), "course_identifier", of=ect)


@refuses("decl.course-matches")
@pytest.mark.parametrize("who", ["ect", "mentor"])
def test_the_course_is_that_of_their_role(api: Api, stage: RegisterBackstage, who: str) -> None:
    person = stage.person("ect" if who == "ect" else "mentor").id
    other = next(course for role, course in COURSES.items() if role != who)
    refused(api, lambda: declare(api, person, course_identifier=other), "course_identifier", of=person)


@accepts("decl.course-matches")
def test_who_is_both_is_declared_of_in_either_role(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act(
        "POST",
        "/participants",
        at="2025-09-03T09:00:00Z",
        participant_id=ect,
        participant_type="mentor",
        urn="106286",
        starts_on="2025-09-03",
        provider="northgate",
    )
    for course in COURSES.values():
        declare(api, ect, course_identifier=course).shows(course_identifier=course)


@refuses("decl.date-given")
@pytest.mark.parametrize("date", [None, "", "  ", [IN_OCTOBER], {}])
def test_a_date_has_to_be_there(api: Api, backstage: Backstage, date: object) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: declare(api, ect, dated=date), "declaration_date", of=ect)


@refuses("decl.type-given")
@pytest.mark.parametrize("type", [None, "", " ", ["started"]])
def test_a_type_has_to_be_there(api: Api, backstage: Backstage, type: object) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: declare(api, ect, type), "declaration_type", of=ect)


@refuses("decl.type-known")
@pytest.mark.parametrize("type", ["retained-5", "retained_1", "Started", 1])
def test_a_type_is_one_of_nine(api: Api, backstage: Backstage, type: object) -> None:
    ect = backstage.person(cohort="2025").id
    refused(api, lambda: declare(api, ect, type), "declaration_type", of=ect)


@refuses("decl.one-per-milestone")
@accepts("decl.one-per-milestone", "void.frees-milestone")
def test_a_type_is_declared_once_until_that_is_voided(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    first = declare(api, ect).is_accepted()
    refused(api, lambda: declare(api, ect), "declaration_type", of=ect)
    for date in ("2025-11-10T09:00:00Z", "2025-05-01T09:00:00Z", "2099-01-01T00:00:00Z"):
        refused(api, lambda: declare(api, ect, dated=date), "declaration_type", of=ect)  # noqa: B023
    api.void(first.id).is_accepted()
    again = declare(api, ect).is_accepted()
    listed_now = api.get(DECLARATIONS, **{"filter[participant_id]": ect})
    require_equal(True, {first.id, again.id} <= set(listed_now.ids), listed_now.exchange)
    api.void(again.id).is_accepted()


@refuses("decl.one-per-milestone")
@accepts("decl.one-per-milestone")
def test_what_an_earlier_provider_declared_counts(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    made = declare(api, ect).is_accepted()
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", provider="harbour")
    refused(rival, lambda: declare(rival, ect), "declaration_type", of=ect)
    declare(rival, ect, "retained-1", "2026-02-02T09:00:00Z").is_accepted()
    api.void(made.id).is_accepted()
    declare(rival, ect).is_accepted()


@refuses("decl.one-per-milestone")
@accepts("sched.history")
def test_a_second_declaration_is_refused_in_another_cohort_too(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    declare(api, ect).is_accepted()
    stage.partnership("2026")
    change(api, ect, "ecf-standard-september", cohort="2026").is_accepted()
    refused(api, lambda: declare(api, ect, dated="2026-09-14T09:00:00Z"), "declaration_type", of=ect)


@refuses("decl.placed-with-provider")
def test_of_another_providers_people_nothing_is_declared(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    refused(rival, lambda: declare(rival, ect), "participant_id")
    declare(api, ect).is_accepted()


@refuses("decl.placed-with-provider")
def test_of_people_without_a_partnership_nothing_is_declared(api: Api, stage: RegisterBackstage) -> None:
    hoped_for = stage.registered()
    refused(api, lambda: declare(api, hoped_for), "participant_id")
    stage.partnership(at="2026-09-15T09:00:00Z")
    declare(api, hoped_for).is_accepted()


@refuses("decl.placed-with-provider", "decl.date-not-future", "decl.participant-known", "decl.date-format")
def test_two_things_may_be_at_fault_in_the_order_in_which_they_were_found(rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    refused(rival, lambda: declare(rival, ect, dated="2027-01-01T00:00:00Z"), "declaration_date", "participant_id")
    refused(rival, lambda: declare(rival, NOBODY, dated="2025-10-10"), "participant_id", "declaration_date")
    refused(rival, lambda: declare(rival, NOBODY, dated="garbage"), "participant_id", "declaration_date")


@refuses("decl.mentor-types")
@accepts("decl.mentor-types")
def test_mentors_from_2025_on_begin_and_complete(api: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor", cohort="2025").id
    for type in ("retained-1", "retained-4"):
        refused(
            api,
            lambda: declare(api, mentor, type, "2026-02-10T09:00:00Z", course_identifier=MENTOR),  # noqa: B023
            "declaration_type",
            of=mentor,
        )
    made = declare(api, mentor, course_identifier=MENTOR).is_accepted()
    api.void(made.id).is_accepted()


@accepts("decl.mentor-types")
def test_mentors_before_2025_are_declared_as_ects_are(api: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor", cohort="2024").id
    declare(api, mentor, "retained-1", "2025-02-10T09:00:00Z", course_identifier=MENTOR).shows(
        declaration_type="retained-1"
    )
