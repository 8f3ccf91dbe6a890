"""The how-to guides: every request they show, sent as it stands there to a really running server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
import requests

from tests.conformance import problems_with

from .running import Running, serving

JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
MENTOR = "bb36d74a-68a7-47b6-86b6-1fd0d141c590"

# The guides' example of one participant, and where the service differs from it: whole seconds, a delivery partner whose
# id is a UUID, and what v3 has come to show since.
JANE_AS_SHOWN = {
    "id": "db3a7848-7308-4879-942a-c4a70ced400a",
    "type": "participant",
    "attributes": {
        "full_name": "Jane Smith",
        "teacher_reference_number": "1234567",
        "updated_at": "2021-05-31T02:22:32.000Z",
        "ecf_enrolments": [
            {
                "training_record_id": "000a97ff-d2a9-4779-a397-9bfd9063072e",
                "email": "jane.smith@some-school.example.com",
                "mentor_id": "bb36d74a-68a7-47b6-86b6-1fd0d141c590",
                "school_urn": "106286",
                "participant_type": "ect",
                "cohort": "2021",
                "training_status": "active",
                "participant_status": "active",
                "teacher_reference_number_validated": True,
                "eligible_for_funding": True,
                "pupil_premium_uplift": True,
                "sparsity_uplift": True,
                "schedule_identifier": "ecf-standard-january",
                "validation_status": "eligible_to_start",
                "delivery_partner_id": "cd3a12347-7308-4879-942a-c4a70ced400a",
                "withdrawal": None,
                "deferral": None,
                "created_at": "2021-05-31T02:22:32.000Z",
            }
        ],
    },
}
SINCE = {
    "induction_end_date": None,
    "mentor_funding_end_date": None,
    "cohort_changed_after_payments_frozen": False,
    "mentor_ineligible_for_funding_reason": None,
}

DEFER = """
{
  "data": {
    "type": "participant-defer",
    "attributes": {
      "reason": "career-break",
      "course_identifier": "ecf-mentor"
    }
  }
}
"""
RESUME = """
{
  "data": {
    "type": "participant-resume",
    "attributes": {
      "course_identifier": "ecf-mentor"
    }
  }
}
"""
WITHDRAW = """
{
  "data": {
    "type": "participant-withdraw",
    "attributes": {
      "reason": "left-teaching-profession",
      "course_identifier": "ecf-mentor"
    }
  }
}
"""

# The guides name these requests without showing them.
PARTNERSHIP = """
{
  "data": {
    "type": "ecf-partnership",
    "attributes": {
      "cohort": 2025,
      "school_id": "9d2e09fc-a84d-52b0-a735-08b3d2764cc7",
      "delivery_partner_id": "cd3a1234-7308-4879-942a-c4a70ced400a"
    }
  }
}
"""
CHANGE_SCHEDULE = """
{
  "data": {
    "type": "participant-change-schedule",
    "attributes": {
      "schedule_identifier": "ecf-standard-september",
      "course_identifier": "ecf-induction"
    }
  }
}
"""

ALL = ("v1", "v2", "v3")
BOTH = pytest.mark.parametrize("sandbox", ["main", "first-cohort"], indirect=True)


@dataclass(frozen=True)
class World:
    """Where a world answers, and Northgate's token in it."""

    url: str
    token: str


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def sandbox(server: Running, request: pytest.FixtureRequest) -> World:
    """A world that has just begun, of one scenario or the other."""
    scenario = {"scenario": getattr(request, "param", "main")}
    made = requests.post(f"{server.url}/sandbox/worlds", json=scenario, timeout=5).json()
    (token,) = [each["token"] for each in made["providers"] if each["name"].startswith("Northgate")]
    return World(server.url, token)


def send(sandbox: World, method: str, path: str, body: str | None = None, at: str | None = None) -> Any:
    """Send a request as it stands, as Northgate; the answer, checked against its document."""
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if at is not None:
        headers["X-With-Server-Date"] = at
    answer = requests.request(method, sandbox.url + path, data=body, headers=headers, timeout=5)
    assert not problems_with(answer)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def declaration(declaration_type: str, dated: str, **others: str) -> str:
    """The body of a declaration of Jane Smith."""
    attributes = {
        "participant_id": JANE,
        "declaration_type": declaration_type,
        "declaration_date": dated,
        "course_identifier": "ecf-induction",
    }
    return orjson.dumps({"data": {"type": "participant-declaration", "attributes": attributes | others}}).decode()


def jane_today() -> dict[str, Any]:
    """The guides' example as the service sends it."""
    text = orjson.dumps(JANE_AS_SHOWN).replace(b".000Z", b"Z").replace(b"cd3a12347-", b"cd3a1234-")
    jane: dict[str, Any] = orjson.loads(text)
    jane["attributes"]["ecf_enrolments"][0] |= SINCE
    jane["attributes"]["participant_id_changes"] = []
    return jane


def test_confirm_a_partnership_with_a_school_and_its_delivery_partner(sandbox: World) -> None:
    made = send(sandbox, "POST", "/api/v3/partnerships/ecf", PARTNERSHIP)
    assert (made["attributes"]["urn"], made["attributes"]["status"]) == ("900111", "active")
    assert made in send(sandbox, "GET", "/api/v3/partnerships/ecf?filter[cohort]=2025")


@BOTH
def test_view_all_participant_data(sandbox: World) -> None:
    assert jane_today() in send(sandbox, "GET", "/api/v3/participants/ecf?page[per_page]=3000")
    for version in ("v1", "v2"):
        (jane,) = [p for p in send(sandbox, "GET", f"/api/{version}/participants/ecf") if p["id"] == JANE]
        shown = JANE_AS_SHOWN["attributes"]["ecf_enrolments"][0]  # type: ignore[index]
        for name in ("email", "mentor_id", "school_urn", "cohort", "training_status", "schedule_identifier"):
            assert jane["attributes"][name] == shown[name]


@pytest.mark.parametrize("version", ALL)
def test_filter_all_participant_data(sandbox: World, version: str) -> None:
    path = f"/api/{version}/participants/ecf?filter[cohort]=2022&filter[updated_since]=2020-11-13T11:21:55Z"
    found = send(sandbox, "GET", path)
    cohorts = [p["attributes"].get("cohort") or p["attributes"]["ecf_enrolments"][0]["cohort"] for p in found]
    assert "2022" in cohorts
    assert all(participant["attributes"]["updated_at"] >= "2020-11-13T11:21:55Z" for participant in found)
    assert JANE not in [participant["id"] for participant in found]


@BOTH
def test_view_a_single_participants_data(sandbox: World) -> None:
    assert send(sandbox, "GET", f"/api/v3/participants/ecf/{JANE}") == jane_today()
    for version in ("v1", "v2"):
        assert (
            send(sandbox, "GET", f"/api/{version}/participants/ecf/{JANE}")["attributes"]["full_name"] == "Jane Smith"
        )


@BOTH
@pytest.mark.parametrize("version", ALL)
def test_a_participant_takes_a_break_returns_and_withdraws(sandbox: World, version: str) -> None:
    path = f"/api/{version}/participants/ecf/{MENTOR}"
    for action, body, status in (("defer", DEFER, "deferred"), ("resume", RESUME, "active")):
        assert training(send(sandbox, "PUT", f"{path}/{action}", body))["training_status"] == status
    withdrawn = training(send(sandbox, "PUT", f"{path}/withdraw", WITHDRAW))
    assert withdrawn["training_status"] == "withdrawn"
    if version == "v3":
        assert withdrawn["withdrawal"]["reason"] == "left-teaching-profession"
        assert withdrawn["deferral"] is None


@pytest.mark.parametrize("version", ALL)
def test_a_participant_changes_schedule(sandbox: World, version: str) -> None:
    changed = send(sandbox, "PUT", f"/api/{version}/participants/ecf/{JANE}/change-schedule", CHANGE_SCHEDULE)
    assert training(changed)["schedule_identifier"] == "ecf-standard-september"


@BOTH
@pytest.mark.parametrize("version", ALL)
def test_a_participant_starts_is_retained_and_completes(sandbox: World, version: str) -> None:
    declarations = f"/api/{version}/participant-declarations"
    started = declaration("started", "2021-12-06T09:00:00Z")
    first = send(sandbox, "POST", declarations, started, at="2021-12-10T10:00:00Z")
    assert send(sandbox, "POST", declarations, started, at="2021-12-10T10:00:05Z") == first
    retained = declaration("retained-1", "2022-03-01T09:00:00Z", evidence_held="training-event-attended")
    second = send(sandbox, "POST", declarations, retained, at="2022-03-02T10:00:00Z")
    completed = declaration("completed", "2023-06-01T09:00:00Z", evidence_held="self-study-material-completed")
    third = send(sandbox, "POST", declarations, completed, at="2023-06-02T10:00:00Z")
    listed = send(sandbox, "GET", f"{declarations}?filter[participant_id]={JANE}", at="2023-06-02T10:00:00Z")
    assert [made["attributes"]["declaration_type"] for made in listed] == ["started", "retained-1", "completed"]
    assert [made["id"] for made in listed] == [first["id"], second["id"], third["id"]]
    assert send(sandbox, "GET", f"{declarations}/{third['id']}") == third


@BOTH
@pytest.mark.parametrize("version", ALL)
def test_a_declaration_submitted_in_error_is_removed(sandbox: World, version: str) -> None:
    declarations = f"/api/{version}/participant-declarations"
    started = declaration("started", "2021-12-06T09:00:00Z")
    made = send(sandbox, "POST", declarations, started, at="2021-12-10T10:00:00Z")
    voided = send(sandbox, "PUT", f"{declarations}/{made['id']}/void", at="2021-12-11T10:00:00Z")
    assert (voided["id"], voided["attributes"]["state"]) == (made["id"], "voided")
    again = send(sandbox, "POST", declarations, started, at="2021-12-12T10:00:00Z")
    assert again["id"] != made["id"]


@pytest.mark.parametrize("sandbox", ["first-cohort"], indirect=True)
def test_a_start_on_the_september_schedule_is_declared_from_19_to_30_november_2021(sandbox: World) -> None:
    send(sandbox, "PUT", f"/api/v1/participants/ecf/{JANE}/change-schedule", CHANGE_SCHEDULE)
    early = declaration("started", "2021-11-18T23:59:59Z")
    refused = requests.post(
        f"{sandbox.url}/api/v1/participant-declarations",
        data=early,
        headers={"Authorization": f"Bearer {sandbox.token}", "Content-Type": "application/json"},
        timeout=5,
    )
    assert (refused.status_code, refused.headers["X-Sandbox-Rule"]) == (422, "decl.milestone-start")
    backdated = declaration("started", "2021-11-19T00:00:00Z")
    made = send(sandbox, "POST", "/api/v1/participant-declarations", backdated, at="2022-01-20T10:00:00Z")
    assert made["attributes"]["state"] == "eligible"


def training(participant: dict[str, Any]) -> dict[str, Any]:
    """The training that an answer shows: v1 and v2 show it flat, v3 among the enrolments."""
    attributes: dict[str, Any] = participant["attributes"]
    return dict(attributes["ecf_enrolments"][0]) if "ecf_enrolments" in attributes else attributes
