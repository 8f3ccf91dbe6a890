"""Several faults of a confirmation at once: each attribute has one at the most, and all that there are are named."""

from __future__ import annotations

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import refuses
from tests.rules.refusal import Refusal, refusal

from .places import ALDERLEY, ANCHOR_STREET, GORSE_HALL, NOWHERE, OAKFIELD, RIVERBANK, SALTMARSH, school

confirm = Api.confirm_partnership


def refused(*titles_and_rules: tuple[str, str]) -> Refusal:
    """Refused over several things, in this order, each by one rule."""
    return Refusal(422, [title for title, _ in titles_and_rules], [rule for _, rule in titles_and_rules])


@refuses("part.cohort-given", "part.school-given", "part.delivery-partner-given")
def test_of_nothing_at_all_each_attribute_is_missing() -> None:
    assert refusal(World().api(), Api.send, "POST", "/partnerships/ecf", json={"data": {"type": "x"}}) == refused(
        ("cohort", "part.cohort-given"),
        ("school_id", "part.school-given"),
        ("delivery_partner_id", "part.delivery-partner-given"),
    )


@refuses("part.cohort", "part.school-known", "part.delivery-partner-known")
def test_of_three_that_are_none_each_is_named() -> None:
    assert refusal(World().api(), confirm, NOWHERE, NOWHERE, "1066") == refused(
        ("cohort", "part.cohort"),
        ("school_id", "part.school-known"),
        ("delivery_partner_id", "part.delivery-partner-known"),
    )


@refuses("part.school-given", "part.cohort", "part.delivery-partner-known")
def test_what_is_missing_comes_before_what_is_wrong() -> None:
    assert refusal(World().api(), confirm, "", NOWHERE, "1066") == refused(
        ("school_id", "part.school-given"),
        ("cohort", "part.cohort"),
        ("delivery_partner_id", "part.delivery-partner-known"),
    )


@refuses("part.cohort", "part.school-eligible", "part.delivery-partner-yours")
def test_whether_a_school_is_paid_for_does_not_depend_on_the_cohort() -> None:
    assert refusal(World().api(), confirm, ALDERLEY, SALTMARSH, "1066") == refused(
        ("cohort", "part.cohort"),
        ("school_id", "part.school-eligible"),
        ("delivery_partner_id", "part.delivery-partner-yours"),
    )


@refuses("part.not-yours-already", "part.not-anothers", "part.school-decided", "part.delivery-partner-yours")
def test_the_delivery_partner_is_looked_at_whatever_is_wrong_with_the_school() -> None:
    api, somebody_elses = World().api(), ("delivery_partner_id", "part.delivery-partner-yours")
    for place, rule in (
        (RIVERBANK, "part.not-yours-already"),
        (ANCHOR_STREET, "part.not-anothers"),
        (GORSE_HALL, "part.school-decided"),
    ):
        assert refusal(api, confirm, place, SALTMARSH) == refused(("school_id", rule), somebody_elses)


@refuses("part.school-eligible")
def test_of_a_school_that_is_no_longer_paid_for_nothing_else_is_asked() -> None:
    world = World()
    for id in (RIVERBANK, ANCHOR_STREET, GORSE_HALL):
        Backstage(world).change(school(world, id), eligible_for_funding=False)
        assert refusal(world.api(), confirm, id, OAKFIELD) == refused(("school_id", "part.school-eligible"))


@refuses("part.not-yours-already", "part.not-anothers")
def test_of_a_school_that_is_taken_it_does_not_matter_whether_it_has_decided() -> None:
    world = World()
    for id, rule in ((RIVERBANK, "part.not-yours-already"), (ANCHOR_STREET, "part.not-anothers")):
        Backstage(world).change(school(world, id), programmes={})
        assert refusal(world.api(), confirm, id, OAKFIELD) == refused(("school_id", rule))
