"""Schools and providers that agree to train together."""

from __future__ import annotations

import pytest

from sandbox.actors import partnerships
from sandbox.actors.impossible import Impossible

from .town import ANCHOR_STREET, ASHDOWN, HILLTOP_VIEW, NORTHGATE, SUMMER, TIDEWAY, town

FELLSIDE = "63206e0f-c526-47b6-afda-a2084d7c6f9b"


def test_a_school_that_agrees_has_chosen_provider_led_training() -> None:
    with town() as there:
        school = there.school(HILLTOP_VIEW)
        made = partnerships.agree(there.unit, SUMMER, school, "2024", there.provider(), TIDEWAY)
        assert made == there.partnership(HILLTOP_VIEW, "2024")
        assert (made.lead_provider_id, made.delivery_partner_id) == (NORTHGATE, TIDEWAY)
        assert there.school(HILLTOP_VIEW).programmes == {"2024": "provider_led"}


def test_a_school_has_one_partnership_for_a_cohort() -> None:
    with town() as there, pytest.raises(Impossible, match="already"):
        partnerships.agree(there.unit, SUMMER, there.school(ANCHOR_STREET), "2023", there.provider(), TIDEWAY)


def test_the_delivery_partner_works_with_the_provider_in_that_cohort() -> None:
    with town() as there, pytest.raises(Impossible, match="does not work with"):
        partnerships.agree(there.unit, SUMMER, there.school(ASHDOWN), "2024", there.provider(), FELLSIDE)


@pytest.mark.parametrize("urn", ["900408", "900410"])
def test_a_school_that_is_not_paid_for_has_no_partnership(urn: str) -> None:
    with town() as there, pytest.raises(Impossible, match="cannot have"):
        partnerships.agree(there.unit, SUMMER, there.school(urn), "2023", there.provider(), TIDEWAY)
