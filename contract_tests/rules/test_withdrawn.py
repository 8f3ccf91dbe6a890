"""Once a provider has withdrawn someone, only what came before can be declared of them."""

from __future__ import annotations

import re
from datetime import date

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.schools import move, partnerships
from contract_tests.target.backstage import Backstage, Person

MOMENT_BEFORE, WITHDRAWN_AT, MOMENT_AFTER = "2025-02-10T11:59:59Z", "2025-02-10T12:00:00Z", "2025-02-10T12:00:01Z"
AFTER = "2025-03-03T09:00:00Z"
LATER = "2025-05-12T09:00:00Z"


def withdrawn(api: Api, backstage: Backstage) -> Person:
    """Somebody who started, and was withdrawn at noon on 10 February 2025."""
    someone = backstage.person(declared=["started"])
    api.at(WITHDRAWN_AT).withdraw(someone.id).is_accepted()
    return someone


@refuses("decl.before-withdrawal")
@accepts("decl.before-withdrawal")
def test_a_moment_before_the_withdrawal_will_do_and_a_moment_after_it_will_not(api: Api, backstage: Backstage) -> None:
    someone, later = withdrawn(api, backstage), api.at(LATER)
    with later.nothing_changes(someone.id):
        for dated in (MOMENT_AFTER, AFTER):
            later.declare(someone.id, "retained-1", dated).is_refused(422, "participant_id")
    made = later.declare(someone.id, "retained-1", MOMENT_BEFORE)
    later.void(made.is_accepted().id).is_accepted()
    later.resume(someone.id).is_accepted()


@refuses("decl.before-withdrawal")
def test_the_refusal_names_the_day_of_the_withdrawal(api: Api, backstage: Backstage) -> None:
    someone, later = withdrawn(api, backstage), api.at(LATER)
    refused = later.declare(someone.id, "retained-1", AFTER)
    refused.is_refused(422, "participant_id")
    (error,) = refused.exchange.json["errors"]
    numbers = set(re.findall("[0-9]+", error["detail"]))
    require({"10", "2025"} <= numbers, "decl.before-withdrawal", f"a detail that names {WITHDRAWN_AT}", error["detail"])
    later.resume(someone.id).is_accepted()


@accepts("decl.before-withdrawal")
def test_whoever_has_resumed_can_be_declared_again(api: Api, backstage: Backstage) -> None:
    someone, later = withdrawn(api, backstage), api.at(LATER)
    api.at("2025-03-17T09:00:00Z").resume(someone.id).is_accepted()
    made = later.declare(someone.id, "retained-1", AFTER)
    later.void(made.is_accepted().id).is_accepted()


@accepts("decl.before-withdrawal")
def test_a_deferral_is_no_withdrawal(api: Api, backstage: Backstage) -> None:
    someone, later = backstage.person(), api.at(LATER)
    api.at(WITHDRAWN_AT).defer(someone.id).is_accepted()
    made = later.declare(someone.id, "retained-1", AFTER)
    later.void(made.is_accepted().id).is_accepted()
    later.resume(someone.id).is_accepted()


@behaviour("documented")
@accepts("decl.before-withdrawal")
def test_a_withdrawal_by_the_school_is_none_by_the_provider(api: Api, stage: Backstage) -> None:
    someone = stage.person()
    stage.act("POST", f"/participants/{someone.id}/withdraw")
    api.at(LATER).declare(someone.id, "retained-1", AFTER).is_accepted()


@accepts("decl.before-withdrawal")
def test_a_withdrawal_does_not_bind_the_next_provider(api: Api, rival: Api, stage: Backstage) -> None:
    someone = withdrawn(api, stage)
    move(stage, someone.id, partnerships(rival)[0]["urn"], date(2025, 2, 24))
    rival.at(LATER).declare(someone.id, "retained-1", AFTER).is_accepted()


@refuses("decl.before-withdrawal")
@accepts("decl.before-withdrawal")
def test_of_two_withdrawals_at_two_schools_the_later_counts(api: Api, stage: Backstage) -> None:
    someone, later = withdrawn(api, stage), api.at(LATER)
    here = api.enrolment(someone.id)["school_urn"]
    other = next(each["urn"] for each in partnerships(api) if each["urn"] != here)
    stage.act("POST", f"/participants/{someone.id}/leave", on="2025-02-23")
    stage.act("POST", f"/participants/{someone.id}/join", urn=other, on="2025-03-10")
    api.at("2025-04-01T12:00:00Z").withdraw(someone.id).is_accepted()
    later.declare(someone.id, "retained-2", "2025-04-01T12:00:01Z").is_refused(422, "participant_id")
    later.declare(someone.id, "retained-1", AFTER).is_accepted()  # when they were at neither


@accepts("decl.before-withdrawal")
def test_whoever_comes_to_another_school_of_the_provider_can_be_declared_from_that_day(
    api: Api, stage: Backstage
) -> None:
    someone, later = withdrawn(api, stage), api.at(LATER)
    here = api.enrolment(someone.id)["school_urn"]
    other = next(each["urn"] for each in partnerships(api) if each["urn"] != here)
    stage.act("POST", f"/participants/{someone.id}/leave", on="2025-02-23")
    stage.act("POST", f"/participants/{someone.id}/join", urn=other, on="2025-03-03")
    later.declare(someone.id, "retained-1", AFTER).is_accepted()


@refuses("decl.before-withdrawal", "decl.date-not-future", "decl.milestone-exists")
def test_the_withdrawal_is_named_before_the_date_and_the_type(api: Api, backstage: Backstage) -> None:
    someone, later = withdrawn(api, backstage), api.at(LATER)
    wrong = later.declare(someone.id, "extended-1", "2090-01-01T00:00:00Z")
    wrong.is_refused(422, "participant_id", "declaration_date", "declaration_type")
    later.resume(someone.id).is_accepted()
