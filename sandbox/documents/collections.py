"""The requests of a document's examples, to try an API by hand: a Postman collection, and an `.http` file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import orjson

from sandbox.documents.examples import ExampleRequest, requests_of
from sandbox.documents.publishing import Document

_SCHEMA: Final = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


def postman(document: Document, url: str, token: str | None) -> bytes:
    """A collection of Postman's, version 2.1, with a folder for each tag; each request tests its status."""
    folders: dict[str, list[Any]] = {}
    for request in requests_of(document):
        folders.setdefault(request.operation["tags"][0], []).append(_item(request))
    described = {tag["name"]: tag["description"] for tag in document["tags"]}
    bearer = {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]}
    collection = {
        "info": {
            "name": document["info"]["title"],
            "version": document["info"]["version"],
            "description": document["info"]["description"],
            "schema": _SCHEMA,
        },
        "auth": {"type": "noauth"} if token is None else bearer,
        "variable": [
            {"key": "url", "value": url},
            *([] if token is None else [{"key": "token", "value": token}]),
        ],
        "item": [
            {"name": name, "description": described.get(name, ""), "item": items} for name, items in folders.items()
        ],
    }
    return orjson.dumps(collection, option=orjson.OPT_INDENT_2)


def _item(request: ExampleRequest) -> dict[str, Any]:
    asked = [{"key": name, "value": value} for name, value in request.query.items()]
    might_be = [{"key": name, "value": value, "disabled": True} for name, value in request.left_out.items()]
    headers = dict(request.headers)
    if request.content_type is not None:
        headers["Content-Type"] = request.content_type
    sent: dict[str, Any] = {
        "method": request.method,
        "header": [{"key": name, "value": value} for name, value in headers.items()],
        "url": {
            "raw": "{{url}}" + request.target,
            "host": ["{{url}}"],
            "path": request.path.removeprefix("/").split("/"),
            "query": asked + might_be,
        },
        "description": request.operation["description"],
    }
    if request.content_type is not None:
        sent["body"] = {"mode": "raw", "raw": _written(request.body), "options": {"raw": {"language": "json"}}}
    test = f'pm.test("answers {request.status}", () => pm.response.to.have.status({request.status}));'
    return {
        "name": _called(request),
        "request": sent,
        "response": [],
        "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": [test]}}],
    }


def http_file(document: Document, url: str, token: str | None) -> bytes:
    """The same for the HTTP clients of editors, such as those of JetBrains and Visual Studio Code."""
    return "\n".join(_lines(document, url, token)).encode()


def _lines(document: Document, url: str, token: str | None) -> Iterator[str]:
    yield f"# {document['info']['title']} {document['info']['version']}"
    yield f"@url = {url}"
    if token is not None:
        yield f"@token = {token}"
    for request in requests_of(document):
        yield from ("", f"### {_called(request)}", f"# {request.id}: {request.status}")
        yield f"{request.method} {{{{url}}}}{request.target}"
        if token is not None:
            yield "Authorization: Bearer {{token}}"
        yield from (f"{name}: {value}" for name, value in request.headers.items())
        if request.content_type is not None:
            yield from (f"Content-Type: {request.content_type}", "", _written(request.body))
    yield ""


def _called(request: ExampleRequest) -> str:
    summary = str(request.operation["summary"])
    return summary if request.summary == summary else f"{summary}: {request.summary}"


def _written(body: Any) -> str:
    return json.dumps(body, indent=2, ensure_ascii=False)
