"""A token's requests in five minutes."""

from __future__ import annotations

import time
from typing import Final

from contract_tests.api import Api
from contract_tests.errors import LeftOut, require_equal
from contract_tests.lists import NOBODY, PARTICIPANTS
from contract_tests.marks import accepts, only, refuses
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

ALLOWED: Final = 1000
WINDOW: Final = 300  # seconds
VERSIONS: Final = ("v1", "v2", "v3")


@only("v3")
@refuses("rate.limit")
@accepts("rate.limit")
def test_a_thousand_requests_of_any_version_are_answered_and_no_more(
    api: Api, rival: Api, backstage: Backstage, target: Target
) -> None:
    if target.config.rate:
        raise LeftOut("it asks as fast as it can: run without --rate-limit")
    needed = 2 * _seconds_for(api, ALLOWED)
    backstage.limit_requests()
    if (left := WINDOW - time.time() % WINDOW) < needed:
        time.sleep(left + 1)  # or the requests would fall into two windows
    _ask(api, ALLOWED)
    for version in VERSIONS:
        refused = api.in_version(version).send("GET", PARTICIPANTS, patient=False)
        refused.is_refused(429)
        require_equal(b"Retry later\n", refused.exchange.content, refused.exchange)
    rival.get(PARTICIPANTS).is_accepted()


@accepts("rate.limit")
def test_a_few_requests_are_always_answered(api: Api) -> None:
    for _ in range(3):
        api.get(PARTICIPANTS).is_accepted()


def _ask(api: Api, times: int) -> None:
    for number in range(times):
        api.in_version(VERSIONS[number % 3]).send("GET", f"{PARTICIPANTS}/{NOBODY}", patient=False).is_refused(404)


def _seconds_for(api: Api, requests: int, tried: int = 30) -> float:
    """How long so many requests take, as a few do, which are not counted yet."""
    began = time.monotonic()
    _ask(api, tried)
    return (time.monotonic() - began) / tried * requests
