"""What is served can be read by those who generate clients from it: what they stumble over is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from . import lint
from .documents import DOCUMENTS, OF_PROVIDERS, document, operations, served, walk

EVERY_LINT = tuple(each for each in lint.LINTS if each is not lint.every_property_is_explained)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_valid_openapi(name: str) -> None:
    assert [error.message for error in OpenAPIV30SpecValidator(dict(served(name))).iter_errors()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("holds", EVERY_LINT, ids=lambda holds: holds.__name__)
def test_it_is_as_well_written_as_its_source(holds: lint.Lint, name: str) -> None:
    assert list(holds(served(name))) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_schemas_and_examples_are_referred_to(name: str) -> None:
    """NSwag makes `object` of a body that is a reference, and nothing of a header."""
    referred = {node["$ref"].split("/")[2] for _, node in walk(served(name)) if "$ref" in node}
    assert referred <= {"schemas", "examples"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_header_is_a_time(name: str) -> None:
    """openapi-python-client leaves out the whole operation."""
    for place, says in parameters_of(name):
        assert says["in"] != "header" or "format" not in says["schema"], place


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_parameter_is_one_value(name: str) -> None:
    """openapi-python-client sends `cohort=2021` for a `filter` with members, openapi-generator its Python."""
    for place, says in parameters_of(name):
        assert says["schema"]["type"] in ("string", "integer", "boolean", "number"), place
        assert "style" not in says, place


@pytest.mark.parametrize("name", OF_PROVIDERS)
def test_every_parameter_of_the_query_is_read(name: str) -> None:
    """A filter that nothing reads has no members, so that no client has an argument for it."""
    members = {
        (operation.says["operationId"], f"{parameter['name']}[{member}]")
        for operation in operations(document(name))
        for parameter in map(resolved_in(name), operation.says["parameters"])
        if parameter.get("style") == "deepObject"
        for member in parameter["schema"].get("properties", {})
    }
    assert {(id, says["name"]) for (id, _), says in parameters_of(name) if "[" in says["name"]} == members


def resolved_in(name: str) -> Any:
    whole = document(name)["components"]["parameters"]
    return lambda node: whole[node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def parameters_of(name: str) -> Iterator[tuple[tuple[str, str], Any]]:
    for operation in operations(served(name)):
        for says in operation.says.get("parameters", []):
            yield (operation.says["operationId"], says["name"]), says


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_operation_is_called_by_a_name_that_is_one_in_every_language(name: str) -> None:
    assert all(operation.says["operationId"].isidentifier() for operation in operations(served(name)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_object_has_a_name_that_no_other_type_gets(name: str) -> None:
    """Generators call the type of a member after where it stands: `Declaration.type` becomes `DeclarationType`."""
    schemas = served(name)["components"]["schemas"]
    for owner, schema in schemas.items():
        for member, part in schema.get("properties", {}).items():
            assert "properties" not in part, (owner, member)
            if "enum" in part:
                called = owner + "".join(map(str.capitalize, member.split("_")))
                assert called.lower() not in {other.lower() for other in schemas}, (owner, member)
