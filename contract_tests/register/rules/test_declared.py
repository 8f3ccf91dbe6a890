"""What becomes of what was declared: its state, its statement, who sees it, how it is paid."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import live
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    COURSES,
    DECLARATIONS,
    IN_OCTOBER,
    PARTNERSHIPS,
    STANDARD,
    STATEMENTS,
    TOMORROW,
    change,
    declaration,
    declare,
    enrolment,
    is_on,
    listed,
    lists,
    not_found,
    partners,
    pay,
    shows,
)
from contract_tests.register.backstage import ASHDOWN, RegisterBackstage
from contract_tests.target.backstage import Backstage


@accepts("decl.eligible", "decl.statement")
def test_of_who_is_eligible_it_is_on_the_next_open_statement(api: Api, stage: RegisterBackstage) -> None:
    made = declare(api, stage.person().id).shows(state="eligible", clawback_statement_id=None)
    is_on(stage, made.attributes["statement_id"], cohort="2025", deadline="2026-10-31", output=True, state="open")


@accepts("decl.statement")
def test_on_the_day_of_a_deadline_it_still_goes_on_that_statement(api: Api, stage: RegisterBackstage) -> None:
    first, second = stage.person().id, stage.person().id
    last = declare(api.at("2026-10-31T23:59:59Z"), first).attributes["statement_id"]
    after = declare(api.at("2026-11-01T00:00:01Z"), second).attributes["statement_id"]
    is_on(stage, last, deadline="2026-10-31", cohort="2025", output=True)
    is_on(stage, after, deadline="2026-12-31", cohort="2025", output=True)


@accepts("decl.statement")
def test_it_goes_on_a_statement_of_the_cohort_of_the_training(api: Api, stage: RegisterBackstage) -> None:
    for cohort in ("2024", "2026"):
        ect = stage.person(cohort=cohort).id
        made = declare(api, ect, dated=f"{cohort}-09-10T09:00:00Z").shows(state="eligible")
        is_on(stage, made.attributes["statement_id"], cohort=cohort, output=True, state="open")


@accepts("decl.eligible")
def test_of_who_is_not_known_to_be_it_is_submitted(api: Api, stage: RegisterBackstage) -> None:
    declare(api, stage.person(validation="unknown").id).shows(state="submitted", statement_id=None)


@accepts("decl.eligible")
def test_who_was_eligible_once_stays_so_for_this(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act("POST", f"/participants/{ect}/validate", status="exempt")
    declare(api, ect).shows(state="eligible")


@accepts("decl.becomes-eligible")
def test_when_they_become_eligible_what_was_submitted_joins_a_statement(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(validation="unknown").id
    made = declare(api, ect).shows(state="submitted")
    voided = declare(api, ect, "retained-1", "2026-02-02T09:00:00Z")
    api.void(voided.id).is_accepted()
    stage.act("POST", f"/participants/{ect}/validate", on="2026-09-01")
    after = declaration(api, made.id)
    require_equal("eligible", after["state"])
    is_on(stage, after["statement_id"], deadline="2026-10-31", cohort="2025")
    shows(api, ect, eligible_for_funding=True)
    require_equal("voided", declaration(api, voided.id)["state"])


@accepts("decl.becomes-eligible")
def test_where_it_can_join_none_they_do_not_become_eligible(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2022", validation="unknown").id
    stage.act("POST", f"/participants/{ect}/leave", at="2023-07-03T09:00:00Z", on="2023-07-03")
    made = declare(api, ect, dated="2022-10-10T09:00:00Z")
    stage.act("POST", f"/participants/{ect}/validate", on="2026-09-01")
    require_equal("submitted", declaration(api, made.id)["state"])
    shows(api, ect, eligible_for_funding=None)


@accepts("decl.records-context", "updated.declaration", "part.update-effect")
def test_it_keeps_partner_and_mentor_of_its_time(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    mentor = stage.registered("mentor", "2025-09-03", mentee_id=ect)
    before = enrolment(api, ect)["delivery_partner_id"]
    made = declare(api, ect).shows(mentor_id=mentor, delivery_partner_id=before)
    (partnership,) = api.get(PARTNERSHIPS).ids
    other = next(id for id in partners(api) if id != before)
    api.at(TOMORROW).put(f"{PARTNERSHIPS}/{partnership}", delivery_partner_id=other).is_accepted()
    api.get(f"{DECLARATIONS}/{made.id}").shows(delivery_partner_id=before, mentor_id=mentor, updated_at=TOMORROW)


@accepts("decl.records-context")
def test_the_mentor_nearest_to_its_date_is_kept(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    first = stage.registered("mentor", "2025-09-03", mentee_id=ect)
    second = stage.registered("mentor", "2026-01-05", mentee_id=ect)
    declare(api, ect, dated="2025-07-01T09:00:00Z").shows(mentor_id=first)
    declare(api, ect, "retained-1", "2026-02-02T09:00:00Z").shows(mentor_id=second)


@accepts("decl.records-context", "show.uplifts")
def test_uplifts_are_paid_with_a_start_before_2025(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2024").id
    shows(api, ect, sparsity_uplift=True, pupil_premium_uplift=True)
    started = declare(api, ect, dated="2024-10-10T09:00:00Z")
    retained = declare(api, ect, "retained-1", "2025-01-10T09:00:00Z")
    pay(stage, started.attributes["statement_id"])
    api.get(f"{DECLARATIONS}/{started.id}").shows(state="paid", uplift_paid=True)
    api.get(f"{DECLARATIONS}/{retained.id}").shows(state="paid", uplift_paid=False)
    api.void(started.id).shows(state="awaiting-clawback", uplift_paid=True)


@accepts("show.uplifts")
def test_there_are_no_uplifts_from_2025_on_nor_where_the_school_has_none(api: Api, stage: RegisterBackstage) -> None:
    shows(api, stage.person().id, sparsity_uplift=False, pupil_premium_uplift=False)
    for urn, premium, sparsity in ((ASHDOWN, False, False), ("900102", True, False), ("900103", False, True)):
        stage.partnership("2024", urn=urn)
        ect = stage.registered(on="2024-09-02", urn=urn)
        shows(api, ect, sparsity_uplift=sparsity, pupil_premium_uplift=premium)
    mentor = stage.person("mentor", cohort="2024").id
    shows(api, mentor, "mentor", sparsity_uplift=True, pupil_premium_uplift=True)


@accepts("pay.payable", "pay.paid", "updated.statement")
def test_statements_become_payable_at_night_and_are_paid_by_the_dfe_alone(api: Api, stage: RegisterBackstage) -> None:
    made = declare(api, stage.person().id)
    on = made.attributes["statement_id"]
    submitted = declare(api, stage.person(validation="unknown").id)
    stage.at("2026-10-31T23:00:00Z")
    require_equal("eligible", declaration(api, made.id)["state"])
    stage.at("2026-11-01T09:00:00Z")
    require_equal("payable", declaration(api, made.id)["state"])
    api.get(f"{STATEMENTS}/{on}").shows(updated_at="2026-11-01T00:00:00Z", paid=False)
    stage.at("2027-02-01T09:00:00Z")
    require_equal("payable", declaration(api, made.id)["state"])
    api.get(f"{STATEMENTS}/{on}").shows(paid=False)
    stage.act("POST", f"/statements/{on}/pay")
    api.get(f"{DECLARATIONS}/{made.id}").shows(state="paid", statement_id=on)
    require_equal("submitted", declaration(api, submitted.id)["state"])
    api.get(f"{STATEMENTS}/{on}").shows(paid=True, updated_at="2027-02-01T09:00:00Z")


@refuses("path.unknown")
@accepts("vis.declaration", "path.unknown")
def test_another_providers_live_declarations_are_seen_but_not_voided(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    made = declare(api, ect)
    listed(rival, DECLARATIONS, [])
    not_found(rival.get(f"{DECLARATIONS}/{made.id}"))
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", provider="harbour")
    listed(rival, DECLARATIONS, [made.id])
    rival.get(f"{DECLARATIONS}/{made.id}").shows(lead_provider_name="Northgate Teaching Institute")
    not_found(rival.void(made.id))
    api.void(made.id).is_accepted()
    listed(rival, DECLARATIONS, [])
    not_found(rival.get(f"{DECLARATIONS}/{made.id}"))
    listed(api, DECLARATIONS, [made.id])


@accepts("vis.declaration")
def test_of_the_other_role_nothing_is_seen(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor").id
    declared = declare(api, mentor, course_identifier=COURSES["mentor"])
    stage.partnership(provider="harbour", urn="900101")
    about = {"participant_type": "ect", "urn": "900101", "provider": "harbour", "starts_on": "2025-10-01"}
    stage.act("POST", "/participants", at="2025-10-01T09:00:00Z", participant_id=mentor, **about)
    lists(rival, "/participants", [mentor])
    listed(rival, DECLARATIONS, [])
    own = declare(rival, mentor)
    listed(rival, DECLARATIONS, [own.id])
    listed(api, DECLARATIONS, [declared.id])


@accepts("vis.declaration")
def test_what_another_declares_is_seen_up_to_midnight_before_the_last_day(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", at="2026-03-02T09:00:00Z", provider="harbour")
    midnight = declare(rival, ect, dated="2026-03-01T00:00:00Z")
    listed(api, DECLARATIONS, [midnight.id])
    rival.void(midnight.id).is_accepted()
    declare(rival, ect, dated="2026-03-01T00:00:01Z").is_accepted()
    listed(api, DECLARATIONS, [])


@accepts("sched.history", "updated.declaration")
def test_declarations_stay_with_what_they_were_made_under(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    made = declare(api, ect)
    before = declaration(api, made.id)
    stage.partnership("2026")
    change(api, ect, STANDARD, cohort="2026").is_accepted()
    listed(api, DECLARATIONS, [made.id], **{"filter[cohort]": "2025"})
    listed(api, DECLARATIONS, [], **{"filter[cohort]": "2026"})
    require_equal(before, declaration(api, made.id))


@accepts("decl.concurrent")
def test_of_two_equal_declarations_one_is_kept(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    made = [declare(api, ect, dated=IN_OCTOBER) for _ in range(2)]
    require_equal([200, 422], [each.status for each in made])
    require_equal([made[0].id], [each["id"] for each in live(api, ect)])
    api.void(made[0].id).is_accepted()


@pytest.mark.parametrize("course", COURSES.values())
@accepts("updated.declaration")
def test_a_declaration_changes_when_it_is_voided(api: Api, stage: RegisterBackstage, course: str) -> None:
    person = stage.person("ect" if course == COURSES["ect"] else "mentor").id
    made = declare(api.at("2026-09-14T08:00:00Z"), person, course_identifier=course)
    made.shows(created_at="2026-09-14T08:00:00Z", updated_at="2026-09-14T08:00:00Z")
    api.at("2026-09-15T07:00:00Z").void(made.id).shows(
        created_at="2026-09-14T08:00:00Z", updated_at="2026-09-15T07:00:00Z"
    )
    listed(api, DECLARATIONS, [made.id], **{"filter[updated_since]": "2026-09-15T07:00:00Z"})
    listed(api, DECLARATIONS, [], **{"filter[updated_since]": "2026-09-15T07:00:01Z"})
