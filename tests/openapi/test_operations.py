"""Each version has exactly the operations of the contract, with what they read and how they refuse."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from .documents import (
    OF_PROVIDERS,
    REGISTER,
    Operation,
    document,
    edition_of,
    operations,
    parameters,
    resolved,
    responses,
    served,
)

# Method and path | operationId | refusals, besides 401, 429 and ECF's 403, which every operation has

V1 = """
GET  /participants/ecf                      | list_participants                 | 400
GET  /participants/ecf.csv                  | list_participants_csv             | 400
GET  /participants/ecf/{id}                 | get_participant                   | 400 404
PUT  /participants/ecf/{id}/defer           | defer_participant                 | 400 413 422
PUT  /participants/ecf/{id}/resume          | resume_participant                | 400 413 422
PUT  /participants/ecf/{id}/withdraw        | withdraw_participant              | 400 413 422
PUT  /participants/ecf/{id}/change-schedule | change_participant_schedule       | 400 404 413 422
GET  /participants                          | list_participants_alias           | 400
GET  /participants.csv                      | list_participants_csv_alias       | 400
PUT  /participants/{id}/defer               | defer_participant_alias           | 400 413 422
PUT  /participants/{id}/resume              | resume_participant_alias          | 400 413 422
PUT  /participants/{id}/withdraw            | withdraw_participant_alias        | 400 413 422
PUT  /participants/{id}/change-schedule     | change_participant_schedule_alias | 400 404 413 422
GET  /participant-declarations              | list_declarations                 | 400
POST /participant-declarations              | create_declaration                | 400 413 422
GET  /participant-declarations.csv          | list_declarations_csv             | 400
GET  /participant-declarations/{id}         | get_declaration                   | 400 404
PUT  /participant-declarations/{id}/void    | void_declaration                  | 400 404 422
"""

V2 = """
GET  /participants/ecf                      | list_participants                 | 400
GET  /participants/ecf.csv                  | list_participants_csv             | 400
GET  /participants/ecf/{id}                 | get_participant                   | 400 404
PUT  /participants/ecf/{id}/defer           | defer_participant                 | 400 413 422
PUT  /participants/ecf/{id}/resume          | resume_participant                | 400 413 422
PUT  /participants/ecf/{id}/withdraw        | withdraw_participant              | 400 413 422
PUT  /participants/ecf/{id}/change-schedule | change_participant_schedule       | 400 404 413 422
GET  /participants                          | list_participants_alias           | 400
GET  /participants.csv                      | list_participants_csv_alias       | 400
GET  /participant-declarations              | list_declarations                 | 400
POST /participant-declarations              | create_declaration                | 400 413 422
GET  /participant-declarations.csv          | list_declarations_csv             | 400
GET  /participant-declarations/{id}         | get_declaration                   | 400 404
PUT  /participant-declarations/{id}/void    | void_declaration                  | 400 404 422
"""

V3 = """
GET  /participants/ecf                      | list_participants                 | 400
GET  /participants/ecf/transfers            | list_transfers                    | 400
GET  /participants/ecf/{id}                 | get_participant                   | 400 404
PUT  /participants/ecf/{id}/defer           | defer_participant                 | 400 413 422
PUT  /participants/ecf/{id}/resume          | resume_participant                | 400 413 422
PUT  /participants/ecf/{id}/withdraw        | withdraw_participant              | 400 413 422
PUT  /participants/ecf/{id}/change-schedule | change_participant_schedule       | 400 404 413 422
GET  /participants/ecf/{id}/transfers       | get_transfers                     | 400 404
GET  /participant-declarations              | list_declarations                 | 400
POST /participant-declarations              | create_declaration                | 400 413 422
GET  /participant-declarations/{id}         | get_declaration                   | 400 404
PUT  /participant-declarations/{id}/void    | void_declaration                  | 400 404 422
GET  /statements                            | list_statements                   | 400
GET  /statements/{id}                       | get_statement                     | 400 404
GET  /schools/ecf                           | list_schools                      | 400
GET  /schools/ecf/{id}                      | get_school                        | 400 404
GET  /delivery-partners                     | list_delivery_partners            | 400
GET  /delivery-partners/{id}                | get_delivery_partner              | 400 404
GET  /unfunded-mentors/ecf                  | list_unfunded_mentors             | 400
GET  /unfunded-mentors/ecf/{id}             | get_unfunded_mentor               | 400 404
GET  /partnerships/ecf                      | list_partnerships                 | 400
POST /partnerships/ecf                      | create_partnership                | 400 413 422
GET  /partnerships/ecf/{id}                 | get_partnership                   | 400 404
PUT  /partnerships/ecf/{id}                 | update_partnership                | 400 404 413 422
"""

REGISTER_V3 = """
GET  /participants                          | list_participants                 | 400
GET  /participants/transfers                | list_transfers                    | 400
GET  /participants/{id}                     | get_participant                   | 400 404
PUT  /participants/{id}/withdraw            | withdraw_participant              | 400 404 413 422
PUT  /participants/{id}/defer               | defer_participant                 | 400 404 413 422
PUT  /participants/{id}/resume              | resume_participant                | 400 404 413 422
PUT  /participants/{id}/change-schedule     | change_participant_schedule       | 400 404 413 422
GET  /participants/{id}/transfers           | get_transfers                     | 400 404
GET  /participant-declarations              | list_declarations                 | 400
POST /participant-declarations              | create_declaration                | 400 413 422
GET  /participant-declarations/{id}         | get_declaration                   | 400 404
PUT  /participant-declarations/{id}/void    | void_declaration                  | 400 404 422
GET  /partnerships                          | list_partnerships                 | 400
POST /partnerships                          | create_partnership                | 400 413 422
GET  /partnerships/{id}                     | get_partnership                   | 400 404
PUT  /partnerships/{id}                     | update_partnership                | 400 404 413 422
GET  /schools                               | list_schools                      | 400
GET  /schools/{id}                          | get_school                        | 400 404
GET  /delivery-partners                     | list_delivery_partners            | 400
GET  /delivery-partners/{id}                | get_delivery_partner              | 400 404
GET  /statements                            | list_statements                   | 400
GET  /statements/{id}                       | get_statement                     | 400 404
GET  /unfunded-mentors                      | list_unfunded_mentors             | 400
GET  /unfunded-mentors/{id}                 | get_unfunded_mentor               | 400 404
"""

TABLES = {"v1": V1, "v2": V2, "v3": V3, REGISTER: REGISTER_V3}
ALWAYS = {"ecf": {"401", "403", "429"}, "register": {"401", "429"}}
SHOWN_AS = {"ecf": "application/vnd.api+json", "register": "application/json"}
SENT_AS = {"ecf": {"application/json", "application/vnd.api+json"}, "register": {"application/json"}}

# What reads take from the query. All others only look whether `filter` is an object, and the aliases not even at that.

V1_QUERIES = {
    "list_participants": "filter[cohort,updated_since] page",
    "list_participants_csv": "filter[cohort,updated_since]",
    "get_participant": "filter[cohort,updated_since]",
    "list_participants_alias": "filter[cohort,updated_since] page",
    "list_participants_csv_alias": "filter[cohort,updated_since]",
    "list_declarations": "filter[participant_id,updated_since] page",
    "list_declarations_csv": "filter[participant_id,updated_since]",
    "get_declaration": "filter[participant_id,updated_since]",
}
V3_QUERIES = {
    "list_participants": "filter[cohort,updated_since,training_status,from_participant_id] sort page",
    "get_participant": "filter[cohort,updated_since,training_status,from_participant_id]",
    "list_declarations": "filter[cohort,participant_id,delivery_partner_id,updated_since] page",
    "get_declaration": "filter[cohort]",
    "list_transfers": "filter[updated_since] page",
    "get_transfers": "filter[updated_since]",
    "list_statements": "filter[cohort,type,updated_since] page",
    "get_statement": "filter[type]",
    "list_schools": "filter[cohort,urn,updated_since] sort page",
    "get_school": "filter[cohort,urn,updated_since]",
    "list_delivery_partners": "filter[cohort] sort page",
    "list_unfunded_mentors": "filter[updated_since] sort page",
    "get_unfunded_mentor": "filter[updated_since]",
    "list_partnerships": "filter[cohort,delivery_partner_id,updated_since] sort page",
}
REGISTER_QUERIES = {
    "list_participants": "filter[cohort,updated_since,training_status,from_participant_id] sort page",
    "list_declarations": "filter[cohort,participant_id,delivery_partner_id,updated_since] page",
    "list_transfers": "filter[updated_since] sort page",
    "list_statements": "filter[cohort,updated_since] page",
    "list_schools": "filter[cohort,urn,updated_since] sort page",
    "get_school": "filter[cohort]",
    "list_delivery_partners": "filter[cohort] sort page",
    "list_unfunded_mentors": "filter[updated_since] sort page",
    "list_partnerships": "filter[cohort,updated_since,delivery_partner_id] sort page",
}
QUERIES = {"v1": V1_QUERIES, "v2": V1_QUERIES, "v3": V3_QUERIES, REGISTER: REGISTER_QUERIES}


def rows(table: str) -> list[list[str]]:
    """The cells of a table, each with single spaces."""
    return [[" ".join(cell.split()) for cell in line.split("|")] for line in table.strip().splitlines()]


def row(version: str, operation: Operation) -> list[str]:
    """An operation as the tables have it."""
    refusals = {status for status in responses(document(version), operation) if status >= "400"}
    refusals -= ALWAYS[edition_of(version)]
    return [str(operation), operation.says["operationId"], " ".join(sorted(refusals))]


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_a_document_has_the_operations_of_the_contract_and_no_others(version: str) -> None:
    says = document(version)
    assert sorted(row(version, operation) for operation in operations(says)) == sorted(rows(TABLES[version]))


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_a_read_takes_the_filters_of_the_contract_and_a_write_none(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        id = operation.says["operationId"]
        write = "" if id.endswith("_alias") else "filter[]"
        assert query(parameters(says, operation)) == QUERIES[version].get(id, write), operation


def query(parameters: list[Any]) -> str:
    """What is read of the query, a filter with its members."""
    names = (
        f"filter[{','.join(parameter['schema'].get('properties', {}))}]"
        if parameter["name"] == "filter"
        else parameter["name"]
        for parameter in parameters
        if parameter["in"] == "query"
    )
    return " ".join(names)


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_every_operation_can_answer_200_and_refuse_strangers_and_those_in_a_hurry(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        answers = responses(says, operation).keys()
        assert answers >= ALWAYS[edition_of(version)] | {"200"}, operation
        assert all(status == "200" or status >= "400" for status in answers), operation


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_every_operation_takes_the_time_from_a_header(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        assert ("header", "X-With-Server-Date") in kinds(parameters(says, operation)), operation


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_an_operation_has_an_id_exactly_when_its_path_has_one(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        assert (("path", "id") in kinds(parameters(says, operation))) == ("{id}" in operation.path), operation


def kinds(parameters: list[Any]) -> set[tuple[str, str]]:
    return {(parameter["in"], parameter["name"]) for parameter in parameters}


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_every_write_but_a_void_needs_a_body_of_a_media_type_that_is_read(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        body = resolved(says, operation.says.get("requestBody", {}))
        writes = operation.method != "GET" and not operation.path.endswith("/void")
        assert bool(body) == writes, operation
        if writes:
            assert body["required"] is True, operation
            assert body["content"].keys() == SENT_AS[edition_of(version)], operation


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_every_answer_has_the_media_type_of_its_path_and_every_refusal_that_of_its_status(version: str) -> None:
    says = document(version)
    shown_as = SHOWN_AS[edition_of(version)]
    for operation in operations(says):
        success = "text/csv" if operation.path.endswith(".csv") else shown_as
        expected = {"200": [success], "403": [], "429": ["text/plain"]}
        for status, response in responses(says, operation).items():
            assert list(response.get("content", {})) == expected.get(status, [shown_as]), operation


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_every_refusal_names_the_rules_in_a_header(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        for status, response in responses(says, operation).items():
            assert ("X-Sandbox-Rule" in response.get("headers", {})) == (status >= "400"), (operation, status)


@pytest.mark.parametrize(
    ("version", "path", "attributes"),
    [
        ("v1", "/participants/ecf.csv", "ParticipantAttributesV1"),
        ("v2", "/participants/ecf.csv", "ParticipantAttributesV1"),
        ("v1", "/participant-declarations.csv", "DeclarationAttributesV1"),
        ("v2", "/participant-declarations.csv", "DeclarationAttributesV2"),
    ],
)
def test_the_columns_of_a_csv_are_the_id_and_the_attributes_of_the_json(
    version: str, path: str, attributes: str
) -> None:
    says = served(version)
    answer = says["paths"][path]["get"]["responses"]["200"]
    example = answer["content"]["text/csv"]["examples"]["example"]["value"]
    header, *lines = csv.reader(example.splitlines())
    assert header == ["id", *says["components"]["schemas"][attributes]["properties"]]
    assert all(len(line) == len(header) for line in lines)
    assert lines


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_every_attribute_shown_is_always_there_but_one(version: str) -> None:
    shown = {
        name: schema
        for name, schema in document(version)["components"]["schemas"].items()
        if schema.get("additionalProperties") is False
    }
    optional = {
        f"{name}.{member}"
        for name, schema in shown.items()
        for member in schema["properties"]
        if member not in schema["required"]
    }
    assert optional == ({"Enrolment.validation_status"} if version == "v3" else set())
