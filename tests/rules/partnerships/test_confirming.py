"""`POST /partnerships/ecf`: with which schools, for which cohorts, through which delivery partners."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.model import DeliveryPartner
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal

from .places import (
    ALDERLEY,
    ANCHOR_STREET,
    BROOKVALE,
    FAIRFIELD,
    FELLSIDE,
    GORSE_HALL,
    HILLTOP_VIEW,
    KESTREL,
    LARKRISE,
    NOWHERE,
    OAKFIELD,
    RIVERBANK,
    SALTMARSH,
    SIGNPOST,
    TIDEWAY,
    VALDORIA,
    WEATHERVANE,
    school,
)

confirm = Api.confirm_partnership


@accepts(
    "part.cohort-given",
    "part.school-given",
    "part.delivery-partner-given",
    "part.cohort",
    "part.school-known",
    "part.school-funded",
    "part.school-eligible",
    "part.delivery-partner-known",
    "part.delivery-partner-yours",
    "part.effect",
)
def test_a_provider_confirms_a_partnership_with_a_school_that_has_decided() -> None:
    world = World()
    api = world.api().at("2024-11-20T10:00:00Z")
    made = api.confirm_partnership(KESTREL, TIDEWAY)
    assert made.data == {
        "id": made.id,
        "type": "partnership",
        "attributes": {
            "cohort": "2025",
            "urn": "900111",
            "school_id": KESTREL,
            "delivery_partner_id": TIDEWAY,
            "delivery_partner_name": "Tideway Teaching School Hub",
            "status": "active",
            "challenged_reason": None,
            "challenged_at": None,
            "induction_tutor_name": "Shanice Reid",
            "induction_tutor_email": "shanice.reid@kestrel.example.com",
            "updated_at": "2024-11-20T10:00:00Z",
            "created_at": "2024-11-20T10:00:00Z",
        },
    }
    assert api.get(f"/partnerships/ecf/{made.id}").data == made.data


@accepts("part.cohort", "part.school-known", "part.delivery-partner-known")
def test_the_cohort_may_be_a_number_and_ids_may_be_in_capital_letters() -> None:
    sent: dict[str, Any] = {
        "cohort": 2025,
        "school_id": KESTREL.upper(),
        "delivery_partner_id": TIDEWAY.upper(),
    }
    shown = World().api().post("/partnerships/ecf", **sent).attributes
    assert (shown["cohort"], shown["school_id"], shown["delivery_partner_id"]) == ("2025", KESTREL, TIDEWAY)


@pytest.mark.parametrize("missing", [None, "", "  ", [], {}])
@pytest.mark.parametrize(
    ("name", "rule", "besides"),
    [
        ("cohort", "part.cohort-given", True),
        ("school_id", "part.school-given", False),
        ("delivery_partner_id", "part.delivery-partner-given", False),
    ],
)
@refuses("part.cohort-given", "part.school-given", "part.delivery-partner-given")
def test_each_of_the_three_has_to_be_given(name: str, rule: str, besides: bool, missing: Any) -> None:
    sent = {"cohort": "2025", "school_id": KESTREL, "delivery_partner_id": TIDEWAY, name: missing}
    refused = refusal(World().api(), Api.post, "/partnerships/ecf", **sent)
    assert refused.rules == [rule, *(["part.delivery-partner-yours"] if besides else [])]
    assert refused.titles[0] == name


@pytest.mark.parametrize("cohort", ["2019", "2026", "twenty", "2025,2024", "20", 2025.5, True, "-1", "20250"])
@refuses("part.cohort", "part.delivery-partner-yours")
def test_a_cohort_that_is_none_is_refused_and_nobody_works_with_the_provider_in_it(cohort: Any) -> None:
    refused = refusal(World().api(), confirm, KESTREL, TIDEWAY, cohort)
    assert refused == (422, ["cohort", "delivery_partner_id"], ["part.cohort", "part.delivery-partner-yours"])


@pytest.mark.parametrize("id", [NOWHERE, "900111", "kestrel", TIDEWAY, "\x00"])
@refuses("part.school-known")
def test_a_school_that_is_none_is_refused(id: str) -> None:
    assert refusal(World().api(), confirm, id, TIDEWAY) == over("school_id", "part.school-known")


@refuses("part.school-funded", "part.school-eligible")
def test_a_school_at_which_no_training_is_paid_for_is_refused() -> None:
    api = World().api()
    assert refusal(api, confirm, VALDORIA, TIDEWAY) == over("school_id", "part.school-funded")
    assert refusal(api, confirm, ALDERLEY, TIDEWAY) == over("school_id", "part.school-eligible")


@refuses("part.school-funded")
def test_a_school_that_is_neither_funded_nor_eligible_can_only_train_its_own_people() -> None:
    world = World()
    Backstage(world).change(school(world, VALDORIA), eligible_for_funding=False)
    assert refusal(world.api(), confirm, VALDORIA, TIDEWAY) == over("school_id", "part.school-funded")


@refuses("part.not-yours-already")
def test_a_partnership_that_the_provider_has_cannot_be_confirmed_again_with_whatever_delivery_partner() -> None:
    world = World()
    for delivery_partner in (OAKFIELD, TIDEWAY):
        refused = refusal(world.api(), confirm, RIVERBANK, delivery_partner)
        assert refused == over("school_id", "part.not-yours-already")
    (standing,) = [p for p in Backstage(world).partnerships("northgate", "2025") if p.school_id == RIVERBANK]
    assert f"PUT /partnerships/ecf/{standing.id}" in world.api().confirm_partnership(RIVERBANK, OAKFIELD).detail


@refuses("part.not-anothers")
def test_a_school_is_only_trained_by_one_provider_in_a_cohort() -> None:
    assert refusal(World().api(), confirm, ANCHOR_STREET, TIDEWAY) == over("school_id", "part.not-anothers")


@refuses("part.not-anothers")
def test_a_partnership_that_was_challenged_is_not_revived_beside_anothers() -> None:
    refused = refusal(World().api(), confirm, WEATHERVANE, FELLSIDE, "2023")
    assert refused == over("school_id", "part.not-anothers")


@accepts("part.not-anothers", "part.effect")
def test_once_the_school_has_challenged_one_provider_another_may_train_there() -> None:
    world = World()
    before = world.api("v3", "meadow").get("/partnerships/ecf", **{"filter[cohort]": "2024"}).data
    made = world.api("v3", "northgate").confirm_partnership(SIGNPOST, OAKFIELD, "2024")
    assert made.attributes["status"] == "active"
    after = world.api("v3", "meadow").get("/partnerships/ecf", **{"filter[cohort]": "2024"}).data
    assert after == before


@accepts("part.not-yours-already", "part.not-anothers")
def test_one_made_for_a_single_persons_transfer_is_in_nobodys_way() -> None:
    world = World()
    made = world.api().confirm_partnership(FAIRFIELD, OAKFIELD, "2023")
    assert made.attributes["urn"] == "900407"


@refuses("part.school-decided")
@accepts("part.school-decided", "part.not-yours-already")
def test_a_school_that_was_partnered_in_the_cohort_before_decides_first() -> None:
    world = World()
    assert refusal(world.api(), confirm, GORSE_HALL, OAKFIELD) == over("school_id", "part.school-decided")
    Backstage(world).choose_programme(school(world, GORSE_HALL), "2025")
    assert world.api().confirm_partnership(GORSE_HALL, OAKFIELD).status == 200


@refuses("part.school-decided")
def test_it_makes_no_difference_which_provider_it_was_partnered_with() -> None:
    refused = refusal(World().api("v3", "harbour"), confirm, GORSE_HALL, SALTMARSH)
    assert refused == over("school_id", "part.school-decided")


@accepts("part.school-decided")
def test_a_school_whose_only_partnership_in_the_cohort_before_was_challenged_need_not_decide() -> None:
    assert World().api("v3", "meadow").confirm_partnership(SIGNPOST, LARKRISE).status == 200


@accepts("part.school-decided", "part.effect")
def test_a_school_that_was_in_no_partnership_has_decided_by_the_providers_word() -> None:
    world = World()
    api = world.api().at("2024-11-20T10:00:00Z")
    assert "2025" not in school(world, HILLTOP_VIEW).programmes
    api.confirm_partnership(HILLTOP_VIEW, OAKFIELD)
    after = school(world, HILLTOP_VIEW)
    assert after.programmes == {"2024": "provider_led", "2025": "provider_led"}
    assert after.updated_at == datetime(2024, 11, 20, 10, tzinfo=UTC)


@accepts("part.effect")
def test_a_school_that_has_chosen_provider_led_training_stays_as_it_is() -> None:
    world = World()
    before = school(world, KESTREL)
    assert world.api().confirm_partnership(KESTREL, OAKFIELD).status == 200
    after = school(world, KESTREL)
    assert (after.programmes, after.updated_at) == (before.programmes, before.updated_at)


@accepts("part.effect")
def test_a_school_that_was_to_train_its_own_people_is_trained_by_the_provider() -> None:
    world = World()
    assert school(world, FAIRFIELD).programmes["2024"] == "school_led"
    assert world.api().confirm_partnership(FAIRFIELD, OAKFIELD, "2024").status == 200
    assert school(world, FAIRFIELD).programmes["2024"] == "provider_led"
    assert school(world, FAIRFIELD).programmes["2023"] == "school_led"


@pytest.mark.parametrize("id", [NOWHERE, "tideway", KESTREL, "\x00"])
@refuses("part.delivery-partner-known")
def test_a_delivery_partner_that_is_none_is_refused(id: str) -> None:
    refused = refusal(World().api(), confirm, KESTREL, id)
    assert refused == over("delivery_partner_id", "part.delivery-partner-known")


@refuses("part.delivery-partner-yours")
@accepts("part.delivery-partner-yours")
def test_the_delivery_partner_works_with_the_provider_and_does_so_in_that_cohort() -> None:
    api = World().api()
    yours = over("delivery_partner_id", "part.delivery-partner-yours")
    assert refusal(api, confirm, HILLTOP_VIEW, SALTMARSH, "2023") == yours
    assert refusal(api, confirm, HILLTOP_VIEW, FELLSIDE, "2024") == yours
    assert api.confirm_partnership(HILLTOP_VIEW, FELLSIDE, "2023").status == 200


@accepts("part.effect")
def test_whoever_the_school_registers_from_then_on_in_that_cohort_is_placed_through_it() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    before = backstage.person(place=school(world, HILLTOP_VIEW), cohort="2024")
    made = api.confirm_partnership(HILLTOP_VIEW, OAKFIELD, "2024")
    after = backstage.person(place=school(world, HILLTOP_VIEW), cohort="2024", trn="7000002")
    another_cohort = backstage.person(place=school(world, HILLTOP_VIEW), cohort="2023", trn="7000003")
    assert backstage.placement(after).partnership_id == made.id
    assert api.enrolment(after)["delivery_partner_id"] == OAKFIELD
    for unseen in (before, another_cohort):
        assert api.get(f"/participants/ecf/{unseen}").status == 404


@refuses("part.school-known", "part.delivery-partner-given")
def test_what_is_no_id_at_all_is_refused_like_one_that_is_none() -> None:
    sent: dict[str, Any] = {"cohort": "2025", "school_id": 7, "delivery_partner_id": ["x"]}
    assert refusal(World().api(), Api.post, "/partnerships/ecf", **sent) == (
        422,
        ["delivery_partner_id", "school_id"],
        ["part.delivery-partner-given", "part.school-known"],
    )


@pytest.mark.parametrize("partner", [SALTMARSH, BROOKVALE, LARKRISE, FELLSIDE])
def test_a_refusal_does_not_tell_of_a_delivery_partner_that_works_with_others(partner: str) -> None:
    world = World()
    names = {name for each in world.store.read().all(DeliveryPartner) for name in (each.name, each.name.split()[0])}
    said = world.api().at("2024-11-20T10:00:00Z").confirm_partnership(KESTREL, partner, "2025").detail
    assert not [name for name in names if name in said]


@pytest.mark.parametrize("id", [ALDERLEY, VALDORIA])
def test_a_refusal_does_not_tell_of_a_school_that_is_not_listed(id: str) -> None:
    world = World()
    said = world.api().at("2024-11-20T10:00:00Z").confirm_partnership(id, TIDEWAY, "2025").detail
    assert school(world, id).name not in said
