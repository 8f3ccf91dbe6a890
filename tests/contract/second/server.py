"""Its HTTP: a small WSGI application on Werkzeug."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.contract.second.asked import Asked, Refused
from tests.contract.second.service import Service

TOKEN: Final = "token-of-the-second-servers-provider"
OPERATIONS: Final = {  # by their ids in the document
    "list_participants": ("GET", "/participants/ecf"),
    "get_participant": ("GET", "/participants/ecf/<id>"),
    "list_declarations": ("GET", "/participant-declarations"),
    "create_declaration": ("POST", "/participant-declarations"),
    "get_declaration": ("GET", "/participant-declarations/<id>"),
    "void_declaration": ("PUT", "/participant-declarations/<id>/void"),
}
ROUTES: Final = Map(
    [Rule(f"/api/v3{path}", methods=[method], endpoint=id) for id, (method, path) in OPERATIONS.items()],
)


def application(service: Service) -> Callable[[Any, Any], Any]:
    """The service over HTTP, one request at a time."""
    one_at_a_time = threading.Lock()

    @Request.application
    def answer(request: Request) -> Response:
        with one_at_a_time:
            return _answer(service, request)

    return answer


def _answer(service: Service, request: Request) -> Response:
    """Find the operation, then let in, then look at what was asked."""
    try:
        operation, arguments = ROUTES.bind_to_environ(request.environ).match()
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _json(401, {"error": "HTTP Token: Access denied"}, {"WWW-Authenticate": 'Token realm="Application"'})
        named = {name: id.lower() for name, id in arguments.items()}
        return _json(200, {"data": getattr(service, operation)(Asked(request), **named)})
    except HTTPException as problem:
        allowed = {name: value for name, value in problem.get_headers() if name == "Allow"}
        return _json(problem.code or 404, {"error": "Resource not Found"}, allowed)
    except Refused as refusal:
        errors = [{"title": title, "detail": f"Look at {title} again."} for title in refusal.titles]
        return _json(refusal.status, {"errors": errors})


def _json(status: int, content: Any, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(content), status, headers, content_type="application/vnd.api+json")


@contextmanager
def serving(wrong: Collection[str] = ()) -> Iterator[str]:
    """Its address, while it is served."""

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: Any) -> None:
            """Say nothing."""

    server = make_server("127.0.0.1", 0, application(Service(wrong)), threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
