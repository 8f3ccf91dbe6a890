"""An ECT in a world that follows the deployed service where that differs from the written guidance."""

from __future__ import annotations

from tests.api import World
from tests.backstage import Backstage
from tests.rules.variants import EVERY_VERSION

NATHAN = "788cfa84-d3b1-43c7-8c0f-91ebcd775755"  # in autumn 2021 the DfE still waits for his details


@EVERY_VERSION
def test_someone_is_trained_declared_and_withdrawn_before_he_is_validated(version: str) -> None:
    world = World("first-cohort", "deployed")
    backstage, api = Backstage(world), world.api(version)

    # He is shown at once, without what the DfE does not know yet.
    assert NATHAN in api.get("/participants/ecf", **{"page[per_page]": "3000"}).ids
    enrolment = world.api("v3").enrolment(NATHAN)
    assert (enrolment["eligible_for_funding"], enrolment["teacher_reference_number_validated"]) == (None, None)
    assert "validation_status" not in enrolment
    assert api.participant(NATHAN)["teacher_reference_number"] is None

    # His first milestone has been open since the first of September, and what is declared is submitted.
    assert api.declare(NATHAN, "started", "2021-08-31T23:59:59Z").rules == ["decl.milestone-start"]
    started = api.declare(NATHAN, "started", "2021-10-11T09:00:00Z")
    assert started.attributes["state"] == "submitted"

    # An exact repeat is refused.
    again = api.declare(NATHAN, "started", "2021-10-11T09:00:00Z")
    assert (again.status, again.titles, again.rules) == (422, ["base"], ["decl.one-per-milestone"])
    assert api.void(started.id).attributes["state"] == "voided"

    # He is withdrawn although nothing live is declared, and resumes.
    assert api.withdraw(NATHAN, "other").status == 200
    assert world.api("v3").enrolment(NATHAN)["training_status"] == "withdrawn"
    assert api.defer(NATHAN).titles == ["participant_profile"]
    assert api.resume(NATHAN).status == 200

    # A break, another schedule.
    assert api.defer(NATHAN, "bereavement").status == 200
    assert api.resume(NATHAN).status == 200
    assert api.change_schedule(NATHAN, "ecf-standard-january").status == 200
    winter = api.at("2021-12-10T10:00:00Z")
    redeclared = winter.declare(NATHAN, "started", "2021-12-06T09:00:00Z")
    assert redeclared.attributes["state"] == "submitted"

    # The DfE finds him eligible: the declaration joins a statement.
    backstage.validate(NATHAN, "eligible_to_start")
    assert api.declaration(redeclared.id)["state"] == "eligible"
    shown = world.api("v3").declaration(redeclared.id)
    assert backstage.statement(shown["statement_id"]).lead_provider_id == backstage.provider("northgate").id
    assert world.api("v3").enrolment(NATHAN)["eligible_for_funding"] is True

    # The January schedule of 2021 has no last milestone here.
    completed = api.at("2023-06-02T10:00:00Z").declare(NATHAN, "completed", "2023-06-01T09:00:00Z")
    assert completed.rules == ["decl.milestone-exists"]
    assert api.at("2023-06-02T10:00:00Z").change_schedule(NATHAN, "ecf-extended-september").status == 200
    completed = api.at("2023-06-02T10:00:00Z").declare(NATHAN, "completed", "2023-06-01T09:00:00Z")
    assert completed.attributes["state"] == "eligible"
    assert api.at("2023-06-05T10:00:00Z").withdraw(NATHAN).status == 200
