"""By which filters a walk asks for a list: of two, those that tell most, and those that leave nothing."""

from __future__ import annotations

from random import Random

from contract_tests.walking.asking import Asked, by_two

RECORDS = [{"cohort": cohort, "status": status} for cohort, status in (("2024", "active"), ("2025", "deferred"))]


def listed(asked: Asked) -> int:
    """How many of the records are so."""
    return sum(all(record[name] == value for name, value in asked.items()) for record in RECORDS)


def test_where_no_two_values_leave_anything_out_together_two_that_leave_nothing_are_asked_for_too() -> None:
    values = {"cohort": ("2024", "2025"), "status": ("active", "deferred")}
    first, second = by_two(values, listed, Random(1))
    assert listed(first) == 1
    assert listed(second) == 0


def test_what_leaves_nothing_by_itself_tells_nothing() -> None:
    assert list(by_two({"cohort": ("2024",), "status": ("gone",)}, listed, Random(1))) == [
        {"cohort": "2024", "status": "gone"}
    ]
