"""Answers are compared in full, and only what differs in every run may differ."""

from __future__ import annotations

from typing import Any

import pytest

from .bindings import Bindings
from .matching import Matching

THERE, HERE, OTHER = (f"{digit * 8}-0000-4000-8000-{digit * 12}" for digit in "123")


def mismatches(recorded: Any, here: Any) -> list[str]:
    return [at for at, _, _ in Matching(Bindings({"Ann": "Ben"})).compare(recorded, here)]


@pytest.mark.parametrize(
    ("recorded", "here"),
    [
        ("*", "Any sentence."),
        ("2024-11-15T09:00:00Z", "2024-11-15T09:02:59Z"),
        ([THERE, THERE], [HERE, HERE]),
        ("Ann and others", "Ben and others"),
        ({"…": 3, "first": [1]}, [1, 2, 3]),
        ({"ecf_enrolments": [{"cohort": 4}, {"cohort": 3}]}, {"ecf_enrolments": [{"cohort": 3}, {"cohort": 4}]}),
    ],
)
def test_what_differs_in_every_run_may_differ(recorded: Any, here: Any) -> None:
    assert mismatches(recorded, here) == []


@pytest.mark.parametrize(
    ("recorded", "here", "at"),
    [
        ("*", "", ""),
        ("2024-11-15T09:00:00Z", "2024-11-15T09:03:01Z", ""),
        ([THERE, THERE], [HERE, OTHER], "[1]"),
        ("Ann", "Cleo", ""),
        ({"…": 3, "first": [1]}, [1, 2], " length"),
        ({"…": 2, "first": [1]}, [2, 1], "[0]"),
        ({"a": None}, {}, ".a"),
        ({}, {"a": None}, ".a"),
        ([1], [1, 2], " length"),
        (1, True, ""),
        (None, "null", ""),
    ],
)
def test_everything_else_is_a_mismatch(recorded: Any, here: Any, at: str) -> None:
    assert mismatches(recorded, here) == [at]
