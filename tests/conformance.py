"""Whether an answer is what the documents say it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol

import jsonschema_rs
import orjson

from sandbox.documents.schema import as_json_schema

from .openapi.documents import CONTROL, Document, Operation, document, operations, responses

API = re.compile(r"(?:/api/(v\d)|/sandbox)(/.*)")


class Response(Protocol):
    """An answer, whichever library received it."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Any: ...

    @property
    def content(self) -> Any: ...

    @property
    def request(self) -> Any: ...


def problems_with(response: Response, edition: str = "ecf") -> list[str]:
    """What is wrong with an answer; nothing, if nothing is. One to a path that no document has must be a 404 or 405."""
    path = re.sub(r"^https?://[^/]+|\?.*$", "", str(response.request.url))
    match = API.fullmatch(path)
    version = f"{edition}/{match[1]}" if match and match[1] else CONTROL
    found = operation(version, response.request.method, match[2]) if match else None
    if found is None:
        return [] if response.status_code in (404, 405) else [f"{path} is in no document, yet {response.status_code}"]
    return list(_problems(version, found, response))


@cache
def operation(version: str, method: str, path: str) -> Operation | None:
    """The operation of a document that a request is for, if there is one."""
    for known in operations(document(version)):
        template = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(known.path))
        if known.method == method and re.fullmatch(template, path):
            return known
    return None


def validator(document: Document, schema: Any) -> jsonschema_rs.Draft202012Validator:
    """Checks values against a schema of a document."""
    with_components = {**schema, "components": {"schemas": document["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(as_json_schema(with_components), validate_formats=True)


def _problems(version: str, operation: Operation, response: Response) -> Iterator[str]:
    status = str(response.status_code)
    said = responses(document(version), operation).get(status)
    if said is None:
        yield f"{operation} does not say that it answers {status}: {response.content!r}"
        return
    if "content" not in said:
        if response.content:
            yield f"{operation} answers {status} with {response.content!r}"
        return
    (media_type,) = said["content"]
    if response.headers["content-type"].partition(";")[0] != media_type:
        yield f"{operation} answers {status} as {response.headers['content-type']}, not {media_type}"
    if media_type.endswith("json"):
        for error in _validator(version, operation.method, operation.path, status).iter_errors(
            orjson.loads(response.content)
        ):
            yield f"{operation} answers {status} wrongly: {error.message} at {error.instance_path}"
    if version != CONTROL:  # where rules are none of its own
        yield from _problems_with_rules(said, operation, response.headers)


def _problems_with_rules(said: Mapping[str, Any], operation: Operation, headers: Mapping[str, str]) -> Iterator[str]:
    """A refusal names its rules, and only those that the document lists."""
    refused = "X-Sandbox-Rule" in said.get("headers", {})
    named = headers.get("X-Sandbox-Rule")
    if refused != (named is not None):
        yield f"{operation} names the rules {named}"
    listed = {example["$ref"].rpartition("/")[2] for c in said["content"].values() for example in _examples(c)}
    if refused and named is not None and not listed.issuperset(named.split(", ")):
        yield f"{operation} was refused by {named}, but its document lists {sorted(listed)}"


def _examples(content: Mapping[str, Any]) -> list[dict[str, str]]:
    return [example for example in content.get("examples", {}).values() if "$ref" in example]


@cache
def _validator(version: str, method: str, path: str, status: str) -> jsonschema_rs.Draft202012Validator:
    whole = document(version)
    (found,) = [known for known in operations(whole) if (known.method, known.path) == (method, path)]
    (content,) = responses(whole, found)[status]["content"].values()
    return validator(whole, content["schema"])
