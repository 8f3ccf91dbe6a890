"""What a request body has to be, and what is made of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api import JANE, Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

RIVERBANK_2025 = "1950d541-a192-5f8c-af0f-af95ba330718"  # Northgate's partnership with the school of the examples
ACTIONS = ("defer", "resume", "withdraw", "change-schedule")
WRITES = {
    "v1": [
        ("POST", "/participant-declarations"),
        *(("PUT", f"/participants/ecf/{JANE}/{action}") for action in ACTIONS),
        *(("PUT", f"/participants/{JANE}/{action}") for action in ACTIONS),
    ],
    "v2": [("POST", "/participant-declarations"), *(("PUT", f"/participants/ecf/{JANE}/{act}") for act in ACTIONS)],
    "v3": [
        ("POST", "/participant-declarations"),
        *(("PUT", f"/participants/ecf/{JANE}/{action}") for action in ACTIONS),
        ("POST", "/partnerships/ecf"),
        ("PUT", f"/partnerships/ecf/{RIVERBANK_2025}"),
    ],
}
DEFER = f"/participants/ecf/{JANE}/defer"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
A_BREAK = b'{"data":{"type":"participant-defer","attributes":{"reason":"other","course_identifier":"ecf-induction"}}}'
LARGEST = 1 << 20


@EVERY_VERSION
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"data"',
        b"{}",
        b'{"data":null}',
        b'{"data":{}}',
        b'{"data":[]}',
        b'{"data":"text"}',
        b'{"attributes":{"reason":"other"}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
@refuses("body.json")
def test_what_is_no_json_with_a_data_object_is_refused_by_every_write(version: str, body: bytes) -> None:
    api = World().api(version)
    for method, path in WRITES[version]:
        assert refusal(api, Api.send, method, path, JSON, content=body) == (400, ["Bad request"], ["body.json"])


@EVERY_VERSION
@pytest.mark.parametrize("content_type", ["", "text/plain", "application/xml", "multipart/form-data"])
@refuses("body.json")
def test_json_has_to_be_called_json(version: str, content_type: str) -> None:
    api, headers = World().api(version), {"Content-Type": content_type}
    refused = refusal(api, Api.send, "PUT", DEFER, headers, content=A_BREAK)
    assert refused == (400, ["Bad request"], ["body.json"])


@EVERY_VERSION
@pytest.mark.parametrize(
    "content_type", ["application/json", "application/vnd.api+json", "application/json; charset=utf-8"]
)
@accepts("body.json")
def test_json_is_read_under_both_its_names(version: str, content_type: str) -> None:
    api = World().api(version)
    assert api.send("PUT", DEFER, {"Content-Type": content_type}, content=A_BREAK).status == 200


@EVERY_VERSION
@accepts("body.json")
def test_every_write_takes_the_same_names_form_encoded(version: str) -> None:
    api = World().api(version).at("2021-12-10T10:00:00Z")

    def sent(method: str, path: str, **attributes: str) -> dict[str, Any]:
        form = urlencode({f"data[attributes][{name}]": value for name, value in attributes.items()})
        return api.send(method, path, FORM, content=form.encode()).attributes

    declared = sent(
        "POST",
        "/participant-declarations",
        participant_id=JANE,
        declaration_type="started",
        declaration_date="2021-12-06T09:00:00+00:00",
        course_identifier="ecf-induction",
    )
    assert declared["declaration_date"] == "2021-12-06T09:00:00Z"
    path, course = f"/participants/ecf/{JANE}", "ecf-induction"
    assert sent("PUT", f"{path}/defer", reason="other", course_identifier=course)
    assert sent("PUT", f"{path}/resume", course_identifier=course)
    assert sent("PUT", f"{path}/change-schedule", schedule_identifier="ecf-reduced-september", course_identifier=course)
    assert sent("PUT", f"{path}/withdraw", reason="other", course_identifier=course)


@EVERY_VERSION
@pytest.mark.parametrize("data", [{"type": "x"}, {"type": "x", "attributes": {}}, {"type": "x", "attributes": []}])
@accepts("body.attributes")
def test_without_attributes_each_is_answered_by_its_own_rule(version: str, data: dict[str, Any]) -> None:
    api = World().api(version)

    def titles(method: str, path: str) -> list[str]:
        refused = refusal(api, Api.send, method, path, json={"data": data})
        assert refused.status == 422
        return refused.titles

    declared = titles("POST", "/participant-declarations")
    assert declared == ["participant_id", "declaration_date", "declaration_type"]
    path = f"/participants/ecf/{JANE}"
    assert titles("PUT", f"{path}/defer") == ["course_identifier", "reason"]
    assert titles("PUT", f"{path}/resume") == ["course_identifier"]
    assert titles("PUT", f"{path}/withdraw") == ["course_identifier"]
    assert titles("PUT", f"{path}/change-schedule") == ["course_identifier", "schedule_identifier"]


@EVERY_VERSION
@pytest.mark.parametrize("reason", [None, "", "  ", 7, 1.5, True, ["other"], {"other": "other"}, "OTHER", "boredom"])
@accepts("body.attributes")
def test_an_attribute_of_another_kind_is_answered_by_its_rule(version: str, reason: Any) -> None:
    api, attributes = World().api(version), {"reason": reason, "course_identifier": "ecf-induction"}
    refused = refusal(api, Api.send, "PUT", DEFER, json={"data": {"attributes": attributes}})
    assert refused == (422, ["reason"], ["defer.reason"])


@EVERY_VERSION
@accepts("body.attributes")
def test_members_that_nobody_knows_are_ignored_and_so_is_the_type(version: str) -> None:
    attributes = {"reason": "other", "course_identifier": "ecf-induction", "cohort": "1066", "colour": {"a": [1]}}
    for type in ({}, {"type": None}, {"type": "participant-resume"}, {"type": ["participant-defer"]}):
        body = {"data": {**type, "id": "x", "attributes": attributes}, "meta": {"page": 2}}
        assert World().api(version).send("PUT", DEFER, json=body).status == 200


@EVERY_VERSION
@refuses("body.size")
def test_more_than_a_megabyte_is_refused_by_every_write(version: str) -> None:
    api, body = World().api(version), A_BREAK + b" " * (LARGEST + 1 - len(A_BREAK))
    for method, path in WRITES[version]:
        refused = refusal(api, Api.send, method, path, JSON, content=body)
        assert refused == (413, [], ["body.size"]), f"{method} {path}"


@EVERY_VERSION
@accepts("body.size")
def test_just_a_megabyte_is_read(version: str) -> None:
    body = A_BREAK + b" " * (LARGEST - len(A_BREAK))
    assert World().api(version).send("PUT", DEFER, JSON, content=body).status == 200


@EVERY_VERSION
@accepts("body.json", "body.size")
def test_a_void_has_no_body_and_looks_at_none(version: str) -> None:
    api = World().api(version).at("2021-12-10T10:00:00Z")
    made = api.declare(JANE, "started", "2021-12-06T09:00:00Z")
    voided = api.send("PUT", f"/participant-declarations/{made.id}/void", {"Content-Type": "text/plain"}, content=b"{")
    assert voided.attributes["state"] == "voided"
