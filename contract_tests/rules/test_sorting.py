"""`sort`, which only v3 has."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.backstage import Backstage
from contract_tests.broken import must_be
from contract_tests.lists import PARTICIPANTS, alike, paged, some, undisturbed
from contract_tests.marks import accepts

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
        must_be(sorted(times, reverse=sort.startswith("-")), times, check="check.sorted")

    some(api, path, 2)
    undisturbed(lambda: api.get(path, sort=sort, **paged(1, 100)).data, is_sorted)


@accepts("read.sort")
def test_the_order_goes_on_from_page_to_page(api: Api) -> None:
    def goes_on(first: list[Any]) -> None:
        pages = [api.get(PARTICIPANTS, sort="-updated_at", **paged(number, 5)).data for number in (1, 2)]
        must_be(first, [each for page in pages for each in page], check="check.pages")

    undisturbed(lambda: api.get(PARTICIPANTS, sort="-updated_at", **paged(1, 10)).data, goes_on)


@accepts("read.sort")
def test_names_that_nobody_knows_are_ignored_among_those_that_count(api: Api) -> None:
    alike(api, PARTICIPANTS, {"sort": "-updated_at"}, {"sort": "colour,-updated_at"})


@accepts("read.sort")
def test_without_it_partnerships_made_first_come_first(api: Api) -> None:
    some(api, "/partnerships/ecf", 2)
    undisturbed(
        lambda: [each["attributes"]["created_at"] for each in api.get("/partnerships/ecf").data],
        lambda times: must_be(sorted(times), times, check="check.sorted"),
    )


@accepts("read.sort")
def test_whoever_is_registered_last_comes_last_or_first(api: Api, backstage: Backstage) -> None:
    id = backstage.act("POST", "/participants", cohort="2024")["participant"]["id"]
    must_be(id, [each["id"] for each in api.every(PARTICIPANTS)][-1])
    must_be(id, [each["id"] for each in api.every(PARTICIPANTS, sort="created_at")][-1])
    must_be(id, api.get(PARTICIPANTS, sort="-created_at").ids[0])
    must_be(id, api.get(PARTICIPANTS, sort="-updated_at,created_at").ids[0])
