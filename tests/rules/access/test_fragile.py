"""What the deployed service falls over is refused in the API's own form; by the guidance it is what it is made of."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.partnerships.places import HILLTOP_VIEW, NOWHERE, OAKFIELD
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

LISTS = ["/participants/ecf", "/participant-declarations"]
ROSALIND = "85046c2b-bb33-4b95-a4d1-86078b417c55"  # deferred
RESUME = f"/participants/ecf/{ROSALIND}/resume"
COURSE = {"course_identifier": "ecf-induction"}


def fragile(rule: str) -> tuple[int, list[str], list[str]]:
    return 400, ["Bad request"], [f"fragile.{rule}"]


def deployed(version: str = "v3") -> Api:
    return World(behaviour="deployed").api(version)


@EVERY_VERSION
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["page=", "page=2", "page[]=2", "page[page][a]=2", "page[per_page][]=2"])
@refuses("fragile.page", "read.page")
def test_a_page_in_another_form(version: str, path: str, query: str) -> None:
    assert refusal(deployed(version), Api.get, f"{path}?{query}") == fragile("page")
    assert refusal(World().api(version), Api.get, f"{path}?{query}") == (400, ["Bad request"], ["read.page"])


@accepts("fragile.page")
def test_a_page_in_its_own_form_and_one_where_there_are_none() -> None:
    assert deployed().get("/participants/ecf?page[page]=2&page[x][]=1").status == 200
    assert deployed("v1").get("/participants/ecf.csv?page=2").status == 200


@EVERY_VERSION
@pytest.mark.parametrize("data", ["word", 1, 0, True, False, [{}]])
@refuses("fragile.data", "body.json")
def test_a_data_that_is_no_object(version: str, data: Any) -> None:
    sent = {"data": data}
    assert refusal(deployed(version), Api.send, "PUT", RESUME, json=sent) == fragile("data")
    assert refusal(World().api(version), Api.send, "PUT", RESUME, json=sent) == (400, ["Bad request"], ["body.json"])


@pytest.mark.parametrize("data", [None, {}, [], "", " "])
@accepts("fragile.data")
def test_a_data_without_anything_in_it_is_missing(data: Any) -> None:
    sent = {"data": data}
    assert refusal(deployed(), Api.send, "PUT", RESUME, json=sent) == (400, ["Bad request"], ["body.json"])


@EVERY_VERSION
@pytest.mark.parametrize("attributes", [[], ["x"], [COURSE]])
@refuses("fragile.attributes")
def test_attributes_that_are_a_list(version: str, attributes: Any) -> None:
    sent = {"data": {"attributes": attributes}}
    assert refusal(deployed(version), Api.send, "PUT", RESUME, json=sent) == fragile("attributes")
    assert refusal(World().api(version), Api.send, "PUT", RESUME, json=sent).status == 422


@pytest.mark.parametrize("attributes", [None, "x", 1])
@accepts("fragile.attributes")
def test_attributes_of_another_kind_are_missing(attributes: Any) -> None:
    sent = {"data": {"attributes": attributes}}
    assert refusal(deployed(), Api.send, "PUT", RESUME, json=sent).titles == ["course_identifier"]


@EVERY_VERSION
@pytest.mark.parametrize("more", [{"reason": "other"}, {"reason": None}, {"favourite_colour": "red"}])
@refuses("fragile.resume")
def test_resuming_with_more_than_a_course(version: str, more: dict[str, Any]) -> None:
    api = deployed(version)
    assert refusal(api, Api.put, RESUME, **COURSE, **more) == fragile("resume")
    assert next(iter(more)) in api.put(RESUME, **COURSE, **more).detail
    assert World().api(version).put(RESUME, **COURSE, **more).status == 200


@refuses("fragile.resume")
def test_that_comes_before_anything_else_is_looked_at() -> None:
    path = f"/participants/ecf/{NOWHERE}/resume"
    assert refusal(deployed(), Api.put, path, reason="other") == fragile("resume")


@EVERY_VERSION
@accepts("fragile.resume")
def test_resuming_with_a_course_alone(version: str) -> None:
    assert deployed(version).put(RESUME, **COURSE).status == 200


@pytest.mark.parametrize("cohort", [None, "", "next", "1999", "2099", ["2024"]])
@refuses("fragile.partnership-cohort")
def test_a_partnership_in_a_cohort_that_there_is_not(cohort: Any) -> None:
    sent = {"school_id": HILLTOP_VIEW, "delivery_partner_id": OAKFIELD, "cohort": cohort}
    assert refusal(deployed(), Api.post, "/partnerships/ecf", **sent) == fragile("partnership-cohort")
    assert refusal(World().api(), Api.post, "/partnerships/ecf", **sent).status == 422


@accepts("fragile.partnership-cohort")
def test_a_partnership_in_no_cohort_with_no_school_is_refused_by_the_rules_of_each() -> None:
    sent = {"school_id": NOWHERE, "delivery_partner_id": OAKFIELD, "cohort": "next"}
    assert refusal(deployed(), Api.post, "/partnerships/ecf", **sent).titles[:2] == ["cohort", "school_id"]


@pytest.mark.parametrize("cohort", ["2024", 2024, "2024x", " 2024 "])
@accepts("fragile.partnership-cohort", "part.cohort")
def test_a_partnership_in_a_cohort_that_there_is(cohort: Any) -> None:
    sent = {"school_id": HILLTOP_VIEW, "delivery_partner_id": OAKFIELD, "cohort": cohort}
    assert deployed().post("/partnerships/ecf", **sent).attributes["cohort"] == "2024"
