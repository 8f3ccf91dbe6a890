"""A mentor of cohort 2024, from registration to withdrawal, as a provider sees them in v2."""

from __future__ import annotations

from functools import partial

from tests.api import Api, World
from tests.backstage import Backstage

COURSE = "ecf-mentor"


def declared(api: Api, participant_id: str) -> list[tuple[str, str]]:
    """The types and states of everything declared of someone, oldest first."""
    listed = api.get("/participant-declarations", **{"filter[participant_id]": participant_id}).data
    return [(each["attributes"]["declaration_type"], each["attributes"]["state"]) for each in listed]


def test_a_mentor_completes_and_is_withdrawn() -> None:
    world = World()
    api, last_seen = world.api("v2"), world.clock().isoformat()
    mentor = Backstage(world).person("mentor", full_name="Moira Lamb", email="moira@example.com", trn="7000601")

    # The provider asks for what is new and finds her.
    (found,) = api.get("/participants/ecf", **{"filter[updated_since]": last_seen, "filter[cohort]": "2024"}).data
    assert found["id"] == mentor
    shown = found["attributes"]
    assert (shown["full_name"], shown["participant_type"], shown["mentor_id"]) == ("Moira Lamb", "mentor", None)
    assert (shown["training_status"], shown["schedule_identifier"]) == ("active", "ecf-standard-september")

    # Started.
    declare = partial(Api.declare, participant_id=mentor, course_identifier=COURSE)
    november = api.at("2024-11-25T10:00:00Z")
    started = declare(november, declaration_type="started", dated="2024-11-20T09:00:00Z")
    assert started.attributes == {
        "participant_id": mentor,
        "declaration_type": "started",
        "course_identifier": COURSE,
        "declaration_date": "2024-11-20T09:00:00Z",
        "updated_at": "2024-11-25T10:00:00Z",
        "state": "eligible",
        "has_passed": None,
    }

    # Retained; voided and declared again. What changed since is what the list says changed.
    february = api.at("2025-02-11T10:00:00Z")
    mistaken = declare(february, declaration_type="retained-1", dated="2025-02-10T09:00:00Z")
    assert february.void(mistaken.id).attributes["state"] == "voided"
    next_day = api.at("2025-02-12T10:00:00Z")
    again = declare(next_day, declaration_type="retained-1", dated="2025-02-03T09:00:00Z")
    since = {"filter[updated_since]": "2025-02-11T09:59:59Z", "filter[participant_id]": mentor}
    assert api.get("/participant-declarations", **since).ids == [mistaken.id, again.id]
    rows = api.get("/participant-declarations.csv", **since).response.text.splitlines()
    assert [row.split(",")[0] for row in rows] == ["id", mistaken.id, again.id]

    # A break, during which milestones are declared all the same, and back.
    assert api.at("2025-03-03T10:00:00Z").defer(mentor, "career-break", COURSE).status == 200
    assert api.participant(mentor)["training_status"] == "deferred"
    may = api.at("2025-05-20T10:00:00Z")
    assert declare(may, declaration_type="retained-2", dated="2025-05-12T09:00:00Z").status == 200
    assert may.resume(mentor, COURSE).attributes["training_status"] == "active"
    assert may.resume(mentor, COURSE).titles == ["participant_profile"]

    # Another schedule, which only mentors may have.
    changed = api.at("2025-06-02T10:00:00Z").change_schedule(mentor, "ecf-replacement-september", COURSE)
    assert changed.attributes["schedule_identifier"] == "ecf-replacement-september"
    assert changed.attributes["updated_at"] == "2025-06-02T10:00:00Z"

    # Completed.
    completed = declare(api.at("2026-05-12T10:00:00Z"), declaration_type="completed", dated="2026-05-11T09:00:00Z")
    assert completed.attributes["state"] == "eligible"
    record = Backstage(world).training_record(mentor, "mentor")
    assert record.mentor_ineligible_for_funding_reason == "completed_declaration_received"

    # Withdrawn.
    summer = api.at("2026-06-01T10:00:00Z")
    withdrawn = summer.withdraw(mentor, "mentor-no-longer-being-mentor", COURSE).attributes
    assert (withdrawn["training_status"], withdrawn["status"]) == ("withdrawn", "active")
    assert summer.withdraw(mentor, "other", COURSE).titles == ["participant_profile"]
    assert summer.defer(mentor, "other", COURSE).titles == ["participant_profile"]
    late = declare(summer, declaration_type="retained-3", dated="2026-06-01T10:00:00Z")
    assert late.rules == ["decl.before-withdrawal"]
    assert declared(api, mentor) == [
        ("started", "eligible"),
        ("retained-1", "voided"),
        ("retained-1", "eligible"),
        ("retained-2", "eligible"),
        ("completed", "eligible"),
    ]
