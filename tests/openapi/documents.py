"""The documents, bundled, and ways to look round in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from sandbox import documents
from sandbox.documents.publishing import published

FOLDER: Final = documents.FOLDER
VERSIONS: Final = ("v1", "v2", "v3")
"""Those of ECF, which a name without an edition means."""
REGISTER: Final = "register/v3"
OF_PROVIDERS: Final = (*VERSIONS, REGISTER)
CONTROL: Final = "control"
DOCUMENTS: Final = (*OF_PROVIDERS, CONTROL)
EDITIONS: Final = ("ecf", "register")
METHODS: Final = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

Document = Mapping[str, Any]
Place = tuple[str, ...]


class Operation(NamedTuple):
    """One operation of a document."""

    method: str
    path: str
    says: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def document(name: str) -> dict[str, Any]:
    return documents.document(whole_name(name))


@cache
def served(name: str) -> dict[str, Any]:
    """A document as it is served."""
    return published(document(name), documents.answers(whole_name(name)))


def whole_name(name: str) -> str:
    """A document's name with its edition."""
    return f"ecf/{name}" if name in VERSIONS else name


def edition_of(name: str) -> str:
    """Whose document it is."""
    return "ecf" if name in VERSIONS else name.partition("/")[0]


@cache
def catalogue(edition: str = "ecf") -> dict[str, Any]:
    return load(FOLDER / edition / "rules.yaml")


def load(file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(file.read_text()))


def operations(document: Document) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield Operation(method.upper(), path, item[method])


def resolved(document: Document, node: Any) -> Any:
    """What a node says, or what it refers to says."""
    while "$ref" in node:
        reference = node["$ref"]
        node = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
    return node


def parameters(document: Document, operation: Operation) -> list[Any]:
    return [resolved(document, parameter) for parameter in operation.says.get("parameters", [])]


def query_needed(document: Document, operation: Operation) -> dict[str, str]:
    """What the query string of an operation cannot lack, as its parameters exemplify it."""
    return {
        f"{parameter['name']}[{member}]": value
        for parameter in parameters(document, operation)
        if parameter["in"] == "query" and parameter.get("required")
        for member, value in parameter["example"].items()
    }


def responses(document: Document, operation: Operation) -> dict[str, Any]:
    return {status: resolved(document, response) for status, response in operation.says["responses"].items()}


def rules_of(response: Mapping[str, Any]) -> list[str]:
    """The ids of the rules that a refusal lists as its examples."""
    return [
        example.get("$ref", "").removeprefix("#/components/examples/")
        for content in response.get("content", {}).values()
        for example in content.get("examples", {}).values()
    ]


def walk(node: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every object of a document and its place; not what examples, defaults and enums are made of."""
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            if key not in ("example", "value", "default", "enum"):
                yield from walk(value, (*place, key))
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from walk(item, (*place, str(number)))


def schemas(document: Document) -> Iterator[tuple[Place, Any]]:
    """Every schema, and every schema within one."""
    for place, node in walk(document):
        if place[-1:] in (("schema",), ("items",)) or place[-2:-1] in (("schemas",), ("properties",)):
            yield place, node
