"""Who trains through a partnership once it is confirmed, and who no more once their school decides otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import PARTICIPANTS
from contract_tests.marks import accepts, behaviour
from contract_tests.rules.partnership_offers import SCHOOLS, free, partner, partnership
from contract_tests.rules.schools import register
from contract_tests.target.backstage import Backstage

COHORT = "2024"


@behaviour("deployed")
@accepts("part.effect")
def test_whoever_is_there_without_a_partnership_comes_along(api: Api, stage: Backstage) -> None:
    offer = free(api, COHORT)
    someone = register(stage, school_id=offer.school_id)
    api.get(f"{PARTICIPANTS}/{someone}").is_refused(404)
    api.confirm_partnership(*offer).is_accepted()
    api.shows_training(someone, delivery_partner_id=offer.delivery_partner_id, participant_status="active")
    api.defer(someone).is_accepted()


@behaviour("documented")
@accepts("part.effect")
def test_by_the_guidance_only_whoever_is_registered_from_then_on_is_placed_through_it(
    api: Api, stage: Backstage
) -> None:
    offer = free(api, COHORT)
    before = register(stage, school_id=offer.school_id)
    api.confirm_partnership(*offer).is_accepted()
    since = register(stage, school_id=offer.school_id)
    api.get(f"{PARTICIPANTS}/{before}").is_refused(404)
    api.shows_training(since, delivery_partner_id=offer.delivery_partner_id)


@behaviour("deployed")
@accepts("part.effect")
def test_whoever_trained_through_a_challenged_one_comes_along_just_as_they_are(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person(cohort=COHORT).id
    api.defer(someone).is_accepted()
    school_id = _challenged(api, stage, api.enrolment(someone)["school_urn"])
    rival.confirm_partnership(school_id, partner(rival, COHORT), COHORT).is_accepted()
    rival.shows_training(someone, training_status="deferred")
    api.get(f"{PARTICIPANTS}/{someone}").is_refused(404)


@behaviour("deployed")
@accepts("part.effect")
def test_a_school_that_trained_its_own_people_becomes_provider_led_and_they_come_along(
    api: Api, stage: Backstage
) -> None:
    offer = free(api, COHORT)
    _chooses(stage, offer.school_id, "school_led")
    someone = register(stage, school_id=offer.school_id)
    api.confirm_partnership(*offer).is_accepted()
    require_equal("provider_led", _programme(api, offer.school_id))
    api.shows_training(someone, delivery_partner_id=offer.delivery_partner_id)


@pytest.mark.parametrize("gone", ["leaving", "withdrawn", "still to come"])
@accepts("part.effect")
def test_nobody_comes_along_who_is_leaving_withdrawn_or_still_to_come(api: Api, stage: Backstage, gone: str) -> None:
    offer = free(api, COHORT)
    starts_on = "2025-01-06" if gone == "still to come" else "2024-09-02"
    someone = register(stage, school_id=offer.school_id, starts_on=starts_on)
    if gone == "leaving":
        stage.act("POST", f"/participants/{someone}/leave", on="2024-12-20")
    if gone == "withdrawn":
        stage.act("POST", f"/participants/{someone}/withdraw")
    api.confirm_partnership(*offer).is_accepted()
    api.get(f"{PARTICIPANTS}/{someone}").is_refused(404)


@accepts("part.effect")
def test_whoever_kept_their_provider_stays_with_it(api: Api, rival: Api, stage: Backstage) -> None:
    there = partnership(rival, cohort=COHORT)["attributes"]
    someone = stage.person(cohort=COHORT).id
    stage.act("POST", f"/participants/{someone}/leave", on="2024-11-03")
    stage.act("POST", f"/participants/{someone}/join", urn=there["urn"], on="2024-11-04", keeps_provider=True)
    _challenged(rival, stage, there["urn"])
    rival.confirm_partnership(there["school_id"], there["delivery_partner_id"], COHORT).is_accepted()
    api.shows_training(someone, school_urn=there["urn"], participant_status="active")
    rival.get(f"{PARTICIPANTS}/{someone}").is_refused(404)


@accepts("part.challenge")
def test_a_school_that_says_it_has_no_early_career_teachers_has_decided_so_in_the_deployed_service(
    api: Api, stage: Backstage
) -> None:
    standing = partnership(api, cohort=COHORT)
    school_id = standing["attributes"]["school_id"]
    decided = "no_early_career_teachers" if stage.behaviour == "deployed" else "provider_led"
    for reason, programme in (("mistake", "provider_led"), ("no_ects", decided)):
        stage.act("POST", f"/partnerships/{standing['id']}/challenge", reason=reason)
        require_equal(programme, _programme(api, school_id))


@pytest.mark.parametrize("programme", ["school_led", "no_early_career_teachers"])
@behaviour("deployed")
@accepts("status.derive")
def test_whoever_trains_at_a_school_that_chooses_another_programme_has_left_their_provider(
    api: Api, stage: Backstage, programme: str
) -> None:
    someone = stage.person(cohort=COHORT).id
    still_to_join = register(stage, starts_on="2025-01-06")
    require_equal("active", _status(api, someone))
    _chooses(stage, api.enrolment(someone)["school_urn"], programme)
    require_equal("left" if api.version == "v3" else "withdrawn", _status(api, someone))
    if programme == "school_led":
        api.get(f"{PARTICIPANTS}/{still_to_join}").is_refused(404)
    else:
        require_equal("joining" if api.version == "v3" else "active", _status(api, still_to_join))


@behaviour("documented")
@accepts("status.derive")
def test_by_the_guidance_a_programme_changes_nobodys_status(api: Api, stage: Backstage) -> None:
    someone = stage.person(cohort=COHORT).id
    _chooses(stage, api.enrolment(someone)["school_urn"], "school_led")
    require_equal("active", _status(api, someone))


def _challenged(provider: Api, stage: Backstage, urn: str) -> str:
    """The id of a school once it has challenged its partnership with a provider."""
    standing = partnership(provider.in_version("v3"), urn=urn, cohort=COHORT)
    stage.act("POST", f"/partnerships/{standing['id']}/challenge")
    return str(standing["attributes"]["school_id"])


def _chooses(stage: Backstage, school: str, programme: str) -> None:
    stage.act("POST", f"/schools/{school}/programme", cohort=COHORT, programme=programme)


def _programme(api: Api, school_id: str) -> Any:
    shown = api.get(f"{SCHOOLS}/{school_id}", **{"filter[cohort]": COHORT})
    return shown.attributes["induction_programme_choice"]


def _status(api: Api, participant_id: str) -> Any:
    """What is shown of the school's word on somebody."""
    return api.enrolment(participant_id)["participant_status" if api.version == "v3" else "status"]
