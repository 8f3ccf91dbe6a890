"""Everything that is wrong with a request is said at once, each thing in its place."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from contract_tests.api import Api
from contract_tests.errors import LeftOut, require
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, only, refuses
from contract_tests.rules.partnership_offers import free, no_partnership_changes, partnership
from contract_tests.target import Target
from contract_tests.target.backstage import STANDARD, Backstage

JANUARY, APRIL = "ecf-standard-january", "ecf-standard-april"


@refuses("defer.reason", "defer.not-deferred", "participant.course-matches")
def test_of_a_deferral_course_reason_and_state_in_this_order(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(status="deferred")
    with api.nothing_changes(someone.id):
        api.defer(someone.id, reason="holiday").is_refused(422, "reason", "participant_profile")
        api.defer(someone.id, "holiday", "ecf-mentor").is_refused(422, "course_identifier", "reason")
        api.defer(someone.id, "", "").is_refused(422, "course_identifier", "reason")


@refuses("vis.participant", "defer.reason")
@accepts("withdraw.reason")
def test_of_somebody_unknown_a_deferral_names_the_reason_too_and_a_withdrawal_does_not(
    api: Api, backstage: Backstage
) -> None:
    backstage.may_write()
    with api.nothing_changes():
        api.defer(NOBODY, reason="holiday").is_refused(422, "participant_id", "reason")
        api.withdraw(NOBODY, reason="holiday").is_refused(422, "participant_id")


@refuses("vis.participant", "participant.course-matches", "defer.reason", "sched.identifier")
@accepts("participant.course-matches", "withdraw.reason")
def test_of_somebody_unknown_a_missing_course_is_named_and_a_wrong_one_is_not(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    with api.nothing_changes():
        api.defer(NOBODY, "", "").is_refused(422, "participant_id", "course_identifier", "reason")
        api.resume(NOBODY, "").is_refused(422, "participant_id", "course_identifier")
        api.withdraw(NOBODY, "", "").is_refused(422, "participant_id", "course_identifier")
        unnamed = api.change_schedule(NOBODY, "", "")
        unnamed.is_refused(422, "participant_id", "course_identifier", "schedule_identifier")
        for report in (api.defer, api.resume, api.withdraw):
            report(NOBODY, course="ecf-headship").is_refused(422, "participant_id")


@refuses("defer.reason", "defer.not-withdrawn", "withdraw.reason", "withdraw.not-withdrawn")
def test_of_somebody_withdrawn_the_reason_comes_before_the_state(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    with api.nothing_changes(someone.id):
        api.defer(someone.id, reason="holiday").is_refused(422, "reason", "participant_profile")
        api.withdraw(someone.id, reason="holiday").is_refused(422, "reason", "participant_profile")


@refuses("sched.not-withdrawn", "sched.identifier")
def test_of_somebody_withdrawn_a_missing_schedule_is_named_too(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    with api.nothing_changes(someone.id):
        api.change_schedule(someone.id, "").is_refused(422, "participant_id", "schedule_identifier")


@refuses("sched.different", "sched.fits-declarations", "sched.cohort-fixed", "sched.partnership")
def test_of_a_change_of_schedule_the_schedule_comes_before_the_cohort(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024", declared=["started"])
    with api.nothing_changes(someone.id):
        moving = api.change_schedule(someone.id, APRIL, cohort="2023")
        moving.is_refused(422, "schedule_identifier", "cohort")


@only("v3")
@refuses("part.cohort-given", "part.school-given", "part.delivery-partner-given")
def test_of_a_partnership_cohort_school_and_delivery_partner_in_this_order(api: Api) -> None:
    with no_partnership_changes(api):
        nothing = {"cohort": "", "school_id": "", "delivery_partner_id": ""}
        api.post("/partnerships/ecf", **nothing).is_refused(422, "cohort", "school_id", "delivery_partner_id")
        api.post("/partnerships/ecf").is_refused(422, "cohort", "school_id", "delivery_partner_id")


@only("v3")
@refuses("part.not-yours-already", "part.school-known", "part.delivery-partner-known")
def test_so_with_what_is_none_of_theirs(api: Api) -> None:
    offer = free(api)
    standing = partnership(api)["attributes"]
    with no_partnership_changes(api):
        api.confirm_partnership(NOBODY, NOBODY, offer.cohort).is_refused(422, "school_id", "delivery_partner_id")
        api.confirm_partnership(standing["school_id"], NOBODY, standing["cohort"]).is_refused(
            422, "school_id", "delivery_partner_id"
        )


@refuses("decl.date-not-future", "decl.milestone-start", "decl.milestone-exists")
def test_of_a_declaration_date_and_type_each_once(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(schedule=STANDARD)
    with api.nothing_changes(someone.id):
        late = api.declare(someone.id, "retained-1", "2099-01-01T00:00:00Z")
        late.is_refused(422, "declaration_date")
        api.declare(someone.id, "extended-1", "2099-01-01T00:00:00Z").is_refused(
            422, "declaration_date", "declaration_type"
        )


@refuses("decl.date-not-future", "decl.milestone-end")
def test_what_is_wrong_with_one_attribute_is_said_in_one_entry_one_thing_after_the_other(
    api: Api, backstage: Backstage, target: Target
) -> None:
    if not target.sandbox and target.behaviour == "documented":
        raise LeftOut("it looks at how sentences are joined, which only the deployed service promises")
    someone = backstage.person(schedule=STANDARD)
    end = someone.milestone().ends
    assert end is not None
    now = datetime.combine(end + timedelta(days=30), time(12), UTC)
    with api.nothing_changes(someone.id):
        alone, both = (api.at(now).declare(someone.id, "started", now + timedelta(days=days)) for days in (-20, 1))
        for refused in (alone, both):
            refused.is_refused(422, "declaration_date")
        too_late, joined = (each.exchange.json["errors"][0]["detail"] for each in (alone, both))
        said = joined.removesuffix(f", {too_late}")
        require(
            "" != said != joined, "check.refused", f"another sentence, a comma and {too_late}", joined, both.exchange
        )
