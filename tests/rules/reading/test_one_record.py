"""One record, looked up by its id, is what the list shows of it."""

from __future__ import annotations

import pytest

from tests.api import PROVIDERS, World
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_VERSION

EVERY_PROVIDER = pytest.mark.parametrize("provider", PROVIDERS)
OWEN = "d1dd50c8-71ef-4b62-bc3c-b498c5ca7052"  # both an ECT and a mentor, with Northgate
NADIA = "3312f736-2275-4c9e-b257-2ad694f5cc53"  # an ECT with Northgate, a mentor with Harbour
ALL = {"page[per_page]": "3000"}


@EVERY_VERSION
@EVERY_PROVIDER
@accepts("path.unknown")
def test_each_participant_is_shown_as_in_the_list(version: str, provider: str) -> None:
    api = World().api(version, provider)
    for listed in api.get("/participants/ecf", **ALL).data:
        shown = api.get(f"/participants/ecf/{listed['id']}").data
        assert shown == listed or (version != "v3" and listed["attributes"]["participant_type"] == "mentor")


@EVERY_VERSION
@accepts("path.unknown")
def test_each_declaration_is_shown_as_in_the_list(version: str) -> None:
    api = World().api(version, "harbour")
    for listed in api.get("/participant-declarations", **ALL).data:
        assert api.get(f"/participant-declarations/{listed['id']}").data == listed


@pytest.mark.parametrize("version", ["v1", "v2"])
@accepts("vis.participant")
def test_someone_who_is_both_comes_twice_in_a_list_and_alone_as_the_ect(version: str) -> None:
    api = World().api(version)
    listed = [p for p in api.get("/participants/ecf", **ALL).data if p["id"] == OWEN]
    assert {p["attributes"]["participant_type"] for p in listed} == {"ect", "mentor"}
    assert api.participant(OWEN)["participant_type"] == "ect"


@accepts("vis.participant")
def test_v3_shows_someone_who_is_both_once_with_two_enrolments() -> None:
    api = World().api()
    (listed,) = [p for p in api.get("/participants/ecf", **ALL).data if p["id"] == OWEN]
    types = [enrolment["participant_type"] for enrolment in listed["attributes"]["ecf_enrolments"]]
    assert types == ["ect", "mentor"]


@EVERY_VERSION
@accepts("vis.participant")
def test_of_someone_who_trains_as_each_with_another_provider_each_shows_its_own(version: str) -> None:
    world = World()
    for provider, participant_type in (("northgate", "ect"), ("harbour", "mentor")):
        shown = world.api(version, provider).participant(NADIA)
        (enrolment,) = shown.get("ecf_enrolments", [shown])
        assert enrolment["participant_type"] == participant_type
