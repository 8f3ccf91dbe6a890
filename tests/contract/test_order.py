"""What tells most is told first, and how long a run takes is known before it begins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from contract_tests.effort import UNKNOWN, function_of, measure, requests_in_all, requests_of
from contract_tests.order import ordered
from contract_tests.pace import OWN_TIME, STARTING, Pace, in_words


def item(name: str, cost: float, **marks: str) -> Any:
    def iter_markers(wanted: str) -> list[Any]:
        return [SimpleNamespace(args=[value]) for side, value in marks.items() if side == wanted]

    return SimpleNamespace(name=name, cost=cost, iter_markers=iter_markers)


def names(*items: Any) -> list[str]:
    cost = {each.name: each.cost for each in items}
    return [each.name for each in ordered(items, lambda each: cost[each.name])]


def test_the_cheapest_that_show_something_new_come_first() -> None:
    assert names(
        item("dear", 9, refuses="a"),
        item("again", 3, refuses="a"),
        item("cheap", 2, refuses="a"),
        item("accepts", 5, accepts="a"),
        item("other", 4, refuses="b"),
        item("nothing", 1),
    ) == ["cheap", "other", "accepts", "nothing", "again", "dear"]


def test_what_takes_no_request_is_skipped_and_shows_nothing() -> None:
    assert names(item("real", 7, refuses="a"), item("free", 0, refuses="a"), item("more", 5)) == [
        "free",
        "real",
        "more",
    ]


def scenario(id: str, version: str | None, requests: int) -> dict[str, Any]:
    about = {"refuses": ["a"], "accepts": [], "checks": ["check.b"]}
    return {"id": f"contract_tests/{id}", "version": version, "requests": requests, **about}


def test_the_requests_of_each_scenario_are_counted_from_reports() -> None:
    read = {"scenarios": [scenario("x.py::test_a[p-v1]", "v1", 2), scenario("x.py::test_a[q-v1]", "v1", 4)]}
    written = {"scenarios": [scenario("x.py::test_a[p-v1]", "v1", 5)]}
    found = measure({"read": read, "written": written, "sandbox": {"scenarios": []}})
    assert found == {"x.py::test_a": {"about": ["a", "check.b"], "times": {"v1": 2}, "v1": [3, 5, UNKNOWN]}}
    assert function_of("contract_tests/x.py::test_a[p-v1]") == "x.py::test_a"


def test_what_was_measured_is_a_run_of_every_version_and_more_is_sent_where_more_is_allowed() -> None:
    every = ("v1", "v2", "v3")
    assert 1000 < requests_in_all(every, (), "read") < requests_in_all(every, (), "written")
    assert requests_in_all(every, (), "written") < requests_in_all(every, (), "sandbox")
    for family, share in (("sched.*", 1.8), ("part.*", 4), ("auth.*", 20)):  # walks, about many rules, are most of it
        assert 0 < requests_in_all(every, (family,), "sandbox") < requests_in_all(every, (), "sandbox") / share
    assert requests_of("contract_tests/no.py::test_such_thing[v1]", "v1", "read") == UNKNOWN


def test_a_rate_is_the_limit_of_what_is_possible() -> None:
    assert Pace(seconds=0.1 - OWN_TIME, at_once=2).answers == pytest.approx(20)
    assert Pace(seconds=0.1, at_once=2, rate=3).answers == 3
    assert Pace(seconds=10, at_once=1, rate=3).answers < 0.1


def test_what_is_to_be_expected_is_said_before() -> None:
    pace = Pace(seconds=0.1, at_once=3, rate=3)
    assert pace.told(2400, None) == "About 2,400 requests, 3 a second: 13 min."
    assert "--max-time leaves room for 75% of them" in pace.told(2400, 600 + STARTING)
    assert "--max-time" not in pace.told(2400, 900)
    assert (in_words(45), in_words(4800)) == ("45 s", "1 h 20 min")
