"""What the contract tests know by heart is whole: whatever the documents come to have is missed here by its name."""

from __future__ import annotations

import pytest

from contract_tests import calendar
from contract_tests.conformance.endpoints import DECLARATIONS, ORDERS, PARTICIPANTS, PRIVATE, STATEMENTS, endpoints
from contract_tests.conformance.endpoints import ListEndpoint as Endpoint
from contract_tests.conformance.supplies import WRITES
from contract_tests.conformance.test_unknown_ids import ACTIONS
from contract_tests.conformance.test_updated_since import VAGUE
from contract_tests.documents import VERSIONS, document, every_operation, parameters, rules
from contract_tests.documents.records import attributes, record, times
from contract_tests.journeys import tale
from contract_tests.matching import CLOCK, NATURAL
from sandbox import documents
from sandbox.model import Behaviour, Schedule
from sandbox.story import steps
from tests.api import played

OPERATIONS = [operation for version in VERSIONS for operation in every_operation(version)]
TYPES = {type for version in VERSIONS for type in attributes(version)}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_documents_are_those_that_the_sandbox_goes_by(version: str) -> None:
    assert document(version) == documents.document(f"ecf/{version}")


def test_the_rules_are_those_that_the_sandbox_goes_by() -> None:
    assert rules() == documents.rules("ecf")


def test_every_write_can_be_asked_so_that_it_is_accepted() -> None:
    assert {each.id.removesuffix("_alias") for each in OPERATIONS if each.method != "GET"} == set(WRITES)


def test_everything_that_is_done_to_a_participant_is_tried_on_nobody() -> None:
    paths = {each.path for each in OPERATIONS if each.method == "PUT" and each.path.startswith("/participants/ecf/")}
    assert {path.rpartition("/")[2] for path in paths} == set(ACTIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_list_of_which_records_are_read_alone_is_known(version: str) -> None:
    lists = {each.path for each in every_operation(version) if record(each) and "{id}" not in each.path}
    assert lists - {known.path for known in endpoints(version)} <= {"/participants"}  # the other name of one


def test_of_every_list_it_is_known_how_it_is_ordered() -> None:
    assert {known.path for known in endpoints("v3")} == set(ORDERS["ecf"])
    assert {PARTICIPANTS, DECLARATIONS, STATEMENTS, *PRIVATE, *VAGUE} <= {*ORDERS["ecf"], *ORDERS["register"]}


def test_every_list_that_sorts_is_sorted_and_no_other() -> None:
    sorting = {each.path for each in every_operation("v3") if any(said["name"] == "sort" for said in parameters(each))}
    assert sorting == {path for path, order in ORDERS["ecf"].items() if order.told}


@pytest.mark.parametrize("known", endpoints("v3"), ids=str)
def test_a_list_is_ordered_by_what_is_shown(known: Endpoint) -> None:
    described = record(known.all)
    assert described is not None
    (type,) = described["properties"]["type"]["enum"]
    assert {known.order.by_itself, *known.order.told} - {None, "id"} <= set(attributes("v3")[type])


def test_of_every_type_it_is_known_what_tells_its_records_apart() -> None:
    assert set(NATURAL) == TYPES


@pytest.mark.parametrize("type", sorted(TYPES))
def test_records_are_told_apart_by_what_is_shown(type: str) -> None:
    for version in VERSIONS:
        assert set(NATURAL[type]) <= set(attributes(version).get(type, NATURAL[type]))


def test_of_every_time_it_is_known_whether_a_clock_says_it_or_somebody() -> None:
    """When something was declared to have been, a provider says."""
    assert {name for version in VERSIONS for name in times(version)} == CLOCK | {"declaration_date"}


def test_the_story_has_the_days_on_which_the_sandbox_tells_it() -> None:
    assert (tale.COHORT, tale.RETAINED) == (steps.COHORT, steps.RETAINED)


@pytest.mark.parametrize("behaviour", ["documented", "deployed"])
def test_the_calendar_has_every_milestone_of_the_seeds(behaviour: Behaviour) -> None:
    for schedule in played("main", behaviour).read().all(Schedule):
        known = calendar.milestones(schedule.identifier, schedule.cohort, behaviour)
        seeded = {each.declaration_type: (each.starts, each.ends) for each in schedule.milestones_in(behaviour)}
        assert known == seeded, schedule.id
