"""A failure is broken, or only fragile: by what was asked, not by which scenario asked it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.grade import grade
from contract_tests.lists import gravest, tie
from contract_tests.oddity import oddity

SCHOOLS = "/api/v3/schools/ecf"
DECLARATIONS = "/api/v3/participant-declarations"
SOMEONE = "/api/v3/participants/ecf/7a8fef46-3c43-42c0-b3d5-1ba5904ba562"


def asked(path: str, status: int = 500, *, method: str = "GET", body: Any = None) -> Exchange:
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return Exchange(
        at=datetime(2026, 5, 4, tzinfo=UTC),
        seconds=0.1,
        method=method,
        url=f"https://api.example{path}",
        path=path.partition("?")[0],
        request_headers={},
        request_body=content,
        status=status,
        headers={"content-type": "text/html"},
        content=b"<html>",
    )


def found(exchange: Exchange, check: str = "check.no-server-error", *about: str) -> str:
    return grade(ContractBroken(check, "", "", exchange), exchange, about).level


@pytest.mark.parametrize(
    "path",
    [
        f"{DECLARATIONS}?page=",
        f"{DECLARATIONS}?page[]=2",
        f"{DECLARATIONS}?page[page][]=2",
        f"{DECLARATIONS}?page[page]=99999999999999999999999999",
        f"{DECLARATIONS}?filter[cohort][]=2024",
        f"{DECLARATIONS}?filter[cohort]=%00",
        f"{SCHOOLS}?sort[]=id",
        f"{DECLARATIONS}?%ff=%fe",
        f"{SCHOOLS}/0.5",
    ],
)
def test_a_server_error_where_nobody_asks_like_that_is_fragile_in_whatever_scenario(path: str) -> None:
    assert found(asked(path), "check.no-server-error", "decl.milestone-start") == "fragile"
    assert found(asked(path, 400), "check.media-type") == "fragile"


@pytest.mark.parametrize(
    "path",
    [
        DECLARATIONS,
        f"{DECLARATIONS}?page[page]=2&page[per_page]=10",
        f"{DECLARATIONS}?page%5Bpage%5D=2",
        f"{DECLARATIONS}?filter[cohort]=1066",
        f"{DECLARATIONS}?filter[updated_since]=2024-11-15T09:00:00Z",
        f"{DECLARATIONS}?unknown=1",
        f"{SCHOOLS}?filter[cohort]=2024&sort=-urn",
        SOMEONE,
        SOMEONE.upper().replace("/API/V3/PARTICIPANTS/ECF", "/api/v3/participants/ecf"),
    ],
)
def test_one_where_a_client_may_well_ask_is_broken(path: str) -> None:
    assert oddity(asked(path)) == ""
    assert found(asked(path)) == "broken"
    assert found(asked(path), "check.no-server-error", "never.500", "check.document") == "broken"
    assert found(asked(path, 404), "check.error-envelope") == "broken"


@pytest.mark.parametrize(
    "body", [b"{", {"data": "defer"}, {"data": {"attributes": []}}, {"data": {"attributes": {"reason": None}}}, [1]]
)
def test_a_body_that_nobody_sends_is_odd(body: Any) -> None:
    assert found(asked(f"{SOMEONE}/defer", method="PUT", body=body)) == "fragile"
    assert found(asked(f"{SOMEONE}/defer", 400, method="PUT", body=body), "check.media-type") == "fragile"


@pytest.mark.parametrize("attributes", [{}, {"reason": "tired"}, {"reason": "other", "course_identifier": "none"}])
def test_one_that_is_only_mistaken_is_not(attributes: dict[str, Any]) -> None:
    mistaken = asked(f"{SOMEONE}/defer", method="PUT", body={"data": {"attributes": attributes}})
    assert found(mistaken, "check.no-server-error", "defer.reason") == "broken"


def test_what_is_made_up_from_a_document_is_odd_where_the_document_does_not_allow_it() -> None:
    assert found(asked(f"{DECLARATIONS}?page[page]=-1"), "check.no-server-error", "check.document") == "fragile"
    assert found(asked(f"{DECLARATIONS}?page[page]=-1"), "check.no-server-error", "read.page") == "broken"


def test_where_a_rule_is_about_what_services_fall_over_that_is_fragile() -> None:
    with_a_reason = {"data": {"attributes": {"course_identifier": "ecf-induction", "reason": "other"}}}
    resumed = asked(f"{SOMEONE}/resume", method="PUT", body=with_a_reason)
    assert found(resumed, "check.no-server-error", "fragile.resume") == "fragile"
    assert found(asked(SOMEONE), "check.no-server-error", "fragile.resume") == "broken"


def test_csv_that_is_refused_in_another_form_is_fragile() -> None:
    refused = asked("/api/v1/participants/ecf.csv?filter[updated_since]=yesterday", 400)
    assert found(refused, "check.media-type", "read.csv") == "fragile"
    assert found(asked("/api/v1/participants/ecf.csv", 400), "check.media-type", "read.csv") == "broken"


@pytest.mark.parametrize("status", [200, 400, 422])
def test_an_answer_that_says_something_wrong_is_broken_however_odd_the_request(status: int) -> None:
    assert found(asked(f"{DECLARATIONS}?page=", status), "check.refused", "fragile.page") == "broken"


def test_each_says_who_would_meet_it() -> None:
    odd, plain = asked(f"{DECLARATIONS}?page="), asked(DECLARATIONS)
    told = grade(ContractBroken("check.no-server-error", "", "", odd), odd, []).met_by
    assert told.startswith("A client that sends `page=`")
    broken = ContractBroken("check.refused", "", "", plain)
    assert grade(broken, plain, ["read.page"]).met_by == (
        "Every client that sends GET /api/v3/participant-declarations, and relies on read.page."
    )


def statement(id: str, created_at: str) -> dict[str, Any]:
    return {"id": id, "attributes": {"created_at": created_at}}


def test_pages_that_differ_in_the_order_of_equal_keys_are_fragile_and_others_broken() -> None:
    monday, tuesday = "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"
    whole = [statement("a", monday), statement("b", monday), statement("c", tuesday)]
    assert "created_at" in tie(whole, [whole[0], whole[0], whole[2]])
    assert "created_at" in tie(whole, [whole[1], whole[0], whole[2]])
    assert tie(whole, [whole[0], whole[2], whole[2]]) == ""
    assert tie(whole, whole[:2]) == ""


def test_what_is_fragile_hides_nothing_that_is_broken_after_it() -> None:
    def raises(check: str, fragile: str) -> Any:
        def prove() -> None:
            raise ContractBroken(check, "", "", fragile=fragile)

        return prove

    with pytest.raises(ContractBroken) as broken:
        gravest([raises("first", "someone"), raises("second", "")])
    assert broken.value.check == "second"
    with pytest.raises(ContractBroken) as broken:
        gravest([raises("first", "someone"), lambda: None])
    assert broken.value.check == "first"
