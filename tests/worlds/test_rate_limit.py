"""A thousand requests in five minutes."""

from __future__ import annotations

import pytest

from sandbox.rules.rule import Refused
from sandbox.worlds.rate_limit import REQUESTS, WINDOW, RateLimit


class Watch:
    def __init__(self) -> None:
        self.seconds = 1_000_000.0 * WINDOW

    def __call__(self) -> float:
        return self.seconds


def asked(limit: RateLimit, times: int, authorization: str | None = "Bearer a") -> None:
    for _ in range(times):
        limit.count(authorization)


def test_the_thousand_and_first_request_of_a_token_is_refused() -> None:
    limit = RateLimit(Watch())
    asked(limit, REQUESTS)
    with pytest.raises(Refused, match=r"rate\.limit"):
        asked(limit, 1)


def test_each_token_has_a_count_of_its_own() -> None:
    limit = RateLimit(Watch())
    asked(limit, REQUESTS)
    asked(limit, REQUESTS, "Bearer b")


def test_a_new_window_begins_on_the_clock_not_with_the_first_request() -> None:
    watch = Watch()
    limit = RateLimit(watch)
    watch.seconds += WINDOW - 1
    asked(limit, REQUESTS)
    watch.seconds += 1
    asked(limit, REQUESTS)
    watch.seconds += WINDOW - 1
    with pytest.raises(Refused):
        asked(limit, 1)


def test_requests_without_a_token_are_not_counted() -> None:
    asked(RateLimit(Watch()), REQUESTS + 1, None)
