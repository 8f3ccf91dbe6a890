"""`filter[updated_since]`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api import JANE, MENTOR, Api, World
from tests.backstage import Backstage
from tests.openapi.documents import document, operations, parameters, query_needed
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION, FLAT

PARTICIPANTS, DECLARATIONS = "/participants/ecf", "/participant-declarations"


def since(time: str, **others: str) -> dict[str, str]:
    """A query for what changed since."""
    return {"filter[updated_since]": time, "page[per_page]": "3000", **others}


def reads(version: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The path of every operation that has the filter, and what else it needs of the query."""
    says = document(version)
    for operation in operations(says):
        for parameter in parameters(says, operation):
            if "updated_since" in parameter["schema"].get("properties", {}):
                yield operation.path.replace("{id}", JANE), query_needed(says, operation)


@EVERY_VERSION
@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "2021",
        "2024-11-15",
        "2024-11-15T09:00Z",
        "2024-11-15T09:00:00+",
        "20241115T090000Z",
        "2024-13-15T09:00:00Z",
        "2024-11-15 09:00:00Z",
        "2024-11-15T09:00:00 01:00",
        "1731661200",
    ],
)
@refuses("read.updated-since")
def test_what_is_no_rfc_3339_time_is_refused_wherever_the_filter_is_read(version: str, value: str) -> None:
    api = World().api(version)
    for path, needed in reads(version):
        refused = refusal(api, Api.get, path, **needed, **{"filter[updated_since]": value})
        assert refused == (400, ["Bad request"], ["read.updated-since"]), path


@EVERY_VERSION
@refuses("read.updated-since")
def test_a_plus_that_was_not_encoded_is_a_space_and_refused(version: str) -> None:
    path = f"{PARTICIPANTS}?filter[updated_since]=2024-11-15T09:00:00"
    api = World().api(version)
    refused = refusal(api, Api.send, "GET", f"{path}+01:00")
    assert refused == (400, ["Bad request"], ["read.updated-since"])
    assert api.send("GET", f"{path}%2B01:00").status == 200


@EVERY_VERSION
@accepts("read.updated-since")
def test_a_time_may_be_encoded_once_or_twice_or_not_at_all_and_have_a_zone_or_none(version: str) -> None:
    api = World().api(version)
    times = [
        "2024-10-01T12:00:00Z",
        "2024-10-01T12%3A00%3A00Z",
        "2024-10-01T12%253A00%253A00Z",
        "2024-10-01T13:00:00%2B01:00",
        "2024-10-01T13%253A00%253A00%252B01%253A00",
        "2024-10-01T13:00:00%2B0100",
        "2024-10-01T13:00:00%2B01",
        "2024-10-01T12:00:00",
        "2024-10-01T11:59:59.9999999Z",
    ]
    found = [api.send("GET", f"{PARTICIPANTS}?filter[updated_since]={time}").ids for time in times]
    assert found == [found[0]] * len(times)
    assert 0 < len(found[0]) < 100


@EVERY_VERSION
@pytest.mark.parametrize("value", ["", "  "])
@accepts("read.updated-since")
def test_a_blank_filters_nothing(version: str, value: str) -> None:
    api = World().api(version)
    for path in (PARTICIPANTS, DECLARATIONS):
        assert api.get(path, **{"filter[updated_since]": value}).ids == api.get(path).ids


@EVERY_VERSION
@accepts("read.updated-since")
def test_participants_who_changed_at_that_time_or_later_are_listed(version: str) -> None:
    api = World().api(version)
    everyone = api.get(PARTICIPANTS, **{"page[per_page]": "3000"}).data
    times = sorted(participant["attributes"]["updated_at"] for participant in everyone)
    middle = times[len(times) // 2]
    expected = sorted(p["id"] for p in everyone if p["attributes"]["updated_at"] >= middle)
    found = api.get(PARTICIPANTS, **since(middle)).data
    assert sorted(p["id"] for p in found) == expected
    assert middle in [p["attributes"]["updated_at"] for p in found]


@EVERY_VERSION
@refuses("path.unknown")
@accepts("read.updated-since")
def test_to_the_second_someone_who_changed_is_there_at_that_time_and_not_after_it(version: str) -> None:
    api = World().api(version)
    api.at("2024-12-01T10:00:00Z").defer(JANE)
    for path in (PARTICIPANTS, *([f"{PARTICIPANTS}.csv"] if version != "v3" else [])):
        assert JANE in api.get(path, **since("2024-12-01T10:00:00Z")).response.text
        assert JANE not in api.get(path, **since("2024-12-01T10:00:01Z")).response.text
    one = f"{PARTICIPANTS}/{JANE}"
    assert api.get(one, **since("2024-12-01T10:00:00Z")).id == JANE
    assert refusal(api, Api.get, one, **since("2024-12-01T10:00:01Z")) == NOT_FOUND


@accepts("read.updated-since")
def test_v3_lists_declarations_that_changed_at_that_time_or_later() -> None:
    api = World().api("v3")
    made = api.at("2024-12-01T10:00:00Z").declare(Backstage(api.world).person(), "started", "2024-11-20T09:00:00Z")
    assert api.get(DECLARATIONS, **since("2024-12-01T10:00:00Z")).ids == [made.id]
    assert api.get(DECLARATIONS, **since("2024-12-01T10:00:01Z")).ids == []


@FLAT
@refuses("path.unknown")
@accepts("read.updated-since")
def test_v1_and_v2_list_declarations_that_changed_strictly_after_that_time(version: str) -> None:
    api = World().api(version)
    made = api.at("2024-12-01T10:00:00Z").declare(Backstage(api.world).person(), "started", "2024-11-20T09:00:00Z")
    before, then = since("2024-12-01T09:59:59Z"), since("2024-12-01T10:00:00Z")
    for path in (DECLARATIONS, f"{DECLARATIONS}.csv"):
        assert made.id in api.get(path, **before).response.text
        assert made.id not in api.get(path, **then).response.text
    assert api.get(f"{DECLARATIONS}/{made.id}", **before).id == made.id
    assert refusal(api, Api.get, f"{DECLARATIONS}/{made.id}", **then) == NOT_FOUND


@FLAT
@accepts("read.updated-since")
def test_v1_and_v2_list_those_who_changed_first_first_when_changes_are_asked_for(version: str) -> None:
    api = World().api(version)
    api.at("2024-12-01T10:00:02Z").defer(JANE)
    api.at("2024-12-01T10:00:01Z").defer(MENTOR, course="ecf-mentor")
    assert api.get(PARTICIPANTS, **since("2024-12-01T00:00:00Z")).ids == [MENTOR, JANE]
    everyone = api.get(PARTICIPANTS, **since("2021-01-01T00:00:00Z")).data
    times = [participant["attributes"]["updated_at"] for participant in everyone]
    assert times == sorted(times)
    assert api.get(PARTICIPANTS).ids[:2] == [MENTOR, JANE], "without the filter, in the order they were made"
