"""The requests that a served document has examples of, as a form that tries an operation begins with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from .documents import Document, Operation, operations, resolved

Json = Any


class Sent(NamedTuple):
    """One request that a document has an example of, and the status it promises."""

    name: str
    operation: Operation
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content_type: str | None
    body: Json
    status: str
    title: str | None

    def __str__(self) -> str:
        return self.name


def requests_of(document: Document) -> Iterator[Sent]:
    """Every example of every operation: one for each named body, with the first value of each parameter."""
    for operation in operations(document):
        given = {"path": {}, "query": {}, "header": {}}
        promised = None
        for says in operation.says.get("parameters", []):
            example = _value(document, says)
            if example is not None:
                given[says["in"]][says["name"]] = str(example["value"])
                promised = promised or example.get("x-answer")
        path = operation.path
        for name, value in given["path"].items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        for named, content_type, example in _bodies(document, operation):
            answer = example.get("x-answer") or promised
            yield Sent(
                f"{operation.says['operationId']}{named}",
                operation,
                document["servers"][0]["url"] + path,
                given["query"],
                given["header"],
                content_type,
                example.get("value"),
                answer or min(operation.says["responses"]),
                example.get("x-title"),
            )


def _value(document: Document, says: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a form begins a parameter with."""
    if "examples" in says:
        return dict(resolved(document, next(iter(says["examples"].values()))))
    schema = says["schema"]
    for source in (says, schema):
        for key in ("example", "default"):
            if key in source:
                return {"value": source[key]}
    return None


def _bodies(document: Document, operation: Operation) -> Iterator[tuple[str, str | None, Mapping[str, Any]]]:
    body = operation.says.get("requestBody")
    if body is None:
        yield "", None, {}
        return
    content_type, content = next(iter(body["content"].items()))
    for name, example in content.get("examples", {}).items():
        yield f" {name}", content_type, resolved(document, example)
    if "example" in content:
        yield "", content_type, {"value": content["example"]}
