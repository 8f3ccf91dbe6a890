"""What the DfE finds out about people, as the lead providers see it."""

from __future__ import annotations

import pytest

from tests.api import JANE, Api

from .console import Console
from .test_registering import AMELIA, AMELIAS_OLD_ID, sees
from .test_schools import is_polled

STATUSES = {
    "checking_qts": None,
    "not_eligible_for_funded_training": False,
    "eligible_to_start": True,
}


@pytest.fixture
def ect(console: Console) -> str:
    """Registered yesterday, and not validated yet."""
    return str(console.at("2024-11-14T09:00:00Z").register(validation="none")["id"])


@pytest.mark.parametrize(("status", "eligible"), STATUSES.items())
def test_each_outcome_is_seen(console: Console, northgate: Api, ect: str, status: str, eligible: bool | None) -> None:
    assert not sees(northgate, ect)
    validated = console.post(f"/participants/{ect}/validate", status=status)["participant"]
    assert validated["validation_status"] == status
    enrolment = northgate.enrolment(ect)
    assert (enrolment["validation_status"], enrolment["eligible_for_funding"]) == (status, eligible)
    assert enrolment["teacher_reference_number_validated"] is True
    assert is_polled(northgate, ect)


@pytest.mark.parametrize("status", ["contacted_for_information", "dfe_checking_eligibility"])
def test_two_are_seen_by_nobody(console: Console, northgate: Api, ect: str, status: str) -> None:
    console.post(f"/participants/{ect}/validate")
    assert sees(northgate, ect)
    console.post(f"/participants/{ect}/validate", status=status)
    assert not sees(northgate, ect)


def test_unless_said_they_can_start(console: Console, northgate: Api, ect: str) -> None:
    console.post(f"/participants/{ect}/validate")
    assert northgate.enrolment(ect)["eligible_for_funding"] is True


def test_a_trn_may_be_found_wrong(console: Console, northgate: Api, ect: str) -> None:
    console.post(f"/participants/{ect}/validate", trn_validated=False)
    assert northgate.enrolment(ect)["teacher_reference_number_validated"] is False
    assert northgate.participant(ect)["teacher_reference_number"] is None


@pytest.mark.parametrize("reason", ["completed_during_early_roll_out", "started_not_completed"])
def test_a_mentors_funding_ends_for_a_reason(console: Console, northgate: Api, reason: str) -> None:
    mentor = str(console.at("2024-11-14T09:00:00Z").register(participant_type="mentor")["id"])
    console.post(f"/participants/{mentor}/validate", status=reason, on="2024-07-31")
    enrolment = northgate.enrolment(mentor, "mentor")
    assert enrolment["mentor_funding_end_date"] == "2024-07-31"
    assert enrolment["mentor_ineligible_for_funding_reason"] == reason
    assert is_polled(northgate, mentor)


def test_it_ends_today_unless_said_and_only_a_mentors(console: Console, northgate: Api, ect: str) -> None:
    mentor = str(console.at("2024-11-14T09:00:00Z").register(participant_type="mentor")["id"])
    console.at("2024-11-15T09:00:00Z").post(f"/participants/{mentor}/validate", status="started_not_completed")
    assert northgate.enrolment(mentor, "mentor")["mentor_funding_end_date"] == "2024-11-15"
    console.refused(422, f"/participants/{ect}/validate", {"status": "started_not_completed"})


def test_eligibility_changes_both_ways(console: Console, northgate: Api, ect: str) -> None:
    console.post(f"/participants/{ect}/validate", status="eligible_to_start")
    early = northgate.declare(ect, "started", "2024-11-14T10:00:00Z").id
    console.post(f"/participants/{ect}/validate", status="not_eligible_for_funded_training")
    assert northgate.enrolment(ect)["eligible_for_funding"] is False
    assert northgate.declaration(early)["state"] == "eligible"  # what is eligible already stays so
    northgate.void(early)
    late = northgate.declare(ect, "started", "2024-11-14T10:00:00Z").id
    assert northgate.declaration(late)["state"] == "submitted"
    console.post(f"/participants/{ect}/validate", status="eligible_to_start")
    assert northgate.declaration(late)["state"] == "eligible"
    assert northgate.declaration(late)["statement_id"] is not None


def test_an_induction_ends(console: Console, northgate: Api) -> None:
    ect = console.at("2024-11-14T09:00:00Z").register()["id"]
    console.put(f"/participants/{ect}/induction-end", on="2024-11-01")
    assert northgate.enrolment(ect)["induction_end_date"] == "2024-11-01"
    assert is_polled(northgate, ect)
    console.put(f"/participants/{ect}/induction-end", on=None)
    assert northgate.enrolment(ect)["induction_end_date"] is None


def test_a_mentor_has_no_induction(console: Console) -> None:
    mentor = console.register(participant_type="mentor")["id"]
    title, detail = console.refused(422, f"/participants/{mentor}/induction-end", {"on": "2024-11-01"}, "PUT")
    assert title == "Impossible"
    assert "not registered as ect" in detail


def test_of_two_trainings_the_induction_is_the_ects(console: Console, northgate: Api) -> None:
    console.put(f"/participants/{AMELIAS_OLD_ID}/induction-end", on="2024-07-20")
    assert northgate.enrolment(AMELIA, "ect")["induction_end_date"] == "2024-07-20"
    assert northgate.enrolment(AMELIA, "mentor")["induction_end_date"] is None


def test_duplicates_are_merged(console: Console, northgate: Api, harbour: Api) -> None:
    remaining = console.register()["id"]
    retired = console.register(provider="harbour")["id"]
    declared = harbour.declare(retired, "started", "2024-11-15T08:00:00Z").id
    change = console.post(f"/participants/{retired}/merge", into=remaining)["id_change"]
    assert (change["from_participant_id"], change["to_participant_id"]) == (retired, remaining)
    for api in (northgate, harbour):
        assert api.participant(remaining)["participant_id_changes"] == [change]
    assert harbour.declaration(declared)["participant_id"] == remaining
    found = harbour.get("/participants/ecf", **{"filter[from_participant_id]": retired})
    assert found.ids == [remaining]


def test_the_retired_id_still_names_them(console: Console, northgate: Api) -> None:
    remaining, retired = console.register()["id"], console.register()["id"]
    console.post(f"/participants/{retired}/merge", into=remaining)
    assert console.post(f"/participants/{retired}/leave")["participant"]["id"] == remaining
    assert "itself" in console.refused(422, f"/participants/{retired}/merge", {"into": remaining})[1]


def test_what_both_have_declared_keeps_them_apart(console: Console, northgate: Api) -> None:
    remaining, retired = console.register()["id"], console.register()["id"]
    for each in (remaining, retired):
        northgate.declare(each, "started", "2024-11-15T08:00:00Z")
    assert "started" in console.refused(422, f"/participants/{retired}/merge", {"into": remaining})[1]


@pytest.mark.parametrize(
    ("title", "path", "body"),
    [
        ("status", f"/participants/{JANE}/validate", {"status": "eligible"}),
        ("trn_validated", f"/participants/{JANE}/validate", {"trn_validated": None}),
        ("into", f"/participants/{JANE}/merge", {"into": "nobody"}),
        ("body", f"/participants/{JANE}/merge", {}),
    ],
)
def test_what_is_no_outcome_is_refused(console: Console, title: str, path: str, body: dict[str, object]) -> None:
    assert console.refused(422, path, body)[0] == title


def test_a_date_is_wanted_of_an_induction(console: Console) -> None:
    path = f"/participants/{JANE}/induction-end"
    assert console.refused(422, path, {}, "PUT")[0] == "body"
    assert console.refused(422, path, {"on": "2024-13-01"}, "PUT")[0] == "on"
