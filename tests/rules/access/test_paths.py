"""Paths and methods: those there are, and those there are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api import JANE, MENTOR, Api, World
from tests.conformance import problems_with
from tests.openapi.documents import document, operations
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION

from .wire import NORTHGATE, wire

ACTIONS = ("defer", "resume", "withdraw", "change-schedule")
METHODS = ("GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


def paths(version: str) -> Iterator[tuple[str, set[str]]]:
    """Every path of a version, with the methods that it has."""
    methods: dict[str, set[str]] = {}
    for operation in operations(document(version)):
        methods.setdefault(f"/api/{version}{operation.path}".replace("{id}", JANE), set()).add(operation.method)
    yield from methods.items()


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/v1",
        "/api/v3",
        "/api/v3/",
        "/api/v0/participants/ecf",
        "/api/v4/participants/ecf",
        "/api/v3/participants",
        f"/api/v3/participants/{JANE}",
        f"/api/v1/participants/{JANE}",
        f"/api/v2/participants/{JANE}",
        "/api/v3/participants/ecf.csv",
        "/api/v3/participant-declarations.csv",
        "/api/v3/participants/npq",
        "/api/v1/partnerships/ecf",
        "/api/v2/schools/ecf",
        "/api/v3/schools",
        "/api/v3/unfunded-mentors",
        "/api/v3//participants/ecf",
        "/api/v3/participants/ecf//",
        "/api/v3/participants/ecf/%2F",
        "/api/v3/Participants/ECF",
        f"/api/v3/participants/ecf/{JANE}/defer/again",
        "/nowhere",
    ],
)
@refuses("path.unknown")
def test_a_path_that_no_version_has_is_not_found(path: str) -> None:
    reply = wire().send("GET", path)
    assert (reply.status, reply.rules) == (404, ["path.unknown"])
    assert reply.response.content == b'{"error":"Resource not Found"}'
    assert reply.response.headers["Content-Type"] == "application/vnd.api+json"


@EVERY_VERSION
@pytest.mark.parametrize("id", ["00000000-0000-4000-8000-000000000000", "jane", "%00", "%C3%A9", "1", JANE[:-1]])
@refuses("path.unknown")
def test_an_id_that_is_no_record_or_no_uuid_at_all_is_not_found(version: str, id: str) -> None:
    api = World().api(version)
    assert refusal(api, Api.get, f"/participants/ecf/{id}") == NOT_FOUND
    assert refusal(api, Api.get, f"/participant-declarations/{id}") == NOT_FOUND
    assert refusal(api, Api.void, id) == NOT_FOUND


@EVERY_VERSION
@refuses("path.unknown")
def test_a_record_of_another_kind_is_not_found(version: str) -> None:
    api = World().api(version)
    (declaration, *_) = api.get("/participant-declarations").ids
    assert refusal(api, Api.get, f"/participants/ecf/{declaration}") == NOT_FOUND
    assert refusal(api, Api.get, f"/participant-declarations/{JANE}") == NOT_FOUND


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("version", ["v2", "v3"])
@refuses("path.unknown")
def test_the_changes_without_ecf_in_their_path_are_dead_in_v2_and_v3(version: str, action: str) -> None:
    attributes = {"course_identifier": "ecf-induction", "reason": "other"}
    assert refusal(World().api(version), Api.put, f"/participants/{JANE}/{action}", **attributes) == NOT_FOUND


@accepts("path.unknown")
def test_the_changes_without_ecf_in_their_path_live_in_v1() -> None:
    api = World().api("v1")

    def changed(action: str, name: str, **attributes: str) -> str:
        path = f"/participants/{MENTOR}/{action}"
        return str(api.put(path, course_identifier="ecf-mentor", **attributes).attributes[name])

    assert changed("defer", "training_status", reason="other") == "deferred"
    assert changed("resume", "training_status") == "active"
    schedule = changed("change-schedule", "schedule_identifier", schedule_identifier="ecf-replacement-september")
    assert schedule == "ecf-replacement-september"
    assert changed("withdraw", "training_status", reason="other") == "withdrawn"


@pytest.mark.parametrize("version", ["v1", "v2"])
@accepts("path.unknown")
def test_the_lists_without_ecf_in_their_path_live_in_v1_and_v2(version: str) -> None:
    api = World().api(version)
    query = {"filter[cohort]": "2022", "page[per_page]": "7", "page[page]": "2"}
    assert api.get("/participants", **query).data == api.get("/participants/ecf", **query).data != []
    csv = {"filter[cohort]": "2022"}
    plain, ecf = api.get("/participants.csv", **csv).response, api.get("/participants/ecf.csv", **csv).response
    assert plain.content == ecf.content != b""


@EVERY_VERSION
@accepts("path.unknown")
def test_ids_may_be_written_in_capital_letters(version: str) -> None:
    api = World().api(version).at("2021-12-10T10:00:00Z")
    made = api.declare(JANE.upper(), "started", "2021-12-06T09:00:00Z")
    assert made.attributes["participant_id"] == JANE
    assert api.get(f"/participants/ecf/{JANE.upper()}").id == JANE
    assert api.defer(JANE.upper()).id == JANE
    assert api.get(f"/participant-declarations/{made.id.upper()}").id == made.id
    assert api.void(made.id.upper()).id == made.id


@EVERY_VERSION
@accepts("path.unknown")
def test_a_slash_at_the_end_makes_no_difference(version: str) -> None:
    for path, methods in paths(version):
        if "GET" in methods:
            assert wire().send("GET", f"{path}/").response.content == wire().send("GET", path).response.content


@EVERY_VERSION
@refuses("method.unknown")
def test_a_path_asked_with_another_method_says_which_it_has(version: str) -> None:
    before = wire().store.revision
    for path, methods in paths(version):
        for method in METHODS:
            if method not in methods:
                reply = wire().send(method, path, NORTHGATE | {"Content-Type": "application/json"}, body=b"{}")
                assert (reply.status, reply.rules) == (405, ["method.unknown"]), f"{method} {path}"
                assert reply.response.content == b'{"error":"Method not allowed"}'
                allowed = set(reply.response.headers["Allow"].split(", "))
                assert allowed == methods | ({"HEAD"} if "GET" in methods else set())
    assert wire().store.revision == before


@pytest.mark.parametrize("path", ["/docs", "/health", "/api/v3/openapi.json", "/api/v1/openapi.yaml"])
@refuses("method.unknown")
def test_the_pages_beside_the_api_say_which_methods_they_have(path: str) -> None:
    reply = wire().send("POST", path)
    assert (reply.status, reply.rules) == (405, ["method.unknown"])
    assert set(reply.response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


@EVERY_VERSION
@accepts("method.unknown")
def test_head_answers_as_get_does_without_the_body(version: str) -> None:
    for path, methods in paths(version):
        if "GET" in methods:
            same = NORTHGATE | {"X-Request-Id": "the-same"}
            head, get = wire().send("HEAD", path, same), wire().send("GET", path, same)
            assert head.status == get.status
            assert head.response.headers == get.response.headers


@EVERY_VERSION
@accepts("method.unknown")
def test_every_method_a_path_has_is_answered_as_its_document_says(version: str) -> None:
    for path, methods in paths(version):
        for method in methods:
            reply = wire().send(method, path, NORTHGATE | {"Content-Type": "application/json"}, body=b"{}")
            assert reply.status != 405
            assert not problems_with(reply.response)
