"""When something is declared for: how a date is read, and which are accepted, in days of London."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import DECLARATIONS, ELSEWHERE, bad, declare, enrolment, listed, refused
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage

READ = {
    "2026-07-01T10:00:00Z": "2026-07-01T10:00:00Z",
    "2026-07-01t10:00:00z": "2026-07-01T10:00:00Z",
    "2026-07-01T10:00:00.5Z": "2026-07-01T10:00:00Z",
    "2026-07-01T10:00:00,5Z": "2026-07-01T10:00:00Z",
    "2026-07-01T10:00:00+01": "2026-07-01T09:00:00Z",
    "2026-07-01T10:00:00+0100": "2026-07-01T09:00:00Z",
    "2026-07-01T10:00:00-01:00": "2026-07-01T11:00:00Z",
    "2026-07-01T10:00:00-00:00": "2026-07-01T10:00:00Z",
    "2026-07-01T10:00:00-03:30": "2026-07-01T13:30:00Z",
    "2026-07-01T10:00:00+0545": "2026-07-01T04:15:00Z",
    "2026-07-01T24:00:00Z": "2026-07-02T00:00:00Z",
    "2026-07-01T10:00:60Z": "2026-07-01T10:01:00Z",
    "2026-07-01T10:00:00": "2026-07-01T09:00:00Z",
    "2026-01-01T10:00:00+25:00": "2026-01-01T10:00:00Z",
    "2026-07-01T10:00:00+25:00": "2026-07-01T09:00:00Z",
}
IN_ANOTHER_FORM = (
    "2026-07-01",
    "2026-07-01T10:00Z",
    "2026-07-01 10:00:00Z",
    " 2026-07-01T10:00:00Z",
    "2026-07-01T10:00:00Z ",
    "20260701T100000Z",
    "2026-W27-3T10:00:00Z",
    "01/07/2026",
    "1 July 2026",
    "Wed, 01 Jul 2026 10:00:00 GMT",
)
NO_DATES = (
    "garbage",
    "2026",
    "2026-02-30T00:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-07-01T25:00:00Z",
    "2026-07-01T10:60:00Z",
    20260701,
    1.5,
)


@accepts("decl.date-format", "decl.date-unreadable", "fragile.declaration-date")
def test_a_date_and_time_to_the_second_is_accepted(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    for sent, kept in READ.items():
        made = declare(api, ect, dated=sent).shows(declaration_date=kept)
        api.void(made.id).is_accepted()


@refuses("decl.date-format")
def test_a_date_in_another_form_is_none_of_that_form(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    for date in IN_ANOTHER_FORM:
        refused(api, lambda: declare(api, ect, dated=date), "declaration_date", of=ect)  # noqa: B023


@refuses("decl.date-unreadable")
def test_what_is_no_date_at_all_makes_no_request(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    for date in NO_DATES:
        bad(api, lambda: declare(api, ect, dated=date), of=ect)  # noqa: B023


@refuses("decl.date-format")
def test_of_nobody_it_is_a_date_in_another_form(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    refused(api, lambda: declare(api, NOBODY, dated="garbage"), "participant_id", "declaration_date")


@refuses("fragile.declaration-date")
@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_value_is_no_date(api: Api, backstage: Backstage, truth: bool) -> None:
    ect = backstage.person(cohort="2025").id
    bad(api, lambda: declare(api, ect, dated=truth), of=ect)


@refuses("decl.date-not-future")
@accepts("decl.date-not-future", "clock.header")
def test_a_date_may_be_now_but_not_later(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    now = api.at("2026-07-01T00:10:00Z")
    refused(now, lambda: declare(now, ect, dated="2026-07-01T00:10:01Z"), "declaration_date", of=ect)
    refused(now, lambda: declare(now, ect, dated="2026-07-02"), "declaration_date", of=ect)
    declare(now, ect, dated="2026-07-01T00:10:00Z").shows(created_at="2026-07-01T00:10:00Z")


@refuses("decl.date-not-future")
@accepts("decl.date-not-future")
def test_without_an_offset_a_date_is_compared_as_if_it_were_in_utc(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    before = api.at("2026-07-01T00:10:00Z")
    refused(before, lambda: declare(before, ect, dated="2026-07-01T00:30:00"), "declaration_date", of=ect)
    made = declare(api.at("2026-07-01T00:40:00Z"), ect, dated="2026-07-01T00:30:00")
    made.shows(declaration_date="2026-06-30T23:30:00Z")


@refuses("decl.milestone-start")
@accepts("decl.milestone-start")
def test_a_milestone_begins_at_midnight_in_london(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    for early in ("2025-05-31T22:59:59Z", "2025-05-01", "2025-05-31T23:30:00"):
        refused(api, lambda: declare(api, ect, dated=early), "declaration_date", of=ect)  # noqa: B023
    made = declare(api, ect, dated="2025-05-31T23:00:00Z").is_accepted()
    api.void(made.id).is_accepted()


@refuses("decl.milestone-start")
@accepts("decl.milestone-start")
@pytest.mark.parametrize(
    ("schedule", "opens"),
    [
        ("ecf-extended-september", "2025-08-31T23:00:00Z"),
        ("ecf-standard-january", "2026-01-01T00:00:00Z"),
        ("ecf-standard-april", "2026-03-31T23:00:00Z"),
    ],
)
def test_each_schedule_has_its_own_first_day(api: Api, stage: RegisterBackstage, schedule: str, opens: str) -> None:
    ect = stage.person(schedule=schedule).id
    second_before = {"2025-08-31T23:00:00Z": "2025-08-31T22:59:59Z", "2026-01-01T00:00:00Z": "2025-12-31T23:59:59Z"}
    early = second_before.get(opens, "2026-03-31T22:59:59Z")
    refused(api, lambda: declare(api, ect, dated=early), "declaration_date", of=ect)
    declare(api, ect, dated=opens).is_accepted()


@refuses("decl.milestone-end")
@accepts("decl.milestone-end")
def test_the_last_day_of_a_milestone_ends_at_midnight_in_london(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2024").id
    late = "2025-07-31T23:00:00Z"
    refused(api, lambda: declare(api, ect, "retained-2", late), "declaration_date", of=ect)
    for last in ("2025-07-31T22:59:59Z", "2025-07-31T22:59:59.9Z"):
        made = declare(api, ect, "retained-2", last).shows(declaration_date="2025-07-31T22:59:59Z")
        api.void(made.id).is_accepted()
    refused(api, lambda: declare(api, ect, dated="2025-01-01T00:00:00Z"), "declaration_date", of=ect)
    declare(api, ect, dated="2024-12-31T23:59:59Z").is_accepted()


@refuses("decl.milestone-end")
@accepts("decl.milestone-end")
def test_without_an_offset_it_is_the_end_of_a_milestone_in_utc(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2024").id
    for late in ("2025-07-31T23:00:00", "2025-07-31T23:59:59"):
        refused(api, lambda: declare(api, ect, "retained-2", late), "declaration_date", of=ect)  # noqa: B023
    declare(api, ect, "retained-2", "2025-07-31T22:59:59").shows(declaration_date="2025-07-31T21:59:59Z")


@accepts("decl.milestone-end")
def test_from_2025_on_a_milestone_has_no_end(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    made = declare(api, ect, dated="2026-07-31T12:00:00Z").is_accepted()
    api.void(made.id).is_accepted()


@accepts("never.500")
def test_a_date_may_lie_beyond_what_can_be_counted(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    for date in ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"):
        refused(api, lambda: declare(api, ect, dated=date), "declaration_date", of=ect)  # noqa: B023


@accepts("transfer.declare-after")
def test_the_milestones_are_those_of_the_latest_training_even_if_it_is_to_begin(
    api: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person(cohort="2024").id
    stage.partnership("2024", urn=ELSEWHERE)
    stage.act("POST", f"/participants/{ect}/join", urn=ELSEWHERE, on="2026-11-02")
    cohort = enrolment(api, ect)["cohort"]
    made = declare(api, ect).is_accepted() if cohort != "2024" else declare(api, ect, dated="2024-10-10T09:00:00Z")
    listed(api, DECLARATIONS, [made.id], **{"filter[cohort]": cohort})
    require_equal(ELSEWHERE, enrolment(api, ect)["school_urn"])
