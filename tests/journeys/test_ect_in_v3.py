"""Ivy Sutton, an ECT of cohort 2025, with the evidence that begins with that cohort, as a provider sees her in v3."""

from __future__ import annotations

from typing import Any

from tests.api import Api, World
from tests.backstage import Backstage

IVY = "b0452c56-4866-4bdc-a0d0-576ed710651a"
HER_MENTOR = "f153819f-b233-42c4-b80b-af1f43c7cf03"
OAKFIELD = "cd3a1234-7308-4879-942a-c4a70ced400a"


def declared(api: Api) -> list[tuple[str, str]]:
    """The types and states of everything declared of her, oldest first."""
    listed = api.get("/participant-declarations", **{"filter[participant_id]": IVY}).data
    return [(each["attributes"]["declaration_type"], each["attributes"]["state"]) for each in listed]


def deadline(world: World, declaration: dict[str, Any], name: str = "statement_id") -> str:
    """The deadline of a statement that a declaration is on."""
    return Backstage(world).statement(declaration[name]).deadline.isoformat()


def test_ivy_sutton_completes_her_training_and_is_withdrawn() -> None:
    world = World()
    api = world.api()

    # She is found among those of 2025: registered early, still to join.
    (ivy,) = [p for p in api.get("/participants/ecf", **{"filter[cohort]": "2025"}).data if p["id"] == IVY]
    (enrolment,) = ivy["attributes"]["ecf_enrolments"]
    assert ivy["attributes"] == api.participant(IVY)
    assert (enrolment["participant_status"], enrolment["training_status"]) == ("joining", "active")
    assert (enrolment["mentor_id"], enrolment["delivery_partner_id"]) == (HER_MENTOR, OAKFIELD)
    assert enrolment["validation_status"] == "eligible_to_start"
    assert (enrolment["deferral"], enrolment["withdrawal"]) == (None, None)
    assert api.at("2025-09-01T00:00:00Z").enrolment(IVY)["participant_status"] == "active"

    # Started.
    autumn = api.at("2025-10-07T10:00:00Z")
    started = autumn.declare(IVY, "started", "2025-10-06T09:00:00Z").attributes
    assert {name: started[name] for name in started if name != "statement_id"} == {
        "participant_id": IVY,
        "declaration_type": "started",
        "declaration_date": "2025-10-06T09:00:00Z",
        "course_identifier": "ecf-induction",
        "state": "eligible",
        "updated_at": "2025-10-07T10:00:00Z",
        "created_at": "2025-10-07T10:00:00Z",
        "delivery_partner_id": OAKFIELD,
        "clawback_statement_id": None,
        "ineligible_for_funding_reason": None,
        "mentor_id": HER_MENTOR,
        "uplift_paid": False,
        "evidence_held": None,
        "has_passed": None,
        "lead_provider_name": "Northgate Teaching Institute",
    }
    assert deadline(world, started) == "2025-12-31"

    # Retained; voided and declared again with other evidence.
    winter = api.at("2026-02-10T10:00:00Z")
    mistaken = winter.declare(IVY, "retained-1", "2026-02-09T09:00:00Z", evidence_held="other")
    assert deadline(world, mistaken.attributes) == "2026-03-31"
    voided = winter.void(mistaken.id).attributes
    assert (voided["state"], voided["statement_id"]) == ("voided", None)
    evidence = "materials-engaged-with-offline"
    next_day = api.at("2026-02-11T10:00:00Z")
    again = next_day.declare(IVY, "retained-1", "2026-02-09T09:00:00Z", evidence_held=evidence).attributes
    assert again["evidence_held"] == evidence
    weak = winter.declare(IVY, "retained-2", "2026-02-09T09:00:00Z", evidence_held="other")
    assert (weak.titles, weak.rules) == (["evidence_held"], ["decl.evidence"])

    # A break, and back.
    deferred = api.at("2026-03-02T10:00:00Z").defer(IVY, "long-term-sickness").attributes["ecf_enrolments"][0]
    assert deferred["deferral"] == {"reason": "long-term-sickness", "date": "2026-03-02T10:00:00Z"}
    assert IVY in api.get("/participants/ecf", **{"filter[training_status]": "deferred"}).ids
    resumed = api.at("2026-09-07T10:00:00Z").resume(IVY).attributes["ecf_enrolments"][0]
    assert (resumed["training_status"], resumed["deferral"]) == ("active", None)
    assert IVY not in api.get("/participants/ecf", **{"filter[training_status]": "deferred"}).ids

    # On to an extended schedule, with milestones of its own.
    september = api.at("2026-09-08T10:00:00Z")
    assert september.declare(IVY, "extended-1", "2026-09-07T09:00:00Z").rules == ["decl.milestone-exists"]
    moved = september.change_schedule(IVY, "ecf-extended-september").attributes["ecf_enrolments"][0]
    assert (moved["schedule_identifier"], moved["cohort"]) == ("ecf-extended-september", "2025")
    assert september.declare(IVY, "extended-1", "2026-09-07T09:00:00Z").attributes["state"] == "eligible"
    assert september.change_schedule(IVY, "ecf-standard-september").rules == ["sched.fits-declarations"]

    # Completed.
    june = api.at("2027-06-15T10:00:00Z")
    finished = {"evidence_held": "one-term-induction"}
    completed = june.declare(IVY, "completed", "2027-06-14T09:00:00Z", **finished).attributes
    assert (completed["evidence_held"], completed["state"]) == ("one-term-induction", "eligible")
    assert deadline(world, completed) == "2027-07-31"

    # Withdrawn. Her school still has her.
    july = api.at("2027-07-05T10:00:00Z")
    withdrawn = july.withdraw(IVY, "school-left-fip").attributes["ecf_enrolments"][0]
    assert withdrawn["withdrawal"] == {"reason": "switched-to-school-led", "date": "2027-07-05T10:00:00Z"}
    assert (withdrawn["training_status"], withdrawn["participant_status"]) == ("withdrawn", "active")
    assert declared(api) == [
        ("started", "eligible"),
        ("retained-1", "voided"),
        ("retained-1", "eligible"),
        ("extended-1", "eligible"),
        ("completed", "eligible"),
    ]
