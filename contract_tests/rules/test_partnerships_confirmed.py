"""With which schools, for which cohorts and through which delivery partners a provider may confirm a partnership."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.rules.partnership_offers import (
    NOT_ELIGIBLE,
    ONLY_TRAINS_ITS_OWN,
    PARTNERSHIPS,
    SCHOOLS,
    anothers,
    free,
    hidden,
    no_partnership_changes,
    partner,
    partnership,
    past_partner,
    undecided,
)
from contract_tests.target.backstage import Backstage


@accepts(
    "part.cohort-given",
    "part.school-given",
    "part.delivery-partner-given",
    "part.cohort",
    "part.school-known",
    "part.school-funded",
    "part.school-eligible",
    "part.not-yours-already",
    "part.not-anothers",
    "part.school-decided",
    "part.delivery-partner-known",
    "part.delivery-partner-yours",
    "part.effect",
)
def test_a_partnership_is_confirmed_with_a_school_that_has_decided(api: Api) -> None:
    offer = free(api, partnered_before=True)
    made = api.confirm_partnership(*offer)
    made.is_accepted().shows(**offer._asdict(), status="active", challenged_reason=None, challenged_at=None)
    alone = api.get(f"{PARTNERSHIPS}/{made.id}")
    require(alone.data == made.data, "part.effect", f"{made.data}, as it was answered", alone.data, alone.exchange)
    school = api.get(f"{SCHOOLS}/{offer.school_id}", **{"filter[cohort]": offer.cohort})
    school.shows(in_partnership=True, induction_programme_choice="provider_led")


@accepts("part.effect")
def test_whoever_the_school_registers_from_then_on_is_placed_through_it(api: Api, backstage: Backstage) -> None:
    offer = free(api, "2024")
    registering = {"cohort": offer.cohort, "school_id": offer.school_id}
    before = backstage.act("POST", "/participants", **registering)["participant"]["id"]
    api.confirm_partnership(*offer).is_accepted()
    after = backstage.act("POST", "/participants", **registering)["participant"]["id"]
    placed = api.enrolment(after)["delivery_partner_id"]
    require(
        placed == offer.delivery_partner_id, "part.effect", f"delivery_partner_id {offer.delivery_partner_id}", placed
    )
    api.get(f"/participants/ecf/{before}").is_refused(404)


@accepts("part.effect")
def test_one_that_the_school_challenged_is_revived_under_its_id(api: Api, backstage: Backstage) -> None:
    standing = partnership(api, cohort="2024")
    about = standing["attributes"]
    backstage.act("POST", f"/partnerships/{standing['id']}/challenge")
    other = partner(api, about["cohort"], other_than=about["delivery_partner_id"])
    made = api.confirm_partnership(about["school_id"], other, about["cohort"])
    made.shows(status="active", challenged_reason=None, challenged_at=None, delivery_partner_id=other)
    require(made.id == standing["id"], "part.effect", f"the partnership {standing['id']} again", made.id, made.exchange)


@refuses("part.cohort-given")
def test_the_cohort_has_to_be_given(api: Api) -> None:
    offer = free(api)
    with no_partnership_changes(api):
        refused = api.confirm_partnership(*offer._replace(cohort=""))
        refused.is_refused(422, "cohort", "delivery_partner_id")


@refuses("part.school-given")
def test_the_school_has_to_be_given(api: Api) -> None:
    offer = free(api)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer._replace(school_id="")).is_refused(422, "school_id")


@refuses("part.delivery-partner-given")
def test_the_delivery_partner_has_to_be_given(api: Api) -> None:
    offer = free(api)
    with no_partnership_changes(api):
        refused = api.confirm_partnership(*offer._replace(delivery_partner_id=""))
        refused.is_refused(422, "delivery_partner_id")


@refuses("part.cohort", "part.delivery-partner-yours")
def test_in_a_cohort_that_is_none_nobody_works_with_the_provider(api: Api) -> None:
    offer = free(api)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer._replace(cohort="1066")).is_refused(422, "cohort", "delivery_partner_id")


@refuses("part.school-known")
def test_a_school_that_is_none_is_refused(api: Api) -> None:
    offer = free(api)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer._replace(school_id=NOBODY)).is_refused(422, "school_id")


@refuses("part.school-funded")
def test_a_school_that_can_only_train_its_own_people_is_refused(api: Api, backstage: Backstage) -> None:
    offer = free(api)
    school_id = hidden(backstage, ONLY_TRAINS_ITS_OWN)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer._replace(school_id=school_id)).is_refused(422, "school_id")


@refuses("part.school-eligible")
def test_a_school_that_is_not_eligible_for_funding_is_refused(api: Api, backstage: Backstage) -> None:
    offer = free(api)
    school_id = hidden(backstage, NOT_ELIGIBLE)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer._replace(school_id=school_id)).is_refused(422, "school_id")


@refuses("part.not-yours-already")
def test_one_that_there_is_cannot_be_confirmed_again(api: Api) -> None:
    standing = partnership(api)["attributes"]
    through = partner(api, standing["cohort"])
    with no_partnership_changes(api):
        refused = api.confirm_partnership(standing["school_id"], through, standing["cohort"])
        refused.is_refused(422, "school_id")


@refuses("part.not-anothers")
def test_a_school_is_trained_by_one_provider_in_a_cohort(api: Api) -> None:
    offer = anothers(api)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer).is_refused(422, "school_id")


@refuses("part.school-decided")
def test_a_school_that_was_partnered_before_decides_first(api: Api) -> None:
    offer = undecided(api)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer).is_refused(422, "school_id")


@refuses("part.delivery-partner-known")
def test_a_delivery_partner_that_is_none_is_refused(api: Api) -> None:
    offer = free(api)
    with no_partnership_changes(api):
        refused = api.confirm_partnership(*offer._replace(delivery_partner_id=NOBODY))
        refused.is_refused(422, "delivery_partner_id")


@refuses("part.delivery-partner-yours")
def test_the_delivery_partner_works_with_the_provider_in_that_cohort(api: Api) -> None:
    offer = past_partner(api)
    with no_partnership_changes(api):
        api.confirm_partnership(*offer).is_refused(422, "delivery_partner_id")
