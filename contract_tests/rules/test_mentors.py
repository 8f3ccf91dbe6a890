"""Mentors: which types they are declared for, and what becomes of those who complete."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.calendar import EXTENSIONS
from contract_tests.errors import ContractBroken
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.schools import twins
from contract_tests.rules.statements import state_is, wait_until_paid
from contract_tests.target.backstage import Backstage

NOVEMBER, DATED = "2025-11-20T09:00:00Z", "2025-11-10T09:00:00Z"
RETAINED = ("retained-1", "retained-2", "retained-3", "retained-4")
MENTORING = {"course_identifier": "ecf-mentor"}
FUNDED = (None, None)
EARLY = ("completed_during_early_roll_out", "2021-04-19")
NOT_COMPLETED = ("started_not_completed", "2024-07-31")
FOUND = (EARLY, NOT_COMPLETED)


def funding_is(v3: Api, mentor: str, ends_on: str | None, reason: str | None) -> None:
    """Raises ContractBroken unless a mentor's funding is shown to end then, for that reason."""
    enrolment = v3.enrolment(mentor, "ecf-mentor")
    shown = enrolment["mentor_funding_end_date"], enrolment["mentor_ineligible_for_funding_reason"]
    if shown != (ends_on, reason):
        raise ContractBroken("check.shows", f"mentor funding {(ends_on, reason)}", str(shown))


def complete(api: Api, mentor: str, dated: str = "2024-06-03T23:59:59Z") -> str:
    """The id of a declaration that a mentor of cohort 2022 has completed."""
    return api.declare(mentor, "completed", dated, **MENTORING).is_accepted().id


def find_unfunded(stage: Backstage, mentor: str, reason: str, on: str) -> None:
    """Have the DfE end a mentor's funding."""
    stage.act("POST", f"/participants/{mentor}/validate", status=reason, on=on)


def found_unfunded(stage: Backstage, reason: str, on: str) -> str:
    """The id of a mentor of cohort 2022 whose funding the DfE has ended."""
    mentor = stage.person("mentor", cohort="2022").id
    find_unfunded(stage, mentor, reason, on)
    return mentor


def completes_anew(api: Api, v3: Api, mentor: str) -> None:
    """Raises ContractBroken unless a completion ends a mentor's funding, and to void it takes that back."""
    completed = complete(api, mentor)
    funding_is(v3, mentor, "2024-06-03", "completed_declaration_received")
    api.void(completed).is_accepted()
    funding_is(v3, mentor, *FUNDED)


@refuses("decl.mentor-types")
def test_mentors_from_cohort_2025_on_are_not_retained(api: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor", cohort="2025")
    november = api.at(NOVEMBER)
    with api.nothing_changes(mentor.id):
        for declaration_type in RETAINED:
            refused = november.declare(mentor.id, declaration_type, DATED, **MENTORING)
            refused.is_refused(422, "declaration_type")


@refuses("decl.mentor-types")
def test_nor_are_they_extended_though_their_schedule_is(api: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor", cohort="2025", schedule="ecf-extended-september")
    with api.nothing_changes(mentor.id):
        for declaration_type in EXTENSIONS:
            refused = api.at(NOVEMBER).declare(mentor.id, declaration_type, DATED, **MENTORING)
            refused.is_refused(422, "declaration_type")


@accepts("decl.mentor-types")
def test_they_start_and_complete(api: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor", cohort="2025")
    november = api.at(NOVEMBER)
    for declaration_type, evidence in (("started", None), ("completed", "75-percent-engagement-met")):
        made = november.declare(mentor.id, declaration_type, DATED, evidence_held=evidence, **MENTORING)
        made.is_accepted().shows(declaration_type=declaration_type)
        november.void(made.id).is_accepted()


@pytest.mark.parametrize(("role", "cohort"), [("mentor", "2024"), ("ect", "2025")])
@accepts("decl.mentor-types")
def test_mentors_up_to_cohort_2024_and_ects_are_retained(
    api: Api, backstage: Backstage, role: str, cohort: str
) -> None:
    someone = backstage.person("mentor" if role == "mentor" else "ect", cohort=cohort, schedule="ecf-reduced-september")
    november = api.at(NOVEMBER)
    made = november.declare(someone.id, "retained-1", DATED, course_identifier=someone.course)
    november.void(made.is_accepted().id).is_accepted()


@accepts("decl.mentor-completes", "void.unpaid")
def test_a_completed_mentor_is_funded_until_that_day_unless_it_is_voided(
    api: Api, v3: Api, backstage: Backstage
) -> None:
    mentor = backstage.person("mentor", cohort="2022").id
    november = api.at("2024-11-15T09:00:00Z")
    completed = complete(november, mentor)
    funding_is(v3, mentor, "2024-06-03", "completed_declaration_received")
    november.void(completed).is_accepted()
    funding_is(v3, mentor, *FUNDED)


@pytest.mark.parametrize("validation", ["checking_qts", "not_eligible_for_funded_training"])
@accepts("decl.mentor-completes")
def test_so_it_is_with_what_is_only_submitted(api: Api, v3: Api, backstage: Backstage, validation: str) -> None:
    mentor = backstage.person("mentor", cohort="2022", validation=validation).id
    november = api.at("2024-11-15T09:00:00Z")
    completed = complete(november, mentor)
    state_is(api, completed, "submitted")
    funding_is(v3, mentor, "2024-06-03", "completed_declaration_received")
    november.void(completed).is_accepted()
    funding_is(v3, mentor, *FUNDED)


@accepts("decl.mentor-completes")
def test_that_day_is_a_day_in_utc(api: Api, v3: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor", cohort="2022").id
    november = api.at("2024-11-15T09:00:00Z")
    completed = complete(november, mentor, "2024-06-04T00:30:00+01:00")
    funding_is(v3, mentor, "2024-06-03", "completed_declaration_received")
    november.void(completed).is_accepted()


@accepts("decl.mentor-completes")
def test_only_completing_ends_the_funding(api: Api, v3: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor", cohort="2022").id
    november = api.at("2024-11-15T09:00:00Z")
    started = november.declare(mentor, "started", "2022-10-03T09:00:00Z", **MENTORING).is_accepted()
    funding_is(v3, mentor, *FUNDED)
    completed = complete(november, mentor)
    november.void(started.id).is_accepted()
    funding_is(v3, mentor, "2024-06-03", "completed_declaration_received")
    november.void(completed).is_accepted()


@accepts("decl.mentor-completes", "decl.duplicate-person")
def test_what_was_ineligible_undoes_nothing_when_it_is_voided(api: Api, v3: Api, stage: Backstage) -> None:
    mentor, other = twins(stage, role="mentor", cohort="2022")
    first = complete(api, other)
    ineligible = complete(api, mentor)
    state_is(api, ineligible, "ineligible")
    api.void(first).is_accepted()
    complete(api, mentor)
    api.void(ineligible).is_accepted()
    funding_is(v3, mentor, "2024-06-03", "completed_declaration_received")


@accepts("decl.mentor-completes", "void.paid")
def test_it_is_undone_too_when_it_is_voided_once_paid(api: Api, v3: Api, stage: Backstage) -> None:
    mentor = stage.person("mentor", cohort="2022", declared=["started"]).id
    completed = complete(api, mentor)
    wait_until_paid(stage, api, completed)
    state_is(api, completed, "paid")
    funding_is(v3, mentor, "2024-06-03", "completed_declaration_received")
    api.void(completed).is_accepted().shows(state="awaiting-clawback")
    funding_is(v3, mentor, *FUNDED)


@accepts("decl.mentor-completes")
@behaviour("deployed")
def test_nobody_completes_whom_the_dfe_found_not_to(api: Api, v3: Api, stage: Backstage) -> None:
    mentor = found_unfunded(stage, *NOT_COMPLETED)
    completed = complete(api, mentor)
    funding_is(v3, mentor, *reversed(NOT_COMPLETED))
    api.void(completed).is_accepted()
    funding_is(v3, mentor, *reversed(NOT_COMPLETED))


@pytest.mark.parametrize(("reason", "on"), [EARLY, ("started_not_completed", "2024-07-30")])
@accepts("decl.mentor-completes")
@behaviour("deployed")
def test_whoever_completed_early_or_was_found_not_to_before_that_day_does(
    api: Api, v3: Api, stage: Backstage, reason: str, on: str
) -> None:
    completes_anew(api, v3, found_unfunded(stage, reason, on))


@pytest.mark.parametrize(("reason", "on"), FOUND)
@accepts("decl.mentor-completes")
@behaviour("documented")
def test_as_written_whoever_is_declared_completes(api: Api, v3: Api, stage: Backstage, reason: str, on: str) -> None:
    completes_anew(api, v3, found_unfunded(stage, reason, on))


@pytest.mark.parametrize(("reason", "on"), FOUND)
@accepts("decl.mentor-completes", "void.unpaid")
def test_what_the_dfe_found_since_is_not_undone(api: Api, v3: Api, stage: Backstage, reason: str, on: str) -> None:
    mentor = stage.person("mentor", cohort="2022").id
    completed = complete(api, mentor)
    find_unfunded(stage, mentor, reason, on)
    api.void(completed).is_accepted()
    funding_is(v3, mentor, on, reason)
