"""What a joiner's report brings about: in the deployed service it is the whole transfer."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import PARTICIPANTS
from contract_tests.marks import accepts, behaviour, only
from contract_tests.rules.schools import partnerships, register
from contract_tests.target.backstage import Backstage

TODAY, TOMORROW, LATER, SOON_AFTER = "2024-11-15", "2024-11-16", "2024-12-02", "2024-11-16T00:00:00Z"


def transfers(api: Api, participant_id: str) -> list[dict[str, Any]]:
    """Somebody's transfers that a provider sees."""
    found = api.get(f"{PARTICIPANTS}/{participant_id}/transfers")
    return [] if found.status == 404 else list(found.attributes["transfers"])


def leaves(stage: Backstage, participant_id: str, on: str, **there: str) -> None:
    stage.act("POST", f"/participants/{participant_id}/leave", on=on, **there)


def joins(stage: Backstage, participant_id: str, urn: str, on: str, **others: Any) -> None:
    stage.act("POST", f"/participants/{participant_id}/join", urn=urn, on=on, **others)


@only("v3")
@behaviour("deployed")
@accepts("transfer.who-sees", "transfer.type")
def test_it_ends_the_old_placement_that_day_and_both_providers_see_the_transfer_at_once(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person().id
    joins(stage, someone, partnerships(rival)[0]["urn"], TOMORROW)
    api.shows_training(someone, participant_status="leaving")
    rival.shows_training(someone, participant_status="joining")
    (shown,) = transfers(api, someone)
    days = shown["leaving"]["date"], shown["joining"]["date"]
    require_equal(("new_provider", TOMORROW, TOMORROW), (shown["transfer_type"], *days))
    require_equal([shown], transfers(rival, someone))
    api.at(SOON_AFTER).shows_training(someone, participant_status="left")


@only("v3")
@behaviour("deployed")
@accepts("transfer.who-sees")
def test_whoever_is_leaving_keeps_that_day_until_the_school_they_leave_says_another(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person().id
    there = {"urn": str(api.enrolment(someone)["school_urn"])}
    leaves(stage, someone, TODAY, **there)
    joins(stage, someone, partnerships(rival)[0]["urn"], LATER)
    require_equal([TODAY], [transfer["leaving"]["date"] for transfer in transfers(api, someone)])
    leaves(stage, someone, TOMORROW, **there)
    require_equal([TOMORROW], [transfer["leaving"]["date"] for transfer in transfers(api, someone)])


@only("v3")
@behaviour("deployed")
@accepts("transfer.type", "transfer.who-sees")
def test_once_the_school_that_was_joined_is_left_too_the_first_transfer_is_unknown_again(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person().id
    urn = partnerships(rival)[0]["urn"]
    joins(stage, someone, urn, TODAY)
    leaves(stage, someone, TOMORROW, urn=urn)
    (first,) = transfers(api, someone)
    require_equal(("unknown", None), (first["transfer_type"], first["joining"]))
    (second,) = transfers(rival, someone)
    require_equal((urn, None), (second["leaving"]["school_urn"], second["joining"]))


@only("v3")
@behaviour("deployed")
@accepts("transfer.who-sees", "part.challenge")
def test_a_challenge_hides_no_transfer(api: Api, rival: Api, stage: Backstage) -> None:
    someone = stage.person().id
    left = api.enrolment(someone)["school_urn"]
    joins(stage, someone, partnerships(rival)[0]["urn"], TODAY)
    before = transfers(api, someone)
    (challenged,) = (each for each in partnerships(api) if each["urn"] == left)
    stage.act("POST", f"/partnerships/{challenged['id']}/challenge")
    api.get(f"{PARTICIPANTS}/{someone}").is_refused(404)
    require_equal(before, transfers(api, someone))


@behaviour("deployed")
@accepts("transfer.who-sees")
def test_a_mentor_who_joins_another_school_mentors_nobody_at_the_old_one_any_more(
    api: Api, rival: Api, stage: Backstage
) -> None:
    here, there, *_ = partnerships(api)
    mentor = register(stage, here["urn"], role="mentor")
    left, elsewhere = register(stage, here["urn"], mentor_id=mentor), register(stage, there["urn"], mentor_id=mentor)
    joins(stage, mentor, partnerships(rival)[0]["urn"], TOMORROW)
    api.shows_training(left, mentor_id=mentor)
    stage.act("POST", "/time/advance", to=f"{TOMORROW}T08:00:00Z")
    api.shows_training(left, mentor_id=None)
    api.shows_training(elsewhere, mentor_id=mentor)


@behaviour("documented")
@accepts("transfer.who-sees")
def test_by_the_guidance_they_mentor_whom_they_mentored(api: Api, rival: Api, stage: Backstage) -> None:
    urn = partnerships(api)[0]["urn"]
    mentor = register(stage, urn, role="mentor")
    someone = register(stage, urn, mentor_id=mentor)
    joins(stage, mentor, partnerships(rival)[0]["urn"], TODAY)
    api.shows_training(someone, mentor_id=mentor)


@only("v3")
@accepts("transfer.type")
def test_whoever_keeps_their_provider_keeps_its_delivery_partner(api: Api, rival: Api, stage: Backstage) -> None:
    someone = stage.person().id
    before = api.enrolment(someone)["delivery_partner_id"]
    urn = partnerships(rival)[0]["urn"]
    leaves(stage, someone, "2024-11-13")
    joins(stage, someone, urn, "2024-11-14", keeps_provider=True)
    api.shows_training(someone, school_urn=urn, delivery_partner_id=before)
    require_equal(["new_school"], [transfer["transfer_type"] for transfer in transfers(api, someone)])


@only("v3")
@behaviour("deployed")
@accepts("transfer.who-sees", "transfer.type")
def test_of_whoever_is_given_a_mentor_meanwhile_it_is_forgotten_that_they_leave_and_not_the_day(
    api: Api, rival: Api, stage: Backstage
) -> None:
    there = partnerships(api)[0]["urn"]
    someone, mentor = register(stage, there), register(stage, there, role="mentor")
    leaves(stage, someone, TOMORROW)
    stage.act("POST", f"/participants/{someone}/mentor", mentor_id=mentor)
    joins(stage, someone, partnerships(rival)[0]["urn"], LATER)
    require_equal([], transfers(api, someone))
    api.at(SOON_AFTER).shows_training(someone, participant_status="left")


@behaviour("deployed")
@accepts("vis.participant")
def test_whoever_gives_no_address_has_the_first_one_they_had(api: Api, stage: Backstage) -> None:
    first, second, third = (each["urn"] for each in partnerships(api)[:3])
    someone = register(stage, first, email="ada@first.example")
    joins(stage, someone, second, "2024-10-01", email="ada@second.example")
    joins(stage, someone, third, "2024-10-15")
    api.shows_training(someone, school_urn=third, email="ada@first.example")


@behaviour("documented")
@accepts("vis.participant")
def test_or_by_the_guidance_the_last(api: Api, stage: Backstage) -> None:
    first, second, third = (each["urn"] for each in partnerships(api)[:3])
    someone = register(stage, first, email="ada@first.example")
    leaves(stage, someone, "2024-09-30")
    joins(stage, someone, second, "2024-10-01", email="ada@second.example")
    leaves(stage, someone, "2024-10-14")
    joins(stage, someone, third, "2024-10-15")
    api.shows_training(someone, school_urn=third, email="ada@second.example")
