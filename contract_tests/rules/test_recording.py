"""What becomes of a declaration that is accepted: its state, its statement, and what it keeps of its time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.errors import Unavailable
from contract_tests.marks import accepts, only
from contract_tests.rules.schools import move, partnerships, register
from contract_tests.rules.statements import deadlines, next_open, state_is, wait_until_paid
from contract_tests.target.backstage import Backstage

DATED = "2024-10-14T09:00:00Z"


@accepts("decl.eligible")
def test_of_someone_eligible_for_funding_it_is_eligible(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    made = api.declare(someone.id, "started", DATED).is_accepted().shows(state="eligible")
    if api.version == "v1":
        made.shows(eligible_for_payment=True, voided=False)
    if api.version == "v3":
        made.shows(ineligible_for_funding_reason=None, clawback_statement_id=None)
    api.get(f"/participant-declarations/{made.id}").shows(**made.attributes)
    api.void(made.id).is_accepted()


@pytest.mark.parametrize("validation", ["checking_qts", "not_eligible_for_funded_training"])
@accepts("decl.eligible")
def test_of_someone_who_is_not_it_is_submitted(api: Api, backstage: Backstage, validation: str) -> None:
    someone = backstage.person(validation=validation)
    made = api.declare(someone.id, "started", DATED).is_accepted().shows(state="submitted")
    if api.version == "v1":
        made.shows(eligible_for_payment=False)
    if api.version == "v3":
        made.shows(statement_id=None)
    api.void(made.id).is_accepted()


@accepts("decl.statement")
def test_the_dfe_pays_for_it_with_the_next_open_statement_of_its_cohort(api: Api, v3: Api, stage: Backstage) -> None:
    someone = stage.person()
    made = api.declare(someone.id, "started", DATED).is_accepted()
    expected = next_open(v3, someone.cohort, stage.now.date())
    v3.get(f"/participant-declarations/{made.id}").shows(statement_id=expected)
    wait_until_paid(stage, api, made.id)
    state_is(api, made.id, "paid")


@only("v3")
@accepts("decl.statement")
def test_it_joins_the_statement_with_the_earliest_deadline_today_or_later(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    dated = someone.milestone().middle
    first = next_open(api, someone.cohort, dated.date())
    last_day = deadlines(api, someone.cohort)[first]
    day_after = last_day + timedelta(days=1)
    for now, statement in (
        (dated, first),
        (f"{last_day}T23:59:59Z", first),
        (f"{day_after}T00:00:00Z", next_open(api, someone.cohort, day_after)),
    ):
        then = api.at(now)
        made = then.declare(someone.id, "started", dated)
        made.is_accepted().shows(state="eligible", statement_id=statement)
        then.void(made.id).is_accepted().shows(statement_id=None)


@pytest.mark.parametrize("validation", ["checking_qts", "not_eligible_for_funded_training"])
@accepts("decl.becomes-eligible")
def test_once_the_dfe_finds_them_eligible_their_declarations_are_too(
    api: Api, v3: Api, stage: Backstage, validation: str
) -> None:
    someone = stage.person(validation=validation)
    made = api.declare(someone.id, "started", DATED).is_accepted().shows(state="submitted")
    stage.act("POST", f"/participants/{someone.id}/validate", status="eligible_to_start")
    state_is(api, made.id, "eligible")
    statement = next_open(v3, someone.cohort, stage.now.date())
    v3.get(f"/participant-declarations/{made.id}").shows(statement_id=statement)


@accepts("decl.becomes-eligible")
def test_what_was_voided_before_does_not(api: Api, stage: Backstage) -> None:
    someone = stage.person(validation="checking_qts")
    made = api.declare(someone.id, "started", DATED).is_accepted()
    api.void(made.id).is_accepted()
    stage.act("POST", f"/participants/{someone.id}/validate", status="eligible_to_start")
    state_is(api, made.id, "voided")


@accepts("decl.records-context")
def test_it_keeps_the_delivery_partner_and_the_mentor_of_its_date(api: Api, v3: Api, stage: Backstage) -> None:
    first, second = two_delivery_partners(v3)
    mentor, next_mentor = (register(stage, each["urn"], role="mentor") for each in (first, second))
    ada = register(stage, first["urn"], mentor_id=mentor)
    move(stage, ada, second["urn"], date(2024, 10, 14))
    stage.act("POST", f"/participants/{ada}/mentor", mentor_id=next_mentor, at="2024-11-15T12:00:00Z")
    winter = api.at("2024-12-02T09:00:00Z")
    for dated, place, mentored_by in (
        ("2024-10-13T23:59:59Z", first, mentor),
        ("2024-10-14T00:30:00+01:00", first, mentor),
        ("2024-10-14T00:00:00Z", second, None),
        ("2024-11-15T11:59:59Z", second, None),
        ("2024-11-15T12:00:00Z", second, next_mentor),
        ("2024-12-01T00:00:00Z", second, next_mentor),
    ):
        made = winter.declare(ada, "started", dated).is_accepted()
        shown = v3.get(f"/participant-declarations/{made.id}")
        shown.shows(delivery_partner_id=place["delivery_partner_id"], mentor_id=mentored_by)
        winter.void(made.id).is_accepted()


@accepts("decl.records-context")
def test_a_mentor_has_no_mentor(api: Api, v3: Api, backstage: Backstage) -> None:
    someone = backstage.person("mentor")
    made = api.declare(someone.id, "started", DATED, course_identifier=someone.course).is_accepted()
    v3.get(f"/participant-declarations/{made.id}").shows(mentor_id=None)
    api.void(made.id).is_accepted()


@accepts("decl.records-context", "pay.paid")
def test_an_uplift_is_paid_by_what_the_school_was_when_it_was_declared(api: Api, v3: Api, stage: Backstage) -> None:
    declared = {}
    for uplifted in (False, True):
        someone = register(stage, school_where_uplifts_are(v3, uplifted))
        declared[uplifted] = api.declare(someone, "started", DATED).is_accepted().id
        v3.get(f"/participant-declarations/{declared[uplifted]}").shows(state="eligible", uplift_paid=False)
    mentor = register(stage, school_where_uplifts_are(v3, True), role="mentor")
    mentoring = api.declare(mentor, "started", DATED, course_identifier="ecf-mentor").is_accepted().id
    wait_until_paid(stage, api, declared[True])
    for id, paid in ((declared[True], True), (declared[False], False), (mentoring, False)):
        v3.get(f"/participant-declarations/{id}").shows(state="paid", uplift_paid=paid)
    retained = api.at("2025-02-12T09:00:00Z").declare(someone, "retained-1", "2025-02-11T09:00:00Z")
    wait_until_paid(stage, api, retained.is_accepted().id)
    v3.get(f"/participant-declarations/{retained.id}").shows(state="paid", uplift_paid=False)
    api.void(declared[True]).is_accepted()
    v3.get(f"/participant-declarations/{declared[True]}").shows(state="awaiting-clawback", uplift_paid=True)


def two_delivery_partners(v3: Api) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two partnerships of the provider's, with different delivery partners."""
    first, *others = partnerships(v3)
    for other in others:
        if other["delivery_partner_id"] != first["delivery_partner_id"]:
            return first, other
    raise Unavailable("no two partnerships with different delivery partners")


def school_where_uplifts_are(v3: Api, uplifted: bool) -> str:
    """The URN of a school of the provider's whose people have an uplift, or have none."""
    ours = {each["urn"] for each in partnerships(v3)}
    for person in v3.every("/participants/ecf"):
        for enrolment in person["attributes"]["ecf_enrolments"]:
            uplift = enrolment["pupil_premium_uplift"] or enrolment["sparsity_uplift"]
            if enrolment["school_urn"] in ours and uplift == uplifted:
                return str(enrolment["school_urn"])
    raise Unavailable(f"no school {'with' if uplifted else 'without'} an uplift")
