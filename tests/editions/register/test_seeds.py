"""The people of the scenario `register`, each in the state that is said of them."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.editions.register.seeding.seeds import read

from .served import HARBOUR, NORTHGATE, Server

PEOPLE = {person.name: person for person in read().people}


def enrolment(server: Server, name: str, token: str = NORTHGATE, place: int = 0) -> dict[str, Any]:
    shown = server.get(f"/participants/{PEOPLE[name].id}", token)
    return dict(shown["attributes"]["ecf_enrolments"][place])


@pytest.mark.parametrize(
    ("name", "status", "training", "eligible"),
    [
        ("Ada Fenwick", "active", "active", True),
        ("Bilal Quereshi", "active", "active", None),
        ("Carys Vaughan", "active", "active", False),
        ("Elin Sandberg", "joining", "active", None),
        ("Fergus Boyd", "leaving", "active", True),
        ("Gita Raman", "left", "active", True),
        ("Hywel Pryce", "left", "withdrawn", True),
        ("Ines Cardoso", "left", "deferred", True),
        ("Jolyon Marsh", "left", "withdrawn", True),
        ("Kezia Brandt", "active", "active", True),
        ("Tamsin Orme", "active", "active", True),
        ("Horace Pym", "active", "active", True),
        ("Zebedee Amos", "left", "withdrawn", True),
    ],
)
def test_how_somebody_stands(server: Server, name: str, status: str, training: str, eligible: bool | None) -> None:
    shown = enrolment(server, name)
    assert (shown["participant_status"], shown["training_status"]) == (status, training)
    assert shown["eligible_for_funding"] is eligible


@pytest.mark.parametrize("name", ["Percival Stott", "Quentin Lacey", "Vincent Orr", "Theodore Ash"])
def test_whom_no_provider_sees(server: Server, name: str) -> None:
    assert server.send("GET", f"/api/v3/participants/{PEOPLE[name].id}", NORTHGATE).status_code == 404


def test_a_provider_sees_its_own_last_training_of_somebody_who_changed(server: Server) -> None:
    assert enrolment(server, "Oonagh Kearney")["training_status"] == "withdrawn"
    assert enrolment(server, "Oonagh Kearney", HARBOUR)["training_status"] == "active"


def test_somebody_out_of_a_frozen_cohort(server: Server) -> None:
    shown = enrolment(server, "Xanthe Moreau")
    assert (shown["cohort"], shown["cohort_changed_after_payments_frozen"]) == ("2024", True)


def test_somebody_who_was_an_ect_and_is_a_mentor(server: Server) -> None:
    first, second = (enrolment(server, "Odette Lisle", place=place) for place in (0, 1))
    assert (first["participant_type"], first["induction_end_date"]) == ("ect", "2024-07-19")
    assert (second["participant_type"], second["cohort"]) == ("mentor", "2025")


def test_a_mentor_whom_nobody_trains_is_seen_as_an_unfunded_one(server: Server) -> None:
    ids = [mentor["id"] for mentor in server.get("/unfunded-mentors")]
    assert PEOPLE["Leopold Kane"].id in ids


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("Gita Raman", "unknown", "complete"),
        ("Patience Okoro", "new_school", "complete"),
        ("Rufus Dene", "new_provider", "incomplete"),
        ("Sabrina Holt", "new_provider", "complete"),
        ("Xavier Lund", "new_provider", "incomplete"),
    ],
)
def test_how_somebody_moves(server: Server, name: str, kind: str, status: str) -> None:
    (move,) = server.get(f"/participants/{PEOPLE[name].id}/transfers")["attributes"]["transfers"]
    assert (move["transfer_type"], move["status"]) == (kind, status)


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("Bilal Quereshi", ["submitted"]),
        ("Winona Hale", ["paid", "eligible"]),
        ("Ada Fenwick", ["paid", "paid", "payable"]),
        ("Zachary Nuttall", ["paid"]),
        ("Barnaby Cole", ["awaiting-clawback"]),
        ("Clementine Roy", ["clawed-back"]),
        ("Dorian Fisk", ["voided"]),
    ],
)
def test_what_has_become_of_a_declaration(server: Server, name: str, states: list[str]) -> None:
    declared = server.get(f"/participant-declarations?filter[participant_id]={PEOPLE[name].id}")
    assert [each["attributes"]["state"] for each in declared] == states


def test_somebody_goes_where_no_provider_trains(server: Server) -> None:
    (move,) = server.get(f"/participants/{PEOPLE['Xavier Lund'].id}/transfers")["attributes"]["transfers"]
    assert move["joining"] == {"school_urn": "900401", "provider": None, "date": "2026-10-01"}


def test_somebody_is_on_each_kind_of_schedule(server: Server) -> None:
    names = ("Ada Fenwick", "Agnes Thorne", "Florian Beck", "Yolanda Frith")
    kinds = [enrolment(server, name)["schedule_identifier"].split("-")[1] for name in names]
    assert kinds == ["standard", "extended", "reduced", "replacement"]


def test_there_are_about_three_hundred_people(server: Server) -> None:
    counts = server.control("GET", "/worlds/register").json()["counts"]
    assert 300 <= counts["participants"] <= 340


def test_what_began_today_cannot_be_withdrawn_before_tomorrow(server: Server) -> None:
    refused = server.put(
        f"/participants/{PEOPLE['Lachlan Weir'].id}/withdraw",
        {"reason": "other", "course_identifier": "ecf-induction"},
    )
    assert refused.headers["x-sandbox-rule"] == "training.one-day"


def test_who_was_withdrawn_today_cannot_be_resumed_before_tomorrow(server: Server) -> None:
    refused = server.put(f"/participants/{PEOPLE['Miriam Adler'].id}/resume", {"course_identifier": "ecf-induction"})
    assert refused.headers["x-sandbox-rule"] == "resume.not-same-day"
