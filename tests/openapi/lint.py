"""What a good document never lacks. Each lint tells what is wrong with a document; nothing, if nothing is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from ..conformance import validator
from .documents import (
    Document,
    Place,
    operations,
    parameters,
    resolved,
    responses,
    rules_of,
    schemas,
    walk,
)

Lint = Callable[[Document], Iterator[str]]


def every_operation_has_an_id_of_its_own(document: Document) -> Iterator[str]:
    ids = Counter(operation.says.get("operationId") for operation in operations(document))
    yield from (f"{times} operations have the id {id}" for id, times in ids.items() if id is None or times > 1)


def every_operation_is_explained(document: Document) -> Iterator[str]:
    declared = {tag["name"] for tag in document["tags"] if tag["description"]}
    for operation in operations(document):
        yield from (f"{operation} has no {part}" for part in ("summary", "description") if not operation.says.get(part))
        tags = operation.says.get("tags", [])
        if not tags or not declared.issuperset(tags):
            yield f"{operation} has the tags {tags}"


def every_parameter_is_explained(document: Document) -> Iterator[str]:
    for operation in operations(document):
        for parameter in parameters(document, operation):
            if not parameter.get("description"):
                yield f"{operation} does not explain {parameter['name']}"


def every_property_is_explained(document: Document) -> Iterator[str]:
    for place, schema in schemas(document):
        if place[-2] == "properties":
            says = resolved(document, schema)
            yield from (f"{_at(place)} has no {part}" for part in ("type", "description") if not says.get(part))


def every_nullable_enum_has_a_null(document: Document) -> Iterator[str]:
    for place, schema in schemas(document):
        if schema.get("nullable") and None not in schema.get("enum", [None]):
            yield f"{_at(place)} can be null, but its enum cannot"


def every_refusal_lists_its_rules(document: Document) -> Iterator[str]:
    for operation in operations(document):
        for status, response in responses(document, operation).items():
            if status < "400" or "content" not in response:
                continue
            rules = rules_of(response)
            if not rules:
                yield f"{operation} lists no rule for {status}"
            for rule in rules:
                if _status(document, rule) != int(status):
                    yield f"{operation} lists {rule} for {status}"


def every_example_fits_its_schema(document: Document) -> Iterator[str]:
    for place, schema, example in _examples(document):
        for error in validator(document, schema).iter_errors(example):
            yield f"the example at {_at(place)} is wrong: {error.message}"


def no_path_hides_a_later_one(document: Document) -> Iterator[str]:
    paths = list(document["paths"])
    for number, path in enumerate(paths):
        pattern = re.sub(r"\{\w+\}", "[^/]+", re.sub(r"[.]", r"\.", path))
        yield from (f"{path} hides {later}" for later in paths[number + 1 :] if re.fullmatch(pattern, later))


def every_check_of_the_query_names_its_rule(document: Document) -> Iterator[str]:
    for place, parameter in walk(document["components"]["parameters"]):
        if parameter.get("style") != "deepObject":
            continue
        members = parameter["schema"].get("properties", {})
        required = parameter["schema"].get("required", [])
        checked = {
            name: schema
            for name, schema in members.items()
            if {"minimum", "format", "enum"} & schema.keys() or name in required
        }
        for name, schema in {"": parameter["schema"], **checked}.items():
            if _status(document, schema.get("x-rule")) != 400:
                yield f"{_at((*place, name))} names no rule for a value of another form, or for none"
        for name, schema in members.items():
            if schema["type"] == "integer" and "minimum" not in schema:
                yield f"{_at((*place, name))} has no least value"


LINTS: tuple[Lint, ...] = (
    every_operation_has_an_id_of_its_own,
    every_operation_is_explained,
    every_parameter_is_explained,
    every_property_is_explained,
    every_nullable_enum_has_a_null,
    every_example_fits_its_schema,
    no_path_hides_a_later_one,
)
LINTS_OF_RULES: tuple[Lint, ...] = (every_refusal_lists_its_rules, every_check_of_the_query_names_its_rule)


def _status(document: Document, rule: str | None) -> int | None:
    """The status of a rule's refusal, if the document brings it along."""
    status: int | None = document["components"]["examples"].get(rule, {}).get("x-status")
    return status


def _at(place: Place) -> str:
    return "/".join(place)


def _examples(document: Document) -> Iterator[tuple[Place, Any, Any]]:
    """Every example with its schema: those of media types, parameters and headers, and those inside schemas."""
    for place, node in walk(document):
        if "schema" in node:
            if "example" in node:
                yield place, node["schema"], node["example"]
            for name, example in node.get("examples", {}).items():
                yield (*place, name), node["schema"], resolved(document, example)["value"]
    for place, schema in schemas(document):
        if "example" in schema:
            yield place, schema, schema["example"]
