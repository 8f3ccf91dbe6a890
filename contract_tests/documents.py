"""The documents, and what they say of a request and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from typing import Any, Final, NamedTuple

import jsonschema_rs

from sandbox import documents
from sandbox.documents.schema import as_json_schema

VERSIONS: Final = ("v1", "v2", "v3")
METHODS: Final = ("get", "put", "post", "delete", "patch")


class Operation(NamedTuple):
    """One operation of a version."""

    version: str
    method: str
    path: str
    says: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its operationId."""
        return str(self.says["operationId"])

    def __str__(self) -> str:
        return f"{self.method} /api/{self.version}{self.path}"


@cache
def document(version: str) -> dict[str, Any]:
    """The bundled document of a version."""
    return documents.document(f"ecf/{version}")


@cache
def rules() -> dict[str, Any]:
    """The catalogue of rules."""
    return documents.rules("ecf")


@dataclass
class Scope:
    """Which operations a run is about: those whose ids are like one of these."""

    operations: Sequence[str] = ("*",)

    def __contains__(self, operation_id: str) -> bool:
        return any(fnmatch(operation_id, glob) for glob in self.operations)


SCOPE: Final = Scope()


def operations(version: str) -> tuple[Operation, ...]:
    """The operations of a version that the run is about."""
    return tuple(operation for operation in every_operation(version) if operation.id in SCOPE)


@cache
def every_operation(version: str) -> tuple[Operation, ...]:
    """Every operation of a version."""
    return tuple(
        Operation(version, method.upper(), path, item[method])
        for path, item in document(version)["paths"].items()
        for method in METHODS
        if method in item
    )


def operation_of(method: str, path: str) -> Operation | None:
    """The operation that a request to a path such as `/api/v3/statements` is for."""
    match = re.fullmatch(r"/api/(v\d)(/.*)", path)
    if match is None or match[1] not in VERSIONS:
        return None
    for operation in every_operation(match[1]):
        if operation.method == method and _pattern(operation.path).fullmatch(match[2]):
            return operation
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))


def resolved(version: str, node: Any) -> Any:
    """What a node of a document says, or what it refers to says."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = document(version)
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def response(operation: Operation, status: int) -> Mapping[str, Any] | None:
    """What a document says of an answer with this status; None when it says nothing."""
    found = operation.says["responses"].get(str(status))
    return None if found is None else dict(resolved(operation.version, found))


def schema_problems(operation: Operation, status: int, value: Any) -> Iterator[str]:
    """What is wrong with the content of an answer."""
    for error in _validator(operation.version, operation.method, operation.path, status).iter_errors(value):
        yield f"{error.message} at {'/'.join(map(str, error.instance_path)) or 'the top'}"


@cache
def _validator(version: str, method: str, path: str, status: int) -> jsonschema_rs.Draft202012Validator:
    (operation,) = [known for known in every_operation(version) if (known.method, known.path) == (method, path)]
    said = response(operation, status)
    assert said is not None
    (content,) = said["content"].values()
    whole = {**content["schema"], "components": {"schemas": document(version)["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(as_json_schema(whole), validate_formats=True)
