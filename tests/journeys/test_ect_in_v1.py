"""Jane Smith, an ECT of the first cohort, from her first milestone to her last, as a provider sees her in v1."""

from __future__ import annotations

from tests.api import JANE, MENTOR, Api, World


def declared(api: Api) -> list[tuple[str, str]]:
    """The types and states of everything declared of her, oldest first."""
    listed = api.get("/participant-declarations", **{"filter[participant_id]": JANE}).data
    return [(each["attributes"]["declaration_type"], each["attributes"]["state"]) for each in listed]


def test_jane_smith_completes_her_training_and_is_withdrawn() -> None:
    api = World("first-cohort").api("v1")

    # She is found in the list, on the schedule that begins in January.
    (jane,) = [p for p in api.get("/participants/ecf", **{"filter[cohort]": "2021"}).data if p["id"] == JANE]
    assert jane["attributes"] == api.participant(JANE)
    assert jane["attributes"] == {
        "email": "jane.smith@some-school.example.com",
        "full_name": "Jane Smith",
        "mentor_id": MENTOR,
        "school_urn": "106286",
        "participant_type": "ect",
        "cohort": "2021",
        "status": "active",
        "teacher_reference_number": "1234567",
        "teacher_reference_number_validated": True,
        "eligible_for_funding": True,
        "pupil_premium_uplift": True,
        "sparsity_uplift": True,
        "training_status": "active",
        "training_record_id": "000a97ff-d2a9-4779-a397-9bfd9063072e",
        "schedule_identifier": "ecf-standard-january",
        "updated_at": "2021-05-31T02:22:32Z",
    }
    assert declared(api) == []

    # It is November: her first milestone opens in December, and nobody is declared in advance.
    assert api.declare(JANE, "started", "2021-11-22T08:00:00Z").rules == ["decl.milestone-start"]
    assert api.declare(JANE, "started", "2021-12-06T09:00:00Z").rules == ["decl.date-not-future"]

    # Started.
    december = api.at("2021-12-10T10:00:00Z")
    started = december.declare(JANE, "started", "2021-12-06T09:00:00Z")
    assert started.attributes == {
        "participant_id": JANE,
        "declaration_type": "started",
        "course_identifier": "ecf-induction",
        "eligible_for_payment": True,
        "declaration_date": "2021-12-06T09:00:00Z",
        "updated_at": "2021-12-10T10:00:00Z",
        "voided": False,
        "state": "eligible",
        "has_passed": None,
    }
    assert december.declare(JANE, "started", "2021-12-06T09:00:00Z").json == started.json

    # Retained, with a wrong date: voided, and declared again.
    spring = api.at("2022-03-02T10:00:00Z")
    mistaken = spring.declare(JANE, "retained-1", "2022-03-01T09:00:00Z")
    assert spring.declare(JANE, "retained-1", "2022-02-28T09:00:00Z").titles == ["base"]
    voided = api.at("2022-03-03T10:00:00Z").void(mistaken.id).attributes
    assert (voided["state"], voided["voided"], voided["eligible_for_payment"]) == ("voided", True, False)
    assert voided["updated_at"] == "2022-03-03T10:00:00Z"
    assert api.void(mistaken.id).titles == ["Invalid action"]
    retained = api.at("2022-03-04T10:00:00Z").declare(JANE, "retained-1", "2022-02-28T09:00:00Z")
    assert retained.id not in (started.id, mistaken.id)
    assert declared(api) == [("started", "eligible"), ("retained-1", "voided"), ("retained-1", "eligible")]

    # A break, and back.
    deferred = api.at("2022-05-09T10:00:00Z").defer(JANE, "parental-leave").attributes
    assert (deferred["training_status"], deferred["status"]) == ("deferred", "active")
    assert api.at("2022-05-10T10:00:00Z").defer(JANE).titles == ["participant_profile"]
    resumed = api.at("2022-11-07T10:00:00Z").resume(JANE).attributes
    assert (resumed["training_status"], resumed["updated_at"]) == ("active", "2022-11-07T10:00:00Z")

    # She needs longer than the standard schedule: on another one its milestones no longer close.
    late = api.at("2022-11-08T10:00:00Z")
    assert late.declare(JANE, "retained-2", "2022-11-07T09:00:00Z").rules == ["decl.milestone-end"]
    assert late.change_schedule(JANE, "ecf-extended-january").rules == ["sched.fits-declarations"]
    moved = late.change_schedule(JANE, "ecf-extended-september").attributes
    assert (moved["schedule_identifier"], moved["cohort"]) == ("ecf-extended-september", "2021")
    assert late.declare(JANE, "retained-2", "2022-11-07T09:00:00Z").attributes["state"] == "eligible"

    # Completed.
    completed = api.at("2024-02-20T10:00:00Z").declare(JANE, "completed", "2024-02-19T09:00:00Z")
    assert completed.attributes["state"] == "eligible"
    assert api.declaration(completed.id) == completed.attributes

    # Withdrawn: what lies before that moment may still be declared, what lies after it may not.
    withdrawn = api.at("2024-03-01T12:00:00Z").withdraw(JANE, "left-teaching-profession").attributes
    assert (withdrawn["training_status"], withdrawn["status"]) == ("withdrawn", "active")
    after = api.at("2024-03-20T10:00:00Z")
    assert after.declare(JANE, "extended-1", "2024-03-01T12:00:00Z").rules == ["decl.before-withdrawal"]
    assert after.declare(JANE, "extended-1", "2024-03-01T11:59:59Z").status == 200
    assert after.change_schedule(JANE, "ecf-reduced-september").titles == ["participant_id"]
    assert [type for type, state in declared(api) if state != "voided"] == [
        "started",
        "retained-1",
        "retained-2",
        "completed",
        "extended-1",
    ]
    (row,) = [r for r in api.get("/participants/ecf.csv").response.text.splitlines() if r.startswith(JANE)]
    assert ",withdrawn," in row
