"""The operations of a document that a form can be made for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any, Final
from urllib.parse import quote

import msgspec

from sandbox.edge.spec_app import base_path
from sandbox.edition import Document

Schema = Mapping[str, Any]
_PARAMETER: Final = re.compile(r"\{\w+\}")


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One operation: `path` may have one parameter, `schema` is that of what is sent, if anything is."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    schema: Schema | None

    @property
    def is_about(self) -> str:
        """What the id in its path is of: "participants", "statements"; nothing where there is none."""
        return self.path.split("/")[1] if _PARAMETER.search(self.path) else ""

    def path_of(self, id: str) -> str:
        """Its path, with what it is about."""
        return _PARAMETER.sub(lambda _: quote(id, safe=""), self.path)


def operations(document: Document) -> Iterator[Operation]:
    """Every operation of a document that changes something."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method not in ("get", "parameters"):
                yield Operation(
                    id=operation["operationId"],
                    method=method.upper(),
                    path=path,
                    tag=operation["tags"][0],
                    summary=operation["summary"],
                    description=operation.get("description", ""),
                    schema=_sent(document, operation),
                )


def address(document: Document, operation: Operation, id: str) -> str:
    """The whole path under which an operation of a document is served."""
    return f"{base_path(document)}{operation.path_of(id)}"


def resolved(document: Document, node: Any) -> Any:
    """A part of a document, or what it refers to."""
    while isinstance(node, dict) and "$ref" in node:
        node = reduce(lambda part, name: part[name], node["$ref"].removeprefix("#/").split("/"), document)
    return node


def _sent(document: Document, operation: Mapping[str, Any]) -> Schema | None:
    """The schema of what is sent, with its members resolved; for the API of lead providers, that of the attributes."""
    if "requestBody" not in operation:
        return None
    content = resolved(document, operation["requestBody"])["content"]
    schema = resolved(document, content["application/json"]["schema"])
    if "data" in schema.get("properties", {}):
        data = resolved(document, schema["properties"]["data"])
        schema = resolved(document, data["properties"]["attributes"])
    members = {name: resolved(document, member) for name, member in schema.get("properties", {}).items()}
    return {**schema, "properties": members}
