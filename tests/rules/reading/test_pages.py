"""`page[page]` and `page[per_page]`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from sandbox.model import Declaration
from tests.api import JANE, PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

EVERY_LIST = pytest.mark.parametrize("path", ["/participants/ecf", "/participant-declarations"])


def page(api: Api, path: str, number: int | None, per_page: int | None, **others: str) -> list[dict[str, Any]]:
    """One page of a list."""
    asked = {"page[page]": number, "page[per_page]": per_page}
    return list(api.get(path, **{name: str(n) for name, n in asked.items() if n is not None}, **others).data)


@EVERY_VERSION
@EVERY_LIST
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "2abc", "abc", "", " ", "1e3", "\u0663", "0x10", "1,2", "null"])
@pytest.mark.parametrize("name", ["page", "per_page"])
@refuses("read.page")
def test_a_number_that_is_not_whole_or_less_than_one_is_refused(version: str, path: str, value: str, name: str) -> None:
    refused = refusal(World().api(version), Api.get, path, **{f"page[{name}]": value})
    assert refused == (400, ["Bad request"], ["read.page"])


@EVERY_VERSION
@EVERY_LIST
@pytest.mark.parametrize("query", ["page=2", "page=", "page[]=2", "page=2&page[page]=1", "page[page][x]=1"])
@refuses("read.page")
def test_a_page_that_is_no_object_is_refused(version: str, path: str, query: str) -> None:
    refused = refusal(World().api(version), Api.send, "GET", f"{path}?{query}")
    assert refused == (400, ["Bad request"], ["read.page"])


@pytest.mark.parametrize("version", ["v1", "v2"])
@refuses("read.page")
def test_the_lists_without_ecf_refuse_it_too(version: str) -> None:
    assert refusal(World().api(version), Api.get, "/participants", **{"page[page]": "0"}).rules == ["read.page"]


@EVERY_VERSION
@EVERY_LIST
@accepts("read.page")
def test_without_a_page_the_first_hundred_are_listed(version: str, path: str) -> None:
    api = World().api(version)
    first = page(api, path, None, None)
    assert len(first) == 100
    assert first == page(api, path, 1, None) == page(api, path, None, 100) == page(api, path, None, 3000)[:100]


@EVERY_VERSION
@EVERY_LIST
@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("per_page", [7, 50])
@accepts("read.page")
def test_all_pages_together_are_the_whole_list(version: str, path: str, provider: str, per_page: int) -> None:
    api = World().api(version, provider)
    whole = page(api, path, None, 3000)
    count = -(-len(whole) // per_page)
    together = [each for number in range(1, count + 1) for each in page(api, path, number, per_page)]
    assert together == whole
    assert len({each["attributes"].get("training_record_id", each["id"]) for each in whole}) == len(whole)
    assert page(api, path, count + 1, per_page) == []


@EVERY_VERSION
@EVERY_LIST
@pytest.mark.parametrize("number", [10**6, 10**18, 10**60])
@accepts("read.page")
def test_a_page_beyond_the_end_is_empty(version: str, path: str, number: int) -> None:
    assert page(World().api(version), path, number, 3000) == []


@EVERY_VERSION
@EVERY_LIST
@accepts("read.page")
def test_of_an_empty_list_the_first_page_is_empty(version: str, path: str) -> None:
    since = {"filter[updated_since]": "2030-01-01T00:00:00Z"}
    assert page(World().api(version), path, 1, 10, **since) == []


@EVERY_VERSION
@accepts("read.page")
def test_a_page_has_three_thousand_at_the_most(version: str) -> None:
    world = World()
    api, path = world.api(version).at("2021-12-10T10:00:00Z"), "/participant-declarations"
    api.void(api.declare(JANE, "started", "2021-12-06T09:00:00Z").id)
    (voided,) = world.store.read().find(Declaration, participant_id=JANE)
    with world.writing() as unit:
        for number in range(3000):
            unit.put(msgspec.structs.replace(voided, id=f"00000000-0000-4000-8000-{number:012}"))
    query = {"filter[participant_id]": JANE}
    assert len(page(api, path, 1, 3001, **query)) == 3000
    assert len(page(api, path, 2, 3001, **query)) == 1
    assert len(page(api, path, 1, 10**30, **query)) == 3000


@EVERY_VERSION
@accepts("read.page")
def test_people_registered_in_the_same_second_are_each_on_one_page(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    people = {backstage.person(trn=str(7000100 + number)) for number in range(9)}
    before = world.clock.at - timedelta(seconds=1)
    query = {"filter[updated_since]": before.isoformat()}
    pages = [page(api, "/participants/ecf", number, 2, **query) for number in range(1, 7)]
    assert [len(each) for each in pages] == [2, 2, 2, 2, 1, 0]
    assert {participant["id"] for each in pages for participant in each} == people
