"""A document as it is served: the same promises, spelled so that generators of clients and forms understand them.

What the sources say once and refer to is written out where it is used, as some generators follow references to schemas
only. A parameter with members becomes one parameter for each, `filter[cohort]`, as few generators write `deepObject`
right; one without members, which nobody reads, becomes none. Objects within objects get names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

Document = dict[str, Any]
Answers = Mapping[str, Mapping[str, Any]]
"""Example Objects of answers, by the operations and by the names of the examples that are answered so."""
_KEPT: Final = ("schemas", "examples", "securitySchemes")
_UTC: Final = "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
_LITERAL: Final = frozenset({"example", "value", "default", "enum"})


def published(document: Mapping[str, Any], answers: Answers = MappingProxyType({})) -> Document:
    """The document as it is served, with what its examples are answered with."""
    return _Publication(document, answers).document


def operation_name(operation_id: str) -> str:
    """What an operation is called outside: `get_time`, where the document also names the module that answers it."""
    return operation_id.rpartition(".")[2]


class _Publication:
    """One document in the making."""

    def __init__(self, document: Mapping[str, Any], answers: Answers) -> None:
        self._source = document
        self._answers = answers
        self._schemas: dict[str, Any] = {}
        for name, schema in document["components"].get("schemas", {}).items():
            self._schemas[name] = None  # before the names that its parts get
            self._schemas[name] = self._parts_named(schema, name)
        paths = {
            path: {method: self._operation(operation) for method, operation in item.items()}
            for path, item in document["paths"].items()
        }
        components = {section: document["components"].get(section, {}) for section in _KEPT} | {
            "schemas": self._schemas
        }
        self.document: Document = {**document, "paths": paths}
        self.document["components"] = {section: entries for section, entries in components.items() if entries}

    def _operation(self, says: Mapping[str, Any]) -> dict[str, Any]:
        examples = says.get("x-examples", {})
        operation = {key: value for key, value in says.items() if key != "x-examples"}
        operation["operationId"] = operation_name(says["operationId"])
        if "parameters" in says:
            given = [self._written_out(parameter) for parameter in says["parameters"]]
            operation["parameters"] = [
                _exemplified(each, examples) for parameter in given for each in _one_for_each_member(parameter)
            ]
        if "requestBody" in says:
            operation["requestBody"] = self._written_out(says["requestBody"])
            if "body" in examples:
                for content in operation["requestBody"]["content"].values():
                    content["example"] = examples["body"]
        operation["responses"] = {status: self._written_out(each) for status, each in says["responses"].items()}
        answers = self._answers.get(operation["operationId"])
        if answers is not None:
            for content in operation["responses"][min(operation["responses"])]["content"].values():
                content["examples"] = answers
        return operation

    def _written_out(self, node: Any) -> Any:
        """What a node says, without references but to schemas and examples."""
        if isinstance(node, list):
            return [self._written_out(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            _, _, section, name = node["$ref"].split("/")
            return node if section in _KEPT else self._written_out(self._source["components"][section][name])
        return {key: value if key in _LITERAL else self._written_out(value) for key, value in node.items()}

    def _parts_named(self, schema: Any, name: str) -> Any:
        """A schema whose parts refer to schemas of their own, instead of being objects without a name."""
        if not isinstance(schema, dict):
            return schema
        named = _as_one_type(schema)
        if "properties" in schema:
            named["properties"] = {
                each: self._part(part, name + _capitalised(each)) for each, part in schema["properties"].items()
            }
        for key in ("items", "additionalProperties"):
            if key in schema:
                named[key] = self._part(schema[key], name)
        return named

    def _part(self, part: Any, name: str) -> Any:
        if not (isinstance(part, dict) and "properties" in part):
            return self._parts_named(part, name)
        while name in self._schemas or name in self._source["components"]["schemas"]:
            name += "Item"
        self._schemas[name] = None
        self._schemas[name] = self._parts_named(part, name)
        return {"$ref": f"#/components/schemas/{name}"}


def _one_for_each_member(parameter: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A parameter as it is; one of the form `filter[name]=value` as many, one for each name."""
    if parameter.get("style") != "deepObject":
        yield dict(parameter)
        return
    schema = parameter["schema"]
    for name, member in schema.get("properties", {}).items():
        needed = name in schema.get("required", ())
        says = {
            "name": f"{parameter['name']}[{name}]",
            "in": parameter["in"],
            **({"required": True} if needed else {}),
            "description": member["description"],
            "schema": _as_text({key: value for key, value in member.items() if key not in ("description", "example")}),
        }
        example = parameter.get("example", {}).get(name)
        if example is not None:
            says["example"] = example
        elif "example" in member:
            says["description"] = f"{member['description']} For example `{member['example']}`."
            says["x-example"] = member["example"]
        yield says


def _as_text(schema: dict[str, Any]) -> dict[str, Any]:
    """A time that has to end in Z as a text: what clients make of a time may end in an offset."""
    if "x-utc" not in schema:
        return schema
    return {key: value for key, value in schema.items() if key not in ("format", "x-utc")} | {"pattern": _UTC}


def _exemplified(parameter: dict[str, Any], examples: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter with the example that an operation has for it: a value, or an Example Object."""
    name = parameter["name"]
    if name not in examples:
        return parameter
    example = examples[name]
    rest = {key: value for key, value in parameter.items() if key != "example"}
    return {**rest, "examples": {"refused": example}} if isinstance(example, dict) else {**rest, "example": example}


def _as_one_type(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema without an enum of which null is all, as no generator has a type for it."""
    return {key: value for key, value in schema.items() if key != "enum" or value != [None]}


def _capitalised(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^0-9A-Za-z]+", name))
