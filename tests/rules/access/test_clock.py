"""`X-With-Server-Date`: the time at which one request happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.api import JANE, MENTOR, Api, Reply, World
from tests.backstage import Backstage
from tests.openapi.documents import document, operations, query_needed
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

YUSUF = "85d71af1-bc63-4967-90d9-f684c642e65c"  # starts on 6 January 2025
CHARLOTTE = "5b5c4bcb-fe39-4317-88c8-3961f300f55e"  # leaves on 20 December 2024
NOW = "2024-11-15T09:00:00Z"
BODY = {"data": {"attributes": {"reason": "other", "course_identifier": "ecf-induction"}}}


def requests(version: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The method, the path and the query of every operation of a version, about Jane."""
    says = document(version)
    for operation in operations(says):
        yield operation.method, operation.path.replace("{id}", JANE), query_needed(says, operation)


@EVERY_VERSION
@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "1731661200",
        "2024-11-15",
        "2024-11-15T09:00Z",
        "2024-11-15 09:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-02-30T00:00:00Z",
        "2024-11-15T24:00:01Z",
        "0000-01-01T00:00:00Z",
        "Fri, 15 Nov 2024 09:00:00 GMT",
    ],
)
@refuses("clock.header-bad")
def test_a_value_that_is_no_time_is_refused_by_every_operation(version: str, value: str) -> None:
    api = World().api(version).at(value)
    for method, path, query in requests(version):
        refused = refusal(api, Api.send, method, path, json=BODY, params=query)
        assert refused == (400, ["Bad request"], ["clock.header-bad"]), f"{method} {path}"


@EVERY_VERSION
@pytest.mark.parametrize(
    "value",
    ["2030-01-01T00:00:00Z", "2022-06-01T12:00:00.123456+05:30", "2022-06-01T12:00:00", "2021-04-01T00:00:00+01"],
)
@accepts("clock.header-bad")
def test_a_time_of_any_zone_years_away_is_taken_by_every_operation(version: str, value: str) -> None:
    api = World().api(version).at(value)
    for method, path, query in requests(version):
        assert "clock.header-bad" not in api.send(method, path, json=BODY, params=query).rules, f"{method} {path}"


@EVERY_VERSION
@accepts("clock.header")
def test_every_change_is_written_down_at_that_time(version: str) -> None:
    api = World().api(version)
    later = "2024-12-24T16:30:05Z"
    to_extended = partial(Api.change_schedule, to="ecf-extended-september")
    changes: list[Callable[..., Reply]] = [Api.defer, Api.resume, to_extended, Api.withdraw]
    for second, change in enumerate(changes, start=1):
        at = f"2024-12-24T16:30:0{second}Z"
        assert change(api.at(at), MENTOR, course="ecf-mentor").attributes["updated_at"] == at
    made = api.at("2024-12-24T16:30:05.999Z").declare(YUSUF, "started", "2024-12-20T09:00:00Z")
    assert made.attributes["updated_at"] == later
    if version == "v3":
        assert made.attributes["created_at"] == later
        assert api.enrolment(MENTOR, "mentor")["withdrawal"]["date"] == "2024-12-24T16:30:04Z"
    voided = api.at("2024-12-24T17:30:06+01:00").void(made.id)
    assert voided.attributes["updated_at"] == "2024-12-24T16:30:06Z"


@EVERY_VERSION
@accepts("clock.header")
def test_it_decides_what_may_be_declared(version: str) -> None:
    api = World().api(version)
    refused = refusal(api, Api.declare, YUSUF, "started", "2024-12-20T09:00:00Z")
    assert (refused.titles, refused.rules) == (["declaration_date"], ["decl.date-not-future"])
    early = refusal(api.at("2024-12-20T08:59:59Z"), Api.declare, YUSUF, "started", "2024-12-20T09:00:00Z")
    assert early.rules == ["decl.date-not-future"]
    assert api.at("2024-12-20T09:00:00Z").declare(YUSUF, "started", "2024-12-20T09:00:00Z").status == 200


@EVERY_VERSION
@accepts("clock.header")
def test_it_decides_which_statement_is_next(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    for at, deadline in (("2024-12-31T23:59:59Z", "2024-12-31"), ("2025-01-01T00:00:00Z", "2025-03-31")):
        ada = backstage.person(trn=at[:4] + at[5:7])
        made = world.api(version).at(at).declare(ada, "started", "2024-11-01T09:00:00Z")
        assert backstage.statement(backstage.declaration(made.id).statement_id).deadline.isoformat() == deadline


@accepts("clock.header")
def test_it_decides_what_statuses_say_in_lists_and_of_one() -> None:
    api = World().api("v3")

    def statuses(at: str) -> list[str]:
        listed = {
            p["id"]: p["attributes"] for p in api.at(at).get("/participants/ecf", **{"page[per_page]": "3000"}).data
        }
        for id in (YUSUF, CHARLOTTE):
            assert listed[id] == api.at(at).participant(id)
        return [listed[id]["ecf_enrolments"][0]["participant_status"] for id in (YUSUF, CHARLOTTE)]

    assert statuses(NOW) == ["joining", "leaving"]
    assert statuses("2024-12-19T23:59:59Z") == ["joining", "leaving"]
    assert statuses("2024-12-20T00:00:00Z") == ["joining", "left"]
    assert statuses("2025-01-06T00:59:59+01:00") == ["joining", "left"]
    assert statuses("2025-01-06T00:00:00Z") == ["active", "left"]


@accepts("clock.header")
def test_it_decides_what_the_answer_to_a_change_says() -> None:
    api = World().api("v3")
    (now,) = api.defer(YUSUF).attributes["ecf_enrolments"]
    (then,) = api.at("2025-01-06T00:00:00Z").resume(YUSUF).attributes["ecf_enrolments"]
    assert (now["participant_status"], then["participant_status"]) == ("joining", "active")


@EVERY_VERSION
@accepts("clock.header")
def test_it_holds_for_one_request_only(version: str) -> None:
    api = World().api(version)
    assert api.at("2030-01-01T00:00:00Z").get(f"/participants/ecf/{JANE}").status == 200
    assert api.defer(JANE).attributes["updated_at"] == NOW
