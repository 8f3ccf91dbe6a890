"""`sort`, which only v3 has."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.errors import LeftOut, require_equal
from contract_tests.lists import PARTICIPANTS, alike, paged, some, undisturbed
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

# Lists, and attributes that they show exactly as they sort by them.
SORTED = [
    (PARTICIPANTS, "updated_at"),
    (PARTICIPANTS, "-updated_at"),
    ("/partnerships/ecf", "created_at"),
    ("/partnerships/ecf", "-created_at"),
    ("/delivery-partners", "created_at"),
    ("/delivery-partners", "-updated_at"),
]


@pytest.mark.parametrize(("path", "sort"), SORTED)
@accepts("read.sort")
def test_a_list_is_in_the_order_asked_for(api: Api, path: str, sort: str) -> None:
    def is_sorted(listed: list[Any]) -> None:
        times = [each["attributes"][sort.removeprefix("-")] for each in listed]
        require_equal(sorted(times, reverse=sort.startswith("-")), times, check="check.sorted")

    if path == PARTICIPANTS and api.elsewhere:
        raise LeftOut("it compares times that a deployment may not show, but sort people by")
    some(api, path, 2)
    undisturbed(lambda: api.get(path, sort=sort, **paged(1, 100)).data, is_sorted)


@accepts("read.sort")
def test_the_order_goes_on_from_page_to_page(api: Api) -> None:
    def goes_on(first: list[Any]) -> None:
        pages = [api.get(PARTICIPANTS, sort="-updated_at", **paged(number, 5)).data for number in (1, 2)]
        require_equal(first, [each for page in pages for each in page], check="check.pages")

    undisturbed(lambda: api.get(PARTICIPANTS, sort="-updated_at", **paged(1, 10)).data, goes_on)


@accepts("read.sort")
def test_names_that_nobody_knows_are_ignored_among_those_that_count(api: Api) -> None:
    alike(api, PARTICIPANTS, {"sort": "-updated_at"}, {"sort": "colour,-updated_at"})


@behaviour("deployed")
@refuses("read.sort")
def test_the_deployed_service_sorts_nobody_by_what_belongs_to_the_person(api: Api) -> None:
    for sort in ("full_name", "-email", "+full_name", "updated_at,full_name"):
        api.get(PARTICIPANTS, sort=sort).is_refused(400, "Bad request")


@pytest.mark.parametrize("sort", ["school_id", "-school_id", "delivery_partner_id", "-delivery_partner_id"])
@behaviour("deployed")
@accepts("read.sort")
def test_the_deployed_service_sorts_partnerships_by_columns_of_their_own(api: Api, sort: str) -> None:
    some(api, "/partnerships/ecf", 2)
    undisturbed(
        lambda: _of_each(api, sort, sort.removeprefix("-")),
        lambda ids: require_equal(sorted(ids, reverse=sort.startswith("-")), ids, check="check.sorted"),
    )


@behaviour("deployed")
@accepts("read.sort")
def test_by_that_of_their_cohort_those_of_one_stand_together(api: Api) -> None:
    some(api, "/partnerships/ecf", 2)
    undisturbed(
        lambda: _of_each(api, "cohort_id", "cohort"),
        lambda cohorts: require_equal(len(set(cohorts)), len(list(groupby(cohorts))), check="check.sorted"),
    )


def _of_each(api: Api, sort: str, name: str) -> list[Any]:
    """An attribute of each partnership, in an order."""
    return [each["attributes"][name] for each in api.get("/partnerships/ecf", sort=sort, **paged(1, 100)).data]


@behaviour("documented")
@accepts("read.sort")
def test_by_the_guidance_such_a_name_is_ignored_like_any_other(api: Api) -> None:
    for sort in ("full_name", "email"):
        alike(api, PARTICIPANTS, {}, {"sort": sort})


@behaviour("documented")
@accepts("read.sort")
def test_by_the_guidance_a_space_beside_a_name_does_not_matter(api: Api, target: Target) -> None:
    if not target.sandbox:
        raise LeftOut("it leaves spaces between names, which only a sandbox promises to take no notice of")
    some(api, PARTICIPANTS, 2)
    for sort in (" -created_at", "-created_at ", "colour, -created_at"):
        alike(api, PARTICIPANTS, {"sort": "-created_at"}, {"sort": sort})


@behaviour("deployed")
@accepts("read.sort")
def test_in_the_deployed_service_a_space_beside_a_name_makes_it_one_that_nobody_knows(api: Api) -> None:
    some(api, PARTICIPANTS, 2)
    alike(api, PARTICIPANTS, {"sort": "created_at"}, {"sort": " -updated_at,created_at"})


@accepts("read.sort")
def test_without_it_partnerships_made_first_come_first(api: Api) -> None:
    some(api, "/partnerships/ecf", 2)
    undisturbed(
        lambda: [each["attributes"]["created_at"] for each in api.get("/partnerships/ecf").data],
        lambda times: require_equal(sorted(times), times, check="check.sorted"),
    )


@accepts("read.sort")
def test_whoever_is_registered_last_comes_last_or_first(api: Api, backstage: Backstage) -> None:
    id = backstage.act("POST", "/participants", cohort="2024")["participant"]["id"]
    require_equal(id, [each["id"] for each in api.every(PARTICIPANTS)][-1])
    require_equal(id, [each["id"] for each in api.every(PARTICIPANTS, sort="created_at")][-1])
    require_equal(id, api.get(PARTICIPANTS, sort="-created_at").ids[0])
    require_equal(id, api.get(PARTICIPANTS, sort="-updated_at,created_at").ids[0])
