"""Several faults at once: all of one stage are named, in the order of the rules; the next stage only when none is."""

from __future__ import annotations

import pytest

from tests.api import JANE, Api
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import Refusal, over, refusal
from tests.rules.variants import DEPLOYED, EVERY_VERSION

pytestmark = EVERY_VERSION

KIERAN = "15d260e5-fb59-4196-9ed8-79a2ea44defb"  # cohort 2022, withdrawn in June 2023
CHIDI = "606c460b-7846-419e-92cd-e199ff590fec"  # declared as started; cohort 2021, which is closed
NOBODY = "00000000-0000-4000-8000-000000000000"


@refuses("decl.participant-known", "decl.date-not-future")
def test_of_someone_unknown_the_date_is_looked_at_all_the_same(northgate: Api) -> None:
    assert refusal(northgate, Api.declare, NOBODY, "retained-9", "2030-01-01T00:00:00Z") == Refusal(
        422, ["participant_id", "declaration_date"], ["decl.participant-known", "decl.date-not-future"]
    )


@refuses("decl.before-withdrawal", "decl.date-not-future", "decl.milestone-exists")
def test_withdrawn_in_the_future_and_of_no_such_type(northgate: Api) -> None:
    assert refusal(northgate, Api.declare, KIERAN, "extended-1", "2030-01-01T00:00:00Z") == Refusal(
        422,
        ["participant_id", "declaration_date", "declaration_type"],
        ["decl.before-withdrawal", "decl.date-not-future", "decl.milestone-exists"],
    )


@refuses("decl.before-withdrawal", "decl.type-given", "decl.date-not-future")
def test_withdrawn_without_a_type_and_in_the_future(northgate: Api) -> None:
    assert refusal(northgate, Api.declare, KIERAN, "", "2030-01-01T00:00:00Z") == Refusal(
        422,
        ["participant_id", "declaration_type", "declaration_date"],
        ["decl.before-withdrawal", "decl.type-given", "decl.date-not-future"],
    )


@refuses("decl.date-format", "decl.type-given")
def test_a_missing_type_comes_before_a_date_that_is_none(northgate: Api, ect: str) -> None:
    assert refusal(northgate, Api.declare, ect, "", "2024-10-14") == Refusal(
        422, ["declaration_type", "declaration_date"], ["decl.type-given", "decl.date-format"]
    )


@refuses("decl.date-not-future", "decl.milestone-end")
def test_two_faults_of_one_attribute_share_its_entry(northgate: Api, ect: str) -> None:
    rules = ("decl.date-not-future", "decl.milestone-end")
    assert refusal(northgate, Api.declare, ect, "started", "2025-01-01T00:00:00Z") == over("declaration_date", *rules)
    assert ", " in northgate.declare(ect, "started", "2025-01-01T00:00:00Z").detail


@refuses("decl.milestone-start", "decl.one-per-milestone")
def test_too_early_and_declared_already(northgate: Api, ect: str) -> None:
    assert northgate.declare(ect, "started", "2024-10-14T09:00:00Z").status == 200
    assert refusal(northgate, Api.declare, ect, "started", "2024-05-31T23:59:59Z") == Refusal(
        422, ["declaration_date", "base"], ["decl.milestone-start", "decl.one-per-milestone"]
    )


@refuses("decl.milestone-end", "decl.cohort-open", "decl.one-per-milestone")
def test_too_late_in_a_closed_cohort_and_declared_already(northgate: Api) -> None:
    assert refusal(northgate, Api.declare, CHIDI, "started", "2021-12-01T00:00:00Z") == Refusal(
        422,
        ["declaration_date", "cohort", "base"],
        ["decl.milestone-end", "decl.cohort-open", "decl.one-per-milestone"],
    )


@refuses("decl.cohort-open", "decl.milestone-exists")
def test_a_closed_cohort_comes_before_a_type_the_schedule_does_not_have(northgate: Api) -> None:
    assert refusal(northgate, Api.declare, JANE, "extended-1", "2022-01-10T09:00:00Z") == Refusal(
        422, ["cohort", "declaration_type"], ["decl.cohort-open", "decl.milestone-exists"]
    )


@refuses("decl.milestone-exists", "decl.mentor-types")
def test_no_milestone_and_no_type_for_a_mentor(northgate: Api, backstage: Backstage) -> None:
    robert, november = backstage.person("mentor", cohort="2025"), northgate.at("2025-11-20T09:00:00Z")
    refused = refusal(
        november, Api.declare, robert, "extended-1", "2025-11-10T09:00:00Z", course_identifier="ecf-mentor"
    )
    assert refused == over("declaration_type", "decl.milestone-exists", "decl.mentor-types")


@DEPLOYED
@refuses("decl.date-not-future", "decl.one-per-milestone")
def test_the_deployed_service_looks_for_a_rival_in_the_future_too(northgate: Api, ect: str) -> None:
    december = "2024-12-02T09:00:00Z"
    assert northgate.at(december).declare(ect, "started", december).status == 200
    assert refusal(northgate, Api.declare, ect, "started", december) == Refusal(
        422, ["declaration_date", "base"], ["decl.date-not-future", "decl.one-per-milestone"]
    )


@refuses("decl.date-not-future")
def test_the_course_is_looked_at_only_when_nothing_before_it_is_at_fault(northgate: Api, ect: str) -> None:
    later = "2024-12-02T09:00:00Z"
    refused = refusal(northgate, Api.declare, ect, "started", later, course_identifier="ecf-headship")
    assert refused == over("declaration_date", "decl.date-not-future")


@pytest.mark.parametrize("evidence", [None, "hearsay"])
@refuses("decl.course-matches", "decl.one-per-milestone")
def test_the_evidence_is_looked_at_last(northgate: Api, ect: str, evidence: str | None) -> None:
    spring, dated = northgate.at("2025-02-03T09:00:00Z"), "2025-02-03T09:00:00Z"
    held = {"evidence_held": evidence}
    refused = refusal(spring, Api.declare, ect, "retained-1", dated, course_identifier="ecf-mentor", **held)
    assert refused == over("course_identifier", "decl.course-matches")
    assert spring.declare(ect, "retained-1", dated).status == 200
    assert refusal(spring, Api.declare, ect, "retained-1", dated, **held) == over("base", "decl.one-per-milestone")


@DEPLOYED
@refuses("decl.date-given", "decl.type-given")
def test_in_the_deployed_service_an_unreadable_date_counts_as_missing_and_comes_first(northgate: Api, ect: str) -> None:
    assert refusal(northgate, Api.declare, ect, "", "rubbish") == Refusal(
        422, ["declaration_date", "declaration_type"], ["decl.date-given", "decl.type-given"]
    )


@DEPLOYED
@pytest.mark.parametrize("written", ["2025-01-06", "2025-01-06 09:00:00", "2025-01-06T09:00Z"])
@refuses("decl.date-format", "decl.date-not-future", "decl.milestone-end")
def test_there_a_date_of_another_form_is_read_for_the_other_rules(northgate: Api, ect: str, written: str) -> None:
    assert refusal(northgate, Api.declare, ect, "started", written) == over(
        "declaration_date", "decl.date-format", "decl.date-not-future", "decl.milestone-end"
    )


@DEPLOYED
@pytest.mark.parametrize("written", ["", "rubbish"])
@refuses("decl.withdrawal-undated")
def test_there_nothing_is_declared_of_somebody_withdrawn_without_a_date(northgate: Api, written: str) -> None:
    assert refusal(northgate, Api.declare, KIERAN, "extended-1", written) == Refusal(
        400, ["Bad request"], ["decl.withdrawal-undated"]
    )


@DEPLOYED
@accepts("decl.withdrawal-undated")
def test_a_day_alone_is_date_enough_for_that(northgate: Api) -> None:
    assert "decl.withdrawal-undated" not in northgate.declare(KIERAN, "started", "2023-05-01").rules
