"""The documents are sound, complete in what they explain, and true to their own schemas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator
from yamllint import linter  # type: ignore[import-untyped]
from yamllint.config import YamlLintConfig  # type: ignore[import-untyped]

from . import lint
from .documents import CONTROL, DOCUMENTS, FOLDER, OF_PROVIDERS, REGISTER, VERSIONS, document, load

FAMILIES = {"": [CONTROL], "ecf": VERSIONS, "register": [REGISTER]}
"""The documents that share a folder of components."""
SOURCES = sorted(FOLDER.rglob("*.yaml"))
YAMLLINT = YamlLintConfig(file=str(FOLDER.parent / ".yamllint.yaml"))


@pytest.mark.parametrize("version", DOCUMENTS)
def test_a_document_is_valid_openapi(version: str) -> None:
    assert [error.message for error in OpenAPIV30SpecValidator(document(version)).iter_errors()] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(FOLDER)))
def test_a_source_is_tidy_yaml(source: Path) -> None:
    assert [str(problem) for problem in linter.run(source.read_text(), YAMLLINT, str(source))] == []


@pytest.mark.parametrize("version", DOCUMENTS)
@pytest.mark.parametrize("holds", lint.LINTS, ids=lambda holds: holds.__name__)
def test_in_a_document(holds: lint.Lint, version: str) -> None:
    assert list(holds(document(version))) == []


@pytest.mark.parametrize("version", OF_PROVIDERS)
@pytest.mark.parametrize("holds", lint.LINTS_OF_RULES, ids=lambda holds: holds.__name__)
def test_in_a_document_of_lead_providers(holds: lint.Lint, version: str) -> None:
    assert list(holds(document(version))) == []


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_a_document_says_its_version_its_base_path_and_that_a_token_is_needed(version: str) -> None:
    says = document(version)
    assert says["openapi"] == "3.0.3"
    number = version.rpartition("/")[2]
    assert says["info"]["version"] == f"{number[1]}.0.0"
    assert says["servers"] == [{"url": f"/api/{number}"}]
    assert says["security"] == [{"bearer": []}]
    assert says["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


@pytest.mark.parametrize("folder", FAMILIES)
def test_every_component_is_used_by_some_document(folder: str) -> None:
    used = {
        (section, name)
        for version in FAMILIES[folder]
        for section, entries in document(version)["components"].items()
        for name in entries
    }
    assert defined(folder).keys() - used == set()


@pytest.mark.parametrize("folder", FAMILIES)
def test_every_component_has_a_name_of_its_own(folder: str) -> None:
    assert [component for component, times in defined(folder).items() if times > 1] == []


def defined(folder: str) -> Counter[tuple[str, str]]:
    """How often each name is defined in each section of the component files of a folder."""
    files = sorted((FOLDER / folder / "components").glob("*.yaml"))
    return Counter((section, name) for file in files for section, entries in load(file).items() for name in entries)


# The lints are worth something: each finds the fault it looks for.


def repeat_an_operation_id(spoilt: Any) -> None:
    spoilt["paths"]["/participants/ecf/{id}"]["get"]["operationId"] = "list_participants"


def forget_a_summary(spoilt: Any) -> None:
    del spoilt["paths"]["/participants/ecf"]["get"]["summary"]


def use_a_tag_of_no_kind(spoilt: Any) -> None:
    spoilt["paths"]["/participants/ecf"]["get"]["tags"] = ["people"]


def forget_to_explain_a_parameter(spoilt: Any) -> None:
    del spoilt["components"]["parameters"]["ServerDate"]["description"]


def forget_to_explain_a_filter(spoilt: Any) -> None:
    del spoilt["components"]["parameters"]["Page"]["schema"]["properties"]["per_page"]["description"]


def forget_the_type_of_a_property(spoilt: Any) -> None:
    del spoilt["components"]["schemas"]["DeclarationType"]["type"]


def forget_null_in_an_enum(spoilt: Any) -> None:
    spoilt["components"]["schemas"]["Deferral"]["properties"]["reason"]["enum"].remove(None)


def list_no_rule(spoilt: Any) -> None:
    del spoilt["components"]["responses"]["Unauthorised"]["content"]["application/vnd.api+json"]["examples"]


def list_a_rule_of_another_status(spoilt: Any) -> None:
    examples = spoilt["components"]["responses"]["NotFound"]["content"]["application/vnd.api+json"]["examples"]
    examples["void.once"] = {"$ref": "#/components/examples/void.once"}


def list_an_example_that_is_no_rule(spoilt: Any) -> None:
    examples = spoilt["components"]["responses"]["VoidRefused"]["content"]["application/vnd.api+json"]["examples"]
    examples["other"] = {"value": {"errors": [{"title": "base", "detail": "No."}]}}


def show_a_null_that_cannot_be(spoilt: Any) -> None:
    started(spoilt)["declaration_type"] = None


def show_a_date_that_is_none(spoilt: Any) -> None:
    started(spoilt)["declaration_date"] = "2021-06-31T00:00:00Z"


def started(spoilt: Any) -> Any:
    content = spoilt["components"]["requestBodies"]["Declaration"]["content"]["application/json"]
    return content["examples"]["started"]["value"]["data"]["attributes"]


def show_a_parameter_that_is_none(spoilt: Any) -> None:
    spoilt["components"]["parameters"]["ParticipantId"]["example"] = "dd4a11347-7308-4879-942a-c4a70ced400v"


def show_a_filter_of_another_form(spoilt: Any) -> None:
    spoilt["components"]["parameters"]["ParticipantFilterV3"]["schema"]["properties"]["cohort"]["example"] = 2022


def forget_the_rule_of_a_parameter(spoilt: Any) -> None:
    del spoilt["components"]["parameters"]["IgnoredFilter"]["schema"]["x-rule"]


def forget_the_rule_of_a_filter(spoilt: Any) -> None:
    del spoilt["components"]["parameters"]["ParticipantFilterV3"]["schema"]["properties"]["training_status"]["x-rule"]


def forget_the_rule_of_a_filter_that_is_needed(spoilt: Any) -> None:
    del spoilt["components"]["parameters"]["SchoolFilter"]["schema"]["properties"]["cohort"]["x-rule"]


def forget_the_least_page(spoilt: Any) -> None:
    del spoilt["components"]["parameters"]["Page"]["schema"]["properties"]["page"]["minimum"]


def put_a_literal_path_last(spoilt: Any) -> None:
    spoilt["paths"]["/participants/ecf/transfers"] = spoilt["paths"].pop("/participants/ecf/transfers")


@pytest.mark.parametrize(
    ("holds", "spoil"),
    [
        (lint.every_operation_has_an_id_of_its_own, repeat_an_operation_id),
        (lint.every_operation_is_explained, forget_a_summary),
        (lint.every_operation_is_explained, use_a_tag_of_no_kind),
        (lint.every_parameter_is_explained, forget_to_explain_a_parameter),
        (lint.every_property_is_explained, forget_to_explain_a_filter),
        (lint.every_property_is_explained, forget_the_type_of_a_property),
        (lint.every_nullable_enum_has_a_null, forget_null_in_an_enum),
        (lint.every_refusal_lists_its_rules, list_no_rule),
        (lint.every_refusal_lists_its_rules, list_a_rule_of_another_status),
        (lint.every_refusal_lists_its_rules, list_an_example_that_is_no_rule),
        (lint.every_example_fits_its_schema, show_a_null_that_cannot_be),
        (lint.every_example_fits_its_schema, show_a_date_that_is_none),
        (lint.every_example_fits_its_schema, show_a_parameter_that_is_none),
        (lint.every_example_fits_its_schema, show_a_filter_of_another_form),
        (lint.every_check_of_the_query_names_its_rule, forget_the_rule_of_a_parameter),
        (lint.every_check_of_the_query_names_its_rule, forget_the_rule_of_a_filter),
        (lint.every_check_of_the_query_names_its_rule, forget_the_rule_of_a_filter_that_is_needed),
        (lint.every_check_of_the_query_names_its_rule, forget_the_least_page),
        (lint.no_path_hides_a_later_one, put_a_literal_path_last),
    ],
    ids=lambda function: function.__name__,
)
def test_the_lint_notices_who_would(holds: lint.Lint, spoil: Callable[[Any], None]) -> None:
    spoilt = deepcopy(document("v3"))
    spoil(spoilt)
    assert list(holds(spoilt))
