"""Requests in which up to two things are wrong at a time: what is said of both, or of one of them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any


def two_at_a_time(right: Mapping[str, Any], wrong: Mapping[str, Sequence[Any]]) -> Iterator[Mapping[str, Any]]:
    """What is `right`, with every two attributes in every way in which each may be wrong, and what is sent but once."""
    told: list[Mapping[str, Any]] = []
    for names in combinations(wrong, 2):
        for values in product(*((right[name], *wrong[name]) for name in names)):
            request = {**right, **dict(zip(names, values, strict=True))}
            if request != right and request not in told:
                told.append(request)
                yield request
