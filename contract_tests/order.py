"""In which order scenarios are told: first those that tell most, as a run may have no time for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from contract_tests.selection import marked, version_of


def ordered(items: Sequence[pytest.Item], requests: Callable[[pytest.Item], float]) -> list[pytest.Item]:
    """First what takes no request, then the cheapest that show each rule refuse and accept, then the rest, cheap first.

    What takes no request is skipped, and shows nothing.
    """
    by_cost = sorted(items, key=requests)
    free = [item for item in by_cost if not requests(item)]
    shown: set[tuple[str | None, str, str]] = set()
    first: list[pytest.Item] = []
    rest: list[pytest.Item] = []
    for item in by_cost[len(free) :]:
        shows = {
            (version_of(item), side, name) for side in ("refuses", "accepts", "checks") for name in marked(item, side)
        }
        (rest if shows <= shown else first).append(item)
        shown |= shows
    return [*free, *first, *rest]
