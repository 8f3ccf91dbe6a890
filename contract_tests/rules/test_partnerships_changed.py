"""Another delivery partner for a partnership there is."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.rules.partnership_offers import (
    PARTNERSHIPS,
    free,
    no_partnership_changes,
    partner,
    partners,
    partnership,
    placed,
)
from contract_tests.target.backstage import Backstage


@accepts("part.update-known", "part.update-active", "part.update-effect")
def test_a_partnership_gets_another_delivery_partner_and_its_people_follow(api: Api) -> None:
    before, someone, enrolment = placed(api)
    same, cohort = before["attributes"]["delivery_partner_id"], before["attributes"]["cohort"]
    other = partner(api, cohort, other_than=same)
    changed = api.change_delivery_partner(before["id"], other)
    changed.is_accepted().shows(delivery_partner_id=other, school_id=before["attributes"]["school_id"], status="active")
    require(changed.id == before["id"], "part.update-effect", f"the partnership {before['id']}", changed.id)
    course = "ecf-induction" if enrolment["participant_type"] == "ect" else "ecf-mentor"
    through = api.enrolment(someone, course)["delivery_partner_id"]
    require(through == other, "part.update-effect", f"{someone} placed through {other}", through)
    api.change_delivery_partner(before["id"], same).is_accepted()


@accepts("part.update-effect")
def test_the_same_one_again_changes_nothing(api: Api) -> None:
    before = partnership(api)
    with no_partnership_changes(api):
        again = api.change_delivery_partner(before["id"], before["attributes"]["delivery_partner_id"])
        require(again.data == before, "part.update-effect", str(before), again.data, again.exchange)


@refuses("part.update-known")
def test_a_partnership_that_is_none_cannot_be_changed(api: Api) -> None:
    with no_partnership_changes(api):
        api.change_delivery_partner(NOBODY, NOBODY).is_refused(404)


@refuses("part.update-known")
def test_nor_is_there_anything_to_be_said_of_its_body(api: Api, rival: Api) -> None:
    theirs = partnership(rival)["id"]
    bodies: tuple[Any, ...] = ({}, {"data": {}}, {"data": {"type": "x"}}, {"data": {"type": "x", "attributes": {}}})
    with no_partnership_changes(rival):
        for id in (theirs, NOBODY):
            for body in bodies:
                api.send("PUT", f"{PARTNERSHIPS}/{id}", json=body).is_refused(404)


@refuses("part.update-known")
def test_anothers_partnership_cannot_be_changed(api: Api, rival: Api) -> None:
    theirs = partnership(rival)
    with no_partnership_changes(rival):
        api.change_delivery_partner(theirs["id"], partner(api, theirs["attributes"]["cohort"])).is_refused(404)


@refuses("part.delivery-partner-given", "part.delivery-partner-known")
def test_the_delivery_partner_has_to_be_one(api: Api) -> None:
    standing = partnership(api)
    with no_partnership_changes(api):
        for wrong in ("", NOBODY):
            api.change_delivery_partner(standing["id"], wrong).is_refused(422, "delivery_partner_id")


@refuses("part.delivery-partner-yours")
@accepts("part.delivery-partner-yours")
def test_the_new_one_works_with_the_provider_in_the_cohort_too(api: Api, rival: Api) -> None:
    standing = partnership(api)
    (stranger, *_) = partners(rival).keys() - partners(api).keys()
    with no_partnership_changes(api):
        api.change_delivery_partner(standing["id"], stranger).is_refused(422, "delivery_partner_id")
    same = standing["attributes"]["delivery_partner_id"]
    other = partner(api, standing["attributes"]["cohort"], other_than=same)
    api.change_delivery_partner(standing["id"], other).is_accepted()


@refuses("part.update-active")
def test_one_that_the_school_challenged_cannot_be_changed(api: Api) -> None:
    challenged = partnership(api, "challenged")
    through = partner(api, challenged["attributes"]["cohort"])
    with no_partnership_changes(api):
        api.change_delivery_partner(challenged["id"], through).is_refused(422, "delivery_partner_id")


@refuses("part.delivery-partner-given", "part.delivery-partner-known", "part.delivery-partner-yours")
@accepts("part.update-active")
def test_of_one_that_is_challenged_a_wrong_delivery_partner_is_refused_for_what_it_is(api: Api, rival: Api) -> None:
    challenged, standing = partnership(api, "challenged"), partnership(api)
    (stranger, *_) = partners(rival).keys() - partners(api).keys()
    with no_partnership_changes(api):
        for wrong in ("", NOBODY, stranger):
            refused, alike = (api.change_delivery_partner(each["id"], wrong) for each in (challenged, standing))
            refused.is_refused(422, "delivery_partner_id")
            require(
                refused.exchange.json == alike.exchange.json,
                "part.update-active",
                str(alike.exchange.json),
                refused.exchange.json,
                refused.exchange,
            )


@refuses("part.update-delivery-partner")
@accepts("part.update-delivery-partner")
def test_there_are_never_two_with_the_same_school_cohort_and_delivery_partner(api: Api, backstage: Backstage) -> None:
    # Someone who keeps the provider at a school that has none brings along a partnership of their own.
    someone, offer = backstage.person(), free(api, "2024")
    backstage.act("POST", f"/participants/{someone.id}/leave", on="2024-11-01")
    joins = f"/participants/{someone.id}/join"
    backstage.act("POST", joins, on="2024-11-04", school_id=offer.school_id, keeps_provider=True)
    brought = api.enrolment(someone.id)["delivery_partner_id"]
    second = partner(api, "2024", other_than=brought)
    related = backstage.act("POST", "/relationships", delivery_partner_name="Ferry Lane Learning", cohort="2024")
    third = related["relationship"]["delivery_partner"]["id"]
    made = api.confirm_partnership(*offer._replace(delivery_partner_id=second)).is_accepted()
    with no_partnership_changes(api):
        api.change_delivery_partner(made.id, brought).is_refused(422, "delivery_partner_id")
    api.change_delivery_partner(made.id, third).shows(delivery_partner_id=third)
