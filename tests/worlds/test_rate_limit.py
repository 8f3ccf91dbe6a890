"""A thousand requests in five minutes."""

from __future__ import annotations

import tracemalloc

import pytest

from sandbox.rules.rule import Refused
from sandbox.worlds import rate_limit
from sandbox.worlds.rate_limit import MOST, REQUESTS, WINDOW, MemoryTally
from tests.api import at_once


class RateLimit(rate_limit.RateLimit):
    def __init__(self, watch: Watch) -> None:
        super().__init__(watch, MemoryTally())


class Watch:
    def __init__(self) -> None:
        self.seconds = 1_000_000.0 * WINDOW

    def __call__(self) -> float:
        return self.seconds


def asked(limit: RateLimit, times: int, authorization: str | None = "Bearer a") -> None:
    for _ in range(times):
        at_once(limit.count(authorization))


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


def test_a_token_is_known_however_many_others_come_in_between() -> None:
    limit = RateLimit(Watch())
    for number in range(REQUESTS):
        asked(limit, 1)
        for other in range(15):
            asked(limit, 1, f"Bearer {number}-{other}")
    with pytest.raises(Refused):
        asked(limit, 1)


def test_tokens_that_are_made_up_do_not_fill_the_memory() -> None:
    tracemalloc.start()
    limit = RateLimit(Watch())
    for number in range(3 * MOST):
        asked(limit, 1, f"Bearer {number:>1000}")
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used < 4 << 20
