"""The cohort must still be open, for whoever is paid for."""

from __future__ import annotations

import pytest

from sandbox.model import ValidationStatus
from tests.api import JANE, Api
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import DEPLOYED, EVERY_BEHAVIOUR, EVERY_VERSION

pytestmark = EVERY_VERSION

CLOSED = over("cohort", "decl.cohort-open")
IN_THE_JANUARY_WINDOW = "2022-01-10T09:00:00Z"


@EVERY_BEHAVIOUR
@refuses("decl.cohort-open")
def test_nothing_more_is_paid_for_a_closed_cohort(northgate: Api) -> None:
    assert refusal(northgate, Api.declare, JANE, "started", IN_THE_JANUARY_WINDOW) == CLOSED


@refuses("decl.cohort-open")
@accepts("decl.cohort-open")
def test_a_cohort_takes_declarations_until_the_moment_the_dfe_closes_it(northgate: Api) -> None:
    before, since = northgate.at("2024-04-02T23:59:59Z"), northgate.at("2024-04-03T00:00:00Z")
    assert refusal(since, Api.declare, JANE, "started", IN_THE_JANUARY_WINDOW) == CLOSED
    assert before.declare(JANE, "started", IN_THE_JANUARY_WINDOW).status == 200


@DEPLOYED
@refuses("decl.cohort-open")
def test_in_the_deployed_service_one_that_is_paid_up_takes_none_at_any_time(northgate: Api) -> None:
    before = northgate.at("2022-01-10T12:00:00Z")
    assert refusal(before, Api.declare, JANE, "started", IN_THE_JANUARY_WINDOW) == CLOSED


@EVERY_BEHAVIOUR
@pytest.mark.parametrize("status", ["checking_qts", "not_eligible_for_funded_training"])
@accepts("decl.cohort-open")
def test_a_closed_cohort_takes_what_would_not_be_paid_for_anyway(
    northgate: Api, backstage: Backstage, status: ValidationStatus
) -> None:
    unpaid = backstage.person(cohort="2021", validated=status)
    assert northgate.declare(unpaid, "started", "2021-11-22T09:00:00Z").attributes["state"] == "submitted"


@EVERY_BEHAVIOUR
@refuses("decl.cohort-open")
@accepts("decl.cohort-open")
def test_a_cohort_is_open_to_the_last_second_of_its_last_output_deadline(northgate: Api, backstage: Backstage) -> None:
    ada, in_the_window = backstage.person(cohort="2022"), "2024-06-03T09:00:00Z"
    last_day, day_after = northgate.at("2025-07-31T23:59:59Z"), northgate.at("2025-08-01T00:00:00Z")
    assert refusal(day_after, Api.declare, ada, "completed", in_the_window) == CLOSED
    assert last_day.declare(ada, "completed", in_the_window).status == 200


@EVERY_BEHAVIOUR
@refuses("decl.cohort-open")
@accepts("decl.cohort-open")
def test_it_is_the_cohort_of_the_schedule_that_must_be_open(northgate: Api, backstage: Backstage) -> None:
    moved, left_behind = backstage.person(cohort="2021", trn="7000001"), backstage.person(cohort="2024", trn="7000002")
    backstage.put_on_schedule(moved, "2024/ecf-reduced-september")
    backstage.put_on_schedule(left_behind, "2021/ecf-reduced-september")
    assert northgate.declare(moved, "started", "2024-10-14T09:00:00Z").status == 200
    assert refusal(northgate, Api.declare, left_behind, "started", "2024-10-14T09:00:00Z") == CLOSED
