"""Schools register people: whoever is described, or someone made up."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sandbox.actions.partnerships import live_partnership
from tests.api import JANE, MENTOR, Api, World

from .console import Console

AMELIA = "a9189c4b-7993-4015-bffc-ff9ae8392cdd"  # both ECT and mentor
AMELIAS_OLD_ID = "439ac4fe-a003-417f-9694-07c45b3482f8"
HILLTOP_VIEW = "900405"  # has no partnership


def sees(api: Api, participant_id: str) -> bool:
    return api.get(f"/participants/ecf/{participant_id}").status == 200


def test_nothing_need_be_said(console: Console, northgate: Api, harbour: Api) -> None:
    registered = console.register()
    shown = northgate.participant(registered["id"])
    (enrolment,) = shown["ecf_enrolments"]
    assert shown["full_name"] == registered["full_name"]
    assert shown["teacher_reference_number"] == registered["trn"]
    assert shown["updated_at"] == enrolment["created_at"] == "2024-11-15T09:00:00Z"
    assert enrolment["training_record_id"] == registered["training_record_id"]
    assert enrolment["email"] == registered["email"]
    assert enrolment["school_urn"] == registered["school"]["urn"]
    assert (enrolment["participant_type"], enrolment["cohort"]) == ("ect", "2024")
    assert (enrolment["participant_status"], enrolment["training_status"]) == ("active", "active")
    assert (enrolment["eligible_for_funding"], enrolment["teacher_reference_number_validated"]) == (True, True)
    assert not sees(harbour, registered["id"])


def test_they_can_be_declared_at_once(console: Console, northgate: Api) -> None:
    registered = console.register()
    assert northgate.declare(registered["id"], "started", "2024-11-15T08:00:00Z").attributes["state"] == "eligible"


def test_no_two_are_alike(console: Console) -> None:
    them = [console.register() for _ in range(60)]
    for what in ("id", "training_record_id", "email", "trn"):
        assert len({someone[what] for someone in them}) == 60
    assert len({someone["full_name"] for someone in them}) > 50


def test_the_same_are_made_up_in_every_world() -> None:
    def made_up() -> list[str]:
        registered = Console(World()).register()
        return [registered["full_name"], registered["email"], registered["trn"]]

    assert made_up() == made_up()


def test_a_trn_that_someone_has_is_not_made_up(console: Console) -> None:
    taken = str(int(console.register()["trn"]) + 1)
    console.register(trn=str(int(taken) + 1))
    assert console.register()["trn"] not in (taken, str(int(taken) + 1))


def test_everything_can_be_said(console: Console, harbour: Api) -> None:
    mentor = console.register(participant_type="mentor", provider="harbour")
    registered = console.register(
        participant_type="ect",
        cohort="2023",
        provider="Harbour Learning Trust",
        urn="900201",
        full_name="Zoë O'Neill",
        email="zoe@example.com",
        trn="7654321",
        starts_on="2024-12-02",
        mentor_id=mentor["id"],
        validation="not_eligible_for_funded_training",
    )
    enrolment = harbour.enrolment(registered["id"])
    assert harbour.participant(registered["id"])["full_name"] == "Zoë O'Neill"
    assert harbour.participant(registered["id"])["teacher_reference_number"] == "7654321"
    assert (enrolment["cohort"], enrolment["school_urn"]) == ("2023", "900201")
    assert (enrolment["email"], enrolment["mentor_id"]) == ("zoe@example.com", mentor["id"])
    assert (enrolment["participant_status"], enrolment["eligible_for_funding"]) == ("joining", False)


def test_a_school_is_found_by_its_id(console: Console) -> None:
    school = console.register(provider="meadow")["school"]
    assert console.register(school_id=school["id"])["school"] == school


def test_a_school_says_which_provider_trains(console: Console) -> None:
    assert console.register(urn="900201")["provider"]["name"] == "Harbour Learning Trust"


def test_a_school_that_challenged_its_partnership_is_passed_over(world: World, console: Console) -> None:
    first = console.register()["school"]
    partnership = live_partnership(world.store.read(), first["id"], "2024")
    assert partnership is not None
    console.post(f"/partnerships/{partnership.id}/challenge")
    assert console.register()["school"] != first
    assert console.register(urn=first["urn"])["provider"] is None
    assert console.register(cohort="2023")["provider"]["name"] == "Northgate Teaching Institute"


def test_without_a_partnership_nobody_trains_them(console: Console, northgate: Api) -> None:
    registered = console.register(urn=HILLTOP_VIEW)
    assert registered["provider"] is None
    assert not sees(northgate, registered["id"])


@pytest.mark.parametrize(
    ("day", "cohort"), [("2024-08-31", "2023"), ("2024-09-01", "2024"), ("2025-08-31", "2024"), ("2025-09-01", "2025")]
)
def test_the_cohort_is_that_of_the_academic_year(console: Console, day: str, cohort: str) -> None:
    assert console.at(f"{day}T12:00:00Z").register()["cohort"] == cohort


def test_the_header_says_when(console: Console, northgate: Api) -> None:
    registered = console.at("2024-10-01T10:00:00+01:00").register()
    assert northgate.participant(registered["id"])["updated_at"] == "2024-10-01T09:00:00Z"


@pytest.mark.parametrize(
    ("trn", "status", "eligible", "validated"),
    [
        ("0000003", "checking_qts", None, True),
        ("0000004", "not_eligible_for_funded_training", False, True),
        ("0000005", "eligible_to_start", True, True),
        ("0000006", "eligible_to_start", True, False),
        ("0000543", "checking_qts", None, True),
        ("0000000", "eligible_to_start", True, True),
        ("1000004", "eligible_to_start", True, True),
    ],
)
def test_a_magic_trn_says_what_the_dfe_finds_out(
    console: Console, northgate: Api, trn: str, status: str, eligible: bool | None, validated: bool
) -> None:
    registered = console.register(trn=trn)
    assert registered["validation_status"] == status
    enrolment = northgate.enrolment(registered["id"])
    assert (enrolment["validation_status"], enrolment["eligible_for_funding"]) == (status, eligible)
    assert enrolment["teacher_reference_number_validated"] is validated
    assert northgate.participant(registered["id"])["teacher_reference_number"] == (trn if validated else None)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"trn": "0000001"}, "contacted_for_information"),
        ({"trn": "0000002"}, "dfe_checking_eligibility"),
        ({"validation": "contacted_for_information"}, "contacted_for_information"),
        ({"validation": "none"}, "dfe_checking_eligibility"),
        ({"validation": "none", "trn": "0000005"}, "dfe_checking_eligibility"),
    ],
)
def test_nobody_sees_who_is_not_validated(console: Console, northgate: Api, body: dict[str, str], status: str) -> None:
    registered = console.register(**body)
    assert registered["validation_status"] == status
    assert not sees(northgate, registered["id"])
    console.post(f"/participants/{registered['id']}/validate")
    assert sees(northgate, registered["id"])


def test_what_is_said_outweighs_the_trn(console: Console) -> None:
    assert console.register(trn="0000004", validation="eligible_to_start")["validation_status"] == "eligible_to_start"


def test_someone_who_has_still_to_be_asked_can_have_no_trn(console: Console) -> None:
    assert console.register(trn=None, validation="contacted_for_information")["trn"] is None


def test_nobodys_details_are_checked_without_a_trn(console: Console, northgate: Api) -> None:
    registered = console.register(trn=None)
    assert re.fullmatch(r"\d{7}", registered["trn"])
    assert northgate.enrolment(registered["id"])["teacher_reference_number_validated"] is True


def test_an_ect_becomes_a_mentor_as_well(console: Console, northgate: Api) -> None:
    ect = console.register()
    mentor = console.register(participant_id=ect["id"])
    assert mentor["participant_type"] == "mentor"
    assert (mentor["id"], mentor["full_name"], mentor["trn"]) == (ect["id"], ect["full_name"], ect["trn"])
    enrolments = northgate.participant(ect["id"])["ecf_enrolments"]
    assert {enrolment["participant_type"] for enrolment in enrolments} == {"ect", "mentor"}


def test_a_mentor_becomes_an_ect_as_well(console: Console) -> None:
    mentor = console.register(participant_type="mentor")
    assert console.register(participant_id=mentor["id"])["participant_type"] == "ect"


def test_a_mentor_may_be_named_by_a_retired_id(console: Console) -> None:
    assert console.register(mentor_id=AMELIAS_OLD_ID)["mentor_id"] == AMELIA


@pytest.mark.parametrize(
    ("status", "title", "body"),
    [
        (404, "cohort", {"cohort": "2031"}),
        (404, "provider", {"provider": "westgate"}),
        (404, "urn", {"urn": "123456"}),
        (404, "school_id", {"school_id": JANE}),
        (404, "participant_id", {"participant_id": "00000000-0000-4000-8000-000000000000"}),
        (404, "mentor_id", {"mentor_id": "00000000-0000-4000-8000-000000000000"}),
        (422, "urn", {"urn": "106286", "school_id": JANE}),
        (422, "Impossible", {"urn": "106286", "provider": "harbour"}),
        (422, "Impossible", {"urn": HILLTOP_VIEW, "provider": "northgate"}),
        (422, "Impossible", {"cohort": "2020"}),
        (422, "Impossible", {"participant_type": "mentor", "mentor_id": MENTOR}),
        (422, "Impossible", {"mentor_id": JANE}),
        (422, "Impossible", {"participant_id": JANE, "participant_type": "ect"}),
        (422, "Impossible", {"participant_id": AMELIA}),
        (422, "starts_on", {"starts_on": "0000-01-01"}),
        (422, "starts_on", {"starts_on": "2024-02-30"}),
        (422, "trn", {"trn": "123"}),
        (422, "email", {"email": "nobody"}),
        (422, "full_name", {"full_name": " "}),
        (422, "validation", {"validation": "eligible"}),
        (422, "body", {"name": "Ada"}),
    ],
)
def test_what_cannot_be_is_refused(console: Console, status: int, title: str, body: dict[str, Any]) -> None:
    assert console.refused(status, "/participants", body)[0] == title


def test_a_header_that_is_no_time_is_refused(console: Console) -> None:
    assert console.at("yesterday").refused(400, "/participants")[0] == "Bad request"


def test_before_the_first_cohort_one_must_be_named(console: Console) -> None:
    long_ago = console.at("2019-01-01T00:00:00Z")
    assert "cohort" in long_ago.refused(422, "/participants")[1]
    assert long_ago.register(cohort="2024")["cohort"] == "2024"
