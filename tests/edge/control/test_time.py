"""Time: read, set, stopped, advanced; and what falls due meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api import JANE, Api, World

from .console import Console, Json


def fell_due(settled: list[Json], event: str) -> list[str]:
    """The ids of what an event happened to."""
    return [each["id"] for each in settled if each["event"] == event]


def test_the_clock_shows_the_worlds_time_and_runs(console: Console, world: World) -> None:
    assert console.get("/time") == {"now": "2024-11-15T09:00:00Z", "frozen": False}
    world.clock.at += timedelta(minutes=5)
    assert console.get("/time") == {"now": "2024-11-15T09:05:00Z", "frozen": False}


def test_a_clock_that_is_stopped_stands_until_it_is_let_run_again(console: Console, world: World) -> None:
    console.put("/time", frozen=True)
    world.clock.at += timedelta(hours=1)
    assert console.get("/time") == {"now": "2024-11-15T09:00:00Z", "frozen": True}
    console.put("/time", frozen=False)
    world.clock.at += timedelta(minutes=1)
    assert console.get("/time") == {"now": "2024-11-15T09:01:00Z", "frozen": False}


def test_a_clock_that_is_set_goes_on_from_there_as_it_did(console: Console, world: World) -> None:
    assert console.put("/time", now="2025-03-01T12:00:00Z")["now"] == "2025-03-01T12:00:00Z"
    world.clock.at += timedelta(seconds=9)
    assert console.get("/time")["now"] == "2025-03-01T12:00:09Z"
    console.put("/time", now="2025-04-01T12:00:00+01:00", frozen=True)
    world.clock.at += timedelta(seconds=9)
    assert console.get("/time") == {"now": "2025-04-01T11:00:00Z", "frozen": True}


@pytest.mark.parametrize(
    ("how", "now"),
    [
        ({"days": 30}, "2024-12-15T09:00:00Z"),
        ({"weeks": 1, "hours": 1, "minutes": 2, "seconds": 3}, "2024-11-22T10:02:03Z"),
        ({"to": "2024-11-15T09:00:00Z"}, "2024-11-15T09:00:00Z"),
        ({"to": "2025-01-31T09:00:00+01:00"}, "2025-01-31T08:00:00Z"),
        ({"to": "2025-01-31"}, "2025-01-31T00:00:00Z"),
    ],
)
def test_time_passes_by_a_duration_or_to_a_time_or_a_day(console: Console, how: Json, now: str) -> None:
    assert console.post("/time/advance", **how)["now"] == now == console.get("/time")["now"]


@pytest.mark.parametrize(
    ("how", "title"),
    [
        ({}, "body"),
        ({"days": 0}, "body"),
        ({"days": 1, "to": "2025-01-31T09:00:00Z"}, "body"),
        ({"days": -1}, "days"),
        ({"to": "2024-11-15T08:59:59Z"}, "to"),
        ({"to": "2024-11-15"}, "to"),
        ({"to": "tomorrow"}, "to"),
        ({"years": 1}, "body"),
        ({"weeks": 100_000}, "now"),
    ],
)
def test_time_does_not_pass_in_another_way(console: Console, how: Json, title: str) -> None:
    assert console.refused(422, "/time/advance", how)[0] == title
    assert console.get("/time")["now"] == "2024-11-15T09:00:00Z"


@pytest.mark.parametrize("now", ["2019-12-31T23:59:59Z", "2100-01-01T00:00:01Z", "2024-11-15T09:00:60Z"])
def test_a_clock_cannot_be_set_to_times_that_no_world_has(console: Console, now: str) -> None:
    assert console.refused(422, "/time", {"now": now}, "PUT")[0] == "now"


def test_what_is_declared_is_payable_after_the_deadline_and_paid_on_its_day(console: Console, northgate: Api) -> None:
    ect = console.register(cohort="2024")["id"]
    declared = northgate.declare(ect, "started", "2024-11-15T08:00:00Z")
    statement = northgate.get(f"/statements/{declared.attributes['statement_id']}").attributes
    assert (statement["cut_off_date"], statement["payment_date"]) == ("2024-12-31", "2025-01-25")
    steps = [
        ("2024-12-31T23:59:59Z", [], "eligible"),
        ("2025-01-01", ["statement_payable"], "payable"),
        ("2025-01-24T23:59:59Z", [], "payable"),
        ("2025-01-25", ["statement_paid"], "paid"),
    ]
    for to, events, state in steps:
        settled = console.post("/time/advance", to=to)["settled"]
        of_it = [each for each in settled if declared.id in [moved["id"] for moved in each["declarations"]]]
        assert [each["event"] for each in of_it] == events, to
        assert northgate.declaration(declared.id)["state"] == state, to
        for each in of_it:
            assert each["id"] == declared.attributes["statement_id"]
            assert {"id": declared.id, "state": state} in each["declarations"]
            assert each["at"] == f"{to}T00:00:00Z"


def test_what_is_taken_back_after_it_was_paid_is_clawed_back_in_time(console: Console, northgate: Api) -> None:
    ect = console.register(cohort="2024")["id"]
    declared = northgate.declare(ect, "started", "2024-11-15T08:00:00Z").id
    console.post("/time/advance", to="2025-01-25")
    northgate.void(declared)
    settled = console.post("/time/advance", to="2025-04-25")["settled"]
    assert {"id": declared, "state": "clawed-back"} in [moved for each in settled for moved in each["declarations"]]


def test_what_falls_due_is_listed_in_order_of_time_and_once(console: Console) -> None:
    settled = console.post("/time/advance", to="2025-05-01")["settled"]
    times = [each["at"] for each in settled]
    assert len(times) > 20
    assert times == sorted(times)
    marked = [(each["event"], each["id"]) for each in settled]
    assert len(marked) == len(set(marked))
    assert console.post("/time/advance", seconds=1)["settled"] == []


def test_leavers_leave_and_joiners_join_on_their_days(console: Console, northgate: Api) -> None:
    console.post(f"/participants/{JANE}/leave", on="2024-11-20")
    joining = console.register(starts_on="2024-11-22")["id"]
    for to, left, joined in [("2024-11-19", [], []), ("2024-11-20", [JANE], []), ("2024-11-22", [], [joining])]:
        settled = console.post("/time/advance", to=f"{to}T12:00:00Z")["settled"]
        assert [id for id in fell_due(settled, "participant_left") if id == JANE] == left, to
        assert [id for id in fell_due(settled, "participant_joined") if id == joining] == joined, to
    assert northgate.enrolment(JANE)["participant_status"] == "left"
    assert northgate.enrolment(joining)["participant_status"] == "active"


def test_a_declaration_that_comes_late_is_caught_up_with(console: Console, northgate: Api) -> None:
    ect = console.register(cohort="2024")["id"]
    console.post("/time/advance", to="2025-02-01")
    declared = northgate.at("2024-12-01T09:00:00Z").declare(ect, "started", "2024-11-30T08:00:00Z")
    settled = console.post("/time/advance", days=1)["settled"]
    (late,) = [each for each in settled if each["event"] == "latecomers_settled"]
    assert late["id"] == declared.attributes["statement_id"]
    assert late["declarations"] == [{"id": declared.id, "state": "paid"}]


def test_setting_the_clock_back_undoes_nothing(console: Console, northgate: Api) -> None:
    ect = console.register(cohort="2024")["id"]
    declared = northgate.declare(ect, "started", "2024-11-15T08:00:00Z").id
    console.post("/time/advance", to="2025-02-01")
    assert console.put("/time", now="2024-11-15T09:00:00Z")["settled"] == []
    assert northgate.declaration(declared)["state"] == "paid"


def test_each_world_has_a_clock_of_its_own(console: Console) -> None:
    with console.another() as (there, _):
        there.post("/time/advance", days=30)
        there.put("/time", frozen=True)
        assert there.get("/time") == {"now": "2024-12-15T09:00:00Z", "frozen": True}
        assert console.get("/time") == {"now": "2024-11-15T09:00:00Z", "frozen": False}
