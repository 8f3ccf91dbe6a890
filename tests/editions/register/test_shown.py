"""What is shown of people, who sees their moves and their mentors, and how often anybody may ask."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.api import at_once
from tests.rules.marks import accepts, refuses

from .world import LOOP, NOT_FOUND, RIVERBANK, Provider, Refusal, World

ELSEWHERE = "900204"


@accepts("show.full-name")
def test_a_corrected_name_is_shown_in_place_of_the_one_that_was_known(world: World, northgate: Provider) -> None:
    ect = world.trainee(full_name="Jane Smith")
    assert northgate.get(f"/participants/{ect}").attributes["full_name"] == "Jane Smith"
    world.control("PATCH", f"/participants/{ect}", full_name="Jane Doe")
    assert northgate.get(f"/participants/{ect}").attributes["full_name"] == "Jane Doe"


@accepts("show.eligible", "show.induction")
def test_eligibility_and_induction_are_what_became_known_of_them(world: World, northgate: Provider) -> None:
    world.partnership()
    unknown, exempt, claimed = (world.person(at=f"2025-09-0{day}T09:00:00Z") for day in (2, 3, 4))
    world.control("POST", f"/participants/{exempt}/validate", status="exempt")
    world.control("POST", f"/participants/{claimed}/validate", on="2025-09-04")
    world.control("POST", f"/participants/{claimed}/validate", status="exempt")
    shown = [northgate.enrolment(each) for each in (unknown, exempt, claimed)]
    assert [each["eligible_for_funding"] for each in shown] == [None, False, True]
    assert [each["overall_induction_start_date"] for each in shown] == [None, None, "2025-09-04"]
    world.control("PUT", f"/participants/{claimed}/induction-end", on="2026-09-10", outcome="pass")
    passed = northgate.enrolment(claimed)
    ends = ("induction_end_date", "most_recent_induction_period_end_date")
    assert [passed[end] for end in ends] == ["2026-09-10", "2026-09-10"]
    assert passed["participant_status"] == "active"


@accepts("show.mentor", "vis.unfunded-mentor", "updated.unfunded-mentor")
def test_a_mentor_is_shown_as_long_as_they_mentor(world: World, northgate: Provider, harbour: Provider) -> None:
    ect = world.trainee()
    mentor = world.person("mentor", "2025-09-03T09:00:00Z", programme="school_led", mentee_id=ect)
    assert northgate.enrolment(ect)["mentor_id"] == mentor
    assert northgate.get("/unfunded-mentors").ids == [mentor]
    assert harbour.refused(lambda: harbour.get(f"/unfunded-mentors/{mentor}")) == NOT_FOUND
    assert northgate.refused(lambda: northgate.get(f"/participants/{mentor}")) == NOT_FOUND
    world.control("PATCH", f"/participants/{mentor}", "2026-09-15T10:00:00Z", email="new@riverbank.example.com")
    shown = northgate.get(f"/unfunded-mentors/{mentor}").attributes
    assert (shown["email"], shown["updated_at"]) == ("new@riverbank.example.com", "2026-09-15T10:00:00Z")
    world.control("POST", f"/participants/{mentor}/leave", on="2026-09-10")
    assert northgate.enrolment(ect)["mentor_id"] is None
    assert northgate.get("/unfunded-mentors").ids == []


@accepts("vis.unfunded-mentor")
def test_who_ever_trained_with_the_provider_is_no_unfunded_mentor(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    mentor = world.person("mentor", "2025-09-03T09:00:00Z", mentee_id=ect)
    assert northgate.enrolment(ect)["mentor_id"] == mentor
    assert northgate.get("/unfunded-mentors").ids == []


@accepts("transfer.listed", "transfer.who-sees", "transfer.type", "transfer.status", "updated.transfer")
def test_a_move_to_another_provider_is_seen_by_both(world: World, northgate: Provider, harbour: Provider) -> None:
    ect = world.trainee()
    assert northgate.get("/participants/transfers").ids == []
    world.control("POST", f"/participants/{ect}/leave", "2026-09-15T08:00:00Z", on="2026-10-30")
    (leaving,) = northgate.get("/participants/transfers").data[0]["attributes"]["transfers"]
    assert (leaving["transfer_type"], leaving["status"], leaving["joining"]) == ("unknown", "incomplete", None)
    world.partnership(provider="harbour", urn=ELSEWHERE)
    about = {"urn": ELSEWHERE, "on": "2026-11-02", "provider": "harbour"}
    world.control("POST", f"/participants/{ect}/join", "2026-09-15T08:30:00Z", **about)
    for provider in (northgate, harbour):
        shown = provider.get(f"/participants/{ect}/transfers").attributes
        (transfer,) = shown["transfers"]
        assert (transfer["transfer_type"], transfer["status"]) == ("new_provider", "incomplete")
        assert transfer["leaving"]["school_urn"] == RIVERBANK
        assert transfer["joining"]["date"] == "2026-11-02"
        assert shown["updated_at"] == "2026-09-15T08:30:00Z"
    later = northgate.at("2026-11-02T09:00:00Z").get(f"/participants/{ect}/transfers").attributes
    assert later["transfers"][0]["status"] == "complete"
    meadow = world.provider("meadow")
    assert meadow.refused(lambda: meadow.get(f"/participants/{ect}/transfers")) == NOT_FOUND


def test_an_address_is_corrected_where_someone_is_now(world: World, northgate: Provider) -> None:
    ect = world.trainee(email="once@riverbank.example.com", induction_starts_on="2025-09-01")
    world.control("PUT", f"/participants/{ect}/induction-end", "2026-07-10T09:00:00Z", on="2026-07-10")
    world.partnership("2026")
    world.person("mentor", "2026-09-02T09:00:00Z", participant_id=ect)
    world.control("PATCH", f"/participants/{ect}", email="now@riverbank.example.com")
    shown = northgate.get(f"/participants/{ect}").attributes["ecf_enrolments"]
    assert [each["email"] for each in shown] == ["once@riverbank.example.com", "now@riverbank.example.com"]


@accepts("transfer.type")
def test_a_move_with_the_same_provider_is_one_to_a_new_school(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    world.partnership(urn=ELSEWHERE)
    world.control("POST", f"/participants/{ect}/join", "2026-03-01T09:00:00Z", urn=ELSEWHERE, on="2026-03-02")
    (transfer,) = northgate.get(f"/participants/{ect}/transfers").attributes["transfers"]
    assert (transfer["transfer_type"], transfer["status"]) == ("new_school", "complete")


@accepts("read.training-status", "read.cohort-filter")
def test_people_are_found_by_either_stamp_and_by_either_role(world: World, northgate: Provider) -> None:
    ect, active = world.trainee(), world.person(at="2025-09-03T09:00:00Z")
    for act, at in [("defer", "2026-03-02T10:00:00Z"), ("withdraw", "2026-04-02T10:00:00Z")]:
        about = {"reason": "other", "course_identifier": "ecf-induction"}
        assert northgate.at(at).put(f"/participants/{ect}/{act}", **about).status == 200
    found = {"deferred": [ect], "withdrawn": [ect], "active": [active], "nothing": [], "": [ect, active]}
    for status, ids in found.items():
        assert northgate.get("/participants", **{"filter[training_status]": status}).ids == ids, status
    assert northgate.get("/participants", **{"filter[training_status][]": "active"}).ids == [ect, active]
    assert northgate.enrolment(ect)["deferral"] is None


@accepts("read.from-participant-id", "id-change")
def test_a_retired_id_leads_to_the_one_that_remains(world: World, northgate: Provider) -> None:
    ect, twin = world.trainee(), world.person("mentor")
    world.control("POST", f"/participants/{twin}/merge", into=ect)
    assert northgate.get("/participants", **{"filter[from_participant_id]": twin}).ids == [ect]
    assert northgate.get("/participants", **{"filter[from_participant_id]": ect}).ids == []
    assert northgate.refused(lambda: northgate.get(f"/participants/{twin}")) == NOT_FOUND
    (change,) = northgate.get(f"/participants/{ect}").attributes["participant_id_changes"]
    assert (change["from_participant_id"], change["to_participant_id"]) == (twin, ect)


@accepts("read.from-participant-id", "id-change")
def test_whoever_took_a_retired_id_and_was_retired_too_is_not_found_by_it(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    world.partnership("2024")
    first = world.person("mentor", "2024-09-02T09:00:00Z")
    world.control("POST", f"/participants/{first}/leave", "2024-11-01T09:00:00Z", on="2024-11-01")
    second = world.person("mentor", "2025-09-10T09:00:00Z")
    for retired, remaining in ((first, second), (second, ect)):
        world.control("POST", f"/participants/{retired}/merge", into=remaining)
    found = {first: [], second: [ect], second.replace("-", ""): [ect], second.upper(): [ect], ect: []}
    for id, expected in found.items():
        assert northgate.get("/participants", **{"filter[from_participant_id]": id}).ids == expected
    (change,) = northgate.get(f"/participants/{ect}").attributes["participant_id_changes"]
    assert change["from_participant_id"] == second


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("filter[cohort][]=2024&filter[cohort][]=2025", True),
        ("filter[cohort][]=&filter[cohort][]=2025", True),
        ("filter[cohort][]=2024,2025", False),
        ("filter[cohort][]=", False),
        ("filter[cohort]=", True),
        ("filter[cohort]=2024,2025", True),
        ("filter[cohort]=,2025", True),
        ("filter[cohort]=,2024", False),
        ("filter[cohort][x]=2024", True),
    ],
)
@accepts("read.cohort-filter")
def test_a_list_of_cohorts_has_one_in_each_place(world: World, northgate: Provider, query: str, is_found: bool) -> None:
    ect = world.trainee()
    assert northgate.send("GET", f"/participants?{query}").ids == [ect] * is_found


@pytest.mark.parametrize(
    ("query", "cohort"),
    [
        ("filter[cohort]=2024,2025", "2024"),
        ("filter[cohort]=,2024", None),
        ("filter[cohort]=%2C2024", None),
        ("filter[cohort]=", None),
        ("filter[cohort][]=2024&filter[cohort][]=2025", "2024"),
        ("filter[cohort][]=&filter[cohort][]=abc&filter[cohort][]=2025", "2025"),
        ("filter[cohort][]=2024,2025", "2024"),
        ("filter[cohort][]=,2024", None),
        ("filter[cohort][]=", None),
    ],
)
@accepts("read.cohort-filter")
def test_schools_are_of_one_cohort_the_first_that_is_named(northgate: Provider, query: str, cohort: str | None) -> None:
    cohorts = {school["attributes"]["cohort"] for school in northgate.send("GET", f"/schools?{query}").data}
    assert cohorts == ({cohort} if cohort else set())


@accepts("decl.concurrent")
def test_of_two_equal_declarations_at_once_one_is_kept(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    attributes = {
        "participant_id": ect,
        "declaration_type": "started",
        "declaration_date": "2025-10-10T09:00:00Z",
        "course_identifier": "ecf-induction",
        "evidence_held": "other",
    }
    client, headers = world.client, {"Authorization": f"Bearer {northgate.token}"}

    async def twice() -> list[httpx.Response]:
        path, body = "/api/v3/participant-declarations", {"data": {"attributes": attributes}}
        return await asyncio.gather(*(client.request("POST", path, json=body, headers=headers) for _ in range(2)))

    first, second = LOOP.run_until_complete(twice())
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert northgate.get("/participant-declarations").ids == [first.json()["data"]["id"]]
    (later,) = {reply.status_code for reply in LOOP.run_until_complete(twice())}
    assert later == 422


@refuses("rate.limit", "rate.limit-address")
@accepts("rate.limit", "rate.limit-address")
def test_a_token_and_an_address_may_ask_so_often(world: World, northgate: Provider, harbour: Provider) -> None:
    world.control("PATCH", f"/worlds/{world.id}", rate_limit=True)
    served = world.served
    assert served.rate_limit is not None
    for _ in range(999):
        at_once(served.rate_limit.count(f"Bearer {northgate.token}", "127.0.0.1"))
    assert northgate.get("/participants").status == 200
    assert northgate.refused(lambda: northgate.get("/participants")) == Refusal(429, [], ["rate.limit"])
    for _ in range(499):
        at_once(served.rate_limit.count(f"Bearer {harbour.token}", "127.0.0.1"))
    assert harbour.get("/participants").status == 200
    refused = harbour.refused(lambda: harbour.get("/participants"))
    assert refused == Refusal(429, [], ["rate.limit-address"])


@accepts("id-change")
def test_lists_that_were_asked_for_before_a_merge_hold_nobody_twice_after_it(world: World, northgate: Provider) -> None:
    ect, twin = world.trainee(), world.person("mentor")
    declared = northgate.declare(twin, course_identifier="ecf-mentor")
    assert sorted(northgate.get("/participants").ids) == sorted([ect, twin])
    assert northgate.get("/participant-declarations").ids == [declared.id]
    world.control("POST", f"/participants/{twin}/merge", into=ect)
    assert northgate.get("/participants").ids == [ect]
    assert northgate.get("/participant-declarations").ids == [declared.id]
    assert northgate.declaration(declared.id)["participant_id"] == ect


@accepts("updated.unfunded-mentor", "id-change")
def test_who_mentors_since_a_merge_has_changed_then_as_an_unfunded_mentor(world: World, northgate: Provider) -> None:
    ect, other = world.trainee(), world.person("ect", provider="harbour")
    mentor = world.person("mentor", programme="school_led", mentee_id=ect)
    world.control("POST", f"/participants/{mentor}/merge", into=other)
    shown = northgate.get(f"/unfunded-mentors/{other}").attributes
    assert shown["updated_at"] == "2026-09-15T09:00:00Z"
