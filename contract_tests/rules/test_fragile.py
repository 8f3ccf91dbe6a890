"""What the deployed service falls over: a sandbox refuses it in the API's own form. And what a client sends instead."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.lists import NOBODY, lists, paged
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.partnership_offers import (
    NOT_ELIGIBLE,
    ONLY_TRAINS_ITS_OWN,
    free,
    hidden,
    no_partnership_changes,
)
from contract_tests.target.backstage import Backstage, Person

NO_PAGES: Final = ("page=2", "page=", "page[]=2", "page[page][]=2", "page[per_page][x]=2")
NO_OBJECTS: Final[tuple[Any, ...]] = ("defer", 1, True, [{"reason": "other"}])


def _writes(someone: Person) -> list[tuple[str, str]]:
    path = f"/participants/ecf/{someone.id}"
    return [
        ("POST", "/participant-declarations"),
        *(("PUT", f"{path}/{change}") for change in ("defer", "resume", "withdraw", "change-schedule")),
    ]


@behaviour("deployed")
@refuses("fragile.page")
def test_a_page_in_another_form_is_refused_by_every_list(api: Api, version: str) -> None:
    for path, needed in lists(version):
        for query in NO_PAGES:
            api.send("GET", f"{path}?{query}", params=needed or None).is_refused(400, "Bad request")


@accepts("fragile.page")
def test_one_in_its_own_form_is_turned_to(api: Api, version: str) -> None:
    for path, needed in lists(version):
        api.get(path, **needed, **paged(1, 5)).is_accepted()


@refuses("fragile.data")
def test_data_that_are_no_object_are_refused_by_every_write(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for method, path in _writes(someone):
            for data in NO_OBJECTS:
                api.send(method, path, json={"data": data}).is_refused(400, "Bad request")


@refuses("fragile.attributes")
def test_attributes_that_are_a_list_are_refused_by_every_write(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for method, path in _writes(someone):
            for attributes in ([], ["other"], [{"reason": "other"}]):
                body = {"data": {"type": "contract-test", "attributes": attributes}}
                api.send(method, path, json=body).is_refused(400, "Bad request")


@accepts("fragile.data", "fragile.attributes")
def test_data_and_attributes_that_are_objects_are_read(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    attributes = {"reason": "other", "course_identifier": someone.course}
    path = f"/participants/ecf/{someone.id}/defer"
    api.send("PUT", path, json={"data": {"type": "contract-test", "attributes": attributes}}).is_accepted()
    api.shows_training(someone.id, training_status="deferred")


@pytest.mark.parametrize("more", [{"reason": "other"}, {"reason": None}, {"colour": "blue"}], ids=json.dumps)
@refuses("fragile.resume")
def test_whoever_resumes_with_the_body_of_a_deferral_is_refused(
    api: Api, backstage: Backstage, more: dict[str, Any]
) -> None:
    someone = backstage.person(status="deferred")
    with api.nothing_changes(someone.id):
        resumed = api.put(f"/participants/ecf/{someone.id}/resume", course_identifier=someone.course, **more)
        resumed.is_refused(400, "Bad request")


@accepts("fragile.resume")
def test_with_the_course_alone_training_is_resumed(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(status="deferred")
    api.resume(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="active")


@pytest.mark.parametrize("cohort", ["1066", "", "next"])
@refuses("fragile.partnership-cohort")
def test_a_partnership_in_a_cohort_that_there_is_not_is_refused(api: Api, cohort: str) -> None:
    offer = free(api)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer._replace(cohort=cohort)).is_refused(400, "Bad request")


@accepts("fragile.partnership-cohort")
def test_one_in_a_cohort_that_there_is_is_confirmed(api: Api) -> None:
    api.confirm_partnership(*free(api)).is_accepted()


@only("v3")
@behaviour("deployed")
@refuses("part.cohort", "part.cohort-given", "part.school-known")
def test_with_no_school_that_would_do_each_attribute_is_refused_by_its_own_rule(api: Api) -> None:
    offer = free(api)._replace(school_id=NOBODY)
    with no_partnership_changes(api):
        for cohort in ("1066", ""):
            refused = api.confirm_partnership(*offer._replace(cohort=cohort))
            refused.is_refused(422, "cohort", "school_id", "delivery_partner_id")


@only("v3")
@behaviour("deployed")
@refuses("part.cohort", "part.school-funded", "part.school-eligible")
def test_so_it_is_with_a_school_where_no_training_is_paid_for(api: Api, stage: Backstage) -> None:
    offer = free(api)._replace(cohort="1066")
    with no_partnership_changes(api):
        for urn in (ONLY_TRAINS_ITS_OWN, NOT_ELIGIBLE):
            refused = api.confirm_partnership(*offer._replace(school_id=hidden(stage, urn)))
            refused.is_refused(422, "cohort", "school_id", "delivery_partner_id")
