"""Requests with up to two faults at a time: each two in every way, and none twice."""

from __future__ import annotations

from contract_tests.walking.faults import two_at_a_time

RIGHT = {"type": "started", "date": "today", "evidence": "other"}
WRONG = {"type": ("begun", None), "date": ("never",), "evidence": ("none",)}


def test_every_two_attributes_are_wrong_in_every_way_with_the_rest_as_it_should_be() -> None:
    told = list(two_at_a_time(RIGHT, WRONG))
    assert {"type": "begun", "date": "never", "evidence": "other"} in told
    assert {"type": None, "date": "today", "evidence": "none"} in told
    assert {"type": "started", "date": "never", "evidence": "none"} in told
    assert {"type": "begun", "date": "never", "evidence": "none"} not in told


def test_one_alone_is_wrong_once_and_what_is_right_is_not_asked() -> None:
    told = list(two_at_a_time(RIGHT, WRONG))
    assert told.count({**RIGHT, "date": "never"}) == 1
    assert RIGHT not in told
    assert len(told) == 4 + 2 + 2 + 1
