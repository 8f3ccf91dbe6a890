"""When a milestone may be declared: before somebody is withdrawn, while a cohort is open, in the order of its types."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    EXTENDED,
    IN_MARCH,
    act,
    bad,
    change,
    declare,
    refused,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage


@refuses("decl.before-withdrawal", "decl.evidence")
@accepts("decl.before-withdrawal")
def test_who_is_withdrawn_is_declared_of_for_the_time_before(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "withdraw", ect).is_accepted()
    refused(api, lambda: declare(api, ect, dated=IN_MARCH), "participant_id", of=ect)
    refused(api, lambda: declare(api, ect, dated="2026-06-02T10:00:00Z"), "participant_id", of=ect)
    both = ("evidence_held", "participant_id")
    refused(api, lambda: declare(api, ect, dated=IN_MARCH, evidence_held="hearsay"), *both, of=ect)
    declare(api, ect, dated="2026-03-02T09:59:59Z").is_accepted()


@refuses("decl.date-given")
@refuses("decl.withdrawal-undated")
@accepts("decl.withdrawal-undated")
def test_without_a_date_it_cannot_be_told_whether_they_were_withdrawn(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    refused(api, lambda: declare(api, ect, dated=None), "declaration_date", of=ect)
    act(api, "withdraw", ect).is_accepted()
    bad(api, lambda: declare(api, ect, dated=None), of=ect)
    bad(api, lambda: declare(api, ect, None, None), of=ect)


@refuses("decl.cohort-not-frozen")
def test_nothing_is_declared_of_who_trains_in_a_frozen_cohort(api: Api, stage: RegisterBackstage) -> None:
    for validation in ("eligible_to_start", "unknown"):
        ect = stage.person(cohort="2022", validation=validation).id
        refused(api, lambda: declare(api, ect, dated="2022-10-10T09:00:00Z"), "cohort", of=ect)  # noqa: B023


@refuses("decl.cohort-not-frozen", "decl.milestone-end", "decl.before-withdrawal")
def test_a_frozen_cohort_comes_last_of_what_is_at_fault(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2022").id
    stage.act("POST", f"/participants/{ect}/leave", at="2022-09-05T09:00:00Z", on="2027-07-31")
    refused(api, lambda: declare(api, ect, dated="2023-01-10T09:00:00Z"), "declaration_date", "cohort", of=ect)


@accepts("decl.cohort-not-frozen", "pay.frozen-cohort")
def test_who_has_left_a_frozen_cohort_is_declared_of(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2022", validation="unknown").id
    stage.act("POST", f"/participants/{ect}/leave", at="2023-07-03T09:00:00Z", on="2023-07-03")
    declare(api, ect, dated="2022-10-10T09:00:00Z").shows(state="submitted")


@refuses("decl.cohort-not-frozen")
@accepts("decl.cohort-not-frozen", "pay.frozen-cohort")
def test_a_cohort_is_closed_from_the_moment_at_which_it_is_frozen(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    before = api.get("/statements", **{"filter[cohort]": "2025"}).data
    stage.act("POST", "/cohorts/2025/close")
    refused(api, lambda: declare(api, ect), "cohort", of=ect)
    require_equal(before, api.get("/statements", **{"filter[cohort]": "2025"}).data)
    stage.act("POST", "/cohorts/2025/open")
    declare(api, ect).shows(state="eligible")


@refuses("decl.cohort-open")
@accepts("decl.cohort-open")
def test_of_who_is_eligible_nothing_is_declared_without_an_open_statement(api: Api, stage: RegisterBackstage) -> None:
    eligible, unknown = stage.person(cohort="2023").id, stage.person(cohort="2023", validation="unknown").id
    refused(api, lambda: declare(api, eligible, dated="2023-10-10T09:00:00Z"), "cohort", of=eligible)
    declare(api, unknown, dated="2023-10-10T09:00:00Z").shows(state="submitted", statement_id=None)


@refuses("decl.milestone-exists")
@accepts("decl.milestone-exists")
def test_only_extended_schedules_have_the_extended_milestones(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    refused(api, lambda: declare(api, ect, "extended-1"), "declaration_type", of=ect)
    change(api, ect, EXTENDED).is_accepted()
    declare(api, ect, "extended-1", "2026-03-10T09:00:00Z").is_accepted()


@refuses("decl.in-sequence")
@accepts("decl.in-sequence")
def test_from_2025_on_dates_follow_the_types(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    retained = declare(api, ect, "retained-1", "2026-01-10T09:00:00Z").is_accepted()
    refused(api, lambda: declare(api, ect, dated="2026-01-10T09:00:01Z"), "declaration_date", of=ect)
    refused(api, lambda: declare(api, ect, "retained-3", "2026-01-10T08:59:59Z"), "declaration_date", of=ect)
    started = declare(api, ect, dated="2026-01-10T09:00:00Z").is_accepted()
    later = declare(api, ect, "retained-3", "2026-01-10T09:00:00Z").is_accepted()
    for each in (later, started, retained):
        api.void(each.id).is_accepted()


@refuses("decl.in-sequence")
@accepts("decl.in-sequence")
def test_of_several_earlier_ones_the_latest_counts_and_of_several_later_ones_the_earliest(
    api: Api, backstage: Backstage
) -> None:
    ect = backstage.person(cohort="2025").id
    first, between, last = (f"2026-01-{day}T09:00:00Z" for day in (10, 15, 20))
    made = [declare(api, ect, "retained-1", first).is_accepted(), declare(api, ect, "retained-3", last).is_accepted()]
    refused(api, lambda: declare(api, ect, "started", between), "declaration_date", of=ect)
    refused(api, lambda: declare(api, ect, "retained-4", between), "declaration_date", of=ect)
    made += [declare(api, ect, "retained-4", last).is_accepted(), declare(api, ect, dated=first).is_accepted()]
    for each in made:
        api.void(each.id).is_accepted()


@accepts("decl.in-sequence")
def test_what_was_voided_is_followed_by_nothing(api: Api, backstage: Backstage) -> None:
    ect = backstage.person(cohort="2025").id
    retained = declare(api, ect, "retained-1", "2026-01-10T09:00:00Z").is_accepted()
    api.void(retained.id).is_accepted()
    started = declare(api, ect, dated="2026-01-10T09:00:01Z").is_accepted()
    api.void(started.id).is_accepted()


@accepts("decl.in-sequence")
def test_before_2025_dates_follow_nothing(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2024").id
    declare(api, ect, "retained-1", "2025-01-10T09:00:00Z").is_accepted()
    change(api, ect, EXTENDED).is_accepted()
    declare(api, ect, "retained-3", "2025-01-09T09:00:00Z").is_accepted()


@accepts("decl.before-withdrawal")
@pytest.mark.parametrize("state", ["left", "deferred", "joining", "passed"])
def test_it_does_not_matter_whether_training_goes_on(api: Api, stage: RegisterBackstage, state: str) -> None:
    if state == "joining":
        stage.partnership("2026")
        ect = stage.registered(on="2026-09-02", starts_on="2026-10-05")
    else:
        ect = stage.person().id
    if state == "left":
        stage.act("POST", f"/participants/{ect}/leave", on="2026-09-10")
    if state == "deferred":
        act(api, "defer", ect).is_accepted()
    if state == "passed":
        stage.act("PUT", f"/participants/{ect}/induction-end", on="2026-09-10", outcome="pass")
    declare(api, ect, dated="2026-09-14T09:00:00Z").is_accepted()
