"""The requests that a served document has examples of, as a form that tries an operation begins with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from .documents import Document, Operation, operations, resolved

Json = Any


class Sent(NamedTuple):
    """One request that a document has an example of, and the status it promises."""

    operation: Operation
    example: str
    summary: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content_type: str | None
    body: Json
    status: str

    def __str__(self) -> str:
        return f"{self.operation.says['operationId']} {self.example}"


def requests_of(document: Document) -> Iterator[Sent]:
    """Every example of every operation: one for each named body, with the first value of each parameter.

    An operation that needs a body and has no example of one has none at all.
    """
    for operation in operations(document):
        given: dict[str, dict[str, str]] = {"path": {}, "query": {}, "header": {}}
        answered = min(operation.says["responses"])
        for says in operation.says.get("parameters", []):
            for example in _values(document, says):
                given[says["in"]][says["name"]] = _text(example["value"])
                answered = example.get("x-answer", answered)
        path = operation.path
        for name, value in given["path"].items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        for name, content_type, example in _bodies(document, operation):
            yield Sent(
                operation,
                name,
                example.get("summary", operation.says["summary"]),
                document["servers"][0]["url"] + path,
                given["query"],
                given["header"],
                content_type,
                example.get("value"),
                example.get("x-answer", answered),
            )


def _values(document: Document, says: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a form begins a parameter with, if with anything."""
    if "examples" in says:
        yield resolved(document, next(iter(says["examples"].values())))
        return
    for source, key in ((says, "example"), (says["schema"], "example"), (says["schema"], "default")):
        if key in source:
            yield {"value": source[key]}
            return


def _bodies(document: Document, operation: Operation) -> Iterator[tuple[str, str | None, Mapping[str, Any]]]:
    body = operation.says.get("requestBody")
    if body is None:
        yield "example", None, {}
        return
    content_type, content = next(iter(body["content"].items()))
    for name, example in content.get("examples", {}).items():
        yield name, content_type, resolved(document, example)
    if "example" in content:
        yield "example", content_type, {"value": content["example"]}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
