"""The forms that a document is served in: JSON, YAML, a Postman collection, and an `.http` file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.documents import answers
from sandbox.documents.bundling import as_json, as_yaml
from sandbox.documents.collections import http_file, postman
from sandbox.documents.publishing import Document, published

FORMS = ("json", "yaml", "postman.json", "http")
_Write = Callable[[str], bytes]  # for who reaches the sandbox at this address


def form_routes(path: str, document: Document, name: str, token: str | None = None) -> list[Route]:
    """`{path}.json` and the other forms of a document, whose requests bear a token if there is one."""

    @cache
    def served() -> Document:
        return published(document, answers(name))

    return [
        _route(f"{path}.json", "application/json", cache(lambda _: as_json(served()))),
        _route(f"{path}.yaml", "application/yaml", cache(lambda _: as_yaml(served()))),
        _route(f"{path}.postman.json", "application/json", lambda url: postman(served(), url, token)),
        _route(f"{path}.http", "text/plain", lambda url: http_file(served(), url, token)),
    ]


def _route(path: str, media_type: str, write: _Write) -> Route:
    async def endpoint(request: Request) -> Response:
        return Response(write(str(request.base_url).rstrip("/")), media_type=media_type)

    return Route(path, endpoint)
