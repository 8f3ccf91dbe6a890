"""`filter[updated_since]`."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS, paged, some, undisturbed
from contract_tests.marks import accepts, only, refuses
from contract_tests.target.backstage import Backstage

EASTERN_DIGITS = "\u0662\u0660\u0662\u0664-10-14T09:00:00Z"  # a time to a language, and none to a document
NO_TIMES = (
    *("yesterday", "2024-11-15", "2024-11-15T09:00Z", "20241115T090000Z", "2024-13-15T09:00:00Z"),
    *("2024-11-15T09:00:00,5Z", EASTERN_DIGITS),
)


@refuses("read.updated-since")
def test_what_is_no_time_is_refused(api: Api) -> None:
    for path in (PARTICIPANTS, DECLARATIONS):
        for text in NO_TIMES:
            api.get(path, **{"filter[updated_since]": text}).is_refused(400, "Bad request")


@only("v3")
@refuses("read.updated-since")
def test_what_is_no_time_is_refused_by_the_lists_of_v3_too(api: Api) -> None:
    for path in ("/partnerships/ecf", "/statements", "/unfunded-mentors/ecf", f"{PARTICIPANTS}/transfers"):
        api.get(path, **{"filter[updated_since]": "yesterday"}).is_refused(400, "Bad request")


@accepts("read.updated-since")
def test_what_has_changed_since_is_listed_and_nothing_else(api: Api) -> None:
    for path in (PARTICIPANTS, DECLARATIONS):
        _proves_since(api, path, exclusive=path == DECLARATIONS and api.version != "v3")


@only("v3")
@accepts("read.updated-since")
def test_so_it_is_with_statements(api: Api) -> None:
    _proves_since(api, "/statements", exclusive=False)


@accepts("read.updated-since")
def test_a_time_may_have_another_zone_and_be_encoded_twice(api: Api) -> None:
    path = f"{PARTICIPANTS}?filter[updated_since]="
    first, *same = (
        "2024-10-01T12:00:00Z",
        "2024-10-01T13:00:00%2B01:00",
        "2024-10-01T13%253A00%253A00%252B01%253A00",
        "2024-10-01T08:30:00-03:30",
    )
    undisturbed(
        lambda: api.send("GET", path + first).ids,
        lambda ids: require_equal([ids] * len(same), [api.send("GET", path + time).ids for time in same]),
    )


@accepts("read.updated-since")
def test_to_the_second_someone_who_changed_is_there_at_that_time_and_not_after_it(
    api: Api, backstage: Backstage
) -> None:
    id = backstage.act("POST", "/participants", at="2024-11-14T10:00:00Z", cohort="2024")["participant"]["id"]
    require_equal(True, id in _since(api, PARTICIPANTS, "2024-11-14T10:00:00Z"))
    require_equal(False, id in _since(api, PARTICIPANTS, "2024-11-14T10:00:01Z"))


@accepts("read.updated-since")
def test_to_the_second_so_it_is_with_what_was_declared(api: Api, backstage: Backstage) -> None:
    backstage.act("GET", "/time")
    someone = backstage.person()
    declared = api.at("2024-11-14T10:00:00Z").declare(someone.id, "started", someone.milestone().middle).id
    require_equal(True, declared in _since(api, DECLARATIONS, "2024-11-14T09:59:59Z"))
    require_equal(False, declared in _since(api, DECLARATIONS, "2024-11-14T10:00:01Z"))


def _since(api: Api, path: str, time: str) -> list[str]:
    return [each["id"] for each in api.every(path, **{"filter[updated_since]": time})]


def _proves_since(api: Api, path: str, *, exclusive: bool) -> None:
    """What a list has of what it should have, by when each is shown to have changed.

    Where the filter is exclusive nothing is said of what changed in that very second, as seconds may have parts.
    """
    newest = sorted(some(api, path, 20), key=_changed)[10]
    since = _changed(newest)

    def proves(listed: list[Any]) -> None:
        found = api.every(path, **{"filter[updated_since]": since})
        require_equal([], [each["id"] for each in found if _changed(each) < since])
        expected = {
            each["id"] for each in listed if _changed(each) > since or (_changed(each) == since and not exclusive)
        }
        require_equal(set(), expected - {each["id"] for each in found})

    undisturbed(lambda: api.get(path, **paged(1, 100)).data, proves)


def _changed(resource: Any) -> str:
    return str(resource["attributes"]["updated_at"])
