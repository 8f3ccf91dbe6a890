"""Whom and what a provider sees."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, NOBODY, PARTICIPANTS, some, undisturbed
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.target.backstage import Backstage


@refuses("vis.participant")
def test_whoever_is_nobody_cannot_be_changed(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    with api.nothing_changes():
        api.defer(NOBODY).is_refused(422, "participant_id")
        api.resume(NOBODY).is_refused(422, "participant_id")
        api.withdraw(NOBODY).is_refused(422, "participant_id")
        api.change_schedule(NOBODY, "ecf-reduced-september").is_refused(422, "participant_id")


@accepts("vis.participant", "path.unknown")
def test_whoever_is_listed_is_found_by_id(api: Api) -> None:
    def are_found(listed: list[Any]) -> None:
        for person in listed:
            found = api.get(f"{PARTICIPANTS}/{person['id']}").data
            require_equal(person["id"], found["id"])
            role = found["attributes"].get("participant_type")
            if role == person["attributes"].get("participant_type"):  # v1 and v2 show as an ECT who is a mentor too
                require_equal(person["attributes"], found["attributes"])

    undisturbed(lambda: some(api, PARTICIPANTS, 3), are_found)


@accepts("vis.declaration", "path.unknown")
def test_what_is_listed_as_declared_is_found_by_id(api: Api) -> None:
    def are_found(listed: list[Any]) -> None:
        require_equal(listed, [api.get(f"{DECLARATIONS}/{each['id']}").data for each in listed])

    undisturbed(lambda: some(api, DECLARATIONS, 3), are_found)


@accepts("vis.participant")
def test_each_provider_sees_its_own_placement_of_someone_who_moved(api: Api, rival: Api, backstage: Backstage) -> None:
    id = backstage.person().id
    school, new_school = api.enrolment(id)["school_urn"], _school_of(backstage, 1)
    _move(backstage, id, new_school)
    require_equal(school, api.enrolment(id)["school_urn"])
    require_equal(new_school, rival.enrolment(id)["school_urn"])
    api.defer(id).is_accepted()
    api.shows_training(id, training_status="deferred")
    rival.shows_training(id, training_status="active")


@only("v3")
@accepts("vis.participant")
def test_people_vanish_when_their_school_challenges_the_partnership(api: Api, backstage: Backstage) -> None:
    id = backstage.person(cohort="2024").id
    urn = api.enrolment(id)["school_urn"]
    partnerships = api.every("/partnerships/ecf", **{"filter[cohort]": "2024"})
    (partnership,) = [each["id"] for each in partnerships if each["attributes"]["urn"] == urn]
    backstage.act("POST", f"/partnerships/{partnership}/challenge")
    api.get(f"{PARTICIPANTS}/{id}").is_refused(404)
    require_equal(False, id in [person["id"] for person in api.every(PARTICIPANTS)])


@refuses("vis.validated-only")
def test_someone_whom_the_dfe_has_not_validated_is_shown_nowhere_and_cannot_be_changed(
    api: Api, backstage: Backstage
) -> None:
    id = _registered(backstage, validation="none")
    with api.nothing_changes():
        api.get(f"{PARTICIPANTS}/{id}").is_refused(404)
        require_equal(False, id in [person["id"] for person in api.every(PARTICIPANTS)])
        api.defer(id).is_refused(422, "participant_id")
        api.resume(id).is_refused(422, "participant_id")
        api.withdraw(id).is_refused(422, "participant_id")
        api.change_schedule(id, "ecf-reduced-september").is_refused(422, "participant_id")
        api.declare(id, "started", "2024-11-14T09:00:00Z").is_refused(422, "participant_id")


@accepts("vis.validated-only")
def test_they_are_shown_as_soon_as_their_details_are_validated(api: Api, backstage: Backstage) -> None:
    id = _registered(backstage, validation="none")
    backstage.act("POST", f"/participants/{id}/validate", status="not_eligible_for_funded_training")
    api.shows_training(id, eligible_for_funding=False)
    require_equal(True, id in [person["id"] for person in api.every(PARTICIPANTS)])
    api.defer(id).is_accepted()


@behaviour("deployed")
@accepts("vis.participant")
def test_the_deployed_service_shows_them_without_what_is_not_known_yet(api: Api, backstage: Backstage) -> None:
    id = _registered(backstage, validation="none")
    api.shows_training(id, eligible_for_funding=None, teacher_reference_number_validated=False)
    api.defer(id).is_accepted()


@pytest.mark.parametrize(
    ("status", "verified"),
    [("dfe_checking_eligibility", False), ("checking_qts", True), ("not_eligible_for_funded_training", True)],
)
@behaviour("deployed")
@accepts("vis.participant")
def test_a_trn_counts_as_verified_once_the_details_are_validated_and_no_sooner(
    api: Api, backstage: Backstage, status: str, verified: bool
) -> None:
    id = _registered(backstage, validation="none")
    backstage.act("POST", f"/participants/{id}/validate", status=status)
    api.shows_training(id, teacher_reference_number_validated=verified)


@pytest.mark.parametrize(
    ("digit", "eligible", "verified"), [(3, None, True), (4, False, True), (5, True, True), (6, True, False)]
)
@accepts("vis.participant")
def test_a_trn_may_say_what_the_dfe_finds_out(
    api: Api, backstage: Backstage, digit: int, eligible: bool | None, verified: bool
) -> None:
    id = _registered(backstage, trn=f"000042{digit}")
    api.shows_training(id, eligible_for_funding=eligible, teacher_reference_number_validated=verified)


@pytest.mark.parametrize("digit", [1, 2])
@refuses("vis.validated-only")
def test_or_that_it_has_found_out_nothing_yet(api: Api, backstage: Backstage, digit: int) -> None:
    api.get(f"{PARTICIPANTS}/{_registered(backstage, trn=f'000042{digit}')}").is_refused(404)


@accepts("vis.declaration")
def test_what_the_last_provider_declared_is_seen_by_the_next_while_it_is_live(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person(declared=["started"])
    about = {"filter[participant_id]": someone.id}
    (declared,) = api.get(DECLARATIONS, **about).ids
    _move(stage, someone.id, _school_of(stage, 1))
    require_equal([declared], rival.get(DECLARATIONS, **about).ids)
    rival.get(f"{DECLARATIONS}/{declared}").is_accepted()
    rival.void(declared).is_refused(404)
    api.void(declared).is_accepted()
    require_equal([], rival.get(DECLARATIONS, **about).ids)
    rival.get(f"{DECLARATIONS}/{declared}").is_refused(404)
    require_equal([declared], api.get(DECLARATIONS, **about).ids)


def _registered(backstage: Backstage, **asked: Any) -> str:
    return str(backstage.act("POST", "/participants", cohort="2024", **asked)["participant"]["id"])


def _school_of(backstage: Backstage, number: int) -> str:
    """The URN of a school that trains with a provider."""
    there = backstage.act("POST", "/participants", cohort="2024", provider=backstage.name_of(number))
    return str(there["participant"]["school"]["urn"])


def _move(backstage: Backstage, id: str, urn: str) -> None:
    """Have someone change schools half a month ago."""
    backstage.act("POST", f"/participants/{id}/leave", on="2024-10-31")
    backstage.act("POST", f"/participants/{id}/join", on="2024-11-01", urn=urn)
