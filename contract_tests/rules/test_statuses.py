"""`participant_status` and `status`, which are the school's word, and `training_status`, which is the provider's."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.marks import accepts, behaviour, only
from contract_tests.target.backstage import Backstage


@only("v3")
@accepts("status.derive")
def test_someone_is_leaving_until_the_day_they_leave_and_has_left_from_then_on(api: Api, stage: Backstage) -> None:
    id = stage.person().id
    api.shows_training(id, participant_status="active")
    stage.act("POST", f"/participants/{id}/leave", on="2024-11-30")
    api.shows_training(id, participant_status="leaving")
    api.at("2024-11-29T23:59:59Z").shows_training(id, participant_status="leaving")
    api.at("2024-11-30T00:00:00Z").shows_training(id, participant_status="left")


@only("v3")
@accepts("status.derive")
def test_someone_is_joining_until_the_day_they_join(api: Api, backstage: Backstage) -> None:
    id = backstage.act("POST", "/participants", cohort="2024", starts_on="2025-01-06")["participant"]["id"]
    api.shows_training(id, participant_status="joining")
    api.at("2025-01-05T23:59:59Z").shows_training(id, participant_status="joining")
    api.at("2025-01-06T00:00:00Z").shows_training(id, participant_status="active")


@accepts("status.derive", "status.independent")
def test_someone_whom_the_school_withdraws_is_shown_so_and_trains_on(api: Api, stage: Backstage, version: str) -> None:
    school_says = _school_says(version)
    for training in ("active", "deferred"):
        id = stage.person(status=training).id
        api.shows_training(id, training_status=training, **{school_says: "active"})
        stage.act("POST", f"/participants/{id}/withdraw")
        api.shows_training(id, training_status=training, **{school_says: "withdrawn"})


@accepts("status.independent")
def test_what_the_provider_says_leaves_the_schools_word_alone(api: Api, backstage: Backstage, version: str) -> None:
    school_says = _school_says(version)
    someone = backstage.person(declared=["started"])
    before = api.enrolment(someone.id)[school_says]
    api.defer(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="deferred", **{school_says: before})
    api.resume(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="active", **{school_says: before})
    api.withdraw(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="withdrawn", **{school_says: before})
    api.resume(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="active", **{school_says: before})


@behaviour("documented")
@accepts("status.independent")
def test_someone_whom_the_school_withdrew_can_still_be_deferred_and_resumed(
    api: Api, backstage: Backstage, version: str
) -> None:
    school_says = _school_says(version)
    id = backstage.person().id
    backstage.act("POST", f"/participants/{id}/withdraw")
    api.defer(id).is_accepted()
    api.shows_training(id, training_status="deferred", **{school_says: "withdrawn"})
    api.resume(id).is_accepted()
    api.shows_training(id, training_status="active", **{school_says: "withdrawn"})


def _school_says(version: str) -> str:
    """Where a version shows the school's word."""
    return "participant_status" if version == "v3" else "status"
