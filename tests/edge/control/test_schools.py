"""What schools report and decide, as the lead providers see it."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.model import Partnership, School
from tests.api import Api, World

from .console import Console
from .test_registering import AMELIA, AMELIAS_OLD_ID, HILLTOP_VIEW, sees

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ect(console: Console) -> str:
    """Somebody new, registered yesterday: what happens to them now can be told from it."""
    return str(console.at("2024-11-14T09:00:00Z").register()["id"])


@pytest.fixture
def mentor(console: Console) -> str:
    return str(console.at("2024-11-14T09:00:00Z").register(participant_type="mentor")["id"])


def is_polled(api: Api, participant_id: str) -> bool:
    """True when a provider that asks for today's changes learns of this one."""
    changed = api.get("/participants/ecf", **{"filter[updated_since]": "2024-11-15T09:00:00Z"})
    return participant_id in changed.ids


def test_a_name_and_an_address_change(console: Console, northgate: Api, ect: str) -> None:
    assert not is_polled(northgate, ect)
    person = console.patch(f"/participants/{ect}", full_name="Ada Moore", email="ada@example.com")["person"]
    assert (person["full_name"], person["email"]) == ("Ada Moore", "ada@example.com")
    assert northgate.participant(ect)["full_name"] == "Ada Moore"
    assert northgate.enrolment(ect)["email"] == "ada@example.com"
    assert is_polled(northgate, ect)


def test_what_is_not_said_stays(console: Console, northgate: Api, ect: str) -> None:
    before = northgate.get(f"/participants/ecf/{ect}").json
    console.patch(f"/participants/{ect}")
    assert northgate.get(f"/participants/ecf/{ect}").json == before
    console.patch(f"/participants/{ect}", full_name="Ada Moore")
    assert northgate.enrolment(ect)["email"] == before["data"]["attributes"]["ecf_enrolments"][0]["email"]


def test_a_school_they_have_left_keeps_the_address_it_knew(console: Console, northgate: Api, ect: str) -> None:
    before = northgate.enrolment(ect)["email"]
    console.post(f"/participants/{ect}/leave", on="2024-11-15")
    console.patch(f"/participants/{ect}", email="ada@example.com")
    assert northgate.enrolment(ect)["email"] == before


def test_a_mentor_is_assigned_and_taken_away(console: Console, northgate: Api, ect: str, mentor: str) -> None:
    assert console.post(f"/participants/{ect}/mentor", mentor_id=mentor)["participant"]["mentor_id"] == mentor
    assert northgate.enrolment(ect)["mentor_id"] == mentor
    assert is_polled(northgate, ect)
    console.post(f"/participants/{ect}/mentor", mentor_id=None)
    assert northgate.enrolment(ect)["mentor_id"] is None


def test_retired_ids_will_do(console: Console, ect: str) -> None:
    assert console.post(f"/participants/{ect}/mentor", mentor_id=AMELIAS_OLD_ID)["participant"]["mentor_id"] == AMELIA
    assert console.patch(f"/participants/{AMELIAS_OLD_ID}", full_name="Amelia Day")["person"]["id"] == AMELIA


@pytest.mark.parametrize(
    ("on", "status"), [("2024-11-16", "leaving"), ("2024-11-15", "left"), ("2024-11-14", "left"), (None, "left")]
)
def test_a_leaver_leaves_on_the_day(console: Console, northgate: Api, ect: str, on: str | None, status: str) -> None:
    console.post(f"/participants/{ect}/leave", **({"on": on} if on else {}))
    assert northgate.enrolment(ect)["participant_status"] == status
    assert northgate.enrolment(ect)["training_status"] == "active"
    assert is_polled(northgate, ect)


def test_a_joiner_trains_with_the_provider_of_the_school(
    console: Console, northgate: Api, harbour: Api, ect: str
) -> None:
    joined = console.post(f"/participants/{ect}/join", urn="900201", on="2025-01-06")["participant"]
    assert joined["provider"]["name"] == "Harbour Learning Trust"
    assert harbour.enrolment(ect)["participant_status"] == "joining"
    assert northgate.enrolment(ect)["participant_status"] == "active"
    assert is_polled(northgate, ect)
    console.post(f"/participants/{ect}/leave", on="2024-12-20")
    assert northgate.enrolment(ect)["participant_status"] == "leaving"
    assert harbour.enrolment(ect)["participant_status"] == "joining"


def test_a_joiner_may_keep_the_provider(console: Console, northgate: Api, harbour: Api, ect: str, mentor: str) -> None:
    console.post(f"/participants/{ect}/leave", on="2024-11-15")
    console.post(
        f"/participants/{ect}/join",
        urn="900201",
        keeps_provider=True,
        email="ada@harbour.example.com",
        mentor_id=mentor,
    )
    enrolment = northgate.enrolment(ect)
    assert (enrolment["school_urn"], enrolment["participant_status"]) == ("900201", "active")
    assert (enrolment["email"], enrolment["mentor_id"]) == ("ada@harbour.example.com", mentor)
    assert not sees(harbour, ect)


def test_whoever_joins_where_nobody_trains_has_no_provider_there(console: Console, northgate: Api, ect: str) -> None:
    assert console.post(f"/participants/{ect}/join", urn=HILLTOP_VIEW)["participant"]["provider"] is None
    assert northgate.enrolment(ect)["school_urn"] != HILLTOP_VIEW


def test_of_two_schools_one_can_be_named(console: Console, northgate: Api, harbour: Api, ect: str) -> None:
    console.post(f"/participants/{ect}/join", urn="900201")
    console.post(f"/participants/{ect}/leave", urn="900201", on="2024-11-20")
    assert harbour.enrolment(ect)["participant_status"] == "leaving"
    assert northgate.enrolment(ect)["participant_status"] == "active"
    console.post(f"/participants/{ect}/withdraw", urn="900201")
    assert northgate.enrolment(ect)["participant_status"] == "active"


def test_a_school_withdraws_someone(console: Console, northgate: Api, ect: str) -> None:
    console.post(f"/participants/{ect}/withdraw")
    enrolment = northgate.enrolment(ect)
    assert (enrolment["participant_status"], enrolment["training_status"]) == ("withdrawn", "active")
    assert is_polled(northgate, ect)


@pytest.mark.parametrize("deed", ["leave", "join", "withdraw", "validate"])
def test_of_two_trainings_one_must_be_named(console: Console, northgate: Api, deed: str) -> None:
    body = {"urn": "900201"} if deed == "join" else {}
    assert console.refused(422, f"/participants/{AMELIA}/{deed}", body)[0] == "participant_type"
    ect = northgate.enrolment(AMELIA, "ect")
    acted = console.post(f"/participants/{AMELIA}/{deed}", participant_type="mentor", **body)["participant"]
    assert acted["participant_type"] == "mentor"
    assert northgate.enrolment(AMELIA, "ect") == ect


def test_a_programme_is_chosen(world: World, console: Console) -> None:
    decided = console.post(f"/schools/{HILLTOP_VIEW}/programme", programme="school_led", cohort="2025")["school"]
    assert decided["programmes"]["2025"] == "school_led"
    console.post(f"/schools/{decided['id']}/programme", programme="no_early_career_teachers")
    school = world.store.read().get(School, decided["id"])
    assert school is not None
    assert school.programmes == {"2024": "no_early_career_teachers", "2025": "school_led"}
    assert school.updated_at == world.clock()


def test_a_challenged_partnership_hides_whoever_trains_through_it(
    world: World, console: Console, northgate: Api
) -> None:
    registered = console.register()
    (partnership,) = [
        found
        for found in world.store.read().find(Partnership, school_id=registered["school"]["id"], cohort="2024")
        if found.challenged_at is None
    ]
    challenged = console.post(f"/partnerships/{partnership.id}/challenge")["partnership"]
    assert (challenged["status"], challenged["challenged_reason"]) == ("challenged", "mistake")
    assert not sees(northgate, registered["id"])
    again = console.post(f"/partnerships/{partnership.id}/challenge", reason="not_confirmed")["partnership"]
    assert (again["status"], again["challenged_reason"]) == ("challenged", "not_confirmed")


def test_a_challenge_has_a_reason(world: World, console: Console) -> None:
    partnership = next(iter(world.store.read().all(Partnership)))
    challenged = console.post(f"/partnerships/{partnership.id}/challenge", reason="no_ects")["partnership"]
    assert challenged["challenged_reason"] == "no_ects"


@pytest.mark.parametrize(
    ("status", "title", "deed", "body"),
    [
        (422, "Impossible", "mentor", {"mentor_id": "the ECT"}),
        (404, "mentor_id", "mentor", {"mentor_id": NOBODY}),
        (422, "body", "mentor", {}),
        (422, "on", "leave", {"on": "2024-05-31"}),
        (422, "Impossible", "leave", {"urn": "900201"}),
        (422, "Impossible", "leave", {"participant_type": "mentor"}),
        (422, "urn", "join", {}),
        (404, "urn", "join", {"urn": "123456"}),
        (422, "Impossible", "join", {"urn": "where they are"}),
        (404, "mentor_id", "join", {"urn": "900201", "mentor_id": NOBODY}),
        (422, "email", "join", {"urn": "900201", "email": "nobody"}),
        (422, "Impossible", "withdraw", {"urn": "900201"}),
    ],
)
def test_what_cannot_be_is_refused(
    console: Console, northgate: Api, ect: str, status: int, title: str, deed: str, body: dict[str, Any]
) -> None:
    meant = {"the ECT": ect, "where they are": northgate.enrolment(ect)["school_urn"]}
    sent = {name: meant.get(value, value) for name, value in body.items()}
    assert console.refused(status, f"/participants/{ect}/{deed}", sent)[0] == title


def test_a_mentor_has_no_mentor(console: Console, mentor: str) -> None:
    assert console.refused(422, f"/participants/{mentor}/mentor", {"mentor_id": mentor})[0] == "Impossible"


@pytest.mark.parametrize(
    ("title", "path", "body"),
    [
        ("participant_id", f"/participants/{NOBODY}/leave", {}),
        ("participant_id", "/participants/nobody/withdraw", {}),
        ("participant_id", f"/participants/{NOBODY}/join", {"urn": "900201"}),
        ("participant_id", f"/participants/{NOBODY}/mentor", {"mentor_id": None}),
        ("participant_id", f"/participants/{NOBODY}/validate", {}),
        ("participant_id", f"/participants/{NOBODY}/merge", {"into": AMELIA}),
        ("into", f"/participants/{AMELIA}/merge", {"into": NOBODY}),
        ("school", "/schools/123456/programme", {"programme": "school_led"}),
        ("cohort", f"/schools/{HILLTOP_VIEW}/programme", {"programme": "school_led", "cohort": "2031"}),
        ("partnership", f"/partnerships/{NOBODY}/challenge", {}),
    ],
)
def test_what_is_not_there_is_not_found(console: Console, title: str, path: str, body: dict[str, Any]) -> None:
    assert console.refused(404, path, body)[0] == title
