"""The documents of an edition, and what they say of a request and its answer.

A process is about one edition at a time, that of its `SCOPE`: wherever none is named, its documents are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import jsonschema_rs

from contract_tests.documents.bundling import bundle, read_yaml

ECF: Final = "ecf"  # the edition that is meant where none is named
_BESIDE: Final = Path(__file__).parents[2]
_INSTALLED: Final = _BESIDE / "ecf_sandbox_data"  # where an installed copy has them; a checkout has them at its top
FOLDER: Final = (_INSTALLED if _INSTALLED.is_dir() else _BESIDE) / "openapi"
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
def versions(edition: str = ECF) -> tuple[str, ...]:
    """The versions of an edition, the oldest first."""
    return tuple(sorted(file.stem for file in (FOLDER / edition).glob("v*.yaml")))


VERSIONS: Final = versions()
EDITIONS: Final = tuple(sorted(catalogue.parent.name for catalogue in FOLDER.glob("*/rules.yaml")))


@cache
def title(edition: str) -> str:
    """What an edition's newest document calls itself."""
    return str(read_yaml(FOLDER / edition / f"{versions(edition)[-1]}.yaml")["info"]["title"])


def document(version: str, edition: str | None = None) -> dict[str, Any]:
    """The document of a version, with everything it refers to inside it."""
    return _document(edition or SCOPE.edition, version)


@cache
def _document(edition: str, version: str) -> dict[str, Any]:
    return bundle(FOLDER / edition / f"{version}.yaml")


def rules(edition: str | None = None) -> dict[str, Any]:
    """The catalogue of an edition's rules, by their ids."""
    return _rules(edition or SCOPE.edition)


@cache
def _rules(edition: str) -> dict[str, Any]:
    return dict(read_yaml(FOLDER / edition / "rules.yaml"))


def is_the_sandboxs_own(rule: Mapping[str, Any]) -> bool:
    """True of a rule that no service has to keep: one of the sandbox's, or a refusal of what a service falls over."""
    return rule["x-source"] == ["sandbox"] or rule.get("x-kind") == "fragile"


@dataclass
class Scope:
    """What a run is about: which edition, and of its operations those whose ids are like one of these."""

    operations: Sequence[str] = ("*",)
    edition: str = ECF

    def __contains__(self, operation_id: str) -> bool:
        return any(fnmatch(operation_id, glob) for glob in self.operations)

    @contextmanager
    def limited_to(self, operations: Sequence[str], edition: str | None = None) -> Iterator[None]:
        """It is about these while the block lasts."""
        before = self.operations, self.edition
        self.operations, self.edition = operations, edition or self.edition
        try:
            yield
        finally:
            self.operations, self.edition = before


SCOPE: Final = Scope()


def operations(version: str) -> tuple[Operation, ...]:
    """The operations of a version that the run is about."""
    return tuple(operation for operation in every_operation(version) if operation.id in SCOPE)


def every_operation(version: str) -> tuple[Operation, ...]:
    """Every operation of a version."""
    return _every_operation(SCOPE.edition, version)


@cache
def _every_operation(edition: str, version: str) -> tuple[Operation, ...]:
    return tuple(
        Operation(version, method.upper(), path, item[method])
        for path, item in document(version, edition)["paths"].items()
        for method in METHODS
        if method in item
    )


def operation_of(method: str, path: str) -> Operation | None:
    """The operation that a request to a path such as `/api/v3/statements` is for."""
    return _operation_of(SCOPE.edition, method, path)


@lru_cache(maxsize=1024)  # of one request it is asked again and again
def _operation_of(edition: str, method: str, path: str) -> Operation | None:
    match = re.fullmatch(r"/api/(v\d)(/.*)", path)
    if match is None or match[1] not in versions(edition):
        return None
    for operation in _every_operation(edition, match[1]):
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


def parameters(operation: Operation) -> list[Any]:
    """What an operation takes, besides a body."""
    return [resolved(operation.version, parameter) for parameter in operation.says.get("parameters", [])]


def filters(operation: Operation) -> Mapping[str, bool]:
    """What a list may be filtered by, and whether it must be."""
    for said in parameters(operation):
        if said["name"] == "filter":
            required = said["schema"].get("required", [])
            return {name: name in required for name in said["schema"].get("properties", {})}
    return {}


def response(operation: Operation, status: int) -> Mapping[str, Any] | None:
    """What a document says of an answer with this status; None when it says nothing."""
    found = operation.says["responses"].get(str(status))
    return None if found is None else dict(resolved(operation.version, found))


def schema_problems(operation: Operation, status: int, value: Any) -> Iterator[str]:
    """What is wrong with the content of an answer."""
    validator = _validator(SCOPE.edition, operation.version, operation.method, operation.path, status)
    for error in validator.iter_errors(value):
        yield f"{error.message} at {'/'.join(map(str, error.instance_path)) or 'the top'}"


@cache
def _validator(edition: str, version: str, method: str, path: str, status: int) -> jsonschema_rs.Draft202012Validator:
    known = _every_operation(edition, version)
    (operation,) = [each for each in known if (each.method, each.path) == (method, path)]
    said = response(operation, status)
    assert said is not None
    (content,) = said["content"].values()
    whole = {**content["schema"], "components": {"schemas": document(version, edition)["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(as_json_schema(whole), validate_formats=True)


def as_json_schema(node: Any) -> Any:
    """A schema of OpenAPI 3.0 as JSON Schema has it: what is nullable may be null."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: as_json_schema(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        schema["type"] = [node["type"], "null"]
    return schema
