"""A declaration stores the delivery partner, the mentor and the uplifts of its time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest

from sandbox.editions.ecf.rules import documented
from sandbox.model import Partnership
from sandbox.rules.declarations import placement_at
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import DEPLOYED, EVERY_BEHAVIOUR

LAST_OF_THE_OLD, FIRST_OF_THE_NEW = "2024-10-13T23:59:59Z", "2024-10-14T00:00:00Z"
MOVED_ON = date(2024, 10, 14)


@pytest.fixture
def old(backstage: Backstage) -> Partnership:
    """The partnership of the school where people are registered."""
    return backstage.partnerships("northgate", "2024")[0]


@pytest.fixture
def new(backstage: Backstage, old: Partnership) -> Partnership:
    """One of Northgate's with another school, and another delivery partner."""
    partnerships = backstage.partnerships("northgate", "2024")
    return next(p for p in partnerships if p.delivery_partner_id != old.delivery_partner_id)


@pytest.fixture
def second_mentor(backstage: Backstage) -> str:
    return backstage.person("mentor", full_name="Moses Clay", trn="7000003")


@pytest.fixture
def moved(backstage: Backstage, new: Partnership, mentor: str, second_mentor: str) -> str:
    """An ECT who moved from the one school to the other, and had a mentor at each."""
    ada = backstage.person(starts_on=date(2024, 9, 2), mentor_id=mentor)
    first = backstage.placement(ada)
    number = backstage.partnerships("northgate", "2024").index(new)
    backstage.transfer(ada, backstage.school(number=number), MOVED_ON)
    backstage.change(first, ends_on=MOVED_ON - timedelta(days=1), induction_status="leaving")
    backstage.change(backstage.placement(ada), mentor_id=second_mentor)
    return ada


@EVERY_BEHAVIOUR
@accepts("decl.records-context")
def test_the_delivery_partner_is_the_one_at_the_declaration_date(
    northgate: Api, moved: str, old: Partnership, new: Partnership
) -> None:
    before = northgate.declare(moved, "started", LAST_OF_THE_OLD)
    assert before.attributes["delivery_partner_id"] == old.delivery_partner_id
    northgate.void(before.id)
    since = northgate.declare(moved, "started", FIRST_OF_THE_NEW)
    assert since.attributes["delivery_partner_id"] == new.delivery_partner_id


@EVERY_BEHAVIOUR
@accepts("decl.records-context")
def test_the_mentor_of_an_ect_is_the_one_at_the_declaration_date(
    northgate: Api, moved: str, mentor: str, second_mentor: str
) -> None:
    before = northgate.declare(moved, "started", LAST_OF_THE_OLD)
    assert before.attributes["mentor_id"] == mentor
    northgate.void(before.id)
    assert northgate.declare(moved, "started", FIRST_OF_THE_NEW).attributes["mentor_id"] == second_mentor


@accepts("decl.records-context")
def test_the_day_of_a_date_is_its_day_in_utc(northgate: Api, moved: str, old: Partnership) -> None:
    declared = northgate.declare(moved, "started", "2024-10-14T00:30:00+01:00")
    assert declared.attributes["delivery_partner_id"] == old.delivery_partner_id


@accepts("decl.records-context")
def test_the_previous_provider_names_its_own_delivery_partner(
    northgate: Api, backstage: Backstage, ect: str, old: Partnership
) -> None:
    backstage.transfer(ect, backstage.school("harbour"), MOVED_ON)
    assert (
        northgate.declare(ect, "started", FIRST_OF_THE_NEW).attributes["delivery_partner_id"] == old.delivery_partner_id
    )


@accepts("decl.records-context")
def test_what_is_stored_stays_whatever_changes_later(northgate: Api, backstage: Backstage, moved: str) -> None:
    first = northgate.declare(moved, "started", FIRST_OF_THE_NEW)
    backstage.change(backstage.placement(moved), mentor_id=None)
    backstage.transfer(moved, backstage.school("harbour"), date(2024, 11, 4))
    assert northgate.declaration(first.id) == first.attributes


@accepts("decl.records-context")
def test_a_mentor_has_no_mentor(northgate: Api, mentor: str) -> None:
    declared = northgate.declare(mentor, "started", FIRST_OF_THE_NEW, course_identifier="ecf-mentor")
    assert declared.attributes["mentor_id"] is None


@pytest.mark.parametrize(("pupil_premium", "sparsity"), [(True, False), (False, True), (True, True), (False, False)])
@accepts("decl.records-context")
def test_both_uplifts_are_stored(
    northgate: Api, backstage: Backstage, ect: str, pupil_premium: bool, sparsity: bool
) -> None:
    record = backstage.training_record(ect)
    backstage.change(record, pupil_premium_uplift=pupil_premium, sparsity_uplift=sparsity)
    made = backstage.declaration(northgate.declare(ect, "started", FIRST_OF_THE_NEW).id)
    assert (made.pupil_premium_uplift, made.sparsity_uplift) == (pupil_premium, sparsity)


@accepts("decl.records-context")
def test_an_uplift_is_paid_by_what_was_stored(world: World, northgate: Api, backstage: Backstage, ect: str) -> None:
    backstage.change(backstage.training_record(ect), pupil_premium_uplift=False, sparsity_uplift=True)
    declared = northgate.declare(ect, "started", FIRST_OF_THE_NEW)
    backstage.change(backstage.training_record(ect), sparsity_uplift=False)
    assert declared.attributes["uplift_paid"] is False
    world.clock.at = datetime(2025, 1, 26, tzinfo=UTC)
    assert northgate.declaration(declared.id)["uplift_paid"] is True


@pytest.mark.parametrize("day", [date(2024, 8, 31), date(2024, 11, 30)])
def test_by_the_guidance_the_newest_counts_outside_every_placement(backstage: Backstage, ect: str, day: date) -> None:
    placement = backstage.placement(ect)
    newest = msgspec.structs.replace(placement, starts_on=date(2024, 11, 1), ends_on=date(2024, 11, 15))
    older = msgspec.structs.replace(placement, starts_on=date(2024, 9, 2), ends_on=date(2024, 9, 30))
    assert documented.placement_at([newest, older], datetime.combine(day, time(9), UTC)) == newest


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2024, 8, 31), None), (date(2024, 10, 15), "older"), (date(2024, 11, 30), "newest")]
)
def test_in_the_deployed_service_the_newest_begun_by_then_counts(
    backstage: Backstage, ect: str, day: date, counts: str | None
) -> None:
    placement = backstage.placement(ect)
    newest = msgspec.structs.replace(placement, starts_on=date(2024, 11, 1), ends_on=date(2024, 11, 15))
    older = msgspec.structs.replace(placement, starts_on=date(2024, 9, 2), ends_on=date(2024, 9, 30))
    found = placement_at([newest, older], datetime.combine(day, time(9), UTC))
    assert found == {"newest": newest, "older": older, None: None}[counts]


@DEPLOYED
@accepts("decl.records-context")
def test_dated_before_their_first_day_it_has_neither_delivery_partner_nor_mentor(
    northgate: Api, backstage: Backstage, mentor: str
) -> None:
    ada = backstage.person(starts_on=date(2024, 10, 1), mentor_id=mentor)
    declared = northgate.declare(ada, "started", "2024-09-30T09:00:00Z").attributes
    assert (declared["delivery_partner_id"], declared["mentor_id"]) == (None, None)
