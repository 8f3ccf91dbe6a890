"""Requests are added up in bounded memory, and personal data are left out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.model import LeadProvider
from sandbox.readiness.masking import masked, masked_query
from sandbox.readiness.page import page
from sandbox.readiness.report import Report, report
from sandbox.readiness.tally import Tally
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.request_log import REMEMBERED, RequestLog
from tests.api import at_once

from .client import ABOUT, BEGAN, declared, listed

NORTHGATE = LeadProvider(id="bda716a5-711c-4248-89dd-54fd4ffffa9d", name="Northgate")


def logged(number: int, **details: object) -> LoggedRequest:
    given = {"operation": "list_participants", "status": 200, "records": 1, **details}
    return LoggedRequest(
        id=str(number),
        world="main",
        method="GET",
        path="/api/v3/participants",
        query_string=b"",
        received_at=BEGAN,
        provider=NORTHGATE,
        **given,  # type: ignore[arg-type]
    )


def reported(tally: Tally) -> Report:
    return report(tally, {"id": NORTHGATE.id, "name": NORTHGATE.name}, ABOUT)


def test_what_the_log_has_forgotten_still_counts() -> None:
    log = RequestLog()
    log.append(logged(0, operation="get_participant"))
    for number in range(REMEMBERED + 5):
        log.append(logged(number + 1))
    assert len(log) == REMEMBERED
    assert next(iter(log)).id == "6"
    tally = log.tally(NORTHGATE.id)
    assert tally.requests == REMEMBERED + 6
    used = {
        sample.id for each in reported(tally).points if each.point.id == "operations" for sample in each.finding.samples
    }
    assert "0" in used
    assert log.tally(NORTHGATE.id).requests == REMEMBERED + 6, "asking adds nothing"


def test_a_log_that_is_cleared_begins_anew() -> None:
    log = RequestLog()
    for number in range(REMEMBERED + 1):
        log.append(logged(number))
    log.strangers = 3
    at_once(log.clear())
    assert (len(log), log.strangers, log.providers(), log.tally(NORTHGATE.id).requests) == (0, 0, [], 0)


@pytest.mark.parametrize(
    "query",
    [
        "filter[email]=ada@example.com",
        "name=Ada%20Lovelace",
        "q=1234567",
        "token=northgate-register-token",
        "x=Bearer%20abc",
        "ada@example.com=1",
    ],
)
def test_no_query_shows_names_addresses_numbers_or_tokens(query: str) -> None:
    shown = masked_query(query.encode())
    assert "***" in shown
    assert not any(secret in shown for secret in ("ada@", "Lovelace", "1234567", "northgate-register", "abc"))


def test_a_body_keeps_what_is_nobodys() -> None:
    body = {
        "full_name": "Ada Lovelace",
        "teacher_reference_number": "1234567",
        "contact": {"e-mail": "ada@example.com", "note": "write to ada@example.com, 7654321"},
        "declaration_type": "started",
        "participant_id": "db3a7848-7308-4879-942a-c4a70ced400a",
    }
    assert masked(body) == {
        "full_name": "***",
        "teacher_reference_number": "***",
        "contact": {"e-mail": "***", "note": "write to ***, ***"},
        "declaration_type": "started",
        "participant_id": "db3a7848-7308-4879-942a-c4a70ced400a",
    }


def test_a_page_is_one_file_in_which_nothing_is_run_and_nobody_is_named() -> None:
    tally = Tally()
    tally.add(listed(3, "filter[x]=<script>alert(1)</script>", ignored=["filter[<b>]"]))
    tally.add(declared(sent={"full_name": "Ada Lovelace", "email": "ada@example.com"}))
    shown = page("main", datetime(2026, 9, 15, tzinfo=UTC), [reported(tally)])
    assert "<script" not in shown
    assert "filter[&lt;b&gt;]" in shown
    assert "http" not in shown.replace("httpx", "")
    assert "Lovelace" not in shown
    assert "ada@" not in shown
    assert "2026-09-15 09:00:00" in shown
    assert "not observable" in shown


def test_a_value_has_every_point_and_how_many_are_met() -> None:
    tally = Tally()
    tally.add(listed(3))
    value = reported(tally).value()
    assert value["met"] == sum(point["state"] == "met" for point in value["points"])
    assert value["of"] == sum(point["state"] in ("met", "not met") for point in value["points"])
    assert (value["requests"], len(value["points"])) == (1, len(tally.points))
