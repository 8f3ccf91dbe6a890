"""Who is let in at all."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest

from sandbox.model import ApiToken
from tests.api import JANE, Reply, World
from tests.backstage import Backstage
from tests.conformance import problems_with
from tests.openapi.documents import document, operations
from tests.rules.marks import accepts, refuses
from tests.rules.variants import EVERY_VERSION

from .wire import NORTHGATE, wire

REFUSED = [
    None,
    "",
    "northgate-sandbox-token",
    "Bearer",
    "Bearer ",
    "Basic northgate-sandbox-token",
    "Bearernorthgate-sandbox-token",
    "Bearer nobodys-token",
    "Bearer northgate-sandbox-token-and-more",
    "Bearer NORTHGATE-SANDBOX-TOKEN",
    "Bearer northgate-sandbox-token harbour-sandbox-token",
    "Bearer \xe9\xff",
]


def requests(version: str) -> Iterator[tuple[str, str]]:
    """The method and path of every operation of a version."""
    for operation in operations(document(version)):
        yield operation.method, f"/api/{version}{operation.path}".replace("{id}", JANE)


def is_turned_away(reply: Reply) -> bool:
    """Whether an answer is exactly what the service gives those without a token of its own."""
    return (
        reply.status == 401
        and reply.response.content == b'{"error":"HTTP Token: Access denied"}'
        and reply.response.headers["Content-Type"] == "application/vnd.api+json"
        and reply.response.headers["WWW-Authenticate"] == 'Token realm="Application"'
        and reply.rules == ["auth.token-required"]
        and not problems_with(reply.response)
    )


@EVERY_VERSION
@pytest.mark.parametrize("authorization", REFUSED)
@refuses("auth.token-required")
def test_without_a_token_that_is_known_every_operation_is_refused(version: str, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    before = wire().store.revision
    for method, path in requests(version):
        assert is_turned_away(wire().send(method, path, headers)), f"{method} {path}"
    assert wire().store.revision == before


@pytest.mark.parametrize("path", ["participants/ecf.csv", "participants.csv", "participant-declarations.csv"])
@pytest.mark.parametrize("version", ["v1", "v2"])
@refuses("auth.token-required")
def test_the_refusal_is_json_where_csv_is_asked_for_too(version: str, path: str) -> None:
    assert is_turned_away(wire().send("GET", f"/api/{version}/{path}", {}))


@EVERY_VERSION
@refuses("auth.token-required")
def test_nothing_else_is_looked_at_before_the_token(version: str) -> None:
    odd = {"Authorization": "Bearer nobodys-token", "X-With-Server-Date": "yesterday", "Content-Type": "text/plain"}
    for method, path in requests(version):
        query, body = b"filter=x&page=2", b"x" * ((1 << 20) + 1)
        assert is_turned_away(wire().send(method, path, odd, query=query, body=body)), f"{method} {path}"


@EVERY_VERSION
@refuses("auth.token-required")
def test_a_token_is_refused_once_it_is_revoked(version: str) -> None:
    wire().renew()
    provider = Backstage(World()).provider("northgate")
    old = ApiToken(id=sha256(b"an-old-token").hexdigest(), lead_provider_id=provider.id)
    path, headers = f"/api/{version}/participants/ecf/{JANE}", {"Authorization": "Bearer an-old-token"}
    for revoked_at, status in ((None, 200), (World().clock(), 401)):
        with wire().store.write() as unit:
            unit.put(ApiToken(id=old.id, lead_provider_id=old.lead_provider_id, revoked_at=revoked_at))
        assert wire().send("GET", path, headers).status == status


@EVERY_VERSION
@pytest.mark.parametrize(
    "authorization",
    ["Bearer northgate-sandbox-token", "Token northgate-sandbox-token", "Bearer   northgate-sandbox-token"],
)
@accepts("auth.token-required")
def test_a_known_token_is_let_in_whether_it_is_called_bearer_or_token(version: str, authorization: str) -> None:
    path = f"/api/{version}/participants/ecf/{JANE}"
    assert wire().send("GET", path, {"Authorization": authorization}).id == JANE


@accepts("auth.token-required")
def test_what_is_no_operation_needs_no_token() -> None:
    """The service finds out what is asked for before it asks who asks."""
    assert wire().send("GET", "/api/v3/nowhere", {}).status == 404
    assert wire().send("DELETE", "/api/v3/participants/ecf", {}).status == 405
    assert wire().send("GET", "/api/v3/participants/ecf", NORTHGATE).status == 200
