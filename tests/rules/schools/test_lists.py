"""What the lists of schools, delivery partners and unfunded mentors have in common: pages and orders."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal

NEEDED = {"/schools/ecf": {"filter[cohort]": "2024"}, "/delivery-partners": {}, "/unfunded-mentors/ecf": {}}
EVERY_LIST = pytest.mark.parametrize("path", NEEDED)
SORTS = (
    ("/schools/ecf", ("created_at", "updated_at", "name", "urn", "id")),
    ("/delivery-partners", ("created_at", "updated_at", "name", "id")),
    ("/unfunded-mentors/ecf", ("created_at", "updated_at", "full_name", "email", "id")),
)
EVERY_SORT = pytest.mark.parametrize(("path", "sort"), [(path, sort) for path, sorts in SORTS for sort in sorts])


def listed(api: Api, path: str, **asked: str) -> list[dict[str, Any]]:
    return list(api.get(path, **NEEDED[path], **asked).data)


def world_with_many_mentors() -> World:
    """Three mentors more than the seeds have, all of one moment, whom Northgate does not train."""
    world = World()
    backstage = Backstage(world)
    for number in range(3):
        eve = backstage.person("mentor", provider="meadow", trn=f"700005{number}", email=f"eve{number}@example.com")
        backstage.person(mentor_id=eve, trn=f"700006{number}")
    return world


@EVERY_LIST
@pytest.mark.parametrize("query", ["page[page]=0", "page[per_page]=-1", "page[page]=", "page[page]=x", "page=2"])
@refuses("read.page")
def test_a_page_that_is_none_is_refused(path: str, query: str) -> None:
    needed = "&".join(f"{name}={value}" for name, value in NEEDED[path].items())
    refused = refusal(World().api(), Api.send, "GET", f"{path}?{needed}&{query}")
    assert refused == (400, ["Bad request"], ["read.page"])


@EVERY_SORT
@pytest.mark.parametrize("direction", ["", "-"])
@accepts("read.page", "read.sort")
def test_pages_never_overlap_or_skip_in_whatever_order(path: str, sort: str, direction: str) -> None:
    api = world_with_many_mentors().api()
    whole = listed(api, path, sort=f"{direction}{sort}")
    pages = [
        listed(api, path, sort=f"{direction}{sort}", **{"page[page]": str(number), "page[per_page]": "2"})
        for number in range(1, len(whole) // 2 + 3)
    ]
    assert [each for page in pages for each in page] == whole
    assert len({each["id"] for each in whole}) == len(whole) >= 3
    assert pages[-1] == []


@EVERY_SORT
@accepts("read.sort")
def test_what_is_sorted_ascends_and_with_a_minus_descends(path: str, sort: str) -> None:
    api = world_with_many_mentors().api()

    def values(asked: str) -> list[str]:
        return [({"id": each["id"]} | each["attributes"])[sort] for each in listed(api, path, sort=asked)]

    assert values(sort) == values(f"+{sort}") == sorted(values(sort))
    assert values(f"-{sort}") == sorted(values(sort), reverse=True)


@EVERY_LIST
@pytest.mark.parametrize("sort", ["", " ", "colour", "-colour", "in_partnership", "cohort", ",", "-"])
@accepts("read.sort")
def test_without_a_known_name_those_created_first_come_first(path: str, sort: str) -> None:
    api = world_with_many_mentors().api()
    plain = listed(api, path)
    assert listed(api, path, sort=sort) == plain == listed(api, path, sort="created_at")
    keys = [(each["attributes"]["created_at"], each["id"]) for each in plain]
    assert keys == sorted(keys)
