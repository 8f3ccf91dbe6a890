"""Milestones: the schedule has one of the type declared, and the date lies between its first day and its last."""

from __future__ import annotations

import pytest

from sandbox.model import Schedule
from tests.api import JANE, Api
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import DEPLOYED, EVERY_VERSION

pytestmark = EVERY_VERSION

TOO_EARLY = over("declaration_date", "decl.milestone-start")
TOO_LATE = over("declaration_date", "decl.milestone-end")
NO_MILESTONE = over("declaration_type", "decl.milestone-exists")
NO_TYPE = over("declaration_type", "decl.type-given")


@pytest.mark.parametrize("blank", ["", "   "])
@refuses("decl.type-given")
def test_a_blank_type_is_no_type(northgate: Api, ect: str, blank: str) -> None:
    assert refusal(northgate, Api.declare, ect, blank, "2024-10-14T09:00:00Z") == NO_TYPE


@refuses("decl.type-given")
def test_a_declaration_has_a_type(northgate: Api, ect: str) -> None:
    attributes = {"participant_id": ect, "declaration_date": "2024-10-14T09:00:00Z"}
    assert refusal(northgate, Api.post, "/participant-declarations", **attributes) == NO_TYPE


@pytest.mark.parametrize("dated", ["2024-05-31T23:59:59Z", "2024-06-01T00:59:59+01:00"])
@refuses("decl.milestone-start")
def test_the_second_before_the_milestone_opens_is_too_early(northgate: Api, ect: str, dated: str) -> None:
    assert refusal(northgate, Api.declare, ect, "started", dated) == TOO_EARLY


@pytest.mark.parametrize("dated", ["2024-06-01T00:00:00Z", "2024-05-31T23:00:00-01:00"])
@accepts("decl.milestone-start", "decl.milestone-exists", "decl.type-given")
def test_the_first_second_of_its_first_day_will_do(northgate: Api, ect: str, dated: str) -> None:
    assert northgate.declare(ect, "started", dated).status == 200


@pytest.mark.parametrize("dated", ["2024-12-31T23:59:59Z", "2024-12-31T23:59:59.999999Z", "2025-01-01T00:59:59+01:00"])
@accepts("decl.milestone-end")
def test_the_last_second_of_its_last_day_will_do_however_late_it_is_submitted(
    northgate: Api, ect: str, dated: str
) -> None:
    assert northgate.at("2026-05-01T12:00:00Z").declare(ect, "started", dated).status == 200


@pytest.mark.parametrize("dated", ["2025-01-01T00:00:00Z", "2024-12-31T23:00:00-01:00"])
@refuses("decl.milestone-end")
def test_the_first_second_of_the_day_after_is_too_late(northgate: Api, ect: str, dated: str) -> None:
    assert refusal(northgate.at("2025-01-01T12:00:00Z"), Api.declare, ect, "started", dated) == TOO_LATE


@accepts("decl.milestone-end")
def test_a_schedule_that_is_not_standard_has_no_last_day(northgate: Api, ect: str) -> None:
    assert northgate.change_schedule(ect, "ecf-reduced-september").status == 200
    assert northgate.at("2027-01-31T12:00:00Z").declare(ect, "started", "2027-01-31T12:00:00Z").status == 200


@accepts("decl.milestone-end")
def test_a_last_day_counts_for_nothing_on_a_schedule_that_is_not_standard(
    northgate: Api, backstage: Backstage, ect: str
) -> None:
    september = northgate.world.store.read().get(Schedule, "2024/ecf-standard-september")
    assert september is not None
    backstage.change(september, identifier="ecf-unhurried-september")
    assert northgate.at("2025-06-01T12:00:00Z").declare(ect, "started", "2025-05-01T12:00:00Z").status == 200


@pytest.mark.parametrize("type", ["extended-1", "retained-5", "Started", "started;completed"])
@refuses("decl.milestone-exists")
def test_a_type_that_the_schedule_has_no_milestone_of_is_refused(northgate: Api, ect: str, type: str) -> None:
    assert refusal(northgate, Api.declare, ect, type, "2024-10-14T09:00:00Z") == NO_MILESTONE


@pytest.mark.parametrize("type", ["extended-1", "extended-2", "extended-3"])
@accepts("decl.milestone-exists")
def test_extended_schedules_have_three_milestones_more(northgate: Api, ect: str, type: str) -> None:
    assert northgate.change_schedule(ect, "ecf-extended-september").status == 200
    assert northgate.declare(ect, type, "2024-10-14T09:00:00Z").status == 200


@accepts("decl.milestone-exists")
def test_as_documented_those_who_began_in_january_2022_complete(northgate: Api) -> None:
    in_time = northgate.at("2023-10-31T12:00:00Z")
    assert in_time.declare(JANE, "completed", "2023-05-01T00:00:00Z").status == 200


@DEPLOYED
@refuses("decl.milestone-exists")
def test_the_deployed_service_has_no_such_milestone(northgate: Api, backstage: Backstage) -> None:
    backstage.validate(JANE, "checking_qts")
    in_time = northgate.at("2023-10-31T12:00:00Z")
    assert refusal(in_time, Api.declare, JANE, "completed", "2023-05-01T00:00:00Z") == NO_MILESTONE


@refuses("decl.milestone-start")
@accepts("decl.milestone-start")
def test_as_documented_the_first_cohort_starts_on_19_november_2021(northgate: Api, backstage: Backstage) -> None:
    first, that_winter = backstage.person(cohort="2021"), northgate.at("2022-01-10T12:00:00Z")
    assert refusal(that_winter, Api.declare, first, "started", "2021-11-18T23:59:59Z") == TOO_EARLY
    assert that_winter.declare(first, "started", "2021-11-19T00:00:00Z").status == 200


@DEPLOYED
@refuses("decl.milestone-start")
@accepts("decl.milestone-start")
def test_the_deployed_service_has_it_start_on_1_september(northgate: Api, backstage: Backstage) -> None:
    first, that_winter = backstage.person(cohort="2021", validated="checking_qts"), northgate.at("2022-01-10T12:00:00Z")
    assert refusal(that_winter, Api.declare, first, "started", "2021-08-31T23:59:59Z") == TOO_EARLY
    assert that_winter.declare(first, "started", "2021-09-01T00:00:00Z").status == 200
