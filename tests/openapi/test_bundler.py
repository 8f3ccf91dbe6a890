"""What the bundler makes of many files, and what it refuses to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from sandbox.documents import bundling as spec

from .documents import DOCUMENTS, document, resolved

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a root document and the files it refers to, and tells where the root lies."""

    def write(root: str, files: Mapping[str, str] | None = None) -> Path:
        for name, text in {"root.yaml": root, **(files or {})}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path / "root.yaml"

    return write


def references(node: Any) -> list[str]:
    """Everything that is referred to."""
    if isinstance(node, list):
        return [reference for item in node for reference in references(item)]
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [reference for value in node.values() for reference in references(value)]
    return []


@pytest.mark.parametrize("version", DOCUMENTS)
def test_a_bundle_refers_to_nothing_but_what_it_holds(version: str) -> None:
    bundle = document(version)
    assert references(bundle)
    for reference in references(bundle):
        assert reference.startswith("#/components/")
        assert resolved(bundle, {"$ref": reference})


def test_what_is_referred_to_indirectly_comes_along_and_the_rest_stays_behind(write: Write) -> None:
    root = write(
        "paths: {/a: {$ref: 'parts/a.yaml#/responses/A'}}",
        {
            "parts/a.yaml": """
                responses: {A: {schema: {$ref: "#/schemas/B"}}}
                schemas: {B: {items: {$ref: "b.yaml#/schemas/C"}}, Unused: {type: string}}
            """,
            "parts/b.yaml": "schemas: {C: {type: string}}",
        },
    )
    assert spec.bundle(root) == {
        "paths": {"/a": {"$ref": "#/components/responses/A"}},
        "components": {
            "responses": {"A": {"schema": {"$ref": "#/components/schemas/B"}}},
            "schemas": {"B": {"items": {"$ref": "#/components/schemas/C"}}, "C": {"type": "string"}},
        },
    }


def test_the_root_keeps_its_own_components(write: Write) -> None:
    root = write("components: {securitySchemes: {bearer: {type: http}}}")
    assert spec.bundle(root) == {"components": {"securitySchemes": {"bearer": {"type": "http"}}}}


def test_a_component_may_be_referred_to_twice_and_may_refer_to_itself(write: Write) -> None:
    root = write(
        "x: [{$ref: 'a.yaml#/schemas/Tree'}, {$ref: 'a.yaml#/schemas/Tree'}]",
        {"a.yaml": "schemas: {Tree: {items: {$ref: '#/schemas/Tree'}}}"},
    )
    assert spec.bundle(root)["components"] == {"schemas": {"Tree": {"items": {"$ref": "#/components/schemas/Tree"}}}}


def test_a_rule_becomes_an_example(write: Write) -> None:
    root = write("x: {$ref: 'rules.yaml#/decl.evidence'}", {"rules.yaml": "decl.evidence: {summary: It is held.}"})
    assert spec.bundle(root) == {
        "x": {"$ref": "#/components/examples/decl.evidence"},
        "components": {"examples": {"decl.evidence": {"summary": "It is held."}}},
    }


def test_a_date_stays_the_text_it_is_written_as(write: Write) -> None:
    assert spec.bundle(write("day: 2021-11-19\ntime: 2021-11-19T10:00:00Z")) == {
        "day": "2021-11-19",
        "time": "2021-11-19T10:00:00Z",
        "components": {},
    }


@pytest.mark.parametrize("version", DOCUMENTS)
def test_a_bundle_can_be_served_as_json_and_as_yaml(version: str) -> None:
    bundle = document(version)
    assert orjson.loads(spec.as_json(bundle)) == bundle
    assert yaml.safe_load(spec.as_yaml(bundle)) == bundle


@pytest.mark.parametrize(
    ("reference", "complaint"),
    [
        ("a.yaml#/schemas/Missing", r"root\.yaml refers to a\.yaml#/schemas/Missing, but there is no such thing"),
        ("a.yaml#/schemas/A/type/deeper", "there is no such thing"),
        ("missing.yaml#/schemas/A", r"missing\.yaml cannot be read"),
        ("broken.yaml#/schemas/A", r"broken\.yaml cannot be read"),
        ("a.yaml#/schemas/A/properties", "a reference ends in a section and a name"),
        ("#/paths/x", "a reference ends in a section and a name"),
    ],
)
def test_a_reference_to_what_is_no_component_is_refused(write: Write, reference: str, complaint: str) -> None:
    root = write(
        f"paths: {{x: {{$ref: '{reference}'}}}}",
        {"a.yaml": "schemas: {A: {type: string, properties: {}}}", "broken.yaml": "schemas: {A: [}"},
    )
    with pytest.raises(spec.SpecProblem, match=complaint):
        spec.bundle(root)


def test_one_name_for_two_components_is_refused(write: Write) -> None:
    root = write(
        "x: [{$ref: 'a.yaml#/schemas/Same'}, {$ref: 'b.yaml#/schemas/Same'}]",
        {"a.yaml": "schemas: {Same: {type: string}}", "b.yaml": "schemas: {Same: {type: integer}}"},
    )
    with pytest.raises(spec.SpecProblem, match=r"a\.yaml and b\.yaml both have Same among their schemas"):
        spec.bundle(root)


def test_one_name_in_two_sections_is_fine(write: Write) -> None:
    root = write(
        "x: [{$ref: 'a.yaml#/schemas/Same'}, {$ref: 'b.yaml#/responses/Same'}]",
        {"a.yaml": "schemas: {Same: {type: string}}", "b.yaml": "responses: {Same: {description: It.}}"},
    )
    assert spec.bundle(root)["components"].keys() == {"schemas", "responses"}


def test_a_root_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(spec.SpecProblem, match=r"v4\.yaml cannot be read"):
        spec.bundle(tmp_path / "v4.yaml")
