"""What a request body has to be, and what is made of one."""

from __future__ import annotations

import json
from typing import Final

from contract_tests.api import Api
from contract_tests.errors import LeftOut
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage, Person

JSON: Final = {"Content-Type": "application/json"}
JSON_TYPES: Final = ("application/json", "application/vnd.api+json", "Application/JSON; charset=utf-8")
OTHER_TYPES: Final = ("text/plain", "application/hal+json", "application/xml", "text/json5")
FORM_TYPES: Final = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
    "Application/X-WWW-Form-Urlencoded",
)
NO_DATA: Final = (b"{}", b"[]", b'{"data":null}', b'{"data":{}}', b'{"attributes":{"reason":"other"}}')
NO_JSON: Final = (b"", b"{", b'{"data":', b"\xff\xfe", b"[" * 10_000)
MEGABYTE: Final = 1 << 20


@refuses("body.json")
def test_a_body_without_data_is_refused_by_every_write(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for method, path in _writes(someone):
            for body in NO_DATA:
                api.send(method, path, JSON, data=body).is_refused(400, "Bad request")


@refuses("body.json")
def test_what_is_no_json_is_refused_by_every_write(api: Api, backstage: Backstage, target: Target) -> None:
    if not target.sandbox:
        raise LeftOut("it sends what is no JSON, which only the sandbox promises to explain")
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for method, path in _writes(someone):
            for body in NO_JSON:
                api.send(method, path, JSON, data=body).is_refused(400, "Bad request")


@only("v3")
@refuses("body.json")
def test_a_partnership_without_data_is_refused(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    for body in NO_DATA:
        api.send("POST", "/partnerships/ecf", JSON, data=body).is_refused(400, "Bad request")


@accepts("body.json")
def test_json_is_read_under_both_its_names(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}"
    for content_type in JSON_TYPES:
        api.send("PUT", f"{path}/defer", {"Content-Type": content_type}, data=_break(someone)).is_accepted()
        api.shows_training(someone.id, training_status="deferred")
        api.resume(someone.id).is_accepted()


@behaviour("deployed")
@accepts("body.json")
def test_the_deployed_service_reads_it_under_a_third(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}/defer"
    api.send("PUT", path, {"Content-Type": "text/x-json"}, data=_break(someone)).is_accepted()
    api.shows_training(someone.id, training_status="deferred")


@behaviour("documented")
@refuses("body.json")
def test_by_the_guidance_there_is_no_third(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        path = f"/participants/ecf/{someone.id}/defer"
        api.send("PUT", path, {"Content-Type": "text/x-json"}, data=_break(someone)).is_refused(400, "Bad request")


@behaviour("deployed")
@refuses("body.json")
def test_of_any_other_type_it_is_as_if_nothing_were_sent(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for content_type in OTHER_TYPES:
            for method, path in _writes(someone):
                api.send(method, path, {"Content-Type": content_type}, data=_break(someone)).is_refused(
                    400, "Bad request"
                )


@behaviour("deployed")
@accepts("body.json")
def test_so_that_voiding_takes_whatever_it_is(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    for content_type in (OTHER_TYPES[0], FORM_TYPES[0]):
        made = api.declare(someone.id, "started", someone.milestone().middle).is_accepted()
        void = api.send("PUT", f"/participant-declarations/{made.id}/void", {"Content-Type": content_type}, data=b"{")
        void.shows(state="voided")


@refuses("body.json")
def test_what_is_of_no_type_at_all_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        api.send("PUT", f"/participants/ecf/{someone.id}/defer", data=_break(someone)).is_refused(400, "Bad request")


@accepts("body.attributes")
def test_without_attributes_each_is_answered_by_its_own_rule(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}"
    with api.nothing_changes(someone.id):
        for data in ({"type": "x"}, {"type": "x", "attributes": {}}, {"type": "x", "attributes": None}):
            body = {"data": data}
            declared = api.send("POST", "/participant-declarations", json=body)
            declared.is_refused(422, "participant_id", "declaration_date", "declaration_type")
            api.send("PUT", f"{path}/defer", json=body).is_refused(422, "course_identifier", "reason")
            api.send("PUT", f"{path}/resume", json=body).is_refused(422, "course_identifier")


@accepts("body.attributes")
def test_attributes_that_nobody_knows_are_ignored_and_so_is_the_type(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}"
    attributes = {"reason": "other", "course_identifier": someone.course, "colour": "blue", "training_status": "x"}
    api.send("PUT", f"{path}/defer", json={"data": {"type": "colour", "attributes": attributes}}).is_accepted()
    api.shows_training(someone.id, training_status="deferred")


@behaviour("documented")
@accepts("body.attributes")
def test_by_the_guidance_a_return_may_be_reported_with_what_a_break_was(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(status="deferred")
    path = f"/participants/ecf/{someone.id}/resume"
    api.send("PUT", path, {"Content-Type": "application/json"}, data=_break(someone)).is_accepted()
    api.shows_training(someone.id, training_status="active")


@refuses("body.size")
def test_a_body_of_more_than_a_megabyte_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for method, path in _writes(someone):
            api.send(method, path, JSON, data=_break(someone).ljust(MEGABYTE + 1)).is_refused(413)


@accepts("body.size")
def test_one_of_a_megabyte_is_read(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    defer = f"/participants/ecf/{someone.id}/defer"
    api.send("PUT", defer, JSON, data=_break(someone).ljust(MEGABYTE)).is_accepted()
    api.shows_training(someone.id, training_status="deferred")


@accepts("body.json")
def test_what_is_sent_as_a_form_is_read_too(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}/defer"
    for content_type in FORM_TYPES:
        api.send("PUT", path, {"Content-Type": content_type}, data=_form(someone)).is_accepted()
        api.shows_training(someone.id, training_status="deferred")
        api.resume(someone.id).is_accepted()


@refuses("body.json")
def test_and_is_refused_without_data(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for method, path in _writes(someone):
            for body in (b"", b"data=", b"reason=other", b"attributes[reason]=other"):
                api.send(method, path, {"Content-Type": FORM_TYPES[0]}, data=body).is_refused(400, "Bad request")


@behaviour("deployed")
@accepts("body.json")
def test_of_a_member_that_the_deployed_service_is_sent_twice_the_later_counts(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}/defer"
    twice = _break(someone).replace(b'"reason"', b'"reason": "hearsay", "reason"')
    api.send("PUT", path, JSON, data=twice).is_accepted()
    api.resume(someone.id).is_accepted()
    form = b"data[attributes][reason]=hearsay&" + _form(someone)
    api.send("PUT", path, {"Content-Type": FORM_TYPES[0]}, data=form).is_accepted()
    api.shows_training(someone.id, training_status="deferred")


@accepts("body.json")
def test_voiding_needs_no_body_and_takes_one_that_says_nothing(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    for body in (None, b"", b"{}", b'{"data":{}}'):
        made = api.declare(someone.id, "started", someone.milestone().middle).is_accepted()
        api.send("PUT", f"/participant-declarations/{made.id}/void", JSON, data=body).shows(state="voided")


@refuses("body.json")
@behaviour("deployed")
def test_the_deployed_service_refuses_what_is_no_json_before_it_looks_for_anything(
    api: Api, backstage: Backstage, target: Target
) -> None:
    someone, declared = _declared_in_a_sandbox(api, backstage, target)
    with api.nothing_changes(someone.id):
        for id in (declared, NOBODY):
            api.send("PUT", f"/participant-declarations/{id}/void", JSON, data=b"{").is_refused(400, "Bad request")
        if api.version == "v3":
            api.send("PUT", f"/partnerships/ecf/{NOBODY}", JSON, data=b"{").is_refused(400, "Bad request")


@accepts("body.json")
@behaviour("documented")
def test_by_the_guidance_nobody_looks_into_a_body_that_nobody_wants(
    api: Api, backstage: Backstage, target: Target
) -> None:
    _, declared = _declared_in_a_sandbox(api, backstage, target)
    api.send("PUT", f"/participant-declarations/{NOBODY}/void", JSON, data=b"{").is_refused(404)
    if api.version == "v3":
        api.send("PUT", f"/partnerships/ecf/{NOBODY}", JSON, data=b"{").is_refused(404)
    api.send("PUT", f"/participant-declarations/{declared}/void", JSON, data=b"{").shows(state="voided")


def _declared_in_a_sandbox(api: Api, backstage: Backstage, target: Target) -> tuple[Person, str]:
    """Somebody, and the id of what is declared of them. Raises LeftOut elsewhere."""
    if not target.sandbox:
        raise LeftOut("it sends what is no JSON, which only the sandbox promises to explain")
    someone = backstage.person()
    return someone, api.declare(someone.id, "started", someone.milestone().middle).is_accepted().id


def _break(someone: Person) -> bytes:
    attributes = {"reason": "other", "course_identifier": someone.course}
    return json.dumps({"data": {"type": "participant-defer", "attributes": attributes}}).encode()


def _form(someone: Person) -> bytes:
    """The same as a form has it."""
    return f"data[attributes][reason]=other&data%5Battributes%5D[course_identifier]={someone.course}".encode()


def _writes(someone: Person) -> list[tuple[str, str]]:
    """The method and the path of each write that every version has, about someone."""
    changes = ("defer", "resume", "withdraw", "change-schedule")
    return [
        ("POST", "/participant-declarations"),
        *(("PUT", f"/participants/ecf/{someone.id}/{change}") for change in changes),
    ]
