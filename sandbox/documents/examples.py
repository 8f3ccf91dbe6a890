"""The requests that a served document has examples of, as a form that tries an operation begins with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from sandbox.documents.publishing import Document

METHODS = ("get", "put", "post", "delete", "patch")


class ExampleRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request, and the status that it promises. `left_out` are parameters of the query, with what they might be."""

    operation: Mapping[str, Any]
    method: str
    path: str
    query: Mapping[str, str]
    left_out: Mapping[str, str]
    headers: Mapping[str, str]
    content_type: str | None
    body: Any
    name: str
    summary: str
    status: str

    @property
    def id(self) -> str:
        """What it is called in its document."""
        return f"{self.operation['operationId']} {self.name}".removesuffix(f" {ALONE}")

    @property
    def target(self) -> str:
        """Its path and its query."""
        query = "&".join(f"{name}={quote(value, safe=',:')}" for name, value in self.query.items())
        return f"{self.path}?{query}" if query else self.path


ALONE = "example"
"""The name of an example that is the only one of its operation."""


def requests_of(document: Document) -> Iterator[ExampleRequest]:
    """Every example of every operation: one for each named body, with the first value of each parameter.

    An operation that needs a body and has no example of one has none at all.
    """
    base = document["servers"][0]["url"]
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield from _of_operation(document, method, base + path, item[method])


def _of_operation(document: Document, method: str, path: str, says: Mapping[str, Any]) -> Iterator[ExampleRequest]:
    given: dict[str, dict[str, str]] = {"path": {}, "query": {}, "header": {}}
    left_out = {}
    answered = min(says["responses"])
    for parameter in says.get("parameters", []):
        example = _first(document, parameter)
        if example is not None:
            given[parameter["in"]][parameter["name"]] = _text(example["value"])
            answered = example.get("x-answer", answered)
        elif "x-example" in parameter:
            left_out[parameter["name"]] = _text(parameter["x-example"])
    for name, value in given["path"].items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    for name, content_type, example in _bodies(document, says):
        yield ExampleRequest(
            operation=says,
            method=method.upper(),
            path=path,
            query=given["query"],
            left_out=left_out,
            headers=given["header"],
            content_type=content_type,
            body=example.get("value"),
            name=name,
            summary=example.get("summary", says["summary"]),
            status=example.get("x-answer", answered),
        )


def _first(document: Document, parameter: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a form begins a parameter with; None if it leaves it open."""
    if "examples" in parameter:
        return _resolved(document, next(iter(parameter["examples"].values())))
    schema = parameter["schema"]
    for source, key in ((parameter, "example"), (schema, "example"), (schema, "default")):
        if key in source:
            return {"value": source[key]}
    return None


def _bodies(document: Document, says: Mapping[str, Any]) -> Iterator[tuple[str, str | None, Mapping[str, Any]]]:
    body = says.get("requestBody")
    if body is None:
        yield ALONE, None, {}
        return
    content_type, content = next(iter(body["content"].items()))
    for name, example in content.get("examples", {}).items():
        yield name, content_type, _resolved(document, example)
    if "example" in content:
        yield ALONE, content_type, {"value": content["example"]}


def _resolved(document: Document, example: Mapping[str, Any]) -> Mapping[str, Any]:
    reference: str | None = example.get("$ref")
    return example if reference is None else document["components"]["examples"][reference.rpartition("/")[2]]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
