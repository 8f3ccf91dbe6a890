"""`sort`, which v3 alone has, and the order without it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import JANE, MENTOR, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_VERSION, FLAT

PEOPLE = "/participants/ecf"


def sorted_by(api: Api, sort: str | None, path: str = PEOPLE) -> list[dict[str, Any]]:
    """Everyone, in the order asked for."""
    return list(api.get(path, **{"page[per_page]": "3000"}, **({"sort": sort} if sort is not None else {})).data)


def ids(listed: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in listed]


def changed(listed: list[dict[str, Any]]) -> list[str]:
    return [each["attributes"]["updated_at"] for each in listed]


def made(participant: dict[str, Any]) -> str:
    """When someone's first training record was made, which is when they were."""
    return min(str(enrolment["created_at"]) for enrolment in participant["attributes"]["ecf_enrolments"])


@accepts("read.sort")
def test_without_sort_those_made_first_come_first() -> None:
    api = World().api()
    everyone = sorted_by(api, None)
    times = [made(participant) for participant in everyone]
    assert times == sorted(times)
    assert ids(everyone)[:2] == [MENTOR, JANE]
    assert sorted_by(api, "created_at") == everyone


@EVERY_VERSION
@accepts("read.sort")
def test_someone_new_comes_last_and_a_change_moves_nobody(version: str) -> None:
    world = World()
    api = world.api(version)
    before = ids(sorted_by(api, None))
    ada = Backstage(world).person()
    api.defer(JANE)
    assert ids(sorted_by(api, None)) == [*before, ada]


@accepts("read.sort")
def test_a_minus_in_front_turns_the_order_round() -> None:
    world = World()
    ada = Backstage(world).person()
    api = world.api()
    api.defer(JANE)
    assert sorted_by(api, "-created_at")[0]["id"] == ada
    assert changed(sorted_by(api, "-updated_at")) == sorted(changed(sorted_by(api, None)), reverse=True)
    assert changed(sorted_by(api, "updated_at")) == sorted(changed(sorted_by(api, None)))
    assert ids(sorted_by(api, "id")) == sorted(ids(sorted_by(api, None)))
    assert ids(sorted_by(api, "-id")) == sorted(ids(sorted_by(api, None)), reverse=True)


@accepts("read.sort")
def test_a_plus_in_front_is_as_none() -> None:
    api = World().api()
    assert sorted_by(api, "+updated_at") == sorted_by(api, "updated_at")


@pytest.mark.parametrize("direction", ["", "-"])
@accepts("read.sort")
def test_the_second_name_orders_those_whom_the_first_leaves_together(direction: str) -> None:
    world = World()
    backstage = Backstage(world)
    for number in range(5):
        backstage.person(trn=str(7000200 + number))
    listed = sorted_by(world.api(), f"-updated_at,{direction}id")
    assert changed(listed) == sorted(changed(listed), reverse=True)
    newest = ids(listed[:5])
    assert newest == sorted(newest, reverse=bool(direction))


@pytest.mark.parametrize("sort", ["", " ", "colour", "-colour", "full_name", "-", ",", "colour,-shape"])
@accepts("read.sort")
def test_names_that_are_unknown_are_ignored(sort: str) -> None:
    api = World().api()
    assert sorted_by(api, sort) == sorted_by(api, None)


@accepts("read.sort")
def test_known_names_count_among_unknown_ones() -> None:
    api = World().api()
    assert sorted_by(api, "colour,-updated_at,shape") == sorted_by(api, "-updated_at")


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "updated_at", "-updated_at", "-updated_at,id"])
@accepts("read.sort")
def test_pages_never_overlap_or_skip_however_much_is_tied(sort: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    for number in range(12):
        backstage.person(trn=str(7000300 + number))
    whole = sorted_by(api, sort)
    pages = [
        api.get(PEOPLE, sort=sort, **{"page[page]": str(number), "page[per_page]": "5"}).data
        for number in range(1, len(whole) // 5 + 2)
    ]
    assert [participant for page in pages for participant in page] == whole


@accepts("read.sort")
def test_a_filter_and_a_sort_go_together() -> None:
    api = World().api()
    found = api.get(PEOPLE, sort="-created_at", **{"filter[cohort]": "2022", "page[per_page]": "3000"}).ids
    plain = api.get(PEOPLE, **{"filter[cohort]": "2022", "page[per_page]": "3000"}).ids
    assert sorted(found) == sorted(plain)
    assert found != plain


@FLAT
@accepts("read.sort")
def test_v1_and_v2_do_not_sort_and_have_the_order_that_v3_has_without(version: str) -> None:
    world = World()
    listed = sorted_by(world.api(version), "-created_at")
    assert listed == sorted_by(world.api(version), None)
    assert list(dict.fromkeys(ids(listed))) == ids(sorted_by(world.api(), None))


@EVERY_VERSION
@accepts("read.sort")
def test_declarations_come_in_the_order_they_were_made_whatever_is_asked(version: str) -> None:
    api, path = World().api(version), "/participant-declarations"
    listed = sorted_by(api, None, path)
    assert sorted_by(api, "-created_at", path) == listed
    if version == "v3":
        times = [declaration["attributes"]["created_at"] for declaration in listed]
        assert times == sorted(times)
