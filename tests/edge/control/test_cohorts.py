"""Cohorts opened and closed by the DfE, and what can be declared in them afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.actors.cohorts import later
from sandbox.model import Cohort, Schedule, Statement
from tests.api import Api, World

from .console import Console


def test_a_closed_cohort_takes_no_declarations(console: Console, northgate: Api) -> None:
    ect = console.register(cohort="2024")["id"]
    closed = console.post("/cohorts/2024/close")["cohort"]
    assert closed["payments_frozen_at"] == "2024-11-15T09:00:00Z"
    assert northgate.declare(ect, "started", "2024-11-15T08:00:00Z").titles == ["cohort"]
    assert console.at("2024-11-16T09:00:00Z").post("/cohorts/2024/close")["cohort"] == closed, "it is closed already"
    assert console.post("/cohorts/2024/open")["cohort"]["payments_frozen_at"] is None
    assert northgate.declare(ect, "started", "2024-11-15T08:00:00Z").attributes["state"] == "eligible"


def test_a_new_cohort_is_drawn_up_like_the_newest(world: World, console: Console) -> None:
    opened = console.post("/cohorts/2026/open")["cohort"]
    assert opened == {
        "year": "2026",
        "registration_opens": "2025-12-31",
        "academic_year_starts": "2026-09-01",
        "payments_frozen_at": None,
        "mentor_funding": True,
        "detailed_evidence": True,
    }
    reader = world.store.read()
    model, new = (reader.find(Schedule, cohort=cohort) for cohort in ("2025", "2026"))
    assert [schedule.identifier for schedule in new] == [schedule.identifier for schedule in model]
    for before, after in zip(model, new, strict=True):
        assert after.id == f"2026/{after.identifier}"
        for one, other in zip(before.milestones, after.milestones, strict=True):
            assert other.declaration_type == one.declaration_type
            assert other.starts == one.starts.replace(year=one.starts.year + 1)
    statements = console.get("/statements", cohort="2026")["statements"]
    assert len(statements) == len(console.get("/statements", cohort="2025")["statements"])
    assert {statement["state"] for statement in statements} == {"open"}


def test_a_new_cohort_can_be_trained_and_declared_in(console: Console, northgate: Api) -> None:
    console.post("/cohorts/2026/open")
    made = console.post("/relationships", delivery_partner_name="Quayside Hub", cohort="2026")["relationship"]
    console.agree("900405", made)
    ect = console.at("2026-09-10T09:00:00Z").register()
    assert (ect["cohort"], ect["school"]["urn"]) == ("2026", "900405")
    declared = northgate.at("2026-09-20T09:00:00Z").declare(ect["id"], "started", "2026-09-18T09:00:00Z").attributes
    assert declared["state"] == "eligible"
    shown = console.get(f"/statements/{declared['statement_id']}")["statement"]
    assert (shown["cohort"], shown["year"], shown["month"]) == ("2026", 2027, 1)


def test_a_cohort_two_years_on_is_modelled_on_the_same(world: World, console: Console) -> None:
    console.post("/cohorts/2027/open")
    cohort = world.store.read().get(Cohort, "2027")
    assert cohort is not None
    assert cohort.academic_year_starts == date(2027, 9, 1)
    assert len(console.get("/statements", cohort="2027")["statements"]) == 93
    console.post("/cohorts/2026/open")
    assert console.get("/statements", cohort="2026")["statements"][0]["year"] == 2026


def test_nothing_is_paid_yet_in_a_new_cohort(console: Console) -> None:
    console.put("/time", now="2026-06-01T00:00:00Z")
    assert "paid" in {statement["state"] for statement in console.get("/statements", cohort="2025")["statements"]}
    console.post("/cohorts/2026/open")
    assert {statement["state"] for statement in console.get("/statements", cohort="2026")["statements"]} == {"open"}


def test_what_a_cohort_opened_late_has_missed_is_done(console: Console) -> None:
    console.put("/time", now="2030-01-01T00:00:00Z")
    console.post("/cohorts/2026/open")
    statements = console.get("/statements", cohort="2026")["statements"]
    assert {statement["state"] for statement in statements} == {"paid"}


def test_opening_one_that_is_open_changes_nothing(world: World, console: Console) -> None:
    before = list(world.store.read().all(Cohort)), world.store.read().count(Statement)
    assert console.post("/cohorts/2024/open")["cohort"]["payments_frozen_at"] is None
    assert (list(world.store.read().all(Cohort)), world.store.read().count(Statement)) == before


@pytest.mark.parametrize(
    ("status", "title", "path"),
    [
        (422, "year", "/cohorts/26/open"),
        (422, "year", "/cohorts/1999/open"),
        (422, "year", "/cohorts/next/open"),
        (422, "Impossible", "/cohorts/2019/open"),
        (404, "cohort", "/cohorts/2031/close"),
        (404, "cohort", "/cohorts/next/close"),
    ],
)
def test_what_is_no_cohort_is_refused(console: Console, status: int, title: str, path: str) -> None:
    assert console.refused(status, path)[0] == title


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        ("2026-02-28", 2, "2028-02-29"),
        ("2028-02-29", 1, "2029-02-28"),
        ("2028-02-28", 1, "2029-02-28"),
        ("2026-01-31", 1, "2027-01-31"),
        ("2025-11-25", 75, "2100-11-25"),
    ],
)
def test_a_day_some_years_later(day: str, years: int, then: str) -> None:
    assert later(date.fromisoformat(day), years) == date.fromisoformat(then)
