"""How bodies are read, and what is said of those that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from typing import Any, Final
from urllib.parse import urlencode

import pytest

from contract_tests.api import Api, Reply
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    DECLARATIONS,
    ECT,
    ELSEWHERE,
    EXTENDED,
    IN_OCTOBER,
    PARTICIPANTS,
    PARTNERSHIPS,
    act,
    bad,
    change,
    confirm,
    declare,
    not_found,
    partners,
    refused,
    school,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage

KNOWN: Final = {
    f"POST {DECLARATIONS}": (
        *("participant_id", "declaration_type", "declaration_date"),
        *("course_identifier", "evidence_held"),
    ),
    "POST /partnerships": ("cohort", "school_id", "delivery_partner_id"),
    "PUT /partnerships/{partnership}": ("delivery_partner_id",),
    f"PUT {PARTICIPANTS}/{{ect}}/withdraw": ("reason", "course_identifier"),
    f"PUT {PARTICIPANTS}/{{ect}}/defer": ("reason", "course_identifier"),
    f"PUT {PARTICIPANTS}/{{ect}}/resume": ("course_identifier",),
    f"PUT {PARTICIPANTS}/{{ect}}/change-schedule": ("schedule_identifier", "course_identifier", "cohort"),
}
NO_RECORD: Final = f"{PARTICIPANTS}/{NOBODY}"


def sent(api: Api, body: str, type: str = "application/json") -> Reply:
    """What is answered to a body as it stands."""
    return api.send("POST", DECLARATIONS, {"Content-Type": type}, data=body.encode())


def good(ect: str) -> dict[str, Any]:
    """A declaration of somebody, with much beside it that nobody looks at."""
    attributes = {
        "unknown": [1],
        "declaration_type": "started",
        "participant_id": ect,
        "declaration_date": IN_OCTOBER,
        "course_identifier": "ecf-induction",
        "evidence_held": "other",
    }
    return {"data": {"type": "any", "id": "1", "attributes": attributes}}


def asked(api: Api, stage: RegisterBackstage, operation: str, *names: str, value: Any = "x") -> Reply:
    """What is answered to these attributes, whatever they may mean."""
    method, path = operation.format(ect=stage.person().id, partnership=api.get(PARTNERSHIPS).ids[0]).split()
    return api.send(method, path, json={"data": {"attributes": dict.fromkeys(names, value)}})


@refuses("body.json")
@pytest.mark.parametrize(
    "body", ["", "{}", "[]", '"x"', "1", "null", '{"data":', '{"data": null}', '{"data": {}}', '{"data": []}']
)
def test_a_body_is_json_with_data(api: Api, backstage: Backstage, body: str) -> None:
    backstage.may_write()
    bad(api, lambda: sent(api, body))


@refuses("body.json")
@pytest.mark.parametrize("type", ["application/vnd.api+json", "text/json", "text/plain"])
def test_a_body_of_another_media_type_is_not_read(api: Api, backstage: Backstage, type: str) -> None:
    ect = backstage.person(cohort="2025").id
    bad(api, lambda: sent(api, json.dumps(good(ect)), type), of=ect)


@refuses("body.json")
@pytest.mark.parametrize("path", [f"{DECLARATIONS}/{NOBODY}/void", f"/partnerships/{NOBODY}", f"{NO_RECORD}/defer"])
def test_a_body_that_is_no_json_is_refused_before_anything_is_looked_for(
    api: Api, backstage: Backstage, path: str
) -> None:
    backstage.may_write()
    bad(api, lambda: api.send("PUT", path, {"Content-Type": "application/json"}, data=b'{"data":'))


@refuses("fragile.data")
@pytest.mark.parametrize("data", ['"x"', "1", "true", "[1]"])
def test_data_is_an_object(api: Api, backstage: Backstage, data: str) -> None:
    backstage.may_write()
    bad(api, lambda: sent(api, f'{{"data": {data}}}'))


@refuses("body.attributes")
@pytest.mark.parametrize(
    "attributes",
    [
        "null",
        "[]",
        "{}",
        '"x"',
        '{"unknown": 1}',
        '[{"declaration_type": "started"}]',
        '{"declaration_type": ["started"], "evidence_held": {"a": "other"}}',
    ],
)
def test_attributes_hold_something_that_is_known(api: Api, backstage: Backstage, attributes: str) -> None:
    backstage.may_write()
    bad(api, lambda: sent(api, f'{{"data": {{"attributes": {attributes}}}}}'))


@accepts("body.attributes")
@pytest.mark.parametrize("operation", KNOWN)
def test_each_operation_knows_attributes_of_its_own(api: Api, stage: RegisterBackstage, operation: str) -> None:
    """Each of them is judged, if it is all that is sent, by a rule of its own: a blank, too."""
    for name, value in product(KNOWN[operation], ("x", "", None, 0)):
        reply = asked(api, stage, operation, name, value=value)
        require_equal(422, reply.status, reply.exchange)


@refuses("body.attributes")
@pytest.mark.parametrize("operation", KNOWN)
def test_an_operation_knows_nothing_of_what_others_do(api: Api, stage: RegisterBackstage, operation: str) -> None:
    others = {name for known in KNOWN.values() for name in known} - {*KNOWN[operation]}
    bad(api, lambda: asked(api, stage, operation, *others))


@refuses("body.attributes")
@pytest.mark.parametrize("name", ["withdraw", "defer", "resume", "change-schedule"])
def test_a_body_is_looked_into_before_whom_it_is_about(api: Api, backstage: Backstage, name: str) -> None:
    backstage.may_write()
    for attributes in ({}, {"unknown": 1}, {"course_identifier": [ECT]}):
        body = {"data": {"attributes": attributes}}
        bad(api, lambda: api.send("PUT", f"{NO_RECORD}/{name}", json=body))  # noqa: B023
    not_found(api.put(f"{NO_RECORD}/{name}", course_identifier=ECT))


@accepts("body.json", "body.attributes", "fragile.data", "body.size")
@pytest.mark.parametrize(
    "type",
    [
        "application/json",
        "application/json;charset=utf-8",
        "text/x-json",
        "application/jsonrequest",
        "application/problem+json",
    ],
)
def test_a_body_that_is_read(api: Api, backstage: Backstage, type: str) -> None:
    ect = backstage.person(cohort="2025").id
    made = sent(api, json.dumps(good(ect)), type).shows(participant_id=ect)
    api.void(made.id).is_accepted()


@accepts("body.json")
def test_a_form_is_read_as_well(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    attributes = {name: value for name, value in good(ect)["data"]["attributes"].items() if name != "unknown"}
    form = urlencode({f"data[attributes][{name}]": value for name, value in attributes.items()})
    made = sent(api, form, "application/x-www-form-urlencoded").shows(participant_id=ect)
    api.void(made.id).is_accepted()


@accepts("decl.participant-known", "part.school-known", "part.delivery-partner-known")
@pytest.mark.parametrize(
    "spelt",
    [str.upper, lambda id: id.replace("-", ""), "{{{}}}".format],
    ids=["in capitals", "without hyphens", "in braces"],
)
def test_an_id_may_be_spelt_otherwise_in_a_body(
    api: Api, stage: RegisterBackstage, spelt: Callable[[str], str]
) -> None:
    ect = stage.person().id
    declare(api, spelt(ect)).shows(participant_id=ect)
    there, (first, second, *_) = school(api, ELSEWHERE)["id"], partners(api)
    made = confirm(api, school_id=spelt(there), delivery_partner_id=spelt(first)).shows(school_id=there)
    api.change_delivery_partner(made.id, spelt(second)).shows(delivery_partner_id=second)


@refuses(
    *("decl.type-known", "decl.course-given", "decl.evidence", "defer.reason", "participant.course-matches"),
    "sched.identifier",
)
@pytest.mark.parametrize("written", [" {}", "{} "])
def test_what_stands_around_a_word_makes_it_another(api: Api, stage: RegisterBackstage, written: str) -> None:
    ect = stage.person().id
    for ask, titles in (
        (lambda: declare(api, ect, written.format("started")), ["declaration_type"]),
        (lambda: declare(api, ect, course_identifier=written.format(ECT)), ["course_identifier"]),
        (lambda: declare(api, ect, evidence_held=written.format("other")), ["evidence_held"]),
        (lambda: act(api, "defer", ect, reason=written.format("other")), ["reason"]),
        (lambda: act(api, "resume", ect, course_identifier=written.format(ECT)), ["course_identifier"]),
        (lambda: change(api, ect, written.format(EXTENDED)), ["schedule_identifier"]),
    ):
        refused(api, ask, *titles, of=ect)


@refuses("body.size")
def test_a_body_has_a_limit(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    sent(api, " " * (1 << 20) + "{}").is_refused(413)


@accepts("never.500")
def test_a_null_byte_names_nothing(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    not_found(api.get(f"{PARTICIPANTS}/%00"))
    declare(api, "\0").is_refused(422, "participant_id")
