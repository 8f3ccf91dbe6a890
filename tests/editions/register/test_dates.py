"""When something is declared for: how a date is read, and which are accepted."""

from __future__ import annotations

import pytest

from tests.rules.marks import accepts, refuses

from .world import Provider, World, bad, over

FUTURE = over("declaration_date", "decl.date-not-future")
TOO_EARLY = over("declaration_date", "decl.milestone-start")
TOO_LATE = over("declaration_date", "decl.milestone-end")
FORM = over("declaration_date", "decl.date-format")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-07-01T10:00:00Z", "2026-07-01T10:00:00Z"),
        ("2026-07-01t10:00:00z", "2026-07-01T10:00:00Z"),
        ("2026-07-01T10:00:00.5Z", "2026-07-01T10:00:00Z"),
        ("2026-07-01T10:00:00,5Z", "2026-07-01T10:00:00Z"),
        ("2026-07-01T10:00:00+01", "2026-07-01T09:00:00Z"),
        ("2026-07-01T10:00:00+0100", "2026-07-01T09:00:00Z"),
        ("2026-07-01T10:00:00-01:00", "2026-07-01T11:00:00Z"),
        ("2026-07-01T10:00:00-00:00", "2026-07-01T10:00:00Z"),
        ("2026-07-01T24:00:00Z", "2026-07-02T00:00:00Z"),
        ("2026-07-01T10:00:60Z", "2026-07-01T10:01:00Z"),
        ("2026-07-01T10:00:00", "2026-07-01T09:00:00Z"),
        ("2026-01-01T10:00:00+25:00", "2026-01-01T10:00:00Z"),
    ],
)
@accepts("decl.date-format", "decl.date-unreadable", "fragile.declaration-date")
def test_a_date_and_time_to_the_second_is_accepted(world: World, northgate: Provider, sent: str, kept: str) -> None:
    assert northgate.declare(world.trainee(), dated=sent).attributes["declaration_date"] == kept


@pytest.mark.parametrize(
    "date",
    [
        "2026-07-01",
        "2026-07-01T10:00Z",
        "2026-07-01 10:00:00Z",
        " 2026-07-01T10:00:00Z",
        "20260701T100000Z",
        "20260701",
        "+002026-07-01T10:00:00Z",
        "2026-W27-3T10:00:00Z",
        "01/07/2026",
        "1 July 2026",
        "Wed, 01 Jul 2026 10:00:00 GMT",
        "08:00",
        "2026-7-1T9:00:00Z",
        "2026-07-01T10:00:00GMT",
        "2026-07-01T10:00:00.Z",
    ],
)
@refuses("decl.date-format")
def test_a_date_in_another_form_is_none_of_that_form(world: World, northgate: Provider, date: str) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, dated=date)) == FORM


@pytest.mark.parametrize(
    "date",
    [
        "garbage",
        "2026",
        "2026-02-30T00:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-07-01T25:00:00Z",
        "2026-07-01T24:00:01Z",
        "2026-07-01T10:60:00Z",
        "2026-W54-1T10:00:00Z",
        20260701,
        1.5,
    ],
)
@refuses("decl.date-unreadable")
def test_what_is_no_date_at_all_makes_no_request(world: World, northgate: Provider, date: object) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, dated=date)) == bad("decl.date-unreadable")


@refuses("decl.date-format")
def test_of_nobody_it_is_a_date_in_another_form(northgate: Provider) -> None:
    refused = northgate.refused(lambda: northgate.declare("00000000-0000-4000-8000-000000000000", dated="garbage"))
    assert refused.titles == ["participant_id", "declaration_date"]
    assert refused.rules == ["decl.participant-known", "decl.date-format"]


@pytest.mark.parametrize("truth", [True, False])
@refuses("fragile.declaration-date")
def test_a_truth_value_is_no_date(world: World, northgate: Provider, truth: bool) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, dated=truth)) == bad("fragile.declaration-date")


@refuses("decl.date-not-future")
@accepts("decl.date-not-future", "clock.header")
def test_a_date_may_be_now_but_not_later(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    now = northgate.at("2026-07-01T00:10:00Z")
    assert now.refused(lambda: now.declare(ect, dated="2026-07-01T00:10:01Z")) == FUTURE
    assert now.refused(lambda: now.declare(ect, dated="2026-07-02")) == FUTURE
    assert now.declare(ect, dated="2026-07-01T00:10:00Z").attributes["created_at"] == "2026-07-01T00:10:00Z"


@refuses("decl.date-not-future")
def test_without_an_offset_a_date_is_compared_as_if_it_were_in_utc(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    before = northgate.at("2026-07-01T00:10:00Z")
    assert before.refused(lambda: before.declare(ect, dated="2026-07-01T00:30:00")) == FUTURE
    declared = northgate.at("2026-07-01T00:40:00Z").declare(ect, dated="2026-07-01T00:30:00")
    assert declared.attributes["declaration_date"] == "2026-06-30T23:30:00Z"


@refuses("decl.milestone-start")
@accepts("decl.milestone-start")
def test_a_milestone_begins_at_midnight_in_london(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, dated="2025-05-31T22:59:59Z")) == TOO_EARLY
    assert northgate.refused(lambda: northgate.declare(ect, dated="2025-05-01")) == TOO_EARLY
    assert northgate.refused(lambda: northgate.declare(ect, dated="2025-05-31T23:30:00")) == TOO_EARLY
    assert northgate.declare(ect, dated="2025-05-31T23:00:00Z").status == 200


@refuses("decl.milestone-end")
@accepts("decl.milestone-end")
def test_the_last_day_of_a_milestone_ends_at_midnight_in_london(world: World, northgate: Provider) -> None:
    ect = world.trainee(cohort="2024")
    late = northgate.refused(lambda: northgate.declare(ect, "retained-2", "2025-07-31T23:00:00Z"))
    assert late == TOO_LATE
    assert northgate.declare(ect, "retained-2", "2025-07-31T22:59:59Z").status == 200
    assert northgate.refused(lambda: northgate.declare(ect, dated="2025-01-01T00:00:00Z")) == TOO_LATE
    assert northgate.declare(ect, dated="2024-12-31T23:59:59Z").status == 200


@accepts("never.500")
def test_a_date_may_lie_beyond_what_can_be_counted(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: northgate.declare(ect, dated="9999-12-31T23:59:59-14:00")) == FUTURE
    assert northgate.refused(lambda: northgate.declare(ect, dated="0001-01-01T00:00:00+14:00")) == TOO_EARLY


@accepts("transfer.declare-after")
def test_the_milestones_are_those_of_the_latest_training_even_if_it_is_to_begin(
    world: World, northgate: Provider
) -> None:
    ect = world.trainee()
    world.partnership("2026", urn="900204")
    world.control("POST", f"/participants/{ect}/join", urn="900204", on="2026-11-02")
    cohort = northgate.enrolment(ect)["cohort"]
    declared = northgate.declare(ect)
    assert northgate.get("/participant-declarations", **{"filter[cohort]": cohort}).ids == [declared.id]
