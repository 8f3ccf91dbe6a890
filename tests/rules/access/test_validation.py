"""People whose details the DfE has not validated: hidden by the written guidance, shown by the deployed service."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.model import UNVALIDATED, ValidationStatus
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION

TOMASZ = ("36b57464-fb38-4199-a640-192b49a3d3e2", "ecf-induction")  # contacted for information, no TRN
AISHA = ("0389f91c-90d1-4f32-86f1-c226c610fcd7", "ecf-mentor")  # being checked
UNVALIDATED_ONES = pytest.mark.parametrize(("id", "course"), [TOMASZ, AISHA])
HIDDEN = (422, ["participant_id"], ["vis.validated-only"])
ALL = {"page[per_page]": "3000"}
DECLARED_AT = "2024-11-14T09:00:00Z"


def trainings(api: Api, participant_id: str) -> list[dict[str, Any]]:
    """What a list shows of someone's training: flat in v1 and v2, as enrolments in v3."""
    listed = [p["attributes"] for p in api.get("/participants/ecf", **ALL).data if p["id"] == participant_id]
    return [training for shown in listed for training in shown.get("ecf_enrolments", [shown])]


@EVERY_VERSION
@UNVALIDATED_ONES
@refuses("vis.validated-only", "path.unknown")
def test_by_the_written_guidance_they_are_shown_nowhere_and_cannot_be_acted_on(
    version: str, id: str, course: str
) -> None:
    api = World().api(version)
    assert trainings(api, id) == []
    assert refusal(api, Api.get, f"/participants/ecf/{id}") == NOT_FOUND
    assert refusal(api, Api.defer, id, course=course) == HIDDEN
    assert refusal(api, Api.resume, id, course=course) == HIDDEN
    assert refusal(api, Api.withdraw, id, course=course) == HIDDEN
    assert refusal(api, Api.change_schedule, id, "ecf-reduced-september", course=course) == HIDDEN
    assert refusal(api, Api.declare, id, "started", DECLARED_AT, course_identifier=course) == HIDDEN
    assert id not in [d["attributes"]["participant_id"] for d in api.get("/participant-declarations", **ALL).data]


@pytest.mark.parametrize("version", ["v1", "v2"])
@UNVALIDATED_ONES
@accepts("vis.validated-only")
def test_by_the_written_guidance_the_csv_leaves_them_out_and_in_the_deployed_service_it_has_them(
    version: str, id: str, course: str
) -> None:
    assert id not in World().api(version).get("/participants/ecf.csv").response.text
    assert id in World(behaviour="deployed").api(version).get("/participants/ecf.csv").response.text


@EVERY_VERSION
@UNVALIDATED_ONES
@accepts("vis.validated-only")
def test_the_deployed_service_shows_them_with_what_is_known_of_them(version: str, id: str, course: str) -> None:
    api = World(behaviour="deployed").api(version)
    (training,) = trainings(api, id)
    given = (id, course) == AISHA
    assert training["teacher_reference_number_validated"] is (False if given else None)
    assert training["eligible_for_funding"] is None
    assert (api.participant(id)["teacher_reference_number"] is not None) is (given and version != "v3")
    assert "validation_status" not in training


@EVERY_VERSION
@UNVALIDATED_ONES
@accepts("vis.validated-only")
def test_in_the_deployed_service_they_can_be_acted_on(version: str, id: str, course: str) -> None:
    api = World(behaviour="deployed").api(version)
    declared = api.declare(id, "started", DECLARED_AT, course_identifier=course)
    assert declared.attributes["state"] == "submitted"
    assert declared.id in api.get("/participant-declarations", **ALL).ids
    assert api.defer(id, course=course).status == 200
    assert api.resume(id, course=course).status == 200
    assert api.change_schedule(id, "ecf-reduced-september", course=course).status == 200
    assert api.withdraw(id, course=course).status == 200


@EVERY_VERSION
@pytest.mark.parametrize("status", ["checking_qts", "not_eligible_for_funded_training", "eligible_to_start"])
@accepts("vis.validated-only")
def test_they_appear_as_soon_as_their_details_are_validated_whatever_the_dfe_finds(
    version: str, status: ValidationStatus
) -> None:
    world = World()
    id, course = TOMASZ
    Backstage(world).validate(id, status)
    (training,) = trainings(world.api(version), id)
    expected = {"eligible_to_start": True, "not_eligible_for_funded_training": False}.get(status)
    assert training["eligible_for_funding"] is expected
    assert world.api(version).defer(id, course=course).status == 200


@EVERY_VERSION
@pytest.mark.parametrize("status", sorted(UNVALIDATED))
@accepts("vis.validated-only")
def test_of_someone_with_two_trainings_only_the_one_that_is_validated_is_shown(
    version: str, status: ValidationStatus
) -> None:
    world = World()
    backstage = Backstage(world)
    ada = backstage.person("ect")
    backstage.person("mentor", validated=status, participant_id=ada)
    assert [t["participant_type"] for t in trainings(world.api(version), ada)] == ["ect"]
    backstage.validate(ada, "eligible_to_start", "mentor")
    assert {t["participant_type"] for t in trainings(world.api(version), ada)} == {"ect", "mentor"}
