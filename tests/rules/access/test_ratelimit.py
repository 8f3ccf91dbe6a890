"""A thousand requests in five minutes, where that is switched on. The seeds' clock starts at the beginning of five."""

from __future__ import annotations

from datetime import timedelta

from tests.api import JANE
from tests.conformance import problems_with
from tests.rules.marks import accepts, refuses

from .wire import NORTHGATE, Wire, wire

ANYTHING = "/api/v3/participants/anything"
HARBOUR = {"Authorization": "Bearer harbour-sandbox-token"}


@refuses("rate.limit")
@accepts("rate.limit")
def test_the_thousand_and_first_request_of_a_token_is_refused_until_five_minutes_are_over() -> None:
    limited = Wire(rate_limit=True)
    for _ in range(999):
        limited.send("GET", ANYTHING)
    defer = f"/api/v3/participants/ecf/{JANE}/defer"
    assert limited.send("GET", f"/api/v3/participants/ecf/{JANE}").status == 200
    before = limited.store.revision
    refused = limited.send("PUT", defer)
    assert (refused.status, refused.response.content) == (429, b"Retry later\n")
    assert refused.response.headers["Content-Type"].startswith("text/plain")
    assert "Retry-After" not in refused.response.headers
    assert refused.rules == ["rate.limit"]
    assert not problems_with(refused.response)
    assert limited.store.revision == before
    assert limited.send("GET", ANYTHING, HARBOUR).status == 404
    assert limited.send("GET", "/api/v3/participants/ecf", {}).status == 401
    limited.clock.at += timedelta(seconds=299)
    assert limited.send("GET", ANYTHING).status == 429
    limited.clock.at += timedelta(seconds=1)
    assert limited.send("GET", ANYTHING, NORTHGATE).status == 404


@accepts("rate.limit")
def test_unless_it_is_switched_on_nobody_counts() -> None:
    assert {wire().send("GET", ANYTHING).status for _ in range(1001)} == {404}
