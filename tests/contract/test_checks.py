"""Every check that looks at all answers finds what it is there for, and nothing in a proper answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract_tests.checks import CHECKS, check
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange

from .exchanges import answer

ID = "db3a7848-7308-4879-942a-c4a70ced400a"
PARTNERS = "/api/v3/delivery-partners"
DENIED = {"error": "HTTP Token: Access denied"}


def partner(**others: Any) -> dict[str, Any]:
    attributes = {
        "name": "Oakfield",
        "cohort": ["2024"],
        "created_at": "2024-01-01T09:00:00Z",
        "updated_at": "2024-01-01T09:00:00Z",
    }
    return {"data": [{"id": ID, "type": "delivery-partner", "attributes": attributes | others}]}


def refusal(**others: Any) -> dict[str, Any]:
    return {"errors": [{"title": "Bad request", "detail": "Say which page."} | others]}


PROPER = {
    "a list": answer("GET", PARTNERS, 200, partner()),
    "no token": answer("GET", PARTNERS, 401, DENIED),
    "not found": answer("GET", f"{PARTNERS}/{ID}", 404, {"error": "Resource not Found"}),
    "asked wrongly": answer("GET", PARTNERS, 400, refusal()),
    "csv": answer("GET", "/api/v1/participants/ecf.csv", 200, b"id,email\n", media_type="text/csv"),
    "csv asked for wrongly, played": answer(
        "GET", "/api/v1/participants/ecf.csv", 400, refusal(), media_type="text/csv", **{"x-sandbox-rule": "read.page"}
    ),
    "not for lead providers": answer("GET", "/api/v1/users", 403, b"", media_type="text/html"),
    "too often": answer("GET", PARTNERS, 429, b"Retry later\n", media_type="text/plain; charset=utf-8"),
    "asked wrongly, and told what was asked": answer(
        "GET", PARTNERS, 400, refusal(detail="It is no page:  \x07, <p>, #<x>\n")
    ),
    "kept by nobody": answer(
        "GET", PARTNERS, 200, partner(), **{"cache-control": "max-age=0, private, must-revalidate", "expires": "0"}
    ),
    "no such path": answer("GET", "/api/v3/nothing", 404, b"<html>", media_type="text/html"),
}
WRONG = {
    "a crash": ("no-server-error", answer("GET", PARTNERS, 500, {"error": "Internal server error"})),
    "an undocumented status": ("documented-status", answer("GET", PARTNERS, 422, refusal())),
    "plain JSON": ("media-type", answer("GET", PARTNERS, 200, partner(), media_type="application/json")),
    "a charset": (
        "media-type",
        answer("GET", PARTNERS, 200, partner(), media_type="application/vnd.api+json; charset=utf-8"),
    ),
    "a page of HTML": ("media-type", answer("GET", PARTNERS, 200, b"<html>", media_type="text/html")),
    "a body where none should be": ("media-type", answer("GET", PARTNERS, 403, DENIED)),
    "an error with more": ("error-envelope", answer("GET", PARTNERS, 401, DENIED | {"status": 401})),
    "a list of errors for 404": ("error-envelope", answer("GET", f"{PARTNERS}/{ID}", 404, refusal())),
    "one error for 400": ("error-envelope", answer("GET", PARTNERS, 400, {"error": "Bad request"})),
    "JSON called csv": (
        "media-type",
        answer("GET", "/api/v1/participants/ecf.csv", 400, refusal(), media_type="text/csv"),
    ),
    "blank details": ("error-envelope", answer("GET", PARTNERS, 400, refusal(detail=" "))),
    "details in a word": ("error-envelope", answer("GET", PARTNERS, 400, refusal(detail="invalid"))),
    "details that are the title": ("error-envelope", answer("GET", PARTNERS, 400, refusal(detail="Bad request"))),
    "details as a page": ("error-envelope", answer("GET", PARTNERS, 400, refusal(detail="<p>Say which page.</p>"))),
    "details of a crash": ("error-envelope", answer("GET", PARTNERS, 400, refusal(detail="#<NoMethodError: no id>"))),
    "details with escapes": ("error-envelope", answer("GET", PARTNERS, 400, refusal(detail="\x1b[31mSay it.\x1b[0m"))),
    "an answer that others keep": (
        "caching",
        answer("GET", PARTNERS, 200, partner(), **{"cache-control": "public, must-revalidate"}),
    ),
    "an answer that is kept for a minute": (
        "caching",
        answer("GET", PARTNERS, 200, partner(), **{"cache-control": "private, max-age=60"}),
    ),
    "an answer that is good for years": (
        "caching",
        answer("GET", PARTNERS, 200, partner(), **{"expires": "Fri, 01 Jan 2038 00:00:00 GMT"}),
    ),
    "an answer that is good for years, and for no time": (
        "caching",
        answer(
            "GET",
            PARTNERS,
            200,
            partner(),
            **{"cache-control": "max-age=0", "expires": "Fri, 01 Jan 2038 00:00:00 GMT"},
        ),
    ),
    "a list called csv": ("media-type", answer("GET", PARTNERS, 400, refusal(), media_type="text/csv")),
    "errors with a source": ("error-envelope", answer("GET", PARTNERS, 400, refusal(source="page"))),
    "no errors at all": ("error-envelope", answer("GET", PARTNERS, 400, {"errors": []})),
    "a number for a string": ("schema", answer("GET", PARTNERS, 200, partner(name=1))),
    "no data": ("schema", answer("GET", PARTNERS, 200, {})),
    "no JSON": ("schema", answer("GET", PARTNERS, 200, b"[")),
    "JSON in UTF-16": ("schema", answer("GET", PARTNERS, 200, json.dumps(partner()).encode("utf-16"))),
    "JSON after a mark of order": ("schema", answer("GET", PARTNERS, 200, b"\xef\xbb\xbf{}")),
    "fractions of a second": (
        "timestamps",
        answer("GET", PARTNERS, 200, partner(created_at="2024-01-01T09:00:00.000Z")),
    ),
    "another zone": ("timestamps", answer("GET", PARTNERS, 200, partner(created_at="2024-01-01T09:00:00+00:00"))),
    "an id in capitals": (
        "ids",
        answer("GET", PARTNERS, 200, {"data": [partner()["data"][0] | {"id": ID.upper()}]}),
    ),
    "an answer from nowhere": ("unknown-path", answer("GET", "/api/v3/nothing", 200, partner())),
}


@pytest.mark.parametrize("exchange", PROPER.values(), ids=PROPER)
def test_a_proper_answer_passes(exchange: Exchange) -> None:
    check(exchange)


@pytest.mark.parametrize(("name", "exchange"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_found_by_its_check(name: str, exchange: Exchange) -> None:
    with pytest.raises(ContractBroken) as broken:
        check(exchange)
    assert broken.value.check == f"check.{name}"
    assert broken.value.exchange is exchange


def test_every_check_finds_something() -> None:
    assert {f"check.{name}" for name, _ in WRONG.values()} >= set(CHECKS)
